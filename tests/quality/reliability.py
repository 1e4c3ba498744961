"""Does the score mean what it says? Ten bins of it: the mean score beside the share that is right.

BenchIE calls a record right where its triple is a wording of a gold fact; CaRB where half the words of
its tuple, or more, are those of one gold tuple. Both judge by the modules of the scorers.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from .sets import BENCHIE, CARB

BINS: Final = 10
PRECISE: Final = (
    0.5  # share of a tuple's words; what carb_score.py --errors lists as wrong is below
)
Label = tuple[float, bool]


def benchie_judged(shared: Path, output: Path) -> Iterator[tuple[Any, bool]]:
    """The tuple and whether it is right, for each piece of evidence in the records of BenchIE's sentences."""
    scorer = _module(shared / BENCHIE / "benchie_score.py")
    gold, _ = scorer.read_gold(shared / BENCHIE / "benchie-dev-gold.txt")
    for item in _tuples(scorer, output):
        synsets = gold.get(item.document.removeprefix(scorer.PREFIX))
        if synsets is not None:
            _, wrong = scorer.sentence_result(synsets, scorer.triples_of(item, qualifiers=False))
            yield item, not wrong


def carb_judged(shared: Path, output: Path) -> Iterator[tuple[Any, bool]]:
    """The tuple and whether it is right, for each piece of evidence in the records of CaRB's sentences."""
    scorer = _module(shared / CARB / "carb_score.py")
    gold, _ = scorer.read_gold(shared / CARB / "carb-dev.tsv")
    texts = _module(shared / "bench" / "records.py").read_texts(shared / CARB / "carb-dev.jsonl")
    for item in _tuples(scorer, output):
        facts = gold.get(scorer.sentence_key(texts[item.document]))
        if facts is not None:
            arguments = [item.subject, item.object, *item.qualifiers]
            said = scorer.Tuple(item.relation, arguments, item.score)
            yield item, max(scorer.compare(fact, said)[0] for fact in facts) >= PRECISE


def bins(labels: Iterable[Label]) -> list[tuple[int, float, float]]:
    """Count, mean score and share right of each tenth of the scores; the last takes in 1.

    >>> bins([(0.95, True), (1.0, False)])[-1]
    (2, 0.975, 0.5)
    """
    found: list[list[Label]] = [[] for _ in range(BINS)]
    for score, right in labels:
        found[min(int(score * BINS), BINS - 1)].append((score, right))
    return [_summary(each) for each in found]


def rows(shared: Path, folder: Path) -> list[tuple[str, ...]]:
    """The table, heads first: each bin with count, mean and share right on both sets."""
    both = (
        bins(_labels(benchie_judged(shared, folder / "benchie.jsonl"))),
        bins(_labels(carb_judged(shared, folder / "carb.jsonl"))),
    )
    heads = ("score", "BenchIE: records", "mean", "right", "CaRB: records", "mean", "right")
    table = [heads]
    for k, (one, other) in enumerate(zip(*both, strict=True)):
        table.append((f"{k / BINS:.1f}-{(k + 1) / BINS:.1f}", *_cells(one), *_cells(other)))
    return table


def _labels(judged: Iterable[tuple[Any, bool]]) -> Iterator[Label]:
    return ((item.score, right) for item, right in judged)


def _summary(labels: Sequence[Label]) -> tuple[int, float, float]:
    count = len(labels)
    if not count:
        return 0, 0.0, 0.0
    return count, sum(score for score, _ in labels) / count, sum(right for _, right in labels) / count  # fmt: skip


def _cells(summary: tuple[int, float, float]) -> tuple[str, ...]:
    count, mean, right = summary
    return (str(count), f"{mean:.2f}", f"{right:.2f}") if count else ("0", "–", "–")


def _tuples(scorer: ModuleType, output: Path) -> Iterable[Any]:
    """A tuple for each record, not only for each wording: equal ones count once, the best score."""
    return scorer.all_surface_tuples(str(output))


def _module(path: Path) -> ModuleType:
    """A scorer as a module, by its path; nothing is written beside it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"quality: {path}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    sys.modules.setdefault(path.stem, module)
    spec.loader.exec_module(module)
    return module
