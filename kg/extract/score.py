"""The score of a statement: how likely a careful reader would accept it, by a logistic model over named features.

The weights are data (`lexicon/score_weights.tsv`), written by `make train-score`; they say how much a
feature speaks for or against a statement. A feature without a weight counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import rows
from kg.model import Literal, Mention

# Decimals of a score: more would promise what no sample of this size can tell.
DECIMALS: Final = 3
_LONG_SENTENCE, _VERY_LONG_SENTENCE = 25, 40  # tokens; thirds of newswire sentences lie between
_LONG_END, _FAR = 6, 8  # tokens of an end, and between an end and its predicate


def score(tree: Tree, proposition: Proposition) -> float:
    """The probability, in [0, 1], that a careful reader accepts the statement."""
    weights = _weights()
    total = weights.get("bias", 0.0) + sum(weights.get(f, 0.0) for f in features(tree, proposition))
    return round(1.0 / (1.0 + math.exp(-total)), DECIMALS)


def features(tree: Tree, proposition: Proposition) -> tuple[str, ...]:
    """The names of the features that hold of a proposition, sorted."""
    return tuple(sorted({*_of_ends(tree, proposition), *_of_clause(tree, proposition)}))


def _of_ends(tree: Tree, proposition: Proposition) -> Iterator[str]:
    yield f"subject {proposition.subject.kind}"
    yield f"object {_kind(proposition.object)}"
    for side, head in (("subject", proposition.subject_head), ("object", proposition.object_head)):
        token = tree.tokens[head]
        if token.right - token.left > _LONG_END:
            yield f"{side} long"
        if token.dependency == "conj":
            yield f"{side} coordinated"
        if abs(head - proposition.predicate) > _FAR:
            yield f"{side} far"
    governed = {proposition.predicate, tree.tokens[proposition.predicate].head}
    if tree.tokens[proposition.subject_head].head not in governed:
        yield "subject inherited"


def _kind(end: Mention | Literal) -> str:
    if isinstance(end, Mention):
        return end.kind
    return "words" if end.datatype == "xsd:string" else "value"


def _of_clause(tree: Tree, proposition: Proposition) -> Iterator[str]:
    token = tree.tokens[proposition.predicate]
    sentence = tree.annotated.sentences[token.sentence]
    length = sentence.last - sentence.first
    if length > _VERY_LONG_SENTENCE:
        yield "sentence very long"
    elif length > _LONG_SENTENCE:
        yield "sentence long"
    yield f"rule {proposition.rule}"
    yield f"predicate {token.dependency}"
    if len(proposition.relation) > 2:
        yield "relation long"
    if proposition.obliques:
        yield "with circumstances"
    status = proposition.status
    if status.polarity == "negative":
        yield "negative"
    if status.certainty != "certain":
        yield status.certainty
    if status.source:
        yield "attributed"


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in rows("score_weights")}
