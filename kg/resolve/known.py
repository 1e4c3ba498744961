"""Entities and the things of a knowledge base: linked where one fits, left unsure where several do.

A score is the probability that the thing is meant. All were set by hand; none is fitted to texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, TypeAlias

from kg.model import Corpus, Entity, EntityType, KnownLink, KnownThing, Link
from kg.resolve.known_names import SAME_BODY, SAME_WORDS, Fit, KnownNames, Name, agree

Resolved: TypeAlias = tuple[tuple[Entity, ...], tuple[Link, ...]]
Judged: TypeAlias = list[KnownLink]

ONE_WORD: Final = 0.1  # less for a name of one word
BARE_NAME: Final = 0.7  # of one word, for a person, or where one side tells no type
BY_MORE_NAMES: Final = 0.85  # of the only thing that several names fit
SEVERAL: Final = 0.5  # of a thing that fits and that something speaks against
ONLY_SHORTER: Final = 0.4  # of a thing that fits a shorter name and not the full one
OTHER_TYPE: Final = 0.9  # that a thing of that name and another type is not meant
JOINS: Final = 0.8  # the least score at which entities of one known thing become one entity
BOTH_LINKED: Final = 0.9  # the score of joining them
ONE_THING: Final = "both are the known thing"  # how the reason for joining them begins
SHOWN: Final = 10  # of the things that fit equally, so many are recorded
NO_TYPE: Final = frozenset({None, "Thing"})


def link_known(
    entities: Sequence[Entity],
    links: Sequence[Link],
    things: Iterable[KnownThing],
    again: Callable[[Sequence[Link]], Resolved],
    *,
    merged: bool = True,
) -> tuple[tuple[Entity, ...], tuple[Link, ...], tuple[KnownLink, ...]]:
    """Entities linked to known things, all judgements on mentions, and those on known things.

    Entities that are surely one known thing become one; where something speaks against it, none of
    them is linked. `again` resolves the corpus with further links; where `merged` is false, it is
    only asked whether something speaks against them. The result does not depend on the order of the
    input.
    """
    names = KnownNames(things, entities)
    told = [judge(entity, names) for entity in entities]
    against = _against(entities, links, told)
    shared = {iri: held for iri, held in _shared(told).items() if iri not in against}
    result: Resolved = tuple(entities), tuple(links)
    if shared:
        every = _joins(shared, least=0.0)
        tried = again(every)
        refused = {
            (link.left, link.right)
            for link in tried[1]
            if link.judgement == "unsure" and link.reason.startswith(ONE_THING)
        }
        for iri in shared:
            if any((link.left, link.right) in refused for link in _joins({iri: shared[iri]})):
                against[iri] = "who is who speaks against it"
        sure = {iri: held for iri, held in shared.items() if iri not in against}
        joins = _joins(sure, least=JOINS) if merged else []
        if joins:
            result = tried if joins == every else again(joins)
            told = [judge(entity, names) for entity in result[0]]
            against = _against(*result, told) | against
    told = [[_settled(link, against) for link in judged] for judged in told]
    known = (link for judged in told for link in judged)
    exact = map(_linked, result[0], told)
    return tuple(exact), result[1], tuple(sorted(known, key=lambda each: (each.mention, each.iri)))


def sum_known(things: int, corpus: Corpus) -> str:
    """In one line, how many entities of a corpus were linked to that many known things."""
    linked = sum(entity.exact is not None for entity in corpus.entities)
    asked = {each.mention for each in corpus.known if each.judgement == "unsure"}
    unsure = sum(any(m.id in asked for m in entity.mentions) for entity in corpus.entities)
    return f"known things: {things:,}; entities linked to one: {linked:,}; unsure: {unsure:,}"


def judge(entity: Entity, names: KnownNames) -> Judged:
    """The judgements on one entity: "same" for one thing at most, "unsure" for things that may be
    meant, "different" for those of its full name and another type.
    """
    own, located = names.of(entity), names.located(entity)
    if not own:
        return []
    longest = max(len(name.key) for name in own)
    full = [name for name in located if names.fits(name, entity.type)]
    elsewhere = [] if full else [n for n in located if n.mention == own[0].mention]
    full = full or [name for name in own if len(name.key) == longest]
    best: dict[str, tuple[Name, Fit]] = {}
    judged: dict[str, KnownLink] = {}
    for name in full:
        for iri, fit in names.fits(name, entity.type).items():
            if not agree(entity.type, fit.thing.type):
                reason = f"{name.text!r} names {_a(fit.thing)}, and this is {_kind(entity.type)}"
                judged[iri] = _link(name, fit, "different", OTHER_TYPE, reason)
        for iri, fit in names.best(name, entity.type).items():
            best.setdefault(iri, (name, fit))
    if elsewhere and best:
        reason = f"it is {elsewhere[0].text!r}, and no known thing is called so"
        return [*judged.values(), *_unsure(best, reason)]
    if not best:
        return [*judged.values(), *_by_shorter(entity, [n for n in own if n not in full], names)]
    if len(best) > 1:
        return [*judged.values(), *_among(entity, own, best, names)]
    [(name, fit)] = best.values()
    return [*judged.values(), _only(entity, own, name, fit, names)]


def _only(
    entity: Entity, own: Sequence[Name], name: Name, fit: Fit, names: KnownNames
) -> KnownLink:
    """The judgement on the only thing that fits the full name."""
    reason = f"{name.text!r} names {fit.thing.label!r} and no other known thing"
    if fit.likeness < SAME_WORDS:
        reason += f", as {fit.called!r}"
    for other in own:
        fits = names.best(other, entity.type) if len(other.key) > 1 else {}
        if fits and fit.thing.iri not in fits:
            reason = f"{name.text!r} names {fit.thing.label!r}, but {other.text!r} another"
            return _link(name, fit, "unsure", SEVERAL, reason)
    if len(name.key) > 1:
        return _link(name, fit, "same", fit.likeness, reason)
    if fit.likeness == SAME_BODY:
        reason = f"{name.text!r} is one word, and the known thing is called {fit.called!r}"
        return _link(name, fit, "unsure", SEVERAL, reason)
    if entity.type in {"Person", "Thing"}:
        others = names.surnamed(name) - {fit.thing.iri}
        if others:
            reason = f"{name.text!r} names {fit.thing.label!r}, and {_others(len(others))} so for a surname"
            return _link(name, fit, "unsure", SEVERAL, reason)
    told = not {entity.type, fit.thing.type} & NO_TYPE and entity.type != "Person"
    return _link(name, fit, "same", fit.likeness - ONE_WORD if told else BARE_NAME, reason)


def _among(
    entity: Entity,
    own: Sequence[Name],
    best: Mapping[str, tuple[Name, Fit]],
    names: KnownNames,
) -> Judged:
    """The judgements on several things that fit the full name: another name may tell which."""
    fitting = {iri: {n.key for n in own if iri in names.best(n, entity.type)} for iri in best}
    for iri, keys in fitting.items():
        others = set().union(*(fitting[other] for other in fitting if other != iri))
        telling = [name for name in own if name.key in keys - others and len(name.key) > 1]
        if telling and keys > others:
            name, fit = best[iri]
            reason = f"{name.text!r} names {len(best)} known things, {telling[0].text!r} only {fit.thing.label!r}"
            return [_link(name, fit, "same", BY_MORE_NAMES, reason)]
    first = next(iter(best.values()))[0]
    return _unsure(best, f"{first.text!r} names {len(best)} known things")


def _by_shorter(entity: Entity, shorter: Sequence[Name], names: KnownNames) -> Judged:
    """The judgements where nothing fits the full name: several other names may agree on one thing."""
    fitting: dict[str, list[tuple[Name, Fit]]] = defaultdict(list)
    for name in sorted(shorter, key=lambda n: (-len(n.key), n.key)):
        for iri, fit in names.best(name, entity.type).items():
            fitting[iri].append((name, fit))
    if len(fitting) == 1:
        [(iri, found)] = fitting.items()
        (name, fit), *more = found
        if more and (len(name.key) > 1 or entity.type == "Organization"):
            called = " and ".join(repr(n.text) for n, _ in found[:2])
            reason = f"{called} name {fit.thing.label!r} and no other known thing"
            return [_link(name, fit, "same", BY_MORE_NAMES, reason)]
    longer = {iri: found[0] for iri, found in fitting.items() if len(found[0][0].key) > 1}
    return _unsure(longer, f"no known thing is called {entity.label!r}, only a shorter name fits", ONLY_SHORTER)  # fmt: skip


def _unsure(best: Mapping[str, tuple[Name, Fit]], reason: str, score: float = SEVERAL) -> Judged:
    shown = sorted(best.items())[:SHOWN]
    if len(best) > SHOWN:
        reason += f" ({SHOWN} of {len(best)} are shown)"
    return [_link(name, fit, "unsure", score, f"{reason}: {fit.thing.label!r}") for _, (name, fit) in shown]  # fmt: skip


def _link(name: Name, fit: Fit, judgement: str, score: float, reason: str) -> KnownLink:
    return KnownLink(name.mention.id, fit.thing.iri, judgement, round(score, 4), reason)  # type: ignore[arg-type]


def _others(number: int) -> str:
    return "another thing is called" if number == 1 else f"{number} other things are called"


def _a(thing: KnownThing) -> str:
    return f"{thing.label!r}, {_kind(thing.type or 'Thing')}"


def _kind(type_: EntityType) -> str:
    return f"{'an' if type_[0] in 'AEIOU' else 'a'} {type_}"


def _shared(told: Sequence[Judged]) -> dict[str, list[KnownLink]]:
    """The known things that several entities are linked to, by IRI, with the links."""
    held: dict[str, list[KnownLink]] = defaultdict(list)
    for judged in told:
        for link in judged:
            if link.judgement == "same":
                held[link.iri].append(link)
    return {iri: held[iri] for iri in sorted(held) if len(held[iri]) > 1}


def _against(
    entities: Sequence[Entity], links: Iterable[Link], told: Sequence[Judged]
) -> dict[str, str]:
    """Known things that entities are linked to which cannot be one, by IRI, with the reason."""
    linked = {
        mention.id: (link.iri, entity)
        for entity, judged in zip(entities, told, strict=True)
        for link in judged
        if link.judgement == "same"
        for mention in entity.mentions
    }
    found: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.judgement == "different" and link.left in linked and link.right in linked:
            (iri, ours), (other, theirs) = linked[link.left], linked[link.right]
            if iri == other and ours.id != theirs.id:
                first, second = sorted((ours.label, theirs.label))
                found[iri].add(f"{first!r} and {second!r} fit it and are judged different")
    types: dict[str, set[EntityType]] = defaultdict(set)
    for iri, entity in linked.values():
        types[iri].add(entity.type)
    for iri, told_of in types.items():
        for left, right in combinations(sorted(told_of), 2):
            if not agree(left, right):
                found[iri].add(f"{_kind(left)} and {_kind(right)} fit it")
    return {iri: min(reasons) for iri, reasons in found.items()}


def _joins(shared: Mapping[str, Sequence[KnownLink]], *, least: float = 0.0) -> list[Link]:
    """The links that make one entity of those that are one known thing by at least that score."""
    found = []
    for iri, held in shared.items():
        first, *others = sorted(link.mention for link in held if link.score >= least) or [""]
        reason = f"{ONE_THING} <{iri}>"
        found += [Link(first, other, "same", BOTH_LINKED, reason) for other in others]
    return found


def _settled(link: KnownLink, against: Mapping[str, str]) -> KnownLink:
    if link.judgement != "same" or link.iri not in against:
        return link
    return replace(
        link, judgement="unsure", score=SEVERAL, reason=f"{link.reason}; {against[link.iri]}"
    )


def _linked(entity: Entity, judged: Judged) -> Entity:
    exact = next((link.iri for link in judged if link.judgement == "same"), None)
    return replace(entity, exact=exact)
