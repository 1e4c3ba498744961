"""Across documents: which clusters of different documents are one thing, by their names and types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.lexicon import words
from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.labels import type_of
from kg.resolve.names import (
    Key,
    is_initials,
    is_short_organization,
    is_short_person,
    name_key,
    same_person_spelling,
)


class Cluster:
    """Mentions of one document that are one thing."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.names = [m for m in mentions if m.kind == "name"] or list(filter(_is_title, mentions))
        self.type = type_of(mentions)
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


def across(clusters: list[Cluster], joined: Clusters) -> Iterator[Link]:
    """Links between clusters of different documents with names that fit.

    `joined` is what was judged before; where it keeps things of one name apart, what else bears the
    name is not guessed to be one of them.
    """
    named = sorted(
        (c for c in clusters if c.key), key=lambda c: (c.key, c.first.document, c.first.span)
    )
    groups: dict[tuple[Key, str], list[Cluster]] = defaultdict(list)
    for cluster in named:
        groups[cluster.key, cluster.type].append(cluster)
    heads: list[Cluster] = []
    for same in (part for group in groups.values() for part in _parts(group, joined)):
        same[0].keys = set().union(*(cluster.keys for cluster in same))
        heads.append(same[0])
        for other in same[1:]:
            yield same_thing(same[0].first, other.first, 0.95, f"same name {other.first.text!r}")
    yield from _open(heads, joined)
    yield from _bytype_of(heads)
    yield from _variants(heads)


def _parts(group: list[Cluster], joined: Clusters) -> list[list[Cluster]]:
    """Clusters of one name and type, those apart that are kept apart, and the others if there are several such."""
    kept: list[list[Cluster]] = []
    for cluster in (c for c in group if joined.has_barrier(c.first.id)):
        for part in kept:
            if not any(joined.are_apart(cluster.first.id, other.first.id) for other in part):
                part.append(cluster)
                break
        else:
            kept.append([cluster])
    free = [c for c in group if not joined.has_barrier(c.first.id)]
    if len(kept) > 1:
        return [*kept, free] if free else kept
    return [group]


def _open(heads: list[Cluster], joined: Clusters) -> Iterator[Link]:
    """Doubts where a name is borne by several things that are kept apart, and by others."""
    named: dict[tuple[Key, str], list[Cluster]] = defaultdict(list)
    for head in heads:
        named[head.key, head.type].append(head)
    for same in named.values():
        for other in same if len(same) > 1 else ():
            for head in same if not joined.has_barrier(other.first.id) else ():
                if head is not other:
                    reason = f"{len(same) - 1} things are called {head.first.text!r}"
                    yield Link(head.first.id, other.first.id, "unsure", 0.5, reason)


def _bytype_of(heads: list[Cluster]) -> Iterator[Link]:
    """Equal names of which one has no known type."""
    typed = {c.key: c for c in heads if c.type != "Thing"}
    for cluster in heads:
        if cluster.type == "Thing" and cluster.key in typed:
            other = typed[cluster.key]
            yield same_thing(other.first, cluster.first, 0.85, f"same name {cluster.first.text!r}")


def _variants(heads: list[Cluster]) -> Iterator[Link]:
    """Shorter, abbreviated and differently spelt names, where just one fuller name fits.

    A fuller name that other documents shorten in that way counts before one that none does.
    """
    blocks: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
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


def _is_short(short: Cluster, full: Cluster) -> bool:
    if short.type == "Person":
        return is_short_person(short.key, full.key)
    acronym = short.first.text.replace(".", "").isupper() and is_initials(short.key, full.key)
    return acronym or is_short_organization(short.key, full.key)
