"""Statements <-> RDF, and SPARQL over them: the only room that knows an RDF library."""

from kg.store.answer import Answer, Term
from kg.store.canonical import canonical
from kg.store.directory import Current, StoreDirectory
from kg.store.gazetteer import known_things
from kg.store.iris import document_iri, relation_iri
from kg.store.kept import Kept
from kg.store.notation import split_place
from kg.store.opening import STORE, open_graph, store_at, texts_of
from kg.store.queries import NamedQuery, Parameter, named, named_query, read_query
from kg.store.store import Store

__all__ = [
    "STORE",
    "Answer",
    "Current",
    "Kept",
    "NamedQuery",
    "Parameter",
    "Store",
    "StoreDirectory",
    "Term",
    "canonical",
    "document_iri",
    "known_things",
    "named",
    "named_query",
    "open_graph",
    "read_query",
    "relation_iri",
    "split_place",
    "store_at",
    "texts_of",
]
