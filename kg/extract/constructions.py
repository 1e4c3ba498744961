"""Constructions that change what governs what: clefts, contents of nouns, clauses parted by a semicolon."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import words


def is_content(tree: Tree, noun: int) -> bool:
    """Whether a noun stands in "reports of X bribing Y": what is reported, not what is so."""
    preposition = tree.tokens[noun].head
    holder = tree.tokens[preposition].head
    return tree.word(preposition) == "of" and tree.lemma(holder) in words("content_nouns")


def is_cleft(tree: Tree, noun: int) -> bool:
    """Whether the noun stands in "it was X who": its clause is said or denied with it."""
    verb = tree.tokens[noun].head
    said = tree.tokens[noun].dependency == "attr"
    return said and any(tree.word(k) == "it" for k in tree.kids(verb, "nsubj", "expl"))


def is_bare(tree: Tree, noun: int) -> bool:
    """Whether a common noun stands without article, number or owner: a kind, not certain ones ("legislation that")."""
    common = tree.tokens[noun].tag in {"NN", "NNS"}
    return common and not tree.kids(noun, "det", "poss", "nummod")


def is_inverted(tree: Tree, verb: int) -> bool:
    """As in "Had an order not been lost, ...": a condition whose verb stands before its subject."""
    subjects = tree.kids(verb, "nsubj", "nsubjpass", "ccomp")
    first = tree.tokens[verb].left == verb
    return first and tree.word(verb) in {"had", "were", "should"} and bool(subjects)


def is_prospective(tree: Tree, verb: int) -> bool:
    """As in "is going to be": what is still to come."""
    return tree.lemma(verb) == "go" and tree.tokens[verb].tag == "VBG"


def is_separate(tree: Tree, i: int) -> bool:
    """Whether a semicolon parts a clause from its governor, so that neither governs the other."""
    token = tree.tokens[i]
    if token.dependency not in {"ccomp", "conj", "parataxis", "advcl"} or tree.kids(i, "mark"):
        return False
    low, high = sorted((i, token.head))
    return any(tree.tokens[k].text == ";" for k in range(low, high))
