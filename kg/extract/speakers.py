"""Who says it: speakers of reporting verbs and of quotations that stand by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.extract.clauses import agents_of, subjects_of
from kg.extract.predicates import is_passive, is_predicate
from kg.extract.status import Source, Status, attitude, cue
from kg.extract.tree import Tree

# How far, in tokens, the speaker of a quotation may be named after and before it; further off it is
# rarely the same speaker.
_AFTER, _BEFORE = 15, 80

# Verbs that vouch for what they report, and are spoken.
_SPOKEN: Final = frozenset({"admit", "reveal", "confirm", "disclose", "acknowledge", "concede", "confess", "recall", "explain"})  # fmt: skip


def speaker(tree: Tree, verb: int) -> int | None:
    """The head of who says it: the subject, in a passive the agent; None for "it was said"."""
    ends = agents_of(tree, verb) if is_passive(tree, verb) else subjects_of(tree, verb)[0]
    return ends[0] if ends and tree.word(ends[0]) != "there" else None


def utterer(tree: Tree, quotation: tuple[int, int]) -> Source | None:
    """Who utters a quotation: the nearest speaker after, then before it, in its paragraph."""
    first, last = quotation
    after = range(last, min(last + _AFTER, len(tree.tokens)))
    before = range(first - 1, max(first - _BEFORE, -1), -1)
    return _nearest(tree, after, last - 1) or _nearest(tree, before, first)


def quoted(tree: Tree, i: int, status: Status) -> Status:
    """What a quotation says under a verb outside it, only somebody says: 'admitted "I sold it"'."""
    quotation = tree.quotation(i)
    if quotation is None or status.source or status.certainty == "unknown":
        return status
    if tree.quotation(tree.tokens[i].head) == quotation:
        return status
    source = utterer(tree, quotation)
    if source:
        return status.said(source)
    return status.hedged("unknown", cue(tree, "quotation", quotation[0]))


def _nearest(tree: Tree, places: Iterable[int], edge: int) -> Source | None:
    for k in places:
        left, right = sorted((k, edge))
        if "\n\n" in tree.text[tree.tokens[left].span.end : tree.tokens[right].span.start]:
            return None
        if tree.quotation(k) or not is_predicate(tree, k):
            continue
        spoken = attitude(tree.lemma(k), infinitive=False) in {"report", "claim", "ask", "deny"}
        if spoken or tree.lemma(k) in _SPOKEN:
            head = speaker(tree, k)
            if head is not None:
                return Source(head, cue(tree, "reporting", k))
    return None
