"""Readings to EDTF values, against the document's date and the dates the text named before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from kg.annotate.date_calendar import (
    Moment,
    holiday,
    moment,
    plus_days,
    plus_months,
    weekday_from,
)
from kg.annotate.date_context import habitual, lean
from kg.annotate.date_joins import fill
from kg.annotate.date_readings import (
    Calendar,
    Clock,
    Fixed,
    Period,
    Range,
    Reading,
    Shift,
    Turn,
    Weekday,
)
from kg.annotate.date_turns import Setting, Value, at, between, turn

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def _fixed(reading: Fixed, _: Setting) -> Value | None:
    return Value(
        reading.value, None if reading.aside else reading.end, point="/" not in reading.value
    )


def _calendar(reading: Calendar, here: Setting) -> Value | None:
    if reading.year is not None:
        return _whole(reading, reading.year, told=True)
    if reading.base is not None:
        base = here.today if reading.base == "document" else here.trail.base("year", here.start)
        return (
            _whole(reading, base.year + reading.years_on, told=reading.base == "text")
            if base
            else None
        )
    month = reading.month or (int(_feast(reading, 2001)[0]) if reading.holiday else 1)
    bare = reading.day is None and reading.holiday is None
    if bare and habitual(here.text, here.start):
        return None
    year = here.trail.year_for(here.text, here.start, month, here.today)
    if year is None and reading.month and reading.day:
        year = here.trail.nearest_year(Moment(2000, reading.month, reading.day), here.today)
    leaning = lean(here.text, here.start, here.end)
    if year is not None and not (leaning > 0 and here.trail.tells_own_day):
        return _whole(reading, year, told=True)
    return _by_document(reading, here, leaning) if here.today else None


def _feast(reading: Calendar, year: int) -> tuple[int, int]:
    day = holiday(reading.holiday or "", year)
    return (day.month or 1, day.day or 1) if day else (1, 1)


def _by_document(reading: Calendar, here: Setting, leaning: int) -> Value | None:
    """Rule 5 of `date_trail`. A bare month in a text that points at no day needs a cue to be a particular one."""
    today = here.today
    if today is None or (reading.season and not reading.month):
        return None
    bare = reading.day is None and reading.holiday is None
    if bare and leaning == 0 and not here.trail.tells_own_day:
        return None
    years = [today.year - 1, today.year, today.year + 1]
    months = {
        year: (reading.month, reading.day) if reading.month else _feast(reading, year)
        for year in years
    }
    now = (today.month or 12, today.day or 31)
    for year in years if leaning > 0 else reversed(years):
        month, day = months[year]
        then = (year, month or 1, day or now[1])
        if (then >= (today.year, *now)) if leaning > 0 else (then <= (today.year, *now)):
            return _whole(reading, year, told=False)
    return None


def _whole(reading: Calendar, year: int, *, told: bool) -> Value | None:
    """The value once the year is known."""
    if reading.holiday:
        return at(holiday(reading.holiday, year), told=told)
    if reading.season:
        return Value(f"{year:04d}-{reading.season}", moment(year), told) if year > 0 else None
    first = moment(year, reading.month, reading.day)
    if reading.last_day or reading.last_month:
        last = moment(year, reading.last_month or reading.month, reading.last_day)
        return between((first, last), told=told) if first and last else None
    return at(first, told=told)


def _weekday(reading: Weekday, here: Setting) -> Value | None:
    """The latest such day up to the document's, or with a cue of the future the next one."""
    if here.today is None or here.today.day is None:
        return None
    if habitual(here.text, here.start):
        return None
    forward = reading.lean > 0 or (reading.lean == 0 and lean(here.text, here.start, here.end) > 0)
    step = 1 if forward else -1
    same = not forward and reading.lean == 0
    return at(weekday_from(here.today, reading.number, step, or_same=same), told=False)


def _shift(reading: Shift, here: Setting) -> Value | None:
    document = reading.base == "document"
    base = here.today if document else here.trail.base(reading.unit, here.start)
    if base is None and reading.unit == "year" and reading.count < -1 and here.trail.any is None:
        base = here.today
    if base is None:
        return None
    about = "~" if reading.approximate else ""
    if reading.unit in ("decade", "century"):
        return _at_span(base.year, reading.unit, reading.count)
    if reading.unit == "year":
        found = moment(base.year + reading.count)
    elif reading.unit == "month":
        found = plus_months(base, reading.count)
    else:
        found = plus_days(base, reading.count * (7 if reading.unit == "week" else 1))
    return Value(found.value + about, found, not document) if found else None


def _at_span(year: int, unit: str, count: int) -> Value | None:
    if unit == "decade":
        return Value(f"{year // 10 + count:03d}X", None)
    return Value(f"{year // 100 + count:02d}XX", None)


def _clock(reading: Clock, here: Setting) -> Value | None:
    """A clock time has a value only with its day: the one beside it, or the last of the paragraph."""
    if reading.day is not None:
        day = resolve(reading.day, here)
    else:
        anchor = here.trail.day
        near = (
            anchor
            and "\n\n" not in here.text[anchor.at : here.start]
            and here.start - anchor.at < 400
        )
        day = at(anchor.moment, told=anchor.told) if anchor and near else None
        if day and reading.hour is None:
            return None
    if day is None or not DAY.fullmatch(day.edtf):
        return None if reading.day is None else day
    if reading.hour is None:
        return day
    return replace(day, edtf=f"{day.edtf}T{reading.hour:02d}:{reading.minute:02d}")


def _range(reading: Range, here: Setting) -> Value | None:
    left, right = reading.left, reading.right
    if (
        isinstance(left, Calendar)
        and isinstance(right, Calendar)
        and right.year is None
        and right.base is None
    ):
        end = _calendar(right, here)
        if end and end.last:
            left, right = fill(left, replace(right, year=end.last.year))
    first = resolve(left, here)
    if first is None:
        return None
    last = resolve(right, here)
    if isinstance(right, Weekday) and first.last:
        last = at(weekday_from(first.last, right.number, 1, or_same=False), told=False)
    if last is None or "/" in first.edtf or "/" in last.edtf or first.edtf.rstrip("~") > last.edtf:
        return first if last is None else None
    return Value(f"{first.edtf}/{last.edtf}", last.last, first.told, point=False)


def _period(reading: Period, here: Setting) -> Value | None:
    end = _calendar(reading.end, here)
    if end is None or end.last is None:
        return end
    first = plus_months(end.last, 1 - reading.months)
    if end.last.day and first:
        after = plus_days(end.last, 1)
        back = plus_months(after, -reading.months) if after else None
        first = moment(back.year, back.month, after.day) if back and after else None
    return between((first, end.last), told=end.told) if first else end


RESOLVERS: Final[dict[type[Any], Callable[[Any, Setting], Value | None]]] = {
    Calendar: _calendar,
    Fixed: _fixed,
    Weekday: _weekday,
    Shift: _shift,
    Turn: turn,
    Clock: _clock,
    Range: _range,
    Period: _period,
}


def resolve(reading: Reading, here: Setting) -> Value | None:
    """The value of a reading where it stands, None where what it counts from is not known."""
    return RESOLVERS[type(reading)](reading, here)
