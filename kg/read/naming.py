"""Sources -> document ids: the stem or the given id, and more of the path where that is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from kg.read.sources import Source, legible

Name = Callable[[Source, str | None], str]


def plain(source: Source, given: str | None) -> str:
    """The id that the source gives, else the file's stem: `notes`."""
    return legible(PurePath(source.parts[-1]).stem) if given is None else given


def placed(source: Source, given: str | None) -> str:
    """The relative path without the extension, and the id: `a--notes`, `a--data--7`."""
    return "--".join([*_folders(source), plain(source, None), *([given] if given else [])])


def typed(source: Source, given: str | None) -> str:
    """The relative path with the extension, and the id: `a--notes-md`, `a--data-jsonl--7`."""
    file = PurePath(source.parts[-1])
    stem = f"{plain(source, None)}-{legible(file.suffix[1:])}"
    return "--".join([*_folders(source), stem, *([given] if given else [])])


def digested(source: Source, given: str | None) -> str:
    """The same with eight hexadecimal digits of the SHA-256 of the relative path's raw names.

    Only needed where names imitate our own (`a--notes-md.txt`); two of n such ids collide with a
    chance of n² / 2³³.
    """
    raw = "\0".join(source.parts).encode("utf-8", "surrogateescape")
    return f"{typed(source, given)}-{sha256(raw).hexdigest()[:8]}"


NAMES: Final[tuple[Name, ...]] = (plain, placed, typed, digested)


def ids(entries: Sequence[tuple[Source, str | None]]) -> list[str]:
    """An id for each entry (a source, and the id it gives or None), all different.

    Entries that share an id all take the next longer name, until none is shared; so the result
    does not depend on the order of the entries.
    """
    ranks = [0] * len(entries)
    while True:
        names = [NAMES[rank](*entry) for rank, entry in zip(ranks, entries, strict=True)]
        count = Counter(names)
        raised = [
            min(rank + (count[name] > 1), len(NAMES) - 1)
            for rank, name in zip(ranks, names, strict=True)
        ]
        if raised == ranks:
            return names
        ranks = raised


def _folders(source: Source) -> list[str]:
    return [legible(part) for part in source.parts[:-1]]
