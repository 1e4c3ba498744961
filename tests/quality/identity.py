"""Who is who across documents: entities of one `global` id in the gold documents are one node, others are not.

    python -m tests.quality.identity [GOLD] [--errors]

A gold entity of a document is found where an entity of ours has a mention there of one of its names (of its
noun phrases, where it has no name) that no other gold entity of the document shares. All pairs of found ones from
different documents of one cluster of documents are judged; B-cubed is taken over all found ones of a cluster.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from kg.lexicon import words
from kg.model import Corpus, Document, Header
from kg.pipeline import Pipeline, join

_LEADING: Final = words("titles") | {"the", "a", "an", "his", "her", "its", "their", "our", "my"}
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A gold entity of one document, and the node of ours that it was found as."""

    document: str
    name: str
    identity: str
    node: str
    is_named: bool

    @property
    def cluster(self) -> str:
        """The cluster of documents it is from."""
        return self.identity.partition("/")[0]


def key(text: str) -> Key:
    """The words of a name in lower case, without what leads it."""
    bare = re.sub(r"[’']s\b|[’']", "", text.casefold())
    parts = re.findall(r"\w+", bare)
    while len(parts) > 1 and parts[0] in _LEADING:
        parts.pop(0)
    return tuple(parts)


def items(documents: Iterable[Mapping[str, Any]], corpus: Corpus) -> tuple[list[Item], int]:
    """The gold entities with a `global` id that are found, and how many there are."""
    nodes: dict[str, dict[Key, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for entity in corpus.entities:
        for mention in entity.mentions:
            if mention.kind != "pronoun":
                for text in {mention.text, mention.short}:
                    nodes[mention.document][key(text)][entity.id] += 1
    found, known = [], 0
    for document in documents:
        entities = [e for e in document["entities"] if "global" in e]
        held = Counter(k for e in document["entities"] for k in _keys(e))
        for entity in entities:
            known += 1
            votes: Counter[str] = Counter()
            for each in _keys(entity):
                if held[each] == 1:
                    votes.update(nodes[document["id"]][each])
            if votes:
                node = min(votes, key=lambda n: (-votes[n], n))
                named = bool(entity["names"])
                found.append(Item(document["id"], entity["name"], entity["global"], node, named))
    return found, known


def _keys(entity: Mapping[str, Any]) -> set[Key]:
    return {key(text) for text in entity["names"] or entity["nominals"]} - {()}


def pairs(found: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """All pairs from different documents of one cluster."""
    for one, other in combinations(found, 2):
        if one.cluster == other.cluster and one.document != other.document:
            yield one, other


def measured(found: Sequence[Item], known: int) -> dict[str, Any]:
    """Shares in [0, 1]: of pairs, and B-cubed, for named things and for all."""
    named = [each for each in found if each.is_named]
    return {
        "found": len(found) / known if known else 0.0,
        "named": {**_of_pairs(named), "b_cubed": _b_cubed(named)},
        "all": {**_of_pairs(found), "b_cubed": _b_cubed(found)},
    }


def _of_pairs(found: Sequence[Item]) -> dict[str, float]:
    joined = right = same = 0
    for one, other in pairs(found):
        joined += one.node == other.node
        same += one.identity == other.identity
        right += one.node == other.node and one.identity == other.identity
    return {"precision": right / joined if joined else 1.0, "recall": right / same if same else 1.0}


def _b_cubed(found: Sequence[Item]) -> float:
    """The F1 of B-cubed precision and recall (Bagga & Baldwin 1998)."""
    if not found:
        return 1.0
    shares = []
    for mine, theirs in ((_node, _identity), (_identity, _node)):
        sets: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for each in found:
            sets[each.cluster, mine(each)].append(each)
        total = 0.0
        for each in found:
            held = sets[each.cluster, mine(each)]
            total += sum(theirs(o) == theirs(each) for o in held) / len(held)
        shares.append(total / len(found))
    return 2 * shares[0] * shares[1] / sum(shares)


def _node(item: Item) -> str:
    return item.node


def _identity(item: Item) -> str:
    return item.identity


def errors(found: Sequence[Item]) -> Iterator[str]:
    """A line for each pair that is judged wrongly."""
    for one, other in pairs(found):
        if (one.node == other.node) != (one.identity == other.identity):
            what = "split " if one.identity == other.identity else "fused "
            kind = "named" if one.is_named and other.is_named else "noun"
            yield f"{what} {kind}: {one.document}: {one.name!r} [{one.node}]; {other.document}: {other.name!r} [{other.node}]"


def gold(folder: Path) -> list[dict[str, Any]]:
    """The gold documents of a folder."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and with --errors each wrong pair."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.identity", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="?", default=Path("../shared/gold/dev"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    documents = gold(options.gold)
    pipeline = Pipeline()
    headed = (Document(Header(d["id"], d["id"]), d["text"]) for d in documents)
    found, known = items(documents, join(map(pipeline.read_document, headed)))
    if options.errors:
        sys.stdout.write("".join(f"{line}\n" for line in errors(found)))
    sys.stdout.write(json.dumps(measured(found, known), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
