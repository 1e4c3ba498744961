"""Queries: answers are readable and in order; what could leave the graph is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpora import oswald

from kg.errors import GraphError, QueryError
from kg.store import Store, Term
from kg.vocab import Namespaces


@pytest.fixture(scope="module")
def store() -> Store:
    loaded = Store()
    loaded.load(oswald())
    return loaded


def test_a_select_has_variables_and_rows(store: Store) -> None:
    answer = store.query("SELECT ?who ?nothing { ?who rel:meet_with ?whom }")
    assert (answer.kind, answer.variables) == ("select", ("who", "nothing"))
    assert answer.rows == ((Term("iri", store.names.iri(":Lee_Harvey_Oswald")), None),)
    assert answer.readable(store.names) == [(":Lee_Harvey_Oswald", "")]


def test_a_literal_keeps_its_datatype(store: Store) -> None:
    ((age,),) = store.query("SELECT ?age { ?who rel:be_old ?age }").rows
    assert age == Term("literal", "23", store.names.iri("xsd:integer"))


def test_an_ask_has_a_truth(store: Store) -> None:
    assert store.query("ASK { ?who rel:meet_with :Valeriy_Kostikov }").truth
    assert not store.query("ASK { ?who rel:meet_with :Fidel_Castro }").truth


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { ?s rel:met ?o } WHERE { ?s rel:meet_with ?o }", "DESCRIBE :Valeriy_Kostikov"],
)
def test_a_construct_has_triples(store: Store, query: str) -> None:
    answer = store.query(query)
    assert answer.kind == "construct"
    assert answer.variables == ("subject", "predicate", "object")
    assert {len(row) for row in answer.rows} == {3}


def test_rows_are_sorted_unless_the_query_orders_them(store: Store) -> None:
    labels = "SELECT ?label { ?x a schema:Person ; rdfs:label ?label }"
    rows = store.query(labels).readable(store.names)
    assert rows == sorted(rows)
    assert store.query(labels + " ORDER BY DESC(?label)").readable(store.names) == rows[::-1]


def test_an_order_in_a_subquery_orders_nothing(store: Store) -> None:
    inner = "SELECT ?label { ?x rdfs:label ?label } ORDER BY DESC(?label)"
    rows = store.query(f"SELECT ?label {{ {{ {inner} }} }}").readable(store.names)
    assert rows == sorted(rows)


def test_a_prefix_of_the_query_goes_before_ours(store: Store) -> None:
    query = "PREFIX rel: <http://other.example/> ASK { ?who rel:meet_with ?whom }"
    assert not store.query(query).truth


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }",
        "SELECT * { { SELECT * { OPTIONAL { service <http://127.0.0.1:9/> { ?s ?p ?o } } } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { #\r SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }\n }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022 . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #"\n}',
    ],
)
def test_service_is_refused_wherever_it_hides(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        store.query(query)


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize("graph", ["<file:///etc/hosts>", "<http://127.0.0.1:9/>", "doc:none"])
def test_from_of_a_graph_that_the_store_has_not_is_refused(
    store: Store, clause: str, graph: str
) -> None:
    with pytest.raises(GraphError, match=r"the store has no graph <.*>, and none is fetched"):
        store.query(f"SELECT * {clause} {graph} {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "chosen",
    [
        "FROM doc:jfk-files",
        "FROM <https://example.org/kg/document/jfk-files>",
        "BASE <https://example.org/kg/> FROM <document/jfk-files>",
        "PREFIX d: <https://example.org/kg/document/> FROM d:jfk-files",
        "BASE <https://example.org/> PREFIX d: <kg/document/> FROM d:jfk\\-files",
        r"FROM <https://example.org/kg/document/jfk\u002dfiles>",
    ],
)
def test_from_chooses_a_graph_of_the_store(store: Store, chosen: str) -> None:
    head, _, clause = chosen.rpartition("FROM")
    quotes = store.query(f"{head} SELECT ?q FROM {clause} {{ ?e oa:exact ?q }}").rows
    there = store.query("SELECT ?q { GRAPH doc:jfk-files { ?e oa:exact ?q } }").rows
    assert quotes == there != ()


def test_a_triple_of_two_graphs_is_one_in_their_merge(tmp_path: Path) -> None:
    file = tmp_path / "two.nq"
    file.write_text("<a:s> <a:p> <a:o> <g:1> .\n<a:s> <a:p> <a:o> <g:2> .\n", encoding="utf-8")
    with Store.read(file) as two:
        assert len(two.query("SELECT ?s FROM <g:1> FROM <g:2> { ?s ?p ?o }").rows) == 1
        named = "SELECT ?s FROM <g:1> FROM <g:2> FROM NAMED <g:2> { GRAPH ?g { ?s ?p ?o } }"
        assert len(two.query(named).rows) == 1


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <file:///etc/hosts>",
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <a:b>",
    ],
)
def test_updates_are_refused(store: Store, update: str) -> None:
    size = len(store)
    with pytest.raises(QueryError, match="updates are refused"):
        store.query(update)
    assert len(store) == size


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "SELECT * {\n ?s ?p }",
            "line 2, column 8: '}' does not fit here; wanted: a variable, an IRI",
        ),
        ("", "line 1, column 1: the query is empty"),
        ("SELECT * { <<?s ?p ?o>> ?q ?r }", "line 1"),
        ("SELECT * { ?s foaf:name ?o }", "unknown prefix foaf:; known: :, dcterms:, doc:"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "line 1, column 8: ?x is selected, but neither"),
        ("SELECT * {" + "{" * 500 + "}" * 501, "nested too deeply"),
        ("SELECT * { ?s ?p '\\UFFFFFFFF' }", "Invalid unicode code point"),
        (r"SELECT * { ?s ?p '\uD800' }", "half a surrogate pair"),
        ("SELECT (<a:b>(1) AS ?x) {}", "<a:b> is not supported"),
    ],
)
def test_a_malformed_query_is_explained_on_one_line(store: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.query(query)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_results_come_in_the_formats_of_the_w3c(store: Store) -> None:
    query = "SELECT ?age { ?who rel:be_old ?age }"
    bindings = json.loads(store.results(query, "json"))["results"]["bindings"]
    assert [each["age"]["value"] for each in bindings] == ["23"]
    assert store.results(query, "csv") == b"age\r\n23\r\n"
    assert store.results("ASK {}", "xml").startswith(b"<?xml")
    graph = store.results("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?p = rel:be_old) }", "nt")
    assert graph.count(b"\n") == 1


@pytest.mark.parametrize(("query", "form"), [("ASK {}", "ttl"), ("DESCRIBE :KGB", "csv")])
def test_an_unknown_form_lists_the_known_ones(store: Store, query: str, form: str) -> None:
    with pytest.raises(QueryError, match=f"no form '{form}' .* known: "):
        store.results(query, form)


def test_a_query_that_was_asked_before_has_the_same_answer(store: Store) -> None:
    query = "SELECT ?label { ?x a schema:Person ; rdfs:label ?label }"
    assert store.query(query) == store.query(query)
    ordered = query + " ORDER BY DESC(?label)"
    assert store.query(ordered).rows == store.query(ordered).rows == store.query(query).rows[::-1]


def test_what_is_refused_once_is_refused_again(store: Store) -> None:
    for _ in range(3):
        with pytest.raises(QueryError, match="SERVICE is refused"):
            store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
        with pytest.raises(QueryError, match="updates are refused"):
            store.query("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_stores_of_two_bases_answer_one_text_each_by_its_own() -> None:
    query = "SELECT ?whom { :Lee_Harvey_Oswald rel:meet_with ?whom }"
    bases = "https://example.org/one/", "https://example.org/two/"
    for base in (*bases, *bases):
        with Store(Namespaces(base)) as store:
            store.load(oswald())
            ((whom,),) = store.query(query).rows
            assert whom == Term("iri", f"{base}entity/Valeriy_Kostikov")
