"""The jobs of the bench of the store, each in a process of its own: its peak of memory is its own, and it can be stopped.

    python -m tests.bench.asking JOB ROOM [ARGUMENT ...]

Each prints lines of JSON. A room is a directory that the job `make` fills.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.store import Store
from kg.vocab import Namespaces
from tests.bench.graph import generated
from tests.bench.queries import a_statement, typical

LIMIT: Final = 60  # seconds; a run of a query that takes longer is told as that
REPEATS: Final = 7
NQUADS: Final = "graph.nq"
STORE: Final = "store"
QUERIES: Final = "queries.json"


def make(room: Path, quads: str) -> None:
    """Generate a corpus, load it into a store on disk as users do, and leave it as N-Quads, too."""
    corpus, known = generated(int(quads))
    before = _peak()
    with Store.open(room / STORE) as store:
        started = time.perf_counter()
        store.load(corpus)
        seconds = time.perf_counter() - started
        _say(
            quads=len(store),
            statements=len(corpus.statements),
            seconds=seconds,
            corpus_mb=before,
            **_end(),
        )
        asked = typical(known, a_statement(store, known))
        (room / QUERIES).write_text(json.dumps(asked), encoding="utf-8")
        store._graph.dump(str(room / NQUADS), ox.RdfFormat.N_QUADS)


def load_disk(room: Path) -> None:
    """The engine's bulk loader alone, from N-Quads to a directory."""
    graph = ox.Store(str(room / "bulk"))
    started = time.perf_counter()
    graph.bulk_load(path=str(room / NQUADS), format=ox.RdfFormat.N_QUADS)
    seconds = time.perf_counter() - started
    _say(quads=len(graph), seconds=seconds, **_end())


def ask_disk(room: Path, *names: str) -> None:
    """Queries to the store on disk, opened read-only, its files out of the system's cache before."""
    for file in (room / STORE).iterdir():
        _forget(file)
    with Store.open(room / STORE, read_only=True) as store:
        _ask_store(store, room, names)


def ask_memory(room: Path, *names: str) -> None:
    started = time.perf_counter()
    with Store.read(room / NQUADS) as store:
        seconds = time.perf_counter() - started
        _say(quads=len(store), seconds=seconds, **_end())
        _ask_store(store, room, names)


def ask_rdflib(room: Path, *names: str) -> None:
    """The same quads in rdflib's own memory store."""
    import rdflib

    data = rdflib.Dataset(default_union=False)
    started = time.perf_counter()
    data.parse(room / NQUADS, format="nquads")
    seconds = time.perf_counter() - started
    _say(quads=sum(1 for _ in data.quads()), seconds=seconds, **_end())
    prefixes = dict(Namespaces().prefixes)
    for name, text in _chosen(room, names):

        def ask(text: str = text) -> int:
            return len(list(data.query(text, initNs=prefixes)))

        _say(query=name, **_timed(ask))


def _ask_store(store: Store, room: Path, names: tuple[str, ...]) -> None:
    """As users see it: a text asked before (`again`), a text never asked (`fresh`); and the engine alone."""
    prefixes = dict(store.names.prefixes)
    for name, text in _chosen(room, names):
        number = iter(range(10**6))

        def again(text: str = text) -> int:
            return len(store.query(text).rows)

        def fresh(text: str = text, number: Iterator[int] = number) -> int:
            return len(store.query(f"{text}\n# {next(number)}").rows)

        def engine(text: str = text) -> int:
            return sum(1 for _ in store._graph.query(text, prefixes=prefixes))  # type: ignore[union-attr]

        told = _timed(again)
        if told["rows"] is not None:
            for label, ask in (("fresh", fresh), ("engine", engine)):
                other = _timed(ask)
                told |= {label: other["again"], f"{label}_cpu": other["again_cpu"]}
        _say(query=name, **told)


def _timed(ask: Callable[[], int]) -> dict[str, Any]:
    """Seconds of the first run and the median of the others, or of the first where there is time for no other.

    `again` is by the clock on the wall, `again_cpu` by that of the processor, which neighbours on the machine
    disturb less: a query runs in one thread, so that the two are the same on a machine that does nothing else.
    """
    walls: list[float] = []
    cpus: list[float] = []
    rows = 0
    while len(walls) <= REPEATS and sum(walls) < LIMIT:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            with _deadline(LIMIT):
                rows = ask()
        except TimeoutError:
            least = time.process_time() - cpu
            return {
                "cold": None,
                "again": None,
                "again_cpu": None,
                "least_cpu": least,
                "rows": None,
            }
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    again, again_cpu = (statistics.median(each[1:] or each) for each in (walls, cpus))
    return {"cold": walls[0], "again": again, "again_cpu": again_cpu, "rows": rows}


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    """TimeoutError in Python code; native code is stopped by whoever started the process."""

    def over(signal_: int, frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _chosen(room: Path, names: tuple[str, ...]) -> list[tuple[str, str]]:
    asked = json.loads((room / QUERIES).read_text(encoding="utf-8"))
    return [(name, asked[name]) for name in names or asked]


def _forget(file: Path) -> None:
    """Ask the system to drop a file from its cache, where it can."""
    if file.is_file() and hasattr(os, "posix_fadvise"):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _end() -> dict[str, float]:
    return {"peak_mb": _peak()}


def _say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


JOBS: Final[dict[str, Callable[..., None]]] = {
    "make": make,
    "load-disk": load_disk,
    "disk": ask_disk,
    "memory": ask_memory,
    "rdflib": ask_rdflib,
}

if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
