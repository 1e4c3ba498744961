"""Things as RDF, and which form a client wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.serve.negotiate import chosen
from kg.serve.pages.graph import Graph, Room

PAGE: Final = 2000  # triples of an answer in RDF; the next ones are at its `next` link

# Form of `Source.results`, or a page -> its media types, its own one first.
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "html": ("text/html", "application/xhtml+xml"),
    "ttl": ("text/turtle",),
    "jsonld": ("application/ld+json", "application/json"),
    "nt": ("application/n-triples",),
}
MEDIA: Final[Mapping[str, str]] = {form: types[0] for form, types in FORMS.items()}

# A pattern a room, of ?s ?p ?o; `{}` is the IRI, which is safe to stand there.
ABOUT: Final[Mapping[Room, str]] = {
    "entity": "{{ <{0}> ?p ?o BIND(<{0}> AS ?s) }} UNION {{ ?s ?p <{0}> BIND(<{0}> AS ?o) }}",
    "relation": "<{0}> ?p ?o BIND(<{0}> AS ?s)",
    "statement": """{{ <{0}> ?p ?o BIND(<{0}> AS ?s) }}
        UNION {{ <{0}> kg:qualifier ?s . ?s ?p ?o }}
        UNION {{ GRAPH ?g {{ ?s kg:statement <{0}> ; ?p ?o }} }}
        UNION {{ GRAPH ?g {{ ?reading kg:statement <{0}> ; kg:evidence ?s . ?s ?p ?o }} }}""",
    "document": "GRAPH <{0}> {{ ?s ?p ?o }}",
}


def vocabulary(graph: Graph, form: str) -> bytes:
    """What the graph declares of our own terms."""
    about = f'?s ?p ?o FILTER(STRSTARTS(STR(?s), "{graph.base}vocab#"))'
    return graph.rdf(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {about} }}", form)


def triples(graph: Graph, room: Room, iri: str, form: str, page: int) -> tuple[bytes, bool]:
    """A page of the triples about a thing, and whether there are more; no bytes for a thing unknown."""
    about = ABOUT[room].format(iri)
    if not graph.rows(f"SELECT ?s WHERE {{ {about} }} LIMIT 1"):
        return b"", False
    ordered = f"SELECT DISTINCT ?s ?p ?o WHERE {{ {about} }} ORDER BY ?s ?p ?o"
    chosen = f"{ordered} LIMIT {PAGE} OFFSET {page * PAGE}"
    more = graph.rows(f"{ordered} LIMIT 1 OFFSET {(page + 1) * PAGE}")
    body = graph.rdf(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {chosen} }} }}", form)
    return body, bool(more)


def wanted(accept: str) -> str | None:
    """The form that an Accept header prefers, a page where it does not care; None for no known one.

    >>> wanted("text/turtle;q=0.9, text/html;q=0.5"), wanted("*/*"), wanted("image/png")
    ('ttl', 'html', None)
    """
    found = chosen(accept, FORMS)
    return found[0] if found else None
