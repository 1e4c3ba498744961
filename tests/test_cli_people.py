"""The command line where people decide: links.toml, --identity, review, why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import api

Run = Callable[..., Any]

IDLE = "links.toml, line 6: this join no longer applies: nothing is called 'Nobody Such'"


def bytes_of(graph: Path) -> dict[str, bytes]:
    return {name: (graph / name).read_bytes() for name in api.BUILD_FILES}


def entities_of(graph: Path, words: str) -> set[str]:
    with api.open_graph(graph) as store:
        return {e.id for e in store.entities() if any(m.short == words for m in e.mentions)}


# -- build and extract ----------------------------------------------------------------------------


def test_links_beside_the_documents_are_used_and_it_is_said(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    done = kg("build", letters, "-o", tmp_path / "out")
    assert done.status == 0
    assert "2 decisions of links.toml" in done.said
    assert len(entities_of(tmp_path / "out", "Max Hale") | entities_of(tmp_path / "out", "James Hale")) == 1  # fmt: skip
    assert len(entities_of(tmp_path / "out", "Ann Marlow")) == 3


def test_files_one_by_one_give_the_bytes_of_the_folder(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    kg("build", letters, "-o", tmp_path / "a")
    done = kg("build", *sorted(letters.iterdir(), reverse=True), "-o", tmp_path / "b")
    assert done.status == 0, "links.toml among the paths is no document and no error"
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_a_document_that_is_removed_leaves_no_trace(kg: Run, letters: Path, tmp_path: Path) -> None:
    never = tmp_path / "never"
    shutil.copytree(letters, never)
    (never / "gazette.txt").unlink()
    kg("build", letters, "-o", tmp_path / "a")
    (letters / "gazette.txt").unlink()
    assert kg("build", letters, "-o", tmp_path / "a").status == 0
    assert kg("build", never, "-o", tmp_path / "b").status == 0
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_a_file_that_is_named_takes_the_place_of_those_beside(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[rename]]\nthing = "Max Hale"\nlabel = "Sir James"\n', encoding="utf-8")
    done = kg("extract", letters, "--links", other, "--format", "jsonl")
    labels = {json.loads(row)["subject"]["label"] for row in done.out.splitlines()}
    assert {"Sir James", "James Hale"} <= labels
    assert done.said == ["1 decision of other.toml"]
    missing = kg("extract", letters, "--links", tmp_path / "none.toml")
    assert (missing.status, missing.out, len(missing.said)) == (1, "", 1)


def test_several_links_files_are_all_used_and_told_apart(kg: Run, letters: Path, tmp_path: Path) -> None:  # fmt: skip
    more = tmp_path / "more"
    more.mkdir()
    (more / "note.txt").write_text("Sattler left Rome.", encoding="utf-8")
    (more / "links.toml").write_text('[[type]]\nthing = "Sattler"\ntype = "Group"\n', encoding="utf-8")  # fmt: skip
    done = kg("build", more, letters, "-o", tmp_path / "out")
    assert "3 decisions of in/links.toml, more/links.toml" in done.said
    assert "in/links.toml, line 2: join" in kg("why", "Max Hale", "-g", tmp_path / "out").out


def test_a_line_that_no_longer_applies_is_told_and_the_build_goes_on(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    with (letters / "links.toml").open("a", encoding="utf-8") as file:
        file.write('[[join]]\nthings = ["Max Hale", "Nobody Such"]\n')
    done = kg("build", letters, "-o", tmp_path / "out")
    assert done.status == 0
    assert [row for row in done.said if "no longer" in row] == [f"kg: {IDLE}"]
    assert api.extract([letters]).report.idle == (IDLE,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[join]\n", "line 1"),
        ('[[join]]\nthings = ["Max Hale", "James Hale"]\nwhy = ""\n', "line 1: unknown key 'why'"),
        ('[[join]]\nthings = ["A", "B"]\n[[separate]]\nthings = ["A", "B"]\n', "line 3"),
        ('[[join]]\nthings = ["Hale", "James Hale"]\n[[separate]]\nthings = ["James Hale", {name = "Hale", document = "courier"}]\n', "line 3"),
    ],
)  # fmt: skip
def test_links_that_cannot_be_used_are_one_line_and_nothing_is_built(
    kg: Run, letters: Path, tmp_path: Path, text: str, words: str
) -> None:
    (letters / "links.toml").write_text(text, encoding="utf-8")
    done = kg("build", letters, "-o", tmp_path / "out")
    assert (done.status, done.out, len(done.said)) == (1, "", 1)
    assert done.err.startswith("kg: links.toml")
    assert words in done.err
    assert {each.name for each in tmp_path.joinpath("out").glob("*")} <= {"store"}
    assert kg("query", "documents", "-g", tmp_path / "out").status == 1


def test_strict_joins_nothing_across_documents_but_what_people_join(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    text = (letters / "links.toml").read_text(encoding="utf-8")
    (letters / "links.toml").write_text(text.split("[[separate]]")[0], encoding="utf-8")
    kg("build", letters, "-o", tmp_path / "merged")
    done = kg("build", letters, "-o", tmp_path / "strict", "--identity", "strict")
    assert done.status == 0
    assert len(entities_of(tmp_path / "merged", "Ann Marlow")) == 1
    assert len(entities_of(tmp_path / "strict", "Ann Marlow")) == 3
    assert len(entities_of(tmp_path / "strict", "Max Hale") | entities_of(tmp_path / "strict", "James Hale")) == 1  # fmt: skip


# -- why ------------------------------------------------------------------------------------------


def test_why_shows_mentions_by_their_words_and_each_judgement(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    kg("build", letters, "-o", tmp_path / "out")
    hale = kg("why", "Max Hale", "-g", tmp_path / "out").out.split("\n\n")[0].splitlines()
    assert "            'Hale' (2 times): courier 35-39, herald 42-46" in hale
    at = hale.index("  same      1.00  links.toml, line 2: join")
    assert hale[at + 1] == "            'James Hale' courier 0-10 and 'Max Hale' herald 0-8"
    (gazette,) = (e for e in entities_of(tmp_path / "out", "Ann Marlow") if _is_of(e, "gazette", tmp_path / "out"))  # fmt: skip
    told = kg("why", gazette, "-g", tmp_path / "out").out
    assert "  different 1.00  links.toml, line 4: separate" in told
    assert "            not Ann Marlow (Ann_Marlow-" in told
    assert "            perhaps Ann Marlow (Ann_Marlow-" in told


def _is_of(id_: str, document: str, graph: Path) -> bool:
    with api.open_graph(graph) as store:
        return {m.document for m in store.entity(id_).mentions} == {document}


def test_why_keeps_mentions_and_judgements_to_the_limit(
    kg: Run, letters: Path, tmp_path: Path
) -> None:
    kg("build", letters, "-o", tmp_path / "out")
    short = kg("why", "Max Hale", "-g", tmp_path / "out", "--limit", 1).out
    assert "2 other words: --limit 0 shows all" in short
    assert "2 other judgements: --limit 0 shows all" in short
    assert "courier 35-39 and 1 more" in short
    assert "--limit" not in kg("why", "Max Hale", "-g", tmp_path / "out", "--limit", 0).out
