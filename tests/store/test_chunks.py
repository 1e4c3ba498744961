"""What a store holds in pieces: bounded, always the same, and together all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import oswald

from kg.errors import StoreError
from kg.store import Store
from kg.store.chunks import Chunk, chunks


@pytest.fixture(scope="module")
def store() -> Store:
    loaded = Store()
    loaded.load(oswald())
    return loaded


def quads(found: list[Chunk]) -> list[str]:
    ends = [(line, f" <{c.graph}> ." if c.graph else " .") for c in found for line in c.lines.decode().splitlines()]  # fmt: skip
    return sorted(line.removesuffix(" .") + end for line, end in ends)


@pytest.mark.parametrize(("triples", "size"), [(7, 10**6), (10**6, 900), (10**6, 10**9)])
def test_the_pieces_are_bounded_and_all_there_is(store: Store, tmp_path: Path, triples: int, size: int) -> None:  # fmt: skip
    found = list(chunks(store, triples, size=size))
    store.write(tmp_path / "graph.nq", "graph.nq")
    assert quads(found) == sorted((tmp_path / "graph.nq").read_text("utf-8").splitlines())
    assert all(each.triples <= triples and len(each.lines) <= size for each in found)
    assert all(each.triples == each.lines.count(b"\n") for each in found)


def test_each_graph_has_one_first_piece_and_the_default_graph_is_last(store: Store) -> None:
    found = list(chunks(store, 7))
    graphs = [each.graph for each in found if each.first]
    assert len(graphs) == len(set(graphs)) == 3
    assert graphs[-1] is None
    assert graphs[:-1] == sorted(filter(None, graphs))


def test_a_long_line_is_a_piece_of_its_own(store: Store) -> None:
    assert {each.triples for each in chunks(store, 100, size=1)} == {1}


def test_the_order_of_loading_does_not_matter(store: Store, tmp_path: Path) -> None:
    store.write(tmp_path / "graph.trig", "graph.trig")
    with Store.read(tmp_path / "graph.trig") as again:
        assert list(chunks(again, 50)) == list(chunks(store, 50))


@pytest.mark.parametrize("text", ["_:a <urn:p> <urn:o> .", "<urn:s> <urn:p> _:a .", "<urn:s> <urn:p> <urn:o> _:g ."])  # fmt: skip
def test_blank_nodes_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "g.nq").write_text(text, encoding="utf-8")
    with Store.read(tmp_path / "g.nq") as store, pytest.raises(StoreError, match="blank node"):
        list(chunks(store, 10))
