"""A store as files: RDF in the shapes that tools want, and JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.export.records import line, records
from kg.store import Store
from kg.store.files import replaced

FILES: Final = ("facts.ttl", "graph.ttl", "graph.trig", "statements.jsonl")


def export(store: Store, directory: Path, files: tuple[str, ...] = FILES) -> tuple[Path, ...]:
    """Write the named files to a directory, made if need be; their paths, in the order asked.

    `statements.jsonl` or a kind of `Store.write`. Each file is written whole or not at all.

    Raises StoreError for an unknown file and for a place that cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{directory}: cannot be made: {error.strerror or error}") from error
    for name in files:
        if name == "statements.jsonl":
            write_records(store, directory / name)
        else:
            store.write(directory / name, name)
    return tuple(directory / name for name in files)


def write_records(store: Store, path: Path) -> None:
    """Write the statement records, a line each; StoreError for a path that cannot be written."""
    try:
        with replaced(path) as whole, whole.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line(each)}\n" for each in records(store.corpus(), store.names))
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
