"""The service describes itself, and its graphs can be read by the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import rdflib
from endpoint import DATA, THINGS, Served, triples, write_graph

ZERO, ONE, TWO, THREE = (DATA.format(number) for number in range(4))
FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "*/*": "turtle",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(write_graph(tmp_path_factory.mktemp("graph"))) as endpoint:
        yield endpoint


@pytest.mark.parametrize("accept", [*FORMS, None])
def test_without_a_query_the_service_describes_itself(served: Served, accept: str | None) -> None:
    answer = served.ask("GET", "/sparql", {} if accept is None else {"Accept": accept})
    told = triples(answer, FORMS[accept or "*/*"])
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(served.sparql)
    assert (service, sd.endpoint, service) in told
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in told
    assert {str(o) for _, p, o in told if p == sd.name} == {ZERO, ONE, TWO, THREE}
    assert len([1 for _, p, _ in told if p == sd.resultFormat]) == 10


@pytest.mark.parametrize("path", ["/graphs", "/graphs/"])
def test_a_graph_can_be_read_by_the_graph_store_protocol(served: Served, path: str) -> None:
    one = served.ask("GET", f"{path}?graph={quote(ONE, safe='')}", {"Accept": "text/turtle"})
    assert len(triples(one, "turtle")) == 1
    whole = served.ask("GET", f"{path}?default", {"Accept": "application/n-triples"})
    assert len(triples(whole, "nt")) == 2 * THINGS
    head = served.ask("HEAD", f"{path}?default", {"Accept": "application/n-triples"})
    assert (head.body, head.headers["content-length"]) == (b"", str(len(whole.body)))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/graphs", 400),
        ("GET", "/graphs?default&graph=http://x.example/", 400),
        ("GET", "/graphs?graph=http://x.example/", 404),
        ("GET", "/graphs?graph=file:///etc/hosts", 404),
        ("PUT", "/graphs?default", 405),
        ("POST", "/graphs?default", 405),
        ("DELETE", "/graphs?default", 405),
        ("PATCH", "/graphs?default", 405),
    ],
)
def test_what_the_graph_store_does_not_do(
    served: Served, method: str, path: str, status: int
) -> None:
    answer = served.ask(method, path)
    assert answer.status == status
    assert answer.line
    assert ("allow" in answer.headers) == (status == 405)


def test_other_paths_are_not_there(served: Served) -> None:
    assert served.ask("GET", "/nothing").status == 404
