"""The store on generated graphs: load rate, size, memory and the latencies of twelve queries, beside rdflib in memory.

    python -m tests.bench.store [--json FILE] [--rdflib-most QUADS] [QUADS ...]

Everything runs in processes of its own (`tests.bench.asking`), one at a time. `cold` is a query's first run: on disk in a
new process with the store's files out of the system's cache. `fresh` is a text that was not asked before, `again` one that
was, `engine` pyoxigraph alone, without our check of the query and our rows; each the median of up to seven runs. How many
times as long rdflib takes is told of processor time, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.asking import LIMIT, NQUADS, QUERIES, STORE

SIZES: Final = (100_000, 1_000_000, 5_000_000)
RDFLIB_MOST: Final = (
    1_500_000  # quads; it takes 1.2 kB of memory and 30 microseconds of loading for each
)
LONGEST_LOAD: Final = 1_800  # seconds
AT_ITS_LIMIT: Final = (
    4 * LIMIT
)  # seconds for all runs of one query, past which its process is killed

Line = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, write the JSON."""
    options = _options(arguments)
    told = []
    for size in options.sizes or SIZES:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as room:
            told.append(measured(size, Path(room), rdflib=size <= options.rdflib_most))
        for line in report(told[-1]):
            _say(line)
        if options.json:
            options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(size: int, room: Path, *, rdflib: bool) -> dict[str, Any]:
    """Loads by name, and by engine the latencies of each query."""
    loads: dict[str, Line | None] = {"kg on disk": _first("make", room, str(size))}
    loads["engine on disk"] = _first("load-disk", room)
    shutil.rmtree(room / "bulk", ignore_errors=True)
    names = list(json.loads((room / QUERIES).read_text(encoding="utf-8")))
    asked: dict[str, dict[str, Line]] = {"disk": {}}
    for name in names:
        for line in lines("disk", room, name):
            asked["disk"][line["query"]] = line
    for engine in ("memory", *(["rdflib"] if rdflib else [])):
        loads[engine], asked[engine] = _answers(engine, room, names)
    return {
        "size": size,
        "quads": (loads["kg on disk"] or {})["quads"],
        "statements": (loads["kg on disk"] or {})["statements"],
        "disk_mb": _megabytes(room / STORE),
        "nquads_mb": _megabytes(room / NQUADS),
        "loads": loads,
        "queries": names,
        "asked": asked,
    }


def _answers(engine: str, room: Path, names: Sequence[str]) -> tuple[Line | None, dict[str, Line]]:
    """The load and the answers; where a query had to be killed, another process asks the rest."""
    load: Line | None = None
    found: dict[str, Line] = {}
    left = list(names)
    while left:
        for line in lines(engine, room, *left):
            if "query" in line:
                found[line["query"]] = line
            else:
                load = load or line
        killed = [name for name in left if name not in found][:1]
        found |= {name: {"query": name} for name in killed}
        left = [name for name in left if name not in found]
    return load, found


def lines(job: str, room: Path, *arguments: str) -> Iterator[Line]:
    """What a job says, until it ends or is over its time: then it is killed, and what it said is all."""
    command = [sys.executable, "-m", "tests.bench.asking", job, str(room), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        clock = threading.Timer(LONGEST_LOAD, process.kill)
        clock.start()
        try:
            for line in process.stdout:
                clock.cancel()
                yield json.loads(line)
                clock = threading.Timer(AT_ITS_LIMIT, process.kill)
                clock.start()
        finally:
            clock.cancel()
            process.kill()


def _first(job: str, room: Path, *arguments: str) -> Line:
    told = list(lines(job, room, *arguments))
    if not told:
        raise SystemExit(f"{job}: no answer")
    return told[0]


def report(told: dict[str, Any]) -> Iterator[str]:
    """The tables of one size."""
    yield ""
    yield f"{told['quads']:,} triples, {told['statements']:,} statements; on disk {told['disk_mb']:,.0f} MB, as N-Quads {told['nquads_mb']:,.0f} MB"  # fmt: skip
    yield f"{'load':<17}{'seconds':>9}{'triples/s':>11}{'peak MB':>9}"
    for name, load in told["loads"].items():
        if load:
            yield f"{name:<17}{load['seconds']:>9.1f}{load['quads'] / load['seconds']:>11,.0f}{load['peak_mb']:>9,.0f}"  # fmt: skip
    yield f"kg on disk holds the corpus as nouns, too: {told['loads']['kg on disk']['corpus_mb']:,.0f} MB of its peak, and checks, sorts and projects it"  # fmt: skip
    if "rdflib" not in told["asked"]:
        yield f"rdflib is left out: above {RDFLIB_MOST:,} triples it needs gigabytes and minutes to load (--rdflib-most)"
    yield from _latencies(told)


def _latencies(told: dict[str, Any]) -> Iterator[str]:
    disk, memory, rdflib = (
        told["asked"].get(engine, {}) for engine in ("disk", "memory", "rdflib")
    )
    yield f"{'':<24}{'':>6} |{'on disk, ms':^36}|{'in memory, ms':^36}|{'rdflib, ms':^18}|{'rdflib / kg, again (fresh)':^34}"
    four = f"{'cold':>9}{'fresh':>9}{'again':>9}{'engine':>9}"
    yield f"{'query':<24}{'rows':>6} |{four}|{four}|{'cold':>9}{'again':>9}|{'disk':>17}{'memory':>17}"
    ratios: dict[str, list[float]] = {}
    for name in told["queries"]:
        slow, rows = rdflib.get(name, {}), disk.get(name, {}).get("rows")
        row = f"{name:<24}{rows if rows is not None else '-':>6} "
        for line in (disk.get(name, {}), memory.get(name, {})):
            row += "|" + "".join(_ms(line, each) for each in ("cold", "fresh", "again", "engine"))
        row += "|" + (_ms(slow, "cold") + _ms(slow, "again") if slow else " " * 18) + "|"
        for where, line in (("disk", disk.get(name, {})), ("memory", memory.get(name, {}))):
            again, fresh = (_ratio(slow, line, f"{each}_cpu") for each in ("again", "fresh"))
            if again is not None and fresh is not None:
                ratios.setdefault(f"{where}, again", []).append(again)
                ratios.setdefault(f"{where}, fresh", []).append(fresh)
                row += f"{f'{again:,.1f} ({fresh:,.1f})':>17}"
        differing = slow.get("rows") not in (None, rows)
        yield row + (f"  rdflib has {slow['rows']} rows" if differing else "")
    for where, found in ratios.items():
        yield f"rdflib / kg {where}: median {statistics.median(found):.1f}, least {min(found):.1f}, most {max(found):,.0f}"


def _ms(line: Line, key: str) -> str:
    seconds = line.get(key)
    return f"{'>=60000':>9}" if seconds is None else f"{seconds * 1000:>9.2f}"


def _ratio(slow: Line, line: Line, key: str) -> float | None:
    """How many times as long rdflib takes: at least, where it was stopped."""
    ours = line.get(key)
    return (
        None
        if ours is None or not slow
        else (slow.get("again_cpu") or slow.get("least_cpu") or LIMIT) / ours
    )


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store", description=__doc__.splitlines()[0])  # fmt: skip
    parser.add_argument("sizes", nargs="*", type=int, metavar="QUADS", help=f"default: {SIZES}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    parser.add_argument("--rdflib-most", type=int, default=RDFLIB_MOST, metavar="QUADS")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
