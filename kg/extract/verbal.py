"""Propositions of verb clauses, each kind of clause in its own file; copulas here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.active import active, named_complements, through
from kg.extract.clauses import Clause
from kg.extract.drafts import Drafts, Frame
from kg.extract.embedded import embedding
from kg.extract.passive import passive
from kg.extract.proposition import Proposition
from kg.extract.status import Status

_PLACING: Final = frozenset(
    {"in", "at", "on", "near", "beside", "under", "behind", "between", "among", "outside", "inside"}
)
LINKING: Final = frozenset({"be", "become", "remain", "stay"})


def verbal(drafts: Drafts, clause: Clause, status: Status) -> Iterator[Proposition]:
    """All that a clause says under a status, in a fixed order."""
    frame = Frame(clause, drafts.phrase(clause), status)
    linking = drafts.tree.lemma(clause.verb) in LINKING
    if linking and not clause.passive:
        yield from _copular(drafts, frame)
    elif clause.passive:
        yield from passive(drafts, frame)
    else:
        yield from active(drafts, frame)
    yield from embedding(drafts, frame, linking=linking)


def _copular(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "X is a spy", "X was in Mexico"."""
    clause, phrase = frame.clause, frame.phrase
    if drafts.tree.kids(clause.verb, "expl"):
        yield from _existential(drafts, frame)
    for subject in clause.subjects:
        for attribute in clause.attributes:
            yield from drafts.role(frame, subject, phrase, attribute)
        for oblique in clause.obliques:
            dated = len(clause.obliques) > 1 and drafts.ends.date_at(oblique.head)
            if not dated and not clause.attributes and not drafts.tree.kids(clause.verb, "xcomp"):
                full = phrase.plus(oblique.prepositions, oblique.role)
                yield from drafts.make(frame, subject, full, oblique.head, "copula")
                for preposition, head in named_complements(drafts, oblique.head):
                    longer = replace(frame, phrase=full)
                    yield from through(drafts, longer, subject, oblique.head, (preposition,), head)


def _existential(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "there is a tannery beside the river": what there is, and where."""
    tree, clause = drafts.tree, frame.clause
    for thing in clause.attributes if tree.lemma(clause.verb) == "be" else ():
        inner = [
            (tree.word(p), (p,), noun)
            for p in tree.kids(thing, "prep") if tree.word(p) in _PLACING
            for noun in tree.kids(p, "pobj")
        ]  # fmt: skip
        outer = [(o.role, o.prepositions, o.head) for o in clause.obliques if o.role in _PLACING]
        for role, prepositions, head in (*inner, *outer):
            known = tree.kids(head, "det", "poss", "nummod") or tree.tokens[head].tag == "NNP"
            if known and not drafts.ends.date_at(head):
                full = frame.phrase.plus(prepositions, role)
                yield from drafts.make(frame, thing, full, head, "existential")
