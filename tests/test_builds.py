"""Building again: what is read, what is kept, what is dropped, and that the history leaves no trace."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import api
from kg.api.building import Settings, finish
from kg.errors import ReadError, StoreError
from kg.model import Document, Header
from kg.pipeline import Config, Pipeline
from kg.store import Store, StoreDirectory, open_graph
from kg.vocab import DEFAULT_BASE
from tests.exported import exported, fresh

pytestmark = pytest.mark.usefixtures("remembered")


def test_a_second_build_reads_nothing_and_writes_the_same(folder: Path, tmp_path: Path) -> None:
    first = api.build([folder], tmp_path / "out")
    before = exported(tmp_path / "out")
    stamps = [(tmp_path / "out" / name).stat().st_mtime_ns for name in api.BUILD_FILES]
    second = api.build([folder], tmp_path / "out")
    assert (first.read, second.read, second.gone) == (2, 0, ())
    assert exported(tmp_path / "out") == before
    assert stamps == [(tmp_path / "out" / n).stat().st_mtime_ns for n in api.BUILD_FILES]
    told = ("documents", "entities", "statements", "plain")
    assert [getattr(first, t) for t in told] == [getattr(second, t) for t in told]
    assert first.report.reasons == second.report.reasons


def test_only_what_is_new_or_changed_is_read_and_what_is_gone_is_dropped(
    folder: Path, tmp_path: Path
) -> None:
    api.build([folder], tmp_path / "out")
    (folder / "c.txt").write_text("Clara Moss left Genoa.", encoding="utf-8")
    (folder / "a.txt").write_text("Robert Sattler met Ann Lee in Genoa.", encoding="utf-8")
    assert api.build([folder], tmp_path / "out").read == 2
    (folder / "b.md").unlink()
    last = api.build([folder], tmp_path / "out")
    assert (last.read, last.gone, last.documents) == (0, ("b",), 2)
    assert exported(tmp_path / "out") == fresh(folder, tmp_path / "new")
    with open_graph(tmp_path / "out") as store:
        assert [header.id for header in store.headers()] == ["a", "c"]


def test_a_renamed_file_is_another_document(folder: Path, tmp_path: Path) -> None:
    api.build([folder], tmp_path / "out")
    (folder / "a.txt").rename(folder / "z.txt")
    built = api.build([folder], tmp_path / "out")
    assert (built.read, built.gone) == (1, ("a",))
    assert exported(tmp_path / "out") == fresh(folder, tmp_path / "new")


def test_a_decision_is_used_without_reading_anything_again(letters: Path, tmp_path: Path) -> None:
    api.build([letters], tmp_path / "out")
    (letters / "links.toml").write_text("", encoding="utf-8")
    assert api.build([letters], tmp_path / "out").read == 0
    assert exported(tmp_path / "out") == fresh(letters, tmp_path / "new")


def test_another_base_or_score_is_written_without_reading_anything_again(
    folder: Path, tmp_path: Path
) -> None:
    api.build([folder], tmp_path / "out")
    config, base = Config(min_score=0.5, identity="strict"), "https://kg.test/"
    assert api.build([folder], tmp_path / "out", config=config, base=base).read == 0
    assert exported(tmp_path / "out") == fresh(folder, tmp_path / "new", config=config, base=base)


def test_another_version_of_the_reader_reads_all_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.build([folder], tmp_path / "out")
    monkeypatch.setattr("kg.pipeline.run.reader_version", lambda model: f"another of {model}")
    found = api.status(tmp_path / "out").plan
    assert found is not None
    assert (found.stale, found.changed) == (("a", "b"), ())
    assert api.build([folder], tmp_path / "out").read == 2


def test_an_export_that_was_lost_or_altered_is_written_again(folder: Path, tmp_path: Path) -> None:
    before = fresh(folder, tmp_path / "out")
    (tmp_path / "out" / "facts.ttl").unlink()
    (tmp_path / "out" / "graph.html").write_text("mine", encoding="utf-8")
    assert api.status(tmp_path / "out").exports == ("facts.ttl", "graph.html")
    api.build([folder], tmp_path / "out")
    assert exported(tmp_path / "out") == before


def test_a_path_that_is_no_utf8_is_remembered_as_it_is(tmp_path: Path) -> None:
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        place.mkdir()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (place / "a.txt").write_text("Ann Lee met Bo Ray.", encoding="utf-8")
    api.build([place], tmp_path / "out")
    found = api.status(tmp_path / "out").plan
    assert found is not None
    assert found.same == ("a",)


def test_a_build_that_finds_nothing_leaves_no_store(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ReadError):
        api.build([tmp_path / "in"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_things_is_not_made_a_store(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds other files and no store"):
        api.build([folder], tmp_path / "out", store=folder)
    assert sorted(each.name for each in folder.iterdir()) == ["a.txt", "b.md"]


def test_a_store_elsewhere_does_not_leave_an_old_one_to_answer(
    folder: Path, tmp_path: Path
) -> None:
    api.build([folder], tmp_path / "out")
    with pytest.raises(StoreError, match="has a store already"):
        api.build([folder], tmp_path / "out", store=tmp_path / "elsewhere")
    api.build([folder], tmp_path / "out2", store=tmp_path / "elsewhere")
    with open_graph(tmp_path / "elsewhere") as one, open_graph(tmp_path / "out2") as other:
        assert len(one) == len(other)


def test_one_writes_at_a_time_and_others_go_on_reading(folder: Path, tmp_path: Path) -> None:
    api.build([folder], tmp_path / "out")
    room = StoreDirectory(tmp_path / "out" / "store")
    with room.writing():
        with open_graph(tmp_path / "out") as store:
            assert store.query("ASK { ?s a kg:Statement }").truth
        with pytest.raises(StoreError, match=r"another build is writing .*\(process \d+\)"):
            api.build([folder], tmp_path / "out")


def test_a_reader_keeps_the_graph_it_opened_and_the_next_build_clears_it_away(
    folder: Path, tmp_path: Path
) -> None:
    api.build([folder], tmp_path / "out")
    graphs = tmp_path / "out" / "store" / "graphs"
    with open_graph(tmp_path / "out") as store:
        before = len(store)
        (folder / "b.md").unlink()
        api.build([folder], tmp_path / "out")
        assert len(store) == before
        assert len(list(store.statements())) > 0
        assert len([each for each in graphs.iterdir() if each.is_dir()]) == 2
    (folder / "a.txt").write_text("Ann Lee met Robert Sattler.", encoding="utf-8")
    api.build([folder], tmp_path / "out")
    assert len([each for each in graphs.iterdir() if each.is_dir()]) == 1


def test_a_store_can_be_moved_with_its_folder(folder: Path, tmp_path: Path) -> None:
    api.build([folder], tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "moved")
    api.remove(["b"], tmp_path / "moved")
    assert not (tmp_path / "out").exists()
    (folder / "b.md").unlink()
    assert exported(tmp_path / "moved") == fresh(folder, tmp_path / "new")


# -- any history ----------------------------------------------------------------------------------


POOL = (
    "Ann Lee met Bo Ray in Oslo.",
    "Lee sold the mill. She works for Corbin Freight.",
    "Robert Sattler did not meet Ann Lee.",
    "R. Sattler owns Corbin Freight, Lee said.",
    "Corbin Freight was founded in 1990 in Oslo.",
)
NAMES = ("a", "b", "c", "d")
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.none() | st.sampled_from(POOL)), min_size=1, max_size=6
)


@given(steps=STEPS, builds=st.sets(st.integers(0, 5), max_size=3))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_any_adding_changing_and_removing_the_graph_is_that_of_a_fresh_build(
    steps: list[tuple[str, str | None]], builds: set[int]
) -> None:
    corpus: dict[str, str] = {}
    with TemporaryDirectory() as place:
        room = StoreDirectory(Path(place, "store"))
        for number, (name, text) in enumerate(steps):
            corpus.pop(name, None)
            if text is not None:
                corpus[name] = text
            if number in builds and corpus:
                built(room, corpus)
        if not corpus:
            return
        built(room, corpus)
        pipeline = Pipeline()
        taken = pipeline.take(made(corpus), pipeline.brought([]))
        with Store() as other, room.open() as store:
            other.load(pipeline.join(taken).corpus)
            for kind in ("graph.nq", "facts.ttl"):
                one, two = Path(place, "one." + kind), Path(place, "two." + kind)
                store.write(one, kind)
                other.write(two, kind)
                assert one.read_bytes() == two.read_bytes()


def built(room: StoreDirectory, corpus: dict[str, str]) -> None:
    pipeline = Pipeline()
    told = Settings((), "", DEFAULT_BASE, "m", 1, 0.0, None, "merged", ())
    with room.writing() as kept:
        taken = pipeline.take(made(corpus), pipeline.brought([]), kept=kept)
        finish(room, kept, taken, told, pipeline=pipeline)


def made(corpus: dict[str, str]) -> list[Document]:
    return [Document(Header(name, f"{name}.txt"), corpus[name]) for name in sorted(corpus)]
