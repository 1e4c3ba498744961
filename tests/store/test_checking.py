"""A query in which nothing can be refused is not read by the grammar; whatever is not read so is as the grammar has it."""

import pytest

from kg.errors import QueryError
from kg.store.checking import checked, read_closely
from kg.store.queries import named
from kg.vocab import Namespaces

NAMES = Namespaces()
QUERIES = {
    "order at the end": "SELECT * { ?s ?p ?o } ORDER BY ?s",
    "order of a subquery": "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s } }",
    "order in a string": """SELECT * { ?s ?p "} ORDER BY" }""",
    "order in a long string": "SELECT * { ?s ?p '''} ORDER BY''' }",
    "order in a comment": "SELECT * { ?s ?p ?o } # ORDER BY ?s",
    "order after a comment": "SELECT * { ?s ?p ?o } # {\rORDER BY ?s",
    "order in a name": "PREFIX order: <x:> SELECT ?order { ?s order:order ?order }",
    "order in small letters": "SELECT * { ?s ?p '{' . ?s rel:order ?x } order\nby ?s",
    "order with having": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) < 3) ORDER BY ?s",
    "order in an ask": "ASK { ?s rel:order ?o }",
    "derived from": "SELECT * { ?s prov:wasDerivedFrom ?from }",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_whether_rows_are_ordered_is_what_the_grammar_says(query: str) -> None:
    assert checked(query, NAMES) == read_closely(query, NAMES)


@pytest.mark.parametrize("name", named())
def test_a_known_question_is_read_alike(name: str) -> None:
    query = named()[name].sparql
    assert checked(query, NAMES) == read_closely(query, NAMES)


@pytest.mark.parametrize(
    "query",
    [
        r"SELECT * { SERV\u0049CE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { <x:#> ?p ?o . SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o } # \r SERVICE",
        "SELECT * FROM <x:g> { ?s ?p ?o }",
        "SELECT *FROM<x:g>{ ?s ?p ?o }",
        "SELECT * { << ?s ?p ?o >> ?q ?r }",
        "SELECT * { ?s ?p ?o ~ ?r }",
        "SELECT (TRIPLE(?s, ?p, ?o) AS ?t) { ?s ?p ?o }",
    ],
)
def test_whatever_might_be_refused_is_read_by_the_grammar(
    monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    asked: list[str] = []

    def grammar(sparql: str, base: str) -> None:
        asked.append(sparql)
        raise QueryError("query: asked")

    monkeypatch.setattr("kg.store.checking._checked_before", grammar)
    with pytest.raises(QueryError, match="asked"):
        checked(query, NAMES)
    assert asked == [query]
