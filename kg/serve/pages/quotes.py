"""Quotes with the words that a statement was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span
from kg.store.notation import cue_of, span_of


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a quote: its words, and which parts of a statement they are (`subject object`)."""

    words: str
    parts: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One place where a statement stands. `iri` is the place's, `path` its local address."""

    iri: str
    path: str
    document: str
    title: str
    date: str | None
    span: Span
    runs: tuple[Run, ...]


Marks = list[tuple[str, Span, str]]  # part, where in the document, kind of a cue


def marks(subject: str, relation: str, object_: str, cues: Iterator[str]) -> Marks:
    """What to mark, from the literals of a reading: spans in the document, cues in one line each."""
    found: Marks = [("subject", span_of(subject), "")]
    found += [("relation", span_of(each), "") for each in relation.split()]
    found.append(("object", span_of(object_), ""))
    found += [("cue", cue.span, cue.kind) for cue in map(cue_of, cues)]
    return found


def runs(quote: str, start: int, marked: Marks) -> tuple[Run, ...]:
    """The quote, which begins at `start`, cut where a mark begins or ends.

    >>> [(run.words, run.parts) for run in runs("Ann met Bo.", 5, [("subject", Span(5, 8), "")])]
    [('Ann', 'subject'), (' met Bo.', '')]
    """
    end = start + len(quote)
    inside = [each for each in marked if each[1].start < each[1].end]
    edges = {start, end} | {at for _, span, _ in inside for at in (span.start, span.end)}
    cuts = sorted(at for at in edges if start <= at <= end)
    return tuple(
        _run(quote[left - start : right - start], Span(left, right), inside)
        for left, right in pairwise(cuts)
    )


def _run(words: str, here: Span, marked: Marks) -> Run:
    over = [(part, kind) for part, span, kind in marked if here in span]
    parts = dict.fromkeys(part for part, _ in over)
    return Run(words, " ".join(parts), ", ".join(dict.fromkeys(kind for _, kind in over if kind)))
