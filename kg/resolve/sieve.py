"""What every sieve over one document reads."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention
from kg.resolve.clusters import Clusters
from kg.resolve.syntax import Syntax


class Sieve:
    """A document's syntax, its mentions, and what earlier sieves joined."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        self.syntax = syntax
        self.mentions = mentions
        self.names = [m for m in mentions if m.kind == "name"]
        self.nominals = [m for m in mentions if m.kind == "nominal"]
        self.clusters = clusters
