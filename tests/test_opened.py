"""kg.open: a graph that stays open, its answers as Python values, DataFrames and an rdflib view."""

from __future__ import annotations

import builtins
import datetime
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDFS, URIRef
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.errors import KgError, LimitError, QueryError, StoreError

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")

ENTITY = "https://example.org/kg/entity/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TRIPLE = (URIRef("a:b"), URIRef("a:b"), URIRef("a:b"))


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[kg.Graph]:
    with kg.open(graph) as there:
        yield there


def test_a_named_question_takes_parameters(opened: kg.Graph) -> None:
    met = opened.query("who-met-whom", person="Clara Moss")
    assert list(met) == [("Robert Sattler", "Clara Moss", "1990-05-03", "Genoa")]
    assert (len(met), bool(met)) == (1, True)
    assert not opened.query("who-met-whom", person=f"{ENTITY}Corbin_Freight")


def test_several_values_and_terms_are_taken(opened: kg.Graph) -> None:
    both = opened.query("related", relation=["meet", "work for"])
    assert {row[1] for row in both} == {"meet", "work for"}
    term = kg.Term("iri", f"{ENTITY}Clara_Moss")
    assert (
        opened.query("about", person=term).rows == opened.query("about", person="Clara Moss").rows
    )


def test_rows_are_python_values(opened: kg.Graph) -> None:
    select = 'SELECT (:Clara_Moss AS ?i) (3 AS ?n) (2.5 AS ?d) (true AS ?b) ("x" AS ?s) ("1990-05-03"^^xsd:date AS ?t) ("99"^^xsd:date AS ?bad) ?free {}'
    (row,) = opened.query(select)
    assert row == (f"{ENTITY}Clara_Moss", 3, Decimal("2.5"), True, "x", datetime.date(1990, 5, 3), "99", None)  # fmt: skip
    assert opened.query(select).rows[0][0] == kg.Term("iri", f"{ENTITY}Clara_Moss")


def test_an_ask_is_true_or_false(opened: kg.Graph) -> None:
    assert opened.query("ASK { :Clara_Moss rel:work_for ?firm }")
    assert not opened.query("ASK { :Clara_Moss rel:sell ?port }")


def test_a_limit_keeps_the_first_rows_and_says_that_there_are_more(opened: kg.Graph) -> None:
    select = "SELECT ?s ?p { ?s ?p ?o }"
    whole, cut = opened.query(select), opened.query(select, limit=7)
    assert (cut.rows, cut.more, whole.more) == (whole.rows[:7], True, False)
    exact = opened.query(select, limit=len(whole))
    assert (exact.rows, exact.more) == (whole.rows, False)
    ordered = select + " ORDER BY DESC(?s) ?p"
    assert opened.query(ordered, limit=5).rows == opened.query(ordered).rows[:5]


def test_rows_become_a_data_frame(opened: kg.Graph) -> None:
    frame = opened.query("SELECT ?s ?n { ?s kg:mentionCount ?n }").to_pandas()
    assert list(frame.columns) == ["s", "n"]
    assert frame["n"].dtype.kind == "i"
    assert opened.query("SELECT ?x { ?x rel:none ?y }").to_pandas().shape == (0, 1)
    with pytest.raises(KgError, match="ASK"):
        opened.query("ASK {}").to_pandas()


def test_without_pandas_it_says_how_to_get_it(
    opened: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match=r"pip install 'kg\[pandas\]'"):
        opened.query("documents").to_pandas()


def test_a_timeout_changes_no_answer_and_stops_what_is_endless(opened: kg.Graph) -> None:
    for name, given in (("about", {"person": "Moss"}), ("documents", {})):
        assert opened.query(name, timeout=60, **given) == opened.query(name, **given)
    construct = "CONSTRUCT { ?s rel:x ?o } WHERE { ?s rel:meet ?o }"
    assert opened.query(construct, timeout=60, limit=1) == opened.query(construct, limit=1)
    with pytest.raises(LimitError, match=r"longer than 0\.5 seconds"):
        opened.query(ENDLESS, timeout=0.5)
    text = "\\u0022 } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #"
    (row,) = opened.query("# param x text: x\nSELECT ?x {}", x=text, timeout=60)
    assert row == (text,)


def test_an_error_has_its_place_with_a_timeout_too(opened: kg.Graph) -> None:
    for timeout in (None, 60):
        with pytest.raises(QueryError) as caught:
            opened.query("SELECT ?x { ?x rel:meet }", timeout=timeout)
        assert caught.value.excerpt == ("SELECT ?x { ?x rel:meet }", " " * 24 + "^")


def test_why_is_that_of_the_graph(opened: kg.Graph, graph: Path) -> None:
    assert opened.why("Clara Moss") == kg.why("Clara Moss", graph)


@pytest.mark.parametrize("name", ["facts.ttl", "graph.ttl", "graph.trig"])
def test_a_file_is_opened_too(name: str, graph: Path) -> None:
    with kg.open(graph / name) as there:
        assert there.query("ASK { :Clara_Moss rel:work_for :Corbin_Freight }")
        assert len(there) > 20


def test_a_closed_graph_answers_no_more(graph: Path) -> None:
    before = threading.active_count()
    there = kg.open(graph)
    view = there.rdflib()
    there.query("documents", timeout=60)
    there.close()
    there.close()
    for use in (lambda: there.query("documents"), lambda: len(there), lambda: list(view.quads())):
        with pytest.raises(StoreError, match="closed"):
            use()
    assert threading.active_count() == before


def test_a_graph_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path)


# -- rdflib ---------------------------------------------------------------------------------------


def test_the_view_is_what_a_copy_would_be(opened: kg.Graph) -> None:
    view, copy = opened.rdflib(), opened.store.to_rdflib()
    assert len(view) == len(copy) == len(opened)
    assert {str(g.identifier) for g in view.graphs()} == {str(g.identifier) for g in copy.graphs()}
    for graph in copy.graphs():
        assert set(view.graph(graph.identifier)) == set(graph)


def test_the_view_is_asked_as_rdflib_is(opened: kg.Graph) -> None:
    view = opened.rdflib()
    moss = URIRef(f"{ENTITY}Clara_Moss")
    assert view.value(moss, RDFS.label) == rdflib.Literal("Clara Moss")
    assert list(view.subjects(RDFS.label, rdflib.Literal("Clara Moss"))) == [moss]
    rows = view.query("SELECT ?l { :Clara_Moss rdfs:label ?l OPTIONAL { ?l ?l ?none } }")
    assert [tuple(row) for row in rows] == [(rdflib.Literal("Clara Moss"),)]
    named = view.query("ASK { ?x a foaf:Person }", initNs={"foaf": "https://schema.org/"})
    assert named.askAnswer is True
    assert len(view.query("CONSTRUCT WHERE { :Clara_Moss ?p ?o }").graph) > 2
    assert view.serialize(format="ox-trig")


WRITES: dict[str, Callable[[rdflib.Dataset], object]] = {
    "add": lambda d: d.add(TRIPLE),
    "addN": lambda d: d.addN([(*TRIPLE, d.default_graph)]),
    "+=": lambda d: d.__iadd__([(*TRIPLE, None)]),
    "remove": lambda d: d.remove((None, None, None)),
    "remove what is not there": lambda d: d.remove(TRIPLE),
    "set": lambda d: d.set(TRIPLE),
    "update": lambda d: d.update("INSERT DATA { <a:b> <a:b> <a:b> }"),
    "delete": lambda d: d.update("DELETE WHERE { ?s ?p ?o }"),
    "parse": lambda d: d.parse(data="<a:b> <a:b> <a:b> .", format="turtle"),
    "parse by oxigraph": lambda d: d.parse(data="<a:b> <a:b> <a:b> .", format="ox-turtle"),
    "a new graph": lambda d: d.graph("a:new"),
    "into a graph": lambda d: next(iter(d.graphs())).add(TRIPLE),
    "remove a graph": lambda d: d.remove_graph(next(iter(d.graphs()))),
    "destroy": lambda d: d.store.destroy("here"),
    "open": lambda d: d.open("here"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_write_is_refused(
    opened: kg.Graph, write: Callable[[rdflib.Dataset], object]
) -> None:
    size = len(opened)
    with pytest.raises(StoreError, match="read-only"):
        write(opened.rdflib())
    assert len(opened) == size


def test_the_view_opens_no_connection(opened: kg.Graph) -> None:
    service = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    for query in (service, prepareQuery(service)):
        with pytest.raises(QueryError, match="SERVICE is refused"):
            list(opened.rdflib().query(query))
