"""From a match of `date_patterns` to its reading: one small function a pattern, in a table.

A function answers None where the words turn out to be no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.annotate.date_calendar import Moment, moment
from kg.annotate.date_readings import (
    Calendar,
    Clock,
    Fixed,
    Range,
    Reading,
    Weekday,
    groups,
)
from kg.annotate.date_relative import (
    MOST_YEARS,
    SHIFTS,
    beside_unit,
    count,
    deictic,
    month_of,
    which,
    which_day,
)
from kg.annotate.date_words import numbers

Found = re.Match[str]


def open_year(said: dict[str, str]) -> Calendar:
    """A Calendar with the year, or with the shift that "of that year" gives."""
    if "year" in said:
        return Calendar(year=int(said["year"]))
    if "which" in said:
        count, base = which(said["which"])
        return Calendar(base=base, years_on=count)
    return Calendar()


def _calendar(found: Found) -> Calendar | None:
    """A day, or days from one to another: "5-6 May", "between 5 and 9 May"; of "5 and 9 May" the last."""
    said = groups(found)
    between = found.string[max(0, found.start() - 8) : found.start()].lower() == "between "
    month, day = month_of(said["month"]), int(said["day"])
    last = int(said["last"]) if "last" in said else None
    if last is not None and said.get("and") == "and" and last != day + 1 and not between:
        day, last = last, None
    if last is not None and last <= day:
        return None
    year = open_year(said)
    if moment(year.year or 2000, month, last or day) is None:
        return None
    return Calendar(year.year, month, day, last, base=year.base, years_on=year.years_on)


def _iso_day(found: Found) -> Reading | None:
    said = groups(found)
    day = Calendar(int(said["year"]), int(said["month"]), int(said["day"]))
    if moment(day.year or 0, day.month, day.day) is None:
        return None
    return Clock(int(said["hour"]), int(said["minute"]), day) if "hour" in said else day


def _slashed(found: Found) -> Reading | None:
    """United States order; the other where only that is possible; nothing where both are."""
    first, second, year = (int(part) for part in found.group("first", "second", "year"))
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    return Calendar(year, month, day) if moment(year, month, day) else None


def _dotted(found: Found) -> Reading | None:
    day, month, year = (int(part) for part in found.group("first", "second", "year"))
    return Calendar(year, month, day) if moment(year, month, day) else None


def _month_year(found: Found) -> Reading | None:
    said = groups(found)
    year = open_year(said)
    return Calendar(year.year, month_of(said["month"]), base=year.base, years_on=year.years_on)


def _season_year(found: Found) -> Reading | None:
    said = groups(found)
    year = open_year(said)
    season = numbers("season")[said["season"].lower()]
    return Calendar(year.year, season=season, base=year.base, years_on=year.years_on)


def _quarter(found: Found) -> Reading | None:
    said = groups(found)
    half = said.get("size") == "half"
    if "figure" in said:
        nth = int(said["figure"])
    else:
        last = said["nth"].lower() in ("last", "final")
        nth = (2 if half else 4) if last else numbers("ordinal")[said["nth"].lower()]
    months, count = (6, 2) if half else (3, 4)
    if nth > count:
        return None
    year = open_year(said)
    return Calendar(
        year.year,
        months * (nth - 1) + 1,
        last_month=months * nth,
        base=year.base,
        years_on=year.years_on,
    )


def _ordinal(words: str) -> int:
    figures = re.match(r"\d+", words)
    return int(figures[0]) if figures else numbers("ordinal")[words.lower()]


def _one_century(nth: int, before_christ: bool) -> Fixed | None:
    if not 1 <= nth <= (50 if before_christ else 30):
        return None
    if before_christ:
        return Fixed(f"-{nth - 1:02d}XX")
    return Fixed(
        f"{nth - 1:02d}XX", Moment((nth - 1) * 100), Moment((nth - 1) * 100 + 99), aside=True
    )


def _century(found: Found) -> Reading | None:
    said = groups(found)
    before_christ = said.get("era", "").startswith("B")
    first = _one_century(_ordinal(said["nth"]), before_christ)
    if "last" not in said or first is None:
        return first
    last = _one_century(_ordinal(said["last"]), before_christ)
    return Range(first, last) if last else None


def decade(year: int) -> Fixed:
    """`196X`; the 1900s and the 1800s are centuries.

    >>> decade(1960).value, decade(1800).value
    ('196X', '18XX')
    """
    if year % 100 == 0 and year != 2000:
        return Fixed(f"{year // 100:02d}XX", aside=True)
    return Fixed(f"{year // 10:03d}X", Moment(year), Moment(year + 9), aside=True)


def _named_decade(found: Found) -> Reading | None:
    words = found["tens"].lower()
    return decade(1900 + (int(words) * 10 if words.isdigit() else numbers("decade")[words]))


def _era_year(found: Found) -> Reading | None:
    said = groups(found)
    year = int(said.get("number") or said["after"])
    year = 1 - year if said.get("era", "").startswith("B") else year
    return Fixed(Moment(year).value, Moment(year), Moment(year)) if -9999 < year < 2100 else None


def _holiday(found: Found) -> Reading | None:
    name = found["holiday"].lower().replace("’", "'")
    return Calendar(int(found["year"]) if found["year"] else None, holiday=" ".join(name.split()))


def _weekday(found: Found) -> Reading | None:
    number = numbers("weekday", "short_weekday")[found["weekday"].lower().rstrip(".")]
    return Weekday(number, SHIFTS.get(groups(found).get("side", ""), 0))


def _clock(found: Found) -> Reading | None:
    said = groups(found)
    hour, minute = int(said["hour"]), int(said.get("minute") or said.get("exact") or 0)
    if "half" in said:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if said["half"][0] in "pP" else 0)
    return Clock(hour, minute)


def _military(found: Found) -> Reading | None:
    figures = found["early"] or found["late"]
    return Clock(int(figures[:2]), int(figures[2:])) if int(figures[:2]) < 24 else None


def _noon(found: Found) -> Reading | None:
    return Clock(None if found["noon"] == "midnight" else 12)


def _years(found: Found) -> Reading | None:
    first, second = int(found["first"]), found["second"]
    last = int(second) if len(second) == 4 else first - first % 100 + int(second)
    if len(second) == 2 and last <= first:
        last += 100 if first % 100 == 99 and second == "00" else 0
    if found["mark"] == "/" and last != first + 1:
        return None
    if not first < last <= min(first + MOST_YEARS, 2100):
        return None
    return Fixed(f"{first}/{last}", Moment(first), Moment(last))


FORMS: Final[dict[str, Callable[[Found], Reading | None]]] = {
    "iso_day": _iso_day,
    "slashed": _slashed,
    "dotted": _dotted,
    "day_month": _calendar,
    "month_day": _calendar,
    "month_year": _month_year,
    "season_year": _season_year,
    "quarter": _quarter,
    "century": _century,
    "decade": lambda found: decade(int(found["decade"])),
    "short_decade": lambda found: decade(1900 + int(found["tens"]) * 10),
    "named_decade": _named_decade,
    "era_year": _era_year,
    "count": count,
    "which_day": which_day,
    "beside_unit": beside_unit,
    "deictic": deictic,
    "holiday": _holiday,
    "weekday": _weekday,
    "short_weekday": _weekday,
    "clock": _clock,
    "military": _military,
    "noon": _noon,
    "years": _years,
    "year_named": lambda found: Calendar(int(found["year"])),
    "month": lambda found: Calendar(month=month_of(found[0])),
    "year": lambda found: Calendar(int(found[0])),
}
