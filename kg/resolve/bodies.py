"""Names of bodies, places and other things: what two of them share."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from kg.lexicon import rows, table, words
from kg.resolve.names import Key
from kg.resolve.people import NameFit
from kg.resolve.spelling import distance, is_near, is_spelling, plain, sound

_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "&", "de", "la", "des", "du", "von"})  # fmt: skip


@lru_cache(maxsize=1 << 17)
def core(key: Key) -> Key:
    """The words of a body's name in plain letters, without legal form and article; "&" is "and".

    >>> core(("hale", "&", "söhne", "ag"))
    ('hale', 'and', 'sohne')
    """
    parts = ["and" if part in {"&", "+"} else plain(part) for part in key]
    parts = [part for part in parts if part]
    while len(parts) > 1 and parts[-1] in words("legal_forms"):
        parts.pop()
    return tuple(parts)


def legal_form(key: Key) -> str:
    """The legal form at the end of a name, "" where it has none."""
    last = plain(key[-1]) if len(key) > 1 else ""
    return last if last in words("legal_forms") else ""


def bag(key: Key) -> Key:
    """The words that tell, in the order of the alphabet: equal for "Ministry of Health" and "Health Ministry"."""
    return tuple(sorted(part for part in core(key) if part not in _SMALL))


def acronyms(key: Key) -> set[str]:
    """What the first letters of a name of three words or more spell; "and" is no such word."""
    found = set()
    for parts in (tuple(plain(part) for part in key if plain(part)), core(key)):
        told = [part for part in parts if part != "and"]
        if len(told) >= 3:
            found.add("".join(part[0] for part in told))
            found.add("".join(part[0] for part in told if part not in _SMALL))
    return {letters for letters in found if len(letters) > 2}


def is_generic(key: Key) -> bool:
    """Whether a body is called only by words that many bodies are called by: "Supreme Court".

    >>> is_generic(("interior", "ministry")), is_generic(("lyon", "rowing", "club"))
    (True, False)
    """
    return all(part in words("body_words") or part in _SMALL for part in core(key))


def numbers(key: Key) -> frozenset[str]:
    """The numbers, ordinals and points of the compass in a name."""
    return frozenset(
        p for p in map(plain, key) if p in words("numerals") or any(c.isdigit() for c in p)
    )


def body_fit(left: Key, right: Key, *, is_acronym: bool) -> NameFit | None:
    """How two names that are not equal can be those of one body, None where they cannot.

    `is_acronym`: whether the shorter one is written in capitals.
    """
    ours, other = core(left), core(right)
    if not ours or not other:
        return None
    if ours == other:
        forms = {legal_form(left), legal_form(right)} - {""}
        if len(forms) > 1:
            return NameFit(0.5, "full", "the same name with another legal form")
        return NameFit(0.9, "full", "the same name without the legal form")
    short, full = sorted((left, right), key=lambda k: (len(k), k))
    if is_acronym and len(short) == 1 and plain(short[0]) in acronyms(full):
        return NameFit(0.5, "short", "by its initials")
    if numbers(left) != numbers(right):
        return None
    if bag(left) == bag(right):
        return NameFit(0.9, "full", "the same words in another order")
    return _spelt(ours, other) or _shortened(ours, other)


def _spelt(ours: Key, other: Key) -> NameFit | None:
    """Two spellings; of a single word only a long one, for short ones are often two words."""
    if len(ours) != len(other) or min(len("".join(map(sound, k))) for k in (ours, other)) < 6:
        return None
    single = len(ours) == 1
    if all(is_spelling(*pair) for pair in zip(ours, other, strict=True)):
        return NameFit(0.6 if single else 0.85, "full", "two spellings of one name")
    near = all(is_spelling(*pair) or is_near(*pair) for pair in zip(ours, other, strict=True))
    return NameFit(0.4, "full", "near in spelling") if near and not single else None


def _shortened(ours: Key, other: Key) -> NameFit | None:
    """Whether the shorter name starts the longer one, later words perhaps in another form."""
    short, full = sorted((ours, other), key=lambda k: (len(k), k))
    if short[0] in words("body_words") and len(short) < 3:
        return None
    if not is_spelling(short[0], full[0]):
        return None
    if not all(_is_form(*pair) for pair in zip(short[1:], full[1:], strict=False)):
        return None
    rest = full[len(short) :]
    if not rest:
        return NameFit(0.5, "full", "forms of the same words")
    if len(rest) > 3 and rest[0] != "and":
        return None
    named = rest[0] == "and" or table("name_heads").get(rest[-1]) == "Organization"
    if not named and not set(rest) <= words("body_words"):
        return None
    sure = full[: len(short)] == short and len(short) > 1
    return NameFit(0.6 if sure else 0.4, "short", "the beginning of the fuller name")


def _is_form(left: str, right: str) -> bool:
    """Whether a word is the other, a spelling of it, or the beginning of it: "print" of "printing"."""
    short, full = sorted((left, right), key=len)
    return is_spelling(left, right) or (len(short) > 4 and full.startswith(short))


def place_fit(left: Key, right: Key) -> NameFit | None:
    """How two names that are not equal can be those of one place, None where they cannot."""
    ours, other = tuple(map(plain, left)), tuple(map(plain, right))
    if ours == other:
        return NameFit(0.95, "full", "the same name")
    if (translated := _translated(left, right)) is not None:
        return NameFit(0.85, "full", "one name, a word of it translated") if translated else None
    if numbers(left) != numbers(right):
        return None
    if _place_rows().get(" ".join(ours), 0) & _place_rows().get(" ".join(other), 0):
        return NameFit(0.9, "full", "two names of one place")
    if len(ours) != len(other) or min(len(sound("".join(parts))) for parts in (ours, other)) < 5:
        return None
    if all(is_spelling(*pair) for pair in zip(ours, other, strict=True)):
        return NameFit(0.8, "full", "two spellings of one name")
    if all(is_spelling(*p) or is_near(*p) or _ends_otherwise(*p) for p in zip(ours, other, strict=True)):  # fmt: skip
        return NameFit(0.45, "full", "near in spelling")
    return None


def _translated(left: Key, right: Key) -> bool | None:
    """Whether two names differ in a word of place_words.tsv only by its language; None where neither has one.

    False also where they differ in what such a word says: "Upper" and "Lower", "Gornji" and "Donji".
    """
    (ours, rest), (other, others) = place_words(left), place_words(right)
    if not ours and not other:
        return None
    if len(rest) != len(others):
        return None
    axes = [{axis for _, axis in each} for each in (ours, other)]
    if ours != other:
        return False if axes[0] == axes[1] else None
    return True if all(is_spelling(*pair) for pair in zip(rest, others, strict=True)) else None


@lru_cache(maxsize=1 << 16)
def place_words(key: Key) -> tuple[frozenset[tuple[str, str]], Key]:
    """The meanings of the words of a place name that languages translate, and its other words.

    Each meaning is the first word of its row and what it is a matter of. A name of such words alone has none.

    >>> place_words(("gornji", "vakuf")) == place_words(("upper", "vakuf"))
    True
    """
    parts = [plain(part) for part in key]
    rest = tuple(part for part in parts if part not in _meanings())
    if not rest:
        return frozenset(), tuple(parts)  # "Nova" alone may be anything
    return frozenset(_meanings()[part] for part in parts if part in _meanings()), rest


@cache
def _meanings() -> dict[str, tuple[str, str]]:
    found = {}
    for forms, axis in rows("place_words"):
        first, *others = forms.split()
        found.update(dict.fromkeys((first, *others), (first, axis)))
    return found


def _ends_otherwise(left: str, right: str) -> bool:
    """Whether two longer words differ in their last vowel only."""
    return min(len(left), len(right)) > 5 and left[:-1] == right[:-1] and distance(left, right, 1) <= 1  # fmt: skip


@cache
def _place_rows() -> dict[str, int]:
    """The rows of place_names.tsv that hold a name, as bits."""
    found: dict[str, int] = defaultdict(int)
    for n, row in enumerate(rows("place_names")):
        for name in row[0].split(" = "):
            found[name.strip().replace("-", "")] |= 1 << n
    return dict(found)


def place_marks(key: Key) -> list[str]:
    """The rows of place_names.tsv that hold a name, as words."""
    bits = _place_rows().get(" ".join(map(plain, key)), 0)
    return [str(n) for n in range(bits.bit_length()) if bits >> n & 1]
