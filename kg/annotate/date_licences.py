"""What stands beside a number or a name of the calendar and makes it a date, or unmakes it.

A bare year needs a licence: a preposition, a bracket, a determiner before a noun, a list of years. Each
licence is a small function of the text beside the number, in a table; its name is the cue.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg import lexicon
from kg.annotate.date_words import SPACE, cue_set, cues, ends_with, one_of

WINDOW: Final = 48
"""Characters looked at on either side of a number; the longest cue with its blanks has 24."""

_COUNTED: Final = re.compile(
    rf"{SPACE}(?:[a-z]+(?:ed|ing|ous|ful|al|an){SPACE})?{one_of(lexicon.words('date_counted'))}\b"
)
_PLURAL: Final = re.compile(
    rf"{SPACE}(?!was\b|has\b|is\b|his\b|its\b|this\b|as\b|does\b|us\b|yes\b|across\b|towards?\b|always\b|perhaps\b|plus\b|versus\b|unless\b|besides\b|onwards\b|afterwards\b|thus\b|says\b)[a-z]+s\b"
)
_FRONTED: Final = re.compile(rf"(?:^|[.!?]\s|\n\s?|[“\"(])(?:From|By|After|Before|Around){SPACE}$")
_DETERMINER: Final = re.compile(
    rf"(?:(?<![\w-]){one_of(cues('determiner'))}|['’]s){SPACE}(?:(?:early|late|mid)[- ])?$",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(
    rf"{SPACE}(?!and\b|or\b|to\b|of\b|in\b|for\b|at\b|on\b|are\b|were\b|or\b)[A-Za-z]|{SPACE}(?:and|or|to){SPACE}\d{{4}}\b"
)
_VERB: Final = re.compile(
    rf"{SPACE}(?:was|saw|is|will|marked|brought|began|ended|has|had|proved|would|became)\b"
)
_OPENING: Final = re.compile(r"(?:[(\[;,&–-]|\w|\.)\s?$")
_CLOSING: Final = re.compile(r"[a-f]?\s?(?:[)\];,:–-]|and\b|to\b)")
_LISTED: Final = re.compile(r"[A-Z][\w.’'-]*(?: [\w’'.-]+)?,\s$")
_CAPTION: Final = re.compile(r"[a-z]{3,20},\s$")
_SAME_LIST: Final = re.compile(
    rf"['’]?s?{SPACE}?(?:,|and|or|to|&|;|[-–]|,{SPACE}(?:and|or)){SPACE}(?:the{SPACE}|(?:again{SPACE})?in{SPACE}|early{SPACE}|late{SPACE})?$|^{SPACE}?[-–]{SPACE}?$"
)
_PAGE: Final = re.compile(
    r"(?:\bpp?\.|\bpages?|\bNos?\.|\bno\.|\bvols?\.|\bRoom|\broom|\bFlight|\bflight|\bHighway|\bRoute|\bModel|\bBox|\bbox|\bline|\bISO|\bRFC|\bWindows|\bOffice|\bsection|\bSection|\bArticle|\bpage)\s?$"
)


def counted(after: str) -> bool:
    """Whether the words after a number are what it counts.

    >>> counted(" workers walked out"), counted(" the workers")
    (True, False)
    """
    return bool(_COUNTED.match(after))


def _by_preposition(before: str, after: str) -> bool:
    return bool(ends_with(before, "year_strong") or _FRONTED.search(before)) and not counted(after)


def _by_weak_preposition(before: str, after: str) -> bool:
    return bool(ends_with(before, "year_weak")) and not counted(after) and not _PLURAL.match(after)


def _by_determiner(before: str, after: str) -> bool:
    return bool(_DETERMINER.search(before) and _NOUN.match(after)) and not counted(after)


def _by_verb(before: str, after: str) -> bool:
    return bool(_VERB.match(after)) and (not before.strip() or before.rstrip(' "“')[-1:] in ".!?\n")


def _by_bracket(before: str, after: str) -> bool:
    inside = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
    return inside and bool(_OPENING.search(before) and _CLOSING.match(after))


def _by_list(before: str, after: str) -> bool:
    return bool(_LISTED.search(before) and re.match(r"[.;,:)]|\s*(?:\n|$)", after)) or bool(
        _CAPTION.search(before) and re.match(r"\.?\s*(?:\n|$)", after)
    )


def _by_event(before: str, after: str) -> bool:
    words = after.lower().split()[:2]
    ahead = any(" ".join(words[:n]).rstrip(".,;:)") in cue_set("event") for n in (1, 2))
    led = ends_with(before, "event") and before[-1:].isspace()
    return led or (ahead and bool(re.search(r"\w\s$", before)))


def _by_line(before: str, after: str) -> bool:
    """A year alone on its line is a heading."""
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


LICENCES: Final[dict[str, Callable[[str, str], bool]]] = {
    "preposition": _by_preposition,
    "bracket": _by_bracket,
    "weak preposition": _by_weak_preposition,
    "determiner": _by_determiner,
    "verb": _by_verb,
    "list": _by_list,
    "event": _by_event,
    "line": _by_line,
}


def year_licence(text: str, start: int, end: int, *, year_before: int | None = None) -> str | None:
    """The name of the licence that makes the number a year, None where there is none.

    `year_before` is where the last licensed year ended: "in 1967 and 1973" licenses both.

    >>> year_licence("in 1963", 3, 7), year_licence("room 1963", 5, 9)
    ('preposition', None)
    """
    before, after = text[max(0, start - 3 * WINDOW) : start], text[end : end + WINDOW]
    if _PAGE.search(before):
        return None
    listed = year_before is not None and start - year_before <= WINDOW
    if listed and _SAME_LIST.match(text[year_before:start]) and not counted(after):
        return "same list"
    near = before[-WINDOW:]
    for name, holds in LICENCES.items():
        if holds(before if name == "bracket" else near, after):
            return name
    return None


_MONTH_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?:in|since|until|till|during|through|throughout|by|from|before|after|early|late|mid|of|last|this|next|between|for|to|and|or|into|around|about|later|for)(?:{SPACE}(?:early|late|mid))?[- ]?{SPACE}?$",
    re.IGNORECASE,
)
_NAME_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?:in|since|until|till|during|throughout|early|late|mid|mid-|last|this|next|into|between|later{SPACE}in)(?:{SPACE}(?:early|late|mid))?[- ]?{SPACE}?$",
    re.IGNORECASE,
)
_MONTH_LINK: Final = re.compile(
    rf"(?:{SPACE}(?:to|and|or|through|until|till){SPACE}(?:the{SPACE})?(?:early{SPACE}|late{SPACE}|mid[- ])?|{SPACE}?[-–]{SPACE}?|,{SPACE})$"
)
_NOUN_AFTER: Final = re.compile(
    rf"{SPACE}(?!on\b|of\b|against\b|to\b|for\b|in\b|was\b|has\b|had\b|is\b|and\b|or\b)[a-z]"
)
_NAME_AFTER: Final = re.compile(rf"(?:['’]s\b|{SPACE}[A-Z][a-z]+(?![\w.]))")
NAMES: Final = frozenset({"march", "may", "april", "june", "august"})


def month_licence(text: str, start: int, end: int, *, after_month: int | None) -> bool:
    """Whether a bare `March` is the month: "in March", "the March vote"; not "March on Rome", "Mrs May".

    >>> month_licence("in March", 3, 8, after_month=None), month_licence("Mrs May", 4, 7, after_month=None)
    (True, False)
    """
    word, before, after = (
        text[start:end].lower(),
        text[max(0, start - WINDOW) : start],
        text[end : end + WINDOW],
    )
    if word == "may" and not text[start].isupper():
        return False
    if after_month is not None and _MONTH_LINK.fullmatch(text[after_month:start]):
        return True
    if word in NAMES and _NAME_AFTER.match(after):
        return False
    if (_NAME_BEFORE if word in {"may", "march"} else _MONTH_BEFORE).search(before):
        return True
    if word in {"may", "march"} and re.search(r"\b(?:by|from|of)\s$", before):
        return bool(re.match(r"[.,;)]|\s(?:to|until|onwards?|the|this|last|next)\b", after))
    return bool(_DETERMINER.search(before) and _NOUN_AFTER.match(after))


_TO_WEEKDAY: Final = re.compile(rf"{SPACE}?(?:to|through|thru|[-–]){SPACE}?[A-Z][a-z]+day\b")
_TITLE_AFTER: Final = re.compile(rf"{SPACE}[A-Z][a-z]+")
_WEEKDAY_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?:on|by|since|until|till|from|before|after|late|early|last|next|this|of|said|and|or|to){SPACE}$",
    re.IGNORECASE,
)


def weekday_licence(text: str, start: int, end: int) -> bool:
    """Whether a weekday is a particular day: not "every Monday", "a Tuesday", "Bloody Sunday", "Sunday Times".

    >>> weekday_licence("on Tuesday", 3, 10), weekday_licence("every Tuesday", 6, 13)
    (True, False)
    """
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    if ends_with(before, "indefinite"):
        return False
    return bool(_WEEKDAY_BEFORE.search(before)) or not _TITLE_AFTER.match(after)


_DURATION: Final = re.compile(
    rf"(?:\b(?:for|over|in|during|within|of|throughout){SPACE}the{SPACE}|\bthe{SPACE}(?:very{SPACE})?)$",
    re.IGNORECASE,
)


def is_duration(text: str, start: int, which: str) -> bool:
    """Whether "last year" stands in "over the last year": a stretch of time up to now, no calendar year.

    >>> is_duration("over the last year", 9, "last"), is_duration("last year", 0, "last")
    (True, False)
    """
    before = text[max(0, start - WINDOW) : start]
    if which == "last":
        return bool(re.search(rf"\bthe{SPACE}$", before, re.IGNORECASE))
    if which == "next":
        return bool(
            re.search(rf"\b(?:for|over|in|during|within|of|throughout){SPACE}the{SPACE}$", before)
        )
    return False
