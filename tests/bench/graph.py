"""A generated corpus in the shape of kg's own output: seeded, any size, its degrees as uneven as those of real graphs.

Shares and counts are those of the graph that `make demo` builds from seeds/: 42 triples a statement, of the statements
seven in ten plain, one in eight denied, hedged or reported each, one in five dated, a quarter with a literal object; two
mentions and one judgement a statement. Entities and relations are drawn by Zipf's law.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

from kg.lexicon import rows, words
from kg.model import (
    ENTITY_TYPES,
    Attribution,
    Corpus,
    Cue,
    Entity,
    Evidence,
    Header,
    Link,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)
from kg.vocab import slug

QUADS_A_STATEMENT: Final = 38.5  # of this generator; measured at 100,000 and 1,000,000 quads
STATEMENTS_A_DOCUMENT: Final = 40
ENTITIES_A_STATEMENT: Final = 0.6
_TYPES: Final = ("Person",) * 5 + ("Organization",) * 2 + ("Place",) * 2 + ENTITY_TYPES[3:]
_CUES: Final = {"denied": "not", "hedged": "may", "reported": "said"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the queries ask of: an entity that many statements are about, one of few, a document, a statement's ends."""

    hub: str
    modest: str
    document: str
    label: str


def generated(quads: int, seed: int = 11) -> tuple[Corpus, Known]:
    """A corpus whose projection has about that many quads, and what to ask it of."""
    return _Press(Random(seed), max(round(quads / QUADS_A_STATEMENT), 40)).printed()


class _Press:
    """Prints statements into documents, keeping the mentions of each entity."""

    def __init__(self, dice: Random, statements: int) -> None:
        self._dice = dice
        self._count = statements
        self._names = self._named(max(round(statements * ENTITIES_A_STATEMENT), 20))
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._names))))
        self._relations = sorted({row[0] for row in rows("relations")} | {"meet", "meet with"})
        dice.shuffle(self._relations)
        self._relations.sort(key=lambda lemma: lemma not in {"meet", "meet with", "work for"})
        self._shares = list(accumulate(1 / (rank + 2) for rank in range(len(self._relations))))
        self._mentions: list[list[Mention]] = [[] for _ in self._names]
        self._links: list[Link] = []

    def _named(self, count: int) -> list[tuple[str, str, str]]:
        """Id, label and type of each entity; the most frequent first."""
        given = [row[0].title() for row in rows("first_names")]
        surnames = sorted(each.title() for each in words("common_surnames"))
        found: list[tuple[str, str, str]] = []
        for number in range(count):
            name = f"{self._dice.choice(given)} {self._dice.choice(surnames)}"
            type_ = "Person" if number < 12 else self._dice.choice(_TYPES)
            found.append((f"{slug(name)}_{number}", name, type_))
        return found

    def printed(self) -> tuple[Corpus, Known]:
        """All documents, statements and entities."""
        documents = range(-(-self._count // STATEMENTS_A_DOCUMENT))
        headers = tuple(self._header(number) for number in documents)
        statements: list[Statement] = []
        for header in headers:
            left = min(STATEMENTS_A_DOCUMENT, self._count - len(statements))
            statements += self._document(header, left)
        entities = tuple(self._entity(rank) for rank in range(len(self._names)))
        corpus = Corpus(headers, entities, tuple(statements), tuple(self._links))
        middle = len(headers) // 2
        known = Known(self._names[2][0], self._names[60 % len(self._names)][0], headers[middle].id, self._names[5][1])  # fmt: skip
        return corpus, known

    def _header(self, number: int) -> Header:
        name = f"report-{number:06d}"
        return Header(name, f"{name}.txt", f"Report {number}", self._day())

    def _document(self, header: Header, count: int) -> list[Statement]:
        place, statements = 0, []
        for sentence in range(count):
            statement = self._statement(header, sentence, place)
            place += len(statement.evidence[0].quote) + 1
            statements.append(statement)
        return statements

    def _statement(self, header: Header, sentence: int, start: int) -> Statement:
        dice = self._dice
        subject, other = self._any(), self._any()
        lemma = dice.choices(self._relations, cum_weights=self._shares)[0]
        literal = dice.random() < 0.24
        object_ = self._literal() if literal else None
        spoken = object_.text if object_ else self._names[other][1]
        status = dice.choices(("plain", "denied", "hedged", "reported"), (66, 10, 12, 12))[0]
        cue = _CUES.get(status, "")
        subject_span = Span(start, start + len(self._names[subject][1]))
        verb = f"{cue} {lemma}".strip()
        verb_span = Span(subject_span.end + 1, subject_span.end + 1 + len(verb))
        object_span = Span(verb_span.end + 1, verb_span.end + 1 + len(spoken))
        quote = (
            f"{self._names[subject][1]} {verb} {spoken}, as page {sentence} of {header.id} has it."
        )
        cues = (Cue(status, Span(verb_span.start, verb_span.start + len(cue)), cue),) if cue else ()
        evidence = Evidence(header.id, sentence, Span(start, start + len(quote)), quote, subject_span, (verb_span,), object_span, cues)  # fmt: skip
        self._mention(subject, header.id, subject_span, sentence)
        if not literal:
            self._mention(other, header.id, object_span, sentence)
        return Statement(
            self._names[subject][0],
            Relation(lemma, verb),
            object_ or self._names[other][0],
            (evidence,),
            self._qualifiers(),
            polarity="negative" if status == "denied" else "positive",
            certainty="possible" if status == "hedged" else "certain",
            attribution=Attribution(self._names[self._any()][0], cue)
            if status == "reported"
            else None,
            time=self._day() if dice.random() < 0.2 else None,
            place=self._names[self._any()][0] if dice.random() < 0.05 else None,
            score=round(dice.uniform(0.5, 1), 3),
        )

    def _any(self) -> int:
        return self._dice.choices(range(len(self._names)), cum_weights=self._weights)[0]

    def _day(self) -> str:
        return f"{self._dice.randint(1950, 2020)}-{self._dice.randint(1, 12):02d}-{self._dice.randint(1, 28):02d}"

    def _literal(self) -> Literal:
        number = self._dice.randint(1, 5000)
        return Literal(f"{number} pages", "xsd:string", f"some {number} pages")

    def _qualifiers(self) -> tuple[Qualifier, ...]:
        if self._dice.random() >= 0.25:
            return ()
        entity = self._names[self._any()]
        return (Qualifier("in", f"in {entity[1]}", entity[0]),)

    def _mention(self, rank: int, document: str, span: Span, sentence: int) -> None:
        """A mention, and a judgement with the one before it in half the cases."""
        name = self._names[rank][1]
        mention = Mention(f"{document}#char={span.start},{span.end}", document, span, span, name, sentence, self._names[rank][2], "name")  # type: ignore[arg-type]  # fmt: skip
        before = self._mentions[rank]
        if before and self._dice.random() < 0.5:
            self._links.append(Link(before[-1].id, mention.id, "same", 0.9, "the same name"))
        before.append(mention)

    def _entity(self, rank: int) -> Entity:
        id_, name, type_ = self._names[rank]
        aliases = (name.rpartition(" ")[2],) if self._dice.random() < 0.4 else ()
        return Entity(id_, name, type_, aliases, tuple(self._mentions[rank]))  # type: ignore[arg-type]
