"""What a token means as an end of a statement: a mention, a literal, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from kg.extract.tree import Tree
from kg.lexicon import in_calendar, words
from kg.model import DateExpression, Literal, Mention, Span

End = Mention | Literal
_EVERY: Final = frozenset({"each", "all", "both", "none", "neither"})
_BEFORE_NAMES: Final = ("det", "poss", "amod", "compound", "nmod", "nummod")
_DETERMINERS: Final = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "some", "any", "no"}
)  # fmt: skip
_NO_THING: Final = frozenset(
    {"there", "one", "nobody", "nothing", "none", "someone", "something", "anyone", "anything", "everyone", "everything",
     "who", "what", "which", "whom", "whose", "no-one", "somebody", "anybody", "everybody", "lot", "kind", "sort", "number",
     "some", "others", "other", "many", "few", "several", "most", "all", "both", "each", "neither", "either", "ones", "such"}
)  # fmt: skip


class Ends:
    """Reads tokens of one document as ends."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._starts = [date.span.start for date in tree.annotated.dates]

    def end(self, i: int) -> End | None:
        """The mention whose head is token i, or the literal its words are; None where it is neither."""
        tree = self.tree
        token = tree.tokens[i]
        date = self.date_at(i)
        if date:
            return Literal(date.value, _date_type(date.value), date.span.of(tree.text))
        if not any(c.isalnum() for c in token.text) and token.text not in {"%", "$"}:
            return None
        mention = tree.mention_at.get(i)
        if mention and mention.kind == "name":
            return mention
        part = self._has_of(i)
        if tree.word(i) == "one" and not part:
            return None
        quantity = self._quantity(i)
        if quantity:
            return quantity
        if (tree.word(i) in _NO_THING and not part) or tree.lemma(i) in words("times"):
            return None
        if token.tag == "NNP" and in_calendar(token.text):
            return None
        if mention:
            return mention
        if token.tag in {"JJ", "JJR", "JJS", "VBN", "NN", "NNS", "RB"}:
            return self.words(i)
        return None

    def thing(self, i: int) -> Mention | None:
        """The mention whose head is token i, where it can be a node."""
        end = self.end(i)
        return end if isinstance(end, Mention) else None

    def holder(self, i: int) -> Mention | None:
        """The thing that something is said of: as `thing`, a share or an amount of it included ("a third of X")."""
        for whole in self._whole(i):
            return self.thing(whole)
        end = self.end(i)
        if isinstance(end, Literal) and not self.date_at(i):
            mention = self.tree.mention_at.get(i)
            share = mention is not None and mention.kind == "nominal" and self._has_of(i)
            return mention if share else None
        return end if isinstance(end, Mention) else None

    def _has_of(self, i: int) -> bool:
        return any(self.tree.word(k) == "of" for k in self.tree.kids(i, "prep"))

    def _whole(self, i: int) -> list[int]:
        """What "each of the men", "none of the crew" speaks of: every one of them."""
        if self.tree.word(i) not in _EVERY:
            return []
        of = [k for k in self.tree.kids(i, "prep") if self.tree.word(k) == "of"]
        return [noun for k in of for noun in self.tree.kids(k, "pobj")]

    def words(self, i: int) -> Literal:
        """The words of a phrase without determiner, relative clause or apposition, as a string."""
        span = self.phrase(i)
        text = span.of(self.tree.text)
        return Literal(plain(text), "xsd:string", text)

    def phrase(self, i: int) -> Span:
        """The span of a phrase: its modifiers and prepositional complements, no clause."""
        tree, token = self.tree, self.tree.tokens[i]
        mention = tree.mention_at.get(i)
        if mention:
            return mention.extent
        first, last = i, i + 1
        for kid in tree.children[i]:
            label = tree.tokens[kid].dependency
            if kid < i and label in {
                "advmod",
                "amod",
                "det",
                "compound",
                "nummod",
                "quantmod",
                "npadvmod",
                "neg",
                "poss",
            }:
                if label != "neg":
                    first = min(first, tree.tokens[kid].left)
            elif (
                label in {"prep", "advmod", "amod"} and tree.tokens[kid].right - i <= 10 and kid > i
            ):
                last = max(last, tree.tokens[kid].right)
        while first < token.index and tree.tokens[first].part == "PUNCT":
            first += 1
        while last > i + 1 and tree.tokens[last - 1].part == "PUNCT":
            last -= 1
        return tree.span(first, last)

    def clause(self, i: int) -> Literal:
        """The words of a whole clause as a string."""
        text = self.tree.subtree(i).of(self.tree.text)
        return Literal(" ".join(text.split()), "xsd:string", text)

    def span(self, i: int, end: End) -> Span:
        """Where the words of an end stand."""
        if isinstance(end, Mention):
            return self._spelt_out(i, end)
        date = self.date_at(i)
        if date:
            return date.span
        if end.datatype == "xsd:string" and self.tree.tokens[i].part in {"VERB", "AUX", "ADP"}:
            whole = self.tree.subtree(i)
            if whole.of(self.tree.text) == end.text:
                return whole
        if end.text == self._measure(i).of(self.tree.text):
            return self._measure(i)
        return self.phrase(i)

    def _spelt_out(self, i: int, mention: Mention) -> Span:
        """A noun phrase with its complements; a name with its article, titles and possessor."""
        if mention.kind != "name" or mention.head != i:
            return mention.span if mention.kind != "nominal" else mention.extent
        before = [k for k in self.tree.kids(i, *_BEFORE_NAMES) if k < i]
        first = min((self.tree.tokens[k].left for k in before), default=i)
        while first < i and self.tree.tokens[first].part == "PUNCT":
            first += 1
        start = min(self.tree.tokens[first].span.start, mention.span.start)
        return Span(start, mention.span.end)

    def date_at(self, i: int) -> DateExpression | None:
        """The time expression that covers token i."""
        span = self.tree.tokens[i].span
        k = bisect_right(self._starts, span.start) - 1
        if k < 0:
            return None
        date = self.tree.annotated.dates[k]
        return date if span in date.span else None

    def _measure(self, i: int) -> Span:
        """The span of a quantity: its words up to the unit, and what it is a quantity of."""
        tree, last = self.tree, i + 1
        for kid in tree.kids(i, "prep"):
            score = tree.word(kid) == "to" and all(
                tree.tokens[k].tag == "CD" for k in tree.kids(kid, "pobj")
            )
            of = tree.word(kid) == "of" or score
            if of and kid == last and tree.tokens[kid].right - i <= 10:
                last = tree.tokens[kid].right
        return Span(self.phrase(i).start, tree.tokens[last - 1].span.end)

    def _quantity(self, i: int) -> Literal | None:
        """A number, or a number with its unit."""
        tree, token = self.tree, self.tree.tokens[i]
        if self._has_of(i) and tree.lemma(i) not in words("units"):
            return None
        numbered = tree.kids(i, "nummod")
        unit = tree.lemma(i) in words("units") and (numbered or tree.kids(i, "quantmod", "nmod"))
        if token.tag != "CD" and not unit and token.text not in {"%", "$"}:
            return None
        span = self._measure(i)
        if token.tag == "CD" and not unit and token.left < i:
            span = tree.span(min(token.left, i), i + 1)
        text = span.of(tree.text).strip()
        bare = text.replace(",", "")
        if re.fullmatch(r"-?\d+", bare):
            return Literal(bare, "xsd:integer", text)
        if re.fullmatch(r"-?\d+\.\d+", bare):
            return Literal(bare, "xsd:decimal", text)
        return Literal(plain(text), "xsd:string", text)


def plain(text: str) -> str:
    """Words with single spaces, without a leading determiner and outer quotation marks.

    >>> plain("a  “surgeon”")
    'surgeon'
    """
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in _DETERMINERS:
        parts.pop(0)
    return " ".join(parts).strip("“”\"'‘’ ,")


def _date_type(value: str) -> str:
    """The XML Schema type of an EDTF value where it has one."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "xsd:date"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return "xsd:gYearMonth"
    if re.fullmatch(r"\d{4}", value):
        return "xsd:gYear"
    return "xsd:string"
