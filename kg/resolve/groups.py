"""Clusters of different documents that have been joined: one thing so far, and what is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Mention
from kg.resolve.context import Cluster, Context, Told


class Group:
    """Clusters that have been joined: their names, documents, context, and what is told of them."""

    def __init__(self, cluster: Cluster, context: Context) -> None:
        self.clusters = [cluster]
        self.key, self.keys, self.type = cluster.key, set(cluster.keys), cluster.type
        self.texts = {m.text for m in cluster.names}
        self.documents: dict[str, list[Cluster]] = {}
        for document in sorted({m.document for m in cluster.mentions}):
            self.documents[document] = [cluster]
        self.features = context.features(cluster)
        self.told = Told()
        self.told.add(cluster.told)
        self.own = context.names(cluster)
        self.into: Group | None = None

    @property
    def first(self) -> Mention:
        return self.clusters[0].first

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands in the order of groups: by name, type, document and place there."""
        return self.key, self.type, self.first.document, self.first.span

    def take(self, other: Group) -> None:
        """Take in another group; the cluster of the fullest name speaks for both."""
        other.into = self
        if _rank(other.clusters[0]) < _rank(self.clusters[0]):
            self.clusters = [*other.clusters, *self.clusters]
        else:
            self.clusters.extend(other.clusters)
        if (len(other.key), other.key) > (len(self.key), self.key):
            self.key = other.key
        if self.type == "Thing" or other.type == "Person":
            self.type = other.type
        self.keys |= other.keys
        self.texts |= other.texts
        for document, held in other.documents.items():
            self.documents.setdefault(document, []).extend(held)
        for feature, closeness in other.features.items():
            self.features[feature] = max(closeness, self.features.get(feature, 0.0))
        self.told.add(other.told)
        self.own |= other.own


def _rank(cluster: Cluster) -> tuple[object, ...]:
    """Which cluster speaks for a group: the one of the fullest name, then the first."""
    return (
        -len(cluster.key),
        cluster.key,
        cluster.first.document,
        cluster.first.span,
        cluster.first.id,
    )


def now(group: Group) -> Group:
    """The group that a group has gone into."""
    while group.into is not None:
        group = group.into
    return group


def is_single(group: Group) -> bool:
    """Whether it is a person known by a surname or given name alone."""
    return group.type == "Person" and group.clusters[0].person.is_single


def telling(group: Group) -> tuple[object, ...]:
    """The order of groups by how much is told of them, the most first."""
    told = group.told
    return -len(told.born) - len(told.died) - len(told.inside), -len(group.features), group.place


def are_told_apart(groups: Iterable[Group]) -> bool:
    """Whether documents tell of things of one name what is rarely true of one."""
    union: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        told = group.told
        for name, held in (("born", told.born), ("died", told.died), ("sexes", told.sexes), ("trades", told.trades), ("inside", told.inside)):  # fmt: skip
            union[name] |= held
    return any(len(held) > 1 for held in union.values())
