"""The kinds of file a store is written to; each depends on what the store holds and nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.turtle import Rows, Turtle
from kg.vocab import CLASS_OF_TYPE, Namespaces

COUNTS: Final = ("kg:mentionCount", "kg:documentCount")  # about texts, so no part of the facts

Text: TypeAlias = Iterable[str]
Graph: TypeAlias = ox.NamedNode | ox.DefaultGraph
Writer: TypeAlias = Callable[[ox.Store, Namespaces, Turtle], Text]

FORMATS: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        ".nq": ox.RdfFormat.N_QUADS,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".trig": ox.RdfFormat.TRIG,
        ".ttl": ox.RdfFormat.TURTLE,
    }
)


def write_file(graph: ox.Store, names: Namespaces, path: Path, kind: str) -> None:
    """Write a file of the kind, whole or not at all.

    Raises StoreError for an unknown kind and for a path that cannot be written.
    """
    if kind not in KINDS:
        raise StoreError(f"no file kind {kind!r}; known: {', '.join(KINDS)}")
    try:
        with replaced(path) as whole:
            _write(whole, KINDS[kind], graph, names)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def read_file(graph: ox.Store, path: Path) -> None:
    """Load a written file; StoreError, with the line, for one that is missing or malformed."""
    form = FORMATS.get(path.suffix)
    if form is None:
        raise StoreError(f"{path}: no RDF file; known endings: {', '.join(FORMATS)}")
    try:
        graph.bulk_load(path=str(path), format=form)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise StoreError(f"{path}:{error.lineno}: {error.msg}") from error


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the name of `path` at the end; a failure leaves no trace."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".kg-") as room:
        whole = Path(room, path.name)
        yield whole
        os.replace(whole, path)


def _write(path: Path, writer: Writer, graph: ox.Store, names: Namespaces) -> None:
    """The body first, for only then are the prefixes known; then head and body."""
    turtle = Turtle(names)
    body = path.with_name("body")
    with body.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(writer(graph, names, turtle))
    with path.open("wb") as file, body.open("rb") as rest:
        file.write(turtle.head().encode())
        shutil.copyfileobj(rest, file)


def _facts(graph: ox.Store, names: Namespaces, turtle: Turtle) -> Text:
    """Bare triples, with the labels and types of their ends, classes and relations."""
    default, type_ = ox.DefaultGraph(), ox.NamedNode(names.iri("rdf:type"))
    nodes: set[ox.NamedNode] = set()
    for declared in graph.quads_for_pattern(None, type_, ox.NamedNode(names.iri("rdf:Property"))):
        relation = cast(ox.NamedNode, declared.subject)
        if relation.value.startswith(names.prefixes["rel"]):
            for bare in graph.quads_for_pattern(None, relation, None, default):
                ends = (bare.subject, relation, bare.object)
                nodes.update(each for each in ends if isinstance(each, ox.NamedNode))
    nodes |= _implied(graph, names, nodes)
    for class_ in (ox.NamedNode(names.iri(curie)) for curie in CLASS_OF_TYPE.values()):
        members = graph.quads_for_pattern(None, type_, class_, default)
        if any(each.subject in nodes for each in members):
            nodes.add(class_)
    counts = {str(ox.NamedNode(names.iri(curie))) for curie in COUNTS}
    rows = _described(graph, nodes, default)
    return turtle.blocks((node, [p for p in pairs if p[0] not in counts]) for node, pairs in rows)


def _implied(
    graph: ox.Store, names: Namespaces, nodes: Iterable[ox.NamedNode]
) -> set[ox.NamedNode]:
    """The relations that those among the nodes imply, and their inverses."""
    broader, inverse = (
        ox.NamedNode(names.iri(each)) for each in ("rdfs:subPropertyOf", "owl:inverseOf")
    )
    ours = names.prefixes["rel"]
    open_, found = [each for each in nodes if each.value.startswith(ours)], set[ox.NamedNode]()
    while open_:
        node = open_.pop()
        if node in found:
            continue
        found.add(node)
        for predicate in (broader, inverse):
            targets = graph.quads_for_pattern(node, predicate, None)
            open_ += [cast(ox.NamedNode, each.object) for each in targets]
        sources = graph.quads_for_pattern(None, inverse, node)
        open_ += [cast(ox.NamedNode, each.subject) for each in sources]
        open_ = [each for each in open_ if each.value.startswith(ours)]
    return found


def _flat(graph: ox.Store, names: Namespaces, turtle: Turtle) -> Text:
    """Everything, in one graph."""
    return turtle.blocks(_described(graph, _subjects(graph, None), None))


def _dataset(graph: ox.Store, names: Namespaces, turtle: Turtle) -> Text:
    """Everything, graph by graph, the default graph first."""
    default = ox.DefaultGraph()
    yield from turtle.graph(None, _described(graph, _subjects(graph, default), default))
    for name in sorted(graph.named_graphs(), key=str):
        if isinstance(name, ox.NamedNode):
            rows = _described(graph, _subjects(graph, name), name)
            yield from turtle.graph(str(name), rows)


def _archive(graph: ox.Store, names: Namespaces, turtle: Turtle) -> Text:
    """Everything, as sorted N-Quads: two stores hold the same when these are the same."""
    for subject in sorted(_subjects(graph, None), key=str):
        quads = graph.quads_for_pattern(subject, None, None, None)
        yield from sorted(f"{quad} .\n" for quad in quads)


def _subjects(graph: ox.Store, name: Graph | None) -> set[ox.NamedNode]:
    quads = graph.quads_for_pattern(None, None, None, name)
    return {cast(ox.NamedNode, quad.subject) for quad in quads}


def _described(graph: ox.Store, nodes: Iterable[ox.NamedNode], name: Graph | None) -> Rows:
    """The nodes by IRI, each with what the named graph, or any, says of it."""
    for node in sorted(nodes, key=lambda each: each.value):
        quads = graph.quads_for_pattern(node, None, None, name)
        yield str(node), [(str(quad.predicate), str(quad.object)) for quad in quads]


KINDS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"facts.ttl": _facts, "graph.ttl": _flat, "graph.trig": _dataset, "graph.nq": _archive}
)
