"""The SPARQL 1.1 Protocol, its test cases by the W3C first; then what they leave open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from endpoint import DATA, THINGS, Answer, Served, triples, write_graph

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
ZERO, ONE, TWO, THREE = (DATA.format(number) for number in range(4))
BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
NAMED = f"GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }}"
DEFAULT = [("default-graph-uri", ONE), ("default-graph-uri", TWO)]
CHOSEN = [("named-graph-uri", ONE), ("named-graph-uri", TWO)]
NONE = [("default-graph-uri", ZERO)]


def get(*fields: tuple[str, str]) -> tuple[Any, ...]:
    return "GET", fields, None, None


def direct(body: str | bytes, *fields: tuple[str, str], type_: str | None = QUERY) -> tuple[Any, ...]:  # fmt: skip
    return "POST", fields, type_, body


def form(body: list[tuple[str, str]], *fields: tuple[str, str], type_: str | None = FORM) -> tuple[Any, ...]:  # fmt: skip
    return "POST", fields, type_, urlencode(body, quote_via=quote)


# The names are those of the manifest at https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/.
# `data0.rdf` is in the store, as the cases take for granted: of a graph that it does not have we say so.
ANSWERED = {
    "query_post_form": (form([("query", "ASK {}")], *NONE), True),
    "query_dataset_default_graphs_get": (get(("query", BOTH), *DEFAULT), True),
    "query_dataset_default_graphs_post": (direct(BOTH, *DEFAULT), True),
    "query_dataset_named_graphs_post": (direct(f"ASK {{ {NAMED} }}", *CHOSEN), True),
    "query_dataset_named_graphs_get": (get(("query", f"ASK {{ {NAMED} }}"), *CHOSEN), True),
    "query_dataset_full": (
        direct(f"ASK {{ <{THREE}> a ?type {NAMED} }}", ("default-graph-uri", THREE), *CHOSEN),
        True,
    ),
    # As it stands, the manifest escapes the `&` between its two graphs and so names one that nobody has.
    "query_multiple_dataset": (direct(f"ASK FROM <{THREE}> {{ {NAMED} }}", *CHOSEN), True),
    "query_get": (get(("query", "ASK {}"), *NONE), True),
    "query_content_type_select": (direct("SELECT (1 AS ?value) {}", *NONE), "table"),
    "query_content_type_ask": (direct("ASK {}", *NONE), True),
    "query_content_type_describe": (direct("DESCRIBE <http://example.org/>", *NONE), "graph"),
    "query_content_type_construct": (direct("CONSTRUCT { <s> <p> 1 } WHERE {}", *NONE), "graph"),
    "query_post_direct": (direct("ASK {}"), True),
}
REFUSED = {
    "bad_query_method": (("PUT", [("query", "ASK {}"), *NONE], FORM, b""), 405),
    "bad_multiple_queries": (get(("query", "ASK {}"), ("query", "SELECT * {}")), 400),
    "bad_query_wrong_media_type": (direct("ASK {}", type_="text/plain"), 415),
    "bad_query_missing_form_type": (form([("query", "ASK {}")], type_=None), 415),
    "bad_query_missing_direct_type": (direct("ASK {}", type_=None), 415),
    "bad_query_non_utf8": (
        direct("ASK {}".encode("utf-16"), type_=f"{QUERY}; charset=UTF-16"),
        415,
    ),
    "bad_query_syntax": (get(("query", "ASK {")), 400),
    "bad_update_get": (get(("update", "CLEAR ALL")), 403),
    "bad_multiple_updates": (form([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]), 403),
    "bad_update_wrong_media_type": (direct("CLEAR NAMED", type_="text/plain"), 415),
    "bad_update_missing_form_type": (form([("update", "CLEAR NAMED")], type_=None), 415),
    "bad_update_non_utf8": (
        direct("CLEAR NAMED".encode("utf-16"), type_=f"{UPDATE}; charset=UTF-16"),
        403,
    ),
    "bad_update_syntax": (form([("update", "CLEAR XYZ")]), 403),
    "bad_update_dataset_conflict": (
        direct(
            "WITH <http://example/addresses> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            ("using-named-graph-uri", "http://example/people"),
            type_=UPDATE,
        ),
        403,
    ),
}
# Exceptions: cases of updates that succeed, since nothing can be changed here. Each is refused.
INSERT = "INSERT { GRAPH <http://example.org/t> { ?s a <http://example.org/T> } } WHERE { ?s a ?t }"
UPDATES = {
    "update_dataset_default_graph": direct(INSERT, ("using-graph-uri", ONE), type_=UPDATE),
    "update_dataset_default_graphs": direct(
        INSERT, ("using-graph-uri", ONE), ("using-graph-uri", TWO), type_=UPDATE
    ),
    "update_dataset_named_graphs": direct(
        INSERT, ("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO), type_=UPDATE
    ),
    "update_dataset_full": direct(
        INSERT, ("using-graph-uri", ONE), ("using-named-graph-uri", TWO), type_=UPDATE
    ),
    "update_post_form": form([("update", "CLEAR ALL")]),
    "update_post_direct": direct("CLEAR ALL", type_=UPDATE),
    "update_base_uri": direct("INSERT DATA { GRAPH <g:g> { <a:s> <a:p> <test> } }", type_=UPDATE),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(write_graph(tmp_path_factory.mktemp("graph"))) as endpoint:
        yield endpoint


def put(served: Served, case: tuple[Any, ...], path: str = "/sparql/") -> Answer:
    method, fields, type_, body = case
    headers = {} if type_ is None else {"Content-Type": type_}
    query = urlencode(list(fields), quote_via=quote)
    return served.ask(method, f"{path}?{query}" if query else path, headers, body)


@pytest.mark.parametrize("name", ANSWERED)
def test_the_w3c_case_is_answered(served: Served, name: str) -> None:
    case, expected = ANSWERED[name]
    answer = put(served, case)
    assert answer.status == 200, answer.text
    if expected == "graph":
        assert answer.media == "text/turtle"
        assert len(triples(answer, "turtle")) == ("CONSTRUCT" in case[3])
    else:
        assert answer.media == "application/sparql-results+json"
        told = json.loads(answer.body)
        assert told["boolean"] is True if expected is True else told["results"]["bindings"]


@pytest.mark.parametrize("name", REFUSED)
def test_the_w3c_case_is_refused(served: Served, name: str) -> None:
    case, status = REFUSED[name]
    answer = put(served, case)
    assert answer.status == status
    assert answer.line


@pytest.mark.parametrize("name", UPDATES)
def test_the_w3c_case_of_an_update_is_refused_and_changes_nothing(
    served: Served, name: str
) -> None:
    answer = put(served, UPDATES[name])
    assert (answer.status, answer.line) == (403, "updates are refused; the graph is built, not edited")  # fmt: skip
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert f'"{2 * THINGS + 4}"' in served.get(count).text


# -- what to send ---------------------------------------------------------------------------------

TABLES = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/json": "application/json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "*/*": "application/sparql-results+json",
    "text/*": "text/xml",
    "text/csv;q=0.4, application/sparql-results+xml;q=0.5": "application/sparql-results+xml",
    "application/*;q=0.5, text/csv": "text/csv",
    "application/sparql-results+json;q=0, */*;q=0.1": "application/json",
    "TEXT/CSV; charset=utf-8; Q=0.7, image/png": "text/csv",
    "image/png, nonsense, ;;q=5, */*;q=0.001": "application/sparql-results+json",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "*/*": "turtle",
    "text/html, application/trig;q=0.2, application/n-quads;q=0.1": "trig",
}


@pytest.mark.parametrize("accept", TABLES)
@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o } LIMIT 2", "ASK {}"])
def test_a_table_comes_as_the_client_reads_it_best(served: Served, accept: str, query: str) -> None:
    answer = served.get(query, accept)
    assert (answer.status, answer.media) == (200, TABLES[accept])
    assert "accept" in answer.headers["vary"].lower()
    assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize("accept", GRAPHS)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://example.org/thing/1>"])  # fmt: skip
def test_a_graph_comes_as_the_client_reads_it_best(served: Served, accept: str, query: str) -> None:
    answer = served.get(query, accept)
    assert answer.status == 200
    assert len(triples(answer, GRAPHS[accept])) == (2 if "DESCRIBE" in query else 2 * THINGS)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("ASK {}", "text/turtle"),
        ("ASK {}", "image/png"),
        ("ASK {}", "*/*;q=0"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("SELECT * {}", "nonsense"),
    ],
)
def test_what_no_form_fits_is_406_and_lists_the_forms(
    served: Served, query: str, accept: str
) -> None:
    answer = served.get(query, accept)
    assert answer.status == 406
    assert "application/sparql-results+json" in answer.line
    assert "application/n-quads" in answer.line


def test_head_is_get_without_the_body(served: Served) -> None:
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}"
    head, whole = served.ask("HEAD", path), served.ask("GET", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.body))


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "status", "told"),
    [
        (get(("default-graph-uri", ZERO)), 400, "no query"),
        (direct("ASK {}", ("query", "ASK {}")), 400, "one of them"),
        (form([("query", "ASK {}")], ("query", "ASK {}")), 400, "2 queries"),
        (form([]), 400, "no query"),
        (get(("query", "ASK {}"), ("default-graph-uri", "http://x.example/")), 400, "none is fetched"),
        (get(("query", "ASK {}"), ("named-graph-uri", "no IRI")), 400, "no IRI"),
        (get(("query", "ASK {}"), ("timeout", "soon")), 400, "timeout"),
        (get(("query", "ASK {}"), ("timeout", "-1")), 400, "timeout"),
        (get(("query", "ASK { ?s foaf:name ?o }")), 400, "unknown prefix foaf:"),
        (get(("query", "DROP ALL")), 400, "updates are refused"),
        (direct(b"ASK { ?s ?p '\xff' }"), 400, "not UTF-8"),
        (("GET", [("query", b"\xff")], None, None), 400, "not UTF-8"),
        (direct("ASK { ?s ?p '" + "x" * 1_100_000 + "' }"), 413, "longer than 1,048,576 bytes"),
        (get(("query", "ASK { ?s ?p '" + "x" * 40_000 + "' }")), 414, "by POST"),
        (get(*[("x", "y")] * 1500), 400, "more than 1000 fields"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_on_one_line(
    served: Served, case: tuple[Any, ...], status: int, told: str
) -> None:
    answer = put(served, case, "/sparql")
    assert (answer.status, answer.media) == (status, "text/plain")
    assert told in answer.line


def test_a_large_query_may_be_posted(served: Served) -> None:
    answer = put(served, direct("ASK {}" + " " * 900_000))
    assert json.loads(answer.body)["boolean"] is True


def test_other_methods_are_told_the_known_ones(served: Served) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = served.ask(method, "/sparql")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert served.ask("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
