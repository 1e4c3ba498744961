"""One table: our row beside the peers' rows, measure by measure."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from .measures import MEASURES

PEERS: Final = Path(__file__).parent / "peers.tsv"
OURS: Final = "kg"
TITLES: Final = {
    "gold": "gold", "dated": "dated", "said": "said", "carb": "CaRB", "benchie": "BenchIE",
}  # fmt: skip


def peers(path: Path = PEERS) -> dict[str, dict[str, str]]:
    """Figures of each peer by measure, a star at those of another split than ours."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader((x for x in lines if x and x[0] != "#"), delimiter="\t"):
        star = "" if row["split"] == "ours" else "*"
        found.setdefault(row["system"], {})[row["measure"]] = row["value"] + star
    return found


def rows(figures: Mapping[str, float], rivals: Mapping[str, Mapping[str, str]]) -> list[list[str]]:
    """Heads, then a row a measure: ours, and each peer that has a figure for any."""
    names = list(rivals)
    table = [["measure", OURS, *names]]
    for each in MEASURES:
        theirs = [rivals[name].get(each.name, "–") for name in names]
        table.append([f"{TITLES[each.set]} {each.head}", shown(each.name, figures[each.name]), *theirs])  # fmt: skip
    return table


def shown(name: str, value: float) -> str:
    """Open-triple figures in percent, as the literature gives them; counts and shares as they are."""
    kind = name.partition(".")[2]
    if kind == "unexplained":
        return f"{value:.0f}"
    if kind == "extractions":
        return f"{value:.2f}"
    if kind == "words":
        return f"{value:.1f}"
    percent = name.startswith(("carb.", "benchie."))
    return f"{100 * value:.1f}" if percent else f"{value:.3f}"


def laid_out(table: Sequence[Sequence[str]]) -> str:
    """Columns to the width of their widest cell; the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        first, *others = row
        cells = [first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(others, widths[1:], strict=True))]  # fmt: skip
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
