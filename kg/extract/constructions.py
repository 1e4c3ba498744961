"""Constructions that change what governs what: clefts, contents of nouns, clauses parted by a semicolon."""

from __future__ import annotations

from typing import Final

from kg.extract.predicates import is_reached
from kg.extract.tree import Tree
from kg.lexicon import words

_OPEN: Final = frozenset({"any", "no", "every", "each", "a", "an"})
_OPEN_NOUNS: Final = frozenset(
    {"nobody", "nothing", "none", "anyone", "anybody", "anything", "someone", "whoever"}
)


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


def is_open(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a noun with a relative clause means no certain thing: "any man who", "legislation that"."""
    if tree.word(noun) in _OPEN_NOUNS or _OPEN & {tree.word(k) for k in tree.kids(noun, "det")}:
        return True
    close = tree.tokens[max(tree.tokens[clause].left - 1, 0)].text != ","
    bare = tree.tokens[noun].tag in {"NN", "NNS"} and not tree.kids(noun, "det", "poss", "nummod")
    return tree.tokens[clause].dependency == "relcl" and close and bare


def is_content_clause(tree: Tree, clause: int, noun: int) -> bool:
    """Whether "the report that X left" was parsed as a relative clause, though "that" is nothing in it."""
    whole = tree.kids(clause, "nsubj", "nsubjpass") and tree.kids(clause, "dobj", "prep", "attr")
    that = tree.word(tree.tokens[clause].left) == "that"
    named = bool(whole) and tree.word(tree.kids(clause, "nsubj", "nsubjpass")[0]) != "that"
    return that and named and tree.lemma(noun) in words("content_nouns")


def is_command(tree: Tree, verb: int) -> bool:
    """As in "Sell it": a bare verb without subject or auxiliary."""
    helped = tree.kids(verb, "nsubj", "nsubjpass", "aux", "auxpass", "expl", "csubj")
    return tree.tokens[verb].tag == "VB" and not helped


def is_due(tree: Tree, noun: int) -> bool:
    """As in "it is time X left": what is not yet so."""
    subjects = tree.kids(tree.tokens[noun].head, "nsubj")
    late = tree.lemma(noun) == "time" and tree.tokens[noun].dependency == "attr"
    return late and any(tree.word(k) == "it" for k in subjects)


def is_purpose(tree: Tree, clause: int, noun: int) -> bool:
    """As in "the time to visit X"; but "the first to visit X" did."""
    return is_infinitive(tree, clause) and not is_reached(tree, noun)


def is_infinitive(tree: Tree, clause: int) -> bool:
    """Whether a clause is "to" and a verb."""
    to = any(tree.word(k) == "to" for k in tree.kids(clause, "aux"))
    return tree.tokens[clause].tag == "VB" and to


def is_inverted(tree: Tree, verb: int) -> bool:
    """As in "Had an order not been lost, ...": a condition whose verb stands before its subject."""
    subjects = tree.kids(verb, "nsubj", "nsubjpass", "ccomp")
    first = tree.tokens[verb].left == verb
    return first and tree.word(verb) in {"had", "were", "should"} and bool(subjects)


def is_prospective(tree: Tree, verb: int) -> bool:
    """As in "is going to be": what is still to come."""
    return tree.lemma(verb) == "go" and tree.tokens[verb].tag == "VBG"


def is_separate(tree: Tree, i: int) -> bool:
    """Whether a semicolon, or a colon behind it or behind what it governs, parts a clause from its governor, so that neither governs the other."""
    token = tree.tokens[i]
    if token.dependency not in {"ccomp", "conj", "parataxis", "advcl"} or tree.kids(i, "mark"):
        return False
    low, high = sorted((i, token.head))
    before = i < token.head or any(k < i for k in tree.kids(token.head, "ccomp", "dobj"))
    marks = {";", ":"} if before else {";"}
    return any(tree.tokens[k].text in marks for k in range(low, high))


def is_forestalled(tree: Tree, clause: int, verb: int) -> bool:
    """As in "died before it passed", "stopped him before he left": what may never have come to be."""
    before = [k for k in tree.kids(clause, "mark") if tree.word(k) == "before"]
    measured = tree.kids(clause, "npadvmod") + [m for k in before for m in tree.children[k]]
    return bool(before) and not measured and tree.lemma(verb) in words("forestalling_verbs")
