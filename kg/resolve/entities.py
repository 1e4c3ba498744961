"""Entities over a corpus: documents' clusters joined, labelled, and given readable ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from kg.model import Entity, Link, Mention, Statement
from kg.resolve.across import across
from kg.resolve.clusters import Clusters
from kg.resolve.context import Cluster
from kg.resolve.labels import means_something, named


def resolve(
    mentions: Iterable[Mention],
    links: Iterable[Link],
    *,
    statements: Iterable[Statement] = (),
    choices: Iterable[Link] = (),
    apart: Iterable[tuple[Collection[str], Collection[str]]] = (),
    merged: bool = True,
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    """The entities of a corpus and all judgements, those across documents added.

    `links` are the judgements inside documents. `statements` are those extracted, whose ends are mention
    ids: they tell what things are and are related to, and so which things of one name are two.
    `choices` are the judgements of a person, which go before all others, and `apart` pairs of sets of
    mention ids that a person keeps apart, each id of one from each of the other. Where `merged` is
    false, nothing is joined across documents but by choice. A "same" that
    a "different" stands against does not join, and is given back as "unsure". Pronouns that no link
    joins to a name or noun phrase are an unnamed thing of their own; those that cannot say what of
    (a reflexive) give no entity. The result does not depend on the order of the input.
    """
    known = {m.id: m for m in sorted(mentions, key=lambda m: (m.document, m.span))}
    clusters = Clusters()
    for left, right in apart:
        clusters.part(left, right)
    settled = _settle(clusters, choices)
    settled += _settle(clusters, links)
    if merged:
        members = [Cluster([known[i] for i in ids]) for ids in clusters.groups(known).values()]
        settled += across(members, statements, clusters)
    joined = [[known[i] for i in ids] for ids in clusters.groups(known).values()]
    entities = named([members for members in joined if means_something(members)])
    return entities, tuple(sorted(settled, key=_place))


def _settle(clusters: Clusters, links: Iterable[Link]) -> list[Link]:
    """Apply judgements, "different" before "same" and the surest first; those that cannot hold become "unsure"."""
    settled = []
    for link in sorted(links, key=_trust):
        holds = (
            clusters.bar(link.left, link.right)
            if link.judgement == "different"
            else clusters.join(link)
        )
        if holds or link.judgement == "unsure":
            settled.append(link)
        else:
            settled.append(
                replace(
                    link,
                    judgement="unsure",
                    reason=f"{link.reason}; other judgements are against it",
                )
            )
    return settled


def _trust(link: Link) -> tuple[object, ...]:
    return link.judgement != "different", -link.score, _place(link)


def _place(link: Link) -> tuple[str, ...]:
    return link.left, link.right, link.judgement, link.reason
