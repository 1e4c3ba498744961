"""How words of names are spelt: accents, romanisations, the skeleton of consonants, edit distance."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Final
from unicodedata import combining, normalize

from kg.lexicon import rows

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"}
)
_MARKS: Final = str.maketrans("", "", "'’‘ʻʼ`´.-‐‑")
_VOWELS: Final = "aeiou"


@lru_cache(maxsize=1 << 17)
def plain(word: str) -> str:
    """A word in lower case without accents, apostrophes, hyphens and full stops.

    >>> plain("Fräser"), plain("O’Brien"), plain("Tse-tung")
    ('fraser', 'obrien', 'tsetung')
    """
    bare = word.casefold().translate(_LETTERS).translate(_MARKS)
    if bare.isascii():
        return bare
    return "".join(c for c in normalize("NFD", bare) if not combining(c))


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """A word as lexicon/letter_variants.tsv hears it: spellings of one name in other scripts come out equal.

    >>> sound("Khalil") == sound("Halil"), sound("Zhukov") == sound("Zukoff"), sound("Müller") == sound("Mueller")
    (True, True, True)
    """
    heard = plain(word)
    for letters, instead, where in rows("letter_variants"):
        if letters not in heard:
            continue
        if where == "start":
            heard = instead + heard[len(letters) :] if heard.startswith(letters) else heard
        elif where == "end":
            heard = heard[: -len(letters)] + instead if heard.endswith(letters) else heard
        else:
            heard = heard.replace(letters, instead)
    return "".join(letter for letter, _ in groupby(heard))


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The first letter and the consonants of a word as it sounds; all vowels in front are one.

    >>> skeleton("Hussein"), skeleton("Hossain"), skeleton("Osman")
    ('hsn', 'hsn', 'asmn')
    """
    heard = sound(word)
    if not heard:
        return ""
    first = "a" if heard[0] in _VOWELS else heard[0]
    return first + "".join(letter for letter in heard[1:] if letter not in _VOWELS)


def is_spelling(left: str, right: str) -> bool:
    """Whether two words are spellings of one name: they sound alike.

    >>> is_spelling("Yevgeny", "Evgenii"), is_spelling("Hale", "Hall")
    (True, False)
    """
    return sound(left) == sound(right)


def is_near(left: str, right: str) -> bool:
    """Whether two longer words differ in vowels only and in at most two letters, or in one letter.

    >>> is_near("Hossain", "Hussein"), is_near("Hale", "Hall"), is_near("Lindell", "Lindall")
    (True, False, True)
    """
    ours, other = sound(left), sound(right)
    if min(len(ours), len(other)) < 5 or ours[0] != other[0]:
        return False
    alike = skeleton(left) == skeleton(right)
    return distance(ours, other, 2) <= (2 if alike else 0) or (
        (alike or min(len(ours), len(other)) > 6) and distance(ours, other, 1) <= 1
    )


def distance(left: str, right: str, most: int) -> int:
    """Insertions, deletions and substitutions that turn one word into the other, `most` + 1 where it is more.

    >>> distance("valeriy", "valery", 2), distance("hale", "moss", 2)
    (1, 3)
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row = row, [i]
        for j, b in enumerate(right, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
