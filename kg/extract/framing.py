"""Cues that stand around a clause: who or what frames it, and words that leave little of it.

Each is a small function in the table `FRAMING`, of the same form as those of `cues.OWN`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from kg.extract.predicates import is_predicate
from kg.extract.status import Source, Status, attitude, cue
from kg.extract.tree import Tree
from kg.lexicon import rows, table, words
from kg.model import Certainty

_SCANT: Final = frozenset({"few", "little"})
_SAYING: Final = frozenset({"report", "claim", "belief"})
_SPEAKERS: Final = frozenset({"Person", "Organization", "Group"})
_LINKING: Final = frozenset({"be", "remain", "seem", "become"})
_ABOUT: Final = frozenset({"in", "on", "under", "with", "for"})
_NEAR: Final = (
    25  # tokens between a clause and an aside about it; the widest in English news is shorter
)
_LONGEST_LABEL: Final = 5  # tokens before the colon of "Police in Turin: ..."; longer is a clause


def scant(tree: Tree, i: int, status: Status) -> Status:
    """As in "few visitors saw it", "little is known", "hardly anyone came", "no more owns it than", "not once did"."""
    for end in tree.kids(i, "nsubj", "nsubjpass", "dobj"):
        for kid in (end, *tree.children[end]):
            alone = kid == 0 or tree.word(kid - 1) not in {"a", "quite"}
            if tree.word(kid) in _SCANT and tree.tokens[kid].tag.startswith("JJ") and alone:
                return status.hedged("possible", cue(tree, "quantity", kid))
            if table("adverbs").get(tree.word(kid)) == "negative":
                return status.negated(cue(tree, "negation", kid))
    for kid in tree.kids(i, "advmod"):
        negators = [k for k in tree.children[kid] if tree.word(k) in {"no", "not"}]
        if negators and kid < i and tree.word(kid) in {"more", "once"}:
            return status.negated(cue(tree, "negation", negators[0], kid))
    for end in tree.kids(i, "attr", "dobj", "acomp"):
        if tree.word(end) == "anything" and any(tree.word(k) == "but" for k in tree.children[end]):
            return status.negated(cue(tree, "negation", end))
    return status


def phrases(tree: Tree, i: int, status: Status) -> Status:
    """As in "in all likelihood", "by all accounts", "almost certainly", "odds are"."""
    reach, known = tree.tokens[i], _phrases()
    for k in range(reach.left, reach.right):
        for parts, certainty in known.get(tree.word(k), ()):
            last = k + len(parts)
            found = last <= reach.right and [tree.word(n) for n in range(k, last)] == parts
            if found and _governor(tree, k) == i:
                status = status.hedged(certainty, cue(tree, "adverb", k, last - 1))
    return status


@cache
def _phrases() -> dict[str, list[tuple[list[str], Certainty]]]:
    """The framing phrases by their first word."""
    found: dict[str, list[tuple[list[str], Certainty]]] = {}
    for text, certainty in rows("framing_phrases"):
        parts = text.split()
        told: Certainty = "possible" if certainty == "possible" else "unknown"
        found.setdefault(parts[0], []).append((parts, told))
    return found


def conditions(tree: Tree, i: int, status: Status) -> Status:
    """As in "in case X sells", "on condition that X leaves": the clause of such a noun, and what depends on it."""
    token = tree.tokens[i]
    if token.dependency in {"acl", "relcl", "ccomp"} and _is_condition(tree, token.head):
        return status.affirmed().hedged("unknown", cue(tree, "condition", token.head))
    first = token.head if token.dependency == "conj" else i
    for preposition in tree.kids(first, "prep", "mark"):
        for noun in tree.kids(preposition, "pobj"):
            # In "in case X sells" the parser may skip the noun, which then has nothing below it.
            clausal = bool(tree.kids(noun, "acl", "relcl", "ccomp")) or not tree.children[noun]
            if clausal and tree.word(noun) in {"case", "event"} and _is_condition(tree, noun):
                return status.hedged("unknown", cue(tree, "condition", preposition, noun))
    return status


def viewpoints(tree: Tree, i: int, status: Status) -> Status:
    """As in "To X, Y was a traitor", "From X's point of view, ...": how it seems to somebody."""
    for preposition in tree.kids(i, "prep"):
        for noun in tree.kids(preposition, "pobj") if preposition < i else ():
            mark = cue(tree, "view", preposition)
            owners = tree.kids(noun, "poss")
            if tree.word(noun) in {"point", "perspective", "standpoint"} and owners:
                return status.said(Source(owners[0], mark))
            mention = tree.mention_at.get(noun)
            stop = tree.tokens[preposition].right
            fronted = stop < len(tree.tokens) and tree.tokens[stop].text == ","
            said = tree.lemma(i) in _LINKING and tree.kids(i, "attr", "acomp", "oprd")
            mind = mention is not None and (
                mention.type in _SPEAKERS or (mention.kind == "name" and mention.type != "Place")
            )
            seen = mind and fronted and said
            if seen and tree.word(preposition) in {"to", "for"}:
                return status.said(Source(noun, mark))
    return status


def asides(tree: Tree, i: int, status: Status) -> Status:
    """As in "X (Y claims) did it", "as Y put it": a source in brackets or in an aside."""
    sentence = tree.annotated.sentences[tree.tokens[i].sentence]
    for verb in range(max(sentence.first, i - _NEAR), min(sentence.last, i + _NEAR)):
        if verb == i or tree.tokens[verb].part != "VERB":
            continue
        bracketed = verb + 1 < sentence.last and tree.tokens[verb + 1].text == ")"
        if bracketed and attitude(tree.lemma(verb), infinitive=False) in _SAYING:
            opened = next((k for k in range(verb, sentence.first - 1, -1) if tree.tokens[k].text == "("), None)  # fmt: skip
            if opened is not None and verb - opened > 1 and not opened < i < verb:
                return status.said(Source(verb - 1, cue(tree, "reporting", verb)))
        puts = tree.lemma(verb) == "put" and tree.word(min(verb + 1, sentence.last - 1)) == "it"
        subject = tree.kids(verb, "nsubj")
        if puts and subject and tree.word(max(tree.tokens[verb].left, 0)) == "as":
            return status.said(Source(subject[0], cue(tree, "reporting", verb)))
    return status


def labels(tree: Tree, i: int, status: Status) -> Status:
    """As in the headlines "Police: X did it", "X did it - police"."""
    sentence = tree.annotated.sentences[tree.tokens[i].sentence]
    before = sentence.first - 1
    if (
        before >= 0
        and tree.tokens[before].text == ":"
        and "\n" not in tree.text[tree.tokens[before].span.end : sentence.span.start]
    ):
        last = tree.annotated.sentences[sentence.index - 1]
        if last.last - last.first <= _LONGEST_LABEL + 1:
            return _labelled(tree, status, before, range(last.first, before))
    ends = (sentence.first + _LONGEST_LABEL + 1, sentence.last - _LONGEST_LABEL - 2)
    for k in range(sentence.first, min(ends[0], sentence.last)):
        if tree.tokens[k].text == ":" and i > k:
            return _labelled(tree, status, k, range(sentence.first, k))
    headline = tree.tokens[sentence.last - 1].text not in {".", "!", "?", "”", "''"}
    for k in range(max(sentence.first, ends[1]), sentence.last if headline else 0):
        if tree.tokens[k].text in {"-", "–", "—"} and i < k:
            return _labelled(tree, status, k, range(k + 1, sentence.last))
    return status


def _labelled(tree: Tree, status: Status, mark: int, place: range) -> Status:
    speaker = _only_speaker(tree, place)
    return status if speaker is None else status.said(Source(speaker, cue(tree, "label", mark)))


def fiction(tree: Tree, i: int, status: Status) -> Status:
    """As in "In the film, X marries Y", "In a dream X sold it"."""
    tags = {tree.tokens[k].tag for k in (i, *tree.kids(i, "aux", "auxpass"))}
    for preposition in tree.kids(i, "prep"):
        if preposition > i or tree.word(preposition) != "in":
            continue
        for noun in tree.kids(preposition, "pobj"):
            tense = table("fiction_nouns").get(tree.lemma(noun))
            if tense == "any" or (tense == "present" and tags & {"VBZ", "VBP"}):
                return status.hedged("unknown", cue(tree, "fiction", noun))
    return status


def _governor(tree: Tree, i: int) -> int:
    """The nearest predicate above a token, or the token where there is none."""
    return next((a.index for a in tree.ancestors(i) if is_predicate(tree, a.index)), i)


def _is_condition(tree: Tree, noun: int) -> bool:
    preposition = tree.tokens[noun].head
    return tree.word(noun) in words("condition_nouns") and tree.word(preposition) in _ABOUT


def _only_speaker(tree: Tree, place: range) -> int | None:
    """The head of the only noun phrase there, where it can speak: nothing else but its words and a full stop."""
    kept = [k for k in place if tree.tokens[k].part != "PUNCT"]
    if not kept or any(tree.tokens[k].part in {"VERB", "AUX"} for k in kept):
        return None
    for k in kept:
        mention = tree.mention_at.get(k)
        if mention and mention.type in _SPEAKERS:
            whole = tree.span(kept[0], kept[-1] + 1)
            return k if whole in mention.extent else None
    return None


FRAMING: Final[dict[str, Callable[[Tree, int, Status], Status]]] = {
    "scant": scant,
    "phrases": phrases,
    "conditions": conditions,
    "viewpoints": viewpoints,
    "asides": asides,
    "labels": labels,
    "fiction": fiction,
}
