"""The mentions that refer, once it is known what a document says: adjectives less, places inside names more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from kg.model import AnnotatedDocument, Mention, Span

# What is often named after a place; a person or a place is not named so that the other is meant, too.
_NAMED_AFTER: Final = frozenset({"Organization", "Event", "CreativeWork", "Product"})


def referring(annotated: AnnotatedDocument, ends: Collection[str]) -> AnnotatedDocument:
    """The document with the mentions that refer to things; `ends` are the ids of those that statements name.

    "Swedish" in "a Swedish bank" describes the bank, and is a mention only where a statement says something of
    it. "Lyon" in "Lyon University" is one where the document also speaks of Lyon itself.
    """
    kept = [m for m in annotated.mentions if m.id in ends or not _describes(annotated, m)]
    added = [m for m in _places_inside(annotated) if m.span not in {each.span for each in kept}]
    mentions = sorted([*kept, *added], key=lambda m: (m.span, m.kind))
    return replace(annotated, mentions=tuple(mentions))


def _describes(annotated: AnnotatedDocument, mention: Mention) -> bool:
    """Whether a name is only an adjective before a noun."""
    token = annotated.tokens[mention.head]
    return mention.kind == "name" and token.dependency == "amod" and token.tag == "JJ"


def _places_inside(annotated: AnnotatedDocument) -> Iterator[Mention]:
    """Names of places, said by themselves somewhere, inside the names of bodies, events, works and products."""
    names = [m for m in annotated.mentions if m.kind == "name"]
    places = {m.short: m for m in names if m.type == "Place"}
    starts = {token.span.start: token.index for token in annotated.tokens}
    ends = {token.span.end: token.index + 1 for token in annotated.tokens}
    for name in names:
        first, last = starts.get(name.span.start), ends.get(name.span.end)
        if first is None or last is None or name.type not in _NAMED_AFTER:
            continue
        i = first
        while i < last:
            for end in range(last, i, -1):
                span = Span(annotated.tokens[i].span.start, annotated.tokens[end - 1].span.end)
                words = span.of(annotated.document.text)
                if end - i < last - first and words in places:
                    identity = f"{name.document}#char={span.start},{span.end}"
                    yield Mention(identity, name.document, span, span, words, end - 1, "Place", "name")  # fmt: skip
                    i = end - 1
                    break
            i += 1
