"""Relations inside noun phrases: appositions, titles before names, ages, infinitives of nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.clauses import subjects_of
from kg.extract.ends import End, Ends, plain
from kg.extract.judge import Judge
from kg.extract.proposition import Proposition
from kg.extract.roles import Role, role_name, roles
from kg.extract.status import Status
from kg.extract.tree import Tree
from kg.lexicon import table, words
from kg.model import Literal, Mention

# Verbs that only call somebody what follows: "labelled Lee the killer", "thought Lee the author".
_CALLING: Final = frozenset({"label", "call", "name", "dub", "think", "consider", "deem", "declare", "brand", "term", "judge", "find", "believe", "hold", "proclaim", "pronounce", "portray", "describe", "hail", "regard"})  # fmt: skip
_LIFE: Final = 115  # years


class Nominal:
    """Propositions that stand inside noun phrases."""

    def __init__(self, tree: Tree, ends: Ends, judge: Judge) -> None:
        self.tree = tree
        self.ends = ends
        self.judge = judge

    def propositions(self, i: int) -> Iterator[Proposition]:
        """All that the noun phrase headed by token i says of itself."""
        mention = self.tree.mention_at.get(i)
        if mention is None or mention.kind == "pronoun":
            return
        yield from self._appositions(i)
        yield from self._title(i, mention)
        yield from self._holder(i, mention)
        yield from self._infinitive(i)

    def _appositions(self, i: int) -> Iterator[Proposition]:
        tree = self.tree
        for kid in tree.kids(i, "appos"):
            whose = any(tree.tokens[k].tag == "WP$" for k in tree.kids(kid, "poss"))
            if whose or self._is_called(i, kid) or self._is_list(i, kid):
                continue
            colon = any(tree.tokens[k].text == ":" for k in range(min(i, kid), max(i, kid)))
            if self.ends.date_at(kid) or colon:
                yield from self._life(i, kid)
                continue
            for number in self._years(kid):
                yield from self._age(i, number)
            if tree.tokens[kid].tag == "CD":
                yield from self._age(i, kid)
                yield from self._life(i, kid)
                continue
            for other in tree.conjuncts(kid):
                another = tree.kids(other, "poss") or any(
                    (m := tree.mention_at.get(k)) and m.kind == "name"
                    for k in tree.kids(other, "appos")
                )
                for one in self._described_by(i, other) if other == kid or not another else ():
                    yield from self._apposition(one, other)

    def _is_called(self, i: int, kid: int) -> bool:
        """As in "labelled Lee the killer": what somebody is called, read as an apposition."""
        tree = self.tree
        parted = any(tree.tokens[k].text in {",", "(", "—", "–"} for k in range(i, kid))
        calling = tree.lemma(tree.tokens[i].head) in _CALLING
        return calling and tree.tokens[i].dependency == "dobj" and not parted

    def _is_list(self, i: int, kid: int) -> bool:
        """As in "the baker, the bell and the key": things side by side, not one thing described."""
        mention = self.tree.mention_at.get(i)
        return (
            mention is not None and mention.kind == "nominal" and bool(self.tree.kids(kid, "conj"))
        )

    def _described_by(self, i: int, noun: int) -> list[int]:
        """Whom an apposition describes: the noun it stands beside, or all of a list if it is plural."""
        first = i
        while self.tree.tokens[first].dependency == "conj":
            first = self.tree.tokens[first].head
        plural = self.tree.tokens[noun].tag == "NNS"
        listed = self.tree.mention_at.get(first)
        return self.tree.conjuncts(first) if plural and listed and listed.kind == "name" else [i]

    def _apposition(self, i: int, kid: int) -> Iterator[Proposition]:
        """A name beside a description, in either order."""
        left, right = self.ends.thing(i), self.tree.mention_at.get(kid)
        if left is None or right is None:
            return
        if left.kind == "name" and right.kind == "nominal":
            holder, head, noun = left, i, kid
        elif right.kind == "name" and left.kind == "nominal":
            holder, head, noun = right, kid, i
        elif left.kind == "nominal" and right.kind == "nominal":
            holder, head, noun = left, i, kid
        else:
            return
        yield from self._described(holder, head, noun, "apposition")

    def _described(self, holder: Mention, head: int, noun: int, rule: str) -> Iterator[Proposition]:
        status = self.judge.nominal(noun)
        for role in roles(self.tree, self.ends, noun):
            if role.head == head or role.end == holder:
                continue
            yield Proposition(
                holder, head, role.words or (noun,), f"be {role.phrase}".strip(), role.end, role.head, noun,
                role.judge(self.tree, status), rule,
            )  # fmt: skip

    def _holder(self, i: int, mention: Mention) -> Iterator[Proposition]:
        """As in "the director of the CIA resigned": whoever that is holds the role; who, is told elsewhere."""
        tree = self.tree
        if mention.kind != "nominal" or mention.type != "Person" or tree.tokens[i].tag != "NN":
            return
        beside = tree.tokens[i].dependency in {"appos", "attr", "oprd", "compound", "nmod"}
        articles = {tree.word(k) for k in tree.kids(i, "det")}
        known = articles <= {"the", "a", "an"} and (articles or tree.kids(i, "poss"))
        above = tree.tokens[i].head
        said_to_be = tree.word(above) == "as" or tree.lemma(above) in _CALLING
        if beside or said_to_be or tree.kids(i, "appos") or not known:
            return
        for role in roles(tree, self.ends, i):
            related = isinstance(role.end, Mention) and role.end.kind != "pronoun"
            if related or (not role.phrase and articles <= {"a", "an"} and articles):
                yield Proposition(
                    mention, i, role.words, f"be {role.phrase}".strip(), role.end, role.head, i,
                    role.judge(tree, self.judge.nominal(i)), "holder",
                )  # fmt: skip

    def _years(self, noun: int) -> Iterator[int]:
        """The number of "an 18-year-old", which the parser reads as the adjective "old" or as "old" before a noun."""
        tree = self.tree
        olds = [noun, *tree.kids(noun, "amod", "compound")]
        for old in (k for k in olds if tree.word(k) == "old"):
            for year in tree.kids(old, "npadvmod"):
                yield from tree.kids(year, "nummod")

    def _age(self, i: int, kid: int) -> Iterator[Proposition]:
        """As in "Ann Lee, 54,": a person's age."""
        holder = self.ends.thing(i)
        text = self.tree.tokens[kid].text
        if holder and holder.type == "Person" and text.isdigit() and len(text) < 4:
            yield Proposition(
                holder, i, (kid,), "be aged", Literal(text, "xsd:integer", text), kid, kid,
                self.judge.nominal(i), "age",
            )  # fmt: skip

    def _life(self, i: int, kid: int) -> Iterator[Proposition]:
        """As in "Ann Lee (1829–1894)": when a person was born and died."""
        holder, text = self.ends.thing(i), self.tree.tokens[kid].text
        years = re.fullmatch(r"(\d{4})[–-](\d{4})", text)
        if holder is None or holder.type != "Person" or years is None or not 0 < int(years[2]) - int(years[1]) <= _LIFE:  # fmt: skip
            return
        for lemma, year in (("be born in", years[1]), ("die in", years[2])):
            yield Proposition(
                holder, i, (kid,), lemma, Literal(year, "xsd:gYear", year), kid, kid,
                self.judge.nominal(i), "life",
            )  # fmt: skip

    def _title(self, i: int, mention: Mention) -> Iterator[Proposition]:
        """A role before a name: "CIA director Allen Dulles", "Energy Minister Ana Lind"."""
        if mention.kind != "name" or mention.type != "Person":
            return
        tree = self.tree
        before = [
            k
            for k in tree.kids(i, "compound", "amod", "nmod")
            if tree.tokens[k].span.end <= mention.span.start
        ]
        nouns = [k for k in before if tree.tokens[k].tag.startswith("NN")]
        if not nouns:
            return
        role = max(nouns)
        known = (
            tree.lemma(role) in words("roles")
            or table("noun_types").get(tree.lemma(role)) == "Person"
        )
        if not known or self.ends.date_at(role):
            return
        status = self.judge.nominal(i)
        hedge = next((k for k in before if tree.word(k) in table("hedging_adjectives")), None)
        owners = [
            m for k in (*before, *tree.kids(role, "compound", "nmod", "amod"))
            if (m := tree.mention_at.get(k)) and m.kind == "name" and m.type in {"Organization", "Place", "Group"}
        ]  # fmt: skip
        possessors = [*tree.kids(i, "poss"), *tree.kids(role, "poss")]
        owners += [m for k in possessors if (m := self.ends.thing(k))]
        first = min(tree.tokens[k].left for k in before)
        text = tree.span(first, role + 1).of(tree.text)
        named = [m for m in owners if m.span.end <= tree.tokens[role].span.start]
        for owner in named:
            phrase = f"be {role_name(tree, role)[1]} of"
            yield self._titled(mention, i, role, phrase, owner, owner.head, status, hedge)
            text = (
                text.replace(owner.text, "").strip(" ’'s") if text.startswith(owner.text) else text
            )
        if "-" in role_name(tree, role)[1] and named:
            return  # "brother-in-law", which the tokenizer cut
        title = Literal(plain(text), "xsd:string", text)
        yield self._titled(mention, i, role, "be", title, role, status, hedge)

    def _infinitive(self, i: int) -> Iterator[Proposition]:
        """As in "his attempt to defect to X": one relation with the noun's verb."""
        tree = self.tree
        if tree.lemma(i) not in table("verbal_nouns"):
            return
        for verb in tree.kids(i, "acl"):
            to = [k for k in tree.kids(verb, "aux") if tree.word(k) == "to"]
            if tree.tokens[verb].tag != "VB" or not to or tree.kids(verb, "neg"):
                continue
            lemma = f"{table('verbal_nouns')[tree.lemma(i)]} to {tree.lemma(verb)}"
            found: list[tuple[str, tuple[int, ...], int]] = [
                (lemma, (), k) for k in tree.kids(verb, "dobj")
            ]
            if not found:
                found = [
                    (f"{lemma} {tree.word(p)}", (p,), k)
                    for p in tree.kids(verb, "prep")
                    for k in tree.kids(p, "pobj")
                ]
            for owner, status in self._planners(i):
                holder = self.ends.thing(owner)
                for phrase, more, k in found:
                    end = self.ends.end(k)
                    if holder and end and not self.ends.date_at(k):
                        positions = (i, *to, verb, *more)
                        yield Proposition(
                            holder, owner, positions, phrase, end, k, i, status, "noun"
                        )

    def _planners(self, i: int) -> Iterator[tuple[int, Status]]:
        """Whose plan it is, and whether there is one: "his plan to", "they have no plans to"."""
        for owner in self.tree.kids(i, "poss"):
            yield owner, self.judge.nominal(i)
        verb = self.tree.tokens[i].head
        if self.tree.tokens[i].dependency == "dobj" and self.tree.lemma(verb) in {"have", "make"}:
            for subject in subjects_of(self.tree, verb)[0]:
                yield subject, self.judge.status(verb)

    def _titled(
        self,
        holder: Mention,
        i: int,
        role: int,
        lemma: str,
        end: End,
        head: int,
        status: Status,
        hedge: int | None,
    ) -> Proposition:
        judged = Role((role,), lemma, end, head, hedge).judge(self.tree, status)
        return Proposition(holder, i, (role,), lemma, end, head, role, judged, "title")
