"""A server as a process: it starts and stops cleanly, and no client can take it from the others."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from endpoint import Answer, Served, running, until, write_graph

THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ENDLESS = {
    "a product in order": f"SELECT * {{ {THREE} }} ORDER BY ?a ?e ?i LIMIT 1",
    "a count of a product": f"SELECT (COUNT(*) AS ?n) {{ {THREE} . ?j ?k ?l }}",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (<http://example.org/near>|!<x:y>)* ?b . ?c !<x:y>* ?d . ?e !<x:y>* ?f }",
    "a product to build": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {THREE} FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = '') }}",
}
CONCURRENT, SECONDS, LIMIT = 50, 3, 2


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def served(graph: Path) -> Iterator[Served]:
    with Served(graph, "--timeout", str(LIMIT)) as endpoint:
        yield endpoint


def resident(pid: int) -> int:
    """Bytes of memory; 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_query_is_stopped_and_a_second_client_answered(
    served: Served, query: str
) -> None:
    answered = 0
    with ThreadPoolExecutor(1) as other:
        begun = time.monotonic()
        endless = other.submit(served.get, query, "*/*")
        while not endless.done():
            answered += served.get("ASK {}").status == 200 and not endless.done()
        answer = endless.result()
        assert time.monotonic() - begun < LIMIT + 2
    assert answered
    assert answer.status == 503
    assert "the query was stopped: it" in answer.line


def test_a_client_may_set_a_shorter_limit_and_no_longer_one(served: Served) -> None:
    query = ENDLESS["a count of a product"]
    assert "longer than 0.5 seconds" in served.get(query, timeout=0.5).line
    assert "longer than 2 seconds" in served.get(query, timeout=600).line


def held(served: Served) -> int:
    return sum(map(resident, served.children()))


def test_the_memory_of_a_stopped_query_is_given_back(served: Served) -> None:
    assert until(lambda: len(served.children()) == 3)
    before = {pid: resident(pid) for pid in served.children()}
    assert served.get(ENDLESS["a product in order"]).status == 503
    most = sum(before.values()) + 64 * 2**20
    assert until(lambda: len(served.children()) == len(before) and held(served) < most)


def test_an_answer_too_large_is_refused_whole(graph: Path) -> None:
    with Served(graph, "--workers", "1") as endpoint:
        answer = endpoint.get(f"SELECT * {{ {THREE} }}", "text/csv")
        assert answer.status == 503
        assert answer.line == "the answer is longer than 67,108,864 bytes; ask for less, with LIMIT"
        assert endpoint.get("ASK {}").status == 200


def test_a_client_that_leaves_takes_its_query_along(graph: Path) -> None:
    with Served(graph, "--workers", "1") as endpoint:
        host, port = endpoint.host.split(":")
        before = set(endpoint.children())
        left = socket.create_connection((host, int(port)))
        query = "/sparql?query=" + ENDLESS["a count of a product"].replace(" ", "%20")
        left.sendall(f"GET {query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.5)
        left.setblocking(False)
        with pytest.raises(BlockingIOError):  # no answer yet
            left.recv(1)
        left.close()
        assert until(lambda: not before <= set(endpoint.children()), 5)
        assert endpoint.get("ASK {}").status == 200


def test_fifty_clients_at_once_are_all_answered(served: Served) -> None:
    end = time.monotonic() + SECONDS

    def client(number: int) -> list[Answer]:
        query = f"SELECT * {{ <http://example.org/thing/{number}> ?p ?o }}"
        answers = []
        while time.monotonic() < end:
            answers.append(served.get(query))
        return answers

    with ThreadPoolExecutor(CONCURRENT) as clients:
        answers = [each for told in clients.map(client, range(CONCURRENT)) for each in told]
    assert {answer.status for answer in answers} == {200}
    assert all(len(json.loads(answer.body)["results"]["bindings"]) == 2 for answer in answers)
    assert len(answers) >= CONCURRENT


def test_clients_that_only_connect_keep_nobody_out(served: Served) -> None:
    host, port = served.host.split(":")
    with contextlib.ExitStack() as idle:
        for _ in range(100):
            idle.enter_context(socket.create_connection((host, int(port))))
        assert served.get("ASK {}").status == 200


def test_requests_that_do_not_come_are_not_waited_for(served: Served) -> None:
    headers = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    )
    host, port = served.host.split(":")
    where = host, int(port)
    with (
        socket.create_connection(where, 40) as mute,
        socket.create_connection(where, 40) as slow,
        socket.create_connection(where, 40) as broken,
    ):
        broken.sendall(headers)
        slow.sendall(headers + b"Content-Length: 1000\r\n\r\nASK")
        assert slow.recv(100).startswith(b"HTTP/1.1 408")
        assert mute.recv(100) == b""
        assert broken.recv(100) == b""


def test_a_graph_that_is_built_again_is_served(tmp_path: Path) -> None:
    file = tmp_path / "graph.nt"
    file.write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    with Served(file, "--workers", "1") as endpoint:
        assert "true" in endpoint.get("ASK { <a:s> ?p ?o }").text
        new = tmp_path / "new"
        new.write_text("<a:t> <a:p> <a:o> .\n", encoding="utf-8")
        new.replace(file)
        assert until(lambda: "true" in endpoint.get("ASK { <a:t> ?p ?o }").text)


# -- to start and to stop -------------------------------------------------------------------------


@pytest.mark.parametrize("query", [None, ENDLESS["a count of a product"]])
def test_ctrl_c_stops_it_cleanly_even_while_a_query_runs(graph: Path, query: str | None) -> None:
    with Served(graph) as endpoint:
        children = endpoint.children()
        assert children
        told: list[Answer] = []

        def ask() -> None:
            with contextlib.suppress(OSError):
                told.append(endpoint.get(query or ""))

        asking = threading.Thread(target=ask)
        if query:
            asking.start()
            time.sleep(0.5)
        begun = time.monotonic()
        assert endpoint.stop() == 0
        assert time.monotonic() - begun < 10
        if query:
            asking.join()
            assert [answer.status for answer in told] in (
                [],
                [500],
                [503],
            )  # [] where it was cut off
        assert endpoint.said.splitlines()[-1] == "Stopped."
        assert "Traceback" not in endpoint.said
        assert not any(map(running, children))


@pytest.mark.parametrize("with_", [signal.SIGTERM, signal.SIGKILL])
def test_however_it_ends_it_leaves_no_process(graph: Path, with_: signal.Signals) -> None:
    with Served(graph) as endpoint:
        children = endpoint.children()
        assert children
        endpoint.stop(with_)
        assert until(lambda: not any(map(running, children)))


def test_the_first_line_is_the_address(served: Served) -> None:
    assert served.address.startswith("http://127.0.0.1:")
    assert served.ask("GET", "/sparql").status == 200


def refused(*arguments: str) -> str:
    command = [sys.executable, "-m", "kg.cli", "serve", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_port_in_use_is_told_on_one_line(graph: Path, served: Served) -> None:
    port = served.host.split(":")[1]
    assert f"127.0.0.1:{port}: cannot listen there" in refused(str(graph), "--port", port)


def test_a_graph_that_is_not_there_is_told_on_one_line(tmp_path: Path) -> None:
    assert "build one with: kg build" in refused(str(tmp_path), "--port", "0")
