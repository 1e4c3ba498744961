"""Which documents a set of paths gives, what they are called, and in which order."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Document
from kg.read import Content, Entry, read, reading

TEXT = "Oswald met Kostikov."


def put(folder: Path, *names: str, text: str = TEXT) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def ids(*paths: Path | str) -> list[str]:
    return [document.id for document in read(paths)]


def sources(*paths: Path | str) -> list[str]:
    return [document.header.source for document in read(paths)]


def errors(*paths: Path | str) -> list[str]:
    found: list[ReadError] = []
    list(read(paths, on_error=found.append))
    return [str(error) for error in found]


def test_a_folder_gives_its_documents_by_id_and_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "z/a.md", ".hidden.txt", ".git/c.txt", "photo.png", "UPPER.TXT")
    assert ids(tmp_path) == ["UPPER", "a", "b"]
    assert sources(tmp_path) == ["UPPER.TXT", "z/a.md", "b.txt"]


def test_a_hidden_file_or_folder_is_read_when_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, ".drafts/a.txt", ".b.txt")
    assert ids(tmp_path / ".drafts", tmp_path / ".b.txt") == [".b", "a"]


def test_a_single_path_needs_no_list(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert [document.id for document in read(tmp_path)] == ["a"]
    assert [document.id for document in read(str(tmp_path))] == ["a"]


def test_no_paths_give_no_documents() -> None:
    assert ids() == []


def test_the_text_and_offsets_are_those_of_the_file(tmp_path: Path) -> None:
    text = "\n  A\r\nb\rc\x0c\x01 \U0001f600\ufffe \n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    [document] = read([tmp_path])
    assert document.text == text


def test_a_path_given_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "c/a/notes.txt")
    monkeypatch.chdir(tmp_path)
    ways = ["c", "./c/", tmp_path / "c", "c/a", "c/a/notes.txt", "c/../c/a/notes.txt"]
    assert list(read(ways)) == list(read(["c"]))


def test_a_link_to_a_file_is_the_same_document(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert ids(tmp_path) == ["a"]


def test_linked_folders_are_followed_and_loops_end(tmp_path: Path) -> None:
    put(tmp_path, "in/real/a.txt", "out/b.txt")
    (tmp_path / "in" / "aaa").symlink_to(tmp_path / "in" / "real")
    (tmp_path / "in" / "real" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "out")
    assert sources(tmp_path / "in") == ["real/a.txt", "more/b.txt"]


CLASHES = {
    "folders tell apart": (["a/notes.txt", "b/notes.txt"], ["a--notes", "b--notes"]),
    "extensions tell apart": (["notes.md", "notes.txt"], ["notes-md", "notes-txt"]),
    "both are needed": (
        ["notes.md", "notes.txt", "a/notes.txt"],
        ["a--notes", "notes-md", "notes-txt"],
    ),
    "the top one keeps its short path": (["notes.txt", "a/notes.txt"], ["a--notes", "notes"]),
    "others are left alone": (
        ["x/notes.txt", "y/notes.txt", "x/list.txt"],
        ["list", "x--notes", "y--notes"],
    ),
    "a name that looks like ours": (
        ["a/notes.txt", "b/notes.txt", "a--notes.txt"],
        ["a--notes", "a--notes-txt", "b--notes"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CLASHES.values(), ids=CLASHES.keys())
def test_all_that_share_an_id_take_their_path(
    tmp_path: Path, files: list[str], expected: list[str]
) -> None:
    assert ids(put(tmp_path, *files)) == expected


def test_names_made_to_collide_still_get_ids_of_their_own(tmp_path: Path) -> None:
    put(tmp_path, "a/n.txt", "b/n.txt", "a--n.txt", "c/a--n.txt", "a--n-txt.txt", "c/a--n-txt.md")
    found = ids(tmp_path)
    assert len(set(found)) == 6


def test_records_and_files_that_share_an_id_all_take_their_path(tmp_path: Path) -> None:
    put(tmp_path, "x.txt")
    put(tmp_path, "one.jsonl", "b/two.jsonl", text='{"id": "x", "text": "A."}\n')
    assert ids(tmp_path) == ["b--two--x", "one--x", "x"]


def test_files_of_one_name_in_two_arguments_get_the_folder_above(tmp_path: Path) -> None:
    put(tmp_path, "x/n.txt", "y/n.txt", "deep/x/n.txt", "y/m.txt")
    files = [tmp_path / "x/n.txt", tmp_path / "y/n.txt"]
    assert (ids(*files), sources(*files)) == (["x--n", "y--n"], ["x/n.txt", "y/n.txt"])
    folders = [tmp_path / "x", tmp_path / "y", tmp_path / "deep/x"]
    assert sources(*folders) == ["deep/x/n.txt", "m.txt", f"{tmp_path.name}/x/n.txt", "y/n.txt"]


def test_the_result_does_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    names = ["a/notes.txt", "b/notes.txt", "c.md"]
    put(tmp_path / "one", *names)
    put(tmp_path / "far/away/two", *names)
    assert list(read([tmp_path / "one"])) == list(read([tmp_path / "far/away/two"]))


NAMES = st.sampled_from(["n.txt", "n.md", "a.n.txt", "a--n.txt", "a--n-txt.txt", "n-txt.txt"])
FILES = st.sets(st.tuples(st.sampled_from(["", "a", "b", "a/b"]), NAMES), min_size=1, max_size=9)


@settings(max_examples=40, deadline=None)
@given(files=FILES, data=st.data())
def test_neither_order_nor_repetition_of_the_paths_matters(
    tmp_path_factory: pytest.TempPathFactory, files: set[tuple[str, str]], data: st.DataObject
) -> None:
    folder = put(tmp_path_factory.mktemp("order"), *("/".join(file).lstrip("/") for file in files))
    paths = [folder.joinpath(*file) for file in files]
    once = list(read(paths))
    again = data.draw(st.permutations([*paths, *paths]))
    assert list(read(again)) == once
    found = [document.id for document in once]
    assert found == sorted(set(found))
    assert len(found) == len(files)
    inside = list(read([folder]))
    assert list(read([*again, folder])) == inside


@pytest.mark.skipif(os.name != "posix", reason="names that are no UTF-8 exist on POSIX only")
def test_a_file_name_that_is_no_utf8_or_decomposed_gives_writable_ids(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT)
    (tmp_path / "cafe\u0301.txt").write_text(TEXT)
    (tmp_path / "caf\u00e9.md").write_text(TEXT)
    documents = list(read([tmp_path]))
    assert len({document.id for document in documents}) == 3
    for document in documents:
        (document.id + document.header.source).encode("utf-8")
    assert "caf\\xe9.txt" in {document.header.source for document in documents}


def test_two_unicode_forms_of_one_name_are_two_documents(tmp_path: Path) -> None:
    put(tmp_path, "cafe\u0301.txt", "caf\u00e9.txt")
    if len(list(tmp_path.iterdir())) == 2:
        assert len(set(ids(tmp_path))) == 2


def test_a_plugin_reads_a_new_extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.pdf")
    reader = lambda path: iter([Entry(None, lambda: Content("Read.", date="1963"))])  # noqa: E731
    monkeypatch.setitem(reading.READERS, ".pdf", reader)
    [document] = read([tmp_path / "a.pdf"])
    assert (document.id, document.text, document.header.date) == ("a", "Read.", "1963")


AMISS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "no such file or folder"),
    "a folder under a file": (lambda path: path.parent.joinpath("f").touch(), ""),
    "empty": (lambda path: path.touch(), "empty; it holds no text"),
    "white space only": (lambda path: path.write_text(" \n\t\n"), "empty; it holds no text"),
    "a broken link": (lambda path: path.symlink_to("nowhere"), "no such file or folder"),
    "a link to itself": (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
    "a pipe": (os.mkfifo, "neither a file nor a folder; copy its content into a file"),
}


@pytest.mark.parametrize(("make", "reason"), AMISS.values(), ids=AMISS.keys())
def test_what_gives_no_document_is_an_error_that_says_why(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    path = tmp_path / "a.txt"
    make(path)
    assert errors(path) == [f"{path}: {reason or 'no such file or folder'}"]
    with pytest.raises(ReadError):
        ids(path)


def test_a_file_that_may_not_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt", "b.txt")

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return TEXT.encode()

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert errors(tmp_path) == [f"{tmp_path / 'a.txt'}: Permission denied"]


def test_a_folder_that_may_not_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt", "shut/b.txt")
    names = os.listdir

    def refuse(path: Path) -> list[str]:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return names(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert errors(tmp_path) == [f"{tmp_path / 'shut'}: Permission denied"]


def test_an_unknown_extension_is_an_error_only_where_the_file_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.docx", "c")
    assert errors(tmp_path) == []
    [docx] = errors(tmp_path / "b.docx")
    assert docx.endswith(
        "no reader for .docx files; known extensions: .jsonl, .markdown, .md, .txt"
    )
    assert "files without an extension" in errors(tmp_path / "c")[0]


def test_a_folder_without_a_file_to_read_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", ".hidden.txt")
    [error] = errors(tmp_path)
    assert error.endswith(
        "no file to read in the folder; known extensions: .jsonl, .markdown, .md, .txt"
    )


def test_an_empty_path_does_not_read_the_working_folder() -> None:
    assert errors("") == ["'': an empty path; give a file or a folder"]


def test_reading_goes_on_after_an_error(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7")
    found: list[ReadError] = []
    documents = list(read([tmp_path, "nowhere"], on_error=found.append))
    assert [document.id for document in documents] == ["a", "c"]
    assert [error.source for error in found] == ["nowhere", str(tmp_path / "b.txt")]


def test_the_header_takes_what_the_text_says(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", text="The files\n\nFriday, October 27, 2017\n\nOswald met him.")
    [document] = read([tmp_path])
    assert isinstance(document, Document)
    assert (document.header.title, document.header.date) == ("The files", "2017-10-27")
