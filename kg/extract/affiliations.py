"""Where people and bodies belong, said without a verb: "Ann Lee of Tarn", "Turin-based Tarn", "Fiat-owned Tarn"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.ends import Ends
from kg.extract.judge import Judge
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import rows
from kg.model import Mention

_PREPOSITIONS: Final = frozenset({"of", "at", "from"})
_HOMES: Final = frozenset({"Organization", "Place"})


class Affiliations:
    """Propositions about names and what stands right beside them."""

    def __init__(self, tree: Tree, ends: Ends, judge: Judge) -> None:
        self.tree = tree
        self.ends = ends
        self.judge = judge
        self._participles = {row[0]: (row[1], row[2] == "name") for row in rows("compound_participles")}  # fmt: skip

    def propositions(self, i: int) -> Iterator[Proposition]:
        """What the phrase headed by token i says of where its thing belongs."""
        mention = self.tree.mention_at.get(i)
        if mention is None or mention.kind == "pronoun":
            return
        if mention.kind == "name" and mention.type == "Person":
            yield from self._home(i, mention)
        yield from self._hyphened(i, mention)

    def _home(self, i: int, person: Mention) -> Iterator[Proposition]:
        """As in "Ann Lee of the Tarn Institute", "Bo Ray, now at Tarn"."""
        tree = self.tree
        for preposition in tree.kids(i, "prep"):
            if tree.word(preposition) not in _PREPOSITIONS or preposition < i:
                continue
            for head in tree.kids(preposition, "pobj"):
                home = self.ends.thing(head)
                if home and home.kind == "name" and home.type in _HOMES:
                    lemma = f"be {tree.word(preposition)}"
                    yield Proposition(
                        person, i, (preposition,), lemma, home, head, preposition,
                        self.judge.nominal(i), "affiliation",
                    )  # fmt: skip

    def _hyphened(self, i: int, mention: Mention) -> Iterator[Proposition]:
        """As in "Turin-based Tarn": the parser hangs the name on the participle, or on the noun beside it."""
        tree = self.tree
        for participle in tree.kids(i, "amod", "compound", "nmod"):
            known = self._participles.get(tree.word(participle))
            before = participle - 2
            if known is None or before < 0 or tree.tokens[participle - 1].text != "-":
                continue
            name = next((m for k in (before, before - 1) if k >= 0 and (m := tree.mention_at.get(k))), None)  # fmt: skip
            if name is None or name.kind != "name" or name.span.end != tree.tokens[participle - 1].span.start:  # fmt: skip
                continue
            lemma, acts = known
            ends = (name, name.head, mention, i) if acts else (mention, i, name, name.head)
            holder, holder_head, other, other_head = ends
            yield Proposition(
                holder, holder_head, (participle,), lemma, other, other_head, participle,
                self.judge.nominal(i), "affiliation",
            )  # fmt: skip
