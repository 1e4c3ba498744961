"""The network view on generated graphs: seconds to build the page, its bytes, and how it feels in headless Chromium.

    python -m tests.bench.view [--json FILE] [--shape SHAPE] [--pictures FOLDER] [NODES ...]

Everything runs in processes of its own, one at a time: `build` makes the page of a graph from `tests.bench.network`,
`tests.bench.viewing` opens it. `screen` is from navigation to the first frame with pixels and names, the median and the worst of
five fresh contexts; `frames` a second and the longest gap between two are counted while the mouse drags the picture for three
seconds; `drawn` is how often a second the canvas was drawn anew, which the mouse's steps bound. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.network import SHAPES, generated

SIZES: Final = (300, 3_000, 10_000)
LONGEST: Final = 900  # seconds for one process

Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the JSON."""
    options = _options(arguments)
    shapes = options.shape or ["groups"]
    if options.build:
        figures = built((options.sizes or SIZES)[0], shapes[0], options.build)
        sys.stdout.write(json.dumps(figures) + "\n")
        return 0
    told: list[Figures] = []
    for shape in shapes:
        for size in options.sizes or SIZES:
            with tempfile.TemporaryDirectory(prefix="kg-bench-") as room:
                told.append(measured(size, shape, Path(room), options.pictures))
            for line in report(told[-1]):
                _say(line)
            if options.json:
                options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(size: int, shape: str, room: Path, pictures: Path | None) -> Figures:
    """One graph: built in one process, looked at in another."""
    page = room / "graph.html"
    build = _asked("tests.bench.view", "--build", str(page), "--shape", shape, str(size))
    more = []
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        more = ["--picture", str(pictures / f"{shape.replace(' ', '_')}_{size}.png")]
    return {**build, **_asked("tests.bench.viewing", str(page), *more)}


def built(size: int, shape: str, path: Path) -> Figures:
    """Write the page of a generated graph; seconds, bytes and megabytes of the process at its peak."""
    from kg.export.view import view, write_view

    told = generated(size, shape)
    begun = time.perf_counter()
    page = view(told.records, told.headers, title=f"{size:,} entities", texts=told.texts.get)
    seconds = time.perf_counter() - begun
    write_view(path, page)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"shape": shape, "nodes": size, "records": len(told.records), "documents": len(told.headers), "text_mb": sum(map(len, told.texts.values())) / 1e6, "build": seconds, "build_peak_mb": peak, "bytes": path.stat().st_size}  # fmt: skip


def report(told: Figures) -> Iterator[str]:
    """The lines of one graph."""
    counts, closer = told["counts"], told["closer_counts"]
    yield ""
    yield f"{told['shape']}: {counts['allEntities']:,} entities, {counts['allStatements']:,} statements, {told['documents']:,} documents of {told['text_mb']:.1f} MB"  # fmt: skip
    yield f"  build {told['build']:.1f} s (peak {told['build_peak_mb']:,.0f} MB), file {told['bytes'] / 1e6:.2f} MB, heap {told['heap_mb']:.0f} MB"  # fmt: skip
    yield f"  first screen {_median(told['screens']):,.0f} ms, worst {max(told['screens']):,.0f}; {counts['entities']:,} entities and {counts['statements']:,} statements in it, {told['names']:,} names written"  # fmt: skip
    for name, pan, shown in (("overview", told["overview"], counts), ("closer", told["closer"], closer)):  # fmt: skip
        yield f"  pan {name:<9}{pan['frames']:>5.0f} frames/s, {pan['drawn']:.0f} drawn/s, longest gap {pan['gap_ms']:,.0f} ms, on release {pan['released_gap_ms']:,.0f} ms ({shown['entities']:,} entities, {shown['edges']:,} lines)"  # fmt: skip
    yield f"  zoom {told['zooming']['times']:.1f} times: longest gap {told['zooming']['gap_ms']:,.0f} ms"
    yield f"  click to panel {_median(told['clicks']):,.0f} ms, worst {max(told['clicks']):,.0f}; filter {_median(told['filters']):,.0f} ms, worst {max(told['filters']):,.0f}"  # fmt: skip


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _asked(module: str, *arguments: str) -> Figures:
    """What a process of its own says."""
    command = [sys.executable, "-m", module, *arguments]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True, timeout=LONGEST)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command[1:])}: ended with {ran.returncode}")
    found: Figures = json.loads(ran.stdout)
    return found


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.view", description=__doc__.splitlines()[0])  # fmt: skip
    parser.add_argument("sizes", nargs="*", type=int, metavar="NODES", help=f"default: {SIZES}")
    parser.add_argument("--shape", action="append", choices=list(SHAPES), help="default: groups; may be given again")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="keep each first screen as PNG")  # fmt: skip
    parser.add_argument(
        "--build",
        type=Path,
        metavar="PAGE",
        help="only write the page of the first size and shape there",
    )
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
