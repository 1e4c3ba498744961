"""Prepositional arguments of a verb: what "in", "out of", "in honor of" govern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.predicates import antecedent, is_means, is_passive
from kg.extract.tree import RELATIVE_TAGS, Tree
from kg.lexicon import phrases


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional argument: the words before it, their tokens, and the head of what they govern."""

    role: str
    prepositions: tuple[int, ...]
    head: int
    holder: int


def obliques_of(tree: Tree, verb: int) -> Iterator[Oblique]:
    """Prepositional arguments of the verb and of its particles; "according to" is no argument."""
    adverbs = [k for k in tree.kids(verb, "advmod") if tree.word(k) not in {"instead", "rather"}]
    holders = [verb, *tree.kids(verb, "prt"), *adverbs]
    for holder in holders:
        for preposition in (
            tree.kids(holder, "prep", "agent") if holder == verb else tree.kids(holder, "prep")
        ):
            agent = tree.tokens[preposition].dependency == "agent" and is_passive(tree, verb)
            if agent and not is_means(tree, preposition):
                continue
            if tree.word(max(preposition - 1, 0)) == "instead":
                continue
            if _is_quoted_apart(tree, verb, preposition):
                continue
            for one in (preposition, *tree.kids(preposition, "conj")):
                if one == preposition or tree.tokens[one].part == "ADP":
                    yield from _governed(tree, verb, (one,))
    for dative in tree.kids(verb, "dative"):
        if tree.tokens[dative].part == "ADP":
            yield from _governed(tree, verb, (dative,))


def _governed(tree: Tree, verb: int, chain: tuple[int, ...]) -> Iterator[Oblique]:
    """What a chain of prepositions governs ("out of the house")."""
    last = chain[-1]
    if tree.word(last) in {"according", "including", "despite", "given"}:
        return
    role = " ".join(tree.word(p) for p in chain)
    objects = tree.kids(last, "pobj")
    for inner in tree.kids(last, "prep"):
        if len(chain) < 3 and not objects:
            yield from _governed(tree, verb, (*chain, inner))
    noun = antecedent(tree, verb)
    for kid in objects:
        whole = _complex(tree, last, kid)
        if whole is not None:
            longer = (*chain, *((kid - 1,) if tree.word(kid - 1) == "the" else ()), kid, whole)
            long_role = f"{role} {tree.word(kid)} {tree.word(whole)}"
            for inner in tree.kids(whole, "pobj"):
                for end in tree.conjuncts(inner):
                    yield Oblique(long_role, longer, end, verb)
        elif _set_phrase(tree, last, kid):
            continue
        elif tree.tokens[kid].tag in RELATIVE_TAGS:
            if noun is not None:
                yield Oblique(role, chain, noun, verb)
        else:
            for end in tree.conjuncts(kid):
                yield Oblique(role, chain, end, verb)
    if not objects and not tree.children[last] and noun is not None and _is_stranded(tree, verb):
        yield Oblique(role, chain, noun, verb)


def _is_quoted_apart(tree: Tree, verb: int, preposition: int) -> bool:
    """As in 'she says, "in a hurry"': words of the speaker, no argument of "says"."""
    quoted = tree.quotation(preposition)
    return quoted is not None and quoted[0] == preposition and tree.quotation(verb) is None


def _complex(tree: Tree, preposition: int, noun: int) -> int | None:
    """The second preposition of "in honor of", "at the request of"; None where the words are no such phrase."""
    known = (tree.word(preposition), tree.word(noun))
    for second in tree.kids(noun, "prep"):
        if (*known, tree.word(second)) in phrases("complex_prepositions") and _is_bare(tree, noun):
            return second
    return None


def _set_phrase(tree: Tree, preposition: int, noun: int) -> bool:
    """Whether the phrase is an adverb in all but form: "in order", "for example"."""
    return (tree.word(preposition), tree.word(noun)) in phrases(
        "set_phrases"
    ) and not tree.children[noun]


def _is_bare(tree: Tree, noun: int) -> bool:
    """Whether nothing but "the" stands before the noun."""
    before = [k for k in tree.children[noun] if k < noun]
    return all(tree.word(k) == "the" for k in before)


def _is_stranded(tree: Tree, verb: int) -> bool:
    """Whether the relative clause has its own subject, so that a bare preposition takes the antecedent."""
    subject = tree.kids(verb, "nsubj", "nsubjpass")
    return bool(subject) and tree.tokens[subject[0]].tag not in RELATIVE_TAGS
