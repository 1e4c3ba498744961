"""JSON Lines -> entries: a record a line, `{"id", "text", "date"?, "title"?, "source"?}`."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.read.dates import is_edtf
from kg.read.encoding import binary_kind, by_mark
from kg.read.entry import Content, Entry

SHAPE: Final = '{"id": "…", "text": "…", "date"?: "2017-10-27", "title"?: "…", "source"?: "…"}'


def read_records(path: Path) -> Iterator[Entry | ReadError]:
    """One entry a line, and a ReadError named `FILE:LINE` for each line that gives none.

    Lines are read one at a time, and only their ids and places are kept; an entry reads its line
    again when it is loaded. JSON Lines is UTF-8 (RFC 8259, section 8.1). Blank lines are skipped.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        trouble = _trouble(head)
        if trouble:
            yield ReadError(str(path), trouble)
            return
        first: dict[str, int] = {}
        start = len(BOM_UTF8) if head.startswith(BOM_UTF8) else 0
        file.seek(start)
        blank = True
        for number, line in enumerate(file, 1):
            if line.strip():
                blank = False
                yield _entry(path, number, start, line, first)
            start += len(line)
        if blank:
            yield ReadError(str(path), "empty; it holds no lines")


def _trouble(head: bytes) -> str | None:
    """Why a file that begins like this holds no JSON Lines at all."""
    kind = binary_kind(head)
    if kind:
        return f"{kind}, not JSON Lines"
    encoding = by_mark(head)
    if encoding and encoding != "utf-8-sig":
        return f"encoded in {encoding}; JSON Lines is UTF-8, convert the file"
    return None


def _entry(
    path: Path, number: int, start: int, line: bytes, first: dict[str, int]
) -> Entry | ReadError:
    where = f"{path}:{number}"
    try:
        name, _ = record(where, line)
    except ReadError as error:
        return error
    if name in first:
        return ReadError(
            where, f"the id {name!r} again, first in line {first[name]}; make it unique"
        )
    first[name] = number
    return Entry(name, partial(_load, path, where, name, start))


def _load(path: Path, where: str, name: str, start: int) -> Content:
    with path.open("rb") as file:
        file.seek(start)
        again, content = record(where, file.readline())
    if again != name:
        raise ReadError(where, "changed while it was being read; start again")
    return content


def record(where: str, line: bytes) -> tuple[str, Content]:
    """The id and content of one line. Raises ReadError, named `where`, saying what is wrong.

    >>> record("a.jsonl:1", b'{"id": "x", "text": "Oswald left.", "date": "1963"}')
    ('x', Content(text='Oswald left.', title=None, date='1963', source=None))
    >>> record("a.jsonl:2", b'{"id": "y"}')
    Traceback (most recent call last):
    kg.errors.ReadError: a.jsonl:2: no "text"; a line is {"id": "…", "text": "…", "date"?: "2017-10-27", "title"?: "…", "source"?: "…"}
    """
    fields = _fields(where, line)
    for field in ("id", "text"):
        if fields.get(field) is None:
            raise ReadError(where, f'no "{field}"; a line is {SHAPE}')
    if type(fields["id"]) is int:
        fields["id"] = str(fields["id"])
    name, text = _string(where, "id", fields["id"]), _string(where, "text", fields["text"])
    date, title, source = (
        _string(where, field, fields.get(field)) for field in ("date", "title", "source")
    )
    if not name or not text:
        raise ReadError(where, f'an empty "{"text" if name else "id"}"')
    if date is not None and not is_edtf(date):
        raise ReadError(where, f"date {date!r} is no YYYY, YYYY-MM or YYYY-MM-DD of the calendar")
    return name, Content(text, title, date, source)


def _fields(where: str, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadError(where, f"not UTF-8 at byte {error.start} of the line") from error
    except json.JSONDecodeError as error:
        raise ReadError(where, f"not JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"JSON beyond what can be read: {error}") from error
    if not isinstance(value, dict):
        raise ReadError(where, f"not a JSON object; a line is {SHAPE}")
    return value


def _string(where: str, name: str, value: Any) -> str | None:
    """A string that UTF-8 can hold, None for null, "" for blank ones."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadError(where, f'"{name}" is no string')
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(where, f'"{name}" holds half a surrogate pair at {error.start}') from error
    return value if value.strip() else ""
