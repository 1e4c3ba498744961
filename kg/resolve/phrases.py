"""What a noun phrase and an earlier mention are to each other: the named features that the choice weighs.

Each feature counts once for all noun phrases and once for those with its kind of determiner ("the", "this", "a", ...).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.resolve.clusters import Clusters
from kg.resolve.gathered import Gathered
from kg.resolve.names import LEADING, name_key
from kg.resolve.ranking import most
from kg.resolve.surroundings import determiner, layout, told_gender
from kg.resolve.syntax import SUBJECTS, Syntax

_ROLES: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "conj", "compound"})  # fmt: skip


class Phrases(Gathered):
    """Reads noun phrases and the mentions before them in one document, over what is joined so far."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        super().__init__(syntax, mentions, clusters)
        self._quoted, self._paragraph = layout(syntax)
        self._determiners: dict[str, str] = {}
        self._narrowed: dict[str, set[str]] = {}
        self._sexes: dict[str, str] = {}
        self._bare: dict[str, tuple[str, ...]] = {}
        self._lead = {clusters.root(m.id) for m in mentions if syntax.sentence(m.head) <= 1}
        self._frequency = Counter(syntax.lemma(m.head) for m in mentions if m.kind == "nominal")

    def determiner(self, mention: Mention) -> str:
        """The kind of determiner, by which phrases are weighed together; number where there is a number alone."""
        if mention.id not in self._determiners:
            kind = determiner(self.syntax, mention, "det", "predet")
            numbered = kind == "none" and self.syntax.kids(mention.head, "nummod")
            self._determiners[mention.id] = "number" if numbered else kind
        return self._determiners[mention.id]

    def _modifiers(self, mention: Mention) -> set[str]:
        if mention.id not in self._narrowed:
            self._narrowed[mention.id] = self.syntax.modifiers(mention)
        return self._narrowed[mention.id]

    def _sex(self, mention: Mention) -> str:
        if mention.id not in self._sexes:
            self._sexes[mention.id] = told_gender(self.syntax, mention)
        return self._sexes[mention.id]

    def nouns(self, mention: Mention) -> set[str]:
        """The nouns by which a mention is found: its head's lemma; of a name, its last word too."""
        lemma = self.syntax.lemma(mention.head)
        if mention.kind == "name":
            return {lemma, *name_key(mention.text)[-1:]}
        return {lemma}

    def is_possible(self, mention: Mention, phrase: Mention) -> bool:
        """Whether nothing forbids that the phrase stands for the mention: gender, an "a", other words, syntax."""
        if mention.span.end > phrase.span.start or phrase.span in mention.extent:
            return False
        if mention.kind == "pronoun":
            return False
        told, other = self._sex(phrase), self._sex(mention)
        if told and other and told != other:
            return False
        if self.is_copular(mention, phrase) or self.is_apposed(mention, phrase):
            return True
        if self.determiner(phrase) == "a" or self._are_contrasted(mention, phrase):
            return False
        return not self.syntax.are_two(mention, phrase)

    def _are_contrasted(self, mention: Mention, phrase: Mention) -> bool:
        """Whether two descriptions must be of two things: other nouns in one sentence, or words that each alone has."""
        if mention.kind != "nominal":
            return False
        if self.syntax.lemma(mention.head) != self.syntax.lemma(phrase.head):
            return self.syntax.sentence(mention.head) == self.syntax.sentence(phrase.head)
        ours, theirs = self._modifiers(phrase), self._modifiers(mention)
        return bool(ours - theirs and theirs - ours)

    def is_copular(self, mention: Mention, phrase: Mention) -> bool:
        """Whether the phrase is what the mention is said to be: "Ann Lee was a dancer"."""
        token = self.syntax.tokens[phrase.head]
        if token.dependency != "attr" or self.syntax.lemma(token.head) != "be":
            return False
        verb = token.head
        hedged = self.syntax.kids(verb, "neg", "aux") or self.syntax.kids(phrase.head, "neg")
        return not hedged and mention.head in self.syntax.kids(verb, *SUBJECTS)

    def described(self, phrase: Mention) -> Iterator[Mention]:
        """The mention that the phrase describes, by "be" or in apposition."""
        token = self.syntax.tokens[phrase.head]
        near = (
            [token.head] if token.dependency == "appos" else self.syntax.kids(token.head, *SUBJECTS)
        )
        for mention in map(self.syntax.at.get, near):
            if mention and (self.is_copular(mention, phrase) or self.is_apposed(mention, phrase)):
                yield mention

    def is_apposed(self, mention: Mention, phrase: Mention) -> bool:
        """Whether the phrase stands in apposition to the mention."""
        token = self.syntax.tokens[phrase.head]
        return token.dependency == "appos" and token.head == mention.head

    def features(self, phrase: Mention, candidates: Sequence[Mention]) -> Iterator[list[str]]:
        """The features of standing for nothing, then those of each candidate, which go back from the phrase."""
        levels = [self._match(mention, phrase) for mention in candidates]
        yield self._of_none(phrase, candidates, levels)
        yield from self._of_candidates(phrase, candidates, levels)

    def _of_none(
        self, phrase: Mention, candidates: Sequence[Mention], levels: Sequence[str]
    ) -> list[str]:
        """The features of standing for none of the candidates."""
        syntax, token = self.syntax, self.syntax.tokens[phrase.head]
        found = ["none", f"none determiner {self.determiner(phrase)}", f"none role {self._role(phrase)}"]  # fmt: skip
        number = "plural" if syntax.is_plural(phrase) else "single"
        found.append(f"none {number} {self.determiner(phrase)}")
        if self._modifiers(phrase):
            found.append("none modified")
        if syntax.kids(phrase.head, "relcl", "acl"):
            found.append("none with clause")
        if syntax.kids(phrase.head, "prep"):
            found.append("none with complement")
        if token.sentence == 0:
            found.append("none first sentence")
        found.append(f"none type {phrase.type}")
        same = [m for m, level in zip(candidates, levels, strict=True) if level != "other"]
        found.append(f"none same {most(len({self.clusters.root(m.id) for m in same}), 0, 1, 2, 4)}")
        found.append(f"none candidates {most(len({self.clusters.root(m.id) for m in candidates}), 0, 1, 2, 4, 8)}")  # fmt: skip
        found.append(
            f"none frequency {most(self._frequency[syntax.lemma(phrase.head)], 1, 2, 4, 8)}"
        )
        return found

    def _of_candidates(
        self, phrase: Mention, candidates: Sequence[Mention], levels: Sequence[str]
    ) -> Iterator[list[str]]:
        here = self.syntax.sentence(phrase.head)
        ranks: dict[str, int] = {}
        nearer: Counter[str] = Counter()
        for mention, level in zip(candidates, levels, strict=True):
            root = self.clusters.root(mention.id)
            rank = ranks.setdefault(root, len(ranks))
            back = here - self.syntax.sentence(mention.head)
            found = [
                f"match {level}",
                f"match {level} rank {most(nearer[level], 0, 1, 2)}",
                f"match {level} back {most(back, 0, 1, 2, 4, 8, 16)}",
                f"rank {most(rank, 0, 1, 2, 4, 8)}",
            ]
            nearer[level] += 1
            if root in self._lead:
                found.append(f"{level} of the lead")
            found += self._of_words(mention, phrase, level)
            found += self._of_cluster(mention, phrase, level)
            found += self._of_syntax(mention, phrase, level, back)
            yield found

    def _match(self, mention: Mention, phrase: Mention) -> str:
        if self.is_copular(mention, phrase):
            return "copula"
        if self.is_apposed(mention, phrase):
            return "apposition"
        if mention.kind == "nominal":
            if self.are_equal(mention, phrase):
                return "words"
            lemmas = {self.syntax.lemma(mention.head), self.syntax.lemma(phrase.head)}
            return "head" if len(lemmas) == 1 else "other"
        key = name_key(mention.text)
        noun = {self.syntax.lemma(phrase.head), self.syntax.tokens[phrase.head].text.lower()}
        if key and key[-1] in noun:
            return "head of name"
        return "name"

    def are_equal(self, mention: Mention, phrase: Mention) -> bool:
        """Whether two mentions are of the same words but for what leads them."""
        return self._words(mention) == self._words(phrase)

    def _words(self, mention: Mention) -> tuple[str, ...]:
        if mention.id not in self._bare:
            parts = mention.short.lower().split()
            while len(parts) > 1 and parts[0] in LEADING:
                parts.pop(0)
            self._bare[mention.id] = tuple(parts)
        return self._bare[mention.id]

    def _of_words(self, mention: Mention, phrase: Mention, level: str) -> Iterator[str]:
        syntax = self.syntax
        if level in {"words", "head", "head of name"}:
            mine = self._modifiers(phrase)
            theirs = self._modifiers(mention) if mention.kind == "nominal" else set(name_key(mention.text))  # fmt: skip
            yield f"{level} modifiers {'new' if mine - theirs else 'kept'} {'dropped' if theirs - mine else 'all'}"  # fmt: skip
            numbers = [{syntax.lemma(k) for k in syntax.kids(m.head, "nummod")} for m in (mention, phrase)]  # fmt: skip
            if all(numbers):
                yield "numbers same" if numbers[0] == numbers[1] else "numbers differ"
            ours, others = phrase.text[len(phrase.short) :], mention.text[len(mention.short) :]
            told = "same" if ours == others else "differs"
            yield f"{level} complement {told if ours and others else 'new' if ours else 'dropped' if others else 'none'}"  # fmt: skip
        plural = syntax.is_plural(phrase), syntax.is_plural(mention)
        yield f"{level} number {'same' if plural[0] == plural[1] else 'differs'}"
        yield f"{level} determiners {self.determiner(mention)} {self.determiner(phrase)}"
        owners = [self._owner(m) for m in (mention, phrase)]
        if all(owners):
            yield f"{level} owner {'same' if owners[0] == owners[1] else 'differs'}"

    def _owner(self, mention: Mention) -> str:
        for k in self.syntax.kids(mention.head, "poss"):
            owner = self.syntax.at.get(k)
            return self.clusters.root(owner.id) if owner else self.syntax.tokens[k].text.lower()
        return ""

    def _of_cluster(self, mention: Mention, phrase: Mention, level: str) -> Iterator[str]:
        root = self.clusters.root(mention.id)
        before = [m for m in self.members[root] if m.span.end <= phrase.span.start]
        kind, own = self.type_of(mention), phrase.type
        told = "same" if kind == own else "open" if "Thing" in (kind, own) else "differs"
        yield f"{level} type {told}"
        yield f"{level} types {own} {kind}"
        yield f"{level} mentions {most(len(before), 1, 2, 4, 8)}"
        if any(m.kind == "name" for m in before):
            yield f"{level} named"
        generic = table("generic_nouns").get(self.syntax.lemma(phrase.head))
        if generic and mention.kind == "name":
            yield f"generic {'fits' if generic == kind else 'differs'}"

    def _of_syntax(self, mention: Mention, phrase: Mention, level: str, back: int) -> Iterator[str]:
        tokens = self.syntax.tokens
        yield f"{level} kind {mention.kind}"
        yield f"{level} roles {self._role(mention)} {self._role(phrase)}"
        if tokens[mention.head].dependency in SUBJECTS:
            yield f"{level} subject back {most(back, 0, 1, 2)}"
        if self._quoted[mention.head] != self._quoted[phrase.head]:
            yield f"{level} quote crossed"
        if self._paragraph[mention.head] == self._paragraph[phrase.head]:
            yield f"{level} same paragraph"

    def _role(self, mention: Mention) -> str:
        dependency = self.syntax.tokens[mention.head].dependency
        if dependency in SUBJECTS:
            return "subject"
        return dependency if dependency in _ROLES else "other"
