"""Two things of different documents compared: names, what speaks against it, what they share, a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import exp
from typing import Final

from kg.lexicon import first_name, table, words
from kg.resolve.bodies import body_fit, is_generic, place_fit
from kg.resolve.context import Cluster, Context, Told
from kg.resolve.groups import Group
from kg.resolve.names import Key
from kg.resolve.people import NameFit, differ_in_detail, person_fit, person_name
from kg.resolve.spelling import plain

# Scores in [0, 1]: the estimate that a careful reader would call the two one. At SURE they are joined;
# from OPEN on, a careless system would join them, and they are kept as "unsure".
SURE: Final = 0.75
OPEN: Final = 0.2
# How much one shared rare name multiplies the odds of being one: e to this power. Set by hand: a
# surname alone (.45) needs about two thirds of a rare name, a nickname (.7) an eighth.
_PULL: Final = 2.0
_MOST_SHARED: Final = 3.0

_ONE_DOCUMENT: Final = 1.0  # what two that one document leaves open share at least
_MISTAKEN: Final = 0.5  # factor for names of which one was not taken for a person's
_DESCRIBED: Final = 0.6  # prior of two things of one name and noun, "the Corran dam"
_TOLD_SHORT: Final = 0.7  # prior of a short name that a document gives beside the full one
_SPELLING: Final = 0.8  # from this prior on, two names of one document may be spellings of one
_MOST_KEYS: Final = 6  # names of one thing that are compared, the longest first

_THINGS: Final = frozenset({"Event", "CreativeWork", "Product", "Thing", "Organization"})


def shared(left: Group, right: Group, context: Context) -> tuple[float, list[str]]:
    """How much two groups share, in units of one rare name, and the two strongest things in words."""
    small, large = sorted((left.features, right.features), key=len)
    found = []
    for feature, closeness in small.items():
        other = large.get(feature)
        if other is not None and feature not in left.own and feature not in right.own:
            found.append((context.weight(feature) * min(closeness, other), feature))
    found.sort(key=lambda each: (-each[0], each[1]))
    total = sum(weight for weight, _ in found)
    if left.documents.keys() & right.documents.keys():
        total = max(total, _ONE_DOCUMENT)
    return min(total, _MOST_SHARED), [context.words_of(f) for w, f in found[:2] if w >= 0.1]


def likelihood(prior: float, context: float) -> float:
    """The estimate that two are one, from that of their names and what they share.

    >>> round(likelihood(0.45, 0.0), 2), round(likelihood(0.45, 1.0), 2)
    (0.45, 0.86)
    """
    odds = prior / (1 - prior) * exp(_PULL * context)
    return min(odds / (1 + odds), 0.99)


def fit(left: Group, right: Group) -> NameFit | None:
    """The best way in which names of two groups go together, None where none does."""
    kinds = {left.type, right.type}
    if tuple(map(plain, left.key)) == tuple(map(plain, right.key)):
        return None  # judged as equal names
    if "Person" in kinds and len(kinds) == 2 and may_be_person(left) and may_be_person(right):
        found = [_mistaken(a, b) for a in _full(left) for b in _full(right)]
        return max((f for f in found if f), key=lambda f: (f.prior, f.reason), default=None)
    if ("Person" in kinds and len(kinds - {"Person", "Thing"})) or ("Place" in kinds and len(kinds - {"Place", "Thing"})):  # fmt: skip
        return None
    if "Group" in kinds:
        return None
    if not kinds & {"Person", "Place"} and any(len(key) == 1 for key in left.keys & right.keys):
        return NameFit(_TOLD_SHORT, "short", "a document calls it so for short")
    fits = (_fit_of(a, b, left, right, kinds) for a in _full(left) for b in _full(right))
    best = max((f for f in fits if f), key=lambda f: (f.prior, f.reason), default=None)
    described = left.clusters[0].is_described or right.clusters[0].is_described
    return None if best and best.kind == "short" and described else best


def may_be_person(group: Group) -> bool:
    """Whether a full name that was taken for a place or a body may be a person's: nothing but the name tells."""
    if group.type == "Person":
        return True
    alone = 1 < len(group.key) < 4 and not is_generic(group.key) and not group.told.kinds
    return alone and not _is_told(group) and plain(group.key[-1]) not in table("name_heads")


def _mistaken(a: Key, b: Key) -> NameFit | None:
    """How two names can be a person's where one was taken for something else: less likely."""
    found = person_fit(person_name(a), person_name(b)) if len(a) > 1 and len(b) > 1 else None
    return replace(found, prior=found.prior * _MISTAKEN) if found else None


def _full(group: Group) -> list[Key]:
    """The fullest names: a surname does not count where the full name is known."""
    longer = [key for key in group.keys if len(key) > 1]
    return sorted(longer or group.keys, key=lambda k: (-len(k), k))[:_MOST_KEYS]


def _fit_of(a: Key, b: Key, left: Group, right: Group, kinds: set[str]) -> NameFit | None:
    if "Person" in kinds:
        found = person_fit(person_name(a), person_name(b))
        doubt = _MISTAKEN if found and "Thing" in kinds else 1.0
        return replace(found, prior=found.prior * doubt) if found else None
    if "Place" in kinds:
        return place_fit(a, b)
    return body_fit(a, b, is_acronym=_in_capitals(left if len(a) == 1 else right))


def _in_capitals(group: Group) -> bool:
    return any(text.replace(".", "").isupper() for text in group.texts)


def equal_prior(group: Group) -> float:
    """How likely two things of just this name and type are one, before anything else is known."""
    key, kind = group.key, group.type
    first = plain(key[0])
    if group.clusters[0].is_described or key[-1] in words("institutions"):
        return _DESCRIBED
    if kind == "Person":
        name = group.clusters[0].person
        if name.is_single:
            return 0.4 if first_name(first) or name.is_common else 0.6
        if name.is_common:
            return 0.45 if name.is_initials else 0.6
        return 0.7 if name.is_initials else 0.95
    if kind in {"Place", "Group"} and not _is_common_noun(key):
        return 0.95 if not is_generic(key) else 0.4
    if is_generic(key) or _is_common_noun(key):
        return {1: 0.2, 2: 0.6}.get(len(key), 0.8)
    if len(key) == 1:
        return 0.7 if kind == "Organization" and len(first) < 5 and _in_capitals(group) else 0.8
    return 0.92


def _is_common_noun(key: Key) -> bool:
    """Whether a name is one word that names a kind of thing, not a thing: "Director", "Airport", "North"."""
    lists = ("noun_types", "name_heads", "titles", "roles", "numerals", "body_words", "date_names")
    return len(key) == 1 and any(plain(key[0]) in words(each) for each in lists)


def mixed_prior(left: Group, right: Group) -> float:
    """As `equal_prior`, for one name that two documents take for things of two types."""
    kinds = {left.type, right.type}
    words_ = len(left.key)
    if "Thing" in kinds:
        return min(0.85 if words_ > 1 else 0.6, equal_prior(max(left, right, key=lambda g: g.type != "Thing")))  # fmt: skip
    if kinds <= _THINGS:
        return 0.8 if words_ > 1 else 0.5
    if words_ > 1 and _is_told(left) != _is_told(right):
        return 0.8
    return 0.5 if words_ > 1 else 0.25


def conflict(left: Group, right: Group) -> str:
    """What forbids that two groups are one thing, in words; "" where nothing does."""
    for key in left.keys if left.type == right.type == "Person" else ():
        for other in right.keys if len(key) > 1 else ():
            if len(other) > 1 and (told := differ_in_detail(person_name(key), person_name(other))):  # fmt: skip
                return told
    sexes = _sexes(left), _sexes(right)
    if len(sexes[0]) == len(sexes[1]) == 1 and sexes[0] != sexes[1]:
        return "one is a man, the other a woman"
    return told_conflict(left.told, right.told) or _kinds_conflict(left, right) or _beside(left, right)  # fmt: skip


def _sexes(group: Group) -> set[str]:
    """The sex that documents tell, else the one that the given name usually goes with."""
    if group.told.sexes or group.type != "Person" or len(group.key) < 2:
        return group.told.sexes
    return {first_name(group.key[0])} & {"m", "f"}


def told_conflict(left: Told, right: Told) -> str:
    """What two documents tell that cannot be true of one thing: the years of birth and death."""
    if left.born and right.born and not left.born & right.born:
        return f"one was born in {min(left.born)}, the other in {min(right.born)}"
    if left.died and right.died and not left.died & right.died:
        return f"one died in {min(left.died)}, the other in {min(right.died)}"
    return ""


def _kinds_conflict(left: Group, right: Group) -> str:
    """Two types that no one thing is of, where both documents tell them by more than the name."""
    if left.type == right.type or "Thing" in {left.type, right.type}:
        return ""
    if not _is_told(left) or not _is_told(right) or {left.type, right.type} <= _THINGS:
        return ""
    return f"one is {a_kind(left.type)}, the other {a_kind(right.type)}"


def a_kind(kind: str) -> str:
    """A type with its article: "an organization"."""
    return f"{'an' if kind[0] in 'EO' else 'a'} {kind.lower()}"


def _is_told(group: Group) -> bool:
    """Whether the type is told by a pronoun, a description, a first name or the last word of the name."""
    last = plain(group.key[-1])
    if group.type == "Person":
        named = len(group.key) > 1 and bool(first_name(group.key[0]))
        return named or bool(group.told.sexes or group.told.trades)
    return (
        group.type in group.told.kinds
        or last in words("legal_forms")
        or table("name_heads").get(last) == group.type
    )


def _beside(left: Group, right: Group) -> str:
    """A document that speaks of both as two things."""
    small, large = sorted((left.documents, right.documents), key=len)
    for document in small:
        if document in large and not _are_doubles(small[document], large[document]):
            return f"{document!r} tells {left.first.text!r} and {right.first.text!r} apart"
    return ""


def _are_doubles(ours: Iterable[Cluster], other: Iterable[Cluster]) -> bool:
    """Whether all that a document says of both may be one thing that it failed to join."""
    return all(
        "Thing" in {a.type, b.type} or (a.type == b.type and (a.key == b.key or _is_form(a, b)))
        for a in ours
        for b in other
        if a is not b
    )


def _is_form(one: Cluster, other: Cluster) -> bool:
    """Whether one is called by a surname or given name of the other, or by another form of the whole name."""
    if one.type == "Place":
        placed = place_fit(one.key, other.key)
        return placed is not None and placed.prior >= _SPELLING
    if one.type == "Person" and min(len(one.key), len(other.key)) > 1:
        found = person_fit(one.person, other.person)
        return found is not None and found.kind == "full" and found.prior >= _SPELLING
    short, full = sorted((one, other), key=lambda c: len(c.key))
    return one.type == "Person" and len(short.key) == 1 < len(full.key) and short.key[0] in full.key


def doubts(left: Group, right: Group) -> tuple[float, str]:
    """A factor for the prior where what is told of both is rarely true of one thing, and why."""
    one, other = left.told, right.told
    if one.trades and other.trades and not one.trades & other.trades:
        return 0.6, f"one is a {min(one.trades)}, the other a {min(other.trades)}"
    if one.inside and other.inside and not one.inside & other.inside:
        return 0.35, "they lie in different places"
    return 1.0, ""
