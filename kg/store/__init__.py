"""Statements <-> RDF, and SPARQL over them: the only room that knows an RDF library."""

from kg.store.answer import Answer, Term
from kg.store.canonical import canonical
from kg.store.gazetteer import known_things
from kg.store.iris import document_iri, relation_iri
from kg.store.notation import split_place
from kg.store.opening import open_graph
from kg.store.queries import NamedQuery, Parameter, named, named_query, read_query
from kg.store.store import Store

__all__ = [
    "Answer",
    "NamedQuery",
    "Parameter",
    "Store",
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
]
