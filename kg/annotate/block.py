"""The parse of one block of a text, as repairs see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A list entry a token; repairs change `heads`, `labels` and `tags` in place. Positions are block-wide."""

    texts: Sequence[str]
    tags: list[str]
    lemmas: Sequence[str]
    heads: list[int]
    labels: list[str]

    def children(self, i: int, *labels: str) -> Iterator[int]:
        """Dependents of token i with one of the labels, all of them where none is given."""
        for k, head in enumerate(self.heads):
            if head == i and k != i and (not labels or self.labels[k] in labels):
                yield k

    def has(self, i: int, *labels: str) -> bool:
        """Whether token i has a dependent with one of the labels."""
        return any(True for _ in self.children(i, *labels))

    def attach(self, i: int, head: int, label: str | None = None) -> None:
        """Make token i depend on `head`."""
        self.heads[i] = head
        self.labels[i] = label or self.labels[i]
