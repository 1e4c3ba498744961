"""The readers we bring, by extension."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.read.encoding import decode
from kg.read.entry import Content, Entry, Reader
from kg.read.markdown import parse
from kg.read.records import read_records


def read_text(path: Path) -> Iterator[Entry | ReadError]:
    """Plain text: one document, its text exactly as decoded."""
    yield Entry(None, partial(_text, path))


def read_markdown(path: Path) -> Iterator[Entry | ReadError]:
    """Markdown: one document, its markup blanked so that offsets stay those of the file."""
    yield Entry(None, partial(_markdown, path))


READERS: Final[dict[str, Reader]] = {
    ".jsonl": read_records,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".txt": read_text,
}


def extensions() -> frozenset[str]:
    """Every extension that somebody reads: our own and the installed entry points'.

    >>> sorted(extensions() & {".txt", ".md", ".jsonl"})
    ['.jsonl', '.md', '.txt']
    """
    return frozenset({*READERS, *(point.name for point in entry_points(group="kg.reader"))})


def _text(path: Path) -> Content:
    return Content(decode(path.read_bytes(), str(path)))


def _markdown(path: Path) -> Content:
    content = parse(decode(path.read_bytes(), str(path)))
    if not content.text.strip():
        raise ReadError(str(path), "empty; it holds no text besides markup and code")
    return content
