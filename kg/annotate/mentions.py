"""Mentions: names from the recogniser, repaired over the document; noun phrases; pronouns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from kg.annotate.names import NOMINAL_DEPENDENCIES, Names, NameSpan
from kg.lexicon import in_calendar, table, words
from kg.model import DateExpression, Document, EntityType, Mention, MentionKind, Span, Token

PREMODIFIERS: Final = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "quantmod", "nmod", "predet", "advmod", "npadvmod", "punct"}
)  # fmt: skip
# Complements of a noun phrase longer than this many tokens are left to the quote: labels are read.
EXTENT_LIMIT: Final = 10


def find_mentions(
    document: Document,
    tokens: Sequence[Token],
    names: Iterable[NameSpan],
    dates: Sequence[DateExpression],
) -> tuple[Mention, ...]:
    """All mentions of a document, sorted by place; no two share a span."""
    return _Finder(document, tokens, dates).find(list(names))


class _Finder:
    def __init__(
        self, document: Document, tokens: Sequence[Token], dates: Sequence[DateExpression]
    ) -> None:
        self.document = document
        self.tokens = tokens
        self.children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)
        self.dated = _covered(tokens, dates)

    def find(self, names: list[NameSpan]) -> tuple[Mention, ...]:
        typed = Names(self.tokens, self.children, self.dated).find(names)
        taken: dict[int, int] = {}
        found: list[Mention] = []
        for first, last, kind in typed:
            head = self._root(first, last)
            found.append(self._mention(head, first, last, last, kind, "name"))
            taken.update(dict.fromkeys(range(first, last), head))
        for token in self.tokens:
            i = token.index
            if i in taken or i in self.dated:
                continue
            if token.tag in {"PRP", "PRP$", "WP$"} or (
                token.text.lower() in {"this", "that", "these", "those"}
                and token.part == "PRON"
                and token.dependency in NOMINAL_DEPENDENCIES
                and token.tag == "DT"
            ):
                found.append(self._mention(i, i, i + 1, i + 1, "Thing", "pronoun"))
            elif self._heads_phrase(token):
                first, end = self._premodified(i), self._complemented(i)
                found.append(self._mention(i, first, i + 1, end, self._noun_type(i), "nominal"))
        unique = {m.span: m for m in reversed(found)}
        return tuple(sorted(unique.values(), key=lambda m: (m.span, m.kind)))

    def _noun_type(self, i: int) -> EntityType:
        lemma = self.tokens[i].lemma.lower()
        return table("noun_types").get(lemma, "Thing")  # type: ignore[return-value]

    def _heads_phrase(self, token: Token) -> bool:
        if token.dependency not in NOMINAL_DEPENDENCIES:
            return False
        if token.tag in {"NN", "NNS", "NNP", "NNPS"}:
            return token.text[:1].isalnum() and not (token.tag == "NNP" and in_calendar(token.text))
        if self._is_share(token.index):
            return True
        return token.tag in {"CD", "JJ", "VBG"} and token.dependency in {
            "nsubj", "nsubjpass", "dobj", "pobj"
        }  # fmt: skip

    def _is_share(self, i: int) -> bool:
        """Whether the token is a share of something: "60 % of the work force", "each of the men"."""
        token = self.tokens[i]
        if not any(self.tokens[k].text.lower() == "of" for k in self.children[i]):
            return False
        counts = token.tag in {"DT", "CD", "JJ", "JJS", "NN"} and token.part != "PRON"
        return counts or token.text.lower() in words("shares")

    def _premodified(self, i: int) -> int:
        """The first token of the phrase before its head."""
        first = i
        for child in self.children[i]:
            if child < i and self.tokens[child].dependency in PREMODIFIERS:
                first = min(first, self.tokens[child].left)
        while first < i and self.tokens[first].tag in {",", ":", ".", "``", "''", "-LRB-"}:
            first += 1
        return first

    def _complemented(self, i: int) -> int:
        """The end of the phrase with its prepositional complements, or of the head where they are long."""
        end = i + 1
        for child in self.children[i]:
            if child < i or child != end or self.tokens[child].dependency != "prep":
                continue
            stop = self.tokens[child].right
            clause = any(
                self.tokens[k].dependency in {"relcl", "acl", "pcomp", "ccomp", "advcl", "appos"}
                for k in range(child, stop)
            )
            if clause or stop - i > EXTENT_LIMIT or stop - child < 2:
                break
            end = stop
        return end

    def _root(self, first: int, last: int) -> int:
        """The token of a name that is governed from outside it."""
        for i in range(last - 1, first - 1, -1):
            if not first <= self.tokens[i].head < last or self.tokens[i].head == i:
                return i
        return last - 1

    def _mention(
        self, head: int, first: int, last: int, end: int, kind: EntityType, sort: MentionKind
    ) -> Mention:
        start = self.tokens[first].span.start
        span = Span(start, self.tokens[last - 1].span.end)
        extent = Span(start, self.tokens[end - 1].span.end)
        identity = f"{self.document.id}#char={span.start},{span.end}"
        text = extent.of(self.document.text)
        return Mention(identity, self.document.id, span, extent, text, head, kind, sort)


def _covered(tokens: Sequence[Token], dates: Sequence[DateExpression]) -> frozenset[int]:
    """Positions of tokens that lie in a time expression."""
    starts = [token.span.start for token in tokens]
    inside: set[int] = set()
    for date in dates:
        i = max(bisect_right(starts, date.span.start) - 1, 0)
        while i < len(tokens) and tokens[i].span.start < date.span.end:
            if tokens[i].span in date.span:
                inside.add(i)
            i += 1
    return frozenset(inside)
