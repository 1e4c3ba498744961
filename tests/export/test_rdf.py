"""A store goes to files whose names say what they hold."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.export.rdf import FILES, export
from kg.export.records import line, records
from kg.store import Store

CORPORA = runpy.run_path(str(Path(__file__).parents[1] / "store" / "corpora.py"))


@pytest.fixture
def store() -> Store:
    loaded = Store()
    loaded.load(CORPORA["oswald"]())
    return loaded


def test_all_files_are_written_to_a_new_directory(store: Store, tmp_path: Path) -> None:
    paths = export(store, tmp_path / "new" / "exports")
    assert [each.name for each in paths] == list(FILES)
    assert sorted(each.name for each in (tmp_path / "new" / "exports").iterdir()) == sorted(FILES)


def test_rdf_files_are_those_of_the_store(store: Store, tmp_path: Path) -> None:
    (path,) = export(store, tmp_path, ("graph.trig",))
    assert Store.read(path).corpus() == store.corpus()


def test_lines_are_the_records(store: Store, tmp_path: Path) -> None:
    (path,) = export(store, tmp_path, ("statements.jsonl",))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [line(each) for each in records(CORPORA["oswald"]())]
    assert [json.loads(each)["document"] for each in lines] == ["jfk-files"] * 6 + ["memo 7/b"] * 2


def test_writing_again_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    once = [each.read_bytes() for each in export(store, tmp_path / "a")]
    again = [each.read_bytes() for each in export(store, tmp_path / "b")]
    assert once == again


def test_an_unknown_file_lists_the_known_kinds(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no file kind 'graph\.xml'; known: facts\.ttl"):
        export(store, tmp_path, ("graph.xml",))


@pytest.mark.parametrize("name", ["statements.jsonl", "graph.ttl"])
def test_a_place_that_cannot_be_written_is_an_error(
    store: Store, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        export(store, tmp_path, (name,))


def test_a_directory_that_is_a_file_is_an_error(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        export(store, tmp_path / "file")
