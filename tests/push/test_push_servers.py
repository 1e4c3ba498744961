"""Pushing to servers of other makes: what they hold afterwards is what was sent."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import HARD
from servers import Faulty, asked, rdflib_endpoint

from kg import api
from kg.errors import PushError
from kg.store import Store

Run = Callable[..., Any]
SETTINGS = api.Settings(chunk=500)
OTHER = "INSERT DATA { <urn:theirs> <urn:p> 1 . GRAPH <urn:other> { <urn:theirs> <urn:p> 2 } }"


@pytest.fixture(scope="module")
def rdflib_server() -> Iterator[str]:
    with rdflib_endpoint() as server:
        yield server


def ours(graph: Path, tmp_path: Path) -> list[str]:
    """The graph as sorted N-Quads."""
    with Store.read(graph) as store:
        store.write(tmp_path / "ours.nq", "graph.nq")
    return sorted((tmp_path / "ours.nq").read_text(encoding="utf-8").split("\n"))


def theirs(server: str) -> list[str]:
    request = urllib.request.Request(f"{server}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return sorted(response.read().decode().split("\n"))


def update(server: str, text: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    request = urllib.request.Request(f"{server}/update", text.encode(), headers)
    urllib.request.urlopen(request, timeout=30).close()


def test_oxigraph_holds_the_very_quads_afterwards(graph: Path, ox_server: str, tmp_path: Path):
    done = api.push(graph, api.Target(ox_server), settings=SETTINGS)
    assert theirs(ox_server) == ours(graph, tmp_path)
    assert not done.by_update
    assert done.sent == done.plan.chunks > len(done.plan.parts) > 3


@pytest.mark.parametrize("end", ["/query", "/"])
def test_the_query_endpoint_or_what_stands_before_it_is_enough(
    graph: Path, ox_server: str, end: str
):
    assert api.push(graph, api.Target(ox_server + end), settings=SETTINGS).sent


def test_updates_give_the_same_quads(graph: Path, ox_server: str, tmp_path: Path):
    target = api.Target(ox_server, update=f"{ox_server}/update")
    done = api.push(graph, target, settings=SETTINGS)
    assert theirs(ox_server) == ours(graph, tmp_path)
    assert done.by_update


def test_rdflib_without_a_graph_store_gets_updates(small_graph: Path, rdflib_server: str):
    # rdflib 7.6 fails at INSERT DATA into the default graph of a dataset: so a graph with a name.
    named = api.Settings(chunk=100, default_graph_as="https://example.org/kg/said")
    done = api.push(small_graph, api.Target(rdflib_server), settings=named)
    assert done.by_update
    hard = asked(rdflib_server, "SELECT ?q { GRAPH ?g { ?e <http://www.w3.org/ns/oa#exact> ?q } FILTER(CONTAINS(?q, 'He said')) }", "/")  # fmt: skip
    assert hard == [{"q": HARD}]
    with pytest.raises(PushError, match="has triples already in"):
        api.push(small_graph, api.Target(rdflib_server), settings=named)
    again = replace(named, replace=True, chunk=150)
    assert api.push(small_graph, api.Target(rdflib_server), settings=again).plan.triples == done.plan.triples  # fmt: skip


def test_what_others_have_there_is_neither_replaced_nor_removed(graph: Path, ox_server: str):
    update(ox_server, OTHER)
    with pytest.raises(
        PushError, match=r"already in the default graph \(1 triples\); nothing was sent"
    ):
        api.push(graph, api.Target(ox_server), settings=SETTINGS)
    assert len(theirs(ox_server)) == 3  # two lines and the end
    named = api.Settings(chunk=500, default_graph_as="https://example.org/kg/said")
    done = api.push(graph, api.Target(ox_server), settings=named)
    lines = theirs(ox_server)
    assert len(lines) == done.plan.triples + 3
    assert sum(line.startswith("<urn:theirs>") for line in lines) == 2
    assert sum("<https://example.org/kg/said> ." in line for line in lines) == done.plan.parts[-1].triples  # fmt: skip


def test_replace_replaces_our_graphs_and_no_other(graph: Path, ox_server: str, tmp_path: Path):
    update(ox_server, OTHER)
    api.push(graph, api.Target(ox_server), settings=api.Settings(chunk=500, replace=True))
    kept = [line for line in theirs(ox_server) if "<urn:other>" in line]
    assert len(kept) == 1
    assert sorted(set(theirs(ox_server)) - set(kept)) == sorted(set(ours(graph, tmp_path)))


def test_the_command_tells_what_it_did(kg: Run, graph: Path, ox_server: str):
    done = kg("push", "--to", ox_server, "-g", graph, "--chunk", 1000)
    assert done.status == 0
    assert done.out == ""
    assert done.said[-1].endswith("by the Graph Store Protocol; the server's counts are the same")
    again = kg("push", "--to", ox_server, "-g", graph)
    assert again.status == 1
    assert again.said[-1].startswith("kg: the server has triples already in ")
    assert "--replace" in again.said[-1]
    assert not list(graph.parent.glob(".kg-push-*"))


def test_a_dry_run_asks_nobody(kg: Run, graph: Path):
    done = kg("push", "--to", "http://127.0.0.1:9", "-g", graph, "--dry-run", "--chunk", 1000)
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert rows[0] == ["graph", "triples", "chunks", "bytes"]
    assert rows[-1][0] == "(default graph)"
    assert int(rows[-1][2]) == -(-int(rows[-1][1]) // 1000)
    assert done.said[-1].endswith("would go to http://127.0.0.1:9; nothing was sent")
    assert done.status == 0


def test_a_dry_run_refuses_what_is_no_address(kg: Run, graph: Path):
    done = kg("push", "--to", "nonsense", "-g", graph, "--dry-run")
    assert (done.status, done.out) == (1, "")
    assert "'nonsense': an http or https address of a server is wanted" in done.err


def test_the_command_takes_addresses_and_a_name_for_the_default_graph(
    kg: Run, graph: Path, ox_server: str
):
    addresses = ["--graph-store", f"{ox_server}/store", "--to", f"{ox_server}/query"]
    done = kg("push", *addresses, "--default-graph-as", "urn:ours", "-g", graph)
    assert done.status == 0
    assert asked(ox_server, "SELECT * { GRAPH <urn:ours> { ?s ?p ?o } } LIMIT 1")
    assert not asked(ox_server, "SELECT * { ?s ?p ?o } LIMIT 1")


def test_the_command_takes_a_token_of_the_environment(
    kg: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("KG_PUSH_TOKEN", "sesame")
    with Faulty() as server:
        kg("push", "--to", server.url, "-g", graph)
    assert {each.get("Authorization") for each in server.headers} == {"Bearer sesame"}
