"""The endpoint under load: many clients at once, endless queries beside short ones, and what a query costs.

    python -m tests.bench.clients [--clients 50] [--seconds 60] [--triples 1000000] [--workers 2] [--file]

The graph is generated: people who know people, with labels. Clients ask short queries one after the other, each on a
connection of its own, as the commonest libraries do. What is reported was seen from outside: of a
client, the time from the connection to the last byte; of the server, what the system says of its processes.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.store import Current, Store, StoreDirectory

BASE: Final = "https://example.org/kg/"
LABEL: Final = "<http://www.w3.org/2000/01/rdf-schema#label>"
A_PERSON: Final = 10  # triples
LIMIT: Final = 3.0  # seconds of an endless query
SHORT: Final = (
    "SELECT * {{ <{person}> ?relation ?other . ?other rdfs:label ?label }}",
    "SELECT ?label {{ <{person}> rel:know/rel:know ?other . ?other rdfs:label ?label }} LIMIT 50",
    "ASK {{ <{person}> rel:know ?other }}",
    "DESCRIBE <{person}>",
)
THREE: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ENDLESS: Final = {
    "cross join, ORDER BY": f"SELECT * {{ {THREE} }} ORDER BY ?a ?e ?i LIMIT 1",
    "cross join, COUNT": f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}",
    "cross join, FILTER": f"SELECT * {{ {THREE} FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = '') }}",
    "cross join, GROUP BY": f"SELECT ?b ?e (COUNT(*) AS ?n) {{ {THREE} }} GROUP BY ?b ?e",
    "path, both ends open": "SELECT (COUNT(*) AS ?n) { ?a rel:know* ?b }",
    "closure of any property": "SELECT (COUNT(*) AS ?n) { ?a !<x:y>+ ?b }",
    "REGEX that backtracks": f"SELECT * {{ {THREE} FILTER(REGEX(CONCAT(STR(?a), STR(?d), STR(?g)), '(a+)+$')) }}",
    "distinct pairs": "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f }",
    "EXISTS of a cross join": "ASK { ?x ?y ?z FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f FILTER(?c = ?x && ?f = ?b) } }",
}  # fmt: skip


def write_graph(file: Path, triples: int) -> int:
    """A graph of about so many triples; how many people it has."""
    dice, people = Random(7), max(10, triples // A_PERSON)
    with file.open("w", encoding="utf-8") as out:
        for number in range(people):
            person = f"<{BASE}entity/P{number}>"
            out.write(f'{person} {LABEL} "Person {number}" .\n')
            for _ in range(A_PERSON - 1):
                out.write(
                    f"{person} <{BASE}relation/know> <{BASE}entity/P{dice.randrange(people)}> .\n"
                )
    return people


def as_store(file: Path, place: Path) -> Path:
    """A store on disk that holds the graph of a file, as a build would leave it."""
    room = StoreDirectory(place)
    with room.writing():
        graph = place / "graphs" / "bench"
        with Store.open(graph) as store:
            store._graph.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES)
            store._graph.flush()
        graph.with_name("bench.lock").touch()
        room.publish(Current("bench", BASE, "{}"), None)
    return place


class Server:
    """`kg serve` as a process, and what the system says of it."""

    def __init__(self, graph: Path, workers: int) -> None:
        command = [sys.executable, "-m", "kg.cli", "serve", str(graph), "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--workers", str(workers)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.host = urlsplit(self.process.stdout.readline().strip()).netloc
        self.peaks: dict[int, int] = {}

    def ask(self, query: str, seconds: float | None = None) -> tuple[int, float]:
        """The status of the answer and the seconds that it took."""
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(self.host, timeout=120)
        limit = "" if seconds is None else f"&timeout={seconds}"
        try:
            connection.request("GET", f"/sparql?query={quote(query)}{limit}")
            reply = connection.getresponse()
            reply.read()
            return reply.status, time.perf_counter() - begun
        finally:
            connection.close()

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]

    def look(self) -> None:
        """Note the most memory that each process held."""
        for pid in [self.process.pid, *self.children()]:
            self.peaks[pid] = max(self.peaks.get(pid, 0), resident(pid))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def resident(pid: int) -> int:
    """MiB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if "VmRSS" in line), 0)


def load(server: Server, clients: int, seconds: float, people: int) -> Iterator[str]:
    """Clients that ask one short query after the other."""
    end, statuses, times = time.monotonic() + seconds, Counter[str](), list[float]()

    def client(number: int) -> None:
        dice = Random(number)
        while time.monotonic() < end:
            person = f"{BASE}entity/P{dice.randrange(people)}"
            try:
                status, took = server.ask(dice.choice(SHORT).format(person=person))
            except OSError as error:
                statuses[type(error).__name__] += 1
                continue
            statuses[str(status)] += 1
            times.append(took)

    before = resident(server.process.pid)
    with ThreadPoolExecutor(clients) as pool:
        asked = [pool.submit(client, number) for number in range(clients)]
        while not all(each.done() for each in asked):
            server.look()
            time.sleep(0.2)
    for each in asked:
        each.result()
    times.sort()
    p50, p95, p99 = (1000 * times[int(part * (len(times) - 1))] for part in (0.5, 0.95, 0.99))
    yield f"{clients} clients, {seconds:g} s: {len(times):,} answers, by status {dict(statuses)}"
    yield f"  p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, worst {1000 * times[-1]:.0f} ms"
    after = resident(server.process.pid)
    yield f"  server: {before} MiB before, {after} MiB after, at most {server.peaks[server.process.pid]} MiB"
    workers = sorted(size for pid, size in server.peaks.items() if pid != server.process.pid)
    yield f"  workers at most {workers} MiB"


def stops(server: Server, people: int) -> Iterator[str]:
    """Endless queries: when they end, and how long another client waits meanwhile."""
    yield f"endless queries, limit {LIMIT:g} s: ended after, status, worst of short queries meanwhile"
    short = SHORT[0].format(person=f"{BASE}entity/P{people // 2}")
    for name, query in ENDLESS.items():
        meanwhile: list[tuple[int, float]] = []
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(server.ask, query, LIMIT)
            while not asked.done():
                meanwhile.append(server.ask(short))
                time.sleep(0.05)
            status, took = asked.result()
        worst = 1000 * max(each[1] for each in meanwhile)
        statuses = dict(Counter(each[0] for each in meanwhile))
        yield f"  {name:26} {took:6.2f} s  {status}  {worst:5.0f} ms  {statuses}"


def overhead(server: Server) -> Iterator[str]:
    """What a query costs that asks for nothing."""
    times = sorted(server.ask("ASK {}")[1] for _ in range(300))
    yield f"ASK {{}}, one client: median {1000 * times[150]:.1f} ms, p95 {1000 * times[285]:.1f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--file", action="store_true", help="serve the N-Triples, not a store on disk"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "graph.nt")
        people = write_graph(file, given.triples)
        graph = file if given.file else as_store(file, Path(folder, "store"))
        begun = time.monotonic()
        server = Server(graph, given.workers)
        try:
            started = time.monotonic() - begun
            say(
                f"{people * A_PERSON:,} triples, {given.workers} workers; ready after {started:.1f} s"
            )
            for lines in (
                overhead(server),
                load(server, given.clients, given.seconds, people),
                stops(server, people),
            ):
                for line in lines:
                    say(line)
        finally:
            server.close()


def say(line: str) -> None:
    """Now, not at the end."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
