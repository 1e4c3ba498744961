"""Relations of event nouns: "the purchase of X by Y", "her 2011 appointment as chair", "talks between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from kg.extract.ends import Ends
from kg.extract.event_status import event_status
from kg.extract.judge import Judge
from kg.extract.obliques import Oblique
from kg.extract.proposition import Proposition
from kg.extract.roles import roles, whose
from kg.extract.status import Status
from kg.extract.tree import Tree
from kg.lexicon import rows
from kg.model import Literal, Mention


@dataclass(frozen=True, slots=True)
class _Event:
    """A row of the lexicon: see its header."""

    verb: str
    participle: str
    kind: str
    takes: frozenset[str]
    keeps: frozenset[str]


@cache
def _events() -> dict[str, _Event]:
    return {
        noun: _Event(verb, participle, kind, _listed(takes), _listed(keeps))
        for noun, verb, participle, kind, takes, keeps in rows("deverbal_nouns")
    }


def _listed(cell: str) -> frozenset[str]:
    return frozenset() if cell == "-" else frozenset(cell.split())


class Deverbal:
    """Propositions of the event nouns of one document."""

    def __init__(self, tree: Tree, ends: Ends, judge: Judge) -> None:
        self.tree = tree
        self.ends = ends
        self.judge = judge

    def propositions(self, noun: int) -> Iterator[Proposition]:
        """What an event noun says with its arguments; nothing where it is no event noun."""
        event = _events().get(self.tree.lemma(noun))
        if event is None or noun not in self.tree.mention_at:
            return
        if self.tree.mention_at[noun].kind != "nominal":
            return
        phrases = list(self._phrases(noun))
        owners = [whose(self.tree, k) for k in self.tree.kids(noun, "poss")]
        status = event_status(self.tree, self.judge, noun)
        found = self._mutual if event.kind == "mutual" else self._directed
        yield from found(event, noun, owners, phrases, status)

    def _phrases(self, noun: int) -> Iterator[Oblique]:
        """The prepositional arguments, also those the parser hangs on the name before them."""
        tree = self.tree
        for preposition in tree.kids(noun, "prep", "agent"):
            for head in tree.kids(preposition, "pobj"):
                for one in tree.conjuncts(head):
                    yield Oblique(tree.word(preposition), (preposition,), one, noun)
                mention = tree.mention_at.get(head)
                for inner in tree.kids(head, "prep", "agent") if mention else ():
                    named = mention is not None and mention.kind == "name"
                    if named and tree.word(inner) in {"by", "as", "with", "in", "on"}:
                        for one in tree.kids(inner, "pobj"):
                            yield Oblique(tree.word(inner), (inner,), one, noun)

    def _directed(
        self, event: _Event, noun: int, owners: list[int], phrases: list[Oblique], status: Status
    ) -> Iterator[Proposition]:
        """Who does it to whom, and where, when or as what."""
        by = [o.head for o in phrases if o.role == "by"]
        of = [o.head for o in phrases if o.role == "of"]
        taken = [o.head for o in phrases if o.role in event.takes]
        if event.kind == "doer":
            agents, patients = owners or by or of, taken
            if "of" in event.keeps or "of" in event.takes:
                agents = owners or by
        elif event.kind == "agent":
            agents, patients = by or owners, of or taken
        else:
            agents, patients = by or (owners if of else []), of or owners
        for agent in agents:
            for patient in patients:
                yield from self._made(event.verb, noun, agent, patient, (), status, phrases)
        if event.participle == "-":
            yield from self._circumstances(event.verb, event, noun, agents, phrases, status)
        elif event.kind != "doer":
            lemma = f"be {event.participle}"
            yield from self._circumstances(lemma, event, noun, patients, phrases, status)

    def _circumstances(
        self,
        lemma: str,
        event: _Event,
        noun: int,
        holders: list[int],
        phrases: list[Oblique],
        status: Status,
    ) -> Iterator[Proposition]:
        """As in "appointed as chair", "arrested in Turin", "died in 1990"."""
        for one in phrases:
            end, date = self.ends.end(one.head), self.ends.date_at(one.head)
            place = isinstance(end, Mention) and end.kind == "name" and end.type == "Place"
            where = one.role in {"in", "at", "near"} and place
            when = one.role in {"in", "on"} and date
            if not (one.role in event.keeps or where or when):
                continue
            for holder in holders:
                phrase, words = f"{lemma} {one.role}", one.prepositions
                if one.role == "as":
                    yield from self._as(phrase, noun, holder, one, status)
                else:
                    yield from self._made(phrase, noun, holder, one.head, words, status, phrases)
        for kid in self.tree.children[noun]:
            dated = self.ends.date_at(kid) if kid < noun else None
            for holder in holders if dated and self.tree.tokens[kid].tag == "CD" else ():
                yield from self._made(f"{lemma} in", noun, holder, kid, (), status, phrases)

    def _as(
        self, phrase: str, noun: int, holder: int, one: Oblique, status: Status
    ) -> Iterator[Proposition]:
        subject = self._thing(holder)
        for role in roles(self.tree, self.ends, one.head) if subject else ():
            if subject and role.end != subject:
                yield Proposition(
                    subject, holder, (noun, *one.prepositions, *role.words), f"{phrase} {role.phrase}".strip(),
                    role.end, role.head, noun, role.judge(self.tree, status), "event",
                )  # fmt: skip

    def _mutual(
        self, event: _Event, noun: int, owners: list[int], phrases: list[Oblique], status: Status
    ) -> Iterator[Proposition]:
        """As in "the merger of X and Y", "X's marriage to Y", "talks between X and Y"."""
        of = [o.head for o in phrases if o.role == "of"]
        taken = [o.head for o in phrases if o.role in event.takes]
        between = [o.head for o in phrases if o.role == "between"]
        pairs = [(a, b) for a in owners or of for b in taken]
        pairs = pairs or list(combinations(between or of, 2))
        for left, right in pairs:
            yield from self._made(event.verb, noun, left, right, (), status, phrases)

    def _made(
        self,
        lemma: str,
        noun: int,
        left: int,
        right: int,
        words: tuple[int, ...],
        status: Status,
        phrases: list[Oblique],
    ) -> Iterator[Proposition]:
        """One proposition where both ends are particular things, or the object is a date."""
        subject, end = self._thing(left), self.ends.end(right)
        if subject is None or end is None or left == right or end == subject:
            return
        if isinstance(end, Literal) and not self.ends.date_at(right):
            return
        if isinstance(end, Mention) and self._thing(right) is None:
            return
        places = tuple(o for o in phrases if o.head not in {left, right} and o.role == "in")
        yield Proposition(
            subject, left, (noun, *words), lemma, end, right, noun, status, "event", places
        )

    def _thing(self, i: int) -> Mention | None:
        """A mention that means something particular: a name, a pronoun, or a definite description."""
        mention = self.ends.thing(i)
        if mention is None or mention.kind != "nominal":
            return mention
        tree = self.tree
        if any(tree.word(k) in {"the", "this", "that", "these"} for k in tree.kids(i, "det")):
            return mention
        return mention if tree.kids(i, "poss") else None
