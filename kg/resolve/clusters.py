"""Clusters of mention ids under "same" judgements: a union-find whose roots do not depend on the order."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Link, Mention


def same_thing(left: Mention, right: Mention, score: float, reason: str) -> Link:
    """The judgement that two mentions are one thing; the score is a probability in [0, 1]."""
    return Link(left.id, right.id, "same", score, reason)


class Clusters:
    """Disjoint sets of ids. The root of a set is its smallest id."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, i: str) -> str:
        """The representative of the set that holds the id."""
        parent = self._parent
        while parent.get(i, i) != i:
            parent[i] = parent.get(parent[i], parent[i])
            i = parent[i]
        return i

    def join(self, link: Link) -> None:
        """Unite two sets if the link judges them the same."""
        if link.judgement != "same":
            return
        left, right = sorted((self.root(link.left), self.root(link.right)))
        self._parent[right] = left

    def groups(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The ids by root, in the order given."""
        found: dict[str, list[str]] = {}
        for i in ids:
            found.setdefault(self.root(i), []).append(i)
        return found
