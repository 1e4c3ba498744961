"""What a pronoun and an earlier mention are to each other: the named features that the choice weighs.

Each feature counts once for all pronouns and once for the pronouns of its group ("he", "she", "it", "they").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.lexicon import words
from kg.model import Mention
from kg.resolve.clusters import Clusters
from kg.resolve.gathered import Gathered
from kg.resolve.ranking import most
from kg.resolve.surroundings import determiner, given_name, layout, told_gender
from kg.resolve.syntax import SUBJECTS, Syntax

_GROUPS: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_GENDER: Final = {"he": "m", "she": "f"}
_REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})
_ROLES: Final = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "attr", "compound", "dative"}
)
_IMPERSONAL: Final = frozenset({"rain", "snow", "hail", "drizzle", "seem", "appear", "happen", "turn"})  # fmt: skip
_OFTEN_EMPTY: Final = frozenset({"take", "follow", "matter", "mean", "emerge"})
_LIGHT: Final = frozenset({"do", "make", "find", "think", "know", "say", "see", "mean", "like", "get"})  # fmt: skip


def group(mention: Mention) -> str:
    """The pronouns that a pronoun belongs with ("his": "he"); "" for other words."""
    return _GROUPS.get(mention.text.lower(), "") if mention.kind == "pronoun" else ""


class Pairs(Gathered):
    """Reads pronouns and the mentions before them in one document, over what is joined so far."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        super().__init__(syntax, mentions, clusters)
        self.gender: dict[str, str] = {}
        for mention in mentions:
            told = told_gender(syntax, mention)
            if told:
                self.gender.setdefault(clusters.root(mention.id), told)
        people = Counter(
            clusters.root(m.id) for m in mentions if m.kind == "name" and m.type == "Person"
        )
        self.first_person = next(iter(people), None)
        things = [r for r, ms in self.members.items() if len(ms) > 1 and r not in people]
        self.main_thing = max(things, key=lambda r: len(self.members[r]), default=None)
        self.first = {clusters.root(m.id) for m in mentions if syntax.sentence(m.head) <= 1}
        self.main_person = max(people, key=lambda r: len(self.members[r]), default=None)
        self._inside_quotes, self._paragraph = layout(syntax)

    def learn(self, before: str, pronoun: Mention, wanted: str) -> None:
        """Take note that a pronoun was joined to the cluster whose root was `before`."""
        root = self.gather(before, pronoun)
        gender = self.gender.get(before) or _GENDER.get(wanted)
        if gender:
            self.gender[root] = gender

    def is_possible(self, mention: Mention, pronoun: Mention, wanted: str) -> bool:
        """Whether nothing forbids that the pronoun stands for the mention: gender, number, type, syntax."""
        if mention.span.end > pronoun.span.start:
            return False
        if mention.kind == "pronoun" and group(mention) != wanted:
            return False
        if mention.kind == "nominal" and self.syntax.tokens[mention.head].dependency == "attr":
            return False  # "was the assassin" describes
        told = self.gender.get(self.clusters.root(mention.id))
        if told and told != _GENDER.get(wanted):
            return False
        if wanted == "they":
            return self._may_be_many(mention)
        if mention.kind != "name" and self.syntax.is_plural(mention):
            return False
        kind = self.type_of(mention)
        if wanted == "it":
            return kind != "Person"
        return kind == "Person" or (kind == "Thing" and mention.kind != "nominal")

    def _may_be_many(self, mention: Mention) -> bool:
        """Whether "they" can take a mention up: a plural, a list, a body of people, a person of unknown sex."""
        if self.syntax.is_plural(mention) or self.syntax.kids(mention.head, "conj"):
            return True
        if mention.kind == "pronoun" or mention.type in {"Organization", "Group"}:
            return True
        return mention.kind == "nominal" and mention.type == "Person"

    def beside(self, pronoun: Mention) -> set[str]:
        """The clusters of other arguments of the pronoun's verb, and of phrases that it is a part of."""
        if pronoun.text.lower() in _REFLEXIVE:
            return set()
        sentence = self.syntax.annotated.sentences[self.syntax.sentence(pronoun.head)]
        here = (self.syntax.at.get(i) for i in range(sentence.first, sentence.last))
        return {
            self.clusters.root(m.id)
            for m in here
            if m and m is not pronoun and self.syntax.are_two(m, pronoun)
        }

    def doer(self, pronoun: Mention, candidates: Sequence[Mention]) -> Mention | None:
        """Who does to himself what a reflexive says: the subject of its verb."""
        if pronoun.text.lower() not in _REFLEXIVE:
            return None
        verb = self.syntax.tokens[pronoun.head].head
        if self.syntax.tokens[verb].dependency == "prep":
            verb = self.syntax.tokens[verb].head
        subjects = set(self.syntax.kids(verb, *SUBJECTS))
        return next((m for m in candidates if m.head in subjects), None)

    def is_empty(self, pronoun: Mention) -> bool:
        """Whether "it" means nothing ("it seems that", "it was raining") or what was said: "denied it"."""
        tokens = self.syntax.tokens
        if pronoun.text.lower() == "it" and tokens[pronoun.head].dependency == "dobj":
            return self.syntax.lemma(tokens[pronoun.head].head) in words("attitudes")
        if pronoun.text.lower() != "it" or tokens[pronoun.head].dependency not in SUBJECTS:
            return tokens[pronoun.head].dependency == "expl"
        verb = tokens[pronoun.head].head
        clausal = self.syntax.kids(verb, "ccomp", "csubj", "xcomp")
        for complement in self.syntax.kids(verb, "acomp", "attr", "oprd"):
            clausal += self.syntax.kids(complement, "ccomp", "xcomp", "advcl", "relcl")
        passive = tokens[pronoun.head].dependency == "nsubjpass" and bool(clausal)
        copular = self.syntax.lemma(verb) == "be" and bool(clausal)
        return self.syntax.lemma(verb) in _IMPERSONAL or passive or copular

    def of_none(self, pronoun: Mention, wanted: str, candidates: Sequence[Mention]) -> list[str]:
        """The features of standing for none of the candidates."""
        token = self.syntax.tokens[pronoun.head]
        found = ["none", f"none {self._role(pronoun)}"]
        if wanted == "it":
            found += self._of_empty(pronoun)
        if self._inside_quotes[pronoun.head]:
            found.append("none quoted")
        if token.sentence == 0:
            found.append("none first sentence")
        many = len({self.clusters.root(m.id) for m in candidates})
        found.append(f"none candidates {most(many, 0, 1, 2, 4, 8, 16)}")
        return found

    def _of_empty(self, pronoun: Mention) -> Iterator[str]:
        """What tells an "it" that means nothing, or what was said before."""
        syntax, token = self.syntax, self.syntax.tokens[pronoun.head]
        verb = token.head
        lemma = syntax.lemma(verb)
        if token.dependency == "expl":
            yield "none expletive"
        if token.dependency == "dobj":
            yield "none object of light verb" if lemma in _LIGHT else "none object"
        if token.dependency not in SUBJECTS:
            return
        clauses = syntax.kids(verb, "ccomp", "csubj", "xcomp", "advcl", "acl", "relcl")
        complements = syntax.kids(verb, "acomp", "attr", "oprd")
        for complement in complements:
            clauses += syntax.kids(complement, "ccomp", "xcomp", "advcl", "relcl", "acl")
        yield "none clausal" if clauses else "none plain"
        if lemma == "be":
            yield "none be clausal" if clauses else "none be"
            yield from (f"none be {syntax.tokens[k].dependency}" for k in complements)
        if lemma in _OFTEN_EMPTY:
            yield f"none verb {lemma}"
        if token.dependency == "nsubjpass" and syntax.kids(verb, "ccomp", "csubj"):
            yield "none passive clausal"

    def of_candidates(self, pronoun: Mention, candidates: Sequence[Mention]) -> Iterator[list[str]]:
        """The features of each candidate; candidates go back from the pronoun."""
        here = self.syntax.sentence(pronoun.head)
        firsts = {self.syntax.sentence(m.head): m for m in candidates}
        governing = self.syntax.subjects_above(pronoun.head)
        ranks: dict[str, int] = {}
        for mention in candidates:
            rank = ranks.setdefault(self.clusters.root(mention.id), len(ranks))
            back = here - self.syntax.sentence(mention.head)
            found = [f"rank {most(rank, 0, 1, 2, 4, 8)}"]
            if mention is firsts[self.syntax.sentence(mention.head)]:
                found.append(f"first of sentence {most(back, 0, 1, 2)}")
            if mention.head in governing:
                found.append("governs")
            found += self._of_entity(mention, pronoun)
            found += self._of_mention(mention)
            found += self._of_roles(mention, pronoun, back)
            yield found

    def _of_entity(self, mention: Mention, pronoun: Mention) -> Iterator[str]:
        root = self.clusters.root(mention.id)
        before = [m for m in self.members[root] if m.span.end <= pronoun.span.start]
        kind = self.type_of(mention)
        yield "named" if any(m.kind == "name" for m in before) else "unnamed"
        yield f"type {kind}"
        yield f"{mention.kind} type {kind}"
        if root in self.gender:
            yield "gender known"
        elif any(m.kind == "name" and given_name(m) for m in before):
            yield "gender untold"  # by a first name that is on no list
        else:
            yield "gender open"
        yield f"mentions {most(len(before), 1, 2, 4, 8)}"
        if root == self.main_person:
            yield "main person"
        if root == self.first_person:
            yield "first person"
        if root == self.main_thing:
            yield "main thing"
        if root in self.first:
            yield "of the lead"

    def _of_mention(self, mention: Mention) -> Iterator[str]:
        syntax, token = self.syntax, self.syntax.tokens[mention.head]
        yield f"kind {mention.kind}"
        if mention.kind == "nominal":
            yield f"determiner {determiner(self.syntax, mention, 'det')}"
            if mention.extent != mention.span:
                yield "complemented"
        if syntax.is_plural(mention):
            yield "plural"
        if token.dependency != "conj" and syntax.kids(mention.head, "conj"):
            yield "coordinated"
        if token.dependency == "pobj" and syntax.tokens[token.head].text.lower() == "of":
            yield "after of"

    def _of_roles(self, mention: Mention, pronoun: Mention, back: int) -> Iterator[str]:
        tokens = self.syntax.tokens
        token, own = tokens[mention.head], tokens[pronoun.head]
        theirs, role = self._dependency(mention), self._role(pronoun)
        yield f"role {theirs}"
        yield f"role {theirs} {role}"
        yield f"back {most(back, 0, 1, 2, 3)}"
        yield f"back {most(back, 0, 1, 2)} {role}"
        if token.dependency in SUBJECTS:
            yield f"subject back {most(back, 0, 1, 2)} {role}"
            if tokens[token.head].dependency == "ROOT":
                yield f"main subject back {most(back, 0, 1, 2)}"
                if own.dependency in SUBJECTS and tokens[own.head].dependency == "ROOT":
                    yield f"both main subjects back {most(back, 0, 1, 2)}"
        if self._inside_quotes[mention.head] != self._inside_quotes[pronoun.head]:
            yield "quote crossed"
        if self._paragraph[mention.head] != self._paragraph[pronoun.head]:
            yield "paragraph crossed"
        if token.head == own.head:
            yield f"same governor {role}"
        if pronoun.text.lower() in _REFLEXIVE:
            near = own.head in {token.head, tokens[token.head].head} or (
                tokens[own.head].head == token.head
            )
            yield "reflexive near" if near else "reflexive far"

    def _role(self, pronoun: Mention) -> str:
        dependency = self.syntax.tokens[pronoun.head].dependency
        return "subject" if dependency in SUBJECTS else "owner" if dependency == "poss" else "object"  # fmt: skip

    def _dependency(self, mention: Mention) -> str:
        token = self.syntax.tokens[mention.head]
        if token.dependency == "conj":
            while token.dependency == "conj":
                token = self.syntax.tokens[token.head]
            return "conjunct of subject" if token.dependency in SUBJECTS else "conjunct"
        return token.dependency if token.dependency in _ROLES else "other"
