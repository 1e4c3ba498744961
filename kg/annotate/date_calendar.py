"""Calendar arithmetic in EDTF (Library of Congress; ISO 8601-2:2019): no text here, only dates.

A `Moment` is a year, month or day of the proleptic Gregorian calendar; year 0 is 1 BC, as in ISO 8601.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg import lexicon

LAST_YEAR: Final = 9998
"""Python's `date` ends at 9999; arithmetic one step past stays inside."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A year, a month or a day.

    >>> Moment(1963, 9).value, Moment(-507).value
    ('1963-09', '-0507')
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def value(self) -> str:
        year = f"-{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part)])

    def on(self) -> date | None:
        """The day as `datetime.date`, None for a month or a year."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def moment(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """A `Moment`, or None where the calendar has no such day.

    >>> moment(2019, 2, 29) is None
    True
    """
    if not -9999 <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None:
        if month is None or year < 1:
            return None
        try:
            date(year, month, day)
        except ValueError:
            return None
    return Moment(year, month, day)


def read_moment(edtf: str | None) -> Moment | None:
    """The day, month or year that an EDTF string begins with, None where it begins with none.

    >>> read_moment("2017-10-27T09:00"), read_moment("last week") is None
    (Moment(year=2017, month=10, day=27), True)
    """
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\dX])", edtf or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return moment(year, month, day) if year else None


def of_date(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def plus_days(base: Moment, days: int) -> Moment | None:
    """A day so many days on; None unless `base` is a day.

    >>> plus_days(Moment(2018, 2, 27), 2).value
    '2018-03-01'
    """
    day = base.on()
    if day is None or not 2 <= base.year <= LAST_YEAR - 1 or abs(days) > 366:
        return None
    return of_date(day + timedelta(days))


def plus_months(base: Moment, months: int) -> Moment | None:
    """A month so many months on; None unless `base` is a month or a day.

    >>> plus_months(Moment(2018, 1, 31), -2).value
    '2017-11'
    """
    if base.month is None:
        return None
    years, month = divmod(base.month - 1 + months, 12)
    return moment(base.year + years, month + 1)


def week_of(
    base: Moment, weeks: int, *, first: int = 0, last: int = 6
) -> tuple[Moment, Moment] | None:
    """Weekdays `first` to `last` of the ISO week (from Monday) so many weeks from the day's own.

    >>> [day.value for day in week_of(Moment(2016, 9, 12), -1)]
    ['2016-09-05', '2016-09-11']
    """
    day = base.on()
    if day is None or not 2 <= base.year <= LAST_YEAR - 1:
        return None
    monday = day - timedelta(day.weekday()) + timedelta(weeks=weeks)
    return of_date(monday + timedelta(first)), of_date(monday + timedelta(last))


def weekday_from(base: Moment, weekday: int, step: int, *, or_same: bool) -> Moment | None:
    """The nearest such weekday before (`step` -1) or after (+1) a day.

    >>> weekday_from(Moment(2015, 7, 22), 4, -1, or_same=False).value
    '2015-07-17'
    """
    day = base.on()
    if day is None:
        return None
    away = (step * (weekday - day.weekday())) % 7
    return plus_days(base, step * (away or (0 if or_same else 7)))


def nearest_month(base: Moment, month: int, step: int, *, or_same: bool) -> Moment | None:
    """The nearest such month before (`step` -1) or after (+1) a month; the same year's if only a year is known.

    >>> nearest_month(Moment(2018, 3, 5), 9, -1, or_same=True).value
    '2017-09'
    """
    if base.month is None:
        return moment(base.year, month)
    if base.month == month:
        return moment(base.year + (0 if or_same else step), month)
    return moment(base.year + (step if step * (month - base.month) < 0 else 0), month)


def season_of(base: Moment, season: int, which: int) -> str | None:
    """The season of this (0), the last (-1) or the next (+1) turn; winter is of the year it begins in.

    "Last" is the latest season that is over, "next" the first that has not begun.

    >>> season_of(Moment(2021, 8, 26), 21, 1), season_of(Moment(2020, 2, 1), 24, 0)
    ('2022-21', '2019-24')
    """
    starts = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    now = base.year * 12 + (base.month or 6)
    year = base.year - (starts == 12 and (base.month or 6) <= 2)
    if which < 0:
        year = (now - starts - 3) // 12
    elif which > 0:
        year = (now - starts) // 12 + 1
    return f"{year:04d}-{season}" if 1 <= year <= LAST_YEAR else None


def easter(year: int) -> date:
    """Western Easter (Meeus/Jones/Butcher).

    >>> easter(1916).isoformat()
    '1916-04-23'
    """
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap - correction + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> Moment | None:
    """The day of a feast of `lexicon/date_holidays.tsv`.

    >>> holiday("good friday", 2024).value, holiday("thanksgiving", 2023).value
    ('2024-03-29', '2023-11-23')
    """
    rule = lexicon.table("date_holidays").get(name)
    if rule is None or not 1 <= year < LAST_YEAR:
        return None
    if rule.startswith("easter"):
        return of_date(easter(year) + timedelta(int(rule.removeprefix("easter"))))
    if ":" not in rule:
        return moment(year, *map(int, rule.split("-")))
    month, nth, weekday = map(int, rule.split(":"))
    start = date(year, month + (nth < 0), 1)
    away = (weekday - start.weekday()) % 7
    return of_date(start + timedelta(away + 7 * (nth if nth < 0 else nth - 1)))
