"""Clients of other makes read every form of every kind of query: SPARQLWrapper, and fetch-sparql-endpoint."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from endpoint import Served, write_graph
from SPARQLWrapper import POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

CLIENTS = Path(__file__).parents[1] / "clients"
THING = "http://example.org/thing/7"
LABEL = 'Thing "7", ü'
QUERIES = {
    "select": f"SELECT ?label {{ <{THING}> <http://example.org/label> ?label }}",
    "ask": f"ASK {{ <{THING}> ?p ?o }}",
    "construct": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{THING}>) }}",
    "describe": f"DESCRIBE <{THING}>",
}
HOWS = ("GET", "form", "direct")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(write_graph(tmp_path_factory.mktemp("graph"))) as endpoint:
        yield endpoint


# -- SPARQLWrapper --------------------------------------------------------------------------------


def wrapper(served: Served, query: str, form: str | None, how: str) -> SPARQLWrapper:
    client = SPARQLWrapper(served.sparql)
    client.setTimeout(30)
    if form:
        client.setReturnFormat(form)
    client.setMethod("GET" if how == "GET" else POST)
    client.setRequestMethod(POSTDIRECTLY if how == "direct" else URLENCODED)
    client.setQuery(query)
    return client


def read(client: SPARQLWrapper) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, which it converts with
        reply = client.query()
        with reply.response:
            return reply.convert()


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_rows(served: Served, form: str, how: str) -> None:
    found = read(wrapper(served, QUERIES["select"], form, how))
    match form:
        case "json":
            (row,) = found["results"]["bindings"]
            assert row["label"] == {"type": "literal", "value": LABEL}
        case "xml":
            (literal,) = found.getElementsByTagName("literal")
            assert literal.firstChild.data == LABEL
        case "csv":
            assert found.decode() == 'label\r\n"Thing ""7"", ü"\r\n'
        case "tsv":
            assert found.decode() == '?label\n"Thing \\"7\\", ü"\n'


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_a_truth(served: Served, form: str, how: str) -> None:
    found = read(wrapper(served, QUERIES["ask"], form, how))
    match form:
        case "json":
            assert found["boolean"] is True
        case "xml":
            assert found.getElementsByTagName("boolean")[0].firstChild.data == "true"
        case _:
            assert found.decode().strip() == "true"


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("form", ["turtle", "rdf+xml", "json-ld", None])
@pytest.mark.parametrize("kind", ["construct", "describe"])
def test_sparqlwrapper_reads_a_graph(served: Served, kind: str, form: str | None, how: str) -> None:
    found = read(wrapper(served, QUERIES[kind], form, how))
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert set(graph.objects(rdflib.URIRef(THING))) == {
        rdflib.Literal(LABEL),
        rdflib.URIRef("http://example.org/thing/50"),
    }


@pytest.mark.parametrize(("accept", "form"), [("application/n-triples", "nt"), ("application/trig", "trig"), ("application/n-quads", "nquads")])  # fmt: skip
@pytest.mark.parametrize("kind", ["construct", "describe"])
def test_sparqlwrapper_is_sent_what_its_header_asks_for(
    served: Served, kind: str, accept: str, form: str
) -> None:
    client = wrapper(served, QUERIES[kind], None, "GET")
    client.addCustomHttpHeader("Accept", accept)
    reply = client.query()
    with reply.response, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, of itself
        assert reply.info()["content-type"].startswith(accept)
        found = rdflib.Dataset().parse(data=reply.response.read(), format=form)
        assert len(list(found.triples((None, None, None)))) == 2


def test_sparqlwrapper_hears_what_was_wrong(served: Served) -> None:
    with pytest.raises(QueryBadFormed, match="the query ends too early"):
        read(wrapper(served, "SELECT * { ?s ?p", "json", "GET"))


def test_sparqlwrapper_chooses_graphs(served: Served) -> None:
    client = wrapper(served, "SELECT * { ?s ?p ?o }", "json", "GET")
    client.addDefaultGraph("http://kasei.us/2009/09/sparql/data/data1.rdf")
    client.addDefaultGraph("http://kasei.us/2009/09/sparql/data/data2.rdf")
    assert len(read(client)["results"]["bindings"]) == 2


# -- fetch-sparql-endpoint ------------------------------------------------------------------------

FORMS: dict[str, tuple[str | None, ...]] = {
    "select": (None, "application/sparql-results+json", "application/sparql-results+xml"),
    "ask": (None, "application/sparql-results+json", "application/sparql-results+xml"),
    "construct": (None, "text/turtle"),
    "describe": (None, "text/turtle"),
}
CASES = [(kind, form, how) for kind, forms in FORMS.items() for form in forms for how in HOWS]


@pytest.fixture(scope="module")
def told(served: Served) -> list[dict[str, Any]]:
    """What the client in JavaScript found: a case each, then an update and a broken query."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the client in JavaScript is not run")
    if not (CLIENTS / "node_modules").is_dir():
        pytest.skip("tests/clients is not installed: `make clients` does it, where there is npm")
    cases = [
        {"kind": kind, "query": QUERIES[kind], "accept": form, "how": how}
        for kind, form, how in CASES
    ]
    cases.append({"kind": "update", "query": "CLEAR ALL", "accept": None, "how": "form"})
    cases.append({"kind": "ask", "query": "ASK { SERVICE <a:b> {} }", "accept": None, "how": "GET"})
    done = subprocess.run(
        [node, str(CLIENTS / "client.mjs")],
        input=json.dumps({"endpoint": served.sparql, "cases": cases}),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_client_in_javascript_reads_it(
    told: list[dict[str, Any]], case: tuple[str, str | None, str]
) -> None:
    kind, form, _ = case
    answer = told[CASES.index(case)]
    assert "error" not in answer
    if form:
        assert answer["media"].startswith(form)
    string = "http://www.w3.org/2001/XMLSchema#string"
    if kind == "ask":
        assert answer["found"] is True
    elif kind == "select":
        assert answer["found"] == [{"label": ["Literal", LABEL, "", string]}]
    else:
        objects = sorted(each[2] for each in answer["found"])
        near = ["NamedNode", "http://example.org/thing/50", "", ""]
        assert objects == [["Literal", LABEL, "", string], near]


def test_the_client_in_javascript_hears_what_is_refused(told: list[dict[str, Any]]) -> None:
    assert "HTTP status 403" in told[-2]["error"]
    assert "SERVICE is refused" in told[-1]["error"]
