"""What the pages of entities, relations and statements show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kg.serve.pages.graph import Graph, NotThereError, text
from kg.serve.pages.quotes import Quote
from kg.serve.pages.statements import SHOWN, Thing, Told, quotes_of, thing, told
from kg.vocab import CLASS_OF_TYPE

Part = OneOf["about", "said", "named"]

QUOTES_SHOWN: Final = 100  # readings of a page of a statement
MOST_LISTED: Final = 60  # relations, aliases, declarations that a page lists
TYPE_NAMES: Final[Mapping[str, str]] = {
    "CreativeWork": "Creative work",
    "Thing": "Other thing",
}

AROUND: Final = """SELECT DISTINCT ?from ?relation ?to WHERE {
  VALUES ?one { %s }
  { ?statement rdf:subject ?one } UNION { ?statement rdf:object ?one }
  ?statement rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to .
  ?to kg:mentionCount ?mentions .
}
LIMIT 300"""

# What an entity is to a statement. `{}` is its IRI.
PATTERNS: Final[Mapping[Part, str]] = {
    "about": "{{ ?statement rdf:subject <{0}> }} UNION {{ ?statement rdf:object <{0}> }}",
    "said": "?statement kg:attributedTo <{0}> .",
    "named": "{{ ?statement kg:place <{0}> }} UNION {{ ?statement kg:qualifier/kg:value <{0}> }}",
}
PART_NAMES: Final[Mapping[Part, str]] = {
    "about": "In statements",
    "said": "As a source",
    "named": "As place or circumstance",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists of an entity's page."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of statements, grouped by relation; `relations` are all there are, with counts."""

    total: int
    page: int
    pages: int
    relations: tuple[tuple[Thing, str, int], ...]
    groups: tuple[tuple[Thing, tuple[Told, ...]], ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    iri: str
    label: str
    type: str
    kind: str
    aliases: tuple[str, ...]
    exact: str | None
    mentions: str | None
    documents: str | None
    around: str  # a query for the statements between it and other entities
    part: str
    tabs: tuple[Tab, ...]
    relation: str | None
    listing: Listing


@dataclass(frozen=True, slots=True)
class RelationPage:
    iri: str
    label: str
    declared: tuple[tuple[str, Thing], ...]
    listing: Listing


@dataclass(frozen=True, slots=True)
class StatementPage:
    told: Told
    quotes: tuple[Quote, ...]
    page: int
    more: bool


def entity_page(graph: Graph, name: str, part: str, relation: str | None, page: int) -> EntityPage:
    """An entity and one of its lists; NotThereError for an entity, a list or a relation that is unknown."""
    iri = graph.iri("entity", name)
    about = graph.rows(
        f"""SELECT ?label ?class ?exact ?mentions ?documents ?alias WHERE {{
          <{iri}> rdfs:label ?label ; a ?class .
          OPTIONAL {{ <{iri}> skos:exactMatch ?exact }}
          OPTIONAL {{ <{iri}> kg:mentionCount ?mentions }}
          OPTIONAL {{ <{iri}> kg:documentCount ?documents }}
          OPTIONAL {{ <{iri}> skos:altLabel ?alias }} }} ORDER BY ?alias LIMIT {MOST_LISTED}"""
    )
    chosen = next((each for each in PATTERNS if each == part), None)
    if not about or chosen is None:
        raise NotThereError(f"entity {name}")
    known = about[0]
    kind = _kind(graph, known["class"].value)
    return EntityPage(
        iri=iri,
        label=known["label"].value,
        type=TYPE_NAMES.get(kind, kind),
        kind=kind,
        aliases=tuple(dict.fromkeys(row["alias"].value for row in about if "alias" in row)),
        exact=text(known, "exact"),
        mentions=text(known, "mentions"),
        documents=text(known, "documents"),
        around=AROUND % f":{name}",
        part=chosen,
        tabs=tuple(_tabs(graph, iri)),
        relation=relation,
        listing=listing(graph, PATTERNS[chosen].format(iri), relation, page),
    )


def relation_page(graph: Graph, name: str, page: int) -> RelationPage:
    """A relation, what is declared of it, and a page of its statements."""
    iri = graph.iri("relation", name)
    labels = graph.rows(f"SELECT ?label {{ <{iri}> a rdf:Property ; rdfs:label ?label }} LIMIT 1")
    if not labels:
        raise NotThereError(f"relation {name}")
    declared = graph.rows(
        f"""SELECT ?how ?other ?label WHERE {{
          {{ <{iri}> rdfs:subPropertyOf ?other BIND("narrower than" AS ?how) }}
          UNION {{ ?other rdfs:subPropertyOf <{iri}> BIND("wider than" AS ?how) }}
          UNION {{ <{iri}> owl:inverseOf ?other BIND("inverse of" AS ?how) }}
          UNION {{ ?other owl:inverseOf <{iri}> BIND("inverse of" AS ?how) }}
          OPTIONAL {{ ?other rdfs:label ?label }}
        }} ORDER BY ?how ?other LIMIT {MOST_LISTED}"""
    )
    return RelationPage(
        iri=iri,
        label=labels[0]["label"].value,
        declared=tuple(
            dict.fromkeys((row["how"].value, _public(graph, row["other"].value, text(row, "label"))) for row in declared)
        ),
        listing=listing(graph, f"?statement rdf:predicate <{iri}> .", None, page),
    )  # fmt: skip


def statement_page(graph: Graph, name: str, page: int) -> StatementPage:
    """A statement with a page of all its quotes."""
    iri = graph.iri("statement", name)
    found = told(graph, [iri], quotes=False)
    if not found:
        raise NotThereError(f"statement {name}")
    quotes = quotes_of(graph, [iri], QUOTES_SHOWN, page * QUOTES_SHOWN).get(iri, [])
    more = quotes_of(graph, [iri], 1, (page + 1) * QUOTES_SHOWN)
    return StatementPage(found[0], tuple(quotes), page, bool(more))


def listing(graph: Graph, pattern: str, relation: str | None, page: int) -> Listing:
    """A page of the statements that a pattern of ?statement finds."""
    relations = graph.rows(
        f"""SELECT ?relation ?lemma (COUNT(DISTINCT ?statement) AS ?count) WHERE {{
          {pattern} ?statement rdf:predicate ?relation . ?relation rdfs:label ?lemma
        }} GROUP BY ?relation ?lemma ORDER BY DESC(?count) ?lemma"""
    )
    counted = tuple(
        (thing(graph, row["relation"], row["lemma"].value), row["relation"].value, int(row["count"].value))
        for row in relations
    )  # fmt: skip
    only = graph.iri("relation", relation) if relation else None
    total = sum(count for _, iri, count in counted if only in (None, iri))
    narrowed = f"FILTER(?relation = <{only}>)" if only else ""
    chosen = graph.rows(
        f"""SELECT DISTINCT ?statement ?lemma WHERE {{
          {pattern} ?statement rdf:predicate ?relation . ?relation rdfs:label ?lemma {narrowed}
        }} ORDER BY ?lemma ?statement LIMIT {SHOWN} OFFSET {page * SHOWN}"""
    )
    groups: dict[Thing, list[Told]] = {}
    for each in told(graph, [row["statement"].value for row in chosen]):
        groups.setdefault(each.relation, []).append(each)
    return Listing(
        total=total,
        page=page,
        pages=-(-total // SHOWN),
        relations=tuple((one, _name(iri), count) for one, iri, count in counted),
        groups=tuple((relation_, tuple(members)) for relation_, members in groups.items()),
    )


def _tabs(graph: Graph, iri: str) -> list[Tab]:
    counts = (
        f"""{{ SELECT ("{part}" AS ?part) (COUNT(DISTINCT ?statement) AS ?count)
          WHERE {{ {pattern.format(iri)} }} }}"""
        for part, pattern in PATTERNS.items()
    )
    rows = graph.rows(f"SELECT ?part ?count WHERE {{ {' UNION '.join(counts)} }}")
    number = {row["part"].value: int(row["count"].value) for row in rows}
    return [Tab(part, title, number[part]) for part, title in PART_NAMES.items()]


def _kind(graph: Graph, class_: str) -> str:
    curie = graph.source.names.curie(class_)
    return next((kind for kind, known in CLASS_OF_TYPE.items() if known == curie), "Thing")


def _public(graph: Graph, iri: str, label: str | None) -> Thing:
    path = graph.path(iri)
    return Thing(label or graph.source.names.curie(iri), path or iri)


def _name(iri: str) -> str:
    return iri.rpartition("/")[2]
