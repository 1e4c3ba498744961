"""Predicates: which tokens head a clause, their voice, their auxiliaries, and the noun a relative clause is about."""

from __future__ import annotations

from typing import Final

from kg.extract.tree import Tree
from kg.lexicon import words

_CLAUSAL: Final = frozenset(
    {"ROOT", "conj", "ccomp", "xcomp", "relcl", "acl", "advcl", "pcomp", "csubj", "parataxis", "dep", "appos", "csubjpass"}
)  # fmt: skip
_SALES: Final = frozenset({"auction", "tender", "lottery", "raffle", "referendum", "ballot"})
_ASPECTUAL: Final = frozenset({"begin", "start", "stop", "halt", "continue", "end", "resume", "suspend", "complete", "launch", "finish", "order", "oppose"})  # fmt: skip
_REACHED: Final = frozenset(
    {"first", "second", "third", "fourth", "fifth", "last", "latest", "only"}
)
SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def is_predicate(tree: Tree, i: int) -> bool:
    """Whether the token heads a clause: a verb that is no auxiliary and no mere modifier."""
    token = tree.tokens[i]
    if token.part not in {"VERB", "AUX"} or token.dependency not in _CLAUSAL:
        return False
    if token.dependency == "conj":
        return tree.tokens[token.head].dependency not in {"amod", "compound"}
    return token.tag != "MD"


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive, or a bare participle that modifies."""
    if tree.kids(verb, "auxpass", "nsubjpass", "agent"):
        return True
    token = tree.tokens[verb]
    if token.tag != "VBN" or tree.kids(verb, "aux", "nsubj"):
        return False
    if token.dependency == "conj":
        finite = tree.tokens[token.head].tag in {
            "VBD",
            "VBZ",
            "VBP",
        }  # "were sisters, both said to be ill"
        return not tree.kids(verb, *SUBJECTS) and (finite or is_passive(tree, token.head))
    return token.dependency in {"acl", "advcl", "relcl"} and not tree.kids(verb, "dobj")


def is_means(tree: Tree, preposition: int) -> bool:
    """Whether "by" tells how and not by whom: "by hand", "by telephone"."""
    nouns = tree.kids(preposition, "pobj")
    return any(
        tree.word(k) in words("means")
        and (tree.word(k) in _SALES or not tree.kids(k, "det", "poss"))
        for k in nouns
    )


def helpers_of(tree: Tree, verb: int) -> list[int]:
    """Auxiliaries and negators of a verb, those it shares with the verb before it included."""
    token = tree.tokens[verb]
    own = [
        k for k in tree.kids(verb, "aux", "auxpass", "neg")
        if tree.word(k) != "to" or token.dependency == "ROOT"
    ]  # fmt: skip
    bare = token.dependency == "conj" and token.tag in {"VB", "VBN", "VBG"}
    alike = bare and tree.tokens[token.head].tag == token.tag
    if alike and not own and not tree.kids(verb, *SUBJECTS):
        return [k for k in helpers_of(tree, token.head) if k < token.head]
    return own


def is_expletive(tree: Tree, verb: int, subject: int) -> bool:
    """Whether "it" only stands in for a clause: "it is clear that", "it was agreed that", "it seems that"."""
    if tree.word(subject) != "it":
        return False
    if tree.lemma(verb) == "take":
        holders_ = [verb, *tree.kids(verb, "dobj", "npadvmod", "dative")]
        inner = [k for h in holders_ for k in tree.kids(h, "xcomp", "advcl", "acl", "relcl")]
        return any(tree.word(a) == "to" for k in inner for a in tree.kids(k, "aux"))
    linking = tree.lemma(verb) in {"be", "become", "seem", "appear"} or is_passive(tree, verb)
    holders = [verb, *tree.kids(verb, "attr", "acomp", "oprd")]
    clauses = [k for h in holders for k in tree.kids(h, "ccomp", "xcomp", "csubj", "acl")]
    return linking and any(
        tree.word(m) in {"that", "whether", "how", "why"}
        for k in clauses for m in tree.kids(k, "mark", "aux", "advmod")
    )  # fmt: skip


def antecedent(tree: Tree, verb: int) -> int | None:
    """The noun that the relative clause of this verb modifies."""
    token = tree.tokens[verb]
    while (
        token.dependency in {"conj", "ccomp", "xcomp", "pcomp", "prep"}
        and token.head != token.index
    ):
        token = tree.tokens[token.head]
    if token.dependency != "relcl":
        return None
    return _what(tree, verb, _who(tree, verb, token.head))


def _what(tree: Tree, verb: int, noun: int) -> int:
    """What "began" and the like are said of: the event, not the thing it is done to ("felling of trees, which it resumed")."""
    preposition = tree.tokens[noun].head
    event = tree.tokens[preposition].head
    if tree.lemma(verb) not in _ASPECTUAL or tree.word(preposition) != "of":
        return noun
    eventive = tree.tokens[event].tag == "VBG" or tree.word(event).endswith(("ing", "ion", "ment"))
    return event if tree.tokens[noun].dependency == "pobj" and eventive else noun


def _who(tree: Tree, verb: int, noun: int) -> int:
    """The noun itself; where "who" follows a thing that belongs to a person, the person ("a man with a case who")."""
    named = [
        k for k in tree.kids(verb, "nsubj", "nsubjpass", "dobj") if tree.word(k) in {"who", "whom"}
    ]
    mention = tree.mention_at.get(noun)
    if not named or mention is None or mention.type in {"Person", "Group", "Organization"}:
        return noun
    for above in tree.ancestors(noun):
        owner = tree.mention_at.get(above.index)
        if owner and owner.type == "Person":
            return above.index
        if above.dependency not in {"prep", "pobj"}:
            break
    return noun


def is_reached(tree: Tree, noun: int) -> bool:
    """Whether a noun says who was first, last or the only one to do something."""
    return bool(_REACHED & {tree.word(k) for k in tree.children[noun]})
