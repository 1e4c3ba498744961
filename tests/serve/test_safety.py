"""No query reaches anything outside the graph, however it is spelt: a listener says whether one did."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from endpoint import Served, write_graph

QUERIES = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "small letters": "select * { service silent <URL> { ?s ?p ?o } }",
    "of a variable": "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "of a variable that is bound": "SELECT * { BIND(IRI('URL') AS ?x) SERVICE SILENT ?x { ?s ?p ?o } }",
    "of a prefixed name": "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "of a relative name": "BASE <URL> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } } } }",
    "in OPTIONAL": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <URL> { ?s ?q ?r } } }",
    "in UNION": "SELECT * { { ?s ?p ?o } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "in MINUS": "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "in GRAPH": "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "in NOT EXISTS in BIND": "SELECT * { ?s ?p ?o BIND(NOT EXISTS { SERVICE <URL> { ?a ?b ?c } } AS ?x) }",
    "in EXISTS in HAVING": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in EXISTS in ORDER BY": "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in EXISTS in SELECT": "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) {}",
    "in EXISTS in IF in COUNT": "SELECT (COUNT(IF(EXISTS { SERVICE <URL> {} }, 1, 2)) AS ?n) { ?s ?p ?o }",
    "in SERVICE": "SELECT * { SERVICE SILENT <urn:x> { SERVICE <URL> { ?s ?p ?o } } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "in DESCRIBE": "DESCRIBE ?s WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "in ASK": "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "without WHERE braces apart": "ASK{SERVICE<URL>{?s?p?o}}",
    "after VALUES": "SELECT * { VALUES (?s) { (UNDEF) } SERVICE <URL> { ?s ?p ?o } } VALUES ?p { <x:y> }",
    "escaped letters": r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    "escaped long": r"SELECT * { \U00000053\U00000045RVICE <URL> { ?s ?p ?o } }",
    "escaped quotes": 'SELECT * { ?s ?p "\\u0022 . SERVICE <URL> { ?s ?p ?o } #"\n}',
    "an escaped line end in a comment": "SELECT * { # \\u000A SERVICE <URL> { ?s ?p ?o }\n}",
    "a line end of old machines": "SELECT * { #\r SERVICE <URL> { ?s ?p ?o }\n}",
    "a comment between": "SELECT * { SERVICE # SILENT\n <URL> # <x:y>\n { ?s ?p ?o } }",
    "a comment that looks like an IRI": "SELECT * { SERVICE <URL#> { ?s ?p ?o } }",
    "FROM": "SELECT * FROM <URL> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "FROM a prefixed name": "PREFIX x: <URL> SELECT * FROM x: { ?s ?p ?o }",
    "FROM in DESCRIBE": "DESCRIBE <URL> FROM <URL>",
    "FROM in a construction": "CONSTRUCT FROM <URL> WHERE { ?s ?p ?o }",
    "FROM in a subquery": "SELECT * { { SELECT * FROM <URL> { ?s ?p ?o } } }",
    "LOAD": "LOAD <URL>",
    "LOAD SILENT": "LOAD SILENT <URL> INTO GRAPH <URL>",
    "LOAD after an update": "INSERT DATA { <a:b> <a:c> <a:d> } ; LOAD <URL>",
    "LOAD after a query": "ASK {} ; LOAD <URL>",
    "an update with SERVICE": "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "triple terms": "SELECT * { <<( ?s ?p ?o )>> ?q ?r . SERVICE <URL> {} }",
    "reified triples": "SELECT * { << ?s ?p ?o ~ ?r >> ?q <URL> }",
    "a version": 'VERSION "1.2" SELECT * { SERVICE <URL> { ?s ?p ?o } }',
    "LATERAL": "SELECT * { ?s ?p ?o LATERAL { SERVICE <URL> { ?s ?p ?o } } }",
    "a sound query of an IRI": "SELECT * { <URL> ?p ?o }",
    "a described IRI": "DESCRIBE <URL>",
    "an IRI as a function": "SELECT (<URL>(1) AS ?x) {}",
}
FINE = ("a sound query of an IRI", "a described IRI")


class Listener:
    """Counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.seen = 0
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                if connection.recv(4) == b"stop":
                    return
                self.seen += 1

    def close(self) -> None:
        with socket.create_connection(self._socket.getsockname()) as last:
            last.sendall(b"stop")
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(write_graph(tmp_path_factory.mktemp("graph")), "--timeout", "10") as endpoint:
        yield endpoint


def test_the_listener_hears_who_connects() -> None:
    heard = Listener()
    with socket.create_connection(("127.0.0.1", int(heard.address.split(":")[2][:-1]))) as one:
        one.sendall(b"GET /")
    heard.close()
    assert heard.seen == 1


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reaches_outside(served: Served, listener: Listener, name: str) -> None:
    query = QUERIES[name].replace("URL", listener.address)
    answer = served.ask("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
    assert listener.seen == 0
    if name in FINE:
        assert answer.status == 200
    else:
        assert answer.status == 400
        assert answer.line


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_the_graphs_of_the_protocol_are_not_fetched(
    served: Served, listener: Listener, name: str
) -> None:
    answer = served.ask("GET", f"/sparql?query=ASK%7B%7D&{name}={listener.address}")
    assert (answer.status, listener.seen) == (400, 0)
    assert served.ask("GET", f"/graphs?graph={listener.address}").status == 404
    assert listener.seen == 0
