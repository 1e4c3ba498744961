"""What the words of a name by themselves tell of its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from unicodedata import combining, normalize

from kg.lexicon import first_name, rows, table, words

Words = tuple[str, ...]
# Small words between the words of names, in lower case there.
_SMALL: Final = frozenset({"of", "the", "and", "for", "de", "la", "du", "des", "van", "von", "del", "di", "in", "on", "et", "al", "le", "y", "e"})  # fmt: skip
_INITIAL: Final = re.compile(r"[^\W\d_]\.(-?[^\W\d_]\.)*")
_OF: Final = frozenset({"of", "for", "de", "del", "di"})


def word_signs(parts: Words) -> Iterator[str]:
    """The signs that a name of these words bears, each by its name in `type_weights.tsv`.

    >>> list(word_signs(("Corran", "Museum")))
    ['ends in head of house']
    """
    low = tuple(part.lower().rstrip(".") for part in parts)
    for signs in _SIGNS:
        yield from signs(parts, low)


def _last(parts: Words, low: Words) -> Iterator[str]:
    """The type of thing that the last word says; not in "Academy of Sciences", where it is the word before "of"."""
    if _OF.intersection(low[1:-1]):
        return
    place = "ends in" if len(parts) > 1 else "is"
    head = table("name_heads").get(low[-1])
    noun = _noun(low[-1])
    if head:
        house = head == "Organization" and low[-1] in words("housed")
        yield f"{place} head of house" if house else f"{place} head {head}"
    elif noun:
        yield f"{place} noun {noun}"
    if low[-1] in words("legal_forms"):
        yield "legal form"


def _lead(parts: Words, low: Words) -> Iterator[str]:
    """As in "Lake Corran" and "Bank of Corran"."""
    if len(parts) > 1:
        kind = table("name_heads").get(low[0]) or _noun(low[0])
        if kind:
            yield f"starts with {kind}"
    for i in range(1, len(parts) - 1):
        if low[i] in _OF:
            kind = table("name_heads").get(low[i - 1]) or _noun(low[i - 1])
            yield f"of after {kind or 'other'}"
            break


def _noun(word: str) -> str | None:
    nouns = table("noun_types")
    return table("name_nouns").get(word) or nouns.get(word) or nouns.get(word.removesuffix("s"))


def _personal(parts: Words, low: Words) -> Iterator[str]:
    """Titles, first names, surnames and initials."""
    if len(parts) > 1 and low[0] in words("titles"):
        yield "starts with title"
    if first_name(low[0]):
        yield "first name leads" if len(parts) > 1 else "first name"
    if any(map(first_name, low[1:])):
        yield "first name inside"
    if low[-1] in words("common_surnames"):
        yield "common surname"
    if any(map(_INITIAL.fullmatch, parts[:-1])) and not _INITIAL.fullmatch(parts[-1]):
        yield "initial"


def _letters(parts: Words, low: Words) -> Iterator[str]:
    """Capitals and digits."""
    last = parts[-1]
    inner = [p for p in parts if p[1:].lower() != p[1:] and not p.isupper()]
    if len(parts) == 1 and len(last) > 1 and last.replace(".", "").replace("-", "").isupper():
        yield f"capitals {min(len(last), 5)}"
    elif len(parts) > 1 and all(p.isupper() for p in parts if p.isalpha()):
        yield "all capitals"
    elif any(not {"-", "'", "’"}.intersection(p) for p in inner):
        yield "inner capital"
    if any(c.isdigit() for c in last):
        yield "ends in number" if last.isdigit() else "ends in digits"
    if len(parts) > 1 and any(p.islower() and p.isalpha() and p not in _SMALL for p in parts):
        yield "lower word inside"


def _joined(parts: Words, low: Words) -> Iterator[str]:
    """Several names in one, as in citations."""
    if "&" in parts or "and" in low:
        yield "and"
    if low[-2:] == ("et", "al") or low[-3:-1] == ("et", "al"):
        yield "et al"
    if "," in parts:
        yield "comma inside"


def _ending(parts: Words, low: Words) -> Iterator[str]:
    """How the last word ends, accents left out."""
    word = "".join(c for c in normalize("NFD", low[-1]) if not combining(c))
    for ending, told in rows("name_endings"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield f"ending {told}"
            return


_SIGNS: Final[tuple[Callable[[Words, Words], Iterator[str]], ...]] = (
    _last, _lead, _personal, _letters, _joined, _ending,
)  # fmt: skip
