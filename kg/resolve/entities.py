"""Entities over a corpus: documents' clusters joined by name, labelled, and given readable ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.lexicon import rows, table, words
from kg.model import Entity, EntityType, Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.names import (
    Key,
    common_type,
    is_initials,
    is_short_organization,
    is_short_person,
    name_key,
    same_person_spelling,
)
from kg.vocab import digest, slug

_POSSESSIVES: Final = frozenset({"his", "her", "its", "their", "whose"})
Labelled = tuple[str, tuple[str, ...], list[Mention]]


def resolve(
    mentions: Iterable[Mention], links: Iterable[Link]
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """The entities of a corpus and all links, those across documents added.

    `links` are the judgements inside documents. Pronouns that no link joins to a name or noun phrase
    are an unnamed thing of their own; those that cannot say what of (a reflexive) give no entity. The result does not depend on the order of the input.
    """
    known = {m.id: m for m in sorted(mentions, key=lambda m: (m.document, m.span))}
    inside = sorted(links, key=lambda link: (link.left, link.right, link.reason))
    clusters = Clusters()
    for link in inside:
        clusters.join(link)
    groups = clusters.groups(known)
    apart = {
        frozenset((clusters.root(link.left), clusters.root(link.right)))
        for link in inside
        if link.judgement == "different"
    }
    across = [
        link
        for link in _across([_Cluster([known[i] for i in ids]) for ids in groups.values()])
        if frozenset((clusters.root(link.left), clusters.root(link.right))) not in apart
    ]
    for link in across:
        clusters.join(link)
    joined = [[known[i] for i in ids] for ids in clusters.groups(known).values()]
    entities = _named([members for members in joined if _means_something(members)])
    return entities, tuple(inside + across)


def _means_something(members: Sequence[Mention]) -> bool:
    """Whether there is a name, a noun phrase, or a pronoun that tells what kind of thing it stands for."""
    return any(m.kind != "pronoun" or m.text.lower() in table("unnamed") for m in members)


class _Cluster:
    """Mentions of one document that are one thing."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.names = [m for m in mentions if m.kind == "name"] or list(filter(_is_title, mentions))
        self.type = _type(mentions)
        self.keys = {name_key(m.text) for m in self.names}
        self.key = max(
            (name_key(m.text) for m in self.names), key=lambda k: (len(k), k), default=()
        )

    @property
    def first(self) -> Mention:
        return self.names[0]


def _is_title(mention: Mention) -> bool:
    """Whether a noun phrase names an institution: "the Soviet embassy", "the Mexican government"."""
    key = name_key(mention.text)
    if mention.kind != "nominal" or len(key) < 2 or key[-1] not in words("institutions"):
        return False
    return (
        any(part[:1].isupper() for part in mention.text.split()[1:-1]) or mention.text[:1].isupper()
    )


def _across(clusters: list[_Cluster]) -> Iterator[Link]:
    """Links between clusters of different documents with names that fit."""
    named = sorted(
        (c for c in clusters if c.key), key=lambda c: (c.key, c.first.document, c.first.span)
    )
    groups: dict[tuple[Key, str], list[_Cluster]] = defaultdict(list)
    for cluster in named:
        groups[cluster.key, cluster.type].append(cluster)
    heads: list[_Cluster] = []
    for same in groups.values():
        same[0].keys = set().union(*(cluster.keys for cluster in same))
        heads.append(same[0])
        for other in same[1:]:
            yield same_thing(same[0].first, other.first, 0.95, f"same name {other.first.text!r}")
    yield from _by_type(heads)
    yield from _variants(heads)


def _by_type(heads: list[_Cluster]) -> Iterator[Link]:
    """Equal names of which one has no known type."""
    typed = {c.key: c for c in heads if c.type != "Thing"}
    for cluster in heads:
        if cluster.type == "Thing" and cluster.key in typed:
            other = typed[cluster.key]
            yield same_thing(other.first, cluster.first, 0.85, f"same name {cluster.first.text!r}")


def _variants(heads: list[_Cluster]) -> Iterator[Link]:
    """Shorter, abbreviated and differently spelt names, where just one fuller name fits.

    A fuller name that other documents shorten in that way counts before one that none does.
    """
    blocks: dict[tuple[str, str], list[_Cluster]] = defaultdict(list)
    for cluster in heads:
        if cluster.type in {"Person", "Organization"}:
            for word in {cluster.key[0], cluster.key[-1], "".join(p[0] for p in cluster.key if p)}:
                blocks[cluster.type, word].append(cluster)
    spelt = Clusters()
    for cluster in heads:
        if cluster.type not in {"Person", "Organization"}:
            continue
        near = {
            id(c): c
            for word in {cluster.key[0], cluster.key[-1]}
            for c in blocks[cluster.type, word]
            if c is not cluster
        }
        if cluster.type == "Person":
            for other in near.values():
                if cluster.key < other.key and same_person_spelling(cluster.key, other.key):
                    link = same_thing(
                        cluster.first,
                        other.first,
                        0.85,
                        f"{other.first.text!r} is a spelling of {cluster.first.text!r}",
                    )
                    spelt.join(link)
                    yield link
    short_names: dict[str, set[Key]] = defaultdict(set)
    for cluster in heads:
        short_names[spelt.root(cluster.first.id)] |= cluster.keys
    for cluster in heads:
        if cluster.type not in {"Person", "Organization"}:
            continue
        ends = {cluster.key[0], cluster.key[-1]}
        near = {id(c): c for word in ends for c in blocks[cluster.type, word] if c is not cluster}
        fuller = [c for c in near.values() if _is_short(cluster, c)]
        used = [c for c in fuller if cluster.key in short_names[spelt.root(c.first.id)]]
        fuller = used or fuller
        roots = {spelt.root(c.first.id) for c in fuller}
        if fuller and len(roots) == 1:
            full = max(fuller, key=lambda c: (len(c.key), c.key))
            yield same_thing(
                full.first,
                cluster.first,
                0.8,
                f"{cluster.first.text!r}: the only fuller name is {full.first.text!r}",
            )


def _is_short(short: _Cluster, full: _Cluster) -> bool:
    if short.type == "Person":
        return is_short_person(short.key, full.key)
    acronym = short.first.text.replace(".", "").isupper() and is_initials(short.key, full.key)
    return acronym or is_short_organization(short.key, full.key)


def _named(groups: list[list[Mention]]) -> tuple[Entity, ...]:
    """Entities with ids: the slug of the label, a digest added where two would share it."""
    labelled = _owned([(*_label(members), members) for members in groups])
    claims: dict[str, list[int]] = defaultdict(list)
    for n, (label, _, _) in enumerate(labelled):
        claims[slug(label)].append(n)
    entities = []
    for name, holders in claims.items():
        owner = _owner([labelled[n] for n in holders])
        for n in holders:
            label, aliases, members = labelled[n]
            first = members[0]
            entity_id = name
            if len(holders) > 1 and labelled[n] is not owner:
                entity_id = (
                    f"{name}-{digest(first.document, first.span.start, first.span.end, length=6)}"
                )
            entities.append(Entity(entity_id, label, _type(members), aliases, tuple(members)))
    return tuple(sorted(entities, key=lambda e: e.id))


def _owned(labelled: list[Labelled]) -> list[Labelled]:
    """Say whose: "his wife" is labelled "Hugo Vance's wife" where "his" stands for a name."""
    owners = {
        (m.document, m.span.start): label
        for label, _, members in labelled
        if any(m.kind == "name" for m in members)
        for m in members
        if m.kind == "pronoun" and m.text.lower() in _POSSESSIVES
    }
    return [_with_owner(each, owners) for each in labelled]


def _with_owner(labelled: Labelled, owners: Mapping[tuple[str, int], str]) -> Labelled:
    label, aliases, members = labelled
    if any(m.kind == "name" for m in members):
        return labelled
    for mention in members:
        owner = owners.get((mention.document, mention.span.start))
        words_ = mention.text.split(maxsplit=1)
        if owner and mention.kind == "nominal" and words_[0].lower() in _POSSESSIVES:
            others = tuple(sorted({*aliases, label}))
            return f"{owner}’s {_clean(words_[1])}", others, members
    return labelled


def _owner(holders: list[Labelled]) -> Labelled | None:
    """Who keeps the bare slug: the only holder, or the only one with a name."""
    named = [h for h in holders if any(m.kind == "name" for m in h[2])]
    if len(holders) == 1:
        return holders[0]
    return named[0] if len(named) == 1 else None


def _label(members: Sequence[Mention]) -> tuple[str, tuple[str, ...]]:
    """The fullest name, or the fullest description of what has none; the other forms as aliases."""
    names = Counter(_clean(m.text) for m in members if m.kind == "name")
    if names:
        label = max(names, key=lambda n: (_fullness(n, _type(members)), names[n], n))
        return label, tuple(sorted(set(names) - {label}))
    nominals = [m for m in members if m.kind == "nominal"]
    if not nominals:
        return _unnamed(members)[1], ()
    longer = {_clean(m.text) for m in nominals}
    label = min(longer, key=lambda n: (-len(n.split()), n))
    shorter = {_clean(m.short) for m in nominals}
    return label, tuple(sorted((longer | shorter) - {label}))


def _unnamed(members: Sequence[Mention]) -> tuple[str, ...]:
    """Pronoun, label and type of a thing that only pronouns stand for."""
    told = {row[0]: row for row in rows("unnamed")}
    return next(told[m.text.lower()] for m in members if m.text.lower() in told)


def _fullness(name: str, kind: EntityType) -> int:
    """How much of a full name this is: its words, an acronym least."""
    parts = name.split()
    return 0 if len(parts) == 1 and name.replace(".", "").isupper() else len(parts)


def _clean(text: str) -> str:
    """A name as a label: single spaces, no leading determiner or possessor pronoun, no possessive mark."""
    parts = text.strip(" “”\"'‘’,").split()
    drop = {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "my",
        "our",
        "your",
        "no",
        "any",
        "some",
        "whose",
    }
    while len(parts) > 1 and parts[0].lower() in drop and parts[1].lower() != "of":
        parts.pop(0)
    return " ".join(parts).removesuffix("’s").removesuffix("'s")


def _type(members: Sequence[Mention]) -> EntityType:
    """The type of what the mentions stand for; where all are pronouns, the type that they tell."""
    if all(m.kind == "pronoun" for m in members) and _means_something(members):
        return _unnamed(members)[2]  # type: ignore[return-value]
    return common_type(members)
