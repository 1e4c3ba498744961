"""Where a graph is: the folder that a build wrote, or one file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.store.directory import StoreDirectory
from kg.store.store import Store

GRAPH_FILE: Final = "graph.trig"
STORE: Final = "store"  # the folder of the store, in the folder that a build writes


def open_graph(graph: Path | str) -> Store:
    """The graph of a build folder, of a store, or of a .trig, .nq or .ttl file, to be read.

    Raises StoreError that says how to build one where there is none.
    """
    path = Path(graph)
    if (room := store_at(path)) is not None:
        return room.open()
    file = _file(path)
    if not file.exists():
        raise StoreError(f"{file}: no graph there; build one with: kg build PATH... -o {path}")
    return Store.read(file)


def store_at(path: Path) -> StoreDirectory | None:
    """The store at a path: a store's own folder, or a build folder that has one; None where there is none."""
    for room in (StoreDirectory(path), StoreDirectory(path / STORE)):
        if room.exists:
            return room
    return None


@contextlib.contextmanager
def texts_of(graph: Path | str) -> Iterator[Callable[[str], str | None]]:
    """The texts of a graph's documents, by id: of a build folder or a store; a file has none."""
    if (room := store_at(Path(graph))) is None:
        yield lambda _: None
    else:
        with room.texts() as texts:
            yield texts


def identity(graph: Path | str) -> tuple[int, ...]:
    """What changes when another build takes the place of a graph; empty where there is none.

    It costs one look at a file and reads nothing.
    """
    path = Path(graph)
    room = store_at(path)
    try:
        told = (room.pointer if room else _file(path)).stat()
    except OSError:
        return ()
    return told.st_mtime_ns, told.st_ino, told.st_size


def _file(path: Path) -> Path:
    return path / GRAPH_FILE if path.is_dir() else path
