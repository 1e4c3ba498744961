"""A store on disk: documents with what was read off them, and the graph that the last finished build made.

```
DIR/lock               held by the one process that writes
DIR/documents.sqlite   every document: header, text, reading (kg/store/kept.py)
DIR/graphs/ID/         the graph of a corpus, complete and never changed again
DIR/graphs/ID.lock     shared by those who read that graph
DIR/current            which graph is the present one, and the record of its build
```

A graph is made beside the present one under another name, and `current` names it once it is whole: a build
that is killed anywhere leaves the last complete graph in place. Readers hold on to the graph they opened; it
is removed when the last of them has gone and a build comes by.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError
from kg.model import Corpus
from kg.store.kept import Kept
from kg.store.locks import exclusive, shared, unread
from kg.store.store import Store
from kg.vocab import Namespaces

_FORMAT: Final = 1  # of `current` and the layout
_TRIES: Final = (
    20  # to open the present graph while builds replace it; each is another finished build
)
_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Current:
    """The present graph: the id of its corpus, the base of its IRIs, and a line of JSON that its builder keeps with it."""

    corpus: str
    base: str
    record: str


class StoreDirectory:
    """The place of a store. Nothing is made before `writing`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._graphs = path / "graphs"
        self._documents = path / "documents.sqlite"
        self.pointer = (
            path / "current"
        )  # the file that is replaced when another graph is the present one

    @property
    def exists(self) -> bool:
        """Whether there is a store, finished or begun."""
        return self._documents.is_file()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Kept]:
        """Be the one who writes, and have what is kept of the documents.

        Raises StoreError where another process writes, or where the folder holds something else.
        """
        made = self._make()
        with exclusive(self.path / "lock"):
            self._sweep()
            with Kept(self._documents) as kept:
                try:
                    yield kept
                except BaseException:
                    if made and self.current() is None and not kept.count():
                        self._unmake(made)
                    raise

    def documents(self) -> Kept:
        """What is kept of the documents, to be read; StoreError where there is no store."""
        self._require()
        return Kept(self._documents, read_only=True)

    @contextlib.contextmanager
    def texts(self) -> Iterator[Callable[[str], str | None]]:
        """The texts of the documents of the present graph, by id; None for one that it has not."""
        with self.documents() as kept:
            current = self.current()
            keys = kept.keys(current.corpus) if current else {}
            yield lambda id_: kept.document(keys[id_]).text if id_ in keys else None

    def current(self) -> Current | None:
        """The present graph, None before the first build is finished."""
        try:
            told = json.loads((self.pointer).read_text(encoding="utf-8"))
            version = told.pop("format")
            if version == _FORMAT:
                return Current(**told)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise StoreError(f"{self.pointer}: damaged; build again") from error
        raise StoreError(f"{self.path}: written by another version of kg; build it again elsewhere")

    def publish(self, current: Current, corpus: Corpus | None) -> None:
        """Make the graph of a corpus the present one; for the one who writes. None: it is that already.

        StoreError, on a full disk for one, leaves the former graph in place.
        """
        if self.current() == current:
            return
        graph = self._graphs / current.corpus
        with _told(graph):
            if corpus is not None and not graph.exists():
                part = graph.with_name(graph.name + _PART)
                with Store.open(part, Namespaces(current.base)) as store:
                    store.load(corpus)
                graph.with_name(graph.name + ".lock").touch()
                part.rename(graph)
                _sync(self._graphs)
            _replace(self.pointer, _text(current))
        self._sweep()

    def open(self, names: Namespaces | None = None) -> Store:
        """The present graph, to be read, also while a build goes on; StoreError before there is one."""
        current, guard = self._hold()
        return Store.open(self._graphs / current.corpus, names, read_only=True, guard=guard)

    def _hold(self) -> tuple[Current, IO[str]]:
        """The present graph, and the lock that keeps it from being removed."""
        for _ in range(_TRIES):
            current = self.current()
            if current is None:
                self._require()
                raise StoreError(f"{self.path}: no build of this store was finished yet; build again")  # fmt: skip
            guard = shared(self._graphs / f"{current.corpus}.lock")
            if guard is not None:
                if (self._graphs / current.corpus).is_dir():
                    return current, guard
                guard.close()
        raise StoreError(f"{self.path}: its graph is missing; build again")

    def size(self) -> tuple[int, int]:
        """Bytes on disk of the documents and of the present graph."""
        current = self.current()
        graph = self._graphs / current.corpus if current else self._graphs / "none"
        files = (each for each in graph.rglob("*") if each.is_file())
        kept = self.path.glob(f"{self._documents.name}*")
        return sum(each.stat().st_size for each in kept), sum(each.stat().st_size for each in files)

    def backup(self, target: Path, change: Callable[[Current], Current]) -> None:
        """A copy of documents and present graph in a new folder, itself a store; whole or not at all.

        `change` gives the record of the copy.

        Raises StoreError where the target exists or cannot be written.
        """
        if target.exists():
            raise StoreError(f"{target}: exists; a backup goes to a new folder")
        if self.path.resolve() in target.resolve().parents:
            raise StoreError(f"{target}: lies in the store itself; a backup goes elsewhere")
        copy = StoreDirectory(target.with_name(target.name + _PART))
        with _told(target):
            shutil.rmtree(copy.path, ignore_errors=True)
            copy._graphs.mkdir(parents=True)
            current, guard = self._copy_documents(copy._documents)
            with guard:
                graph = copy._graphs / current.corpus
                shutil.copytree(self._graphs / current.corpus, graph)
            graph.with_name(graph.name + ".lock").touch()
            _replace(copy.pointer, _text(change(current)))
            copy.path.rename(target)

    def _copy_documents(self, path: Path) -> tuple[Current, IO[str]]:
        """Copy what is kept of the documents of the present graph, and hold that graph.

        A build that is finished meanwhile drops documents: then both are taken again.
        """
        for _ in range(_TRIES):
            current, guard = self._hold()
            with self.documents() as kept:
                kept.copy(path)
            if self.current() == current:
                return current, guard
            guard.close()
        raise StoreError(f"{self.path}: builds replace the store faster than it can be copied")

    def _make(self) -> list[Path]:
        """Make the folders; which had to be made, outermost first."""
        with _told(self.path):
            if self.path.is_dir() and not self.exists and any(self._strangers()):
                raise StoreError(f"{self.path}: holds other files and no store; name a new folder")
            above = [each for each in reversed(self._graphs.parents) if not each.exists()]
            self._graphs.mkdir(parents=True, exist_ok=True)
            return above

    def _unmake(self, made: list[Path]) -> None:
        """Leave no trace of a store that nothing was put in."""
        shutil.rmtree(self.path, ignore_errors=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()

    def _strangers(self) -> Iterator[Path]:
        """Files of a folder that no build that was killed at once would have left there."""
        ours = {"lock", "graphs", self._documents.name}
        return (each for each in self.path.iterdir() if each.name.removesuffix("-journal") not in ours)  # fmt: skip

    def _require(self) -> None:
        if not self.exists:
            raise StoreError(f"{self.path}: no store there; make one with: kg build PATH... --store {self.path}")  # fmt: skip

    def _sweep(self) -> None:
        """Remove graphs that are unfinished or of former builds, but for those that somebody reads."""
        current = self.current()
        for graph in sorted(each for each in self._graphs.iterdir() if each.is_dir()):
            if graph.suffix == _PART:
                shutil.rmtree(graph, ignore_errors=True)
            elif current is None or graph.name != current.corpus:
                lock = graph.with_name(graph.name + ".lock")
                with unread(lock) as free:
                    if free:
                        shutil.rmtree(graph, ignore_errors=True)
                        lock.unlink(missing_ok=True)


def _text(current: Current) -> str:
    return json.dumps({"format": _FORMAT, **asdict(current)})


def _replace(path: Path, text: str) -> None:
    """Write a small file so that it is the old or the new one, also after the power was cut."""
    part = path.with_name(path.name + _PART)
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    if os.name == "posix":  # elsewhere folders cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error
