"""Pronouns: a log-linear model chooses among the mentions before one and none of them, or leaves it open.

Such a ranking model is that of Denis and Baldridge (2008, aclanthology.org/D08-1069). Its weights are data
(`lexicon/pronoun_weights.tsv`), written by `make train-coreference`; a feature without a weight counts nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.pairs import Pairs, group
from kg.resolve.ranking import Ranker, Weights
from kg.resolve.syntax import SUBJECTS, Syntax

# How many sentences back a pronoun looks.
_REACH: Final = 5
# The least probability at which a pronoun is joined; `make train-coreference OPTIONS=--check` measures what it gives.
_SURE: Final = 0.5
_PEOPLE: Final = {"man": "he", "woman": "she"}


def pronoun_links(
    syntax: Syntax,
    mentions: Sequence[Mention],
    clusters: Clusters,
    weights: Weights | None = None,
) -> Iterator[Link]:
    """One "same" link for each pronoun that can be resolved safely; links are joined as they are found."""
    chooser = Chooser(syntax, mentions, clusters, weights)
    for mention in mentions:
        wanted = chooser.wanted(mention)
        found = chooser.choose(mention, wanted) if wanted else None
        if found and found[1] >= _SURE:
            candidate, chance = found
            before = clusters.root(candidate.id)
            link = same_thing(
                candidate,
                mention,
                round(chance, 2),
                f"{mention.short!r}: {candidate.text!r} is the likeliest before it",
            )
            clusters.join(link)
            chooser.pairs.learn(before, mention, wanted)
            yield link


class Chooser(Ranker):
    """Chooses what pronouns of one document stand for."""

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[Mention],
        clusters: Clusters,
        weights: Weights | None = None,
    ) -> None:
        super().__init__("pronoun_weights", " ", clusters, weights)
        self.syntax = syntax
        self.mentions = mentions
        self.pairs = Pairs(syntax, mentions, clusters)
        self._starts = [m.span.start for m in mentions]

    def wanted(self, mention: Mention) -> str:
        """The group of a pronoun; "the man" that begins a sentence asks like "he"; "" for what asks for nothing."""
        if mention.kind != "nominal":
            return group(mention)
        asked = _PEOPLE.get(self.syntax.lemma(mention.head), "")
        leads = self.syntax.tokens[mention.head].dependency in SUBJECTS
        new = self.clusters.root(mention.id) == mention.id
        alone = mention.extent == mention.span and not self.syntax.modifiers(mention)
        bare = not self.syntax.kids(mention.head, "appos")
        definite = self.syntax.is_definite(mention)
        return asked if asked and leads and new and alone and bare and definite else ""

    def candidates(self, pronoun: Mention, wanted: str) -> list[Mention]:
        """The mentions that a pronoun can stand for, the nearest first."""
        here = self.syntax.sentence(pronoun.head)
        beside = self.pairs.beside(pronoun)
        found: list[Mention] = []
        seen: set[str] = set()
        for mention in reversed(self.mentions[: bisect_left(self._starts, pronoun.span.start)]):
            if here - self.syntax.sentence(mention.head) > _REACH:
                break
            if self.clusters.root(mention.id) in beside:
                continue
            root = self.clusters.root(mention.id)
            if root in seen and here - self.syntax.sentence(mention.head) > 1:
                continue  # of what was said further back, the last mention speaks
            if self.pairs.is_possible(mention, pronoun, wanted):
                found.append(mention)
                seen.add(root)
        return found

    def features(self, pronoun: Mention, wanted: str, found: Sequence[Mention]) -> Iterator[list[str]]:  # fmt: skip
        """The features of standing for nothing, then those of each candidate."""
        yield self.pairs.of_none(pronoun, wanted, found)
        yield from self.pairs.of_candidates(pronoun, found)

    def choose(self, pronoun: Mention, wanted: str) -> tuple[Mention, float] | None:
        """The likeliest thing, by its likeliest mention, and the probability in [0, 1] that it is meant."""
        found = self.candidates(pronoun, wanted)
        if self.pairs.is_empty(pronoun) or not found:
            return None
        people = {self.clusters.root(m.id) for m in found}
        if pronoun.kind == "nominal" and len(people) > 1 and not self.syntax.kids(pronoun.head, "relcl"):  # fmt: skip
            return None  # "the man" tells less than "he": only of one man can it be said
        doer = self.pairs.doer(pronoun, found)
        if doer:
            return doer, 1.0
        return self.likeliest(wanted, self.features(pronoun, wanted, found), found)
