"""When a statement holds, as numbers that a slider can compare."""

from __future__ import annotations

import re
from typing import Final

YEAR: Final = 372  # days of a year whose every month has 31: the order of dates, without a calendar
MONTH: Final = 31
OPEN: Final = ("", "..")
SEASONS: Final = {
    21: (2, 4),
    22: (5, 7),
    23: (8, 10),
    24: (11, 11),
}  # EDTF: spring, …; months from 0
_DATE: Final = re.compile(r"(-?[0-9]{1,4}X{0,3})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")

Days = tuple[int | None, int | None]


def days(time: str) -> Days | None:
    """The first and the last day of an EDTF date or interval; None for an open end, or where it is no such.

    A day is `year * 372 + month * 31 + day`, month and day from 0.

    >>> days("1963-09-28"), days("1963"), days("../2017")
    ((730511, 730511), (730236, 730607), (None, 750695))
    >>> days("soon") is None
    True
    """
    first, slash, last = time.partition("/")
    low = _bounds(first)
    high = _bounds(last) if slash else low
    if (low is None and first not in OPEN) or (high is None and last not in OPEN):
        return None
    return (low[0] if low else None, high[1] if high else None) if low or high else None


def _bounds(date: str) -> tuple[int, int] | None:
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    year, month, day = found.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX":
        return low * YEAR, high * YEAR + YEAR - 1
    number = int(month)
    early, late = SEASONS.get(number, (number - 1, number - 1))
    start, end = low * YEAR + early * MONTH, high * YEAR + late * MONTH
    if day is None or day == "XX":
        return start, end + MONTH - 1
    return start + int(day) - 1, end + int(day) - 1
