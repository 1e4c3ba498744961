"""Readings joined into one corpus: resolve, link, ground, and the account of every sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.errors import ReadError
from kg.model import (
    Corpus,
    Entity,
    KnownLink,
    KnownThing,
    Link,
    Statement,
)
from kg.pipeline.nouns import Account, Identity, Joined, Reading, Report
from kg.resolve import (
    Decision,
    choose,
    ground,
    link_known,
    resolve,
    revise,
)
from kg.resolve.ground import BELOW_MIN_SCORE, OPEN_PRONOUN, SAME_THING, UNNAMED_HOLDER

# Why extracted statements are left out, in the order in which they are.
_NEARER: Final = (OPEN_PRONOUN, UNNAMED_HOLDER, SAME_THING, BELOW_MIN_SCORE)


def join(readings: Iterable[Reading]) -> Corpus:
    """The corpus of the readings: entities over all of them, statements over entities.

    It does not depend on the order of the readings.
    """
    return settle(readings).corpus


def settle(
    readings: Iterable[Reading],
    *,
    min_score: float = 0.0,
    decisions: Sequence[Decision] = (),
    identity: Identity = "merged",
    known: Sequence[KnownThing] = (),
) -> Joined:
    """The corpus of the readings, as of `join`, without statements below a score, and its ledger.

    `decisions` are those of a person, `identity` is as in `Config`; entities are linked to the `known`
    things where one fits. Raises DecisionError for decisions that go against one another.
    """
    ordered = sorted(readings, key=lambda r: r.header.id)
    mentions = [m for r in ordered for m in r.mentions]
    inside = [link for r in ordered for link in r.links]
    said = [s for r in ordered for s in r.statements]
    choices = choose(decisions, mentions)
    idle: list[str] = []

    def resolved(more: Sequence[Link] = ()) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
        found, judged = resolve(
            mentions,
            [*inside, *more],
            statements=said,
            choices=choices.links,
            apart=choices.apart,
            merged=identity == "merged",
        )
        found, idle[:] = revise(found, decisions)
        return found, judged

    entities, links = resolved()
    judged: tuple[KnownLink, ...] = ()
    if known:
        entities, links, judged = link_known(
            entities, links, known, resolved, merged=identity == "merged"
        )
    dropped: dict[tuple[str, int], list[str]] = defaultdict(list)

    def left_out(statement: Statement, reason: str) -> None:
        for evidence in statement.evidence:
            dropped[evidence.document, evidence.sentence].append(reason)

    statements = ground(said, entities, min_score=min_score, on_left_out=left_out)
    corpus = Corpus(tuple(r.header for r in ordered), entities, statements, links, judged)
    ledger = _accounts((account for r in ordered for account in r.sentences), statements, dropped)
    left = sum(map(len, dropped.values()))
    return Joined(corpus, tuple(ledger), left, (*choices.idle, *idle))


def _accounts(
    sentences: Iterable[Account],
    statements: Iterable[Statement],
    dropped: Mapping[tuple[str, int], list[str]],
) -> Iterator[Account]:
    """The accounts closed: ids of statements, or why those of the sentence were left out.

    Of several reasons it is the one that came nearest to a statement.
    """
    ids: dict[tuple[str, int], list[str]] = defaultdict(list)
    for statement in statements:
        for place in sorted({(e.document, e.sentence) for e in statement.evidence}):
            ids[place].append(statement.id)
    for account in sentences:
        place = account.document, account.sentence
        if place in ids:
            yield replace(account, statements=tuple(ids[place]), reason=None)
        elif place in dropped:
            yield replace(account, reason=max(dropped[place], key=_NEARER.index))
        else:
            yield account


def report_of(errors: Iterable[ReadError], joined: Joined, seconds: float) -> Report:
    counts = Counter(account.reason for account in joined.ledger if account.reason)
    common = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    said = sum(bool(account.statements) for account in joined.ledger)
    counted = len(joined.ledger), said, tuple(common), joined.left_out, seconds
    return Report(tuple(errors), *counted, idle=joined.idle)
