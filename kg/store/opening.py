"""Where a graph is: the folder that a build wrote, or one file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.store.store import Store

GRAPH_FILE: Final = "graph.trig"


def open_graph(graph: Path | str) -> Store:
    """The store of a build folder, or of a .trig, .nq or .ttl file.

    Raises StoreError that says how to build one where there is none.
    """
    path = Path(graph)
    file = _file(path)
    if not file.exists():
        raise StoreError(f"{file}: no graph there; build one with: kg build PATH... -o {path}")
    return Store.read(file)


def identity(graph: Path | str) -> tuple[int, ...]:
    """What changes when another build takes the place of a graph; empty where there is none.

    It costs one look at the file and reads nothing.
    """
    try:
        told = _file(Path(graph)).stat()
    except OSError:
        return ()
    return told.st_mtime_ns, told.st_ino, told.st_size


def _file(path: Path) -> Path:
    return path / GRAPH_FILE if path.is_dir() else path
