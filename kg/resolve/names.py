"""Names as keys: what two names share, and whether one can stand for the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from kg.lexicon import table, words
from kg.model import EntityType, Mention, MentionKind

Key = tuple[str, ...]
_ARTICLES: Final = frozenset({"the", "a", "an"})
# Small words inside names, and words before a noun phrase that are no part of what it is called.
SMALL: Final = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "von", "van", "&"})  # fmt: skip
LEADING: Final = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"})  # fmt: skip
HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
_LEGAL: Final = frozenset(
    {
        "inc",
        "ltd",
        "plc",
        "llc",
        "corp",
        "co",
        "gmbh",
        "ag",
        "sa",
        "a/s",
        "ab",
        "asa",
        "oy",
        "nv",
        "bv",
        "spa",
        "srl",
        "pty",
        "llp",
        "company",
        "corporation",
        "limited",
        "group",
    }
)
# Legal forms that say nothing of what a body is.
_FORMS: Final = frozenset({"inc", "ltd", "plc", "llc", "corp", "co", "gmbh", "ag", "sa", "a/s", "as", "ab", "oy", "asa", "nv", "bv", "spa", "srl", "kk", "pty", "limited", "llp", "lp", "se", "kg"})  # fmt: skip
_ENDINGS: Final = _FORMS | {"company", "corporation"}
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=1 << 16)
def name_key(text: str) -> Key:
    """The words of a name in lower case, without article, title, possessive and full stops.

    >>> name_key("Dr. Amara Nwosu’s"), name_key("the CIA"), name_key("U.S.")
    (('amara', 'nwosu'), ('cia',), ('us',))
    >>> name_key("A. Nwosu"), name_key("A bank")
    (('a', 'nwosu'), ('bank',))
    """
    bare = re.sub(r"[’']s?$", "", text.strip())
    raw = bare.split()
    initial = len(raw) > 1 and raw[0] == "A."  # no article
    parts = [re.sub(r"[.,“”\"]", "", part).casefold() for part in raw]
    parts = [part for part in parts if part]
    if initial:
        return tuple(parts)
    while len(parts) > 1 and (parts[0] in _ARTICLES or parts[0] in words("titles")):
        parts.pop(0)
    return tuple(parts)


def is_title(mention: Mention) -> bool:
    """Whether a noun phrase names one thing by a name and a noun: "the Soviet embassy", "the Corran dam"."""
    key = name_key(mention.short)
    if mention.kind != "nominal" or len(key) < 2:
        return False
    parts = mention.short.split()
    capital = any(part[:1].isupper() for part in parts[1:-1])
    if key[-1] in words("institutions"):
        return capital or parts[0][:1].isupper()
    named = parts[1:-1] if parts[0].lower() == "the" else parts[:-1] if len(parts) == 2 else []
    return (
        bool(named)
        and all(part[:1].isupper() and part.isalpha() for part in named)
        and mention.type in _NAMED_BY_NOUN
        and parts[-1].islower()
        and parts[-1] not in words("generic_nouns")
    )


_NAMED_BY_NOUN: Final = frozenset({"Place", "Event", "Organization", "CreativeWork", "Product"})


def common_type(mentions: Sequence[Mention]) -> EntityType:
    """The type that one of several documents tells; else the most frequent of the fullest names, else of the noun phrases.

    "Thing" only where nothing else is told.
    """
    told = _told_types(mentions)
    if len(told) == 1:
        return min(told)
    kinds_of: tuple[MentionKind, ...] = ("name", "nominal")
    for kind in kinds_of:
        kinds = Counter(m.type for m in _fullest(mentions, kind) if m.type != "Thing")
        if kinds:
            return min(kinds, key=lambda t: (-kinds[t], t))
    return "Thing"


def _told_types(mentions: Sequence[Mention]) -> set[EntityType]:
    """The types with which a document both names and describes what others name: "the village of X", "X said she"."""
    if len({m.document for m in mentions}) == 1:
        return set()
    named = {(m.document, m.type) for m in _fullest(mentions, "name") if m.type != "Thing"}
    described = {(m.document, m.type) for m in mentions if m.kind == "nominal"}
    described |= {(m.document, "Person") for m in mentions if m.text.lower() in HE | SHE}
    return {kind for _, kind in named & described}


def _fullest(mentions: Iterable[Mention], kind: MentionKind) -> list[Mention]:
    """The mentions of a kind with the longest names: what "Tarn Systems" is called outweighs what "Tarn" was taken for."""
    found = [m for m in mentions if m.kind == kind]
    if kind != "name":
        return found
    longest = max((len(name_key(m.text)) for m in found if m.type != "Thing"), default=0)
    return [m for m in found if len(name_key(m.text)) == longest]


def person_core(key: Key) -> Key:
    """A person's key without "Jr" and the like."""
    return tuple(part for part in key if part not in _SUFFIXES) or key


def is_short_person(short: Key, full: Key) -> bool:
    """Whether `short` is a run of the words of the fuller personal name that keeps its first or last word.

    >>> is_short_person(("oswald",), ("lee", "harvey", "oswald"))
    True
    >>> is_short_person(("harvey",), ("lee", "harvey", "oswald"))
    False
    """
    short, full = person_core(short), person_core(full)
    if len(short) >= len(full):
        return False
    if full[: len(short)] == short or full[-len(short) :] == short:
        return True
    return (
        len(short) > 1 and short[0] == full[0] and short[-1] == full[-1] and set(short) <= set(full)
    )


class Near:
    """Names by the words and initials that a shorter name of the same thing shares with them."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._places: dict[str, dict[Key, None]] = {}
        for key in keys:
            core = person_core(key)
            for sign in {*key[:1], *core[:1], *core[-1:], *_initials(key)}:
                self._places.setdefault(sign, {})[key] = None

    def fuller(self, key: Key) -> list[Key]:
        """The longer names that this one can be short for, and some that it can not, in the order given."""
        core = person_core(key)
        found = (
            full for sign in {key[0], core[0], core[-1]} for full in self._places.get(sign, ())
        )
        order = dict.fromkeys(found)
        return sorted(
            full for full in order if len(full) > len(key) or len(person_core(full)) > len(core)
        )


def _initials(key: Key) -> set[str]:
    if len(key) < 3:
        return set()
    return {
        "".join(part[0] for part in key),
        "".join(part[0] for part in key if part not in SMALL),
    }


def is_initials(short: Key, full: Key) -> bool:
    """Whether `short` is one word made of the initials of the words of `full`.

    >>> is_initials(("jfk",), ("john", "f", "kennedy"))
    True
    >>> is_initials(("cia",), ("central", "intelligence", "agency"))
    True
    """
    return len(short) == 1 and len(short[0]) > 2 and short[0] in _initials(full)


def is_short_organization(short: Key, full: Key) -> bool:
    """Whether `short` is how the fuller name of an organisation starts: all but its legal form or its kind.

    >>> is_short_organization(("corran", "mills"), ("corran", "mills", "ltd"))
    True
    >>> is_short_organization(("hartmann",), ("hartmann", "&", "vance"))
    True
    >>> is_short_organization(("masaryk",), ("masaryk", "memorial", "day"))
    False
    """
    if not 0 < len(short) < len(full) or full[: len(short)] != short or short[0] in _GENERIC:
        return False
    rest = full[len(short) :]
    if set(rest) <= _LEGAL or rest[0] in {"&", "and"}:
        return True
    while rest[-1] in _FORMS:
        rest = rest[:-1]
    return len(short[0]) > 3 and table("name_heads").get(rest[-1]) == "Organization"


_GENERIC: Final = frozenset(
    [
        "national",
        "international",
        "central",
        "federal",
        "royal",
        "united",
        "american",
        "british",
        "european",
        "russian",
        "soviet",
        "chinese",
        "french",
        "german",
        "city",
        "state",
        "world",
        "first",
        "new",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "university",
        "bank",
        "ministry",
        "department",
        "council",
        "committee",
        "court",
        "house",
        "public",
        "general",
        "supreme",
        "high",
        "bureau",
        "office",
        "agency",
        "institute",
        "school",
        "college",
        "church",
        "museum",
    ]
)


def without_legal_form(key: Key) -> Key:
    """The key of an organisation's name without the legal forms at its end.

    >>> without_legal_form(("corran", "mills", "ltd")), without_legal_form(("limited",))
    (('corran', 'mills'), ('limited',))
    """
    end = len(key)
    while end > 1 and key[end - 1] in _ENDINGS:
        end -= 1
    return key[:end]
