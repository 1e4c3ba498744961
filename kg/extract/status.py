"""How a text says something: polarity, certainty and attribution, and the cues that decide them.

The terms are FactBank's (Saurí & Pustejovsky 2009, doi:10.1007/s10579-009-9089-9); implicatives follow
Nairn, Condoravdi & Karttunen 2006 (aclanthology.org/W06-3907).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.extract.tree import Tree
from kg.lexicon import rows
from kg.model import Certainty, Cue, Polarity, Span

_WORSE: Final[Mapping[Certainty, int]] = {"certain": 0, "possible": 1, "unknown": 2}

# In which order a verb's classes count: for a finite clause, and for an infinitive or gerund.
_CLAUSE_ORDER: Final = (
    "report", "claim", "belief", "deny", "shown", "factive", "doubt", "ask", "plan", "want", "seem", "cause",
)  # fmt: skip
_INFINITIVE_ORDER: Final = (
    "want", "plan", "seem", "cause", "claim", "report", "belief", "deny", "doubt", "shown", "factive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it: the head token of a noun phrase, and the cue that names the source."""

    head: int
    cue: Cue


@dataclass(frozen=True, slots=True)
class Status:
    """Polarity, certainty and source of what a predicate says, and the cues that decided them."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    source: Source | None = None
    cues: tuple[Cue, ...] = ()

    def hedged(self, certainty: Certainty, cue: Cue) -> Status:
        """At most as certain as `certainty`."""
        worse = max(self.certainty, certainty, key=_WORSE.__getitem__)
        return replace(self.noted(cue), certainty=worse)

    def negated(self, cue: Cue) -> Status:
        """The other polarity."""
        return replace(
            self.noted(cue), polarity="negative" if self.polarity == "positive" else "positive"
        )

    def said(self, source: Source) -> Status:
        """Reported by a source; a source nearer to the words replaces one further out."""
        return replace(self.noted(source.cue), source=source)

    def noted(self, cue: Cue) -> Status:
        """The same, with a cue that is worth keeping."""
        return self if cue in self.cues else replace(self, cues=(*self.cues, cue))

    def affirmed(self) -> Status:
        """The same with positive polarity: what is denied of a verb is not denied of its complement."""
        return replace(self, polarity="positive")


PLAIN: Final = Status()


def cue(tree: Tree, kind: str, *positions: int) -> Cue:
    """A cue over the tokens, from the first to the last."""
    span = Span(tree.tokens[min(positions)].span.start, tree.tokens[max(positions)].span.end)
    return Cue(kind, span, span.of(tree.text))


def attitude(lemma: str, *, infinitive: bool) -> str:
    """The class of a verb with a finite clause, or with an infinitive; "" where it has none.

    >>> attitude("claim", infinitive=False), attitude("plan", infinitive=True), attitude("eat", infinitive=True)
    ('claim', 'plan', '')
    """
    kinds = _attitudes().get(lemma, frozenset())
    order = _INFINITIVE_ORDER if infinitive else _CLAUSE_ORDER
    return next((kind for kind in order if kind in kinds), "")


def phrasal(tree: Tree, verb: int) -> str:
    """The lemma of a verb with its particle, where the two have a class of their own ("rule out")."""
    both = " ".join([tree.lemma(verb), *map(tree.word, tree.kids(verb, "prt"))])
    return both if both in _attitudes() else tree.lemma(verb)


@cache
def _attitudes() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for lemma, kind in rows("attitudes"):
        found[lemma] = found.get(lemma, frozenset()) | {kind}
    return found


@cache
def signatures() -> Mapping[str, tuple[str, str]]:
    """What follows from an implicative when it is affirmed and when it is negated: `+`, `-` or `o`."""
    return {row[0]: (row[1], row[2]) for row in rows("implicatives")}
