"""Queries in processes of their own: stopped in time, within their memory, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from corpora import oswald

from kg.errors import BusyError, FormError, GraphError, LimitError, QueryError, StoreError
from kg.store import Store
from kg.store.bounded import Workers
from kg.store.child import AbandonedError
from kg.store.limits import Limits
from kg.store.sparql import Forms

MIB = 1 << 20
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ALL = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = {
    "a count of a product": ALL.replace("*", "(COUNT(*) AS ?n)"),
    "paths over paths": "SELECT (COUNT(*) AS ?n) { ?a !<x:y>* ?b . ?c !<x:y>* ?d . ?e (!<x:y>/^!<x:y>)* ?f }",
    "a filter that nothing passes": ALL.replace(
        " }", " FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = '') }"
    ),
    "a condition of nothing": "ASK { FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = 1) } }",
}
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?e ?i"


def build(folder: Path, documents: int = 2) -> Path:
    """A graph of the corpus, or of nothing."""
    with Store() as store:
        if documents:
            store.load(oswald())
        store.write(folder / "graph.trig", "graph.trig")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def workers(graph: Path) -> Iterator[Workers]:
    with Workers(graph, limits=Limits(10, MIB, 1024 * MIB), waiting=1) as pool:
        yield pool


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


def until(true: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return done


def test_an_answer_is_that_of_the_store(workers: Workers, graph: Path) -> None:
    reply = workers.results(COUNT, "json")
    with Store.read(graph / "graph.trig") as store:
        assert reply.body == store.results(COUNT, "json")
    assert (reply.kind, reply.form) == ("select", "json")
    assert workers.names.base == "https://example.org/kg/"


def test_the_form_is_that_of_the_kind_of_query(workers: Workers) -> None:
    forms = Forms("csv", "nt")
    assert workers.results("ASK {}", forms).form == "csv"
    assert workers.results("DESCRIBE :KGB", forms).form == "nt"
    with pytest.raises(FormError, match="known: csv, json, tsv, xml"):
        workers.results("ASK {}", Forms(None, "nt"))


@pytest.mark.parametrize(
    ("query", "error", "told"),
    [
        ("SELECT * {", QueryError, "ends too early; wanted: }"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", QueryError, "SERVICE is refused"),
        ("DROP ALL", QueryError, "updates are refused"),
        ("ASK FROM <file:///etc/hosts> {}", GraphError, "none is fetched"),
    ],
)
def test_what_is_refused_is_told(
    workers: Workers, query: str, error: type[Exception], told: str
) -> None:
    before = workers.processes()
    with pytest.raises(error, match=told):
        workers.results(query, "json")
    assert workers.processes() == before


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_query_is_stopped_and_others_go_on(workers: Workers, query: str) -> None:
    assert until(lambda: workers.ready() == 3)
    with ThreadPoolExecutor(1) as other:
        begun = time.monotonic()
        endless = other.submit(workers.results, query, "json", seconds=2)
        assert until(lambda: workers.ready() == 2)
        assert workers.results("ASK {}", "json").body
        assert not endless.done()
        with pytest.raises(LimitError, match="longer than 2 seconds"):
            endless.result()
        assert time.monotonic() - begun < 4


def test_a_stopped_query_leaves_no_process_and_another_takes_its_place(workers: Workers) -> None:
    assert until(lambda: workers.ready() == 3)
    before = workers.processes()
    with pytest.raises(LimitError):
        workers.results(ENDLESS["a count of a product"], "json", seconds=0.5)
    (ended,) = set(before) - set(workers.processes())
    assert not alive(ended)
    assert workers.results("ASK {}", "json").body
    assert until(lambda: len(workers.processes()) == 3)


def test_a_query_without_end_of_memory_is_stopped(workers: Workers) -> None:
    with pytest.raises(LimitError, match="memory"):
        workers.results(BOMB, "json")
    assert workers.results("ASK {}", "json").body


def test_an_answer_too_long_is_refused_whole(workers: Workers) -> None:
    with pytest.raises(LimitError, match="longer than 1,048,576 bytes"):
        workers.results(HUGE, "csv")
    assert workers.results("ASK {}", "json").body


def test_a_query_that_nests_without_end_is_an_error_and_no_more(workers: Workers) -> None:
    deep = "SELECT * { ?s ?p ?o FILTER(" + "!" * 50_000 + "?o) }"
    with pytest.raises(QueryError) as told:
        workers.results(deep, "json")
    assert "\n" not in str(told.value)
    assert workers.results("ASK {}", "json").body


def test_a_query_that_takes_for_ever_to_read_or_to_plan_is_stopped(workers: Workers) -> None:
    long = "ASK { ?s " + "<a:b>/" * 2000 + "<a:b> ?o }"
    with pytest.raises(LimitError, match="longer than 1 seconds"):
        workers.results(long, "json", seconds=1)
    assert workers.results("ASK {}", "json").body


def test_a_query_that_nobody_waits_for_is_stopped(workers: Workers) -> None:
    left = threading.Event()
    threading.Timer(0.3, left.set).start()
    with pytest.raises(AbandonedError):
        workers.results(ENDLESS["a count of a product"], "json", gone=left.is_set)
    assert workers.results("ASK {}", "json").body


def test_who_comes_when_too_many_wait_is_told_so(workers: Workers) -> None:
    assert until(lambda: workers.ready() == 3)
    with ThreadPoolExecutor(3) as others:
        query = ENDLESS["a count of a product"]
        endless = [others.submit(workers.results, query, "json", seconds=1.5) for _ in range(3)]
        assert until(lambda: workers.ready() == 1)
        time.sleep(0.3)
        with pytest.raises(BusyError, match="in line already; ask again later"):
            workers.results("ASK {}", "json")
        ended = [type(each.exception()) for each in endless]
        assert ended.count(LimitError) >= 2
        assert ended.count(LimitError) + ended.count(BusyError) == 3


def test_the_protocol_chooses_the_graphs(workers: Workers) -> None:
    base = "https://example.org/kg/document/"
    graphs = json.loads(workers.results("SELECT DISTINCT ?g { GRAPH ?g {} }", "json").body)
    first, second = sorted(each["g"]["value"] for each in graphs["results"]["bindings"])
    assert first.startswith(base)

    def counted(query: str, **chosen: list[str]) -> int:
        told = json.loads(workers.results(query, "json", **chosen).body)  # type: ignore[arg-type]
        return int(told["results"]["bindings"][0]["n"]["value"])

    one = counted(COUNT, default_graphs=[first])
    both = counted(COUNT, default_graphs=[first, second])
    assert 0 < one < both
    assert counted(COUNT, named_graphs=[first]) == 0
    assert counted("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", named_graphs=[first]) == one
    assert counted(COUNT.replace("{", f"FROM <{second}> {{", 1), default_graphs=[first]) == one
    assert counted(COUNT.replace("{", f"FROM <{first}> {{", 1)) == one
    with pytest.raises(GraphError, match=r"no graph <http://x\.example/>"):
        workers.results(COUNT, "json", default_graphs=["http://x.example/"])


def test_a_graph_that_is_built_again_is_asked_from_then_on(tmp_path: Path) -> None:
    with Workers(build(tmp_path, documents=0), count=1) as pool:
        question = "ASK { ?s rel:meet_with ?o }"
        assert b"false" in pool.results(question, "json").body
        build(tmp_path)
        assert until(lambda: b"true" in pool.results(question, "json").body)
        (tmp_path / "graph.trig").unlink()
        assert b"true" in pool.results(question, "json").body
        (tmp_path / "graph.trig").write_text("no graph", encoding="utf-8")
        assert b"true" in pool.results(question, "json").body
        assert until(lambda: len(pool.processes()) <= 2)


@pytest.mark.parametrize("text", [None, "no graph"])
def test_a_graph_that_cannot_be_opened_is_told_at_once(tmp_path: Path, text: str | None) -> None:
    if text:
        (tmp_path / "graph.trig").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=r"graph\.trig"):
        Workers(tmp_path)


def test_a_graph_larger_than_the_memory_of_a_query_is_told_at_once(graph: Path) -> None:
    with pytest.raises(StoreError):
        Workers(graph, limits=Limits(memory_bytes=64 * MIB))


def test_closing_ends_every_process_and_every_query(graph: Path) -> None:
    pool = Workers(graph)
    with ThreadPoolExecutor(1) as other:
        endless = other.submit(pool.results, ENDLESS["a count of a product"], "json")
        assert until(lambda: len(pool.processes()) == 3)
        pids = pool.processes()
        time.sleep(0.3)
        pool.close()
        assert isinstance(endless.exception(), QueryError | StoreError)
    assert not any(map(alive, pids))
    with pytest.raises(StoreError, match="closed"):
        pool.results("ASK {}", "json")


def test_workers_end_with_their_parent_however_it_ends(graph: Path) -> None:
    code = f"""
import threading
from kg.store.bounded import Workers
pool = Workers({str(graph)!r})
threading.Thread(target=pool.results, args=({ENDLESS["a count of a product"]!r}, "json")).start()
print(*pool.processes(), flush=True)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout as told:
        pids = [int(each) for each in told.readline().split()]
    time.sleep(0.3)
    assert pids
    assert all(map(alive, pids))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert until(lambda: not any(map(alive, pids)))
