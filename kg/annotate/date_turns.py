"""What a value is, and the values of named turns of the calendar: "last March", "next Friday", "that summer"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kg.annotate.date_calendar import (
    Moment,
    holiday,
    moment,
    nearest_month,
    season_of,
    week_of,
    weekday_from,
)
from kg.annotate.date_context import lean
from kg.annotate.date_readings import Turn
from kg.annotate.date_trail import Trail


@dataclass(frozen=True, slots=True)
class Value:
    """An EDTF value; `last` is the moment later expressions count from; `told`: its year came from the text."""

    edtf: str
    last: Moment | None
    told: bool = True
    point: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: the text, its span, the document's date and the trail before it."""

    text: str
    start: int
    end: int
    today: Moment | None
    trail: Trail


def at(found: Moment | None, *, told: bool = True) -> Value | None:
    return Value(found.value, found, told) if found else None


def between(ends: tuple[Moment, Moment] | None, *, told: bool = True) -> Value | None:
    return Value(f"{ends[0].value}/{ends[1].value}", ends[1], told, point=False) if ends else None


def turn(reading: Turn, here: Setting) -> Value | None:
    document = reading.base == "document"
    unit = {"weekday": "day", "weekend": "day", "holiday": "year", "season": "year"}.get(
        reading.unit, reading.unit
    )
    base = here.today if document else here.trail.base(unit, here.start)
    if base is None:
        return None
    return TURNS[reading.unit](reading, base, here, not document)


def _turn_week(reading: Turn, base: Moment, _: Setting, told: bool) -> Value | None:
    return between(week_of(base, reading.count), told=told)


def _turn_weekend(reading: Turn, base: Moment, here: Setting, told: bool) -> Value | None:
    """Up to Wednesday "this weekend" with a verb of the past is the one just over."""
    day = base.on()
    if (
        reading.count == 0
        and not told
        and day
        and day.weekday() <= 2
        and lean(here.text, here.start, here.end) < 0
    ):
        return between(week_of(base, -1, first=5), told=told)
    return between(week_of(base, reading.count, first=5), told=told)


def _turn_weekday(reading: Turn, base: Moment, here: Setting, told: bool) -> Value | None:
    if reading.count:
        return at(weekday_from(base, reading.number, reading.count, or_same=False), told=told)
    forward = told or lean(here.text, here.start, here.end) >= 0
    return at(weekday_from(base, reading.number, 1 if forward else -1, or_same=True), told=told)


def _turn_month(reading: Turn, base: Moment, _: Setting, told: bool) -> Value | None:
    if reading.count:
        return at(nearest_month(base, reading.number, reading.count, or_same=False), told=told)
    return at(moment(base.year, reading.number), told=told)


def _turn_season(reading: Turn, base: Moment, _: Setting, told: bool) -> Value | None:
    if told:
        base = Moment(base.year + reading.count) if base.month is None else base
    value = season_of(base, reading.number, 0 if told and base.month is None else reading.count)
    return Value(value, None, told) if value else None


def _turn_holiday(reading: Turn, base: Moment, _: Setting, told: bool) -> Value | None:
    day = holiday(reading.name, base.year)
    if day is None or base.month is None:
        return at(day, told=told)
    if reading.count < 0 and day >= replace(base, day=base.day or 1):
        day = holiday(reading.name, base.year - 1)
    elif reading.count > 0 and day <= replace(base, day=base.day or 28):
        day = holiday(reading.name, base.year + 1)
    return at(day, told=told)


TURNS: Final[dict[str, Callable[[Turn, Moment, Setting, bool], Value | None]]] = {
    "week": _turn_week,
    "weekend": _turn_weekend,
    "weekday": _turn_weekday,
    "month": _turn_month,
    "season": _turn_season,
    "holiday": _turn_holiday,
}
