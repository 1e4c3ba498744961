"""The dates a text has named so far, which later expressions count from.

**The year of an undated day** ("on 4 May", "in September"), in this order:
1. the last date of the same paragraph that named its year and its month: the text is telling that year;
2. a bare year that opens the sentence ("In 1954 he left, and on 4 May ..."); in a text that never points at its own
   day (no "yesterday", "on Tuesday", "this week") also one of the same or the last sentence of the paragraph;
3. in a text that never points at its own day and tells of times more than a year before it, the last date that
   named its year, however far;
4. the day that named its year and lies nearest in the calendar, where it lies nearer than the document's own day:
   a text of 28 October 2017 that told of 27 September 1963 means 1963 by "2 October";
5. the document's date: the latest such day that is not after it, or with a cue of the future the first that is not before.
A year in brackets or a citation, and the year that opens a span ("since 2015"), carry nothing on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kg.annotate.date_calendar import Moment
from kg.annotate.date_context import sentence_start

FAR: Final = 1500
"""Characters (about two long paragraphs) after which "the next day" no longer counts from a date."""

OPENS: Final = 24
"""Characters within which a year opens its sentence."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date the text named: where, what, and whether its year was said and not supplied."""

    at: int
    moment: Moment
    told: bool


@dataclass(slots=True)
class Trail:
    """The last dates named, by how fine they are."""

    any: Anchor | None = None
    month: Anchor | None = None
    day: Anchor | None = None
    told_month: Anchor | None = None
    told_year: Anchor | None = None
    told_days: list[Moment] = field(default_factory=list)
    tells_own_day: bool = field(default=False)

    def add(self, anchor: Anchor) -> None:
        self.any = anchor
        if anchor.moment.month:
            self.month = anchor
        if anchor.moment.day:
            self.day = anchor
            if anchor.told:
                self.told_days.append(anchor.moment)
        if anchor.told and anchor.moment.month:
            self.told_month = anchor
        elif anchor.told:
            self.told_year = anchor

    def base(self, unit: str, at: int) -> Moment | None:
        """What "that day", "the next month", "two years later" count from."""
        if unit in ("day", "week"):
            anchor = self.day
        elif unit == "month":
            anchor = self.month
        else:
            return self.any.moment if self.any else None
        return anchor.moment if anchor and at - anchor.at <= FAR else None

    def year_for(self, text: str, at: int, month: int, today: Moment | None) -> int | None:
        """The year that the text is telling where an undated month or day stands, by rules 1 to 3."""
        near, bare = self.told_month, self.told_year
        if bare and near and bare.at > near.at and not self.tells_own_day:
            near = None
        if near and _same_part(text, near.at, at):
            return near.moment.year + _turned(near.moment, month, today)
        if bare and _same_part(text, bare.at, at):
            start = sentence_start(text, at)
            if 0 <= bare.at - start <= OPENS:
                return bare.moment.year
            if not self.tells_own_day and bare.at >= sentence_start(text, max(0, start - 2)):
                return bare.moment.year
        last = near or bare
        if last and not self.tells_own_day and not (today and today.year <= last.moment.year + 1):
            return last.moment.year + _turned(last.moment, month, today)
        return None

    def nearest_year(self, day: Moment, today: Moment | None) -> int | None:
        """The year of rule 4 for a day given in any year; None where the document's own day is as near."""
        if today is None or not today.day or not day.day:
            return None
        told = [each for each in self.told_days if each.year != today.year]
        nearest = min(told, key=lambda each: (abs(_days(each, day)), -each.year), default=None)
        if nearest is None or abs(_days(nearest, day)) >= abs(_days(today, day)):
            return None
        reached = _ordinal(nearest) + _days(nearest, day)
        return nearest.year + (reached > 366) - (reached < 1)


def _ordinal(day: Moment) -> int:
    """The day of the year, 1 to 366, counted in a leap year."""
    return date(2000, day.month or 1, day.day or 1).timetuple().tm_yday


def _days(start: Moment, end: Moment) -> int:
    """Days from one day of the calendar to the other, whatever the years: -183 to 183.

    >>> _days(Moment(1963, 12, 30), Moment(2000, 1, 2))
    3
    """
    return (_ordinal(end) - _ordinal(start) + 183) % 366 - 183


def _same_part(text: str, start: int, end: int) -> bool:
    return end - start <= FAR and "\n\n" not in text[start:end]


def _turned(last: Moment, month: int, today: Moment | None) -> int:
    """1 where the month is of the year after the last one named: "in November 1963 ... in March".

    Close to the document's own day the later reading wins as soon as it is past: "in June 2012 ... in February".
    """
    if not last.month or month >= last.month:
        return 0
    if month - last.month < -6:
        return 1
    return int(bool(today and today.year == last.year + 1 and month <= (today.month or 12)))
