"""Finding things by their names: the search of the front page, completion, labels of IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kg.serve.pages.graph import Graph, quoted, text, values
from kg.vocab import CLASS_OF_TYPE

Kind = OneOf["entity", "relation"]

COMPLETED: Final = 20  # names that a completion offers of a kind
LABELLED: Final = 500  # IRIs whose labels may be asked for at once

# One row a thing: the best known name that matches at the beginning of a word, the most mentioned first.
FOUND: Final = {
    "entity": """SELECT ?iri (SAMPLE(?name) AS ?label) (MAX(?many) AS ?count) (SAMPLE(?type) AS ?class) WHERE {{
      ?iri kg:mentionCount ?many ; rdfs:label|skos:altLabel ?said ; rdfs:label ?name ; a ?type
      FILTER(CONTAINS(CONCAT(" ", LCASE(?said)), CONCAT(" ", {words})))
    }} GROUP BY ?iri ORDER BY DESC(?count) ?iri LIMIT {limit}""",
    "relation": """SELECT ?iri ?label WHERE {{
      ?iri a rdf:Property ; rdfs:label ?label
      FILTER(STRSTARTS(STR(?iri), "{base}relation/"))
      FILTER(CONTAINS(CONCAT(" ", LCASE(?label)), CONCAT(" ", {words})))
    }} ORDER BY STRLEN(?label) ?label LIMIT {limit}""",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A thing by its name: its CURIE for a query, its local page for a reader."""

    kind: str
    curie: str
    label: str
    path: str | None
    type: str | None = None
    count: int | None = None


def find(graph: Graph, kind: Kind, words: str, limit: int = COMPLETED) -> list[Found]:
    """The things of a kind whose name has a word that begins so."""
    query = FOUND[kind].format(words=quoted(words), base=graph.base, limit=limit)
    names = graph.source.names
    types = {names.iri(curie): type_ for type_, curie in CLASS_OF_TYPE.items()}
    found = []
    for row in graph.rows(query):
        iri, count = row["iri"].value, text(row, "count")
        curie = names.curie(iri)
        found.append(
            Found(
                kind=kind,
                curie=curie if curie != iri else f"<{iri}>",
                label=row["label"].value,
                path=graph.path(iri),
                type=types.get(text(row, "class") or ""),
                count=int(count) if count else None,
            )
        )
    return found


def labels(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """The labels of IRIs of this graph's things; of what is none of them, nothing is asked."""
    known = [iri for iri in dict.fromkeys(iris) if _is_thing(graph, iri)][:LABELLED]
    if not known:
        return {}
    rows = graph.rows(
        f"""SELECT ?iri ?label WHERE {{ VALUES ?iri {{ {values(known)} }}
          {{ ?iri rdfs:label ?label }} UNION {{ GRAPH ?iri {{ ?iri dcterms:identifier ?label }} }} }}"""
    )
    return {row["iri"].value: row["label"].value for row in rows}


def _is_thing(graph: Graph, iri: str) -> bool:
    return graph.known(iri) is not None and "#" not in iri
