"""Fit the weights of `kg/resolve/pronouns.py` on the training documents of GUM: `make train-pronouns`.

The probability that a pronoun chooses any mention of the right thing is made large, L2-regularised, by
L-BFGS from zero: no chance in it. Earlier pronouns are joined as the gold has them. A gold mention and
ours are one where the head of ours starts inside the head of the gold one. `--check` measures instead of writing:
five folds of the training documents.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.annotate import Annotator
from kg.model import AnnotatedDocument, Link
from kg.read import read
from kg.resolve.document import noun_links
from kg.resolve.pronouns import Chooser

ENTITIES: Final = Path("bench", "entities")
# Fewer occurrences than this say nothing. The penalty is the best of 1, 3 and 10 on five folds.
FEWEST: Final = 20
PENALTY: Final = 3.0
# Weights nearer to nothing than this are left out.
LEAST: Final = 0.02
WEIGHTS: Final = Path("kg", "lexicon", "pronoun_weights.tsv")
HEAD: Final = (
    "# Weights of the features of `kg/resolve/pairs.py`: feature, weight. Written by `make train-pronouns`.\n"
    "# Fitted on the coreference annotation of GUM (Zeldes 2017, doi:10.1007/s10579-016-9343-x), CC BY 4.0.\n"
)
# The features of standing for nothing and of each candidate, and the numbers of those that are right.
Example = tuple[list[list[str]], list[int]]


def gold_entities(gold: Mapping[str, Any], annotated: AnnotatedDocument) -> dict[str, str]:
    """The gold entity of each of our mentions that has one."""
    heads: dict[int, str] = {}
    for mention in sorted(gold["mentions"], key=lambda m: (m["end"] - m["start"], m["start"])):
        heads.update(dict.fromkeys(range(*mention["head"]), mention["entity"]))
    starts = {m.id: annotated.tokens[m.head].span.start for m in annotated.mentions}
    return {i: heads[start] for i, start in starts.items() if start in heads}


def examples(annotated: AnnotatedDocument, entities: Mapping[str, str]) -> Iterator[Example]:
    """One example a pronoun, in reading order."""
    syntax, clusters, _ = noun_links(annotated)
    chooser = Chooser(syntax, annotated.mentions, clusters)
    for mention in annotated.mentions:
        wanted = chooser.wanted(mention)
        if not wanted or mention.kind != "pronoun":
            continue
        found = chooser.candidates(mention, wanted)
        features = list(chooser.features(mention, wanted, found))
        entity = entities.get(mention.id)
        right = [k for k, m in enumerate(found, 1) if entity and entities.get(m.id) == entity]
        yield features, right or [0]
        if right:
            before = clusters.root(found[right[0] - 1].id)
            clusters.join(Link(found[right[0] - 1].id, mention.id, "same", 1.0, "gold"))
            chooser.pairs.learn(before, mention, wanted)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The weight of each feature."""
    counts = Counter(f for features, _ in found for each in features for f in each)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    column = {name: k for k, name in enumerate(names)}
    rows = [each for features, _ in found for each in features]
    places = [[column[name] for name in each if name in column] for each in rows]
    ends = np.cumsum([0, *map(len, places)])
    flat = [k for each in places for k in each]
    table = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))
    starts = np.cumsum([0, *(len(features) for features, _ in found)])[:-1]
    owner = np.repeat(np.arange(len(found)), [len(features) for features, _ in found])
    right = np.zeros(len(rows))
    for start, (_, numbers) in zip(starts, found, strict=True):
        right[start + np.array(numbers)] = 1.0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        chances = np.exp(sums - np.maximum.reduceat(sums, starts)[owner])
        total = np.add.reduceat(chances, starts)
        good = np.add.reduceat(chances * right, starts)
        slope = table.T @ (chances * right / good[owner] - chances / total[owner])
        cost = -np.log(good / total).sum() + PENALTY / 2 * (weights @ weights)
        return float(cost), PENALTY * weights - slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(best[k]), 3) for name, k in column.items()}
    return {name: weight for name, weight in weights.items() if abs(weight) >= LEAST}


def main(shared: Path) -> None:
    """Fit and write the weights."""
    lines = (shared / ENTITIES / "gum-dev-gold.jsonl").read_text("utf-8").splitlines()
    gold = {document["id"]: document for document in map(json.loads, lines)}
    annotator = Annotator()
    found: list[Example] = []
    for document in read(
        [shared / ENTITIES / "gum-dev.jsonl"], on_error=lambda e: sys.exit(str(e))
    ):
        if gold[document.id]["split"] == "train":
            annotated = annotator(document)
            found += examples(annotated, gold_entities(gold[document.id], annotated))
    weights = fit(found)
    text = HEAD + "".join(f"{name}\t{weight}\n" for name, weight in sorted(weights.items()))
    WEIGHTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
