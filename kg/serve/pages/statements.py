"""Statements as pages show them: what is said, how, and the first of the places where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.view import status
from kg.model import Span
from kg.serve.pages.graph import Graph, Row, text, values
from kg.serve.pages.quotes import Quote, marks, runs
from kg.store import Term

SHOWN: Final = 50  # statements of a page
MOST_QUOTES: Final = 1000  # rows that are read for the quotes of one page
NEGATED: Final = re.compile(r"\b(not|never|no|cannot)\b|n['’]t\b", re.IGNORECASE)
HOW: Final[Mapping[str, str]] = {
    "asserted": "asserted",
    "possible": "possible",
    "claimed": "claimed",
    "asked": "asked or left open",
    "denied": "denied",
}
HEDGES: Final[Mapping[str, str]] = {
    "possible": "possible, planned or expected",
    "unknown": "asked, conditional or left open",
}

TOLD: Final = """
SELECT ?statement ?subject ?subjectLabel ?relation ?lemma ?words ?object ?objectLabel ?literal
       ?polarity ?certainty ?source ?sourceLabel ?cue ?time ?place ?placeLabel ?score
WHERE {
  VALUES ?statement { %s }
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    kg:relationLabel ?words ; kg:polarity ?polarity ; kg:certainty ?certainty ; kg:score ?score .
  ?relation rdfs:label ?lemma .
  OPTIONAL { ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?object rdfs:label ?objectLabel }
  OPTIONAL { ?statement kg:literalText ?literal }
  OPTIONAL {
    ?statement kg:attributedTo ?source ; kg:attributionCue ?cue
    OPTIONAL { ?source rdfs:label ?sourceLabel }
  }
  OPTIONAL { ?statement kg:time ?time }
  OPTIONAL { ?statement kg:place ?place OPTIONAL { ?place rdfs:label ?placeLabel } }
}"""
QUALIFIERS: Final = """
SELECT ?statement ?role ?text ?value ?label WHERE {
  VALUES ?statement { %s }
  ?statement kg:qualifier ?qualifier .
  ?qualifier kg:role ?role ; kg:text ?text .
  OPTIONAL { ?qualifier kg:value ?value OPTIONAL { ?value rdfs:label ?label } }
} ORDER BY ?qualifier"""
QUOTES: Final = """
SELECT ?statement ?reading ?evidence ?quote ?start ?end ?subject ?relation ?object ?cue
       ?document ?id ?title ?date
WHERE {
  { SELECT ?statement ?reading ?document WHERE {
    VALUES ?statement { %s }
    GRAPH ?document { ?reading kg:statement ?statement }
  } ORDER BY ?document ?reading LIMIT %d OFFSET %d }
  GRAPH ?document {
    ?reading kg:evidence ?evidence ; kg:subjectSpan ?subject ; kg:objectSpan ?object .
    ?evidence oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    ?document dcterms:identifier ?id .
    OPTIONAL { ?reading kg:relationSpan ?relation }
    OPTIONAL { ?reading kg:cue ?cue }
    OPTIONAL { ?document dcterms:title ?title }
    OPTIONAL { ?document dcterms:date ?date }
  }
} ORDER BY ?document ?start ?reading"""


@dataclass(frozen=True, slots=True)
class Thing:
    """An end of a statement: its words, and the page of it where it is an entity."""

    label: str
    path: str | None = None
    value: str | None = None  # of a literal, where it is not the words


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a page shows it."""

    id: str
    iri: str
    path: str
    subject: Thing
    relation: Thing
    words: str
    object: Thing
    status: str
    hedge: str
    score: str
    source: Thing | None
    cue: str
    time: str | None
    place: Thing | None
    qualifiers: tuple[tuple[str, Thing], ...]
    quotes: tuple[Quote, ...]

    @property
    def denied(self) -> bool:
        """Whether "not" has to be said, for the words of the relation do not say it."""
        return self.status == "denied" and not NEGATED.search(self.words)

    @property
    def how(self) -> str:
        return HOW[self.status]


def told(graph: Graph, iris: Sequence[str], *, quotes: bool = True) -> list[Told]:
    """The statements of these IRIs, in their order; those that the graph does not hold are left out."""
    if not iris:
        return []
    names = values(iris)
    rows = {row["statement"].value: row for row in graph.rows(TOLD % names)}
    roles: defaultdict[str, list[tuple[str, Thing]]] = defaultdict(list)
    for row in graph.rows(QUALIFIERS % names):
        roles[row["statement"].value].append((row["role"].value, _qualifier(graph, row)))
    places = quotes_of(graph, iris, MOST_QUOTES) if quotes else {}
    return [
        _told(graph, rows[iri], tuple(roles[iri]), tuple(places.get(iri, ())))
        for iri in dict.fromkeys(iris)
        if iri in rows
    ]


def quotes_of(
    graph: Graph, iris: Iterable[str], most: int, skip: int = 0
) -> dict[str, list[Quote]]:
    """By statement, the quotes it stands on, by document and place: `most` of all, after `skip`."""
    readings: dict[str, list[Row]] = {}
    for row in graph.rows(QUOTES % (values(iris), most, skip)):
        readings.setdefault(row["reading"].value, []).append(row)
    found: dict[str, list[Quote]] = {}
    for rows in readings.values():
        found.setdefault(rows[0]["statement"].value, []).append(_quote(graph, rows))
    return found


def thing(graph: Graph, term: Term, label: str | None, words: str | None = None) -> Thing:
    """An end as it is shown: an entity by its label, a literal by its words and its value."""
    if term.kind != "iri":
        said = words or term.value
        return Thing(said, None, term.value if term.value != said else None)
    known = graph.known(term.value)
    return Thing(label or (known[1] if known else term.value), graph.path(term.value))


def _told(
    graph: Graph, row: Row, qualifiers: tuple[tuple[str, Thing], ...], quotes: tuple[Quote, ...]
) -> Told:
    iri = row["statement"].value
    certainty = _last(row["certainty"])
    source = row.get("source")
    record = {
        "polarity": _last(row["polarity"]),
        "certainty": certainty,
        "attribution": source,
    }
    place = row.get("place")
    return Told(
        id=iri.removeprefix(f"{graph.base}statement/"),
        iri=iri,
        path=graph.path(iri) or "",
        subject=thing(graph, row["subject"], text(row, "subjectLabel")),
        relation=thing(graph, row["relation"], row["lemma"].value),
        words=row["words"].value,
        object=thing(graph, row["object"], text(row, "objectLabel"), text(row, "literal")),
        status=status(record),
        hedge=HEDGES.get(certainty, ""),
        score=row["score"].value,
        source=thing(graph, source, text(row, "sourceLabel")) if source else None,
        cue=text(row, "cue") or "",
        time=text(row, "time"),
        place=thing(graph, place, text(row, "placeLabel")) if place else None,
        qualifiers=qualifiers,
        quotes=quotes,
    )


def _qualifier(graph: Graph, row: Row) -> Thing:
    words = row["text"].value.removeprefix(f"{row['role'].value} ")
    value = row.get("value")
    return thing(graph, value, text(row, "label") or words, words) if value else Thing(words)


def _quote(graph: Graph, rows: Sequence[Row]) -> Quote:
    """One reading: the same row once a cue."""
    first = rows[0]
    start, end = int(first["start"].value), int(first["end"].value)
    shown = marks(
        first["subject"].value,
        text(first, "relation") or "",
        first["object"].value,
        _cues(rows),
    )
    iri = first["evidence"].value
    return Quote(
        iri=iri,
        path=graph.path(iri) or "",
        document=first["id"].value,
        title=text(first, "title") or first["id"].value,
        date=text(first, "date"),
        span=Span(start, end),
        runs=runs(first["quote"].value, start, shown),
    )


def _cues(rows: Sequence[Row]) -> Iterator[str]:
    return (row["cue"].value for row in rows if "cue" in row)


def _last(term: Term) -> str:
    """`positive` of kg:Positive."""
    return term.value.rpartition("#")[2].lower()
