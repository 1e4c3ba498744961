"""Fit the weights of the signs that tell the type of a name: `make train-types`.

    python -m tests.quality.train_types SHARED [--check]

The gold types are those of GUM's train documents. `--check` prints how many names get a right type from weights fitted on
other documents (five folds), on GUM's dev documents, and at the ends of KnowledgeNet's properties: who was born is a person,
where is a place. Nothing is fitted on KnowledgeNet, whose licence is share-alike (CC BY-SA 4.0): it tells whether settings hold
for other texts than GUM's.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.annotate import Annotator
from kg.annotate.kinds import FITTED, Kinds, Signs, Words, likeliest, weights_of
from kg.model import Document, EntityType
from kg.read import read

GUM: Final = Path("bench", "entities")
NET: Final = Path("bench", "relations")
WEIGHTS: Final = Path("kg", "lexicon", "type_weights.tsv")
HEAD: Final = (
    "# Weights of the signs of names (`kg/annotate/kinds.py`): sign, type, weight. Written by `make train-types`.\n"
    "# Fitted on the entity types of GUM's train documents (Zeldes 2017, doi:10.1007/s10579-016-9343-x), CC BY 4.0; no text\n"
    "# of theirs is here.\n"
)
# Signs in fewer documents say nothing. Fewest from 3 to 8 with penalties from 2.5 to 5 differ by less than .007 on five folds and
# less than .002 on KnowledgeNet; stronger penalties lose on GUM what they do not gain there.
FEWEST: Final = 5
PENALTY: Final = 2.5
# A name said n times in a document counts n to this power: neither once nor as often as it is said.
OFTEN: Final = 0.5
LEAST: Final = 0.05
FOLDS: Final = 5
TYPE_OF: Final[dict[str, EntityType]] = {"person": "Person", "organization": "Organization", "place": "Place", "event": "Event"}  # fmt: skip
# What the scorer of GUM's names takes for right.
RIGHT: Final = {
    "Person": {"Person", "Group"}, "Organization": {"Organization"}, "Place": {"Place"}, "Event": {"Event"},
    "Thing": {"Thing", "CreativeWork", "Product", "Group"}, "Group": {"Person", "Group"},
}  # fmt: skip
BODIES: Final = frozenset({"CEO", "FOUNDED_BY", "HEADQUARTERS", "SUBSIDIARY_OF", "DATE_FOUNDED"})
OBJECTS: Final[dict[str, EntityType]] = {
    **dict.fromkeys(("PLACE_OF_BIRTH", "PLACE_OF_RESIDENCE", "HEADQUARTERS"), "Place"),
    **dict.fromkeys(("EDUCATED_AT", "EMPLOYEE_OR_MEMBER_OF", "POLITICAL_AFFILIATION", "SUBSIDIARY_OF"), "Organization"),
    **dict.fromkeys(("CEO", "FOUNDED_BY", "SPOUSE", "CHILD_OF"), "Person"),
}  # fmt: skip
Weights = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Example:
    """A place of a name with a gold type."""

    document: str
    words: Words
    signs: Signs
    type: EntityType


def placed(annotator: Annotator, document: Document) -> tuple[dict[tuple[int, int], Words], dict[Words, Signs]]:  # fmt: skip
    """The words of the names by their spans in the text, and their signs."""
    seen: list[tuple[Kinds, list[tuple[int, int]]]] = []
    signs_of = Kinds.signs

    def noted(kinds: Kinds, spans: Iterable[tuple[int, int]]) -> dict[Words, Signs]:
        seen.append((kinds, list(spans)))
        return signs_of(kinds, seen[-1][1])

    Kinds.signs = noted  # type: ignore[method-assign]
    try:
        annotator(document)
    finally:
        Kinds.signs = signs_of  # type: ignore[method-assign]
    kinds, spans = seen[-1]
    tokens = kinds.tokens
    at = {
        (tokens[a].span.start, tokens[b - 1].span.end): tuple(t.text for t in tokens[a:b])
        for a, b in spans
    }
    return at, kinds.signs(spans)


def gum_examples(gold: Mapping[str, Any], at: Mapping[tuple[int, int], Words], signs: Mapping[Words, Signs]) -> Iterator[Example]:  # fmt: skip
    """One example a name of ours that holds the head of a gold name and lies in it: the longest gold name that fits."""
    names = [m for m in gold["mentions"] if m["kind"] == "name" and m["type"] != "time"]
    for (start, end), words in sorted(at.items()):
        around = [
            m for m in names
            if m["start"] <= start and end <= m["end"] and start <= m["head"][0] and m["head"][1] <= end
        ]  # fmt: skip
        if around:
            nearest = min(around, key=lambda m: m["end"] - m["start"])
            told = TYPE_OF.get(nearest["type"], "Thing")
            yield Example(gold["id"], words, signs[words], _grouped(told, signs[words]))


def _grouped(told: EntityType, signs: Signs) -> EntityType:
    """GUM has no type for groups: nations, names in the plural, and the authors of a citation are such."""
    if told not in {"Person", "Thing"}:
        return told
    nation = signs.get("name NORP", 0) > 0.5
    several = bool({"and", "et al", "comma inside"} & signs.keys())
    cited = bool({"comma and year behind", "year in brackets behind"} & signs.keys())
    plural = signs.get("plural", 0) > 0.5
    if nation or (told == "Person" and (plural or several)) or (several and cited):
        return "Group"
    return told


def net_examples(gold: Mapping[str, Any], at: Mapping[tuple[int, int], Words], signs: Mapping[Words, Signs]) -> Iterator[Example]:  # fmt: skip
    """One example an end of a property that is a name of ours, and each type that it has."""
    told: set[tuple[tuple[int, int], EntityType]] = set()
    for passage in gold["passages"]:
        for fact in passage["facts"]:
            kind = fact["property"]
            told.add((tuple(fact["subject"]), "Organization" if kind in BODIES else "Person"))
            if kind in OBJECTS:
                told.add((tuple(fact["object"]), OBJECTS[kind]))
    for span, kind in sorted(told):
        if span in at:
            words = at[span]
            yield Example(gold["id"], words, signs[words], kind)


def fit(found: Sequence[Example]) -> dict[tuple[str, str], float]:
    """The weight of each sign for each type: a multinomial logistic regression that starts from the priors."""
    documents: dict[str, set[str]] = defaultdict(set)
    for example in found:
        for sign in example.signs:
            documents[sign].add(example.document)
    started = {sign for sign, kind in weights_of("type_priors") if kind in FITTED}
    often = {sign for sign, ids in documents.items() if len(ids) >= FEWEST}
    names = sorted(often | started)
    column = {name: k for k, name in enumerate(names)}
    cells = [(i, column[s], v) for i, e in enumerate(found) for s, v in e.signs.items() if s in column]  # fmt: skip
    rows, columns, values = zip(*cells, strict=True)
    table = csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))
    prior = np.array([[weights_of("type_priors").get((n, t), 0.0) for t in FITTED] for n in names])
    right = np.array([[t == e.type for t in FITTED] for e in found], float)
    counts = Counter((e.document, e.words) for e in found)
    share = np.array([counts[e.document, e.words] ** -OFTEN for e in found])

    def loss(moved: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ (moved.reshape(prior.shape) + prior)
        chances = np.exp(sums - sums.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        cost = -(share * np.log((chances * right).sum(1))).sum() + PENALTY / 2 * (moved @ moved)
        slope = table.T @ ((chances - right) * share[:, None])
        return float(cost), slope.ravel() + PENALTY * moved

    best = minimize(loss, np.zeros(prior.size), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x  # fmt: skip
    weights = best.reshape(prior.shape) + prior
    return {
        (name, kind): round(float(weights[i, j]), 2)
        for i, name in enumerate(names)
        for j, kind in enumerate(FITTED)
        if abs(weights[i, j]) >= LEAST
    }


def rate(found: Sequence[Example], weights: Weights) -> int:
    """How many names get a right type."""
    return sum(likeliest(e.signs, weights) in RIGHT[e.type] for e in found)


def check(train: Sequence[Example], dev: Sequence[Example], net: Sequence[Example]) -> None:
    """Print the share of right types on names that the weights were not fitted on."""
    folds = {d: k % FOLDS for k, d in enumerate(sorted({e.document for e in train}))}
    hits = 0
    for k in range(FOLDS):
        weights = fit([e for e in train if folds[e.document] != k])
        hits += rate([e for e in train if folds[e.document] == k], weights)
    weights = fit(train)
    figures = {"GUM train, five folds": (hits, train), "GUM dev": (rate(dev, weights), dev), "KnowledgeNet": (rate(net, weights), net)}  # fmt: skip
    for name, (right, found) in figures.items():
        sys.stdout.write(f"{name}: {right / len(found):.4f} of {len(found)}\n")


def main(shared: Path, *, checked: bool) -> None:
    """Fit and write the weights, or check them."""
    annotator = Annotator()

    def examples(texts: Path, golds: Path, read_gold: Any) -> Iterator[tuple[str, list[Example]]]:
        lines = (shared / golds).read_text("utf-8").splitlines()
        gold = {each["id"]: each for each in map(json.loads, lines)}
        for document in read([shared / texts], on_error=lambda e: sys.exit(str(e))):
            each = gold[document.id]
            yield each.get("split", ""), list(read_gold(each, *placed(annotator, document)))

    gum = list(examples(GUM / "gum-dev.jsonl", GUM / "gum-dev-gold.jsonl", gum_examples))
    train = [e for split, each in gum if split == "train" for e in each]
    dev = [e for split, each in gum if split != "train" for e in each]
    if checked:
        net = [e for _, each in examples(NET / "knowledgenet-dev.jsonl", NET / "knowledgenet-dev-gold.jsonl", net_examples) for e in each]  # fmt: skip
        check(train, dev, net)
        return
    weights = fit(train)
    lines = (f"{sign}\t{kind}\t{weight}\n" for (sign, kind), weight in sorted(weights.items()))
    WEIGHTS.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), checked="--check" in sys.argv[2:])
