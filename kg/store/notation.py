"""What is written as one short literal, and read back: spans, cues, mentions.

A corpus has thousands of them; a node each would treble the graph and be no easier to read.
"""

from __future__ import annotations

import re
from typing import Final, cast, get_args

from kg.errors import StoreError
from kg.model import ENTITY_TYPES, Cue, EntityType, Mention, MentionKind, Span

CUE: Final = re.compile(r"(.*?) char=(\d+),(\d+) (.*)", re.DOTALL)
MENTION: Final = re.compile(r"(\w+) (\w+) extent=(\d+),(\d+) head=(-?\d+) (.*)", re.DOTALL)


def chars(span: Span) -> str:
    """A span as RFC 5147 writes it.

    >>> chars(Span(120, 126))
    'char=120,126'
    """
    return f"char={span.start},{span.end}"


def span_of(text: str) -> Span:
    """The span that `chars` wrote.

    >>> span_of("char=120,126")
    Span(start=120, end=126)
    """
    match = re.fullmatch(r"char=(\d+),(\d+)", text)
    if match is None:
        raise StoreError(f"{text!r}: no span; `char=START,END` is wanted")
    return Span(int(match[1]), int(match[2]))


def place(document: str, span: Span) -> str:
    """A span of a document, given by id or IRI: the id of a mention, the IRI of evidence.

    >>> place("jfk-files", Span(120, 126))
    'jfk-files#char=120,126'
    """
    return f"{document}#{chars(span)}"


def split_place(text: str) -> tuple[str, Span]:
    """The document and the span that `place` joined.

    >>> split_place("jfk-files#char=120,126")
    ('jfk-files', Span(start=120, end=126))
    """
    document, _, span = text.rpartition("#")
    return document, span_of(span)


def cue_line(cue: Cue) -> str:
    """A cue on one line.

    >>> cue_line(Cue("negation", Span(7, 10), "not"))
    'negation char=7,10 not'
    """
    return f"{cue.kind} {chars(cue.span)} {cue.text}"


def cue_of(line: str) -> Cue:
    """The cue that `cue_line` wrote.

    >>> cue_of("negation char=7,10 not").kind
    'negation'
    """
    match = CUE.fullmatch(line)
    if match is None:
        raise StoreError(f"{line!r}: no cue; `KIND char=START,END WORDS` is wanted")
    return Cue(match[1], Span(int(match[2]), int(match[3])), match[4])


def mention_line(mention: Mention) -> str:
    """All of a mention but its document and span, which are in its IRI.

    >>> at = Span(0, 6)
    >>> mention_line(Mention("d#char=0,6", "d", at, at, "Oswald", 0, "Person", "name"))
    'name Person extent=0,6 head=0 Oswald'
    """
    extent = f"extent={mention.extent.start},{mention.extent.end}"
    return f"{mention.kind} {mention.type} {extent} head={mention.head} {mention.text}"


def mention_of(document: str, span: Span, line: str) -> Mention:
    """The mention that `mention_line` wrote, at its place.

    >>> mention_of("d", Span(0, 6), "name Person extent=0,6 head=0 Oswald").id
    'd#char=0,6'
    """
    match = MENTION.fullmatch(line)
    if match is None or match[1] not in get_args(MentionKind) or match[2] not in ENTITY_TYPES:
        raise StoreError(
            f"{line!r}: no mention; `KIND TYPE extent=START,END head=N WORDS` is wanted"
        )
    return Mention(
        id=place(document, span),
        document=document,
        span=span,
        extent=Span(int(match[3]), int(match[4])),
        text=match[6],
        head=int(match[5]),
        type=cast(EntityType, match[2]),
        kind=cast(MentionKind, match[1]),
    )
