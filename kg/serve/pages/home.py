"""What the front page shows: how much there is, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.serve.pages.graph import Graph, text
from kg.serve.pages.statements import Thing, thing
from kg.vocab import CLASS_OF_TYPE

MOST_NAMED: Final = 24  # entities of the front page
MOST_LISTED: Final = 50  # documents of the front page


@dataclass(frozen=True, slots=True)
class Named:
    thing: Thing
    kind: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Listed:
    thing: Thing
    id: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    statements: int
    entities: int
    documents: int
    named: tuple[Named, ...]
    listed: tuple[Listed, ...]


def overview(graph: Graph) -> Overview:
    """Counts, the entities of the most mentions, and the documents by date, the latest first."""
    return Overview(
        statements=graph.count("SELECT (COUNT(*) AS ?count) { ?each a kg:Statement }"),
        entities=graph.count("SELECT (COUNT(*) AS ?count) { ?each kg:mentionCount ?many }"),
        documents=graph.count(
            "SELECT (COUNT(*) AS ?count) { GRAPH ?each { ?each dcterms:identifier ?id } }"
        ),
        named=tuple(_named(graph)),
        listed=tuple(_listed(graph)),
    )


def _named(graph: Graph) -> list[Named]:
    names = graph.source.names
    types = {names.iri(curie): type_ for type_, curie in CLASS_OF_TYPE.items()}
    rows = graph.rows(
        f"""SELECT ?iri ?label ?class ?count WHERE {{
          ?iri kg:mentionCount ?count ; rdfs:label ?label ; a ?class
        }} ORDER BY DESC(?count) ?iri LIMIT {MOST_NAMED}"""
    )
    return [
        Named(
            thing(graph, row["iri"], row["label"].value),
            types.get(row["class"].value, "Thing"),
            int(row["count"].value),
        )
        for row in rows
    ]


def _listed(graph: Graph) -> list[Listed]:
    rows = graph.rows(
        f"""SELECT ?iri ?id ?title ?date WHERE {{ GRAPH ?iri {{
          ?iri dcterms:identifier ?id
          OPTIONAL {{ ?iri dcterms:title ?title }}
          OPTIONAL {{ ?iri dcterms:date ?date }} }}
        }} ORDER BY DESC(STR(?date)) ?id LIMIT {MOST_LISTED}"""
    )
    return [
        Listed(
            thing(graph, row["iri"], text(row, "title") or row["id"].value),
            row["id"].value,
            text(row, "date"),
        )
        for row in rows
    ]
