"""Builds that are killed at any moment: is the last graph readable and sound, is nothing read twice, is the end that of a quiet build?

    python -m tests.bench.kills [KILLS] [DOCUMENTS] [SEED]

A store of a tenth of the documents is finished first. Then builds of all of them run in processes of their own and are ended
by SIGKILL, each at a moment drawn from the time that the rest of its work takes; after each the graph is opened and checked
as `kg verify` does. Half of the times that all documents are read, a fifth of them get other texts, so that there is work
again; a build that ends before its moment is no kill. At the end one build is finished, and its files and quads are compared with those of a build in another
folder that nobody disturbed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from kg import api
from kg.api import building
from kg.errors import KgError
from kg.model import Document
from kg.pipeline import Pipeline
from kg.store import Kept, StoreDirectory, open_graph

_GIVEN: Final = ("Ann", "Bo", "Clara", "Dana", "Emil", "Frida", "Gus", "Hanna")
_FAMILY: Final = ("Hale", "Marlow", "Sattler", "Vance", "Corbin", "Lindqvist", "Oduya", "Petrov")
_TOLD: Final = ("{a} met {b} in Oslo.", "{a} did not sell the mill to {b}.", "{a} works for {b} Freight.", "{b} said that {a} left Genoa in 1990.", "{a} may buy the ferry from {b}.")  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """How many builds were killed, and how many of them at each stage; reads that failed; documents that were begun
    again after a build had finished them; and whether the end is that of a quiet build.
    """

    kills: int
    stages: tuple[tuple[str, int], ...]
    failed_reads: tuple[str, ...]
    read_twice: tuple[str, ...]
    equal: bool

    @property
    def holds(self) -> bool:
        return not self.failed_reads and not self.read_twice and self.equal


@dataclass(frozen=True)
class Pace:
    """Seconds until the first document, for each document, and from the last one to the end."""

    start: float
    each: float
    end: float

    def of(self, documents: int) -> float:
        return self.start + documents * self.each + self.end


def trial(place: Path, *, kills: int, documents: int, seed: int = 1) -> Outcome:
    """Disturb builds in a folder; see the head of this file."""
    dice = Random(seed)
    folder, out, log = place / "in", place / "out", place / "log"
    folder.mkdir()
    texts = dict(_texts(documents, dice))
    _write(folder, dict(list(texts.items())[: max(documents // 10, 1)]))
    _finish(folder, out, log)
    _write(folder, texts)
    begun = time.time()
    _finish(folder, place / "paced", place / "paced.log")
    pace = _pace(place / "paced.log", begun, time.time())
    stages: Counter[str] = Counter()
    failed: list[str] = []
    while sum(stages.values()) < kills:
        left = documents - len(_finished(log) & _wanted(folder))
        if not left and dice.random() < 0.5:
            left = _change(folder, documents, dice)
        stage = _killed(folder, out, log, after=dice.uniform(0.0, pace.of(left)))
        if stage is None:
            continue
        stages[stage] += 1
        failed += [f"kill {sum(stages.values())}, {stage}: {line}" for line in _faults(out)]
    _finish(folder, out, log)
    _finish(folder, place / "quiet", place / "quiet.log")
    equal = all((out / n).read_bytes() == (place / "quiet" / n).read_bytes() for n in api.BUILD_FILES)  # fmt: skip
    equal = equal and _quads(out) == _quads(place / "quiet")
    return Outcome(sum(stages.values()), tuple(sorted(stages.items())), tuple(failed), _twice(log), equal)  # fmt: skip


def _texts(count: int, dice: Random) -> Iterator[tuple[str, str]]:
    for number in range(count):
        people = [f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}" for _ in range(4)]
        told = (dice.choice(_TOLD).format(a=dice.choice(people), b=dice.choice(people)) for _ in range(6))  # fmt: skip
        yield f"d{number:04}.txt", " ".join(told)


def _change(folder: Path, documents: int, dice: Random) -> int:
    """Give a fifth of the documents other texts; how many."""
    texts = {n: t for n, t in _texts(documents, dice) if dice.random() < 0.2}
    _write(folder, texts)
    return len(texts)


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _wanted(folder: Path) -> set[str]:
    """What the log calls the documents that lie in a folder."""
    return {_mark(each.stem, each.read_text(encoding="utf-8")) for each in folder.iterdir()}


def _mark(id_: str, text: str) -> str:
    """A document as the log calls it: with other words it is another."""
    return f"{id_}/{sha256(text.encode()).hexdigest()[:12]}"


def _start(folder: Path, out: Path, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.kills", "build", str(folder), str(out), str(log)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def _finish(folder: Path, out: Path, log: Path) -> None:
    process = _start(folder, out, log)
    _, told = process.communicate()
    if process.returncode:
        raise AssertionError(told.decode())


def _killed(folder: Path, out: Path, log: Path, *, after: float) -> str | None:
    """The stage at which a build was killed; None where it had ended before."""
    process = _start(folder, out, log)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        lines = log.read_text(encoding="utf-8").splitlines()
        return _stage(lines)
    return None


def _stage(lines: list[str]) -> str:
    """How far the last build of a log had come."""
    last = len(lines) - 1 - next(n for n, line in enumerate(reversed(lines)) if line == "started")
    verbs = {line.partition(" ")[0] for line in lines[last:]}
    for verb, stage in (("exporting", "exporting"), ("publishing", "publishing"), ("joining", "joining"), ("begun", "reading")):  # fmt: skip
        if verb in verbs:
            return stage
    return "starting"


def _pace(log: Path, begun: float, ended: float) -> Pace:
    lines = log.read_text(encoding="utf-8").splitlines()
    told = [line.split() for line in lines if line != "started"]
    first = min(float(at) for verb, *_, at in told if verb == "begun")
    finished = [float(at) for verb, *_, at in told if verb == "finished"]
    return Pace(first - begun, (max(finished) - first) / len(finished), ended - max(finished))


def _faults(out: Path) -> list[str]:
    """Why the graph cannot be read, or what of its promises does not hold."""
    room = StoreDirectory(out / "store")
    try:
        with open_graph(out) as store, room.documents() as kept:
            current = room.current()
            assert current is not None
            keys = kept.keys(current.corpus)
            texts = {id_: kept.document(key).text for id_, key in keys.items()}
            found = list(store.faults(texts.get))
            return found if texts else [*found, "no document is kept"]
    except KgError as error:
        return [str(error)]


def _quads(out: Path) -> bytes:
    target = out.with_name(out.name + ".nq")
    with open_graph(out) as store:
        store.write(target, "graph.nq")
    return target.read_bytes()


def _finished(log: Path) -> set[str]:
    lines = log.read_text(encoding="utf-8").splitlines()
    return {line.split()[1] for line in lines if line.startswith("finished ")}


def _twice(log: Path) -> tuple[str, ...]:
    """Documents that were begun again after they were finished, none having been changed back."""
    finished: set[str] = set()
    twice: set[str] = set()
    for line in log.read_text(encoding="utf-8").splitlines():
        verb, *rest = line.split()
        if verb == "finished":
            finished.add(rest[0])
        elif verb == "begun" and rest[0] in finished:
            twice.add(rest[0])
    return tuple(sorted(twice))


def _build(folder: str, out: str, log: str) -> None:
    """A build that writes down which documents it begins and finishes, and its stages; a finished document is in the store."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def told(verb: str, what: str = "") -> None:
        os.write(handle, f"{verb} {what} {time.time()}\n".encode())

    def telling(verb: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            told(verb)
            return function(*given, **named)

        return call

    read, put = Pipeline.read_document, Kept.put

    def reading(self: Pipeline, document: Document) -> Any:
        told("begun", _mark(document.id, document.text))
        return read(self, document)

    def putting(self: Kept, key: str, document: Document, data: bytes) -> None:
        put(self, key, document, data)
        told("finished", _mark(document.id, document.text))

    Pipeline.read_document, Kept.put = reading, putting  # type: ignore[method-assign]
    Pipeline.join = telling("joining", Pipeline.join)  # type: ignore[method-assign]
    StoreDirectory.publish = telling("publishing", StoreDirectory.publish)  # type: ignore[method-assign]
    building.export = telling("exporting", building.export)  # type: ignore[attr-defined]
    os.write(handle, b"started\n")
    api.build([folder], out)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["build"]:
        _build(*arguments[1:])
        return
    kills, documents, seed = [*map(int, arguments), *(20, 200, 1)[len(arguments) :]]
    with TemporaryDirectory() as place:
        done = trial(Path(place), kills=kills, documents=documents, seed=seed)
    stages = ", ".join(f"{count} {stage}" for stage, count in done.stages)
    told = (
        f"{done.kills} builds of {documents} documents were killed: {stages}",
        f"failed reads: {', '.join(done.failed_reads) or 'none'}",
        f"read twice: {', '.join(done.read_twice) or 'none'}",
        f"the end is that of an undisturbed build: {'yes' if done.equal else 'no'}",
    )
    sys.stdout.writelines(f"{line}\n" for line in told)
    raise SystemExit(0 if done.holds else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
