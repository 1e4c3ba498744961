"""How far a push has come: a small file, so that one that was cut short goes on where it was."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kg.errors import PushError
from kg.vocab import digest

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """Which push it is, and how many of its chunks the server has taken.

    `graph` is a digest of all that is sent; `begun`: the server was looked at and sending may have begun;
    `by_update` tells the protocol that was found to work.
    """

    target: str
    graph: str
    sent: int = 0
    begun: bool = False
    by_update: bool = False


def state_path(graph: Path, target: str) -> Path:
    """Beside the graph, one a server."""
    name = f".kg-push-{digest(target)}.json"
    return graph / name if graph.is_dir() else graph.with_name(name)


def read_state(path: Path, fresh: Progress) -> Progress:
    """What the file says of this push; `fresh` where it is of another graph or server, or not there.

    Raises PushError for a file that is no state: it may be somebody's.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.pop("kg-push") != VERSION:
            return fresh
        found = Progress(**told)
        sent = int(found.sent)
    except FileNotFoundError:
        return fresh
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PushError(
            f"{path}: no state of a push; move it away or name another --state"
        ) from error
    same = (found.target, found.graph) == (fresh.target, fresh.graph)
    return replace(found, sent=sent) if same else fresh


def write_state(path: Path, progress: Progress) -> None:
    """Write the file, whole or not at all."""
    whole = path.with_name(f"{path.name}.new")
    try:
        whole.write_text(
            json.dumps({"kg-push": VERSION, **asdict(progress)}) + "\n", encoding="utf-8"
        )
        os.replace(whole, path)
    except OSError as error:
        raise PushError(f"{path}: cannot be written: {error.strerror or error}; name another --state") from error  # fmt: skip


def drop_state(path: Path) -> None:
    """Forget: the push is done, or the server holds something else than was sent."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PushError(f"{path}: cannot be removed: {error.strerror or error}") from error
