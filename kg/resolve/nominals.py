"""Noun phrases: a log-linear model chooses among the mentions before one and none of them, or leaves it open.

As for pronouns, the model is that of Denis and Baldridge (2008, aclanthology.org/D08-1069). Its weights are data
(`lexicon/phrase_weights.tsv`), written by `make train-coreference`; a feature without a weight counts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.phrases import Phrases
from kg.resolve.ranking import Ranker, Weights
from kg.resolve.syntax import Syntax

# The least probability at which a phrase is joined: to what was called by the same words, and to anything else.
_SURE_SAME: Final = 0.25
_SURE: Final = 0.5
# The most mentions of one noun that are weighed, the nearest first.
_MOST: Final = 20


class Nominals(Ranker):
    """Chooses what the noun phrases of one document stand for."""

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[Mention],
        clusters: Clusters,
        weights: Weights | None = None,
    ) -> None:
        super().__init__("phrase_weights", ": ", clusters, weights)
        self.syntax = syntax
        self.mentions = mentions
        self.phrases = Phrases(syntax, mentions, clusters)
        self._by_noun: dict[str, list[Mention]] = defaultdict(list)

    def links(self) -> Iterator[Link]:
        """A "same" link for each phrase that means what was named or described before; joined as they are found."""
        for mention in self.mentions:
            found = self.choose(mention) if self.asks(mention) else None
            if found and found[1] >= self._least(found[0], mention):
                candidate, chance = found
                before = self.clusters.root(candidate.id)
                link = same_thing(candidate, mention, round(chance, 2), f"{mention.text!r}: {candidate.text!r} is the likeliest before it")  # fmt: skip
                if self.clusters.join(link):
                    self.phrases.gather(before, mention)
                    yield link
            self.note(mention)

    def _least(self, candidate: Mention, phrase: Mention) -> float:
        return _SURE_SAME if self.phrases.are_equal(candidate, phrase) else _SURE

    def asks(self, mention: Mention) -> bool:
        """Whether a mention is a noun phrase that stands for nothing yet."""
        return mention.kind == "nominal" and self.clusters.root(mention.id) == mention.id

    def note(self, mention: Mention) -> None:
        """Let what comes later be joined to a mention."""
        if mention.kind == "pronoun":
            return
        for noun in self.phrases.nouns(mention):
            self._by_noun[noun].append(mention)

    def candidates(self, phrase: Mention) -> list[Mention]:
        """The mentions that a phrase can stand for, the nearest first: of one noun, or what it is said to be."""
        words = {self.syntax.lemma(phrase.head), self.syntax.tokens[phrase.head].text.lower()}
        found = {m.id: m for noun in words for m in self._by_noun[noun][-_MOST:]}
        found.update((m.id, m) for m in self.phrases.described(phrase))
        nearest = sorted(found.values(), key=lambda m: m.span, reverse=True)
        return [m for m in nearest if self.phrases.is_possible(m, phrase)]

    def choose(self, phrase: Mention) -> tuple[Mention, float] | None:
        """The likeliest thing, by its likeliest mention, and the probability in [0, 1] that it is meant."""
        found = self.candidates(phrase)
        if not found:
            return None
        group = self.phrases.determiner(phrase)
        return self.likeliest(group, self.phrases.features(phrase, found), found)
