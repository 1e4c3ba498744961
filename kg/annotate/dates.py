"""Time expressions of English prose with their values in EDTF.

`find_dates` is a pure function of the text and the document's date: tables and regular expressions, no parse,
time linear in the length of the text. Terms are TimeML's (TIMEX3, Pustejovsky et al. 2003; ISO 24617-1); values
are EDTF (Library of Congress; ISO 8601-2:2019): `1963-09-28`, `1958/1973`, `2004/..`, `../1909`, `196X`, `18XX`,
`2018-22` (summer), `1950~`; a clock time is written to the minute, `2018-03-04T02:10`.

The way of an expression: `date_patterns` matches its form, `date_licences` judge what stands beside it,
`date_forms` read it, `date_sights` join neighbours, `date_trail` says what it counts from, `date_resolve` gives
the value, and here prepositions open it and "about" makes it approximate.
"""

from __future__ import annotations

import re
from typing import Final

from kg.annotate.date_calendar import read_moment
from kg.annotate.date_context import Opening, approximate, opening
from kg.annotate.date_readings import Calendar, Fixed, Range, Reading, Shift, Sight, Turn, Weekday
from kg.annotate.date_resolve import resolve
from kg.annotate.date_sights import sights
from kg.annotate.date_trail import Anchor, Trail
from kg.annotate.date_turns import Setting, Value
from kg.model import DateExpression, Span

_TODAY: Final = re.compile(r"today|this (?:decade|century)", re.IGNORECASE)
"""In a history "today" is nowadays."""


def find_dates(text: str, *, document_date: str | None = None) -> tuple[DateExpression, ...]:
    """Every time expression with its value, sorted and disjoint; durations and sets of times are none.

    Spans leave the preposition out. `document_date` is EDTF; without it, or where it is only a year and a day is
    needed, what counts from the document's day is left out. How an undated day gets its year: `date_trail`.

    >>> [(e.span.of("Born in 1922, she left on 4 May."), e.value)
    ...  for e in find_dates("Born in 1922, she left on 4 May.", document_date="2014-02-09")]
    [('1922', '1922'), ('4 May', '1922-05-04')]
    >>> text = "He was jailed on Tuesday, two years after a trial that began in March 2013."
    >>> [(e.span.of(text), e.value) for e in find_dates(text, document_date="2016-11-04")]
    [('Tuesday', '2016-11-01'), ('March 2013', '2013-03')]
    """
    today = read_moment(document_date)
    seen = sights(text)
    trail = Trail(tells_own_day=any(_points_at_own_day(text, sight) for sight in seen))
    dates: list[DateExpression] = []
    for sight in seen:
        value = resolve(sight.reading, Setting(text, sight.start, sight.end, today, trail))
        if value is None:
            continue
        side = _opened(text, sight)
        dates.append(
            DateExpression(Span(sight.start, sight.end), _written(text, sight, value, side))
        )
        if value.last is not None and not _aside(sight.reading):
            told = value.told and side is None
            trail.add(Anchor(sight.end, value.last, told))
    return tuple(dates)


def _points_at_own_day(text: str, sight: Sight) -> bool:
    """Whether the expression makes sense only on the day the text was written, as news does."""
    reading = sight.reading
    if isinstance(reading, Weekday):
        return True
    if isinstance(reading, Shift | Turn | Calendar) and reading.base == "document":
        return not _TODAY.match(text, sight.start)
    return False


def _aside(reading: Reading) -> bool:
    return isinstance(reading, Calendar | Fixed) and reading.aside


def _opened(text: str, sight: Sight) -> Opening | None:
    if not isinstance(sight.reading, Calendar | Weekday | Turn | Shift | Fixed):
        return None
    return opening(text, sight.start, sight.end, weekday=isinstance(sight.reading, Weekday))


def _written(text: str, sight: Sight, value: Value, side: Opening | None) -> str:
    """The value with `~` and `..` where the words before it say so."""
    edtf = value.edtf
    if "T" in edtf:
        return edtf
    if (
        isinstance(sight.reading, Calendar | Shift | Range)
        and "~" not in edtf
        and _about(text, sight)
    ):
        first, slash, rest = edtf.partition("/")
        edtf = f"{first}~{slash}{rest}" if "X" not in first else edtf
    if side is None or "/" in edtf:
        return edtf
    return f"{edtf}/.." if side == "after" else f"../{edtf}"


def _about(text: str, sight: Sight) -> bool:
    return approximate(text, sight.start)


__all__ = ["find_dates"]
