"""The status of an event that a noun names: taken for granted, unless its phrase or what governs it takes that back."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.extract.constructions import is_content
from kg.extract.judge import Judge
from kg.extract.predicates import is_predicate
from kg.extract.status import PLAIN, Status, cue
from kg.extract.tree import Tree
from kg.lexicon import rows, table

_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_HOLDING: Final = frozenset({"prep", "acl", "appos"})
_AFTER: Final = frozenset({"after", "following", "during", "since", "despite", "upon"})


def event_status(tree: Tree, judge: Judge, noun: int) -> Status:
    """The status of the event: never better than that of the predicate it stands under.

    A past that its governor does not plan, deny or ask for is plain; anything else is possible or open.
    """
    status = _governed(tree, judge, noun)
    for kid in tree.children[noun]:
        word = tree.word(kid)
        if word in _words("failed"):
            return status.negated(cue(tree, "adjective", kid))
        hedging = word in table("hedging_adjectives") or word in table("adverbs")
        if kid < noun and (hedging or word in _words("open")):
            status = status.hedged("unknown" if word in {"no", "any"} else "possible",
                                   cue(tree, "adjective", kid))  # fmt: skip
    return status


def _governed(tree: Tree, judge: Judge, noun: int) -> Status:
    """What the words above the noun leave of it."""
    below = noun
    for above in tree.ancestors(noun):
        i = above.index
        if is_predicate(tree, i):
            return _under(tree, judge, noun, below, i)
        holds = above.tag.startswith("NN") and tree.tokens[below].dependency in _HOLDING
        if holds and (tree.lemma(i) in _words("noun") or is_content(tree, noun)):
            return PLAIN.hedged("unknown", cue(tree, "embedding", i))
        if above.tag.startswith("JJ") or tree.word(i) in {"without", "instead", "pending"}:
            return PLAIN.hedged("unknown", cue(tree, "embedding", i))
        below = i
    return judge.context(below)


def _under(tree: Tree, judge: Judge, noun: int, argument: int, verb: int) -> Status:
    """The event as an argument of a verb; indefinite events hold only where the verb says that they took place."""
    status = judge.status(verb)
    mark = cue(tree, "embedding", verb)
    if status.polarity == "negative":
        return status.affirmed().hedged("unknown", mark)
    subject = tree.tokens[argument].dependency in {"nsubj", "nsubjpass", "csubj"}
    passive = tree.tokens[argument].dependency == "nsubjpass"
    after = tree.word(argument) in _AFTER
    committed = tree.lemma(verb) not in _words("verb") or after
    if not committed and not (subject and not passive and tree.tokens[verb].tag == "VBD"
                              and tree.lemma(verb) not in {"fail", "collapse", "fall"}):  # fmt: skip
        return status.hedged("unknown", mark)
    if subject and (tree.kids(verb, "acomp") or not _is_past(tree, verb)):
        return status.hedged("unknown", mark)
    definite = tree.kids(noun, "poss") or any(
        tree.word(k) in _DEFINITE for k in tree.kids(noun, "det")
    )
    if not definite and not subject and not after:
        return status.hedged("unknown", mark)
    return status


def _is_past(tree: Tree, verb: int) -> bool:
    """Whether the verb tells what was: "the sale depends on", "is possible" tell of no sale."""
    tags = {tree.tokens[k].tag for k in (verb, *tree.kids(verb, "aux", "auxpass"))}
    return "VBD" in tags or any(tree.lemma(k) == "have" for k in tree.kids(verb, "aux"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for word, each in rows("event_governors") if each == kind)
