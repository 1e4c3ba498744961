"""The gold sets: what kg reads of each, and what the scorer of each says of the outcome.

The data and the scorers lie in a folder beside the repository (KG_SHARED) and are never written to.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.export.records import line, records
from kg.pipeline import Pipeline

from . import identity

GOLD: Final = Path("gold")
CARB: Final = Path("bench", "carb")
BENCHIE: Final = Path("bench", "benchie")
FACTUALITY: Final = Path("bench", "factuality")


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set: `prepare` gives what kg reads; `scorer` and its arguments; the output goes after them."""

    name: str
    prepare: Callable[[Path, Path], Path]
    scorer: Path
    arguments: tuple[Path, ...] = ()


def _texts(shared: Path, folder: Path) -> Path:
    """The gold documents as plain text: a document's date is what the text says of it."""
    texts = folder / "texts"
    _called(shared / GOLD / "score.py", shared / GOLD / "dev", "--write-texts", texts)
    return texts


def _dated(shared: Path, folder: Path) -> Path:
    """The gold documents with their dates, which relative expressions need."""
    documents = [json.loads(p.read_text("utf-8")) for p in sorted((shared / GOLD / "dev").glob("*.json"))]  # fmt: skip
    rows = [{key: each[key] for key in ("id", "text", "date") if key in each} for each in documents]
    path = folder / "dated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _file(path: Path) -> Callable[[Path, Path], Path]:
    return lambda shared, folder: shared / path


SETS: Final = (
    GoldSet("gold", _texts, GOLD / "score.py", (GOLD / "dev",)),
    GoldSet("dated", _dated, GOLD / "score.py", (GOLD / "dev",)),
    GoldSet("carb", _file(CARB / "carb-dev.jsonl"), CARB / "carb_score.py"),
    GoldSet("benchie", _file(BENCHIE / "benchie-dev.jsonl"), BENCHIE / "benchie_score.py"),
    GoldSet("said", _file(FACTUALITY / "said-dev.jsonl"), FACTUALITY / "factuality_score.py"),
)  # fmt: skip


def missing(shared: Path) -> Path | None:
    """The first thing a measurement needs that is not there."""
    needed = [path for each in SETS for path in (each.scorer, *each.arguments)]
    needed += [CARB / "carb-dev.jsonl", BENCHIE / "benchie-dev.jsonl", FACTUALITY / "said-dev.jsonl"]  # fmt: skip
    return next((shared / path for path in needed if not (shared / path).exists()), None)


def run(shared: Path, folder: Path) -> Mapping[str, Any]:
    """What the scorer of each set says; the records are left in the folder as SET.jsonl."""
    pipeline = Pipeline()
    said = {}
    for each in SETS:
        result = pipeline.run([each.prepare(shared, folder)])
        out = folder / f"{each.name}.jsonl"
        found = records(result.corpus, per_document=True)
        out.write_text("".join(line(record) + "\n" for record in found), encoding="utf-8")
        arguments = [shared / path for path in each.arguments]
        said[each.name] = json.loads(_called(shared / each.scorer, *arguments, out, "--json"))
        if each.scorer == GOLD / "score.py":
            held = identity.items(identity.gold(shared / GOLD / "dev"), result.corpus)
            said[each.name]["identity"] = identity.measured(*held)
        said[each.name]["sentences_without_reason"] = sum(
            not account.statements and not account.reason for account in result.ledger
        )
    return said


def _called(script: Path, *arguments: Path | str) -> str:
    """What a scorer prints. One that fails stops the measurement with its own words."""
    command = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"quality: {script.name} failed: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout
