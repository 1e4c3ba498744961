"""Neighbours that are one expression.

"5 May" + "to" + "3 June 1990" is one range; "2:10 a.m." + "on" + "Sunday" is one time; "Tuesday" + "," +
"11 September 2018" is one day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.annotate.date_licences import WINDOW
from kg.annotate.date_readings import (
    Calendar,
    Clock,
    Fixed,
    Period,
    Range,
    Reading,
    Shift,
    Sight,
    Turn,
    Weekday,
)
from kg.annotate.date_words import SPACE, number_of

_TO: Final = re.compile(
    rf"(?:{SPACE}?[-–]{SPACE}?|—|{SPACE}(?:up{SPACE})?(?:to|through|thru|until|till){SPACE}(?:the{SPACE})?)"
)
_AND: Final = re.compile(rf"{SPACE}and{SPACE}(?:the{SPACE})?")
_LIST: Final = re.compile(rf"(?:,?{SPACE}(?:and|or)|,|{SPACE}&){SPACE}(?:(?:on|in){SPACE})?")
_BETWEEN: Final = re.compile(rf"(?<![\w-])between{SPACE}(?:the{SPACE})?$", re.IGNORECASE)
_FROM: Final = re.compile(rf"(?<![\w-])(?:from|between){SPACE}(?:the{SPACE})?$", re.IGNORECASE)
_AT: Final = re.compile(
    rf"(?:,?{SPACE}(?:(?:on|at|of|shortly{SPACE}(?:before|after)){SPACE})?(?:about{SPACE}|around{SPACE}|the{SPACE})?|,{SPACE}(?:in{SPACE}the{SPACE})?)"
)
_APPOSED: Final = re.compile(rf",?{SPACE}(?:the{SPACE})?")
_ENDING: Final = re.compile(
    rf"(?<![\w-])(?:the{SPACE})?(?:(?P<number>[a-z]+|\d\d?){SPACE}months|(?P<unit>year|quarter|half-year|half)){SPACE}"
    rf"(?:to|ended|ending|to{SPACE}the{SPACE}end{SPACE}of)(?:{SPACE}on)?{SPACE}(?:the{SPACE})?$"
)


def fill(left: Calendar, right: Calendar) -> tuple[Calendar, Calendar]:
    """Each end of a range takes the year the other names, the right one year on where it would run backwards.

    >>> [end.year for end in fill(Calendar(month=11), Calendar(2019, 2))]
    [2018, 2019]
    """
    backwards = bool(left.month and right.month and left.month > right.month)
    if left.year is None and left.base is None and right.year is not None:
        left = replace(left, year=right.year - backwards)
    elif left.year is None and left.base is None and right.base is not None:
        left = replace(left, base=right.base, years_on=right.years_on - backwards)
    elif right.year is None and right.base is None and left.year is not None:
        right = replace(right, year=left.year + backwards)
    return left, right


def _is_point(reading: Reading) -> bool:
    return isinstance(reading, Fixed) or (isinstance(reading, Calendar) and not reading.last_day)


def joined(text: str, left: Sight, right: Sight) -> Sight | None:
    """The two as one expression, or None."""
    gap = text[left.end : right.start]
    whole = (left.start, right.end)
    one, two = left.reading, right.reading
    if (
        isinstance(one, Weekday)
        and isinstance(two, Calendar)
        and two.day
        and _APPOSED.fullmatch(gap)
    ):
        return Sight(*whole, two)
    if (
        isinstance(two, Weekday)
        and isinstance(one, Calendar)
        and one.day
        and re.fullmatch(r",\s", gap)
    ):
        return Sight(*whole, one)
    days = (Calendar, Weekday, Shift, Turn)
    if isinstance(one, Clock) and one.day is None and isinstance(two, days) and _AT.fullmatch(gap):
        return Sight(*whole, replace(one, day=two))
    if isinstance(two, Clock) and two.day is None and isinstance(one, days) and _AT.fullmatch(gap):
        return Sight(*whole, replace(two, day=one))
    before = text[max(0, left.start - 16) : left.start]
    if not _TO.fullmatch(gap) and not (_AND.fullmatch(gap) and _BETWEEN.search(before)):
        return None
    if (
        isinstance(one, Calendar)
        and isinstance(two, Calendar)
        and _is_point(one)
        and _is_point(two)
    ):
        return Sight(*whole, Range(*fill(one, two)))
    if _is_point(one) and _is_point(two):
        return Sight(*whole, Range(one, two))
    if isinstance(one, Weekday) and isinstance(two, Weekday) and _FROM.search(before):
        return Sight(*whole, Range(one, two))
    return None


def shared_year(text: str, left: Sight, right: Sight) -> Sight:
    """The left one with the year of the right in "in April and May 1945"."""
    one, two = left.reading, right.reading
    if (
        isinstance(one, Calendar)
        and isinstance(two, Calendar)
        and _LIST.fullmatch(text[left.end : right.start])
    ):
        undated = one.year is None and one.base is None and one.month and two.month
        if undated and bool(one.day) == bool(two.day) and (two.year or two.base):
            return replace(left, reading=fill(one, two)[0])
    return left


def ending(text: str, sight: Sight) -> Sight:
    """A stretch that ends with the date it names: "the year to 31 March"."""
    if not (isinstance(sight.reading, Calendar) and sight.reading.month):
        return sight
    led = _ENDING.search(text[max(0, sight.start - WINDOW) : sight.start])
    if not led:
        return sight
    months = (
        number_of(led["number"])
        if led["number"]
        else {"year": 12, "quarter": 3}.get(led["unit"], 6)
    )
    if not months or months > 60:
        return sight
    return Sight(sight.start - len(led[0]), sight.end, Period(months, sight.reading))
