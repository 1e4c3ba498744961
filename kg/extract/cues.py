"""Cues that a predicate carries itself, each a small function in the table `OWN`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.extract.constructions import is_inverted
from kg.extract.predicates import is_predicate
from kg.extract.speakers import speaker
from kg.extract.status import Source, Status, attitude, cue
from kg.extract.tree import Tree
from kg.lexicon import table

_ALMOST: Final = frozenset({"almost", "nearly"})
_FOCUS: Final = frozenset({"just", "only", "merely", "simply", "solely"})
_NEGATORS: Final = frozenset({"never", "neither", "nor", "nowhere"})
_NEGATIVE_DETERMINERS: Final = frozenset({"no", "neither"})
_NOBODY: Final = frozenset({"nobody", "nothing", "none", "no-one"})
_VIEW_NOUNS: Final = frozenset(
    {"eye", "eyes", "view", "opinion", "words", "account", "telling", "version"}
)
_EXPECTED: Final = frozenset(
    {"expect", "plan", "schedule", "slate", "anticipate", "project", "propose"}
)
# Verbs whose "if" is "whether": "to test if it grew, we measured it".
_TESTING: Final = frozenset({"test", "see", "check", "ask", "determine", "know", "wonder", "learn", "verify", "examine", "investigate", "decide"})  # fmt: skip
_LATER: Final = frozenset({"later", "eventually", "subsequently", "soon", "finally", "ultimately"})


def modals(tree: Tree, i: int, status: Status) -> Status:
    """As in "may", "could", "will" hedge; narrative "would" does not."""
    for aux in tree.kids(i, "aux"):
        status = modal(tree, i, aux, status)
    return status


def modal(tree: Tree, verb: int, aux: int, status: Status) -> Status:
    """The status under one auxiliary."""
    if tree.tokens[aux].tag != "MD":
        return status
    if tree.word(aux) in {"would", "'d", "’d"} and _future_in_past(tree, verb):
        return status.noted(cue(tree, "narrative", aux))
    return status.hedged("possible", cue(tree, "modal", aux))


def _future_in_past(tree: Tree, verb: int) -> bool:
    """Narrative "would": "would go on to win", "would later admit", or dated before the document."""
    adverbs = {tree.word(k) for k in tree.kids(verb, "advmod", "prt")}
    if adverbs & _LATER or (tree.lemma(verb) == "go" and "on" in adverbs):
        return True
    token = tree.tokens[verb]
    conditional = any(tree.word(k) in {"if", "unless"} for k in range(token.left, token.right))
    if conditional or tree.kids(verb, "neg"):
        return False
    written = tree.document.header.date or ""
    reach = tree.subtree(verb)
    dates = [d for d in tree.annotated.dates if d.span in reach]
    return bool(written) and any(d.value[:4].isdigit() and d.value < written for d in dates)


def adverbs(tree: Tree, i: int, status: Status) -> Status:
    """As in "allegedly", "probably"; "no longer" negates."""
    if i > 1 and (tree.word(i - 2), tree.word(i - 1)) == ("all", "but"):
        status = status.hedged("possible", cue(tree, "adverb", i - 2, i - 1))
    for kid in tree.kids(i, "advmod", "npadvmod"):
        if tree.tokens[kid].tag == "NNP":
            continue  # "May"
        told = table("adverbs").get(tree.word(kid))
        if told == "negative":
            status = status.negated(cue(tree, "negation", kid))
        elif told and tree.tokens[kid].tag != "MD":
            status = status.hedged("possible", cue(tree, "adverb", kid))
        elif (tree.word(kid) in _ALMOST and _modifies_verb(tree, kid, i)) or (
            tree.word(kid) == "longer" and any(tree.word(k) == "no" for k in tree.children[kid])
        ):
            status = status.negated(cue(tree, "negation", kid))
    return status


def _modifies_verb(tree: Tree, kid: int, i: int) -> bool:
    """Whether "almost" stands right before the verb or its auxiliary: "almost equally divided" is divided."""
    return kid + 1 == i or kid + 1 in tree.kids(i, "aux", "auxpass")


def hypotheses(tree: Tree, i: int, status: Status) -> Status:
    """A main clause with a condition beside it, or "would have", is hypothetical."""
    for kid in tree.kids(i, "advcl"):
        marks = [
            m for m in tree.kids(kid, "mark")
            if tree.word(m) in {"if", "unless"} and tree.lemma(max(m - 1, 0)) not in _TESTING
        ]  # fmt: skip
        inverted = tree.tokens[kid].tag == "VBN" and any(
            tree.word(a) in {"had", "were"} and a == tree.tokens[kid].left
            for a in tree.kids(kid, "aux", "auxpass")
        )
        if marks or inverted:
            status = status.hedged("unknown", cue(tree, "condition", *(marks or [kid])))
    if is_inverted(tree, i):
        status = status.hedged("unknown", cue(tree, "condition", i))
    helpers = [tree.word(k) for k in tree.kids(i, "aux")]
    if "have" in helpers and {"would", "could", "should"} & set(helpers[: helpers.index("have")]):
        status = status.hedged("unknown", cue(tree, "counterfactual", i))
    return status


def named_sources(tree: Tree, i: int, status: Status) -> Status:
    """As in "according to X", "in the eyes of X", "in X's view"."""
    for kid in tree.kids(i, "prep", "advcl"):
        if tree.word(kid) == "according":
            for to in tree.kids(kid, "prep"):
                for noun in tree.kids(to, "pobj"):
                    return status.said(Source(noun, cue(tree, "reporting", kid, to)))
        elif tree.word(kid) in {"in", "to", "for", "by"}:
            for noun, owner in viewpoint(tree, kid):
                return status.said(Source(owner, cue(tree, "view", kid, noun)))
    return status


def viewpoint(tree: Tree, preposition: int) -> list[tuple[int, int]]:
    """The noun and the owner of "in the eyes of X"; empty where the phrase is no viewpoint."""
    found = []
    for noun in tree.kids(preposition, "pobj"):
        owners = tree.kids(noun, "poss")
        for of in tree.kids(noun, "prep"):
            owners += tree.kids(of, "pobj") if tree.word(of) == "of" else []
        if tree.word(noun) in _VIEW_NOUNS and owners:
            found.append((noun, owners[0]))
    return found


def parentheses(tree: Tree, i: int, status: Status) -> Status:
    """As in "The dam, officials said, was old"; "as the paper reported"."""
    spliced = [
        k for k in tree.kids(i, "conj")
        if not tree.kids(i, "cc") and tree.kids(k, "nsubj") and not tree.kids(k, "ccomp")
    ]  # fmt: skip
    for kid in [*tree.kids(i, "parataxis", "advcl", "ccomp"), *spliced]:
        told = tree.lemma(kid) in {"tell", "inform", "assure"}
        if not is_predicate(tree, kid) or tree.kids(kid, "ccomp", "xcomp"):
            continue
        if tree.kids(kid, "dobj") and not told:
            continue
        if attitude(tree.lemma(kid), infinitive=False) not in {"report", "claim", "belief"}:
            continue
        marks = {tree.word(m) for m in tree.kids(kid, "mark")}
        label = tree.tokens[kid].dependency
        inside = (
            label == "ccomp" and not marks and tree.tokens[kid].left > tree.tokens[i].left < kid < i
        )
        if label in {"parataxis", "conj"} or (label == "advcl" and marks == {"as"}) or inside:
            head = speaker(tree, kid)
            if head is not None:
                return status.said(Source(head, cue(tree, "reporting", kid)))
    return status


def negation(tree: Tree, i: int, status: Status) -> Status:
    """Each negator turns the polarity; "not only" and "whether or not" turn nothing."""
    for kid in tree.children[i]:
        if not _negates(tree, kid):
            continue
        if tree.word(kid + 1 if kid + 1 < len(tree.tokens) else kid) in _FOCUS:
            status = status.noted(cue(tree, "focus", kid, kid + 1))
        elif kid == 0 or tree.word(kid - 1) != "or":
            status = status.negated(cue(tree, "negation", kid))
    for adverb in tree.kids(i, "advmod"):
        for kid in tree.children[adverb]:
            if tree.word(kid) == "never" and tree.word(adverb) in {"before", "again", "yet"}:
                status = status.negated(cue(tree, "negation", kid))  # "has never before been open"
    head = tree.tokens[i].head
    if tree.tokens[i].dependency == "conj":
        for link in tree.kids(head, "cc"):
            instead = tree.word(link) == "than" and tree.word(link - 1) in {"rather", "sooner"}
            if (tree.word(link) == "nor" or instead) and link < i:
                return status.negated(cue(tree, "negation", link))
    for negator in _negative_arguments(tree, i):
        return status.negated(cue(tree, "negation", negator))
    return status


def _negates(tree: Tree, kid: int) -> bool:
    if tree.tokens[kid].dependency == "neg":
        return True
    linked = tree.tokens[kid].dependency in {"advmod", "preconj", "cc", "det"}
    return linked and tree.word(kid) in _NEGATORS and tree.word(kid) != "nor"


def _negative_arguments(tree: Tree, i: int) -> list[int]:
    """Determiners "no" and words such as "nobody" among the arguments of a verb."""
    ends = tree.kids(i, "nsubj", "nsubjpass", "dobj", "attr")
    for preposition in tree.kids(i, "prep", "agent"):
        ends += tree.kids(preposition, "pobj")
    found = [
        k for end in ends for k in tree.kids(end, "det", "neg", "preconj")
        if tree.word(k) in _NEGATIVE_DETERMINERS
    ]  # fmt: skip
    said = [
        k for end in tree.kids(i, "acomp", "attr", "oprd") for k in tree.kids(end, "neg") if k < end
    ]  # fmt: skip
    found += [k for k in said if tree.word(k) in {"not", "n't", "never"}]
    for end in tree.kids(i, "nsubj", "nsubjpass"):
        first = tree.tokens[end].left
        found += [k for k in range(first, end) if tree.word(k) == "neither" and k not in found]
        found += [first] if tree.word(first) == "not" and not tree.kids(first, "advmod") else []
    return found + [end for end in ends if tree.word(end) in _NOBODY]


def expectations(tree: Tree, i: int, status: Status) -> Status:
    """As in "is expected in March": what is only expected or planned is not yet so."""
    expected = tree.lemma(i) in _EXPECTED and tree.tokens[i].tag == "VBN"
    if expected and tree.kids(i, "auxpass") and not tree.kids(i, "xcomp", "ccomp"):
        return status.hedged("possible", cue(tree, "plan", i))
    return status


def alternatives(tree: Tree, i: int, status: Status) -> Status:
    """As in "lost or destroyed it": either may be so, neither is said to be."""
    first = i
    while tree.tokens[first].dependency == "conj" and is_predicate(tree, tree.tokens[first].head):
        first = tree.tokens[first].head
    verbs = [k for k in tree.conjuncts(first) if is_predicate(tree, k)]
    for link in (k for verb in verbs for k in tree.kids(verb, "cc")):
        if tree.word(link) == "or" and status.polarity == "positive" and len(verbs) > 1:
            return status.hedged("possible", cue(tree, "disjunction", link))
    return status


OWN: Final[dict[str, Callable[[Tree, int, Status], Status]]] = {
    "hypotheses": hypotheses,
    "modals": modals,
    "expectations": expectations,
    "adverbs": adverbs,
    "named sources": named_sources,
    "parentheses": parentheses,
    "negation": negation,
    "alternatives": alternatives,
}
