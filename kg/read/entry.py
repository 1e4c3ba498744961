"""What a reader gives: entries, each of which is one document that has not been loaded yet.

A reader is a plain callable, looked up by the file's extension among our own (`formats.READERS`)
and then among the entry points of the group `kg.reader`, whose names are extensions (`.pdf`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError


@dataclass(frozen=True, slots=True)
class Content:
    """A document's text, and what its source says of it.

    `date` is EDTF. Where `title` or `date` is None it is looked for in the text; `source` None is
    the file's own path, relative to the folder it was found under.
    """

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a file: `id` is None where the file's stem names it.

    `load` may raise ReadError or OSError. It is called at most once, when the document's turn has
    come, so that a large corpus is never in memory at once.
    """

    id: str | None
    load: Callable[[], Content]


Reader = Callable[[Path], Iterator[Entry | ReadError]]
