"""A generated graph as statement records with their documents: seeded, any size, in one of several shapes.

`groups` is what `kg` makes of a body of documents: most statements inside groups of uneven size, foremost entities with far
more of them than others, small groups by themselves, every status, a twelfth of the objects literals, a tenth of the
statements told twice. The others are what pictures of graphs break on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from random import Random
from typing import Any, Final

from kg.lexicon import rows, words
from kg.model import ENTITY_TYPES, Header
from kg.vocab import Namespaces, slug

A_NODE: Final = 2.5  # statements
A_DOCUMENT: Final = 40  # statements
GROUP: Final = 60  # entities, at most; the smallest are of two
ALONE: Final = 0.06  # of the groups that nothing leads out of
ABROAD: Final = 0.12  # of the statements that lead from one group to anywhere
ITSELF: Final = 0.1  # of the statements that would be of one entity and itself
LITERALS: Final = 1 / 12
TWICE: Final = 0.1
STATUSES: Final = {"asserted": 66, "denied": 10, "possible": 12, "claimed": 10, "asked": 2}
CUES: Final = {"denied": ("negation", "not"), "possible": ("hedge", "may"), "asked": ("question", "whether"), "claimed": ("report", "said")}  # fmt: skip
LONG: Final = 200  # letters of a label in the shape of that name
_TYPES: Final = ("Person",) * 5 + ("Organization",) * 2 + ("Place",) * 2 + ENTITY_TYPES[3:]

Ends = tuple[int, int]
Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What `kg.export.view.view` takes; `texts` by document."""

    records: list[Row] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def generated(nodes: int, shape: str = "groups", seed: int = 5) -> Told:
    """A graph of about that many entities; the known shapes are in SHAPES."""
    dice = Random(seed)
    ends = list(SHAPES[shape](dice, nodes))
    return _Press(dice, nodes, LONG if shape == "long labels" else 0).printed(ends)


# -- shapes: who is linked to whom -----------------------------------------------------------------


def _groups(dice: Random, nodes: int) -> Iterator[Ends]:
    """Every entity once, then at random: in its own group most of the time, the foremost far more often."""
    blocks: list[tuple[range, bool]] = []
    while sum(len(block) for block, _ in blocks) < nodes:
        begun = sum(len(block) for block, _ in blocks)
        alone = dice.random() < ALONE
        size = dice.randint(2, 5) if alone else round(GROUP * dice.random() ** 1.5) + 4
        blocks.append((range(begun, min(nodes, begun + size)), alone))
    of = [place for place, (block, _) in enumerate(blocks) for _ in block]
    open_ = [node for node in range(nodes) if not blocks[of[node]][1]]
    shares = list(accumulate(1 / (rank + 8) for rank in range(len(open_))))
    dice.shuffle(open_)
    for turn in range(int(nodes * A_NODE)):
        left = turn if turn < nodes else dice.choices(open_, cum_weights=shares)[0]
        block, alone = blocks[of[left]]
        if len(block) == 1 or (not alone and dice.random() < ABROAD):
            right = dice.choices(open_, cum_weights=shares)[0]
        else:
            right = block[int(len(block) * dice.random() ** 2)]
        if right == left and dice.random() > ITSELF:
            right = (
                (left + 1) % nodes
                if len(block) == 1
                else block[(block.index(left) + 1) % len(block)]
            )
        yield (left, right) if dice.random() < 0.5 else (right, left)


def _hub(dice: Random, nodes: int) -> Iterator[Ends]:
    yield from ((0, other) for other in range(1, nodes))
    yield from ((dice.randrange(1, nodes), 0) for _ in range(int(nodes * (A_NODE - 1))))


def _pairs(dice: Random, nodes: int) -> Iterator[Ends]:
    yield from ((left, left + 1) for left in range(0, nodes - 1, 2))


def _chain(dice: Random, nodes: int) -> Iterator[Ends]:
    yield from ((left, left + 1) for left in range(nodes - 1))


def _knot(dice: Random, nodes: int) -> Iterator[Ends]:
    """Two hundred with two statements for each other entity between them, in the mass of the others."""
    middle = nodes // 50
    for _ in range(2 * nodes):
        yield dice.randrange(middle), dice.randrange(middle)
    for node in range(middle, nodes):
        yield node, dice.randrange(node // 2, node)


SHAPES: Final[dict[str, Callable[[Random, int], Iterator[Ends]]]] = {
    "groups": _groups, "hub": _hub, "pairs": _pairs, "chain": _chain, "knot": _knot, "long labels": _groups,
}  # fmt: skip


# -- words: what documents say of them -------------------------------------------------------------


class _Press:
    """Prints statements into documents, with sentences between them that say nothing."""

    def __init__(self, dice: Random, nodes: int, longest: int) -> None:
        self._dice = dice
        self._names = Namespaces().prefixes
        self._given = [row[0].title() for row in rows("first_names")]
        self._surnames = sorted(each.title() for each in words("common_surnames"))
        self._relations = sorted({row[0] for row in rows("relations")})
        dice.shuffle(self._relations)
        self._shares = list(accumulate(1 / (rank + 2) for rank in range(len(self._relations))))
        self._words = sorted({word for relation in self._relations for word in relation.split()})
        self._entities = [self._named(number, longest) for number in range(nodes)]

    def _named(self, number: int, longest: int) -> Row:
        label = self._name()
        while len(label) < longest:
            label += f" {self._name()}"
        aliases = [label.rpartition(" ")[2]] if self._dice.random() < 0.4 else []
        return {"id": f"{self._names['']}{slug(label)}_{number}", "label": label, "type": self._dice.choice(_TYPES), "aliases": aliases}  # fmt: skip

    def _name(self) -> str:
        return f"{self._dice.choice(self._given)} {self._dice.choice(self._surnames)}"

    def printed(self, ends: list[Ends]) -> Told:
        """All statements, forty a document, in any order: who is in one group is in many documents."""
        told = Told()
        self._dice.shuffle(ends)
        left = iter(enumerate(ends))
        while batch := list(islice(left, A_DOCUMENT)):
            self._document(told, batch)
        return told

    def _document(self, told: Told, batch: list[tuple[int, Ends]]) -> None:
        name = f"report-{len(told.headers):05d}"
        told.headers.append(Header(name, f"{name}.txt", f"Report of {self._name()}", self._day()))
        text = ""
        for number, pair in batch:
            record = self._statement(number, *pair)
            again = told.records and self._dice.random() < TWICE
            for row in (record, *([dict(told.records[-1])] if again else [])):
                sentence, evidence = self._sentence(row, name, len(text))
                row["evidence"] = [evidence]
                told.records.append(row)
                text += (
                    f"{sentence} {' '.join(self._dice.choices(self._words, k=14)).capitalize()}. "
                )
        told.texts[name] = text

    def _statement(self, number: int, left: int, right: int) -> Row:
        dice = self._dice
        status = dice.choices(list(STATUSES), list(STATUSES.values()))[0]
        lemma = dice.choices(self._relations, cum_weights=self._shares)[0]
        count = dice.randint(2, 5000)
        literal = {"value": f"{count}", "datatype": "xsd:integer", "label": f"{count} pages"}
        source = self._any()
        return {
            "id": f"{number:016x}", "subject": self._entities[left],
            "relation": {"id": self._names["rel"] + slug(lemma), "label": lemma, "lemma": lemma},
            "object": literal if dice.random() < LITERALS and left % 3 else self._entities[right],
            "qualifiers": [self._any() | {"role": "in"}] if dice.random() < 0.25 else [],
            "polarity": "negative" if status == "denied" else "positive",
            "certainty": {"possible": "possible", "asked": "unknown"}.get(status, "certain"),
            "attribution": {"id": source["id"], "label": source["label"], "cue": "said"} if status == "claimed" else None,
            "time": self._day() if dice.random() < 0.2 else None,
            "place": self._any() if dice.random() < 0.05 else None,
            "score": round(dice.uniform(0.5, 1), 3), "cue": CUES.get(status),
        }  # fmt: skip

    def _sentence(self, record: Row, document: str, start: int) -> tuple[str, Row]:
        """The words and where in them each part stands, code points from the document's start."""
        kind, cue = record["cue"] or ("", "")
        parts = (
            record["subject"]["label"],
            cue,
            record["relation"]["label"],
            record["object"]["label"],
        )
        spans, text = [], ""
        for part in parts:
            text += " " if text and part else ""
            spans.append(
                {"start": start + len(text), "end": start + len(text) + len(part), "text": part}
            )
            text += part
        text += f", as page {self._dice.randint(1, 90)} of {document} has it."
        subject, cued, relation, object_ = spans
        return text, {
            "document": document, "start": start, "end": start + len(text), "text": text, "subject": subject, "object": object_,
            "relation": {"text": relation["text"], "spans": [[relation["start"], relation["end"]]]},
            "cues": [{"kind": kind, **cued}] if cue else [],
        }  # fmt: skip

    def _any(self) -> Row:
        entity = self._dice.choice(self._entities)
        return {"id": entity["id"], "label": entity["label"]}

    def _day(self) -> str:
        dice = self._dice
        return f"{dice.randint(1950, 2020)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
