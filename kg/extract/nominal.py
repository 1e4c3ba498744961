"""Relations inside noun phrases: roles of a noun, appositions, titles before names, ages, infinitives of nouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.ends import End, Ends, plain
from kg.extract.judge import Judge
from kg.extract.proposition import Proposition
from kg.extract.status import Status, cue
from kg.extract.tree import Tree
from kg.lexicon import table, words
from kg.model import Literal, Mention, Span

_PREPOSITIONS: Final = frozenset(
    {"of", "in", "at", "for", "with", "from", "to", "on", "by", "behind", "against"}
)
_NEVER: Final = frozenset({"never"})
_NO_ROLE: Final = frozenset({"one", "ones", "such", "so", "that", "this", "it", "there", "case"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says of its holder: `member of` X, or just `surgeon`; `hedge` is "alleged" and the like."""

    words: tuple[int, ...]
    phrase: str
    end: End
    head: int
    hedge: int | None

    def judge(self, tree: Tree, status: Status) -> Status:
        """The status with the role's own hedge."""
        if self.hedge is None:
            return status
        mark = cue(tree, "adjective", self.hedge)
        word = tree.word(self.hedge)
        if table("hedging_adjectives").get(word) == "negative" or word in _NEVER:
            return status.negated(mark)
        return status.hedged("possible", mark)


def roles(tree: Tree, ends: Ends, noun: int) -> Iterator[Role]:
    """The roles that a noun or adjective phrase gives: what it is, and of whom."""
    token = tree.tokens[noun]
    hedge = next(
        (k for k in tree.children[noun] if tree.word(k) in table("hedging_adjectives")), None
    )
    found = ends.end(noun)
    if (
        isinstance(found, Literal)
        and token.tag in {"CD", "NN", "NNS"}
        and found.datatype != "xsd:string"
    ):
        yield Role((), "", found, noun, hedge)
        return
    if token.tag not in {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "RB"}:
        return
    if tree.word(noun) in _NO_ROLE:
        return
    complements = list(_complements(tree, ends, noun))
    yield Role((), "", _category(tree, ends, noun, short=bool(complements)), noun, hedge)
    for phrase, positions, head, end in complements:
        yield Role(positions, phrase, end, head, hedge)


def _hedge(tree: Tree, noun: int) -> int | None:
    """The word that takes a description back: "an alleged spy", "reportedly the owner", "never a member"."""
    first = tree.tokens[noun].left
    for k in range(max(first - 1, 0), noun):
        near = k >= first - 1 and (k in tree.children[noun] or k <= first)
        if near and (tree.word(k) in table("hedging_adjectives") or _takes_back(tree, k)):
            return k
    return None


def _takes_back(tree: Tree, k: int) -> bool:
    if tree.tokens[k].tag == "MD":
        return False
    return tree.word(k) in table("adverbs") or tree.word(k) in _NEVER


def _category(tree: Tree, ends: Ends, noun: int, *, short: bool) -> Literal:
    """The phrase as a string without what is said by a relation: possessors, and complements where `short`."""
    span = ends.phrase(noun)
    owners = [k for k in tree.kids(noun, "poss") if tree.tokens[k].right <= noun]
    if owners:
        span = Span(tree.tokens[max(tree.tokens[k].right for k in owners)].span.start, span.end)
    mention = tree.mention_at.get(noun)
    if short and mention and mention.kind == "nominal":
        span = Span(span.start, mention.span.end)
    text = span.of(tree.text)
    return Literal(plain(text), "xsd:string", text)


def _complements(
    tree: Tree, ends: Ends, noun: int
) -> Iterator[tuple[str, tuple[int, ...], int, End]]:
    """Phrase, its tokens, and the end: by preposition, possessor, or an organisation before the noun."""
    adjective = not tree.tokens[noun].tag.startswith("NN")
    words_, head = ((noun,), tree.word(noun)) if adjective else _role_name(tree, noun)
    for preposition in tree.kids(noun, "prep"):
        word = tree.word(preposition)
        for kid in tree.kids(preposition, "pobj"):
            for conjunct in tree.conjuncts(kid):
                end = ends.end(conjunct)
                named = isinstance(end, Mention) and (end.kind != "nominal" or word == "of")
                if end is not None and (adjective or (named and word in _PREPOSITIONS)):
                    yield f"{head} {word}", (*words_, preposition), conjunct, end
    for owner in tree.kids(noun, "poss"):
        end = ends.thing(_whose(tree, owner))
        if end:
            yield f"{head} of", words_, _whose(tree, owner), end
    if tree.lemma(noun) in words("roles"):
        for kid in tree.kids(noun, "compound", "amod", "nmod"):
            end = ends.thing(kid)
            if end and end.kind == "name" and end.type in {"Organization", "Place", "Group"}:
                yield f"{head} of", words_, kid, end


def _role_name(tree: Tree, noun: int) -> tuple[tuple[int, ...], str]:
    """The noun with the words that belong to the office: `chief executive`, `deputy director`."""
    parts = []
    for kid in tree.kids(noun, "compound", "amod"):
        named = kid in tree.mention_at and tree.mention_at[kid].kind == "name"
        lower = tree.tokens[kid].text.islower() or tree.tokens[noun].text[:1].isupper()
        compound = tree.tokens[kid].dependency == "compound" and lower
        if kid < noun and not named and (compound or tree.word(kid) in words("role_modifiers")):
            parts.append(kid)
    phrase = " ".join([*map(tree.word, parts), _hyphenated(tree, noun)])
    return (*parts, noun), phrase


def _hyphenated(tree: Tree, noun: int) -> str:
    """The lemma of a noun, or all of a compound that the tokenizer cut at its hyphens ("brother-in-law")."""
    start, end = tree.tokens[noun].span.start, tree.tokens[noun].span.end
    tail = tree.text[end : end + 20].split()
    if tree.text[end : end + 1] == "-" and tail:
        return (tree.text[start:end] + tail[0]).strip(".,;:”\"'").lower()
    return tree.lemma(noun)


def _whose(tree: Tree, owner: int) -> int:
    """What "whose" stands for: the noun that its relative clause modifies; any other owner itself."""
    if tree.tokens[owner].tag != "WP$":
        return owner
    for above in tree.ancestors(owner):
        if above.dependency == "relcl":
            return above.head
    return owner


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
        yield from self._infinitive(i)

    def _appositions(self, i: int) -> Iterator[Proposition]:
        tree = self.tree
        for kid in tree.kids(i, "appos"):
            colon = any(tree.tokens[k].text == ":" for k in range(min(i, kid), max(i, kid)))
            if self.ends.date_at(kid) or colon:
                continue
            if tree.tokens[kid].tag == "CD":
                yield from self._age(i, kid)
                continue
            for other in tree.conjuncts(kid):
                another = tree.kids(other, "poss") or any(
                    (m := tree.mention_at.get(k)) and m.kind == "name"
                    for k in tree.kids(other, "appos")
                )
                for one in self._described_by(i, other) if other == kid or not another else ():
                    yield from self._apposition(one, other)

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

    def _age(self, i: int, kid: int) -> Iterator[Proposition]:
        """As in "Ann Lee, 54,": a person's age."""
        holder = self.ends.thing(i)
        text = self.tree.tokens[kid].text
        if holder and holder.type == "Person" and text.isdigit() and len(text) < 4:
            yield Proposition(
                holder, i, (kid,), "be aged", Literal(text, "xsd:integer", text), kid, kid,
                self.judge.nominal(i), "age",
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
        owners += [m for k in tree.kids(i, "poss") if (m := self.ends.thing(k))]
        first = min(tree.tokens[k].left for k in before)
        text = tree.span(first, role + 1).of(tree.text)
        named = [m for m in owners if m.span.end <= tree.tokens[role].span.start]
        for owner in named:
            phrase = f"be {_role_name(tree, role)[1]} of"
            yield self._titled(mention, i, role, phrase, owner, owner.head, status, hedge)
            text = (
                text.replace(owner.text, "").strip(" ’'s") if text.startswith(owner.text) else text
            )
        title = Literal(plain(text), "xsd:string", text)
        yield self._titled(mention, i, role, "be", title, role, status, hedge)

    def _infinitive(self, i: int) -> Iterator[Proposition]:
        """As in "his attempt to defect to X": one relation with the noun's verb."""
        tree = self.tree
        if tree.lemma(i) not in table("verbal_nouns"):
            return
        for verb in tree.kids(i, "acl"):
            to = [k for k in tree.kids(verb, "aux") if tree.word(k) == "to"]
            if tree.tokens[verb].tag != "VB" or not to:
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
            for owner in tree.kids(i, "poss"):
                holder = self.ends.thing(owner)
                for phrase, more, k in found:
                    end = self.ends.end(k)
                    if holder and end and not self.ends.date_at(k):
                        positions = (i, *to, verb, *more)
                        status = self.judge.nominal(i)
                        yield Proposition(
                            holder, owner, positions, phrase, end, k, i, status, "noun"
                        )

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
