"""Blocks: which things are compared at all. Only those that share a sign: the work grows with their number, not its square.

A person's signs are the consonants of the surname with the first letter of the given name, and with each
name it may be a form of; a body's are the beginning of its name, its words in the order of the alphabet and
its initials; a place's its consonants. A block that is still large (a common surname with a common initial)
is not compared pair by pair: each is compared with its neighbours in the order of the names, and with those
that share a rare name of their documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.lexicon import words
from kg.resolve.bodies import acronyms, bag, core, place_marks, place_words
from kg.resolve.compare import may_be_person
from kg.resolve.given_names import classes, initials
from kg.resolve.groups import Group
from kg.resolve.names import Key
from kg.resolve.people import person_name, surname_marks
from kg.resolve.spelling import plain, skeleton, sound

# Up to this many, all pairs of a block; beyond, this many neighbours each, and as many that share one name.
_WHOLE: Final = 40
_WINDOW: Final = 8


def signs(group: Group) -> list[str]:
    """The signs of a group, by all its names."""
    found: set[str] = set()
    for key in group.keys:
        if group.type in {"Person", "Thing"} or may_be_person(group):
            found.update(_signs_of_person(key))
        if group.type == "Place":
            found.add("L|" + "".join(skeleton(part) for part in key))
            found.update(f"l|{mark}" for mark in place_marks(key))
            meanings, rest = place_words(key)
            if meanings:
                found.add(f"W|{'|'.join(sorted(first for first, _ in meanings))}|{'|'.join(map(skeleton, rest))}")  # fmt: skip
        elif group.type not in {"Person", "Group"}:
            found.update(_signs_of_body(key))
    return sorted(found)


def _signs_of_person(key: Key) -> Iterator[str]:
    name = person_name(key)
    if name.is_single:
        yield f"S|{sound(name.family)}"
        return
    yield f"S|{sound(name.family)}"
    for family in (skeleton(name.family), *sorted(surname_marks(name.family))):
        for given in name.given[:2]:
            yield from (f"P|{family}|{letter}" for letter in initials(given))
            if len(given) > 1:
                yield from (f"P|{family}|{mark}" for mark in classes(given))
    if len(name.given) == 1 and len(name.given[0]) > 1:
        yield f"S|{sound(name.given[0])}"
        yield "R|" + "|".join(sorted((sound(name.given[0]), sound(name.family))))


def _signs_of_body(key: Key) -> Iterator[str]:
    parts = core(key)
    if not parts:
        return
    leading = 2 if parts[0] in words("body_words") else 1
    yield "O|" + "|".join(sound(part)[:5] for part in parts[:leading])
    yield "O|" + "|".join(skeleton(part)[:3] for part in parts[:2])
    yield "B|" + "|".join(bag(key))
    yield from (f"A|{letters}" for letters in acronyms(key))
    if len(parts) == 1:
        yield f"A|{plain(parts[0])}"


def pairs(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """The pairs to compare, each once, in an order that only the groups decide."""
    ordered = sorted(groups, key=lambda g: g.place)
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(ordered):
        for sign in signs(group):
            blocks[sign].append(n)
    seen: set[int] = set()
    for sign in sorted(blocks):
        for a, b in _within(blocks[sign], ordered, sign):
            code = a * len(ordered) + b
            if code not in seen:
                seen.add(code)
                yield ordered[a], ordered[b]


def _within(block: list[int], ordered: Sequence[Group], sign: str) -> Iterator[tuple[int, int]]:
    """Pairs of a block: all, or those of neighbours and of things with a name in common."""
    if len(block) <= _WHOLE:
        yield from ((a, b) for k, a in enumerate(block) for b in block[k + 1 :])
        return
    for k, a in enumerate(block):
        yield from ((a, b) for b in block[k + 1 : k + 1 + _WINDOW])
    holders: dict[str, list[int]] = defaultdict(list)
    for a in block:
        for feature in ordered[a].features:
            held = holders[feature]
            yield from ((b, a) for b in held[:_WINDOW])
            held.append(a)
