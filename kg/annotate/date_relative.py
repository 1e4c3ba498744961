"""The forms that count from a day or a date: "two years ago", "the next day", "last March", "yesterday"."""

from __future__ import annotations

import re
from typing import Final

from kg.annotate.date_readings import Base, Reading, Shift, Turn, groups
from kg.annotate.date_words import number_of, numbers

SHIFTS: Final = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1}
DOCUMENT_WORDS: Final = frozenset({"last", "this", "next"})
MOST_YEARS: Final = 400
"""Years back that a writer still counts to the year: "5,000 years ago" names none."""


def month_of(words: str) -> int:
    return numbers("month", "short_month")[words.lower().rstrip(".")]


def which(words: str) -> tuple[int, Base]:
    """How "last", "the following", "that" shift, and from what.

    >>> which("last"), which("of the next"), which("the same")
    ((-1, 'document'), (1, 'text'), (0, 'text'))
    """
    last = words.lower().split()[-1]
    plain = last in DOCUMENT_WORDS and "the" not in words.lower().split()
    return SHIFTS.get(last, 0), "document" if plain else "text"


def count(found: re.Match[str]) -> Reading | None:
    number, unit = number_of(found["number"]), found["unit"].lower().rstrip("s")
    side = found["side"].lower().split()[0]
    if number is None or number < 1:
        return None
    base: Base = "document" if side in ("ago", "hence") else "text"
    step = -1 if side in ("ago", "earlier", "before", "previously") else 1
    loose = unit in ("week", "fortnight", "month") and number > 2
    if unit == "fortnight":
        unit, number = "week", number * 2
    if unit == "decade":
        unit, number = "year", number * 10
    if unit == "year" and number > MOST_YEARS:
        return None
    loose = (
        loose or "couple" in found["number"].lower() or found["unit"].lower().startswith("decade")
    )
    return Shift(unit, step * number, base, approximate=loose)


def which_day(found: re.Match[str]) -> Reading | None:
    said = groups(found)
    word = said["which"].lower()
    count = -1 if word == "this" and "past" in found[0].split() else SHIFTS.get(word, 0)
    led = found.string[max(0, found.start() - 4) : found.start()].lower() == "the "
    base: Base = "document" if word in DOCUMENT_WORDS and not led else "text"
    if (word in ("same", "following", "previous", "preceding") and not led) or (
        word == "last" and led
    ):
        return None
    if "weekday" in said:
        return Turn("weekday", numbers("weekday")[said["weekday"].lower()], count, base)
    if "month" in said:
        return Turn("month", month_of(said["month"]), count, base)
    if "season" in said:
        return Turn("season", numbers("season")[said["season"].lower()], count, base)
    if "holiday" in said:
        return Turn("holiday", 0, count, base, said["holiday"].lower().replace("’", "'"))
    unit = said["unit"]
    if unit in ("day", "morning", "afternoon", "evening", "night"):
        if word == "next":
            base = "text"
        return (
            None
            if (word, unit) == ("last", "day") or (word, unit) == ("this", "day")
            else Shift("day", count, base)
        )
    if unit in ("week", "weekend"):
        return Turn("weekend" if unit == "weekend" else "week", 0, count, base)
    return Shift(unit, count, base)


def beside_unit(found: re.Match[str]) -> Reading | None:
    step = 1 if found["side"] == "after" else -1
    led = found.string[max(0, found.start() - 4) : found.start()].lower() == "the "
    if found["deictic"]:
        return Shift("day", 2 * step, "document") if found["unit"] == "day" and led else None
    unit = "day" if found["unit"] == "night" else found["unit"]
    return Shift(unit, step, "text") if led else None


def deictic(found: re.Match[str]) -> Reading | None:
    return Shift("day", {"yesterday": -1, "tomorrow": 1}.get(found["word"].lower(), 0), "document")
