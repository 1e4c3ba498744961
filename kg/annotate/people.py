"""What shows that a name is a person's: its words, and the words that stand around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.lexicon import first_name, rows, table, words
from kg.model import EntityType, Token

_OLDEST: Final = 115  # years


class People:
    """Reads the tokens of one document."""

    def __init__(self, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> None:
        self.tokens = tokens
        self.children = children

    def is_person(self, first: int, last: int, kind: EntityType) -> bool:
        """Whether the name in tokens [first, last), taken for `kind`, is a person's.

        A first name or title leads it, a noun for people describes it, or an age or "who" follows.
        """
        parts = [self.tokens[i].text for i in range(first, last)]
        if parts[-1].lower() in table("name_heads") or not all(p[:1].isupper() for p in parts):
            return False
        if self.is_called(first, last) or self._is_years_old(last):
            return True
        head = self.head(first, last)
        return kind != "Place" and (
            self._has_age(last) or self._is_described(head) or self.is_who(head)
        )

    def is_called(self, first: int, last: int) -> bool:
        """Whether a title stands before or in a name, or a first name leads it."""
        parts = [self.tokens[i].text.lower() for i in range(first, last)]
        if len(parts) > 1 and first_name(parts[0]):
            return not self.tokens[last - 1].text.isupper()
        titled = (parts[0],) in rows("titles") and len(parts) > 1
        before = self.tokens[first - 1].text.lower() if first else ""
        return titled or before in words("titles")

    def is_in(self, first: int, last: int) -> bool:
        """Whether the name follows "in" or the like, as a place does."""
        above = self.tokens[self.tokens[self.head(first, last)].head]
        return above.dependency == "prep" and above.text.lower() in {"in", "near", "at", "into"}

    def is_body(self, first: int, last: int) -> bool:
        """Whether a noun for bodies stands beside the name: "Falk, the Danish bank"."""
        head = self.head(first, last)
        beside = [k for k in self.children[head] if self.tokens[k].dependency == "appos"]
        if self.tokens[head].dependency == "appos":
            beside.append(self.tokens[head].head)
        return any(
            self.tokens[k].tag == "NN"
            and table("generic_nouns").get(self._lemma(k)) == "Organization"
            and not self.is_called(first, last)
            for k in beside
        )

    def head(self, first: int, last: int) -> int:
        """The token of a name that is governed from outside it."""
        return next(
            (i for i in range(first, last) if not first <= self.tokens[i].head < last), last - 1
        )

    def is_aged(self, last: int) -> bool:
        """Whether an age stands behind a name: "Bly, 40," or "Bly, a 40-year-old miner"."""
        return self._has_age(last) or self._is_years_old(last)

    def _has_age(self, last: int) -> bool:
        """As in "Bly, 40,": a bare number between commas."""
        after = self.tokens[last : last + 3]
        if len(after) < 3 or after[0].text != "," or after[2].text not in {",", ".", ";"}:
            return False
        return after[1].text.isdigit() and int(after[1].text) <= _OLDEST

    def _is_years_old(self, last: int) -> bool:
        """As in "Bly, a 40-year-old miner"."""
        after = [token.text.lower() for token in self.tokens[last : last + 7]]
        if after[:1] != [","]:
            return False
        number = 2 if after[1:2] in (["a"], ["an"]) else 1
        return after[number + 1 : number + 5] == ["-", "year", "-", "old"]

    def _is_described(self, head: int) -> bool:
        """As in "the consul X", "X, a consul", "X was a consul" and "X's brother"."""
        token = self.tokens[head]
        if token.dependency == "poss":
            return self._lemma(token.head) in table("gendered")
        beside = [k for k in self.children[head] if self.tokens[k].dependency == "appos"]
        if token.dependency == "appos":
            beside.append(token.head)
        if token.dependency == "nsubj" and self._lemma(token.head) == "be":
            beside += [k for k in self.children[token.head] if self.tokens[k].dependency == "attr"]
        if head and self.tokens[head - 1].tag == "NN" and self.tokens[head - 1].head == head:
            beside.append(head - 1)
        return any(self._means_person(k) for k in beside)

    def _means_person(self, i: int) -> bool:
        return self.tokens[i].tag == "NN" and table("noun_types").get(self._lemma(i)) == "Person"

    def is_who(self, head: int) -> bool:
        """Whether "who" takes the name up."""
        clauses = [k for k in self.children[head] if self.tokens[k].dependency == "relcl"]
        return any(
            self.tokens[k].text.lower() == "who" and self.tokens[k].head == clause
            for clause in clauses
            for k in self.children[clause]
        )

    def _lemma(self, i: int) -> str:
        return self.tokens[i].lemma.lower()
