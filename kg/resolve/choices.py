"""Decisions over the mentions of a corpus: what a person joins, keeps apart, renames and types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.model import Entity, Link, Mention
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import Decision, Thing, check, contradiction
from kg.resolve.labels import identified
from kg.resolve.names import Key, name_key

Sides = tuple[Collection[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the joins and separations of a person come to in a corpus.

    `links` are judgements with score 1.0; `apart` are pairs of sets of mention ids, each mention of
    one set kept apart from each of the other; `idle` tells, a line each, which decisions name
    something that is not there.
    """

    links: tuple[Link, ...] = ()
    apart: tuple[Sides, ...] = ()
    idle: tuple[str, ...] = ()

    def clusters(self) -> Clusters:
        """The choices applied and nothing else."""
        clusters = Clusters()
        for left, right in self.apart:
            clusters.part(left, right)
        for link in self.links:
            clusters.join(link)
        return clusters


def choose(decisions: Sequence[Decision], mentions: Iterable[Mention]) -> Choices:
    """The joins and separations among the decisions, over these mentions; they do not depend on the order.

    A join is a "same" link from the first mention of its things to each of the others. A separation
    is two sets and a "different" link for each mention. Raises DecisionError where a join goes
    against a separation.
    """
    check(decisions)
    if not any(decision.verb in {"join", "separate"} for decision in decisions):
        return Choices()
    named = _Named(mentions)
    links: list[Link] = []
    apart: list[tuple[Decision, tuple[Thing, Thing], Sides]] = []
    idle: list[str] = []
    for decision in decisions:
        if decision.verb not in {"join", "separate"}:
            continue
        meant = {thing: named.by(thing) for thing in decision.things}
        idle += [_idle(decision, thing) for thing, found in meant.items() if not found]
        present = [thing for thing, found in meant.items() if found]
        if decision.verb == "join":
            links += _star({m.id: m for thing in present for m in meant[thing]}, decision.reason)
        for left, right in combinations(present, 2) if decision.verb == "separate" else ():
            sides = _sides(left, meant[left], right, meant[right])
            if all(sides):
                ids = tuple(frozenset(m.id for m in side) for side in sides)
                apart.append((decision, (left, right), (ids[0], ids[1])))
                links += _across(*sides, decision.reason)
    _hold(decisions, links, apart)
    return Choices(tuple(links), tuple(sides for _, _, sides in apart), tuple(idle))


def revise(
    entities: Sequence[Entity], decisions: Sequence[Decision]
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """The entities renamed and typed as people decided, and what could not be, a line each.

    A thing is the entities of that label, else that of that id, else those with a mention so called; where these
    bear different labels, it is not clear which is meant, and none is changed. The label that an
    entity had becomes an alias, and ids follow the labels. Raises DecisionError where two decisions
    call one entity differently.
    """
    if not any(decision.verb in {"rename", "type"} for decision in decisions):
        return tuple(entities), ()
    called = _Called(entities)
    changed: dict[tuple[str, str], Decision] = {}
    idle: list[str] = []
    for decision in decisions:
        if decision.verb in {"join", "separate"}:
            continue
        (thing,) = decision.things
        found = called.by(thing)
        clear = len({name_key(entity.label) for entity in found}) == 1
        if not found:
            idle.append(_idle(decision, thing))
        elif not clear:
            several = ", ".join(sorted({entity.label for entity in found})[:5])
            idle.append(f"{decision.place}: {thing} may be {several}; say which, or in which document")  # fmt: skip
        for entity in found if clear else ():
            other = changed.setdefault((entity.id, decision.verb), decision)
            if (other.label, other.type) != (decision.label, decision.type):
                raise contradiction(decision, other, thing)
    if not changed:
        return tuple(entities), tuple(idle)
    return identified([_revised(entity, changed) for entity in entities]), tuple(idle)


class _Named:
    """Mentions by what they are called."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._names: dict[Key, list[Mention]] = defaultdict(list)
        self._others: dict[Key, list[Mention]] = defaultdict(list)
        for mention in sorted(mentions, key=_order):
            room = self._names if mention.kind == "name" else self._others
            for key in {name_key(mention.text), name_key(mention.short)}:
                room[key].append(mention)

    def by(self, thing: Thing) -> list[Mention]:
        """The names so called, else the noun phrases; just the one at a place where that is given."""
        key = name_key(thing.name)
        names, others = self._names.get(key, []), self._others.get(key, [])
        if thing.start is not None:
            places = [m for m in (*names, *others) if m.document == thing.document]
            return [m for m in places if m.span.start == thing.start]
        for room in (names, [m for m in others if m.kind == "nominal"]):
            found = [m for m in room if thing.document in (None, m.document)]
            if found:
                return found
        return []


class _Called:
    """Entities by id, by label, and by what their mentions are called."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._named = _Named(m for entity in entities for m in entity.mentions)
        self._owners = {m.id: entity for entity in entities for m in entity.mentions}
        self._labels: dict[Key, list[Entity]] = defaultdict(list)
        self._ids = {entity.id: entity for entity in entities}
        for entity in entities:
            self._labels[name_key(entity.label)].append(entity)

    def by(self, thing: Thing) -> list[Entity]:
        """The entities that a thing may be: so labelled, of that id, or with a mention so called."""
        if thing.start is None:
            labelled = self._labels.get(name_key(thing.name), [])
            if thing.document is not None:
                labelled = [
                    entity
                    for entity in labelled
                    if any(m.document == thing.document for m in entity.mentions)
                ]
            if labelled or thing.name in self._ids:
                return labelled or [self._ids[thing.name]]
        return list(
            {self._owners[m.id].id: self._owners[m.id] for m in self._named.by(thing)}.values()
        )


def _order(mention: Mention) -> tuple[object, ...]:
    return mention.document, mention.span


def _idle(decision: Decision, thing: Thing) -> str:
    return f"{decision.place}: this {decision.verb} no longer applies: nothing is called {thing}"


def _star(mentions: Mapping[str, Mention], reason: str) -> Iterator[Link]:
    """A "same" link from the first mention to each of the others."""
    ordered = sorted(mentions.values(), key=_order)
    for other in ordered[1:]:
        yield Link(ordered[0].id, other.id, "same", 1.0, reason)


def _sides(
    left: Thing, ours: list[Mention], right: Thing, theirs: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """The mentions of two things; what both could mean is of the one that is named more closely."""
    if _closeness(left) < _closeness(right):
        close = frozenset(theirs)
        return [m for m in ours if m not in close], theirs
    close = frozenset(ours)
    return ours, [m for m in theirs if m not in close]


def _closeness(thing: Thing) -> int:
    return (thing.document is not None) + (thing.start is not None)


def _across(ours: list[Mention], theirs: list[Mention], reason: str) -> Iterator[Link]:
    """A "different" link for each mention, to the first of the other side."""
    pairs = [(ours[0], each) for each in theirs] + [(each, theirs[0]) for each in ours[1:]]
    for pair in pairs:
        left, right = sorted(pair, key=_order)
        yield Link(left.id, right.id, "different", 1.0, reason)


def _hold(
    decisions: Sequence[Decision],
    links: Sequence[Link],
    apart: Sequence[tuple[Decision, tuple[Thing, Thing], Sides]],
) -> None:
    """Raise DecisionError where the joins bring together what is to stay apart."""
    joined = Clusters()
    for link in links:
        joined.join(link)
    by_reason = {decision.reason: decision for decision in decisions}
    for decision, things, (ours, theirs) in apart:
        both = {joined.root(i) for i in ours} & {joined.root(i) for i in theirs}
        if both:
            wrong = (i for i in links if i.judgement == "same" and joined.root(i.left) == min(both))
            other = by_reason[min(link.reason for link in wrong)]
            raise contradiction(decision, other, *things)


def _revised(entity: Entity, changed: Mapping[tuple[str, str], Decision]) -> Entity:
    renamed, typed = (changed.get((entity.id, verb)) for verb in ("rename", "type"))
    if typed:
        entity = replace(entity, type=typed.type)
    if renamed and renamed.label != entity.label:
        aliases = {*entity.aliases, entity.label} - {renamed.label}
        entity = replace(entity, label=renamed.label, aliases=tuple(sorted(aliases)))
    return entity
