"""Roles of nouns: what a description says of its holder, and of whom or what it says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.ends import End, Ends, plain
from kg.extract.status import Status, cue
from kg.extract.tree import Tree
from kg.lexicon import table, words
from kg.model import Literal, Mention, Span

_PREPOSITIONS: Final = frozenset(
    {"of", "in", "at", "for", "with", "from", "to", "on", "by", "behind", "against"}
)
_NEVER: Final = frozenset({"never"})
_NO_ROLE: Final = frozenset({"one", "ones", "such", "so", "that", "this", "it", "there", "case"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says of its holder: `member of` X, or just `surgeon`; `hedge` is "alleged" and the like."""

    words: tuple[int, ...]
    phrase: str
    end: End
    head: int
    hedge: int | None

    def judge(self, tree: Tree, status: Status) -> Status:
        """The status with the role's own hedge."""
        if self.hedge is None:
            return status
        mark = cue(tree, "adjective", self.hedge)
        word = tree.word(self.hedge)
        if table("hedging_adjectives").get(word) == "negative" or word in {*_NEVER, "not", "no"}:
            return status.negated(mark)
        return status.hedged("possible", mark)


def roles(tree: Tree, ends: Ends, noun: int) -> Iterator[Role]:
    """The roles that a noun or adjective phrase gives: what it is, and of whom."""
    token = tree.tokens[noun]
    hedge = _hedge(tree, noun)
    found = ends.end(noun)
    if (
        isinstance(found, Literal)
        and token.tag in {"CD", "NN", "NNS"}
        and found.datatype != "xsd:string"
    ):
        yield Role((), "", found, noun, hedge)
        return
    if token.tag not in {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "RB"}:
        return
    if tree.word(noun) in _NO_ROLE:
        return
    complements = list(_complements(tree, ends, noun))
    if not complements or token.dependency not in {"appos", "compound", "nmod"}:
        yield Role((), "", _category(tree, ends, noun, short=_is_of(complements)), noun, hedge)
    for phrase, positions, head, end in complements:
        yield Role(positions, phrase, end, head, hedge)


def _is_of(complements: list[tuple[str, tuple[int, ...], int, End]]) -> bool:
    """Whether all that completes a noun is whose it is: the portfolio of a "spokesman for transport" is part of what he is."""
    return bool(complements) and not any(phrase.endswith(" for") for phrase, *_ in complements)


def _hedge(tree: Tree, noun: int) -> int | None:
    """The word that takes a description back: "an alleged spy", "reportedly the owner", "never a member"."""
    first = tree.tokens[noun].left
    text = tree.span(first, noun + 1).of(tree.text).lower()
    if any("-" in each and each in text for each in table("hedging_adjectives")):
        return first  # "the would-be assassin", which the tokenizer cut
    for k in range(max(first - 1, 0), noun):
        near = k >= first - 1 and (k in tree.children[noun] or k <= first)
        if near and tree.word(k) in {"not", "no"} and tree.tokens[noun].dependency == "appos":
            return k
        if near and (tree.word(k) in table("hedging_adjectives") or _takes_back(tree, k)):
            return k
    return None


def _takes_back(tree: Tree, k: int) -> bool:
    if tree.tokens[k].tag == "MD":
        return False
    return tree.word(k) in table("adverbs") or tree.word(k) in _NEVER


def _category(tree: Tree, ends: Ends, noun: int, *, short: bool) -> Literal:
    """The phrase as a string without what is said by a relation: possessors, and complements where `short`."""
    span = ends.phrase(noun)
    owners = [k for k in tree.kids(noun, "poss") if tree.tokens[k].right <= noun]
    if owners:
        span = Span(tree.tokens[max(tree.tokens[k].right for k in owners)].span.start, span.end)
    mention = tree.mention_at.get(noun)
    if short and mention and mention.kind == "nominal":
        span = Span(span.start, mention.span.end)
    text = span.of(tree.text)
    return Literal(plain(text), "xsd:string", text)


def _complements(
    tree: Tree, ends: Ends, noun: int
) -> Iterator[tuple[str, tuple[int, ...], int, End]]:
    """Phrase, its tokens, and the end: by preposition, possessor, or an organisation before the noun."""
    adjective = not tree.tokens[noun].tag.startswith("NN")
    words_, head = ((noun,), tree.word(noun)) if adjective else role_name(tree, noun)
    for preposition in tree.kids(noun, "prep"):
        word = tree.word(preposition)
        for kid in tree.kids(preposition, "pobj"):
            for conjunct in tree.conjuncts(kid):
                end = ends.end(conjunct)
                named = isinstance(end, Mention) and (
                    end.kind != "nominal" or word == "of" or _is_body(tree, end, word)
                )
                if end is not None and (adjective or (named and word in _PREPOSITIONS)):
                    yield f"{head} {word}", (*words_, preposition), conjunct, end
    for owner in tree.kids(noun, "poss"):
        end = ends.thing(whose(tree, owner))
        if end:
            yield f"{head} of", words_, whose(tree, owner), end
    if tree.lemma(noun) in words("roles"):
        for kid in tree.kids(noun, "compound", "amod", "nmod"):
            end = ends.thing(kid)
            if end and end.kind == "name" and end.type in {"Organization", "Place", "Group"}:
                yield f"{head} of", words_, kid, end


def _is_body(tree: Tree, end: Mention, preposition: str) -> bool:
    """Whether a noun phrase is where somebody works: "a nurse at the clinic"."""
    definite = any(tree.word(k) in {"the", "this"} for k in tree.kids(end.head, "det", "poss"))
    return preposition == "at" and definite


def role_name(tree: Tree, noun: int) -> tuple[tuple[int, ...], str]:
    """The noun with the words that belong to the office: `chief executive`, `deputy director`."""
    parts = []
    for kid in tree.kids(noun, "compound", "amod"):
        named = kid in tree.mention_at and tree.mention_at[kid].kind == "name"
        lower = tree.tokens[kid].text.islower() or tree.tokens[noun].text[:1].isupper()
        compound = tree.tokens[kid].dependency == "compound" and lower
        if kid < noun and not named and (compound or tree.word(kid) in words("role_modifiers")):
            parts.append(kid)
    phrase = " ".join([*map(tree.word, parts), _hyphenated(tree, noun)])
    if parts and tree.text[tree.tokens[parts[-1]].span.end : tree.tokens[noun].span.start] == "-":
        phrase = phrase.replace(f"{tree.word(parts[-1])} ", f"{tree.word(parts[-1])}-", 1)
    return (*parts, noun), phrase


def _hyphenated(tree: Tree, noun: int) -> str:
    """The lemma of a noun, or all of a compound that the tokenizer cut at its hyphens ("brother-in-law")."""
    start, end = tree.tokens[noun].span.start, tree.tokens[noun].span.end
    tail = tree.text[end : end + 20].split()
    if tree.text[end : end + 1] == "-" and tail:
        return (tree.text[start:end] + tail[0]).strip(".,;:”\"'").lower()
    return tree.lemma(noun)


def whose(tree: Tree, owner: int) -> int:
    """What "whose" stands for: the noun that its relative clause modifies; any other owner itself."""
    if tree.tokens[owner].tag != "WP$":
        return owner
    for above in tree.ancestors(owner):
        if above.dependency == "relcl":
            return above.head
    return owner
