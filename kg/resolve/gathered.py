"""The things of one document as they grow: the mentions that are joined so far, and the type they make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import EntityType, Mention
from kg.resolve.clusters import Clusters
from kg.resolve.names import common_type
from kg.resolve.syntax import Syntax


class Gathered:
    """What a choice among earlier mentions reads; `members` are the mentions of each thing by its root."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        self.syntax = syntax
        self.clusters = clusters
        self.members: dict[str, list[Mention]] = defaultdict(list)
        self._types: dict[str, EntityType] = {}
        for mention in mentions:
            self.members[clusters.root(mention.id)].append(mention)

    def gather(self, before: str, mention: Mention) -> str:
        """Take note that a mention was joined to the thing whose root was `before`; the root they have now."""
        root = self.clusters.root(mention.id)
        together = {m.id: m for r in (before, mention.id) for m in self.members[r]}
        self.members[root] = sorted(together.values(), key=lambda m: m.span)
        self._types.pop(root, None)
        return root

    def type_of(self, mention: Mention) -> EntityType:
        """The type of what a mention stands for, by all mentions of it so far."""
        root = self.clusters.root(mention.id)
        if root not in self._types:
            self._types[root] = common_type(self.members[root])
        return self._types[root]
