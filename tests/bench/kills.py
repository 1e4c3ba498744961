"""Builds that are killed at any moment: is the last graph readable, is nothing read twice, is the end that of a quiet build?

    python -m tests.bench.kills [KILLS] [DOCUMENTS] [SEED]

A store of a tenth of the documents is finished first. Then builds of all of them run in processes of their own and are
ended by SIGKILL, each at a moment drawn from the time that a whole build takes; after each the graph is read and must be
the former one or the new one. At the end one build is finished, and its files and quads are compared with those of a
build in another folder that nobody disturbed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from kg import api
from kg.errors import KgError
from kg.model import Document
from kg.pipeline import Pipeline
from kg.store import Kept, open_graph

_GIVEN: Final = ("Ann", "Bo", "Clara", "Dana", "Emil", "Frida", "Gus", "Hanna")
_FAMILY: Final = ("Hale", "Marlow", "Sattler", "Vance", "Corbin", "Lindqvist", "Oduya", "Petrov")
_TOLD: Final = ("{a} met {b} in Oslo.", "{a} did not sell the mill to {b}.", "{a} works for {b} Freight.", "{b} said that {a} left Genoa in 1990.", "{a} may buy the ferry from {b}.")  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """`kills` that hit a running build of `tried`, reads that failed, ids that were read twice although a build had
    finished them, and whether the end is that of a quiet build.
    """

    tried: int
    kills: int
    failed_reads: tuple[str, ...]
    read_twice: tuple[str, ...]
    equal: bool
    whole: float

    @property
    def holds(self) -> bool:
        return not self.failed_reads and not self.read_twice and self.equal


def trial(place: Path, *, kills: int, documents: int, seed: int = 1) -> Outcome:
    """Disturb builds in a folder; see the head of this file."""
    dice = Random(seed)
    folder = place / "in"
    folder.mkdir()
    texts = list(_texts(documents, dice))
    first = max(documents // 10, 1)
    _write(folder, texts[:first])
    out, log = place / "out", place / "log"
    _finish(folder, out, log)
    started = time.monotonic()
    _write(folder, texts)
    _finish(folder, place / "quiet", place / "quiet.log")
    whole = time.monotonic() - started
    states = {_size(out), _size(place / "quiet")}
    failed: list[str] = []
    hit = 0
    for number in range(kills):
        hit += _killed(folder, out, log, after=dice.uniform(0.0, whole))
        try:
            if (size := _size(out)) not in states:
                failed.append(f"kill {number}: {size} quads")
        except KgError as error:
            failed.append(f"kill {number}: {error}")
    _finish(folder, out, log)
    equal = all((out / n).read_bytes() == (place / "quiet" / n).read_bytes() for n in api.BUILD_FILES)  # fmt: skip
    return Outcome(kills, hit, tuple(failed), _twice(log), equal and _quads(out) == _quads(place / "quiet"), whole)  # fmt: skip


def _texts(count: int, dice: Random) -> Iterator[tuple[str, str]]:
    for number in range(count):
        people = [f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}" for _ in range(4)]
        told = (dice.choice(_TOLD).format(a=dice.choice(people), b=dice.choice(people)) for _ in range(6))  # fmt: skip
        yield f"d{number:04}.txt", " ".join(told)


def _write(folder: Path, texts: list[tuple[str, str]]) -> None:
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8")


def _start(folder: Path, out: Path, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.kills", "build", str(folder), str(out), str(log)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def _finish(folder: Path, out: Path, log: Path) -> None:
    process = _start(folder, out, log)
    _, told = process.communicate()
    if process.returncode:
        raise AssertionError(told.decode())


def _killed(folder: Path, out: Path, log: Path, *, after: float) -> bool:
    """Whether the build was still running when it was killed."""
    process = _start(folder, out, log)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    return False


def _size(out: Path) -> int:
    with open_graph(out) as store:
        return len(store)


def _quads(out: Path) -> bytes:
    target = out.with_name(out.name + ".nq")
    with open_graph(out) as store:
        store.write(target, "graph.nq")
    return target.read_bytes()


def _twice(log: Path) -> tuple[str, ...]:
    """Documents that were begun again after they were finished."""
    finished: set[str] = set()
    twice: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8").splitlines():
        verb, _, id_ = line.partition(" ")
        if verb == "finished":
            finished.add(id_)
        elif id_ in finished:
            twice[id_] += 1
    return tuple(sorted(twice))


def _build(folder: str, out: str, log: str) -> None:
    """A build that writes down which documents it begins and finishes; a finished one is in the store."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    pipeline, kept = Pipeline, Kept
    read, put = pipeline.read_document, kept.put

    def reading(self: Pipeline, document: Document) -> object:
        os.write(handle, f"begun {document.id}\n".encode())
        return read(self, document)

    def putting(self: Kept, key: str, document: Document, data: bytes) -> None:
        put(self, key, document, data)
        os.write(handle, f"finished {document.id}\n".encode())

    pipeline.read_document, kept.put = reading, putting  # type: ignore[method-assign,assignment]
    api.build([folder], out)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["build"]:
        _build(*arguments[1:])
        return
    kills, documents, seed = [*map(int, arguments), *(20, 200, 1)[len(arguments) :]]
    with TemporaryDirectory() as place:
        done = trial(Path(place), kills=kills, documents=documents, seed=seed)
    told = (
        f"{done.kills} of {done.tried} builds of {documents} documents were killed ({done.whole:.1f} s undisturbed)",
        f"failed reads: {', '.join(done.failed_reads) or 'none'}",
        f"read twice: {', '.join(done.read_twice) or 'none'}",
        f"the end is that of an undisturbed build: {'yes' if done.equal else 'no'}",
    )
    sys.stdout.writelines(f"{line}\n" for line in told)
    raise SystemExit(0 if done.holds else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
