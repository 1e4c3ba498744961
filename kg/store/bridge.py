"""A store as an rdflib dataset, term for term: a copy, or a view of the store itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from kg.errors import StoreError
from kg.store.checking import inside
from kg.vocab import Namespaces

RdflibDataset: TypeAlias = rdflib.Dataset

CACHED = 100_000  # terms; most occur many times


def dataset(graph: ox.Store, names: Namespaces) -> rdflib.Dataset:
    """Every quad of the store, lexical forms as they are, and the prefixes bound."""
    copy = rdflib.Dataset(default_union=False)
    for prefix, iri in names.prefixes.items():
        copy.bind(prefix, iri, replace=True)
    term = lru_cache(CACHED)(_term)
    for quad in graph:
        name = quad.graph_name
        room = copy.graph(name.value) if isinstance(name, ox.NamedNode) else copy.default_graph
        room.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return copy


def view(graph: Callable[[], ox.Store], names: Namespaces) -> rdflib.Dataset:
    """The store itself, seen through rdflib: nothing is copied, and every write is refused.

    SPARQL on it is answered by the store, after the checks of `Store.query`. `graph` gives the store
    as long as it is open.
    """
    seen = rdflib.Dataset(store=_View(graph), default_union=False)
    for prefix, iri in names.prefixes.items():
        seen.bind(prefix, iri, replace=True)
    return seen


class _ReadOnly:
    """What of a store reads; the rest says that nothing is written here."""

    def __init__(self, graph: ox.Store) -> None:
        self.quads_for_pattern = graph.quads_for_pattern
        self.named_graphs = graph.named_graphs
        self.dump = graph.dump
        self.query = graph.query

    def __getattr__(self, name: str) -> Any:
        raise StoreError(f"{name}: this view of the graph is read-only; build the graph anew, or change a copy: Store.to_rdflib()")  # fmt: skip


class _View(OxigraphStore):
    """An rdflib store on what a store of ours holds."""

    def __init__(self, graph: Callable[[], ox.Store]) -> None:
        super().__init__()
        self._open = graph

    @property
    def _inner(self) -> Any:
        return _ReadOnly(self._open())

    def triples(self, pattern: Any, context: Any = None) -> Iterator[Any]:
        """As oxrdflib gives them, but strings without a datatype, as rdflib itself has them."""
        for triple, contexts in super().triples(pattern, context):
            yield tuple(map(_plain, triple)), contexts

    def query(self, query: Any, *arguments: Any, **options: Any) -> Any:
        """The store's answer, to what `Store.query` would answer; strings as in `triples`."""
        # What rdflib has prepared it evaluates itself, and would open connections for SERVICE.
        inside(query if isinstance(query, str) else query._original_args[0])
        result = super().query(query, *arguments, **options)
        if result.type == "SELECT":
            rows = result.bindings
            result.bindings = [{name: _plain(each) for name, each in row.items() if each is not None} for row in rows]  # fmt: skip
        return result

    def add_graph(self, graph: Any) -> None:
        """A graph that is there already is none that is written."""
        if graph.identifier != DATASET_DEFAULT_GRAPH_ID and graph not in set(self.contexts()):
            self._inner.add_graph()

    def remove(self, pattern: Any, context: Any = None) -> None:
        """Refused, where nothing fits the pattern, too."""
        self._inner.remove()

    def addN(self, quads: Any) -> None:  # noqa: N802
        """Refused, where there are no quads, too."""
        self._inner.extend()

    def open(self, configuration: Any, create: bool = False) -> None:
        """Refused: the store is open."""
        self._inner.open()

    def destroy(self, configuration: str) -> None:
        """Refused."""
        self._inner.destroy()

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Nothing: who opened the graph closes it."""


def _plain(term: Any) -> Any:
    """A literal that has xsd:string for a datatype without it."""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(term))
    return term


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = rdflib.URIRef(term.datatype.value)
        plain = datatype == rdflib.XSD.string
        return rdflib.Literal(term.value, datatype=None if plain else datatype, normalize=False)
    return rdflib.BNode(str(term).removeprefix("_:"))
