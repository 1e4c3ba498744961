"""Propositions of verb clauses: transitive, passive, prepositional, copular, with infinitives and clauses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from kg.extract.clauses import Clause, Oblique, is_predicate
from kg.extract.ends import Ends
from kg.extract.judge import Judge
from kg.extract.nominal import roles
from kg.extract.proposition import Proposition
from kg.extract.status import Source, Status, attitude, cue
from kg.extract.tree import RELATIVE_TAGS, Tree
from kg.lexicon import table
from kg.lexicon import words as words_of
from kg.model import Literal, Mention

LINKING: Final = frozenset({"be", "become", "remain", "stay"})


class Verbal:
    """Turns the clauses of one document into propositions."""

    def __init__(self, tree: Tree, ends: Ends, judge: Judge) -> None:
        self.tree = tree
        self.ends = ends
        self.judge = judge

    def propositions(self, clause: Clause) -> Iterator[Proposition]:
        """All that a clause says, in a fixed order."""
        status = self.judge.status(clause.verb)
        if self.tree.lemma(clause.verb) in LINKING and not clause.passive:
            yield from self._copular(clause, status)
        elif clause.passive:
            yield from self._passive(clause, status)
        else:
            yield from self._active(clause, status)
        yield from self._embedding(clause, status)

    # -- active -----------------------------------------------------------------------------------

    def _active(self, clause: Clause, status: Status) -> Iterator[Proposition]:
        words, lemma = self._verb(clause)
        objects = [o for o in clause.objects if self.ends.end(o) is not None]
        for subject in clause.subjects:
            for obj in objects:
                yield from self._make(subject, words, lemma, obj, clause, status, "object")
            for oblique in clause.obliques:
                yield from self._oblique(subject, words, lemma, oblique, clause, status)
            for attribute in clause.attributes:
                yield from self._role(subject, words, lemma, attribute, clause, status)
        if not objects:
            yield from self._mutual(clause, lemma, words, status)
            yield from self._dated(clause, clause.subjects, words, lemma, status)

    def _oblique(
        self,
        subject: int,
        words: tuple[int, ...],
        lemma: str,
        oblique: Oblique,
        clause: Clause,
        status: Status,
    ) -> Iterator[Proposition]:
        """A prepositional argument: an end of its own, after the object's noun where there is one."""
        end = self.ends.end(oblique.head)
        if end is None or (isinstance(end, Literal) and self.ends.date_at(oblique.head)):
            return
        if oblique.role == "as":
            yield from self._as(subject, words, lemma, oblique, clause, status)
            return
        if oblique.role in words_of("adjunct_prepositions"):
            return
        if not clause.objects:
            yield from self._make(
                subject, (*words, *oblique.prepositions), f"{lemma} {oblique.role}", oblique.head, clause, status,
                "oblique",
            )  # fmt: skip
            return
        noun = clause.objects[0]
        mention = self.ends.thing(noun)
        named = isinstance(end, Mention) and end.kind == "name"
        if named and mention and mention.kind == "nominal" and noun < oblique.head:
            yield from self._make(
                subject,
                (*words, noun, *oblique.prepositions),
                f"{lemma} {self.tree.lemma(noun)} {oblique.role}",
                oblique.head,
                clause,
                status,
                "object and oblique",
            )

    def _as(
        self,
        subject: int,
        words: tuple[int, ...],
        lemma: str,
        oblique: Oblique,
        clause: Clause,
        status: Status,
    ) -> Iterator[Proposition]:
        """As in "served as consul", a role of the subject; "described him as a spy", a role of the object.

        What a verb of speech calls somebody is only said by its subject.
        """
        verb, words = clause.verb, (*words, *oblique.prepositions)
        if not self._is_role(oblique.head):
            return
        if not clause.objects:
            yield from self._role(subject, words, f"{lemma} as", oblique.head, clause, status)
            return
        kind = attitude(self.tree.lemma(verb), infinitive=False)
        if kind in {"report", "claim", "belief"}:
            status = status.said(Source(subject, cue(self.tree, "reporting", verb)))
        phrase = f"be {_participle(self.tree, verb)} as"
        for obj in clause.objects:
            yield from self._role(obj, words, phrase, oblique.head, clause, status)

    def _is_role(self, noun: int) -> bool:
        """Whether a noun after "as" says what somebody or something is, not how or why."""
        mention = self.ends.thing(noun)
        return mention is not None and mention.type not in {"Event", "Thing"}

    def _mutual(
        self, clause: Clause, lemma: str, words: tuple[int, ...], status: Status
    ) -> Iterator[Proposition]:
        """As in "X and Y met": each with the other."""
        preposition = table("symmetric").get(lemma)
        if (
            preposition is None
            or len(clause.subjects) < 2
            or any(o.role == "with" for o in clause.obliques)
        ):
            return
        phrase = lemma if preposition == "-" else f"{lemma} {preposition}"
        for left, right in combinations(clause.subjects, 2):
            yield from self._make(left, words, phrase, right, clause, status, "mutual")

    def _dated(
        self,
        clause: Clause,
        subjects: tuple[int, ...],
        words: tuple[int, ...],
        lemma: str,
        status: Status,
    ) -> Iterator[Proposition]:
        """As in "died in 1983": the date is the object where the clause has no other."""
        things = [
            o for o in clause.obliques if not self.ends.date_at(o.head) and self.ends.end(o.head)
        ]
        if things or clause.attributes:
            return
        for oblique in clause.obliques:
            if self.ends.date_at(oblique.head):
                for subject in subjects:
                    yield from self._make(
                        subject, (*words, *oblique.prepositions), f"{lemma} {oblique.role}", oblique.head, clause,
                        status, "date",
                    )  # fmt: skip
        for kid in self.tree.kids(clause.verb, "npadvmod"):
            if self.ends.date_at(kid):
                for subject in subjects:
                    yield from self._make(
                        subject, words, f"{lemma} on", kid, clause, status, "date"
                    )

    # -- passive ----------------------------------------------------------------------------------

    def _passive(self, clause: Clause, status: Status) -> Iterator[Proposition]:
        words, lemma = self._verb(clause)
        for patient in clause.subjects:
            for agent in clause.agents:
                yield from self._make(agent, words, lemma, patient, clause, status, "passive")
        helpers = tuple(self.tree.kids(clause.verb, "auxpass"))
        participle = " ".join([self.tree.word(clause.verb), *map(self.tree.word, clause.particles)])
        phrase = f"be {participle}"
        words = (*helpers, *words)
        for patient in clause.subjects:
            for obj in clause.objects:
                yield from self._make(patient, words, phrase, obj, clause, status, "passive object")
            for oblique in clause.obliques:
                yield from self._passive_oblique(patient, words, phrase, oblique, clause, status)
            for attribute in clause.attributes:
                yield from self._role(patient, words, phrase, attribute, clause, status)
        if not clause.agents and not clause.objects:
            yield from self._dated(clause, clause.subjects, words, phrase, status)
            yield from self._state(clause, helpers, status)

    def _passive_oblique(
        self,
        patient: int,
        words: tuple[int, ...],
        phrase: str,
        oblique: Oblique,
        clause: Clause,
        status: Status,
    ) -> Iterator[Proposition]:
        if self.ends.end(oblique.head) is None or self.ends.date_at(oblique.head):
            return
        words, phrase = (*words, *oblique.prepositions), f"{phrase} {oblique.role}"
        if oblique.role == "as" and self._is_role(oblique.head):
            yield from self._role(patient, words, phrase, oblique.head, clause, status)
        elif oblique.role not in words_of("adjunct_prepositions"):
            yield from self._make(
                patient, words, phrase, oblique.head, clause, status, "passive oblique"
            )

    def _state(
        self, clause: Clause, helpers: tuple[int, ...], status: Status
    ) -> Iterator[Proposition]:
        """As in "The bridge was destroyed": the state, where nothing else is said."""
        said = [o for o in clause.obliques if self.ends.end(o.head) is not None]
        dated = any(self.ends.date_at(k) for k in self.tree.kids(clause.verb, "npadvmod"))
        complements = self.tree.kids(clause.verb, "xcomp", "ccomp")
        if said or dated or clause.attributes or complements or not helpers:
            return
        text = self.tree.tokens[clause.verb].text
        for patient in clause.subjects:
            end = self.ends.end(patient)
            if isinstance(end, Mention):
                yield Proposition(
                    end, patient, helpers, "be", Literal(text.lower(), "xsd:string", text), clause.verb,
                    clause.verb, status, "state",
                )  # fmt: skip

    # -- copula -----------------------------------------------------------------------------------

    def _copular(self, clause: Clause, status: Status) -> Iterator[Proposition]:
        verb, lemma = clause.verb, self.tree.lemma(clause.verb)
        for subject in clause.subjects:
            for attribute in clause.attributes:
                yield from self._role(subject, (verb,), lemma, attribute, clause, status)
            for oblique in clause.obliques:
                if not self.ends.date_at(oblique.head) or not clause.attributes:
                    yield from self._make(
                        subject, (verb, *oblique.prepositions), f"{lemma} {oblique.role}", oblique.head, clause,
                        status, "copula",
                    )  # fmt: skip

    def _role(
        self,
        subject: int,
        words: tuple[int, ...],
        lemma: str,
        noun: int,
        clause: Clause,
        status: Status,
    ) -> Iterator[Proposition]:
        """A noun or adjective said of the subject: what it is, and of whom or what."""
        holder = self.ends.end(subject)
        if not isinstance(holder, Mention):
            return
        target = self.ends.thing(noun)
        if target and target.kind != "nominal":
            yield from self._make(subject, words, lemma, noun, clause, status, "copula")
            return
        for role in roles(self.tree, self.ends, noun):
            judged = role.judge(self.judge, status)
            yield Proposition(
                holder, subject, (*words, *role.words), f"{lemma} {role.phrase}".strip(), role.end, role.head,
                clause.verb, judged, "role",
            )  # fmt: skip

    # -- embedding --------------------------------------------------------------------------------

    def _embedding(self, clause: Clause, status: Status) -> Iterator[Proposition]:
        """As in "want to buy X" as one relation; "said that ..." with its words as a literal."""
        tree = self.tree
        signatures = table("implicatives")
        words, lemma = self._verb(clause)
        for kid in tree.kids(clause.verb, "xcomp", "ccomp"):
            if lemma in LINKING or not is_predicate(tree, kid):
                continue
            told = tree.kids(clause.verb, "dobj") or tree.kids(kid, "nsubj")
            if told and not clause.passive:
                yield from self._told(clause, words, lemma, kid, told[0], status)
            elif (
                tree.lemma(clause.verb) not in signatures and tree.tokens[kid].dependency == "xcomp"
            ):
                yield from self._chain(clause, words, lemma, kid, status)
        if tree.lemma(clause.verb) in {"seem", "appear"}:
            return
        speakers = clause.agents if clause.passive else clause.subjects
        for kid in tree.kids(clause.verb, "ccomp"):
            finite = tree.tokens[kid].tag in {"VBD", "VBZ", "VBP", "MD"} or tree.kids(
                kid, "aux", "auxpass"
            )
            if not finite or not is_predicate(tree, kid):
                continue
            for speaker in speakers:
                end = self.ends.end(speaker)
                if isinstance(end, Mention):
                    yield Proposition(
                        end,
                        speaker,
                        words,
                        lemma,
                        self.ends.clause(kid),
                        kid,
                        clause.verb,
                        status,
                        "content",
                    )

    def _told(
        self,
        clause: Clause,
        words: tuple[int, ...],
        lemma: str,
        kid: int,
        told: int,
        status: Status,
    ) -> Iterator[Proposition]:
        """As in "allowed him to stay": the subject with whom it allowed, asked or ordered."""
        to = tuple(k for k in self.tree.kids(kid, "aux") if self.tree.word(k) == "to")
        if not to or self.tree.tokens[kid].tag != "VB":
            return
        phrase = f"{lemma} to {self.tree.lemma(kid)}"
        for subject in clause.subjects:
            for one in self.tree.conjuncts(told):
                yield from self._make(
                    subject, (*words, *to, kid), phrase, one, clause, status, "control"
                )

    def _chain(
        self, clause: Clause, words: tuple[int, ...], lemma: str, kid: int, status: Status
    ) -> Iterator[Proposition]:
        tree = self.tree
        to = tuple(k for k in tree.kids(kid, "aux") if tree.word(k) == "to")
        phrase = f"{lemma} to {tree.lemma(kid)}" if to else f"{lemma} {tree.word(kid)}"
        if clause.passive:
            phrase = f"be {tree.word(clause.verb)}" + phrase.removeprefix(lemma)
        particles = tuple(tree.kids(kid, "prt"))
        phrase = " ".join([phrase, *map(tree.word, particles)])
        chain = (*words, *to, kid, *particles)
        objects = [k for o in tree.kids(kid, "dobj") for k in tree.conjuncts(o)]
        for subject in clause.subjects:
            for obj in objects:
                yield from self._make(subject, chain, phrase, obj, clause, status, "infinitive")
            if objects:
                continue
            for preposition in tree.kids(kid, "prep"):
                for obj in tree.kids(preposition, "pobj"):
                    if not self.ends.date_at(obj):
                        yield from self._make(
                            subject, (*chain, preposition), f"{phrase} {tree.word(preposition)}", obj, clause,
                            status, "infinitive",
                        )  # fmt: skip

    # -- common -----------------------------------------------------------------------------------

    def _verb(self, clause: Clause) -> tuple[tuple[int, ...], str]:
        """The tokens and the lemma of the verb with its particles."""
        words = (clause.verb, *clause.particles)
        return words, " ".join(
            [self.tree.lemma(clause.verb), *map(self.tree.word, clause.particles)]
        )

    def _make(
        self,
        subject: int,
        words: tuple[int, ...],
        lemma: str,
        obj: int,
        clause: Clause,
        status: Status,
        rule: str,
    ) -> Iterator[Proposition]:
        left, right = self.ends.end(subject), self.ends.end(obj)
        if not isinstance(left, Mention) or right is None or subject == obj:
            return
        if self.tree.tokens[obj].tag in RELATIVE_TAGS:
            return
        yield Proposition(
            left, subject, words, lemma, right, obj, clause.verb, status, rule, clause.obliques
        )


def _participle(tree: Tree, verb: int) -> str:
    """The past participle of a verb, as far as its form in the text tells."""
    token = tree.tokens[verb]
    if token.tag in {"VBN", "VBD"}:
        return tree.word(verb)
    lemma = tree.lemma(verb)
    return lemma + "d" if lemma.endswith("e") else lemma + "ed"
