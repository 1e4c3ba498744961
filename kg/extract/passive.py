"""Propositions of passive clauses: turned active where the agent is named, kept where it is not."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.drafts import Drafts, Frame, Phrase
from kg.extract.obliques import Oblique
from kg.extract.predicates import is_means
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import table, words
from kg.model import Literal


def passive(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """What a passive clause says: of its agents, and of what is done to its subjects."""
    tree, clause = drafts.tree, frame.clause
    for patient in clause.subjects:
        for agent in clause.agents:
            yield from drafts.make(frame, agent, frame.phrase, patient, "passive")
    helpers = tuple(tree.kids(clause.verb, "auxpass"))
    participle = " ".join([tree.word(clause.verb), *map(tree.word, clause.particles)])
    phrase = Phrase((*helpers, *frame.phrase.words), f"be {participle}")
    for patient in clause.subjects:
        for obj in clause.objects:
            yield from drafts.make(frame, patient, phrase, obj, "passive object")
        for oblique in clause.obliques:
            yield from _oblique(drafts, frame, patient, phrase, oblique)
        for attribute in clause.attributes:
            yield from drafts.role(frame, patient, phrase, attribute)
        yield from drafts.gerund(frame, patient, phrase)
    if not clause.agents and not clause.objects:
        yield from drafts.dated(frame, phrase)
        yield from _state(drafts, frame, helpers)
        yield from _how(drafts, frame, helpers)


def _oblique(
    drafts: Drafts, frame: Frame, patient: int, phrase: Phrase, oblique: Oblique
) -> Iterator[Proposition]:
    if drafts.ends.end(oblique.head) is None or drafts.ends.date_at(oblique.head):
        return
    full = phrase.plus(oblique.prepositions, oblique.role)
    if oblique.role == "as":
        if drafts.is_role(oblique.head):
            yield from drafts.role(frame, patient, full, oblique.head)
    elif oblique.role not in words("adjunct_prepositions"):
        yield from drafts.make(frame, patient, full, oblique.head, "passive oblique")


def _state(drafts: Drafts, frame: Frame, helpers: tuple[int, ...]) -> Iterator[Proposition]:
    """As in "the bridge was destroyed": the state, where nothing else is said."""
    tree, clause, verb = drafts.tree, frame.clause, frame.clause.verb
    said = [o for o in clause.obliques if drafts.ends.end(o.head) is not None]
    dated = any(drafts.ends.date_at(k) for k in tree.kids(verb, "npadvmod"))
    complements = tree.kids(verb, "xcomp", "ccomp")
    complements += [k for p in tree.kids(verb, "prep") for k in tree.kids(p, "pcomp")]
    if said or dated or clause.attributes or complements or not helpers:
        return
    text = " ".join(tree.tokens[k].text for k in (verb, *clause.particles))
    state = Literal(text.lower(), "xsd:string", text)
    if _manner(tree, verb) is None:
        yield from _literal(drafts, frame, helpers, "be", state, verb)


def _literal(
    drafts: Drafts, frame: Frame, words_: tuple[int, ...], lemma: str, value: Literal, head: int
) -> Iterator[Proposition]:
    verb = frame.clause.verb
    for patient in frame.clause.subjects:
        holder = drafts.ends.holder(patient)
        if holder:
            yield Proposition(
                holder, patient, words_, lemma, value, head, verb, frame.status, "state"
            )


def _how(drafts: Drafts, frame: Frame, helpers: tuple[int, ...]) -> Iterator[Proposition]:
    """As in "was sorted by hand", "was sorted manually"."""
    tree, verb = drafts.tree, frame.clause.verb
    manner = _manner(tree, verb)
    if manner is not None:
        text = tree.subtree(manner).of(tree.text)
        value = Literal(text.lower(), "xsd:string", text)
        yield from _literal(drafts, frame, (*helpers, verb), f"be {tree.word(verb)}", value, manner)


def _manner(tree: Tree, verb: int) -> int | None:
    """The word that tells how it was done, right after the verb: "manually", the "by" of "by hand"."""
    for k in tree.kids(verb, "advmod"):
        if k == verb + 1 and tree.word(k).endswith("ly") and tree.word(k) not in table("adverbs"):
            return k
    means = (k for k in tree.kids(verb, "agent", "prep") if k == verb + 1)
    return next((k for k in means if tree.word(k) == "by" and is_means(tree, k)), None)
