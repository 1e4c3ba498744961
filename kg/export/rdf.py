"""A store as files: RDF in the shapes that tools want, and JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.errors import StoreError
from kg.export.links import link_records
from kg.export.records import line, records
from kg.store import Store
from kg.store.files import replaced

FILES: Final = ("facts.ttl", "graph.ttl", "graph.trig", "statements.jsonl", "links.jsonl")


def export(store: Store, directory: Path, files: tuple[str, ...] = FILES) -> tuple[Path, ...]:
    """Write the named files to a directory, made if need be; their paths, in the order asked.

    `statements.jsonl`, `links.jsonl` or a kind of `Store.write`. Each file is written whole or not at all.

    Raises StoreError for an unknown file and for a place that cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{directory}: cannot be made: {error.strerror or error}") from error
    for name in files:
        if name in LINES:
            _write_lines(LINES[name](store), directory / name)
        else:
            store.write(directory / name, name)
    return tuple(directory / name for name in files)


def _statements(store: Store) -> Iterable[Mapping[str, Any]]:
    return records(store.corpus(), store.names)


def _links(store: Store) -> Iterable[Mapping[str, Any]]:
    return link_records(store.links(), store.entities(), store.names)


def _write_lines(given: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write records, a line each; StoreError for a path that cannot be written."""
    try:
        with replaced(path) as whole, whole.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line(each)}\n" for each in given)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


LINES: Final[Mapping[str, Callable[[Store], Iterable[Mapping[str, Any]]]]] = MappingProxyType(
    {"statements.jsonl": _statements, "links.jsonl": _links}
)
