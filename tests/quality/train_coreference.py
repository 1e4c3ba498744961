"""Fit the two models of coreference on the training documents of GUM: `make train-coreference`.

One chooses for noun phrases (`kg/resolve/nominals.py`), one for pronouns (`kg/resolve/pronouns.py`). The
probability that a mention chooses any mention of the right thing is made large, L2-regularised, by L-BFGS
from zero: no chance in it. What comes earlier is joined as the gold has it. A gold mention and ours are one
where the head of ours starts inside the head of the gold one.

With `--check` nothing is written: each of five folds of the training documents, and then the development
documents, are resolved with weights fitted on the other training documents, and the scorer of the gold
data says how well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.annotate import Annotator, referring
from kg.extract import extract
from kg.model import AnnotatedDocument, Link, Mention
from kg.read import read
from kg.resolve import ends_of
from kg.resolve.clusters import Clusters
from kg.resolve.document import document_links, noun_links, sure_links
from kg.resolve.nominals import Nominals
from kg.resolve.pronouns import Chooser
from kg.resolve.ranking import Weights

ENTITIES: Final = Path("bench", "entities")
# Fewer occurrences than this say nothing. On five folds penalties from 3 to 10 differ by less than .01 of any figure.
FEWEST: Final = 20
PENALTY: Final = 8.0
# Weights nearer to nothing than this are left out.
LEAST: Final = 0.02
WEIGHTS: Final = {"phrase_weights.tsv": "phrases", "pronoun_weights.tsv": "pairs"}
HEAD: Final = (
    "# Weights of the features of `kg/resolve/{}.py`: feature, weight. Written by `make train-coreference`.\n"
    "# Fitted on the coreference annotation of GUM (Zeldes 2017, doi:10.1007/s10579-016-9343-x), CC BY 4.0.\n"
)
FOLDS: Final = 5
# A document and the gold entity of each of its mentions.
Annotated = tuple[AnnotatedDocument, Mapping[str, str]]
# The features of standing for nothing and of each candidate, and the numbers of those that are right.
Example = tuple[list[list[str]], list[int]]


def gold_entities(gold: Mapping[str, Any], annotated: AnnotatedDocument) -> dict[str, str]:
    """The gold entity of each of our mentions that has one."""
    heads: dict[int, str] = {}
    for mention in sorted(gold["mentions"], key=lambda m: (m["end"] - m["start"], m["start"])):
        heads.update(dict.fromkeys(range(*mention["head"]), mention["entity"]))
    starts = {m.id: annotated.tokens[m.head].span.start for m in annotated.mentions}
    return {i: heads[start] for i, start in starts.items() if start in heads}


def pronoun_examples(
    annotated: AnnotatedDocument, entities: Mapping[str, str], phrases: Weights
) -> Iterator[Example]:
    """One example a pronoun, in reading order; `phrases` are the weights for noun phrases."""
    syntax, clusters, _ = noun_links(annotated, phrases)
    chooser = Chooser(syntax, annotated.mentions, clusters)
    for mention in annotated.mentions:
        wanted = chooser.wanted(mention)
        if not wanted or mention.kind != "pronoun" or chooser.pairs.is_empty(mention):
            continue
        found = chooser.candidates(mention, wanted)
        right = _right(mention, found, entities)
        features = chooser.features(mention, wanted, found)
        yield [chooser.grouped(wanted, each) for each in features], right
        if right != [0]:
            before = clusters.root(found[right[0] - 1].id)
            clusters.join(Link(found[right[0] - 1].id, mention.id, "same", 1.0, "gold"))
            chooser.pairs.learn(before, mention, wanted)


def phrase_examples(annotated: AnnotatedDocument, entities: Mapping[str, str]) -> Iterator[Example]:
    """One example a noun phrase that no sieve joins and that has candidates, in reading order."""
    syntax, clusters, _ = sure_links(annotated)
    nominals = Nominals(syntax, annotated.mentions, clusters)
    for mention in annotated.mentions:
        found = nominals.candidates(mention) if nominals.asks(mention) else []
        if found:
            right = _right(mention, found, entities)
            group = nominals.phrases.determiner(mention)
            features = nominals.phrases.features(mention, found)
            yield [nominals.grouped(group, each) for each in features], right
            before = clusters.root(found[right[0] - 1].id)
            link = Link(found[right[0] - 1].id, mention.id, "same", 1.0, "gold")
            if right != [0] and clusters.join(link):
                nominals.phrases.gather(before, mention)
        nominals.note(mention)


def _right(mention: Mention, found: Sequence[Mention], entities: Mapping[str, str]) -> list[int]:
    """The numbers of the candidates, from 1, that are the same thing; 0 alone where none is."""
    entity = entities.get(mention.id)
    return [k for k, m in enumerate(found, 1) if entity and entities.get(m.id) == entity] or [0]


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


def as_resolved(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """The document with the mentions that a run resolves."""
    return referring(annotated, {end for s in extract(annotated) for end in ends_of(s)})


def fitted(documents: Sequence[Annotated]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights for noun phrases, and those for pronouns, which build on them."""
    phrases = fit([e for document in documents for e in phrase_examples(*document)])
    found = [e for annotated, told in documents for e in pronoun_examples(annotated, told, phrases)]
    return phrases, fit(found)


def resolved(annotated: AnnotatedDocument, weights: tuple[Weights, Weights]) -> dict[str, Any]:
    """The mentions of a document with their clusters, as the scorer reads them."""
    clusters = Clusters()
    for link in document_links(annotated, *weights):
        clusters.join(link)
    mentions = [
        {"start": m.extent.start, "end": m.extent.end, "type": m.type, "kind": m.kind, "entity": clusters.root(m.id)}
        for m in annotated.mentions
    ]  # fmt: skip
    return {"id": annotated.document.id, "mentions": mentions}


def check(documents: Mapping[str, Annotated], splits: Mapping[str, str], shared: Path) -> None:
    """Print what the scorer says of documents that the weights were not fitted on."""
    train = sorted(i for i in documents if splits[i] == "train")
    parts = [
        (train[k::FOLDS], [i for i in train if i not in train[k::FOLDS]]) for k in range(FOLDS)
    ]
    parts.append((sorted(set(documents) - set(train)), train))
    found: list[dict[str, Any]] = []
    for held_out, others in parts:
        weights = fitted([documents[i] for i in others])
        found += [resolved(documents[i][0], weights) for i in held_out]
    with TemporaryDirectory() as folder:
        for split in ("train", "dev"):
            file = Path(folder, f"{split}.jsonl")
            file.write_text("".join(f"{json.dumps(each)}\n" for each in found if splits[each["id"]] == split))  # fmt: skip
            scorer = shared / ENTITIES / "entity_score.py"
            sys.stdout.write(f"{split}, resolved with weights fitted on other documents\n")
            sys.stdout.flush()
            subprocess.run([sys.executable, str(scorer), str(file), "--split", split], check=True)


def main(shared: Path, *, checked: bool) -> None:
    """Fit and write the weights, or check them."""
    lines = (shared / ENTITIES / "gum-dev-gold.jsonl").read_text("utf-8").splitlines()
    gold = {document["id"]: document for document in map(json.loads, lines)}
    annotator = Annotator()
    texts = read([shared / ENTITIES / "gum-dev.jsonl"], on_error=lambda e: sys.exit(str(e)))
    annotated = {document.id: as_resolved(annotator(document)) for document in texts}
    documents = {i: (each, gold_entities(gold[i], each)) for i, each in annotated.items()}
    splits = {i: gold[i]["split"] for i in documents}
    if checked:
        check(documents, splits, shared)
        return
    fits = fitted([documents[i] for i in documents if splits[i] == "train"])
    for (file, features), weights in zip(WEIGHTS.items(), fits, strict=True):
        text = HEAD.format(features) + "".join(f"{n}\t{w}\n" for n, w in sorted(weights.items()))
        Path("kg", "lexicon", file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), checked="--check" in sys.argv[2:])
