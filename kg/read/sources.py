"""Paths -> sources: which files there are, each once, and what each is called.

The result is a function of the set of arguments, and an argument that lies under another one
changes nothing.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.errors import ReadError

LINKS_FILE: Final = "links.toml"  # what people decided, and never a document


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    `path` is how the user would write it, `real` the same with links resolved. `parts` are the
    names from the folder argument down to the file (for a file argument its name alone), and
    `above` the folders over them, the nearest last.
    """

    path: Path
    real: Path
    parts: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def name(self) -> str:
        """What `Header.source` says: relative, with `/`, the same on every machine."""
        return "/".join(map(legible, self.parts))


def legible(part: str) -> str:
    r"""A file name as text that any file can hold: NFC, and bytes that are no UTF-8 spelt out.

    >>> legible("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return unicodedata.normalize("NFC", os.fsencode(part).decode("utf-8", "backslashreplace"))


def reason(error: OSError | ValueError) -> str:
    """Why a path cannot be used, in words.

    >>> reason(FileNotFoundError(2, "No such file or directory"))
    'no such file or folder'
    """
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file or folder"
    return getattr(error, "strerror", None) or str(error)


def collect(
    paths: Iterable[Path | str], extensions: Collection[str]
) -> tuple[list[Source], list[ReadError]]:
    """The files under `paths` that have one of `extensions`, sorted by name, and what is amiss.

    A file that is reached twice keeps the longest of its relative paths. Two files that would
    have the same name get as many of the folders above them as it takes to tell them apart.
    """
    chosen: dict[Path, Source] = {}
    errors: list[ReadError] = []
    for argument in sorted({str(path) for path in paths}):
        for found in _under(argument, extensions):
            if isinstance(found, ReadError):
                errors.append(found)
            else:
                chosen[found.real] = min(found, chosen.get(found.real, found), key=_preference)
    sources = _told_apart(list(chosen.values()))
    return sorted(sources, key=lambda source: (source.name, source.parts)), errors


def _preference(source: Source) -> tuple[int, tuple[str, ...], str]:
    return -len(source.parts), source.parts, str(source.path)


def _under(argument: str, extensions: Collection[str]) -> Iterator[Source | ReadError]:
    """The sources that one argument gives, or the reason why it gives none."""
    path = Path(argument)
    mode = _mode(path) if argument else ReadError("''", "an empty path; give a file or a folder")
    if isinstance(mode, ReadError):
        yield mode
    elif stat.S_ISDIR(mode):
        yield from _in_folder(path, extensions)
    elif path.suffix.lower() not in extensions:
        kind = f"{path.suffix} files" if path.suffix else "files without an extension"
        known = ", ".join(sorted(extensions))
        yield ReadError(argument, f"no reader for {kind}; known extensions: {known}")
    else:
        yield _source(path, mode, (path.name,))


def _in_folder(folder: Path, extensions: Collection[str]) -> Iterator[Source | ReadError]:
    empty = True
    for found in walk(folder):
        if isinstance(found, ReadError):
            empty = False
            yield found
        elif Path(found[-1]).suffix.lower() in extensions and found[-1] != LINKS_FILE:
            empty = False
            path = folder.joinpath(*found)
            yield _source(path, _mode(path), found)
    if empty:
        known = ", ".join(sorted(extensions))
        yield ReadError(str(folder), f"no file to read in the folder; known extensions: {known}")


def walk(folder: Path) -> Iterator[tuple[str, ...] | ReadError]:
    """The relative parts of each file that is not hidden, each real folder visited once.

    Linked folders come last, so that a link never renames what has a place of its own.
    """
    folders: deque[tuple[str, ...]] = deque([()])
    linked: deque[tuple[str, ...]] = deque()
    seen: set[str] = set()
    while folders or linked:
        parts = (folders or linked).popleft()
        here = folder.joinpath(*parts)
        real = os.path.realpath(here)
        if real in seen:
            continue
        seen.add(real)
        try:
            names = sorted(os.listdir(here))
        except OSError as error:
            yield ReadError(str(here), reason(error))
            continue
        for name in names:
            path = here / name
            if name.startswith("."):
                continue
            if not path.is_dir():
                yield (*parts, name)
            else:
                (linked if path.is_symlink() else folders).append((*parts, name))


def _mode(path: Path) -> int | ReadError:
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:
        return ReadError(str(path), reason(error))


def _source(path: Path, mode: int | ReadError, parts: tuple[str, ...]) -> Source | ReadError:
    """The source at `path`; opening a pipe or a device could wait for ever, so they are refused."""
    if isinstance(mode, ReadError):
        return mode
    if not stat.S_ISREG(mode):
        return ReadError(str(path), "neither a file nor a folder; copy its content into a file")
    top = Path(os.path.realpath(path.parents[len(parts) - 1]))
    return Source(path, Path(os.path.realpath(path)), parts, top.parts[1:])


def _told_apart(sources: list[Source]) -> list[Source]:
    """The same sources; those that share a name with another get folders from above."""
    while True:
        shared: defaultdict[str, list[int]] = defaultdict(list)
        for index, source in enumerate(sources):
            shared[source.name].append(index)
        todo = [i for group in shared.values() if len(group) > 1 for i in group if sources[i].above]
        if not todo:
            return sources
        for i in todo:
            *above, folder = sources[i].above
            sources[i] = replace(sources[i], parts=(folder, *sources[i].parts), above=tuple(above))
