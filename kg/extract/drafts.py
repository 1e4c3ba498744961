"""What all propositions of verb clauses share: the phrase of a relation, the frame it stands in, and how one is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.clauses import Clause
from kg.extract.ends import Ends
from kg.extract.obliques import Oblique
from kg.extract.proposition import Proposition
from kg.extract.roles import roles
from kg.extract.status import Status, cue
from kg.extract.tree import RELATIVE_TAGS, Tree

_EVERYONE: Final = frozenset({"everyone", "everybody", "everything", "all", "nobody", "noone", "none", "nothing", "anyone", "anybody"})  # fmt: skip
# Prepositions that give a verb an argument, not a circumstance: "by selling", "after selling" tell how and when.
_ARGUMENT_PREPOSITIONS: Final = frozenset({"of", "for", "to", "from", "against", "on", "at", "about", "into", "with"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens of a relation and its normal form."""

    words: tuple[int, ...]
    lemma: str

    def plus(self, words: tuple[int, ...], text: str) -> Phrase:
        """The phrase with further words: `speak` + `with`."""
        return Phrase((*self.words, *words), f"{self.lemma} {text}".strip())


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause, the phrase of its verb, and the status of what it says."""

    clause: Clause
    phrase: Phrase
    status: Status

    def under(self, status: Status) -> Frame:
        """The same clause under another status."""
        return replace(self, status=status)


class Drafts:
    """Makes propositions where both ends are there."""

    def __init__(self, tree: Tree, ends: Ends) -> None:
        self.tree = tree
        self.ends = ends

    def phrase(self, clause: Clause) -> Phrase:
        """The verb with its particles."""
        lemma = " ".join([self.tree.lemma(clause.verb), *map(self.tree.word, clause.particles)])
        return Phrase((clause.verb, *clause.particles), lemma)

    def make(
        self, frame: Frame, subject: int, phrase: Phrase, obj: int, rule: str
    ) -> Iterator[Proposition]:
        """One proposition; none where the subject is no thing or the object no end."""
        left, right = self.ends.holder(subject), self.ends.end(obj)
        if left is None or right is None or subject == obj:
            return
        if self.tree.tokens[obj].tag in RELATIVE_TAGS:
            return
        frame = self._contrasted(self._chosen(frame, subject, obj), phrase, subject, obj)
        verb, obliques = frame.clause.verb, self._without_rivals(frame.clause.obliques, obj)
        yield Proposition(
            left,
            subject,
            phrase.words,
            phrase.lemma,
            right,
            obj,
            verb,
            frame.status,
            rule,
            obliques,
        )

    def _chosen(self, frame: Frame, subject: int, obj: int) -> Frame:
        """As in "X or Y left": each of them is only possible, unless the clause denies them all."""
        for i in (subject, obj) if frame.status.polarity == "positive" else ():
            link = self.tree.disjunction(i)
            if link is not None:
                frame = frame.under(
                    frame.status.hedged("possible", cue(self.tree, "disjunction", link))
                )
        return frame

    def _contrasted(self, frame: Frame, phrase: Phrase, subject: int, obj: int) -> Frame:
        """As in "named not after X but after Y": of "not" and "but", each concerns what it stands before."""
        tree, places = self.tree, [obj, subject]
        for end in (obj, subject):
            above = tree.tokens[end].head
            agent = end == subject and frame.clause.passive
            if tree.tokens[end].dependency == "pobj" and (above in phrase.words or agent):
                places.append(above)
        denied = [k for p in places for k in tree.kids(p, "neg") if k < p]
        first = tree.tokens[subject].left
        if first > 1 and tree.word(first - 1) == "not" and tree.word(first - 2) == ",":
            denied.append(first - 1)  # "it was Lee, not Ray, who left"
        if denied and frame.status.polarity == "positive":
            return frame.under(frame.status.negated(cue(tree, "negation", denied[0])))
        spared = [k for k in tree.kids(subject, "prep") if tree.word(k) in {"except", "excluding", "barring"}]  # fmt: skip
        if spared:
            return frame.under(frame.status.hedged("possible", cue(tree, "exception", spared[0])))
        if self._is_exempt(subject):
            return frame.under(frame.status.negated(cue(tree, "contrast", subject)))
        if frame.status.polarity == "negative" and any(map(self._after_but, places)):
            return frame.under(frame.status.affirmed())
        return frame

    def _is_exempt(self, i: int) -> bool:
        """Whether "but" takes the token out of everyone or no one: "everyone but Lee left"."""
        tree, first = self.tree, self.tree.tokens[i].head
        known = tree.word(first) in _EVERYONE or any(
            tree.word(k) in {"all", "every"} for k in tree.kids(first, "det", "predet")
        )
        return known and self._after_but(i)

    def _without_rivals(self, obliques: tuple[Oblique, ...], obj: int) -> tuple[Oblique, ...]:
        """Without what "not in X but in Y" sets against each other, unless it is the object itself."""
        rivals = {
            o.role
            for o in obliques
            for p in o.prepositions[:1]
            if self.tree.kids(p, "neg") or self._after_but(p)
        }
        return tuple(o for o in obliques if o.head == obj or o.role not in rivals)

    def _after_but(self, i: int) -> bool:
        """Whether "but" sets the token against one that was denied."""
        tree, first = self.tree, self.tree.tokens[i].head
        if tree.tokens[i].dependency != "conj":
            return False
        return any(tree.word(k) == "but" and first < k < i for k in tree.kids(first, "cc"))

    def role(self, frame: Frame, subject: int, phrase: Phrase, noun: int) -> Iterator[Proposition]:
        """A noun or adjective said of the subject: what it is, and of whom or what."""
        holder = self.ends.thing(subject)
        if holder is None:
            return
        target = self.ends.thing(noun)
        if target and target.kind != "nominal":
            yield from self.make(frame, subject, phrase, noun, "copula")
            return
        for role in roles(self.tree, self.ends, noun):
            full = phrase.plus(role.words, role.phrase)
            yield Proposition(
                holder, subject, full.words, full.lemma, role.end, role.head, frame.clause.verb,
                role.judge(self.tree, frame.status), "role",
            )  # fmt: skip

    def gerund(self, frame: Frame, subject: int, phrase: Phrase) -> Iterator[Proposition]:
        """As in "was accused of stealing horses": the deed after a preposition, as words."""
        tree = self.tree
        holder = self.ends.holder(subject)
        if holder is None:
            return
        for preposition in tree.kids(frame.clause.verb, "prep"):
            if tree.word(preposition) not in _ARGUMENT_PREPOSITIONS:
                continue
            for deed in tree.kids(preposition, "pcomp"):
                if tree.tokens[deed].tag == "VBG":
                    full = phrase.plus((preposition,), tree.word(preposition))
                    yield Proposition(
                        holder, subject, full.words, full.lemma, self.ends.clause(deed), deed,
                        frame.clause.verb, frame.status, "gerund",
                    )  # fmt: skip

    def is_role(self, noun: int) -> bool:
        """Whether a noun after "as" says what somebody or something is, not how or why."""
        mention = self.ends.thing(noun)
        return mention is not None and mention.type not in {"Event", "Thing"}

    def dated(self, frame: Frame, phrase: Phrase) -> Iterator[Proposition]:
        """As in "died in 1983": the date is the object where the clause has no other."""
        clause = frame.clause
        things = [
            o for o in clause.obliques if not self.ends.date_at(o.head) and self.ends.end(o.head)
        ]
        if things or clause.attributes or self.tree.kids(clause.verb, "ccomp", "xcomp"):
            return
        for oblique in clause.obliques:
            if self.ends.date_at(oblique.head):
                for subject in clause.subjects:
                    full = phrase.plus(oblique.prepositions, oblique.role)
                    yield from self.make(frame, subject, full, oblique.head, "date")
        for kid in self.tree.kids(clause.verb, "npadvmod"):
            if self.ends.date_at(kid):
                for subject in clause.subjects:
                    yield from self.make(frame, subject, phrase.plus((), "on"), kid, "date")
