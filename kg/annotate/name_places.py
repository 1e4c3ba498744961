"""What the words around one place of a name tell of its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from kg.annotate.people import People
from kg.lexicon import table, words
from kg.model import Token

_PREPOSITIONS: Final = frozenset({
    "in", "at", "near", "from", "to", "of", "by", "with", "for", "on", "into", "through", "across", "between", "around",
    "outside", "over", "via", "toward", "towards", "under", "about", "against", "among", "as", "like", "during", "after",
    "before", "than", "within", "since", "until", "along",
})  # fmt: skip
# Prepositions whose noun tells what follows: "the capital of X", "a letter from X".
_TELLING: Final = frozenset({"of", "by", "in", "for", "at", "from", "to", "with"})
_OPENING: Final = frozenset({"“", '"', "``", "‘", "'"})
_CLOSING: Final = frozenset({"”", '"', "''", "’"})
# How far behind a name words are looked for that take it up, in tokens and sentences.
_REACH: Final = 40
_TAKING_UP: Final = {
    **dict.fromkeys(("he", "his", "him", "himself", "she", "her", "herself"), "he"),
    "it": "it", "its": "it", "who": "who", "whose": "who", "where": "where", "there": "there", "here": "there",
}  # fmt: skip


class Places:
    """Reads the tokens of one document."""

    def __init__(
        self, tokens: Sequence[Token], children: Sequence[Sequence[int]], people: People
    ) -> None:
        self.tokens = tokens
        self.children = children
        self.people = people

    def signs(self, first: int, last: int) -> set[str]:
        """The signs around the name in tokens [first, last), each by its name in `type_weights.tsv`."""
        head = self.people.head(first, last)
        return set(
            chain(
                self._role(head, last),
                self._beside(first, head),
                self._told(first, last, head),
                self._marks(first, last),
                self._ahead(last, self.tokens[head].sentence),
            )
        )

    def _role(self, head: int, last: int) -> Iterator[str]:
        """What the name is to the word above it."""
        token = self.tokens[head]
        if token.tag == "NNPS":
            yield "plural"
        above = self.tokens[token.head]
        label = token.dependency
        if label == "conj" and above.dependency in {"pobj", "nsubj"}:
            label, above = above.dependency, self.tokens[above.head]
        if label in {"pobj", "pcomp"} and above.text.lower() in _PREPOSITIONS:
            yield from self._after_preposition(above)
        elif label in {"nsubj", "nsubjpass", "dobj"}:
            role = "object" if label == "dobj" else "subject"
            kind = table("verb_doers").get(self._lemma(above.index))
            if kind:
                yield f"{role} of {kind} verb"
        elif label == "poss":
            yield f"owns {self._kind(above.index) or 'other'}"
            if self._lemma(above.index) in table("gendered"):
                yield "has kin"
        elif label in {"compound", "nmod", "amod"} and above.index >= last:
            yield f"before noun {self._kind(above.index) or 'other'}"

    def _after_preposition(self, preposition: Token) -> Iterator[str]:
        word = preposition.text.lower()
        yield f"after {word}"
        noun = self.tokens[preposition.head]
        kind = self._kind(noun.index)
        if kind and word in _TELLING and noun.tag.startswith("NN"):
            yield f"noun {kind} {word}"

    def _beside(self, first: int, head: int) -> Iterator[str]:
        """Nouns that say what the name stands for: appositions, "the ship X", "X is a village"."""
        tokens, token = self.tokens, self.tokens[head]
        beside = [k for k in self.children[head] if tokens[k].dependency == "appos"]
        if token.dependency == "appos":
            beside.append(token.head)
        yield from self._kinds("beside", beside)
        lead = first - 1
        while lead >= 0 and tokens[lead].text in _OPENING:
            lead -= 1
        hyphened = lead > 0 and tokens[lead - 1].text == "-"  # the law of "brother-in-law" is none
        if lead >= 0 and not hyphened and tokens[lead].sentence == token.sentence:
            yield from self._kinds("led by", [lead])
        if token.dependency == "nsubj" and self._lemma(token.head) == "be":
            attributes = [k for k in self.children[token.head] if tokens[k].dependency == "attr"]
            yield from self._kinds("is a", attributes)

    def _kinds(self, sign: str, nouns: Sequence[int]) -> Iterator[str]:
        for k in nouns:
            kind = self._kind(k)
            if kind and self.tokens[k].tag in {"NN", "NNS"}:
                yield f"{sign} {kind}"

    def _told(self, first: int, last: int, head: int) -> Iterator[str]:
        """Articles, titles, ages and "who"."""
        before = self.tokens[first - 1].text.lower() if first else ""
        if before == "the":
            yield "after the"
        elif before in {"a", "an"}:
            yield "after a"
        elif before in words("titles"):
            yield "after title"
        if self.people.is_aged(last):
            yield "age"
        if self.people.is_who(head):
            yield "who"

    def _marks(self, first: int, last: int) -> Iterator[str]:
        """Quotation marks around a name, and years and initials behind it."""
        tokens = self.tokens
        before = tokens[first - 1].text if first else ""
        after = [token.text for token in tokens[last : last + 2]]
        behind = after[0] if after else ""
        inner = after[1] if len(after) > 1 else ""
        year = inner.isdigit() and len(inner) == 4
        found = {
            "quoted": before in _OPENING and bool(_CLOSING.intersection(after)),
            "year in brackets behind": behind == "(" and year,
            "initials in brackets behind": behind == "(" and len(inner) > 1 and inner.isupper(),
            "comma and year behind": behind == "," and year,
        }
        yield from (sign for sign, holds in found.items() if holds)

    def _ahead(self, last: int, sentence: int) -> Iterator[str]:
        """Pronouns behind the name, in its sentence and the next."""
        for token in self.tokens[last : last + _REACH]:
            if token.sentence > sentence + 1:
                return
            told = _TAKING_UP.get(token.text.lower())
            if told:
                yield f"{told} behind"

    def _kind(self, i: int) -> str | None:
        return table("noun_types").get(self._lemma(i))

    def _lemma(self, i: int) -> str:
        return self.tokens[i].lemma.lower()
