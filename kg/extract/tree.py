"""A view of an annotated document for the rules: children, conjuncts, mentions by head, words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.model import AnnotatedDocument, Mention, Span, Token

RELATIVE_TAGS: Final = frozenset({"WDT", "WP", "WP$", "WRB"})
FINITE_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING, _CLOSING = "“«", "”»"


class Tree:
    """The parse of one document. Positions are token indices over the whole document."""

    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.annotated = annotated
        self.document = annotated.document
        self.text = annotated.document.text
        self.tokens = annotated.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)
        self.mention_at: dict[int, Mention] = {}
        for mention in annotated.mentions:
            if mention.head not in self.mention_at or mention.kind == "name":
                self.mention_at[mention.head] = mention
        self.quotations = _quotations(self)

    def kids(self, i: int, *labels: str) -> list[int]:
        """Children of token i with one of the dependency labels, in text order."""
        return [k for k in self.children[i] if self.tokens[k].dependency in labels]

    def conjuncts(self, i: int) -> list[int]:
        """The token and all that is coordinated with it, in text order."""
        found = [i]
        for kid in self.kids(i, "conj"):
            if self.tokens[kid].part != "VERB" or self.tokens[i].part == "VERB":
                found += self.conjuncts(kid)
        return found

    def members(self, i: int) -> list[int]:
        """A noun, or the names that a plural noun sums up ("two conscripts, Ann Lee and Bo Ray")."""
        if self.tokens[i].tag != "NNS":
            return [i]
        listed = [k for a in self.kids(i, "appos") for k in self.conjuncts(a)]
        named = [k for k in listed if (m := self.mention_at.get(k)) and m.kind == "name"]
        return named if len(named) > 1 and named == listed else [i]

    def disjunction(self, i: int) -> int | None:
        """The "or" that offers the token as one of several; None where there is none."""
        first = i
        while self.tokens[first].dependency == "conj" and self.tokens[first].part != "VERB":
            first = self.tokens[first].head
        for place in self.conjuncts(first):
            for link in self.kids(place, "cc"):
                if self.word(link) == "or":
                    return link
        return None

    def word(self, i: int) -> str:
        """The token's text in lower case."""
        return self.tokens[i].text.lower()

    def lemma(self, i: int) -> str:
        """The token's lemma in lower case."""
        return self.tokens[i].lemma.lower()

    def span(self, first: int, last: int) -> Span:
        """The span of tokens[first:last]."""
        return Span(self.tokens[first].span.start, self.tokens[last - 1].span.end)

    def subtree(self, i: int) -> Span:
        """The span of the token with all that depends on it, outer punctuation left out."""
        first, last = self.tokens[i].left, self.tokens[i].right
        while first < i and self.tokens[first].part == "PUNCT":
            first += 1
        while last - 1 > i and self.tokens[last - 1].part == "PUNCT":
            last -= 1
        return self.span(first, last)

    def spans(self, positions: Iterable[int]) -> tuple[Span, ...]:
        """Spans of the tokens in the order given, neighbours joined."""
        joined: list[Span] = []
        before = -2
        for i in dict.fromkeys(positions):
            span = self.tokens[i].span
            if i == before + 1 and joined:
                span = Span(joined.pop().start, span.end)
            joined.append(span)
            before = i
        return tuple(joined)

    def ancestors(self, i: int) -> Iterable[Token]:
        """The governors of token i, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def quotation(self, i: int) -> tuple[int, int] | None:
        """The quotation [first, last) of at least a clause's length that token i stands in."""
        for first, last in self.quotations:
            if first <= i < last:
                return first, last
        return None


def _quotations(tree: Tree) -> tuple[tuple[int, int], ...]:
    """Token ranges between quotation marks, marks left out; one left open ends with its paragraph."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in tree.tokens:
        before = tree.tokens[token.index - 1] if token.index else None
        gap = tree.text[before.span.end : token.span.start] if before else ""
        if opened is not None and gap.count("\n") > 1:
            found.append((opened, token.index))
            opened = None
        straight = token.text in {'"', "``", "''"}
        opens = token.text in _OPENING or (straight and _opens(tree.text, token.span))
        if opened is None and opens:
            opened = token.index + 1
        elif opened is not None and not opens and (token.text in _CLOSING or straight):
            found.append((opened, token.index))
            opened = None
    if opened is not None:
        found.append((opened, len(tree.tokens)))
    return tuple(span for span in found if span[1] - span[0] > 2)


def _opens(text: str, mark: Span) -> bool:
    """Whether a straight quotation mark opens: space or a bracket before it, none after it."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return (not before or before.isspace() or before in "([—–-") and not after.isspace()
