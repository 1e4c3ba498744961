"""The verbs on a store: status, remove, backup and verify."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import api
from kg.model import Document, Header
from kg.store import Store, StoreDirectory, open_graph
from tests.conftest import TEXTS, Run
from tests.exported import exported, fresh

pytestmark = pytest.mark.usefixtures("remembered")


# -- remove, status, backup -----------------------------------------------------------------------


def test_a_removed_document_was_never_there(folder: Path, tmp_path: Path, kg: Run) -> None:
    api.build([folder], tmp_path / "out")
    done = kg("remove", "b", "-g", tmp_path / "out")
    assert (done.status, done.said[0].split(";")[0]) == (0, "1 document removed")
    told = kg("status", "-g", tmp_path / "out")
    assert "  read, new  1: b" in told.out.splitlines()
    (folder / "b.md").unlink()
    assert exported(tmp_path / "out") == fresh(folder, tmp_path / "new")


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["nobody"], "no document of that id"), (["a", "b"], "no document would be left")],
)
def test_what_cannot_be_removed_is_told_and_changes_nothing(
    folder: Path, tmp_path: Path, kg: Run, ids: list[str], words: str
) -> None:
    before = fresh(folder, tmp_path / "out")
    done = kg("remove", *ids, "-g", tmp_path / "out")
    assert (done.status, len(done.said)) == (1, 1)
    assert words in done.err
    assert exported(tmp_path / "out") == before


def test_status_says_what_a_build_would_do(folder: Path, tmp_path: Path, kg: Run) -> None:
    (folder / "d.txt").write_text("Clara Moss left Genoa.", encoding="utf-8")
    api.build([folder], tmp_path / "out")
    (folder / "c.txt").write_text("Clara Moss left Genoa.", encoding="utf-8")
    (folder / "a.txt").write_text("Robert Sattler met Ann Lee.", encoding="utf-8")
    (folder / "b.md").unlink()
    told = kg("status", "-g", tmp_path / "out").out.splitlines()
    assert told[-4:] == ["  read, new  1: c", "  read again, changed  1: a", "  drop, gone  1: b", "  keep  1"]  # fmt: skip
    assert "documents   3" in told


def test_a_backup_is_a_store_that_goes_its_own_way(folder: Path, tmp_path: Path, kg: Run) -> None:
    before = fresh(folder, tmp_path / "out")
    copy = tmp_path / "copy"
    assert kg("backup", copy, "-g", tmp_path / "out").out == f"{copy}\n"
    assert kg("remove", "b", "-g", copy).status == 0
    assert exported(tmp_path / "out") == before
    with open_graph(copy) as one, open_graph(tmp_path / "out") as other:
        assert [h.id for h in one.headers()] == ["a"]
        assert [h.id for h in other.headers()] == ["a", "b"]
    again = kg("backup", copy, "-g", tmp_path / "out")
    assert (again.status, again.said) == (1, [f"kg: {copy}: exists; a backup goes to a new folder"])


@pytest.mark.parametrize("verb", ["status", "verify"])
def test_where_there_is_no_store_one_line_says_how_to_make_one(
    tmp_path: Path, kg: Run, verb: str
) -> None:
    done = kg(verb, "-g", tmp_path)
    assert (done.status, len(done.said)) == (1, 1)
    assert "no store there; make one with: kg build" in done.err


def test_a_store_whose_first_build_was_cut_short_says_so(folder: Path, tmp_path: Path, kg: Run) -> None:  # fmt: skip
    room = StoreDirectory(tmp_path / "out" / "store")
    with room.writing() as kept:
        kept.put("k", Document(Header("a", "a.txt"), "Ann."), b"{}")
    assert "no build finished yet; 1 document read so far" in kg("status", "-g", tmp_path / "out").out  # fmt: skip
    done = kg("query", "documents", "-g", tmp_path / "out")
    assert (done.status, len(done.said)) == (1, 1)
    assert "no build of this store was finished yet" in done.err


def test_a_build_takes_a_base_and_a_store_of_its_own(folder: Path, tmp_path: Path, kg: Run) -> None:
    store = tmp_path / "kept"
    done = kg("build", folder, "-o", tmp_path / "out", "--store", store, "--base", "https://kg.test/")  # fmt: skip
    assert done.status == 0
    assert not (tmp_path / "out" / "store").exists()
    assert "https://kg.test/entity/" in (tmp_path / "out" / "facts.ttl").read_text(encoding="utf-8")
    assert "base        https://kg.test/" in kg("status", "-g", store).out


@pytest.mark.parametrize("file", ["current", "documents.sqlite"])
def test_a_store_of_another_format_is_refused(
    folder: Path, tmp_path: Path, kg: Run, file: str
) -> None:
    api.build([folder], tmp_path / "out")
    path = tmp_path / "out" / "store" / file
    if file == "current":
        path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'), encoding="utf-8")  # fmt: skip
    else:
        with sqlite3.connect(path) as documents:
            documents.execute("PRAGMA user_version = 2")
        documents.close()
    done = kg("build", folder, "-o", tmp_path / "out")
    assert (done.status, len(done.said)) == (1, 1)
    assert "written by another version of kg" in done.err


def test_a_backup_does_not_go_into_the_store(folder: Path, tmp_path: Path, kg: Run) -> None:
    api.build([folder], tmp_path / "out")
    done = kg("backup", tmp_path / "out" / "store" / "copy", "-g", tmp_path / "out")
    assert done.status == 1
    assert "lies in the store itself" in done.err


# -- verify ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two documents, their files beside it."""
    place = tmp_path_factory.mktemp("sound")
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    api.build([place / name for name in TEXTS], place / "out")
    return place


Damage = Callable[[Store], None]


def without(pattern: str) -> Damage:
    return lambda store: store._graph.update(f"DELETE WHERE {{ {pattern} }}", prefixes=dict(store.names.prefixes))  # fmt: skip


def with_(triples: str) -> Damage:
    return lambda store: store._graph.update(f"INSERT DATA {{ {triples} }}", prefixes=dict(store.names.prefixes))  # fmt: skip


DAMAGES = [
    (without("?s rel:meet ?o"), "it is plain, and its bare triple is missing"),
    (with_(":Clara_Moss rel:own :Genoa"), ":Clara_Moss rel:own :Genoa: a bare triple that no plain statement asserts"),
    (with_(":Robert_Sattler rel:sell :port"), "a bare triple that no plain statement asserts"),
    (without("?s prov:wasDerivedFrom ?o"), "it has no evidence"),
    (without("GRAPH ?g { ?e a kg:Evidence }"), "is not in the graph"),
    (without("GRAPH ?g { ?r kg:statement ?s }"), "nothing says how it was read off its evidence"),
    (without("GRAPH ?g { ?e oa:exact ?q }"), "it has no quote"),
    (without("?s rdf:object ?o"), "it lacks its subject, predicate or object"),
    (lambda store: store._graph.update(
        "DELETE { GRAPH ?g { ?e oa:exact ?q } } INSERT { GRAPH ?g { ?e oa:exact 'He left.' } } WHERE { GRAPH ?g { ?e oa:exact ?q } }",
        prefixes=dict(store.names.prefixes)), "the quote is 'He left.', but the text has"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "words"), DAMAGES, ids=[words for _, words in DAMAGES])
def test_verify_names_what_does_not_hold(
    sound: Path, tmp_path: Path, kg: Run, damage: Damage, words: str
) -> None:
    shutil.copytree(sound / "out", tmp_path / "out")
    assert kg("verify", "-g", tmp_path / "out").said[-1].endswith("checked: all holds")
    graphs = tmp_path / "out" / "store" / "graphs"
    (graph,) = (each for each in graphs.iterdir() if each.is_dir())
    with Store.open(graph) as store:
        damage(store)
    done = kg("verify", "-g", tmp_path / "out")
    assert done.status == 1
    assert any(words in line for line in done.out.splitlines()), done.out


def test_verify_compares_with_the_files_as_they_are_now(folder: Path, tmp_path: Path, kg: Run) -> None:  # fmt: skip
    api.build([folder], tmp_path / "out")
    (folder / "a.txt").write_text("Another text.", encoding="utf-8")
    (folder / "b.md").unlink()
    done = kg("verify", "-g", tmp_path / "out")
    assert (done.status, done.out) == (1, "a: its source has another text now; build again\n")
    assert done.said[0] == "kg: b: its source is not there any more; checked against the text that is kept"  # fmt: skip


def test_verify_tells_of_an_export_that_was_altered(folder: Path, tmp_path: Path, kg: Run) -> None:
    api.build([folder], tmp_path / "out")
    facts = tmp_path / "out" / "facts.ttl"
    facts.write_text(facts.read_text(encoding="utf-8") + "# mine", encoding="utf-8")
    done = kg("verify", "-g", tmp_path / "out")
    assert (done.status, done.out) == (1, f"{facts}: not as the build left it; build again\n")


def test_a_file_of_documents_that_is_damaged_is_one_line(folder: Path, tmp_path: Path, kg: Run) -> None:  # fmt: skip
    api.build([folder], tmp_path / "out")
    file = tmp_path / "out" / "store" / "documents.sqlite"
    file.write_bytes(b"not SQLite" * 1000)
    for verb in (("build", folder, "-o", tmp_path / "out"), ("verify", "-g", tmp_path / "out")):
        done = kg(*verb)
        assert (done.status, len(done.said)) == (1, 1)
        assert "documents.sqlite" in done.err


def test_a_reading_that_is_damaged_is_one_line(folder: Path, tmp_path: Path, kg: Run) -> None:
    api.build([folder], tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / "store" / "documents.sqlite") as file:
        file.execute("UPDATE documents SET reading = x'00'")
    file.close()
    done = kg("build", folder, "-o", tmp_path / "out", "--min-score", "0.5")
    assert (done.status, len(done.said)) == (1, 1)
    assert "documents.sqlite" in done.err
