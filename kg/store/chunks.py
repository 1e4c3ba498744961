"""What a store holds in pieces that a server takes one by one, always the same pieces in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.store import Store

LARGEST_CHUNK: Final = 4 * 2**20  # bytes; servers with a limit on bodies mostly allow this much


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some triples of one graph: `lines` is N-Triples, `graph` an IRI or None for the default graph.

    `first`: the first of its graph.
    """

    graph: str | None
    first: bool
    triples: int
    lines: bytes


def chunks(store: Store, triples: int, *, size: int = LARGEST_CHUNK) -> Iterator[Chunk]:
    """All that a store holds, in chunks of at most so many triples and bytes.

    Named graphs by IRI, the default graph last, so that what is said never stands there without its
    evidence; triples by subject, then sorted. One triple larger than `size` is a chunk of its own.

    Raises StoreError for a blank node, which would be another in each chunk.
    """
    graph = store._graph
    names = sorted(str(name) for name in graph.named_graphs())
    for name in names:
        yield from _cut(graph, _iri(name), triples, size)
    yield from _cut(graph, None, triples, size)


def _cut(graph: ox.Store, name: str | None, triples: int, size: int) -> Iterator[Chunk]:
    first, waiting, length = True, list[bytes](), 0
    for line in _lines(graph, name):
        data = line.encode()
        if waiting and (len(waiting) >= triples or length + len(data) > size):
            yield Chunk(name, first, len(waiting), b"".join(waiting))
            first, waiting, length = False, [], 0
        waiting.append(data)
        length += len(data)
    if waiting:
        yield Chunk(name, first, len(waiting), b"".join(waiting))


def _lines(graph: ox.Store, name: str | None) -> Iterator[str]:
    where = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    subjects = {quad.subject for quad in graph.quads_for_pattern(None, None, None, where)}
    for subject in sorted(subjects, key=str):
        quads = graph.quads_for_pattern(subject, None, None, where)
        yield from sorted(map(_line, quads))


def _line(quad: ox.Quad) -> str:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        raise StoreError(f"{quad.triple}: a blank node cannot be sent in pieces; give it an IRI")
    return f"{quad.triple} .\n"


def _iri(name: str) -> str:
    if not name.startswith("<"):
        raise StoreError(f"{name}: a graph named by a blank node cannot be sent; give it an IRI")
    return name[1:-1]
