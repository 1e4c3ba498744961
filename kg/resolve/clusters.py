"""Clusters of mention ids under judgements: "same" joins, "different" keeps apart.

A union-find whose roots do not depend on the order, with barriers that no chain of joins goes around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kg.model import Link, Mention

Thing = TypeVar("Thing")


def same_thing(left: Mention, right: Mention, score: float, reason: str) -> Link:
    """The judgement that two mentions are one thing; the score is a probability in [0, 1]."""
    return Link(left.id, right.id, "same", score, reason)


class Clusters:
    """Disjoint sets of ids, some of which must stay apart. The root of a set is its smallest id."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._barred: dict[str, set[str]] = {}  # by root; the ids are roots or were
        self._sides: dict[str, set[tuple[int, bool]]] = {}  # by root; partition and side of it
        self._partitions = 0

    def root(self, i: str) -> str:
        """The representative of the set that holds the id."""
        parent = self._parent
        while parent.get(i, i) != i:
            parent[i] = parent.get(parent[i], parent[i])
            i = parent[i]
        return i

    def has_barrier(self, i: str) -> bool:
        """Whether the set of an id is kept apart from any other."""
        return self.root(i) in self._barred or self.root(i) in self._sides

    def are_apart(self, left: str, right: str) -> bool:
        """Whether a barrier stands between the sets of two ids."""
        ours, other = self.root(left), self.root(right)
        if any(self.root(i) == other for i in self._barred.get(ours, ())):
            return True
        beyond = self._sides.get(other, ())
        return any((n, not side) in beyond for n, side in self._sides.get(ours, ()))

    def kept_apart(
        self, things: Sequence[Thing], id_of: Callable[[Thing], str]
    ) -> tuple[list[list[Thing]], list[Thing]]:
        """Things in parts that barriers between them keep apart, and the things that none concerns."""
        ids = list(filter(self.has_barrier, map(id_of, things)))
        kept: list[list[Thing]] = []
        free = []
        for thing in things:
            if not any(self.are_apart(id_of(thing), other) for other in ids):
                free.append(thing)
                continue
            for part in kept:
                if not any(self.are_apart(id_of(thing), id_of(other)) for other in part):
                    part.append(thing)
                    break
            else:
                kept.append([thing])
        return kept, free

    def bar(self, left: str, right: str) -> bool:
        """Keep the sets of two ids apart from now on; False where they are one already."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return False
        self._barred.setdefault(left, set()).add(right)
        self._barred.setdefault(right, set()).add(left)
        return True

    def part(self, left: Iterable[str], right: Iterable[str]) -> None:
        """Keep each id of one side apart from each of the other, whose sets are no set of both yet."""
        for side, ids in ((False, left), (True, right)):
            for i in ids:
                self._sides.setdefault(self.root(i), set()).add((self._partitions, side))
        self._partitions += 1

    def join(self, link: Link) -> bool:
        """Unite two sets if the link judges them the same and no barrier stands between them.

        Whether what the link judges now holds: one set for "same", two for any other judgement.
        """
        left, right = sorted((self.root(link.left), self.root(link.right)))
        if link.judgement != "same":
            return left != right
        if left == right:
            return True
        if self.are_apart(left, right):
            return False
        self._parent[right] = left
        barred = self._barred.pop(right, set())
        if barred:
            self._barred.setdefault(left, set()).update(barred)
        sides = self._sides.pop(right, set())
        if sides:
            self._sides.setdefault(left, set()).update(sides)
        return True

    def joined(self, links: Iterable[Link]) -> Iterator[Link]:
        """The links that hold, each applied before the next is asked for."""
        for link in links:
            if (
                self.bar(link.left, link.right)
                if link.judgement == "different"
                else self.join(link)
            ):
                yield link

    def groups(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The ids by root, in the order given."""
        found: dict[str, list[str]] = {}
        for i in ids:
            found.setdefault(self.root(i), []).append(i)
        return found
