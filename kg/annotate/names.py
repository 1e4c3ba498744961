"""Names: what the recogniser found, trimmed, completed and typed over the whole document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.annotate.kinds import Kinds, has_surname, surnames
from kg.annotate.people import People
from kg.lexicon import in_calendar, table, words
from kg.model import EntityType, Token

TYPE_OF_LABEL: Final[dict[str, EntityType]] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "EVENT": "Event",
    "WORK_OF_ART": "CreativeWork",
    "LAW": "CreativeWork",
    "PRODUCT": "Product",
    "NORP": "Group",
    "LANGUAGE": "Thing",
}  # OntoNotes 5 labels; the others (dates, numbers) are no mentions

NOMINAL_DEPENDENCIES: Final = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj", "dative", "poss", "oprd", "ROOT", "dep", "npadvmod", "nmod"}
)  # fmt: skip

# Types the recogniser gives to people whose names it does not know.
_DOUBTFUL: Final = frozenset({"Organization", "Product", "Place", "Event", "Thing", "Group"})
_SHORTEST: Final = 5  # letters of a name in lower case


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name as recognised: token positions [first, last) and the recogniser's label."""

    first: int
    last: int
    label: str


class Names:
    """Finds the names of one document. `dated` are the positions of tokens in time expressions."""

    def __init__(
        self, tokens: Sequence[Token], children: Sequence[Sequence[int]], dated: frozenset[int]
    ) -> None:
        self.tokens = tokens
        self.children = children
        self.dated = dated
        self.people = People(tokens, children)
        self._named = Counter(t.text for t in tokens if t.tag == "NNP")

    def find(self, names: Iterable[NameSpan]) -> list[tuple[int, int, EntityType]]:
        """Typed name spans, trimmed; then the same strings where the recogniser missed them."""
        spans: dict[int, tuple[int, EntityType]] = {}
        votes: dict[tuple[str, ...], Counter[EntityType]] = defaultdict(Counter)
        recognised: dict[int, tuple[int, str]] = {}
        for name in names:
            kind = TYPE_OF_LABEL.get(name.label)
            first, last = self._trim(name.first, name.last)
            if first < last:
                recognised[first] = (last, name.label)
            if kind is None or first >= last or self._is_date(first, last):
                continue
            if not any(self.tokens[i].text[:1].isupper() for i in range(first, last)):
                continue
            kind = self._head_type(last - 1, kind)
            if self.people.is_body(first, last):
                kind = "Organization"
            elif kind in _DOUBTFUL and self.people.is_person(first, last, kind):
                kind = "Person"
            last = self._numbered(last)
            spans[first] = (last, kind)
            recognised[first] = (last, name.label)
            votes[self._words(first, last)][kind] += 1
        self._add_proper_nouns(spans)
        self._join_halves(spans, votes)
        self._add_repeats(spans, votes)
        found, end = [], 0
        for first, (last, _) in sorted(spans.items()):
            if first < end or self._is_mere_kind(first, last) or self._is_calendar(first, last):
                continue
            found.append((first, last))
            end = last
        kinds = Kinds(self.tokens, self.children, recognised, self.people)
        settled = self._settled(found, kinds.decided(found))
        return [(first, last, settled[self._words(first, last)]) for first, last in found]

    def _settled(
        self, found: Sequence[tuple[int, int]], kinds: dict[tuple[str, ...], EntityType]
    ) -> dict[tuple[str, ...], EntityType]:
        """What the document says outright goes before what is weighed: "Falk, the Danish bank", "the village of X".

        The last word of a person's full name is that person's, unless one is in it.
        """
        inside = {self._words(*span) for span in found if self.people.is_in(*span)}
        last = surnames(kinds)
        settled: dict[tuple[str, ...], EntityType] = {
            key: "Person"
            if len(key) == 1 and key[0] in last and kind in _DOUBTFUL and key not in inside
            else kind
            for key, kind in kinds.items()
        }
        for span in found:
            if self.people.is_body(*span):
                settled[self._words(*span)] = "Organization"
            elif self._is_called_place(span[0]):
                settled[self._words(*span)] = "Place"
        return settled

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without a leading determiner or title and a trailing possessive or punctuation mark."""
        while first < last and (
            self.tokens[first].tag in {"DT", "PRP$", "``", "''", ",", ":", "POS", "-LRB-"}
        ):
            first += 1
        while last > first and self.tokens[last - 1].tag in {
            "POS",
            ",",
            ".",
            ":",
            "``",
            "''",
            "-RRB-",
            "IN",
        }:
            if self.tokens[last - 1].text.endswith(".") and len(self.tokens[last - 1].text) > 1:
                break
            last -= 1
        return first, last

    def _add_proper_nouns(self, spans: dict[int, tuple[int, EntityType]]) -> None:
        """Runs of proper nouns that head a phrase and that the recogniser left out."""
        inside = {i for first, (last, _) in spans.items() for i in range(first, last)}
        run_end = -1
        for token in self.tokens:
            i = token.index
            if i < run_end or i in inside or i in self.dated or token.tag not in {"NNP", "NNPS"}:
                continue
            last = i + 1
            while last < len(self.tokens) and self._continues(last, inside, token.sentence):
                last += 1
            run_end = last
            head = self.tokens[last - 1]
            if head.text.lower() in words("titles"):
                continue
            if not token.text[:1].isupper() and not self._is_lower_name(i, last):
                continue
            if head.dependency in NOMINAL_DEPENDENCIES | {"compound"}:
                first = i
                if last - first > 1 or len(head.text) > 1:
                    spans[first] = (
                        self._numbered(last),
                        self._head_type(last - 1, self._guess(first, last)),
                    )

    def _is_lower_name(self, first: int, last: int) -> bool:
        """Whether a word in lower case is a name, as of a drug: tagged so twice, or beside what it names."""
        token = self.tokens[first]
        if last - first > 1 or not token.text.isalpha() or len(token.text) < _SHORTEST:
            return False
        beside = token.dependency == "appos" and self.tokens[token.head].tag == "NN"
        return beside or self._named[token.text] > 1

    def _join_halves(
        self,
        spans: dict[int, tuple[int, EntityType]],
        votes: dict[tuple[str, ...], Counter[EntityType]],
    ) -> None:
        """Make one name of a first name and a surname, or a name and its kind, that were taken for two."""
        for first in sorted(spans, reverse=True):
            last, lead = spans[first]
            if last not in spans or self.tokens[last - 1].text.lower() in table("name_heads"):
                continue
            end, kind = spans[last]
            told = table("name_heads").get(self.tokens[end - 1].text.lower())
            surname = kind == "Person" or (lead == "Person" and kind == "Thing")
            if end - last > 1 or not (surname or told == kind):
                continue
            kind = "Person" if surname else kind
            inside = range(first, last)
            if all(
                self.tokens[i].tag == "NNP"
                and self.tokens[i].dependency in {"compound", "nmod"}
                and self.tokens[i].head in {*inside, last}
                for i in inside
            ):
                del spans[last]
                spans[first] = (end, kind)
                for part in ((first, last), (last, end)):
                    votes.pop(self._words(*part), None)
                votes[self._words(first, end)][kind] += 1

    def _is_mere_kind(self, first: int, last: int) -> bool:
        """Whether a name is only a kind of body before a title: "Bank" of "Bank Governor"."""
        token = self.tokens[first]
        head = self.tokens[token.head]
        kind = table("name_heads").get(token.text.lower())
        return (
            last - first == 1
            and kind is not None
            and token.dependency == "compound"
            and (
                head.tag.startswith("NN")
                and head.text[:1].isupper()
                and head.lemma.lower() in words("roles")
            )
        )

    def _is_called_place(self, first: int) -> bool:
        """Whether a name is that of a place: "the village of X"."""
        if first < 2 or self.tokens[first - 1].text != "of":
            return False
        noun = self.tokens[first - 2]
        return noun.tag == "NN" and table("generic_nouns").get(noun.lemma.lower()) == "Place"

    def _numbered(self, last: int) -> int:
        """The end of a name with the number that belongs to it: "Department 13", "Local 9344"."""
        if last < len(self.tokens):
            number, noun = self.tokens[last], self.tokens[last - 1]
            if number.tag == "CD" and number.head == noun.index and last not in self.dated:
                return last + 1
        return last

    def _continues(self, i: int, inside: set[int], sentence: int) -> bool:
        token = self.tokens[i]
        return (
            token.tag in {"NNP", "NNPS"}
            and i not in inside
            and i not in self.dated
            and token.sentence == sentence
        )

    def _add_repeats(
        self,
        spans: dict[int, tuple[int, EntityType]],
        votes: dict[tuple[str, ...], Counter[EntityType]],
    ) -> None:
        """Occurrences of a known name that were left untyped; a person's last name likewise."""
        known: dict[str, list[tuple[tuple[str, ...], EntityType]]] = defaultdict(list)
        for key, count in votes.items():
            kind = _winner(count)
            known[key[0]].append((key, kind))
            if kind == "Person" and has_surname(key):
                known[key[-1]].append((key[-1:], kind))
        inside = {i for first, (last, _) in spans.items() for i in range(first, last)}
        for token in self.tokens:
            i = token.index
            for key, kind in sorted(known.get(token.text, ()), key=lambda k: -len(k[0])):
                last = i + len(key)
                free = not inside.intersection(range(i, last))
                if (
                    free
                    and self._words(i, last) == key
                    and token.tag in {"NNP", "NNPS", "NN", "JJ"}
                ):
                    spans[i] = (last, kind)
                    inside.update(range(i, last))
                    break

    def _guess(self, first: int, last: int) -> EntityType:
        """The type of an unrecognised name."""
        return "Person" if self.people.is_person(first, last, "Thing") else "Thing"

    def _head_type(self, last: int, kind: EntityType) -> EntityType:
        """What the last word of a name says outranks the recogniser for organisations and places."""
        told = table("name_heads").get(self.tokens[last].text.lower().rstrip("."))
        return told if told and kind not in {"Person", "CreativeWork"} else kind  # type: ignore[return-value]

    def _is_date(self, first: int, last: int) -> bool:
        return all(i in self.dated for i in range(first, last))

    def _is_calendar(self, first: int, last: int) -> bool:
        """Whether all words name days or months: "Tuesday" is a time even where no date can be worked out."""
        return all(in_calendar(self.tokens[i].text) for i in range(first, last))

    def _words(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens[first:last])


def _winner(count: Counter[EntityType]) -> EntityType:
    """The most frequent type; the first in the alphabet of equals."""
    return min(count, key=lambda kind: (-count[kind], kind))
