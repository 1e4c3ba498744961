"""A graph to push: the small one made by hand, with text that is hard to quote, and documents of some length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from servers import Faulty, oxigraph

from kg.model import Corpus, Entity, Evidence, Header, Literal, Relation, Span, Statement
from kg.store import Store
from tests.bench.graph import generated

HARD = 'He said "\\u0041 \\\\u0042", C:\\users\\new\\table\n\ttab, ]] > } { . # é 😀 \x7f \\'


def corpus(quads: int) -> Corpus:
    """About that many triples in some documents, one of them with a quote that is hard to write."""
    made, _ = generated(quads)
    return replace(
        made,
        headers=(*made.headers, hard().headers[0]),
        statements=(*made.statements, *said(made.entities[0])),
    )


def hard() -> Corpus:
    """That document alone."""
    ann = Entity("Ann", "Ann", "Person", (), ())
    return Corpus((Header("hard", "hard.txt", HARD),), (ann,), said(ann), ())


def said(who: Entity) -> tuple[Statement, ...]:
    place = Evidence("hard", 0, Span(0, len(HARD)), HARD, Span(0, 2), (Span(3, 7),), Span(8, 9))
    return (
        Statement(who.id, Relation("say", "said"), Literal(HARD, "xsd:string", HARD), (place,)),
    )


def written(path: Path, corpus: Corpus) -> Path:
    with Store() as store:
        store.load(corpus)
        store.write(path, "graph.trig")
    return path


@pytest.fixture(scope="session")
def pushed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("push") / "graph.trig", corpus(4_000))


@pytest.fixture
def graph(pushed_graph: Path, tmp_path: Path) -> Path:
    """A copy for each test: the state of a push lies beside it."""
    (tmp_path / "graph.trig").write_bytes(pushed_graph.read_bytes())
    return tmp_path / "graph.trig"


@pytest.fixture
def small_graph(tmp_path: Path) -> Path:
    """For a server that reads a hundred triples a second."""
    return written(tmp_path / "graph.trig", hard())


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with Faulty() as server:
        yield server


@pytest.fixture
def ox_server(tmp_path: Path) -> Iterator[str]:
    with oxigraph(tmp_path) as server:
        yield server
