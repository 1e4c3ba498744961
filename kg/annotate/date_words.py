"""The words time expressions are made of, read from `lexicon/date_*.tsv`, as lookups and as regex atoms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg import lexicon

SPACE: Final = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]{0,8})"
"""Between two words of one expression: a few blanks or one line break, never a paragraph break."""


@cache
def numbers(*kinds: str) -> dict[str, int]:
    """Lower-case words of the given kinds with their numbers.

    >>> numbers("weekday")["tuesday"], numbers("month", "short_month")["sept"]
    (1, 9)
    """
    return {word: int(n) for word, kind, n in lexicon.rows("date_names") if kind in kinds}


@cache
def cues(kind: str) -> tuple[str, ...]:
    """The cues of one kind, lower case.

    >>> "circa" in cues("approximate")
    True
    """
    return tuple(word for word, each in lexicon.rows("date_cues") if each == kind)


def one_of(words: Iterable[str]) -> str:
    """A regex that matches any of the words, the longest first, with flexible blanks.

    >>> re.findall(one_of(["last", "at last"]), "at  last, last")
    ['at  last', 'last']
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(SPACE.join(map(re.escape, word.split())) for word in ordered) + ")"


def capitalised(words: Iterable[str]) -> str:
    """The same for names: `September` and `SEPTEMBER`, never `september`.

    >>> capitalised(["may"])
    '(?:MAY|May)'
    """
    return one_of({form for word in words for form in (word.title(), word.upper())})


LONGEST_CUE: Final = 4
"""Words in the longest cue of `lexicon/date_cues.tsv`; a test checks it."""


@cache
def cue_set(kind: str) -> frozenset[str]:
    return frozenset(cues(kind))


@cache
def cue_last_words(kind: str) -> frozenset[str]:
    return frozenset(cue.split()[-1] for cue in cues(kind))


def ends_with(before: str, kind: str) -> bool:
    """Whether the text ends in a cue of the kind, in any case.

    >>> ends_with("as early as ", "year_strong"), ends_with("resince ", "year_strong")
    (True, False)
    """
    known, last = cue_set(kind), ""
    for word in reversed(before.rsplit(None, LONGEST_CUE)[-LONGEST_CUE:]):
        last = f"{word} {last}".rstrip().lower()
        if last.lstrip("([“‘\"'—–-") in known:
            return True
    return False


@cache
def number_of(words: str) -> int | None:
    """What a numeral says, in figures or in words.

    >>> number_of("Twenty-five"), number_of("12"), number_of("umpteen")
    (25, 12, None)
    """
    text = " ".join(words.lower().split())
    if text.isascii() and text.isdigit():
        return int(text)
    tens, _, ones = text.replace(" ", "-").partition("-")
    table = numbers("number")
    if text in table:
        return table[text]
    ten = numbers("tens").get(tens)
    if ten is None:
        return None
    return ten + (table.get(ones, 0) if ones else 0)


def _numeral() -> str:
    tens, ones = one_of(numbers("tens")), one_of(numbers("number"))
    return rf"(?:\d{{1,3}}(?![\d,.])|(?i:{tens}(?:[- ]{ones})?|{ones}))"


def _ordinal() -> str:
    return rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?i:{one_of(numbers('ordinal'))}))"


def _holidays() -> str:
    names = [name.title().replace("'S", "'s") for name, _ in lexicon.rows("date_holidays")]
    return one_of({form for name in names for form in (name, name.replace("'", "’"))})


SHORT_MONTHS: Final = capitalised(numbers("short_month"))
ATOMS: Final[dict[str, str]] = {
    "SP": SPACE,
    "YEAR": r"(?:(?:1\d|20)\d\d(?!\d))",
    "DAY": r"(?:(?:3[01]|[12]\d|0?[1-9])(?!\d)(?![.:]\d))",
    "ORD": r"(?:st|nd|rd|th|ST|ND|RD|TH)?\b",
    "DASH": rf"(?:{SPACE}?[-–—]{SPACE}?)",
    "THROUGH": rf"(?:{SPACE}?[-–—]{SPACE}?|{SPACE}(?:to|through|thru|until|till){SPACE})",
    "FULLMONTH": rf"(?:{capitalised(numbers('month'))}\b)",
    "MONTH": rf"(?:{capitalised(numbers('month'))}\b|{SHORT_MONTHS}\b\.?)",
    "WEEKDAY": rf"(?:{capitalised(numbers('weekday'))}\b)",
    "SHORTDAY": rf"(?:{capitalised(numbers('weekday'))}\b|{capitalised(numbers('short_weekday'))}\b\.?)",
    "SEASON": rf"(?:(?i:{one_of(numbers('season'))})\b)",
    "PART": rf"(?:{one_of(numbers('part_of_day'))}\b)",
    "NUMBER": _numeral(),
    "ORDINAL": _ordinal(),
    "TENS": rf"(?:(?i:{one_of(numbers('decade'))})\b)",
    "HOLIDAY": rf"(?:{_holidays()}\b)",
    "UNIT": r"(?:(?:day|week|fortnight|month|year|decade)s?\b)",
    "WHICH": r"(?:(?i:that|this|last|next|(?:of )?the (?:same|following|next|previous|preceding))\b)",
}
_PLACEHOLDER: Final = re.compile(r"<([A-Z]+)>")


def expand(template: str) -> str:
    """A template with its atoms (`<DAY>`, `<MONTH>`) filled in.

    >>> bool(re.fullmatch(expand("<DAY><SP><MONTH>"), "3 Sept."))
    True
    """
    return _PLACEHOLDER.sub(lambda found: ATOMS[found[1]], template)
