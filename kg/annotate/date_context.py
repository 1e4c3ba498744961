"""What the words around an expression tell of it: its sentence, which way it leans, whether it is open or about."""

from __future__ import annotations

import re
from typing import Final
from typing import Literal as OneOf

from kg.annotate.date_words import LONGEST_CUE, SPACE, cue_last_words, cue_set, ends_with

SENTENCE: Final = 320
"""Characters before an expression that are searched for its sentence's cues; longer sentences lose their head."""
AHEAD: Final = 120
"""Characters after an expression that opens its sentence: "On Monday, the board will ..."."""

_BOUNDARY: Final = re.compile(
    r"[.!?](?<!\b[A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St|No)\.)(?<!\b(?:Mrs|Gen|Sen|Rep|Rev|Gov|Col)\.)"
    r"[”\"’')\]]{0,3}\s{1,4}(?=[\"“‘(\[]?[A-Z])|\n[^\S\n]{0,8}\n"
)
_BUT: Final = re.compile(rf",?{SPACE}but\b")
_SUBJECT: Final = frozenset(
    {"who", "which", "that", "after", "when", "and", "he", "she", "it", "they", "we"}
)
_TRIM: Final = '.,;:!?"“”‘()[]'
_FRONT: Final = 24
"""An expression this near the start of its sentence opens it."""

Opening = OneOf["after", "before"]
_OPEN: Final = re.compile(
    rf"(?<![\w-])(?:(?P<near>shortly|soon|just|immediately|right|not{SPACE}long|long|not|only|took|even|day|week|month|year|days|weeks|months|years|hours|night|morning|was){SPACE})?"
    rf"(?P<word>since|until|till|up{SPACE}to|prior{SPACE}to|before|after|from)(?:{SPACE}(?:about|around|at{SPACE}least|the))?{SPACE}$",
    re.IGNORECASE,
)
_OPENS_SENTENCE: Final = re.compile(r"(?:^|[.!?][”\"’')]?\s{1,3}|\n\s?)$")
_ONWARD: Final = re.compile(rf"{SPACE}(?:on|onwards?|forward)\b")
_NOUN_AFTER: Final = re.compile(
    rf"['’]s?\b|-\w|{SPACE}[A-Z]?[a-z]+(?:ion|ment|ing|war|vote|talks|attack|flood|deal|crash|raid|match|game)s?\b"
)


def sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds `at` begins, no further back than `SENTENCE`.

    >>> sentence_start("He left. She stayed on Monday.", 23)
    9
    """
    low = max(0, at - SENTENCE)
    start = low
    for boundary in _BOUNDARY.finditer(text, low, at):
        start = boundary.end()
    return start


def _cue_ends(words: list[str], kind: str) -> list[int]:
    """The places of the words that a cue of the kind ends on."""
    known, last = cue_set(kind), cue_last_words(kind)
    bare = [word.strip(_TRIM) for word in words]
    return [
        at
        for at, word in enumerate(bare)
        if word in last
        and any(" ".join(bare[max(0, at - n) : at + 1]) in known for n in range(LONGEST_CUE))
    ]


def _is_future(words: list[str], at: int) -> bool:
    """Not so once it is past or unreal: "had been due to visit", "would have met"."""
    return words[max(0, at - 3) : at - 1] != ["had", "been"] and words[at + 1 : at + 2] != ["have"]


def _is_past(words: list[str], at: int) -> bool:
    return at == 0 or words[at - 1] not in ("be", "to")


def _told_past(words: list[str], at: int) -> bool:
    """A verb in -ed with a subject or a comma right before it: "who resigned", "this week, called off"."""
    word, before = words[at].strip(_TRIM), words[at - 1] if at else ""
    return len(word) > 3 and word.endswith("ed") and (before in _SUBJECT or before.endswith(","))


def lean(text: str, start: int, end: int) -> int:
    """1 where the words make an undated day one to come, -1 one gone by, 0 where they do not tell.

    The nearest cue before it in the clause decides; for one that opens its sentence, the first after it.
    "Was due on Saturday but" is past.

    >>> lean("Parliament will meet on Friday", 24, 30), lean("On Friday it rose", 3, 9)
    (1, -1)
    """
    opening = sentence_start(text, start)
    words = text[opening:start].lower().split()
    cut = max((at + 1 for at, word in enumerate(words) if word[-1] in ":;"), default=0)
    words = words[cut:]
    futures = [at for at in _cue_ends(words, "future") if _is_future(words, at)]
    pasts = [at for at in _cue_ends(words, "past") if _is_past(words, at)]
    pasts += [at for at in range(len(words)) if _told_past(words, at)]
    if futures and futures[-1] > max(pasts, default=-1):
        passive = {"was", "were"} & set(words[: futures[-1] + 1])
        return -1 if passive and _BUT.match(text, end) else 1
    if pasts or any(len(word) > 4 and word.rstrip(_TRIM).endswith("ed") for word in words):
        return -1
    return _lean_ahead(text, end) if start - opening <= _FRONT else 0


def _lean_ahead(text: str, end: int) -> int:
    """What the words after an expression that opens its sentence say."""
    stop = _BOUNDARY.search(text, end, end + AHEAD)
    words = text[end : stop.start() + 1 if stop else end + AHEAD].lower().split()
    future = min(_cue_ends(words, "future"), default=len(words))
    past = min(_cue_ends(words, "past"), default=len(words))
    regular = (
        at for at, word in enumerate(words) if len(word) > 4 and word.rstrip(_TRIM).endswith("ed")
    )
    past = min(past, next(regular, len(words)))
    return (future < past) - (past < future)


def habitual(text: str, start: int) -> bool:
    """Whether the sentence so far speaks of what happens every time.

    >>> habitual("It usually rains in July", 20)
    True
    """
    return bool(_cue_ends(text[sentence_start(text, start) : start].lower().split(), "habitual"))


def approximate(text: str, start: int) -> bool:
    """Whether "about", "circa" or the like stands before the expression.

    >>> approximate("built about 1950", 12)
    True
    """
    return ends_with(text[max(0, start - 24) : start], "approximate")


def opening(text: str, start: int, end: int, *, weekday: bool = False) -> Opening | None:
    """Which end of time the preposition leaves open: "since 2004" runs on after, "until 2004" ran before.

    "From" opens only at the head of a sentence or with "on", for letters from 1963 are of 1963; "before" and
    "after" not where they belong to a noun ("after Monday's vote", "after the 1963 war") or to a nearby
    moment ("shortly after"); "not until" and "it took until" name the moment itself.

    >>> opening("He has lived there since 2004.", 25, 29), opening("not until 1896", 10, 14) is None
    ('after', True)
    """
    found = _OPEN.search(text[max(0, start - 48) : start])
    if not found:
        return None
    word, near = found["word"].lower().split()[0], (found["near"] or "").lower()
    if word == "since":
        return "after"
    if word == "from":
        head = text[max(0, start - 48) : start][: found.start()]
        fronted = found["word"][0].isupper() and bool(_OPENS_SENTENCE.search(head))
        return "after" if fronted or _ONWARD.match(text, end) else None
    if word in ("until", "till", "up"):
        return None if near in ("not", "only", "took", "was", "even") else "before"
    if near or weekday or found[0].lower().rstrip().endswith("the") or _NOUN_AFTER.match(text, end):
        return None
    return "after" if word == "after" else "before"
