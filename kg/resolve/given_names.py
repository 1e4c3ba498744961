"""Given names: short forms, the same name in other languages, initials, spellings."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.lexicon import first_name, rows
from kg.resolve.spelling import is_near, is_spelling, plain, sound


class GivenFit(NamedTuple):
    """How two given names go together: a word for it, and the words of the reason."""

    kind: str
    reason: str


SAME: Final = "same"
SPELLING: Final = "spelling"
NICKNAME: Final = "nickname"
LANGUAGE: Final = "language"
INITIAL: Final = "initial"
CLIPPED: Final = "clipped"


@cache
def _languages() -> dict[str, frozenset[int]]:
    """The rows of given_names.tsv that hold a name."""
    found: dict[str, set[int]] = defaultdict(set)
    for n, row in enumerate(rows("given_names")):
        for name in row[0].split():
            found[name].add(n)
    return {name: frozenset(held) for name, held in found.items()}


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    return {short: frozenset(full.split()) for short, full in rows("nicknames")}


@lru_cache(maxsize=1 << 16)
def classes(name: str) -> frozenset[str]:
    """What a given name may be a form of: marks that two names share where one can stand for the other.

    >>> bool(classes("Jack") & classes("Seán")), bool(classes("Jack") & classes("Paul"))
    (True, False)
    """
    bare = plain(name)
    full = {bare, *_nicknames().get(bare, ())}
    marks = {f"#{n}" for each in full for n in _languages().get(each, ())}
    return frozenset(marks | {sound(each) for each in full})


def given_fit(left: str, right: str) -> GivenFit | None:
    """How two given names can be those of one person, None where they cannot.

    >>> given_fit("Bob", "Robert").kind, given_fit("Pavel", "Paul").kind, given_fit("K", "Kate").kind
    ('nickname', 'language', 'initial')
    >>> given_fit("Anna", "Robert") is None
    True
    """
    ours, other = plain(left), plain(right)
    if ours == other and len(ours) > 1:
        return GivenFit(SAME, "the given name is the same")
    if min(len(ours), len(other)) == 1:
        return GivenFit(INITIAL, "by initial") if initials(ours) & initials(other) else None
    if {first_name(ours), first_name(other)} == {"m", "f"}:
        return None
    if is_spelling(left, right):
        return GivenFit(SPELLING, f"{left.title()} and {right.title()} are spellings of one name")
    return _another_form(left, right) or _looser(left, right)


def initials(name: str) -> set[str]:
    """The letters that a given name may be cut down to: its own, and those of what it is short for.

    >>> sorted(initials("Bob")), sorted(initials("K"))
    (['b', 'r'], ['k'])
    """
    bare = plain(name)
    return {bare[:1], *(full[:1] for full in _nicknames().get(bare, ()) if len(bare) > 1)}


def _another_form(left: str, right: str) -> GivenFit | None:
    ours, other = plain(left), plain(right)
    nicknames = _nicknames()
    for short, full in ((ours, other), (other, ours)):
        if full in nicknames.get(short, ()):
            return GivenFit(NICKNAME, f"{short.title()} is short for {full.title()}")
    if nicknames.get(ours, frozenset()) & nicknames.get(other, frozenset()):
        return GivenFit(NICKNAME, f"{left.title()} and {right.title()} are short for one name")
    shared = classes(left) & classes(right)
    if not shared:
        return None
    if any(mark.startswith("#") for mark in shared):
        return GivenFit(LANGUAGE, f"{left.title()} and {right.title()} are forms of one name")
    return GivenFit(NICKNAME, f"{left.title()} and {right.title()} are forms of one name")


def _looser(left: str, right: str) -> GivenFit | None:
    short, full = sorted((plain(left), plain(right)), key=lambda w: (len(w), w))
    stem = short.rstrip("aeiouy") if len(short) > 3 else short
    if len(short) >= 3 and len(stem) >= 3 and full.startswith(stem) and full not in _nicknames():
        return GivenFit(CLIPPED, f"{short.title()} may be short for {full.title()}")
    if len(short) >= 3 and full.startswith(short):
        return GivenFit(CLIPPED, f"{short.title()} may be short for {full.title()}")
    if is_near(left, right):
        return GivenFit(SPELLING, f"{left.title()} and {right.title()} are near in spelling")
    return None
