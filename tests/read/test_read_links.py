"""A links file is found beside documents, is told apart from others, and is no document."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.read import formats, read, read_links, sources


@pytest.fixture
def room(tmp_path: Path) -> Path:
    for folder in ("a", "b", "b/deep"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder[-1]}.txt").write_text("Ann slept.", encoding="utf-8")
        (tmp_path / folder / "links.toml").write_text(f"# {folder}", encoding="utf-8")
    return tmp_path


def test_one_file_goes_by_its_name_whether_a_folder_or_a_file_is_given(room: Path) -> None:
    assert read_links([room / "a"]) == (("links.toml", "# a"),)
    assert read_links([room / "a" / "a.txt"]) == (("links.toml", "# a"),)
    assert read_links([room / "a", room / "a" / "a.txt", room / "a" / "links.toml"]) == (("links.toml", "# a"),)  # fmt: skip


def test_several_are_told_apart_by_their_folders_in_whatever_order(room: Path) -> None:
    every = (("a/links.toml", "# a"), ("b/links.toml", "# b"), ("deep/links.toml", "# b/deep"))
    assert read_links([room]) == every
    assert read_links([room / "b", room / "a"]) == read_links([room / "a", room / "b"]) == every


def test_there_may_be_none(tmp_path: Path) -> None:
    assert read_links([tmp_path, tmp_path / "missing" / "x.txt"]) == ()


def test_one_that_is_not_utf_8_is_an_error(room: Path) -> None:
    (room / "a" / "links.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(ReadError, match="not UTF-8"):
        read_links([room / "a"])


def test_it_is_no_document_even_where_somebody_reads_toml(room: Path) -> None:
    found, _ = sources.collect([room], {*formats.extensions(), ".toml"})
    assert {source.path.name for source in found} == {"a.txt", "b.txt", "p.txt"}
    assert [document.id for document in read([room])] == ["a", "b", "p"]
