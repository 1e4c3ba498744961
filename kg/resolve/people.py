"""Names of people: their parts, and how two of them go together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.lexicon import first_name, rows, words
from kg.resolve.given_names import CLIPPED, INITIAL, LANGUAGE, SAME, SPELLING, GivenFit, given_fit
from kg.resolve.names import Key
from kg.resolve.spelling import is_near, is_spelling, plain, skeleton

_SUFFIXES: Final = {
    "jr": "Jr.", "junior": "Jr.", "younger": "Jr.", "sr": "Sr.", "senior": "Sr.", "elder": "Sr.",
    "ii": "II", "iii": "III", "iv": "IV",
}  # fmt: skip
_JOINED: Final = frozenset({"mac", "mc"})

# How likely two such names in one corpus are one person, before anything else is known of them. Set
# by hand so that only what is safe alone reaches compare.SURE; the rest needs context.
_PRIOR: Final = {
    SAME: 0.95, SPELLING: 0.85, "nickname": 0.7, LANGUAGE: 0.5, INITIAL: 0.45, CLIPPED: 0.45,
}  # fmt: skip
_ORDER: Final = 0.75
_NEAR_FAMILY: Final = 0.5  # factor for a surname that is only near in spelling
_SPELT_FAMILY: Final = 0.9
SURNAME_ALONE: Final = 0.45
GIVEN_ALONE: Final = 0.2


@dataclass(frozen=True, slots=True)
class NameFit:
    """How two names go together: how likely they are one thing by that alone, and why, in words.

    `kind` is "full" for two full names, "initial" where one gives initials only, "short" where one is
    a part of the other.
    """

    prior: float
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts: given names (or initials), surname without small words, "Jr." and the like."""

    given: Key
    family: str
    suffix: str = ""

    @property
    def is_single(self) -> bool:
        return not self.given

    @property
    def is_initials(self) -> bool:
        """Whether no given name is written out."""
        return bool(self.given) and all(len(each) == 1 for each in self.given)

    @property
    def is_common(self) -> bool:
        """Whether many people are called so: a common surname, and a given name that is none of a kind."""
        return self.family in words("common_surnames") and (
            self.is_initials or bool(first_name(self.given[0]) if self.given else True)
        )


@lru_cache(maxsize=1 << 17)
def person_name(key: Key) -> PersonName:
    """The parts of a name from its key.

    >>> person_name(("ludwig", "van", "beethoven")), person_name(("robert", "hale", "jr"))
    (PersonName(given=('ludwig',), family='beethoven', suffix=''), PersonName(given=('robert',), family='hale', suffix='Jr.'))
    """
    suffix = _SUFFIXES.get(key[-1], "") if len(key) > 1 else ""
    parts = [part for word in (key[:-1] if suffix else key) for part in _split(word)]
    while len(parts) > 1 and parts[-1] in {"the", ""}:
        parts.pop()
    family = parts.pop() if parts else ""
    while parts and parts[-1] in words("surname_particles"):
        particle = parts.pop()
        family = f"mac{family}" if particle in _JOINED else family
    given = [letter for part in parts for letter in _letters(part)]
    return PersonName(tuple(given), family, suffix)


def _split(word: str) -> list[str]:
    """A word in plain letters, small words that a mark joins to it apart: "al-Masri", "O'Brien"."""
    for mark in ("-", "'", "’"):
        first, found, rest = word.partition(mark)
        if found and rest and plain(first) in words("surname_particles"):
            return [plain(first), *_split(rest)]
    return [plain(word)] if plain(word) else []


def _letters(part: str) -> list[str]:
    """The two initials of "rj" for "R.J.", any other word as it is."""
    if len(part) == 2 and not set(part) & set("aeiouy"):
        return list(part)
    return [part]


def person_fit(left: PersonName, right: PersonName) -> NameFit | None:
    """How two names can be those of one person, None where they cannot."""
    if left.suffix and right.suffix and left.suffix != right.suffix:
        return None
    if left.is_single or right.is_single:
        return _short_fit(left, right)
    family = _family_factor(left.family, right.family)
    fit = _given_names_fit(left, right) if family else None
    if family and fit:
        return _weighed(left, right, fit, family)
    return _other_order(left, right)


def differ_in_detail(left: PersonName, right: PersonName) -> str:
    """Why two names that start and end alike are those of two people; "" where they may be one."""
    if left.suffix and right.suffix and left.suffix != right.suffix:
        return f"one is {left.suffix}, the other {right.suffix}"
    if (
        left.given
        and right.given
        and left.given[0] == right.given[0]
        and not _middles_fit(left, right)
    ):
        return f"middle names {' '.join(left.given[1:]).title()} and {' '.join(right.given[1:]).title()}"
    return ""


def _weighed(left: PersonName, right: PersonName, fit: GivenFit, family: float) -> NameFit:
    prior = _PRIOR[fit.kind] * family
    if bool(left.suffix) != bool(right.suffix):
        return NameFit(min(prior, 0.5), "short", f"one is called {left.suffix or right.suffix}")
    if fit.kind != SAME and {left.family, right.family} & words("common_surnames"):
        prior *= 0.7
    reason = fit.reason
    if family < 1:
        reason += f", {left.family.title()} and {right.family.title()} are forms of one surname"
    return NameFit(prior, "initial" if fit.kind == INITIAL else "full", reason)


@cache
def _surname_rows() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for n, row in enumerate(rows("surnames")):
        for name in row[0].split():
            found[name].add(n)
    return {name: frozenset(held) for name, held in found.items()}


def surname_marks(family: str) -> frozenset[int]:
    """The rows of surnames.tsv that hold a surname.

    >>> bool(surname_marks("zhou") & surname_marks("chou"))
    True
    """
    return _surname_rows().get(family, frozenset())


def _family_factor(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if surname_marks(left) & surname_marks(right):
        return _SPELT_FAMILY
    if skeleton(left)[:1] != skeleton(right)[:1]:
        return 0.0
    if is_spelling(left, right):
        return _SPELT_FAMILY
    return _NEAR_FAMILY if is_near(left, right) else 0.0


def _given_names_fit(left: PersonName, right: PersonName) -> GivenFit | None:
    if not _middles_fit(left, right):
        return None
    first = given_fit(left.given[0], right.given[0])
    if first:
        return first
    short, full = sorted((left, right), key=lambda n: len(n.given))
    if len(full.given) > 1 and len(short.given) == 1 and short.given[0] == full.given[1]:
        return GivenFit("nickname", f"{full.given[1].title()} is the middle name")
    return None


def _middles_fit(left: PersonName, right: PersonName) -> bool:
    """Whether middle names do not speak against each other: equal, an initial, or told by one only."""
    return all(given_fit(*pair) for pair in zip(left.given[1:], right.given[1:], strict=False))


def _other_order(left: PersonName, right: PersonName) -> NameFit | None:
    """Surname first in one of them: "Nagy Ferenc" and "Ferenc Nagy"."""
    if len(left.given) != 1 or len(right.given) != 1 or left.is_initials or right.is_initials:
        return None
    if not (is_spelling(left.family, right.given[0]) and is_spelling(left.given[0], right.family)):
        return None
    clear = bool(first_name(left.given[0])) != bool(first_name(left.family))
    reason = "the same name with the surname first"
    return NameFit(_ORDER if clear else 0.5, "full", reason)


def _short_fit(left: PersonName, right: PersonName) -> NameFit | None:
    if left.is_single and right.is_single:
        if left.family == right.family:
            return NameFit(SURNAME_ALONE, "full", "the same surname")
        return None
    short, full = (left, right) if left.is_single else (right, left)
    if short.family == full.family:
        return NameFit(SURNAME_ALONE, "short", "by surname")
    if len(short.family) > 5 and is_spelling(short.family, full.family):
        return NameFit(SURNAME_ALONE / 2, "short", "by a spelling of the surname")
    if short.family == full.given[0]:
        return NameFit(GIVEN_ALONE, "short", "by given name")
    return None
