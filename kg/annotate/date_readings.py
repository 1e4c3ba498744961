"""What a matched form says, before anything is known of the day it is told on.

Readings are TimeML's TIMEX3 kinds brought down to what a value needs (Pustejovsky et al. 2003; ISO 24617-1):
a place in the calendar with parts left open, a weekday, a shift from a base, a clock time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as OneOf

from kg.annotate.date_calendar import Moment

Base = OneOf["document", "text"]
"""What a relative expression counts from: the document's day, or the last date the text named."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, month or day with parts left open. `years_on` shifts the year of `base` instead of naming one.

    `last_day` and `last_month` make it a stretch; `season` is EDTF 21-24; `holiday` names a feast.
    `aside` marks a year in a citation or bracket, which later expressions do not count from.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    season: int | None = None
    holiday: str | None = None
    base: Base | None = None
    years_on: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no context: a decade, a century, a span of years. `start`, `end` are for later reference."""

    value: str
    start: Moment | None = None
    end: Moment | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday without a date: 0 is Monday. `lean` is -1 for "Friday last", 1 for "Monday next"."""

    number: int
    lean: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """`count` units from the base: "two years ago", "the next day"."""

    unit: str
    count: int
    base: Base
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A named turn of the calendar beside the base: "last March", "next Friday", "that summer"."""

    unit: OneOf["weekday", "month", "season", "holiday", "weekend", "week"]
    number: int
    count: int
    base: Base
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `day` is the reading of its day where the text gives one. Midnight has no side: no hour."""

    hour: int | None
    minute: int = 0
    day: Reading | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From one reading to another."""

    left: Reading
    right: Reading


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months that ends with a day or month: "the year to 31 March"."""

    months: int
    end: Calendar


Reading = Calendar | Fixed | Weekday | Shift | Turn | Clock | Range | Period


@dataclass(frozen=True, slots=True)
class Sight:
    """A reading and where it stands."""

    start: int
    end: int
    reading: Reading


def groups(found: re.Match[str]) -> dict[str, str]:
    """The named groups that took part.

    >>> groups(re.match("(?P<a>x)|(?P<b>y)", "y"))
    {'b': 'y'}
    """
    return {name: words for name, words in found.groupdict().items() if words is not None}
