"""What is kept of every document between builds: its header, its text, and what was read off it, by a key.

A SQLite file: what was put is there after a crash, and a transaction that was cut short never was. The key is
whatever decides the reading: the caller makes it, and equal keys mean equal readings.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import StoreError
from kg.model import Document, Header
from kg.store.closing import Closing

_FORMAT: Final = 1  # of the tables; a file of another one is refused
_TABLES: Final = """
CREATE TABLE documents (key TEXT PRIMARY KEY, id TEXT NOT NULL, header TEXT NOT NULL, text BLOB NOT NULL, reading BLOB NOT NULL);
CREATE TABLE corpora (corpus TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (corpus, key)) WITHOUT ROWID;
"""
_WAIT: Final = 60.0  # seconds for another process to finish its transaction; they take milliseconds


class Row(NamedTuple):
    """A kept document: its key, id, and the sizes of text and reading in bytes as they lie on disk."""

    key: str
    id: str
    text_bytes: int
    reading_bytes: int


class Kept(Closing):
    """The documents of a store, and for each corpus that was built of them which ones it holds.

    Raises StoreError wherever the file cannot be opened, read or written: damaged, full disk, foreign.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        with self._told():
            if read_only:
                self._file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)  # fmt: skip
            else:
                self._file = sqlite3.connect(path, timeout=_WAIT)
                self._file.execute("PRAGMA journal_mode = WAL")
                self._file.execute("PRAGMA synchronous = NORMAL")
            self._prepare(read_only)

    def put(self, key: str, document: Document, reading: bytes) -> None:
        """Keep a document and its reading; it is on disk when this returns."""
        header = json.dumps(asdict(document.header), sort_keys=True)
        packed = [zlib.compress(each) for each in (document.text.encode(), reading)]
        with self._told(), self._file:
            row = (key, document.id, header, *packed)
            self._file.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", row)

    def reading(self, key: str) -> bytes | None:
        """The reading of that key, None where there is none."""
        with self._told():
            found = self._file.execute("SELECT reading FROM documents WHERE key = ?", (key,))
            row = found.fetchone()
            return zlib.decompress(row[0]) if row else None

    def has(self, key: str) -> bool:
        """Whether a reading of that key is kept."""
        with self._told():
            found = self._file.execute("SELECT 1 FROM documents WHERE key = ?", (key,))
            return found.fetchone() is not None

    def document(self, key: str) -> Document:
        """The document of that key; StoreError where there is none."""
        with self._told():
            found = self._file.execute("SELECT header, text FROM documents WHERE key = ?", (key,))
            row = found.fetchone()
            if row is None:
                raise StoreError(f"{self.path}: no document is kept under {key}")
            return Document(Header(**json.loads(row[0])), zlib.decompress(row[1]).decode())

    def hold(self, corpus: str, keys: Iterable[str]) -> None:
        """Write down which documents a corpus is made of."""
        with self._told(), self._file:
            self._file.execute("DELETE FROM corpora WHERE corpus = ?", (corpus,))
            rows = ((corpus, key) for key in keys)
            self._file.executemany("INSERT INTO corpora VALUES (?, ?)", rows)

    def keys(self, corpus: str) -> dict[str, str]:
        """The keys of the documents of a corpus, by document id."""
        return {row.id: row.key for row in self.rows(corpus)}

    def rows(self, corpus: str) -> list[Row]:
        """What is kept of each document of a corpus, by document id."""
        query = (
            "SELECT key, id, length(text), length(reading) FROM documents "
            "JOIN corpora USING (key) WHERE corpus = ? ORDER BY id"
        )
        with self._told():
            return [Row(*row) for row in self._file.execute(query, (corpus,))]

    def keep_only(self, corpus: str) -> None:
        """Drop what does not belong to the corpus: documents that are gone or were read anew, other corpora."""
        with self._told(), self._file:
            self._file.execute("DELETE FROM corpora WHERE corpus != ?", (corpus,))
            unheld = "key NOT IN (SELECT key FROM corpora)"
            self._file.execute(f"DELETE FROM documents WHERE {unheld}")

    def count(self) -> int:
        """How many documents are kept, those of unfinished builds included."""
        with self._told():
            return int(self._file.execute("SELECT count(*) FROM documents").fetchone()[0])

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file, a line each."""
        try:
            found = [row[0] for row in self._file.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found

    def copy(self, path: Path) -> None:
        """A copy of the whole file as it is at one moment, whoever writes meanwhile."""
        with self._told(), contextlib.closing(sqlite3.connect(path)) as target:
            self._file.backup(target)

    def close(self) -> None:
        self._file.close()

    def _prepare(self, read_only: bool) -> None:
        """Make the tables of a new file, and see that those of an old one are ours."""
        version = self._file.execute("PRAGMA user_version").fetchone()[0]
        new = not version and not self._file.execute("SELECT 1 FROM sqlite_master").fetchone()
        if new and not read_only:
            with self._file:
                self._file.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT;")  # fmt: skip
        elif version != _FORMAT:
            raise StoreError(
                f"{self.path}: written by another version of kg (format {version}, not {_FORMAT}); "
                "name a new folder with --store and build again"
            )

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Failures of SQLite as one line; a reading that does not unpack is damage, too."""
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            raise StoreError(f"{self.path}: {error}") from error
