"""Measure, print, and fail where a figure is under its floor: `python -m tests.quality --help`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import floors, measures, reliability, sets, table

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all floors hold or there is nothing to measure with, 1 where one does not."""
    options = _options(arguments)
    shared = (ROOT / os.environ.get("KG_SHARED", "../shared")).resolve()
    absent = sets.missing(shared)
    if absent:
        say(f"quality: skipped: {absent.name} is not under the folder of gold data; set KG_SHARED")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = measures.figures(sets.run(shared, Path(folder)))
        say(table.laid_out(table.rows(figures, table.peers())))
        say("* another split or set than ours; sources in tests/quality/peers.tsv\n")
        say(table.laid_out(reliability.rows(shared, Path(folder))))
    return _judged(figures, options)


def _judged(figures: Mapping[str, float], options: argparse.Namespace) -> int:
    """Set floors where asked to; then tell those that do not hold."""
    baseline: Mapping[str, Any] = floors.read()
    try:
        for name in options.lower:
            baseline = floors.lowered(figures, baseline, name, options.because)
    except ValueError as error:
        say(f"quality: {error}")
        return 1
    if options.raise_:
        baseline = floors.raised(figures, baseline)
    if options.raise_ or options.lower:
        floors.write(baseline)
    wrong = list(floors.violations(figures, baseline))
    for line in wrong:
        say(f"quality: {line}")
    return 1 if wrong else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--raise", dest="raise_", action="store_true", help="set floors to the present figures where these are better")  # fmt: skip
    parser.add_argument("--lower", metavar="NAME", action="append", default=[], help="lower this floor to the present figure")  # fmt: skip
    parser.add_argument("--because", default="", help="why it is lowered; kept in baseline.json")
    options = parser.parse_args(arguments)
    if options.lower and not options.because.strip():
        parser.error("--lower needs --because")
    return options


def say(words: str) -> None:
    """Print to standard output."""
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
