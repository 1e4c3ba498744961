"""Fit the weights of `kg/extract/score.py` on CaRB dev and BenchIE dev: `make train-score`.

A logistic regression over the named features, L2-regularised, fitted by L-BFGS from zero: no chance in
it. What is right is judged as in `reliability.py`. Each set has an intercept of its own, since each is
harsh in its own way; the intercept that is kept is the one with which the mean score over the gold
documents is the share of statements that a reader accepted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize

from kg.annotate import Annotator
from kg.export.records import line, records
from kg.extract.extractor import extract, propositions
from kg.extract.score import features
from kg.extract.tree import Tree
from kg.pipeline import Pipeline
from kg.read import read

from . import reliability
from .sets import BENCHIE, CARB, GOLD

# Of 70 statements drawn at random from the gold documents, 60 were right when read one by one
# (version 0.1.0). Read again after the extractor has changed much.
ACCEPTED: Final = 60 / 70
# Fewer occurrences than this say nothing; the strength of the penalty is the usual 1.
FEWEST: Final = 20
PENALTY: Final = 1.0
WEIGHTS: Final = Path("kg", "lexicon", "score_weights.tsv")
HEAD: Final = "# Weights of the features of `kg/extract/score.py`: feature, weight. Written by `make train-score`.\n"
Example = tuple[tuple[str, ...], bool, int]


def examples(shared: Path, folder: Path, number: int, name: str, data: Path) -> Iterator[Example]:
    """Features, right or wrong, and the number of the set, for each extraction of one set."""
    source = shared / data / f"{name}-dev.jsonl"
    known = dict(_features([source]))
    result = Pipeline().run([source])
    output = folder / f"{name}.jsonl"
    written = list(records(result.corpus, per_document=True))
    output.write_text("".join(line(each) + "\n" for each in written), encoding="utf-8")
    judged = {"carb": reliability.carb_judged, "benchie": reliability.benchie_judged}[name]
    for item, right in judged(shared, output):
        record = written[item.line - 1]
        for evidence in record["evidence"]:
            found = known.get(_place(evidence))
            if found is not None:
                yield found, right, number
                break


def _features(sources: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    annotator = Annotator()
    for document in read(sources, on_error=lambda error: sys.exit(str(error))):
        annotated = annotator(document)
        tree = Tree(annotated)
        for statement, proposition in zip(extract(annotated), propositions(annotated), strict=True):
            evidence = statement.evidence[0]
            spans = [evidence.subject, *evidence.relation, evidence.object]
            key = json.dumps([evidence.document, *([s.start, s.end] for s in spans)])
            yield key, features(tree, proposition)


def _place(evidence: dict[str, Any]) -> str:
    subject, object_ = evidence["subject"], evidence["object"]
    ends = [subject["start"], subject["end"]], [object_["start"], object_["end"]]
    return json.dumps([evidence["document"], ends[0], *evidence["relation"]["spans"], ends[1]])


def fit(found: Sequence[Example], sets: int) -> dict[str, float]:
    """The weight of each feature; intercepts of the sets are left out."""
    counts = Counter(feature for each, _, _ in found for feature in each)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    column = {name: k for k, name in enumerate(names)}
    table = np.zeros((len(found), len(names) + sets))
    for row, (each, _, number) in enumerate(found):
        table[row, [column[name] for name in each if name in column]] = 1.0
        table[row, len(names) + number] = 1.0
    signs = np.array([1.0 if right else -1.0 for _, right, _ in found])
    penalised = np.array([1.0] * len(names) + [0.0] * sets)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (table @ weights)
        chance = 1.0 / (1.0 + np.exp(margins))
        cost = np.logaddexp(0.0, -margins).sum() + PENALTY / 2 * (penalised * weights**2).sum()
        return float(cost), -(table.T @ (signs * chance)) + PENALTY * penalised * weights

    best = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B")
    return {name: round(float(best.x[k]), 3) for name, k in column.items()}


def intercept(weights: dict[str, float], found: Sequence[tuple[str, ...]]) -> float:
    """The intercept with which the mean score over statements with these features is ACCEPTED."""
    sums = np.array([sum(weights.get(name, 0.0) for name in each) for each in found])
    low, high = -20.0, 20.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        mean = (1.0 / (1.0 + np.exp(-(sums + middle)))).mean()
        low, high = (middle, high) if mean < ACCEPTED else (low, middle)
    return round(low, 3)


def main(shared: Path) -> None:
    """Fit and write the weights."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sets = (("carb", CARB), ("benchie", BENCHIE))
        found = [e for k, (each, data) in enumerate(sets) for e in examples(shared, folder, k, each, data)]  # fmt: skip
        texts = folder / "texts.jsonl"
        documents = [json.loads(p.read_text("utf-8")) for p in sorted((shared / GOLD / "dev").glob("*.json"))]  # fmt: skip
        texts.write_text("".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents))  # fmt: skip
        weights = fit(found, len(sets))
        bias = intercept(weights, [each for _, each in _features([texts])])
    rows = [("bias", bias), *sorted(weights.items())]
    WEIGHTS.write_text(HEAD + "".join(f"{key}\t{value}\n" for key, value in rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
