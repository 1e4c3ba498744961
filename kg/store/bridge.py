"""A store as an rdflib dataset, term for term."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from kg.vocab import Namespaces

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
