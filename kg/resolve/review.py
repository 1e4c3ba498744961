"""Pairs that nobody dared to judge: both sides with their evidence, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.model import Corpus, Entity, Evidence, Link, Mention, Span
from kg.resolve.choices import choose
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import Decision, Thing
from kg.resolve.names import name_key

QUOTES: Final = 2  # of each side: one may be about little, and more are not read


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things: the entity, the mention that was judged, and sentences that speak of it.

    The mention stands in [brackets] in the sentences, which are those of statements.
    """

    entity: Entity
    mention: Mention
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one, the score of the best judgement on them and its reason."""

    left: Side
    right: Side
    score: float
    reason: str


class OpenPairs:
    """The pairs of entities that are judged "unsure" and that no decision settles.

    Across documents first, then inside, the likeliest first. Iterating goes on from what answers
    settle: where A is B, and B is C, nobody is asked of A and C.
    """

    def __init__(self, corpus: Corpus, decisions: Sequence[Decision]) -> None:
        """Raises DecisionError for decisions that go against one another."""
        mentions = [m for entity in corpus.entities for m in entity.mentions]
        self._owners = {m.id: (entity, m) for entity in corpus.entities for m in entity.mentions}
        self._names = _names_of(corpus.entities)
        self._said = _said(corpus)
        self._settled = choose(decisions, mentions).clusters()
        for entity in corpus.entities:
            for mention in entity.mentions[1:]:
                _same(self._settled, entity.mentions[0].id, mention.id)
        self._links = self._unsure(corpus.links)

    def __iter__(self) -> Iterator[Pair]:
        for link in self._links:
            if not self._is_settled(link.left, link.right):
                left, right = self._side(link.left), self._side(link.right)
                yield Pair(left, right, link.score, link.reason)

    def answer(self, pair: Pair, verb: Literal["join", "separate"]) -> Decision:
        """The decision that the two are one thing, or are not; the pair is settled from now on."""
        left, right = pair.left.mention.id, pair.right.mention.id
        if verb == "join":
            _same(self._settled, left, right)
        else:
            self._settled.bar(left, right)
        return Decision(verb, (self._thing(pair.left), self._thing(pair.right)))

    def _unsure(self, links: Sequence[Link]) -> list[Link]:
        """The best link of each pair of entities, in the order in which a person is asked."""
        best: dict[frozenset[str], Link] = {}
        unsure = (link for link in links if link.judgement == "unsure")
        for link in sorted(unsure, key=self._use):
            if link.left in self._owners and link.right in self._owners:
                ends = frozenset(self._owners[i][0].id for i in (link.left, link.right))
                if len(ends) == 2 and all(name_key(self._owners[i][1].short) for i in (link.left, link.right)):  # fmt: skip
                    best.setdefault(ends, link)
        return sorted(best.values(), key=self._use)

    def _use(self, link: Link) -> tuple[object, ...]:
        inside = link.left.rpartition("#")[0] == link.right.rpartition("#")[0]
        return inside, -link.score, link.left, link.right, link.reason

    def _is_settled(self, left: str, right: str) -> bool:
        same = self._settled.root(left) == self._settled.root(right)
        return same or self._settled.are_apart(left, right)

    def _side(self, id_: str) -> Side:
        entity, mention = self._owners[id_]
        others = {m.span for m in entity.mentions if m.document == mention.document}
        around = [e for e in self._said[mention.document] if mention.span in e.span]
        others.discard(mention.span)
        beside = [e for e in self._said[mention.document] if {e.subject, e.object} & others]
        quotes = dict.fromkeys(_marked(each, mention.span) for each in (*around, *beside))
        return Side(entity, mention, tuple(quotes)[:QUOTES])

    def _thing(self, side: Side) -> Thing:
        """The fullest name that means just this in the document, else the mention at its place."""
        document = side.mention.document
        names = {
            " ".join(m.short.split())
            for m in side.entity.mentions
            if m.document == document and m.kind == "name" and name_key(m.short)
        }
        clear = [n for n in names if self._names[document, name_key(n)] == {side.entity.id}]
        if clear:
            return Thing(max(clear, key=lambda name: (len(name_key(name)), name)), document)
        words = " ".join(side.mention.short.split())
        return Thing(words, document, side.mention.span.start)


def _same(clusters: Clusters, left: str, right: str) -> None:
    clusters.join(Link(left, right, "same", 1.0, ""))


def _names_of(entities: Sequence[Entity]) -> Mapping[tuple[str, tuple[str, ...]], set[str]]:
    """Document and name -> the ids of the entities so called in it."""
    found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for entity in entities:
        for mention in entity.mentions:
            if mention.kind == "name":
                for key in {name_key(mention.text), name_key(mention.short)}:
                    found[mention.document, key].add(entity.id)
    return found


def _said(corpus: Corpus) -> Mapping[str, list[Evidence]]:
    """Document -> the evidence of its statements, in the order of the text, one a sentence and ends."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for statement in corpus.statements:
        for evidence in statement.evidence:
            found[evidence.document].append(evidence)
    for group in found.values():
        group.sort(key=lambda e: (e.span, e.subject, e.object))
    return found


def _marked(evidence: Evidence, span: Span) -> str:
    """The quote on one line, the words of the span in brackets where they stand in it."""
    quote = evidence.quote
    if span in evidence.span:
        start, end = span.start - evidence.span.start, span.end - evidence.span.start
        quote = f"{quote[:start]}[{quote[start:end]}]{quote[end:]}"
    return " ".join(quote.split())
