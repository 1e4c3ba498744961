"""Twelve typical questions to a graph, three of them the package's own from queries/."""

from __future__ import annotations

from kg.store.queries import named_query
from kg.store.store import Store
from tests.bench.graph import Known


def typical(known: Known, statement: str) -> dict[str, str]:
    """Name -> SPARQL, with the entities, the document and the statement that the bench asks of."""
    terms = {
        "HUB": f":{known.hub}",
        "MODEST": f":{known.modest}",
        "DOCUMENT": f'"{known.document}"',
        "LABEL": f'"{known.label}"',
        "STATEMENT": f"stmt:{statement}",
    }
    asked = {}
    for name, text in QUESTIONS.items():
        for word, term in terms.items():
            text = text.replace(f"${word}", term)
        asked[name] = text
    return {**asked, **{name: named_query(name).sparql for name in OWN}}


def a_statement(store: Store, known: Known) -> str:
    """The first statement, by id, with that subject: one that has evidence."""
    found = store.query(f"SELECT ?s {{ ?s rdf:subject :{known.hub} }} ORDER BY ?s LIMIT 1")
    (term,) = found.rows[0]
    assert term is not None
    return term.value.rpartition("/")[2]


OWN = ("who-met-whom", "denied", "claims-by-source")

QUESTIONS = {
    "neighbourhood": """
# What is asserted of an entity, with labels, in both directions?
SELECT ?from ?relation ?to WHERE {
  { $MODEST ?p ?o . BIND($MODEST AS ?s) } UNION { ?s ?p $MODEST . BIND($MODEST AS ?o) }
  FILTER(STRSTARTS(STR(?p), STR(rel:)))
  ?p rdfs:label ?relation .
  ?s rdfs:label ?from .
  OPTIONAL { ?o rdfs:label ?label }
  BIND(COALESCE(?label, STR(?o)) AS ?to)
}""",
    "statements-of-document": """
# Which statements were read from a document?
SELECT DISTINCT ?statement ?subject ?relation ?quote WHERE {
  GRAPH ?graph {
    ?graph dcterms:identifier $DOCUMENT .
    ?reading kg:statement ?statement ; kg:evidence ?evidence .
    ?evidence oa:exact ?quote .
  }
  ?statement rdf:subject/rdfs:label ?subject ; kg:relationLabel ?relation .
}""",
    "count-by-relation": """
# Which relations are used most?
SELECT ?relation (COUNT(?statement) AS ?count) WHERE {
  ?statement rdf:predicate ?relation .
} GROUP BY ?relation ORDER BY DESC(?count) ?relation LIMIT 20""",
    "evidence-of-statement": """
# Where does a statement stand, in which words?
SELECT ?document ?quote ?start ?end ?cue WHERE {
  $STATEMENT prov:wasDerivedFrom ?evidence .
  GRAPH ?graph {
    ?evidence oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    ?graph dcterms:identifier ?document .
    ?reading kg:statement $STATEMENT ; kg:evidence ?evidence .
    OPTIONAL { ?reading kg:cue ?cue }
  }
}""",
    "two-steps": """
# Whom do those know whom an entity is related to?
SELECT DISTINCT ?between ?end WHERE {
  $MODEST ?first ?middle .
  FILTER(STRSTARTS(STR(?first), STR(rel:)))
  ?middle rdfs:label ?between .
  ?middle ?second ?far .
  FILTER(STRSTARTS(STR(?second), STR(rel:)))
  ?far rdfs:label ?end .
}""",
    "search-by-label": """
# Which entities are called so?
SELECT DISTINCT ?entity ?label ?mentions WHERE {
  ?entity skos:prefLabel ?label ; kg:mentionCount ?mentions .
  FILTER(CONTAINS(LCASE(?label), LCASE($LABEL)))
} ORDER BY DESC(?mentions) ?entity LIMIT 20""",
    "types-count": """
# How many entities are of each type?
SELECT ?type (COUNT(?entity) AS ?count) WHERE {
  ?entity skos:prefLabel ?label ; a ?type .
} GROUP BY ?type ORDER BY DESC(?count) ?type""",
    "timeline-of-entity": """
# What happened to an entity, the earliest first?
SELECT ?time ?relation ?other WHERE {
  {
    ?statement rdf:subject $HUB ; rdf:object ?end ; kg:time ?time ; kg:relationLabel ?relation ;
               kg:polarity kg:Positive ; kg:certainty kg:Certain .
  } UNION {
    ?statement rdf:object $HUB ; rdf:subject ?end ; kg:time ?time ; kg:relationLabel ?relation ;
               kg:polarity kg:Positive ; kg:certainty kg:Certain .
  }
  FILTER NOT EXISTS { ?statement kg:attributedTo ?source }
  OPTIONAL { ?end rdfs:label ?label }
  BIND(COALESCE(?label, STR(?end)) AS ?other)
} ORDER BY ?time ?relation ?other""",
    "bare-triples": """
# The bare triples of an entity, as RDF.
CONSTRUCT { $HUB ?p ?o . $HUB rdfs:label ?label } WHERE {
  $HUB ?p ?o ; rdfs:label ?label .
  FILTER(STRSTARTS(STR(?p), STR(rel:)))
}""",
}
