"""The command line on documents: data on standard output, words on standard error, exit 0, 1 or 2."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import api
from kg.export.text import row_of

Run = Callable[..., Any]


def test_build_prints_its_files_and_says_what_it_found(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    done = kg("build", documents, "-o", tmp_path)
    assert done.status == 0
    assert done.out.splitlines() == [str(tmp_path / name) for name in api.BUILD_FILES]
    assert "2 documents" in done.said[0]
    assert re.search(r"\d+ stated as fact, \d+ denied, hedged or claimed", done.said[0])
    assert len(done.said) == 2
    assert "\x1b" not in done.err
    assert "\r" not in done.err


def bad_sources(folder: Path) -> dict[str, str]:
    """Sources that cannot be read, each with words that its error must hold."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "broken.jsonl").write_text('{"id": "x", "text": \n', encoding="utf-8")
    (folder / "line.txt").write_text("x" * 5_000_000, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    return {
        "empty.txt": "empty", "blank.txt": "", "binary.txt": "", "broken.txt": "", "broken.jsonl": "",
        "line.txt": "--max-chars", "pipe.txt": "", "missing.txt": "no such file",
    }  # fmt: skip


def test_bad_sources_are_one_line_each_and_the_others_are_built(
    kg: Run, tmp_path: Path, texts: dict[str, str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    expected = bad_sources(folder)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    started = time.monotonic()
    done = kg("build", *sorted(folder.iterdir()), folder / "missing.txt", "-o", tmp_path / "out")
    assert time.monotonic() - started < 20
    assert done.status == 1
    for name, words in expected.items():
        told = [row for row in done.said if name in row]
        assert len(told) == 1, (name, done.err)
        assert told[0].startswith("kg: ")
        assert words in told[0]
    assert "8 sources failed" in done.said[-1]
    assert len(done.said) == 8 + 3
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [*api.BUILD_FILES, "store"]
    )
    assert '"Clara Moss"' in (tmp_path / "out" / "facts.ttl").read_text(encoding="utf-8")


def test_one_missing_path_alone_writes_nothing(kg: Run, tmp_path: Path) -> None:
    done = kg("build", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert done.status == 1
    assert done.out == ""
    assert "no such file" in done.said[0]
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_one_line(kg: Run, documents: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("Secret.", encoding="utf-8")
    locked.chmod(0)
    done = kg("build", documents, locked, "-o", tmp_path / "out")
    assert done.status == 1
    assert sum("locked.txt" in row for row in done.said) == 1


def test_a_missing_model_is_one_line_with_the_command_that_installs_it(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    done = kg("build", documents, "-o", tmp_path / "out", "--model", "no_such_model_md")
    assert done.status == 1
    assert len(done.said) == 1
    assert "python -m pip install no-such-model-md" in done.err
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_made_is_one_line(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        done = kg("build", documents, "-o", place)
        assert (done.status, done.out, len(done.said)) == (1, "", 1)


# -- extract --------------------------------------------------------------------------------------


def test_extract_prints_one_record_a_line(kg: Run, documents: Path, texts: dict[str, str]) -> None:
    done = kg("extract", documents, "--format", "jsonl")
    records = [json.loads(row) for row in done.out.splitlines()]
    assert done.status == 0
    assert done.err == ""
    assert {r["document"] for r in records} == {"a", "b"}
    texts = {Path(name).stem: text for name, text in texts.items()}
    for record in records:
        assert list(record) == [
            "id",
            "document",
            "subject",
            "relation",
            "object",
            "qualifiers",
            "polarity",
            "certainty",
            "attribution",
            "time",
            "place",
            "score",
            "evidence",
        ]
        for evidence in record["evidence"]:
            assert (
                texts[evidence["document"]][evidence["start"] : evidence["end"]] == evidence["text"]
            )


def test_extract_as_a_table_has_the_words_of_the_records(kg: Run, documents: Path) -> None:
    done = kg("extract", documents)
    heads, *rows = (row.split("\t") for row in done.out.splitlines())
    assert heads == ["document", "subject", "relation", "object", "status", "time"]
    records = [
        json.loads(row) for row in kg("extract", documents, "--format", "jsonl").out.splitlines()
    ]
    assert rows == [list(row_of(record)) for record in records]
    assert ["b", "Robert Sattler", "sell", "port", "not, certain", ""] in rows


def test_extract_prints_mentions_a_document_a_line(kg: Run, documents: Path) -> None:
    records = [
        json.loads(row) for row in kg("extract", documents, "--format", "mentions").out.splitlines()
    ]
    assert [r["id"] for r in records] == ["a", "b"]
    assert set(records[0]["mentions"][0]) == {"start", "end", "type", "entity", "kind"}


def test_extract_of_a_bad_source_still_prints_the_others(kg: Run, documents: Path) -> None:
    done = kg("extract", documents, documents / "missing.txt", "--format", "jsonl")
    assert done.status == 1
    assert done.out
    assert len(done.said) == 2


# -- query ----------------------------------------------------------------------------------------
