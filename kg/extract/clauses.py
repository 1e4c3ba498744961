"""Predicates and who takes part in them: ClausIE's clauses, with arguments inherited.

Del Corro & Gemulla 2013, "ClausIE: clause-based open information extraction" (doi:10.1145/2488388.2488420).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.obliques import Oblique, obliques_of
from kg.extract.predicates import (
    SUBJECTS,
    antecedent,
    is_expletive,
    is_means,
    is_passive,
    is_predicate,
    is_reached,
)
from kg.extract.tree import RELATIVE_TAGS, Tree
from kg.lexicon import words


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its arguments, all token positions. `inherited` tells that the subject stands elsewhere."""

    verb: int
    subjects: tuple[int, ...]
    inherited: bool
    passive: bool
    agents: tuple[int, ...]
    objects: tuple[int, ...]
    datives: tuple[int, ...]
    attributes: tuple[int, ...]
    obliques: tuple[Oblique, ...]
    particles: tuple[int, ...]


def find_clauses(tree: Tree, first: int, last: int) -> Iterator[Clause]:
    """The clauses of tokens[first:last], in text order."""
    for i in range(first, last):
        if is_predicate(tree, i):
            yield _clause(tree, i)


def _clause(tree: Tree, verb: int) -> Clause:
    passive = is_passive(tree, verb)
    subjects, inherited = subjects_of(tree, verb)
    return Clause(
        verb,
        subjects,
        inherited,
        passive,
        agents_of(tree, verb),
        _objects(tree, verb, passive),
        _all(tree, [d for d in tree.kids(verb, "dative") if tree.tokens[d].part != "ADP"]),
        _all(tree, tree.kids(verb, "attr", "acomp", "oprd")),
        tuple(obliques_of(tree, verb)),
        tuple(tree.kids(verb, "prt")),
    )


def agents_of(tree: Tree, verb: int) -> tuple[int, ...]:
    """Heads of the "by" phrase of a passive."""
    phrases = [
        pobj
        for one in tree.kids(verb, "agent")
        for by in (one, *(k for k in tree.kids(one, "conj") if tree.tokens[k].part == "ADP"))
        if not is_means(tree, by)
        for pobj in tree.kids(by, "pobj")
    ]
    return _all(tree, phrases)


def _all(tree: Tree, heads: list[int]) -> tuple[int, ...]:
    return tuple(k for head in heads for end in tree.conjuncts(head) for k in tree.members(end))


def subjects_of(tree: Tree, verb: int) -> tuple[tuple[int, ...], bool]:
    """Heads of the subject, and whether it was inherited from another clause."""
    own = tree.kids(verb, *SUBJECTS)
    if own:
        head = own[0]
        if tree.tokens[head].tag in RELATIVE_TAGS or (
            tree.word(head) == "that" and antecedent(tree, verb) is not None
        ):
            noun = antecedent(tree, verb)
            return ((), True) if noun is None else ((noun,), True)
        if is_expletive(tree, verb, head):
            return (), False
        return tuple(k for one in tree.conjuncts(head) for k in tree.members(one)), False
    if tree.kids(verb, "expl"):
        return (), False
    return _inherited_subjects(tree, verb), True


def _inherited_subjects(tree: Tree, verb: int) -> tuple[int, ...]:
    """The subject of a verb without one: by coordination, control, participle or purpose."""
    token = tree.tokens[verb]
    label, head = token.dependency, token.head
    if label == "conj" and is_predicate(tree, head):
        return subjects_of(tree, head)[0]
    if label == "acl":
        if token.tag in {"VBG", "VBN"}:
            return (head,)
        return _possessors(tree, head)
    if label == "relcl" and token.tag == "VB" and is_reached(tree, head):
        attribute = tree.tokens[head].dependency == "attr"
        return subjects_of(tree, tree.tokens[head].head)[0] if attribute else (head,)
    if label in {"xcomp", "ccomp"}:
        controllers = tree.kids(head, "dobj", "dative")
        if controllers and tree.lemma(head) not in {"promise", "threaten", "vow"}:
            return tuple(tree.conjuncts(controllers[0]))
        if label == "ccomp" and (token.tag not in {"VB", "VBG", "VBN"} or verb < head):
            return ()
        return _governor_subjects(tree, head)
    if label == "advcl":
        if any(tree.word(k) == "as" for k in tree.kids(verb, "mark")):
            return ()  # "as is widely assumed"
        if token.tag == "VBN" and verb > head and not tree.kids(verb, "mark"):
            noun = _noun_before(tree, verb, head)
            if noun is not None:
                return (noun,)
        return _governor_subjects(tree, head)
    if label == "pcomp":
        preposition = tree.tokens[head]
        governor = preposition.head
        if is_predicate(tree, governor):
            controllers = tree.kids(governor, "dobj")
            if controllers and tree.word(head) in {"from", "of", "for", "into"}:
                return tuple(tree.conjuncts(controllers[0]))
            return _governor_subjects(tree, governor)
        return _possessors(tree, governor)
    return ()


def _noun_before(tree: Tree, verb: int, head: int) -> int | None:
    """The argument of the governing verb that ends right before a participle ("a man in town called X")."""
    first = tree.tokens[verb].left
    for argument in (
        *tree.kids(head, "dobj", "attr"),
        *(o for p in tree.kids(head, "prep") for o in tree.kids(p, "pobj")),
    ):
        if tree.tokens[argument].right == first:
            return argument
    return None


def _governor_subjects(tree: Tree, head: int) -> tuple[int, ...]:
    """The subject of the clause that governs, also through an adjective ("was able to")."""
    if is_predicate(tree, head):
        return subjects_of(tree, head)[0]
    token = tree.tokens[head]
    if token.dependency in {"acomp", "attr", "oprd"}:
        return subjects_of(tree, token.head)[0]
    if token.dependency in {"dobj", "pobj"} and tree.kids(head, "poss"):
        return _possessors(tree, head)
    return ()


def _possessors(tree: Tree, noun: int) -> tuple[int, ...]:
    """Who a noun belongs to ("his attempt"), or who has it as object ("made an attempt")."""
    owners = tree.kids(noun, "poss")
    if owners:
        return tuple(owners)
    token = tree.tokens[noun]
    if token.dependency == "dobj" and is_predicate(tree, token.head):
        return subjects_of(tree, token.head)[0]
    return ()


def _objects(tree: Tree, verb: int, passive: bool) -> tuple[int, ...]:
    """Direct objects; a relative pronoun or a gap gives the antecedent."""
    found: list[int] = []
    noun = antecedent(tree, verb)
    for kid in tree.kids(verb, "dobj"):
        if tree.tokens[kid].tag in RELATIVE_TAGS or (tree.word(kid) == "that" and noun is not None):
            found += [noun] if noun is not None else []
        else:
            found += tree.conjuncts(kid)
    if not found and not passive and noun is not None and _has_gap(tree, verb, noun):
        found.append(noun)
    return tuple(found)


def _has_gap(tree: Tree, verb: int, noun: int) -> bool:
    """Whether a relative clause without a pronoun lacks its object ("the man he met")."""
    token = tree.tokens[verb]
    if token.dependency != "relcl" or token.lemma == "be":
        return False
    subject = tree.kids(verb, "nsubj")
    if (
        not subject
        or tree.tokens[subject[0]].tag in RELATIVE_TAGS
        or tree.word(subject[0]) == "that"
    ):
        return False
    if tree.lemma(noun) in words("gap_nouns"):
        return False
    if any(tree.tokens[k].tag in RELATIVE_TAGS for k in range(token.left, verb)):
        return False
    stranded = any(not tree.children[p] for p in tree.kids(verb, "prep"))
    return not stranded and not tree.kids(verb, "ccomp", "xcomp", "attr", "acomp", "dative")
