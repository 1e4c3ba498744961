"""What a push sends: graphs, chunks, and the digest of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.errors import PushError
from kg.store import Store
from kg.store.chunks import Chunk, chunks


@dataclass(frozen=True, slots=True)
class Part:
    """One graph of the plan; `graph` is None for the server's default graph."""

    graph: str | None
    triples: int
    chunks: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The graphs in the order they are sent, and the digest of what is sent."""

    parts: tuple[Part, ...]
    digest: str

    @property
    def triples(self) -> int:
        return sum(part.triples for part in self.parts)

    @property
    def chunks(self) -> int:
        return sum(part.chunks for part in self.parts)

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)


def pieces(store: Store, triples: int, default_graph_as: str | None) -> Iterator[Chunk]:
    """The chunks of a store, those of its default graph for the graph that is to hold them."""
    for chunk in chunks(store, triples):
        if chunk.graph is not None and chunk.graph == default_graph_as:
            raise PushError(f"{chunk.graph}: a document's graph is called so; name another for the default graph")  # fmt: skip
        yield replace(chunk, graph=default_graph_as) if chunk.graph is None else chunk


def plan(store: Store, triples: int, default_graph_as: str | None) -> Plan:
    """Read what `pieces` gives once, and count; PushError where there is nothing."""
    parts: list[Part] = []
    whole = hashlib.sha256()
    for chunk in pieces(store, triples, default_graph_as):
        whole.update(f"{chunk.graph or ''}\n{chunk.first}\n{len(chunk.lines)}\n".encode())
        whole.update(chunk.lines)
        before = Part(chunk.graph, 0, 0, 0) if chunk.first else parts.pop()
        parts.append(
            Part(
                chunk.graph,
                before.triples + chunk.triples,
                before.chunks + 1,
                before.bytes + len(chunk.lines),
            )
        )
    if not parts:
        raise PushError("the graph is empty: there is nothing to push")
    return Plan(tuple(parts), whole.hexdigest())
