"""The graphs that a query sees: all of the store, or those that FROM or the protocol choose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.errors import GraphError
from kg.vocab import Namespaces

Chosen = tuple[
    ox.Store, list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph], list[ox.NamedNode | ox.BlankNode]
]


@dataclass(frozen=True, slots=True)
class Dataset:
    """IRIs of graphs of the store: those that together are the default graph, and the named ones."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def within(graph: ox.Store, dataset: Dataset) -> Chosen:
    """A store to ask, its default graph and its named graphs; GraphError for a graph it has not.

    Several default graphs are copied into one first: the engine would give a triple that two of
    them hold twice, and a merge of graphs is a set.
    """
    default, named = _held(graph, dataset.default), _held(graph, dataset.named)
    if len(default) < 2:
        return graph, [*default], [*named]
    merged = ox.Store()
    for name in default:
        quads = graph.quads_for_pattern(None, None, None, name)
        merged.bulk_extend(ox.Quad(each.subject, each.predicate, each.object) for each in quads)
    for name in named:
        merged.bulk_extend(graph.quads_for_pattern(None, None, None, name))
    return merged, [ox.DefaultGraph()], [*named]


def clauses(parsed: Any, names: Namespaces) -> Dataset | None:
    """What the FROM and FROM NAMED of a query choose, by rdflib's parse; None where it has none."""
    prologue, query = parsed
    if "datasetClause" not in query:
        return None
    chosen = query.datasetClause
    base, prefixes = "", dict(names.prefixes)
    for each in prologue:
        if each.name == "Base":
            base = urljoin(base, str(each.iri))
        elif each.name == "PrefixDecl":
            prefixes[dict(each.items()).get("prefix", "")] = urljoin(base, str(each.iri))
    default = [_iri(each.default, base, prefixes) for each in chosen if "default" in each]
    named = [_iri(each.named, base, prefixes) for each in chosen if "named" in each]
    return Dataset(tuple(default), tuple(named))


def _iri(node: Any, base: str, prefixes: dict[str, str]) -> str:
    if getattr(node, "name", None) != "pname":
        return urljoin(base, str(node)) if base else str(node)
    return prefixes[dict(node.items()).get("prefix", "")] + re.sub(r"\\(.)", r"\1", node.localname)


def _held(graph: ox.Store, iris: Iterable[str]) -> list[ox.NamedNode]:
    found = []
    for iri in dict.fromkeys(iris):
        try:
            name = ox.NamedNode(iri)
        except ValueError as error:
            raise GraphError(f"query: {iri!r} is no IRI of a graph") from error
        if not graph.contains_named_graph(name):
            raise GraphError(f"query: the store has no graph <{iri}>, and none is fetched")
        found.append(name)
    return found
