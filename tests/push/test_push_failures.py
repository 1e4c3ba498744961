"""Pushing to a server that fails: what is tried again, what is not, and what is never lost or told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from servers import DEFAULT, Fault, Faulty, cuts, free_port, hangs, says

from kg import api
from kg.errors import PushError, StoreError
from kg.store import Store

Run = Callable[..., Any]
QUICK = api.Patience(timeout=5, tries=4, first=0.01, longest=0.05, asked=2)
SETTINGS = api.Settings(chunk=500, patience=QUICK)


def lines(graph: Path) -> int:
    with Store.read(graph) as store:
        return len(store)


def held(server: Faulty) -> int:
    return sum(map(len, server.graphs.values()))


def state(graph: Path) -> dict[str, Any]:
    (path,) = graph.parent.glob(".kg-push-*.json")
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize(
    "faults",
    [
        [says(503), says(503)],
        [says(429, Retry_After="0"), says(500), says(502)],
        [
            None,
            None,
            cuts(b"HTTP/1.1 2"),
            cuts(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
        ],
        [None, hangs(0.2), None, says(503)],
    ],
    ids=["unavailable", "too many", "cut", "closed"],
)
def test_what_passes_is_waited_for(graph: Path, faulty: Faulty, faults: list[Fault | None]):
    faulty.faults = list(faults)
    done = api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert held(faulty) == lines(graph) == done.plan.triples
    assert len(faulty.writes) == done.plan.chunks + sum(each is not None for each in faults)


def test_the_server_says_how_long_to_wait(graph: Path, faulty: Faulty):
    faulty.faults = [says(429, Retry_After="1")]
    told: list[str] = []
    started = time.monotonic()
    api.push(graph, api.Target(faulty.url), settings=SETTINGS, watch=api.PushWatch(told.append))
    assert time.monotonic() - started >= 1
    assert any("429; trying again in 1 s (2 of 4)" in words for words in told)


def test_a_server_that_wants_to_be_left_alone_is(graph: Path, faulty: Faulty):
    faulty.faults = [None, says(503, Retry_After="3600")]
    with pytest.raises(
        PushError, match=r"says 503 and asks to come back in 3,600 s; push again then"
    ):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert state(graph)["sent"] == 1


def test_tries_end(graph: Path, faulty: Faulty):
    faulty.faults = [says(503, b"out of memory")] * 9
    with pytest.raises(PushError, match=r"in 4 tries; push again to go on: 503 \(out of memory\)"):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert len(faulty.writes) == 4


def test_a_silent_server_is_left_in_time(graph: Path, faulty: Faulty):
    faulty.faults = [hangs(5)] * 2
    patience = api.Patience(timeout=0.3, tries=2, first=0.01)
    with pytest.raises(PushError, match="no answer in time, 2 times"):
        api.push(graph, api.Target(faulty.url), settings=api.Settings(chunk=500, patience=patience))


def test_nobody_there(kg: Run, graph: Path):
    patience = api.Patience(tries=2, first=0.01)
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(PushError, match=rf"{url}: connection refused, 2 times"):
        api.push(graph, api.Target(url), settings=api.Settings(patience=patience))


def test_no_chunk_that_was_taken_is_sent_twice(graph: Path, faulty: Faulty):
    faulty.faults = [None, None, None, says(400, b"no room")]
    with pytest.raises(PushError, match=r"does not take the graph: 400 \(no room\)"):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    taken = len(faulty.writes) - 1
    assert state(graph)["sent"] == taken == 3
    done = api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert (done.before, done.sent) == (3, done.plan.chunks - 3)
    served = [write for write in faulty.writes if write.served]
    assert len(served) == done.plan.chunks
    assert held(faulty) == lines(graph)
    assert not list(graph.parent.glob(".kg-push-*"))


def test_killed_halfway_it_goes_on(graph: Path, faulty: Faulty):
    faulty.faults = [None] * 4 + [hangs(20)]
    command = [sys.executable, "-m", "kg.cli", "push", "--to", faulty.url, "-g", str(graph), "--chunk", "500"]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while len(faulty.writes) < 4 or faulty.faults:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait(10)
    before = sum(write.served for write in faulty.writes)
    assert state(graph)["sent"] == before == 4
    done = api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert done.before == 4
    assert held(faulty) == lines(graph)


def test_killed_before_the_first_answer_it_needs_no_replace(graph: Path, faulty: Faulty):
    def taken(request: Any) -> bool:
        cuts(b"HTTP/1.1 2")(request)
        return False

    faulty.faults = [taken]
    with pytest.raises(PushError, match="connection cut, 1 times"):
        api.push(
            graph, api.Target(faulty.url), settings=api.Settings(patience=api.Patience(tries=1))
        )
    assert held(faulty) > 0
    api.push(graph, api.Target(faulty.url), settings=api.Settings(patience=QUICK))
    assert held(faulty) == lines(graph)


def test_a_graph_that_changed_is_sent_from_the_start(graph: Path, faulty: Faulty):
    faulty.faults = [None, None, says(400)]
    with pytest.raises(PushError):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    with graph.open("a", encoding="utf-8") as file:
        file.write("\n<urn:new> <urn:p> <urn:o> .\n")
    with pytest.raises(PushError, match="has triples already in"):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    done = api.push(graph, api.Target(faulty.url), settings=api.Settings(replace=True, chunk=500))
    assert done.before == 0
    assert held(faulty) == lines(graph)


def test_other_counts_are_an_error_that_names_the_graph(graph: Path, faulty: Faulty):
    faulty.miscount = 7
    with pytest.raises(PushError, match=r"other counts .*document/hard has \d+ of \d+.*push again with --replace"):  # fmt: skip
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    assert not list(graph.parent.glob(".kg-push-*"))


def test_what_was_lost_with_an_answer_that_looked_well_is_found_by_counting(
    graph: Path, faulty: Faulty
):
    faulty.faults = [None, cuts(b"HTTP/1.1 204 No Content\r\nContent-Le")]
    with pytest.raises(PushError, match="it holds other counts than were sent"):
        api.push(graph, api.Target(faulty.url), settings=SETTINGS)


@pytest.mark.parametrize("status", [302, 307, 308])
def test_no_redirect_is_followed(graph: Path, faulty: Faulty, status: int):
    with Faulty() as other:
        faulty.faults = [says(status, Location=f"{other.url}/store?default&key=hush")]
        target = api.Target(faulty.url, login=api.Login("s3cret"))
        with pytest.raises(
            PushError, match=r"redirects to http://127\.0\.0\.1/store; give that"
        ) as error:
            api.push(graph, target, settings=SETTINGS)
        assert "hush" not in str(error.value)
        assert not other.headers


def test_a_server_without_graph_store_and_update_is_told(graph: Path, faulty: Faulty):
    faulty.faults = [says(405)]
    target = api.Target(faulty.url, graph_store=f"{faulty.url}/store")
    with pytest.raises(PushError, match="does not take the graph: 405"):
        api.push(graph, target, settings=SETTINGS)


def test_the_token_goes_to_the_server_and_nowhere_else(
    kg: Run, graph: Path, faulty: Faulty, tmp_path: Path
):
    token = tmp_path / "token"
    token.write_text("s3cret-t0ken\n", encoding="utf-8")
    faulty.faults = [None, says(403, b"Bearer s3cret-t0ken may not\x1b[31m\nwrite")]
    done = kg("push", "--to", faulty.url, "-g", graph, "--chunk", 500, "--token-file", token)
    assert done.status == 1
    assert "403 (Bearer *** may not[31m write); this login may not" in done.said[-1]
    assert all(headers["Authorization"] == "Bearer s3cret-t0ken" for headers in faulty.headers)
    (kept,) = graph.parent.glob(".kg-push-*")
    assert "s3cret" not in done.err + done.out + kept.read_text(encoding="utf-8")


def test_a_password_comes_from_the_environment(kg: Run, graph: Path, faulty: Faulty, monkeypatch: pytest.MonkeyPatch):  # fmt: skip
    monkeypatch.setenv("KG_PUSH_PASSWORD", "hush")
    assert kg("push", "--to", faulty.url, "-g", graph, "--user", "ann").status == 0
    assert faulty.headers[0]["Authorization"] == "Basic YW5uOmh1c2g="
    monkeypatch.delenv("KG_PUSH_PASSWORD")
    missing = kg("push", "--to", faulty.url, "-g", graph, "--user", "ann")
    assert missing.said == ["kg: --user ann: no password; set KG_PUSH_PASSWORD"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/", "http or https address"),
        ("example.org", "http or https address"),
        ("https://ann:hush@example.org/", "no user or password in an address"),
        ("https://example.org/?x=1", "without ? and #"),
        ("https://example.org:x/", "address"),
    ],
)
def test_an_address_is_looked_at_before_anything_is_sent(kg: Run, graph: Path, url: str, said: str):
    done = kg("push", "--to", url, "-g", graph)
    assert said in done.said[-1]
    assert "hush" not in done.err
    assert done.status == 1


def test_a_login_in_clear_is_pointed_out(graph: Path):
    from kg.push.client import Login, in_clear

    assert in_clear("http://example.org/", Login("t"))
    assert not in_clear("https://example.org/", Login("t"))
    assert not in_clear("http://127.0.0.1:3030/", Login("t"))
    assert not in_clear("http://example.org/", Login())


def test_what_is_no_state_is_not_overwritten(kg: Run, graph: Path, faulty: Faulty, tmp_path: Path):
    mine = tmp_path / "notes.json"
    mine.write_text('{"mine": 1}', encoding="utf-8")
    done = kg("push", "--to", faulty.url, "-g", graph, "--state", mine)
    assert "no state of a push" in done.said[-1]
    assert mine.read_text(encoding="utf-8") == '{"mine": 1}'


def test_blank_nodes_are_refused(faulty: Faulty, tmp_path: Path):
    (tmp_path / "g.ttl").write_text("<urn:a> <urn:p> [] .", encoding="utf-8")
    with pytest.raises(StoreError, match="a blank node cannot be sent in pieces"):
        api.push(tmp_path / "g.ttl", api.Target(faulty.url))
    assert not faulty.writes


def test_the_evidence_is_there_before_what_is_said(graph: Path, faulty: Faulty):
    api.push(graph, api.Target(faulty.url), settings=SETTINGS)
    order = [write.graph for write in faulty.writes]
    assert order[-1] == DEFAULT
    assert order == sorted(order, key=lambda name: (name == DEFAULT, name))
