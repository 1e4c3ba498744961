"""Where people and bodies belong, said without a verb: "Ann Lee of Tarn", "Turin-based Tarn", "Fiat-owned Tarn"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.ends import Ends
from kg.extract.judge import Judge
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import rows, words
from kg.model import Mention

_PREPOSITIONS: Final = frozenset({"of", "at", "from"})
_SEATS: Final = frozenset({"of", "in", "at"})
_SITES: Final = frozenset({"in", "at", "near", "off", "around", "outside", "on"})
# What is held somewhere, though it is no building.
_HELD: Final = frozenset({"account", "deposit", "trust", "fund"})
_SITED: Final = frozenset({"Organization", "Place", "Event"})
_GIVEN: Final = frozenset(
    {"grant", "loan", "donation", "gift", "message", "call", "order", "telegram"}
)
_OWNED: Final = {
    ("Organization", "Place"): "be in",
    ("Place", "Place"): "be in",
    ("CreativeWork", "Person"): "be by",
}
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
            yield from self._home(i, mention, _PREPOSITIONS)
            for old in self.tree.kids(i, "appos"):
                if self.tree.word(old) == "old":
                    yield from self._home(old, mention, _PREPOSITIONS, i)
        elif mention.kind == "name" and mention.type == "Organization":
            yield from self._home(i, mention, _SEATS)
        elif mention.kind == "name" and mention.type == "Place":
            yield from self._region(i, mention)
        if mention.kind == "name" or mention.type == "Place":
            yield from self._possessed(i, mention)
        held = self.tree.lemma(i) in _HELD
        if mention.kind == "nominal" and (mention.type in _SITED or held):
            yield from self._site(i, mention)
        elif mention.kind == "nominal" and self._is_sent(i, mention):
            yield from self._source(i, mention)
        yield from self._hyphened(i, mention)

    def _possessed(self, i: int, name: Mention) -> Iterator[Proposition]:
        """As in "Lyon's Tarn Bank", "Ann Lee's The Long Field": where a named thing is, or whose work."""
        for k in self.tree.kids(i, "poss"):
            owner = self.ends.thing(k)
            if owner is None or owner.kind != "name":
                continue
            lemma = _OWNED.get((name.type, owner.type))
            if lemma:
                yield Proposition(
                    name, i, (k,), lemma, owner, k, i, self.judge.nominal(i), "affiliation"
                )  # fmt: skip

    def _is_sent(self, i: int, thing: Mention) -> bool:
        return thing.type == "CreativeWork" or self.tree.lemma(i) in _GIVEN

    def _source(self, i: int, thing: Mention) -> Iterator[Proposition]:
        """As in "a letter from Ann Lee", "a grant from the Tarn Foundation": who sent or gave it."""
        tree = self.tree
        for preposition in tree.kids(i, "prep"):
            if preposition != i + 1 or tree.word(preposition) not in {"from", "by"}:
                continue
            for k in tree.kids(preposition, "pobj"):
                source = self.ends.thing(k)
                if source and source.kind == "name" and source.type in {"Person", "Organization"}:
                    yield Proposition(
                        thing, i, (preposition,), f"be {tree.word(preposition)}", source, k, preposition,
                        self.judge.nominal(i), "affiliation",
                    )  # fmt: skip

    def _site(self, i: int, thing: Mention) -> Iterator[Proposition]:
        """As in "a school in Lyon", "the Lyon firm": where a body, a building or an event is."""
        tree = self.tree
        if tree.tokens[i].dependency in {"attr", "compound", "nmod"} or not tree.kids(i, "det", "poss", "nummod", "amod", "compound"):  # fmt: skip
            return
        found = [(p, k) for p in self._beside(i) for first in tree.kids(p, "pobj") for k in tree.conjuncts(first)]  # fmt: skip
        if thing.type == "Organization" and tree.kids(i, "det"):
            found += [(k, k) for k in tree.kids(i, "compound") if k == i - 1]
        for where, k in found:
            place = self.ends.thing(k)
            if place and place.kind == "name" and place.type == "Place":
                lemma = f"be {tree.word(where)}" if where != k else "be in"
                yield Proposition(
                    thing, i, (where,), lemma, place, k, where, self.judge.nominal(i), "affiliation",
                )  # fmt: skip

    def _beside(self, noun: int) -> Iterator[int]:
        """Prepositions of place right behind a noun, or behind what it is of or for."""
        end = noun + 1
        for preposition in self.tree.kids(noun, "prep"):
            if preposition != end:
                return
            yield from (p for p in self.tree.conjuncts(preposition) if self.tree.word(p) in _SITES)
            if self.tree.word(preposition) not in {"of", "for"}:
                return
            end = self.tree.tokens[preposition].right

    def _home(
        self, i: int, one: Mention, prepositions: frozenset[str], name: int | None = None
    ) -> Iterator[Proposition]:
        """As in "Ann Lee of the Tarn Institute", "Bo Ray, now at Tarn", "Inspector Lee of the Turin Police".

        `name` is the head of the name where it is not token i: "Ann Lee, a 19-year-old from Lyon".
        """
        tree, holder = self.tree, i if name is None else name
        for preposition in tree.kids(i, "prep"):
            if tree.word(preposition) not in prepositions or preposition < i:
                continue
            for head in tree.kids(preposition, "pobj"):
                home = self.ends.thing(head)
                if home and home.kind == "name" and home.type in _HOMES:
                    title = self._title(i, one) if home.type == "Organization" else ()
                    rank = "".join(f"{tree.word(k)} " for k in title)
                    yield Proposition(
                        one, holder, (*title, preposition), f"be {rank}{tree.word(preposition)}", home, head,
                        preposition, self.judge.nominal(i), "affiliation",
                    )  # fmt: skip

    def _title(self, i: int, person: Mention) -> tuple[int, ...]:
        """The rank right before a name: "Detective Inspector", "professor"."""
        tree, k = self.tree, self._first(i, person) - 1
        found: list[int] = []
        while k >= 0 and tree.tokens[k].head in {i, k + 1} and tree.tokens[k].tag.startswith("NN"):
            found.insert(0, k)
            k -= 1
        known = found and (tree.word(found[-1]) in words("roles") | words("titles"))
        return tuple(found) if known and person.type == "Person" else ()

    def _first(self, i: int, mention: Mention) -> int:
        while i and self.tree.tokens[i - 1].span.start >= mention.span.start:
            i -= 1
        return i

    def _region(self, i: int, place: Mention) -> Iterator[Proposition]:
        """As in "Dundee, Scotland": the first lies in the second."""
        for kid in self.tree.kids(i, "appos"):
            region = self.ends.thing(kid)
            if region is None or region.kind != "name" or region.type != "Place" or kid < i:
                continue
            if self.tree.text[place.span.end : region.span.start] == ", ":
                yield Proposition(
                    place, i, (kid,), "be in", region, kid, kid, self.judge.nominal(i), "affiliation",
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
