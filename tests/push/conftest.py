"""A graph to push: the small one made by hand, with text that is hard to quote, and documents of some length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from servers import Faulty, oxigraph

from kg.model import Corpus, Evidence, Header, Literal, Relation, Span, Statement
from kg.store import Store
from tests.bench.graph import generated

HARD = 'He said "\\u0041 \\\\u0042", C:\\users\\new\\table\n\ttab, ]] > } { . # é 😀 \x7f \\'


def corpus(quads: int) -> Corpus:
    """About that many triples in some documents, one of them with a quote that is hard to write."""
    made, _ = generated(quads)
    hard = Header("hard", "hard.txt", HARD)
    span = Span(0, len(HARD))
    place = Evidence("hard", 0, span, HARD, Span(0, 2), (Span(3, 7),), Span(8, 9))
    said = Statement(made.entities[0].id, Relation("say", "said"), Literal(HARD, "xsd:string", HARD), (place,))  # fmt: skip
    return replace(made, headers=(*made.headers, hard), statements=(*made.statements, said))


def written(path: Path, quads: int) -> Path:
    with Store() as store:
        store.load(corpus(quads))
        store.write(path, "graph.trig")
    return path


@pytest.fixture(scope="session")
def pushed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("push") / "graph.trig", 4_000)


@pytest.fixture
def graph(pushed_graph: Path, tmp_path: Path) -> Path:
    """A copy for each test: the state of a push lies beside it."""
    (tmp_path / "graph.trig").write_bytes(pushed_graph.read_bytes())
    return tmp_path / "graph.trig"


@pytest.fixture
def small_graph(tmp_path: Path) -> Path:
    """For a server that takes a second for a thousand triples."""
    return written(tmp_path / "graph.trig", 1_000)


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with Faulty() as server:
        yield server


@pytest.fixture
def ox_server(tmp_path: Path) -> Iterator[str]:
    with oxigraph(tmp_path) as server:
        yield server
