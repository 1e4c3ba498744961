"""A log-linear choice among candidates and none of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from kg.lexicon import rows
from kg.model import Mention

Weights = Mapping[str, float]


@cache
def weights_of(name: str) -> Weights:
    """The weights of a model: the rows of the word list of that name."""
    return {feature: float(weight) for feature, weight in rows(name)}


def most(number: int, *limits: int) -> str:
    """The bucket of a number: "<=2" for the first limit it keeps, ">8" beyond the last.

    >>> most(3, 1, 2, 4), most(9, 1, 2, 4)
    ('<=4', '>4')
    """
    return next((f"<={limit}" for limit in limits if number <= limit), f">{limits[-1]}")


def chances(
    weights: Weights,
    features: Sequence[Sequence[str]],
    candidates: Sequence[Mention],
    roots: Sequence[str],
) -> tuple[Mention, float]:
    """The likeliest thing, by its likeliest mention, and the probability in [0, 1] that it is meant.

    `features` are those of none of the candidates, then of each; `roots` tells the things of the candidates.
    """
    sums = [sum(weights.get(feature, 0.0) for feature in each) for each in features]
    most = max(sums)
    odds = [math.exp(each - most) for each in sums]
    total = math.fsum(odds)
    things: dict[str, float] = {}
    best: dict[str, tuple[float, Mention]] = {}
    for mention, root, chance in zip(candidates, roots, odds[1:], strict=True):
        things[root] = things.get(root, 0.0) + chance / total
        if root not in best or chance > best[root][0]:
            best[root] = (chance, mention)
    root = max(things, key=lambda r: (round(things[r], 6), best[r][1].span))
    return best[root][1], things[root]
