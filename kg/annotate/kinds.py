"""The type of each name of a document, by weighing what its words and all its places tell.

A log-linear model over named signs. Its weights are data (`lexicon/type_weights.tsv`), written by `make train-types`;
a sign without a weight counts nothing. What is no person, group, body, place or event is told apart by the few weights
that are set by hand (`lexicon/thing_weights.tsv`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from kg.annotate.name_places import Places
from kg.annotate.name_words import Words, word_signs
from kg.annotate.people import People
from kg.lexicon import rows, table
from kg.model import EntityType, Token

# The types that are fitted; "Thing" is any other, which those after it divide.
FITTED: Final[tuple[EntityType, ...]] = ("Person", "Organization", "Place", "Event", "Group", "Thing")  # fmt: skip
_OTHERS: Final[tuple[EntityType, ...]] = ("Thing", "CreativeWork", "Product")
# How many of a document's names have these labels tells what it is about, and what a doubtful label is worth in it.
_TELLING: Final = ("PERSON", "ORG", "GPE")
# So many names of no label are added to a document's own, so that two names tell less of it than twenty.
_UNKNOWN: Final = 10
# Signs that a text need give once only: what it says outright of a name holds at all its places.
_OUTRIGHT: Final = ("is a ", "beside ", "after title")
# Types of one word that give way to that of a longer name of a body, and the signs with which a word keeps being a person.
_UNSURE: Final = frozenset({"Person", "Thing"})
_PERSONAL: Final = frozenset({"after title", "age", "who", "has kin", "is a Person", "beside Person", "led by Person", "first name"})  # fmt: skip
Weights = Mapping[tuple[str, str], float]
Signs = dict[str, float]
_FULL: Final = 2  # words of a person's name that nothing else confirms
_Span = tuple[int, int]


@cache
def weights_of(name: str) -> Weights:
    """The weights in a word list of signs, types and weights."""
    return {(sign, kind): float(weight) for sign, kind, weight in rows(name)}


def likeliest(signs: Mapping[str, float], weights: Weights | None = None) -> EntityType:
    """The type for which the signs, each with a value in [0, 1], speak most.

    >>> likeliest({"name GPE": 1.0}), likeliest({"name WORK_OF_ART": 1.0})
    ('Place', 'CreativeWork')
    """
    found = _most(signs, FITTED, weights_of("type_weights") if weights is None else weights)
    return found if found != "Thing" else _most(signs, _OTHERS, weights_of("thing_weights"))


def _most(signs: Mapping[str, float], kinds: Sequence[EntityType], weights: Weights) -> EntityType:
    """The type of the highest sum; the first of equals."""
    sums = {
        kind: sum(weights.get((sign, kind), 0.0) * value for sign, value in sorted(signs.items()))
        for kind in kinds
    }
    return max(kinds, key=lambda kind: sums[kind])


class Kinds:
    """Weighs the names of one document. `recognised` has the end and label of each name the recogniser found, by its start."""

    def __init__(
        self,
        tokens: Sequence[Token],
        children: Sequence[Sequence[int]],
        recognised: Mapping[int, tuple[int, str]],
        people: People,
    ) -> None:
        self.tokens = tokens
        self.children = children
        self.recognised = recognised
        self.people = people
        self.places = Places(tokens, children, people)
        self._at = {i: name for name, (end, _) in recognised.items() for i in range(name, end)}

    def decided(self, spans: Iterable[_Span]) -> dict[Words, EntityType]:
        """The type of each name, by its words; a word that begins a body's name stands for it, unless it is said to be a person."""
        signs = self.signs(spans)
        kinds = {words: likeliest(told) for words, told in signs.items()}
        people = {word for words, kind in kinds.items() if kind == "Person" for word in words[1:]}
        bodies = {words[0] for words, kind in kinds.items() if kind == "Organization" and len(words) > 1}  # fmt: skip
        for words, kind in kinds.items():
            short = len(words) == 1 and words[0] in bodies - people and kind in _UNSURE
            if short and not _PERSONAL.intersection(signs[words]):
                kinds[words] = "Organization"
            elif kind == "CreativeWork" and _is_full_name(words, signs[words]):
                kinds[words] = "Person"
        return kinds

    def signs(self, spans: Iterable[_Span]) -> dict[Words, Signs]:
        """What speaks for the type of each name, by its words: signs around it by the share of its places, those of its words by 1."""
        labels = {span: self._label(*span) for span in sorted(spans)}
        places: dict[Words, list[_Span]] = defaultdict(list)
        for first, last in labels:
            places[self._words(first, last)].append((first, last))
        usual = {words: _usual(labels[span] for span in at) for words, at in places.items()}
        shared = _shared(usual)
        beside = self._beside(labels)
        about = self._about()
        found: dict[Words, Signs] = {}
        for words, at in places.items():
            counts = Counter(s for span in at for s in self.places.signs(*span) | beside[span])
            signs = {sign: count / len(at) for sign, count in counts.items()}
            signs |= dict.fromkeys([*word_signs(words), *shared[words]], 1.0)
            signs |= {sign: 1.0 for sign in signs if sign.startswith(_OUTRIGHT)}
            found[words] = signs | {f"{label}s": share for label, share in about.items()}
        return found

    def _label(self, first: int, last: int) -> str:
        """The recogniser's label of a span, with "part" where it has other bounds; "none" without."""
        found = self.recognised.get(first)
        if found and found[0] == last:
            return found[1]
        over = [self._at[i] for i in range(first, last) if i in self._at]
        return f"part {self.recognised[over[0]][1]}" if over else "none"

    def _about(self) -> dict[str, float]:
        """The share that the most frequent labels have in the names of the document."""
        counts = Counter(label for _, label in self.recognised.values())
        total = counts.total() + _UNKNOWN
        return {label: counts[label] / total for label in _TELLING}

    def _beside(self, labels: Mapping[_Span, str]) -> dict[_Span, set[str]]:
        """The label of each span, and of the names in a list with it and behind or before a comma."""
        starts = {first: span for span in labels for first in span[:1]}
        ends = {last: span for span in labels for last in span[1:]}
        heads = {self.people.head(*span): span for span in labels}
        found: dict[_Span, set[str]] = {}
        for span, label in labels.items():
            first, last = span
            signs = {f"name {label}"}
            if self._is_comma(last) and last + 1 in starts:
                signs.add(f"comma and {labels[starts[last + 1]]} behind")
            if self._is_comma(first - 1) and first - 1 in ends:
                signs.add(f"{labels[ends[first - 1]]} and comma before")
            for k in self._listed(self.people.head(first, last)):
                if k in heads:
                    signs.add(f"listed with {labels[heads[k]].removeprefix('part ')}")
            found[span] = signs
        return found

    def _is_comma(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].text == ","

    def _listed(self, head: int) -> Iterator[int]:
        if self.tokens[head].dependency == "conj":
            yield self.tokens[head].head
        yield from (k for k in self.children[head] if self.tokens[k].dependency == "conj")

    def _words(self, first: int, last: int) -> Words:
        return tuple(token.text for token in self.tokens[first:last])


def _is_full_name(words: Words, signs: Signs) -> bool:
    """Whether nothing but the recogniser's label speaks against a person's first name and surname."""
    works = any(sign == "quoted" or sign.endswith(" CreativeWork") for sign in signs)
    return len(words) == _FULL and "first name leads" in signs and not works


def _usual(labels: Iterable[str]) -> str:
    """The most frequent label; the first in the alphabet of equals."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))


def _shared(usual: Mapping[Words, str]) -> dict[Words, set[str]]:
    """The usual labels, or the heads, of longer names that a name begins or ends, and the labels of its own first and last word where they stand alone."""
    found: dict[Words, set[str]] = defaultdict(set)
    for words, label in usual.items():
        head = table("name_heads").get(words[-1].lower())
        told = f"of head {head}" if head else label.removeprefix("part ")
        for i in range(1, len(words)):
            found[words[i:]].add(f"ends a name {told}")
            found[words[:i]].add(f"starts a name {told}")
        if len(words) > 1:
            found[_initials(words),].add(f"initials of a name {told}")
            for place, part in (("first", words[:1]), ("last", words[-1:])):
                if part in usual:
                    found[words].add(f"{place} word alone {usual[part]}")
    return found


def _initials(words: Words) -> str:
    """The first letters of a name's words, without small words: "WHO" of "World Health Organization"."""
    return "".join(word[0] for word in words if word[:1].isupper())


def has_surname(words: Words) -> bool:
    """Whether a person's name ends in a name of its own: not "Vance et al.", "Pak Min-ho", "Kestrel 2"."""
    return len(words) > 1 and words[-1].lower() != words[-1]


def surnames(kinds: Mapping[Words, EntityType]) -> Collection[str]:
    """The last words of the full names of people."""
    return {w[-1] for w, kind in kinds.items() if kind == "Person" and has_surname(w)}
