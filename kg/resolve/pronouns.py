"""Pronouns, where the answer is safe: one candidate that agrees stands out; else the pronoun stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.lexicon import table, words
from kg.model import Link, Mention
from kg.resolve.clusters import Clusters
from kg.resolve.names import name_key
from kg.resolve.syntax import Syntax

_GENDER: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("it", "its", "itself"), "n"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "p"),
    **dict.fromkeys(("i", "me", "my", "myself", "mine"), "speaker"),
}
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# How many sentences back a pronoun looks. Most pronouns of English news refer to the same or the
# previous sentence (Hobbs 1978: 98 %); re-measure on long documents.
_REACH: Final = 3
_REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})


def pronoun_links(
    syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters
) -> Iterator[Link]:
    """One "same" link for each pronoun that can be resolved safely; links are joined as they are found."""
    finder = _Finder(syntax, mentions, clusters)
    for mention in mentions:
        found = finder.antecedent(mention)
        if found:
            candidate, reason = found
            score = 0.8 if mention.kind == "pronoun" else 0.65
            link = Link(
                candidate.id,
                mention.id,
                "same",
                score,
                f"{mention.short!r}: {reason} {candidate.text!r}",
            )
            clusters.join(link)
            finder.learn(mention, candidate)
            yield link


class _Finder:
    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        self.syntax = syntax
        self.mentions = mentions
        self.clusters = clusters
        self.gender: dict[str, str] = {}
        self.resolved: set[str] = set()
        for mention in mentions:
            told = self._told_gender(mention)
            if told:
                self.gender.setdefault(clusters.root(mention.id), told)

    def learn(self, pronoun: Mention, candidate: Mention) -> None:
        """Remember the gender that a resolved pronoun shows, and that it can serve as an antecedent."""
        self.resolved.add(pronoun.id)
        gender = self._wanted(pronoun)
        if gender in {"m", "f"}:
            self.gender.setdefault(self.clusters.root(candidate.id), gender)

    def antecedent(self, pronoun: Mention) -> tuple[Mention, str] | None:
        """The mention the pronoun stands for, and why; None where no answer is safe."""
        gender = self._wanted(pronoun)
        if gender in {"", "speaker"} or self._expletive(pronoun) or self._proposition(pronoun):
            return None
        here = self.syntax.sentence(pronoun.head)
        candidates = [
            m for m in self.mentions
            if m.span.end <= pronoun.span.start
            and here - self.syntax.sentence(m.head) <= _REACH
            and (m.kind != "pronoun" or m.id in self.resolved)
            and self._agrees(m, gender)
            and not self._coargument(m, pronoun)
        ]  # fmt: skip
        beside = {
            self.clusters.root(m.id) for m in self.mentions
            if self.syntax.sentence(m.head) == here and m is not pronoun and self._coargument(m, pronoun)
        }  # fmt: skip
        candidates = [m for m in candidates if self.clusters.root(m.id) not in beside]
        if gender in {"n", "p"}:
            return self._thing(candidates, pronoun, here)
        for back in range(0 if pronoun.kind == "pronoun" else 1, _REACH + 1):
            near = [m for m in candidates if here - self.syntax.sentence(m.head) == back]
            if near:
                return self._choose(near, pronoun, gender)
        return None

    def _thing(
        self, candidates: list[Mention], pronoun: Mention, here: int
    ) -> tuple[Mention, str] | None:
        """What "it" or "they" stands for: the subject of its own or the governing clause, else of the last sentence.

        Other things are too often what was said before, or a guess.
        """
        governing = self._governing_subjects(pronoun)
        above = [m for m in candidates if m.head in governing and self._specific(m)]
        if above:
            return above[-1], "subject of the clause above"
        last = [m for m in candidates if here - self.syntax.sentence(m.head) == 1]
        leading = self._main_subject(last)
        first = all(m.span.end < pronoun.span.start for m in last) and self._is_subject(pronoun)
        if (
            leading
            and first
            and self._specific(leading)
            and not [m for m in candidates if self.syntax.sentence(m.head) == here]
        ):
            return leading, "main subject before"
        return None

    def _wanted(self, mention: Mention) -> str:
        """The gender a pronoun asks for; "the man" at the head of a sentence asks like "he"."""
        if mention.kind == "pronoun":
            return _GENDER.get(mention.text.lower(), "")
        token = self.syntax.tokens[mention.head]
        leads = token.dependency in _SUBJECTS and self.syntax.is_definite(mention)
        new = self.clusters.root(mention.id) == mention.id and not self.syntax.kids(
            mention.head, "appos"
        )
        if (
            leads
            and new
            and self.syntax.lemma(mention.head) in {"man", "woman"}
            and mention.short == mention.text
        ):
            return {"man": "m", "woman": "f"}[token.lemma.lower()]
        return ""

    def _choose(
        self, near: list[Mention], pronoun: Mention, gender: str
    ) -> tuple[Mention, str] | None:
        """The only entity among the nearest candidates, else the only one that is a subject."""
        leading = self._main_subject(near)
        if gender in {"m", "f"}:
            known = [m for m in near if self.gender.get(self.clusters.root(m.id)) == gender]
            if leading and (leading in known or (gender == "m" and self._is_subject(pronoun))):
                return leading, "main subject"
            near = known or near
        if len({self.clusters.root(m.id) for m in near}) == 1:
            return near[-1], "only"
        subjects = [m for m in near if self.syntax.tokens[m.head].dependency in _SUBJECTS]
        if len({self.clusters.root(m.id) for m in subjects}) == 1:
            return subjects[-1], "subject"
        if gender in {"m", "f"} and subjects:
            clause = self._governing_subjects(pronoun)
            governing = [m for m in subjects if m.head in clause]
            if governing:
                return governing[-1], "subject of the governing clause"
            first = subjects[0]
            if self.syntax.tokens[pronoun.head].dependency in _SUBJECTS and self.syntax.sentence(
                first.head
            ) != self.syntax.sentence(pronoun.head):
                return first, "subject before"
        return None

    def _specific(self, mention: Mention) -> bool:
        """Whether a mention is a name, a resolved pronoun, or a definite phrase."""
        return (
            mention.kind == "name"
            or mention.id in self.resolved
            or self.syntax.is_definite(mention)
        )

    def _main_subject(self, near: list[Mention]) -> Mention | None:
        """The candidate that is the subject of its sentence's main clause."""
        for mention in near:
            token = self.syntax.tokens[mention.head]
            if (
                token.dependency in _SUBJECTS
                and self.syntax.tokens[token.head].dependency == "ROOT"
            ):
                return mention
        return None

    def _is_subject(self, mention: Mention) -> bool:
        return self.syntax.tokens[mention.head].dependency in _SUBJECTS

    def _proposition(self, pronoun: Mention) -> bool:
        """Whether "it" may stand for what was said before: "denied it", "proved it"."""
        token = self.syntax.tokens[pronoun.head]
        verb = self.syntax.lemma(token.head)
        return (
            pronoun.text.lower() == "it"
            and token.dependency == "dobj"
            and verb in words("attitudes")
        )

    def _governing_subjects(self, pronoun: Mention) -> set[int]:
        """Subjects of the clauses above a pronoun's own."""
        found: set[int] = set()
        i = pronoun.head
        while self.syntax.tokens[i].head != i:
            i = self.syntax.tokens[i].head
            found.update(self.syntax.kids(i, *_SUBJECTS))
        return found

    def _agrees(self, mention: Mention, gender: str) -> bool:
        told = self.gender.get(self.clusters.root(mention.id))
        plural = self.syntax.is_plural(mention) or bool(self.syntax.kids(mention.head, "conj"))
        if mention.kind == "pronoun":
            return _GENDER.get(mention.text.lower()) == gender
        if gender in {"m", "f"}:
            person = mention.type == "Person" and (not plural or mention.kind == "name")
            return person and told in {None, gender}
        if gender == "n":
            return (
                mention.type not in {"Person", "Group"}
                and not plural
                and not self._is_owner(mention)
            )
        return plural or (
            mention.type in {"Organization", "Group"}
            and self.syntax.tokens[mention.head].dependency in _SUBJECTS
        )

    def _is_owner(self, mention: Mention) -> bool:
        return self.syntax.tokens[mention.head].dependency in {"poss", "compound"}

    def _coargument(self, mention: Mention, pronoun: Mention) -> bool:
        """Whether both are arguments of one verb, so that they are two things unless the pronoun is reflexive."""
        if pronoun.text.lower() in _REFLEXIVE:
            return False
        tokens = self.syntax.tokens
        token = tokens[pronoun.head]
        if token.dependency == "poss":
            return mention.head == token.head
        governor = token.head
        if token.dependency == "pobj":
            governor = tokens[governor].head
        other = tokens[mention.head]
        above = tokens[other.head].head if other.dependency == "pobj" else other.head
        return governor == above and token.dependency not in {"nsubj", "nsubjpass"}

    def _expletive(self, pronoun: Mention) -> bool:
        """Whether "it" means nothing: "it seems that", "it is likely that", "it was raining"."""
        tokens = self.syntax.tokens
        if pronoun.text.lower() != "it" or tokens[pronoun.head].dependency not in _SUBJECTS:
            return tokens[pronoun.head].dependency == "expl"
        verb = tokens[pronoun.head].head
        clausal = self.syntax.kids(verb, "ccomp", "csubj", "xcomp")
        for complement in self.syntax.kids(verb, "acomp", "attr", "oprd"):
            clausal += self.syntax.kids(complement, "ccomp", "xcomp", "advcl", "relcl")
        weather = self.syntax.lemma(verb) in {"rain", "snow", "seem", "appear", "happen", "turn"}
        passive = tokens[pronoun.head].dependency == "nsubjpass" and bool(clausal)
        copular = self.syntax.lemma(verb) == "be" and bool(clausal)
        return weather or passive or copular

    def _told_gender(self, mention: Mention) -> str:
        """The gender that a title, first name or noun tells; "" where none."""
        tokens = self.syntax.tokens
        if mention.kind == "nominal":
            return table("gendered").get(self.syntax.lemma(mention.head), "")
        if mention.kind != "name" or mention.type != "Person":
            return ""
        before = [
            tokens[k].text.lower().rstrip(".")
            for k in self.syntax.kids(mention.head, "compound", "nmod")
        ]
        for word in (*before, mention.text.split()[0].lower().rstrip(".")):
            if word in table("gendered"):
                return table("gendered")[word]
        key = name_key(mention.text)
        gender = table("first_names").get(key[0], "") if len(key) > 1 else ""
        return gender if gender in {"m", "f"} and key[0] not in words("titles") else ""
