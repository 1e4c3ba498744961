"""Matches to sights: licence each form by what stands beside it, widen it, and join what belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.annotate.date_forms import FORMS
from kg.annotate.date_joins import ending, joined, shared_year
from kg.annotate.date_licences import (
    WINDOW,
    counted,
    is_duration,
    month_licence,
    weekday_licence,
    year_licence,
)
from kg.annotate.date_patterns import Match, scan
from kg.annotate.date_readings import (
    Calendar,
    Sight,
)
from kg.annotate.date_words import SPACE

_LED: Final = frozenset(
    {
        "day_month",
        "season_year",
        "quarter",
        "century",
        "decade",
        "short_decade",
        "named_decade",
        "which_day",
        "beside_unit",
    }
)
_THE: Final = re.compile(
    rf"(?<![\w-])(?:the{SPACE})?(?:(?:early|late|later|earlier|mid|very)(?:-to-late)?(?:-|{SPACE}))?$",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rf"(?<![\w-])(?:the{SPACE})?(?:early|late|mid)(?:-|{SPACE})$", re.IGNORECASE
)
_PAGES: Final = re.compile(r"(?:\bpp?\.|\bpages?|\bNos?\.|\bno\.|\bISBN|\bTel\.?)\s?$")
_VERSION: Final = re.compile(r"\b(?:[Vv]ersion|v|[Rr]elease|IP)\s?$")
_IN: Final = re.compile(rf"(?<![\w-])in{SPACE}$", re.IGNORECASE)
_PREPOSITION: Final = re.compile(
    rf"(?<![\w-])(?:on|since|until|till|by|from|before|after|of|last|this|next|for|at|in|over|during){SPACE}$",
    re.IGNORECASE,
)
_CLOCK_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?:at|by|until|till|before|after|around|about|from|to|between|and|since|past)(?:{SPACE}(?:about|around|just|exactly|precisely|approximately|nearly))?{SPACE}$",
    re.IGNORECASE,
)


class _Year:
    """Reads bare years; remembers where the last licensed one ended."""

    def __init__(self) -> None:
        self.end: int | None = None

    def licence(self, text: str, found: re.Match[str]) -> str | None:
        name = year_licence(text, found.start(), found.end(), year_before=self.end)
        if name:
            self.end = found.end()
        return name


def _years_hold(text: str, found: re.Match[str]) -> bool:
    """A pair of years stands alone if it is written in full or inside a licence, and counts nothing."""
    before, after = (
        text[max(0, found.start() - WINDOW) : found.start()],
        text[found.end() : found.end() + WINDOW],
    )
    if _PAGES.search(before) or counted(after):
        return False
    licensed = year_licence(text, found.start(), found.end()) is not None
    tight = not found["mark"].strip() or found["mark"].strip() in "–—-/"
    full = len(found["second"]) == 4 and int(found["first"]) >= 1400
    return (
        licensed
        or (tight and (full or "–" in found["mark"]))
        or (not tight and bool(re.search(rf"\b(?:[Ff]rom|[Bb]etween){SPACE}$", before)))
    )


Holds = Callable[[str, re.Match[str], int | None], bool]
"""Whether a form stands as a date: of the text, the match, and where the last sight ended."""

HOLDS: Final[dict[str, Holds]] = {
    "years": lambda text, found, _: _years_hold(text, found),
    "dotted": lambda text, found, _: (
        not _VERSION.search(text[max(0, found.start() - 12) : found.start()])
    ),
    "month": lambda text, found, last: month_licence(
        text, found.start(), found.end(), after_month=last
    ),
    "weekday": lambda text, found, _: weekday_licence(text, found.start(), found.end()),
    "which_day": lambda text, found, _: (
        not is_duration(text, found.start(), found["which"].lower())
    ),
    "count": lambda text, found, _: (
        not re.search(rf"\b(?:half|the){SPACE}$", text[max(0, found.start() - 12) : found.start()])
    ),
    "holiday": lambda text, found, _: bool(
        found["year"] or _PREPOSITION.search(text[max(0, found.start() - 16) : found.start()])
    ),
    "clock": lambda text, found, _: bool(
        found["half"] or _CLOCK_BEFORE.search(text[max(0, found.start() - 32) : found.start()])
    ),
    "era_year": lambda text, found, _: bool(
        found["after"]
        or found["era"].startswith("B")
        or "." in found["era"]
        or len(found["number"]) >= 2
    ),
    "decade": lambda text, found, _: not counted(text[found.end() : found.end() + WINDOW]),
}


def _read(text: str, match: Match, last: int | None, years: _Year) -> Sight | None:
    name, found = match
    licence = None
    if name == "year":
        licence = years.licence(text, found)
        if licence is None:
            return None
    elif name in HOLDS and not HOLDS[name](text, found, last):
        return None
    reading, end = FORMS[name](found), found.end()
    if reading is None:
        return None
    if name == "month_day" and isinstance(reading, Calendar):
        end, reading = _month_or_day(text, found, reading)
    if licence == "bracket" and isinstance(reading, Calendar):
        reading = replace(reading, aside=True)
    if name == "years" or (isinstance(reading, Calendar) and reading.year):
        years.end = end
    return Sight(_widened(text, found.start(), name), end, reading)


def _month_or_day(text: str, found: re.Match[str], reading: Calendar) -> tuple[int, Calendar]:
    """A month in "In March 12 people died": "in" goes with months, "on" with days."""
    before, after = (
        text[max(0, found.start() - 4) : found.start()],
        text[found.end() : found.end() + WINDOW],
    )
    undated = reading.year is None and reading.base is None and not found["ordinal"]
    if undated and counted(after) and _IN.search(before):
        return found.end("month"), Calendar(month=reading.month)
    return found.end(), reading


def _widened(text: str, start: int, name: str) -> int:
    """The start with a determiner and "early", "late", "mid-" taken in, where the form takes them."""
    before = text[max(0, start - 16) : start]
    led = _THE.search(before) if name in _LED else _PART.search(before)
    return start - len(led[0]) if led else start


def sights(text: str) -> list[Sight]:
    """The time expressions of a text with their readings, sorted and disjoint.

    >>> [text[each.start : each.end] for text in ["From 5 May to 3 June 1990, twice"] for each in sights(text)]
    ['5 May to 3 June 1990']
    """
    found: list[Sight] = []
    years = _Year()
    for match in scan(text):
        sight = _read(text, match, found[-1].end if found else None, years)
        if sight is None:
            continue
        if found and sight.start < found[-1].end:
            sight = replace(sight, start=found[-1].end)
        sight = ending(text, sight)
        pair = joined(text, found[-1], sight) if found else None
        if pair:
            found[-1] = pair
        else:
            if found:
                found[-1] = shared_year(text, found[-1], sight)
            found.append(sight)
    return found
