"""A log-linear choice among candidates and none of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg.lexicon import rows
from kg.model import Mention
from kg.resolve.clusters import Clusters

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


class Ranker:
    """Chooses among mentions by the weights of their features; each feature counts by itself and in its group."""

    def __init__(
        self, model: str, mark: str, clusters: Clusters, weights: Weights | None = None
    ) -> None:
        self.clusters = clusters
        self._weights = weights_of(model) if weights is None else weights
        self._mark = mark
        self._of_group: dict[str, dict[str, float]] = {}

    def grouped(self, group: str, features: Sequence[str]) -> list[str]:
        """The features, and the same as features of a group."""
        return [*features, *(f"{group}{self._mark}{feature}" for feature in features)]

    def likeliest(
        self, group: str, features: Iterable[Sequence[str]], candidates: Sequence[Mention]
    ) -> tuple[Mention, float]:
        """The likeliest thing, by its likeliest mention, and the probability in [0, 1] that it is meant.

        `features` are those of none of the candidates, then of each.
        """
        weights = self._weights_in(group)
        sums = [sum(weights.get(feature, 0.0) for feature in each) for each in features]
        highest = max(sums)
        odds = [math.exp(each - highest) for each in sums]
        total = math.fsum(odds)
        things: dict[str, float] = {}
        best: dict[str, tuple[float, Mention]] = {}
        for mention, chance in zip(candidates, odds[1:], strict=True):
            root = self.clusters.root(mention.id)
            things[root] = things.get(root, 0.0) + chance / total
            if root not in best or chance > best[root][0]:
                best[root] = (chance, mention)
        root = max(things, key=lambda r: (round(things[r], 6), best[r][1].span))
        return best[root][1], things[root]

    def _weights_in(self, group: str) -> dict[str, float]:
        """What each feature weighs in a group: by itself and as one of the group."""
        if group not in self._of_group:
            start = f"{group}{self._mark}"
            together = dict(self._weights)
            for name, weight in self._weights.items():
                if name.startswith(start):
                    feature = name.removeprefix(start)
                    together[feature] = self._weights.get(feature, 0.0) + weight
            self._of_group[group] = together
        return self._of_group[group]
