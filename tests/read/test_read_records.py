"""JSON Lines: a document a line; a bad line is an error and the others are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Document
from kg.read import read


def records(path: Path) -> tuple[list[Document], list[str]]:
    found: list[ReadError] = []
    documents = list(read([path], on_error=found.append))
    return documents, [str(error).removeprefix(f"{path}:") for error in found]


def test_a_line_is_a_document_with_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    full = {
        "id": "b/ü#1",
        "text": "A.\r\n\u0000B",
        "date": "2017-10",
        "title": "T",
        "source": "x:y",
    }
    path.write_text(json.dumps(full) + '\n\n{"text": "Bare.", "id": "a", "more": 1, "title": null}')
    (bare, rich), errors = records(path)
    assert errors == []
    assert (rich.id, rich.text, rich.header.date) == ("b/ü#1", "A.\r\n\u0000B", "2017-10")
    assert (rich.header.title, rich.header.source) == ("T", "x:y")
    assert (bare.id, bare.header.title, bare.header.date) == ("a", None, None)
    assert bare.header.source == "a.jsonl"


def test_date_and_title_come_from_the_text_where_the_record_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Dams\n\n27 October 2017\n\nText."}))
    [document], _ = records(path)
    assert (document.header.title, document.header.date) == ("Dams", "2017-10-27")


BAD = {
    '{"id": "x"': "not JSON: Expecting",
    "[1]": "not a JSON object; a line is {",
    '{"text": "A."}': 'no "id"; a line is {',
    '{"id": "x"}': 'no "text"; a line is {',
    '{"id": "x", "text": " "}': 'an empty "text"',
    '{"id": "", "text": "A."}': 'an empty "id"',
    '{"id": true, "text": "A."}': '"id" is no string',
    '{"id": "x", "text": ["A."]}': '"text" is no string',
    '{"id": "x", "text": "A.", "title": 3}': '"title" is no string',
    '{"id": "x", "text": "\\ud83d A."}': '"text" holds half a surrogate pair at 0',
    '{"id": "x", "text": "A.", "date": "27/10/2017"}': "date '27/10/2017' is no YYYY",
    '{"id": "x", "text": "A.", "date": "2017-02-29"}': "date '2017-02-29' is no YYYY",
    '{"id": "x", "text": "A.", "date": ""}': "date '' is no YYYY",
    '{"id": "ok", "text": "Again."}': "the id 'ok' again, first in line 1; make it unique",
    "[" * 100_000: "JSON beyond what can be read",
    '{"id": ' + "9" * 5000 + ', "text": "A."}': "JSON beyond what can be read",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items(), ids=BAD.values())
def test_a_bad_line_is_an_error_and_the_others_are_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"id": "ok", "text": "A."}}\n\n{line}\n{{"id": 7, "text": "B."}}\n')
    documents, [error] = records(path)
    assert [document.id for document in documents] == ["7", "ok"]
    assert error.startswith(f"3: {reason}")
    assert "\n" not in error


def test_a_line_that_is_no_utf8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "B."}')
    documents, errors = records(path)
    assert [document.id for document in documents] == ["b"]
    assert errors == ["1: not UTF-8 at byte 24 of the line"]


def test_a_byte_order_mark_and_windows_newlines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('\ufeff{"id": "a", "text": "É."}\r\n{"id": "b", "text": "B."}\r\n'.encode())
    documents, errors = records(path)
    assert ([document.text for document in documents], errors) == (["É.", "B."], [])


WHOLE = {
    "empty; it holds no lines": b"\n \r\n",
    "encoded in utf-16; JSON Lines is UTF-8, convert the file": '{"id": "a"}'.encode("utf-16"),
    "a gzip archive, not JSON Lines": b"\x1f\x8b\x08\0\0",
}


@pytest.mark.parametrize("reason", WHOLE)
def test_a_file_that_holds_no_lines_is_one_error(tmp_path: Path, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(WHOLE[reason])
    assert records(path) == ([], [f" {reason}"])


def test_a_bad_line_is_raised_before_any_document_where_nobody_listens(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "A."}\n{')
    with pytest.raises(ReadError, match=r"a\.jsonl:2: not JSON"):
        next(read([path]))


def test_a_file_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "A."}\n{"id": "b", "text": "B."}\n')
    found: list[ReadError] = []
    documents = read([path], on_error=found.append)
    assert next(documents).id == "a"
    path.write_text('{"id": "a", "text": "A."}\n{"id": "c", "text": "B."}\n')
    assert list(documents) == []
    assert [error.reason for error in found] == ["changed while it was being read; start again"]
