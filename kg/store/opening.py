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
    file = path / GRAPH_FILE if path.is_dir() else path
    if not file.exists():
        raise StoreError(f"{file}: no graph there; build one with: kg build PATH... -o {path}")
    return Store.read(file)
