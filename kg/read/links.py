"""The links files beside documents: which there are, what each is called, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.read.sources import LINKS_FILE, legible, reason, walk


def read_links(paths: Iterable[Path | str]) -> tuple[tuple[str, str], ...]:
    """Name and text of each `links.toml` in and under the given folders and beside the given files, by name.

    Where there are several, a name has as many folders before it as it takes to tell them apart.
    Raises ReadError for one that cannot be read.
    """
    found = {path.resolve() for given in map(Path, paths) for path in _beside(given)}
    length = 1
    while len({path.parts[-length:] for path in found}) < len(found):
        length += 1
    return tuple(sorted(("/".join(map(legible, p.parts[-length:])), read_toml(p)) for p in found))


def _beside(given: Path) -> Iterator[Path]:
    """The links files that belong to a file or folder."""
    if given.is_dir():
        places = (p for p in walk(given) if not isinstance(p, ReadError) and p[-1] == LINKS_FILE)
        yield from (given.joinpath(*parts) for parts in places)
    elif (given.parent / LINKS_FILE).is_file():
        yield given.parent / LINKS_FILE


def read_toml(path: Path) -> str:
    """The text of a TOML file, which is UTF-8; ReadError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(str(path), "not UTF-8, which TOML is to be") from error
    except OSError as error:
        raise ReadError(str(path), reason(error)) from error


def are_links(path: Path | str) -> bool:
    """Whether a path is that of a links file, which is no document."""
    return Path(path).name == LINKS_FILE
