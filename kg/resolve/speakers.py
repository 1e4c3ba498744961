"""Who "I", "we" and "you" are: the speaker of a quotation, the two sides of an interview, the writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from kg.lexicon import rows
from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.sieve import Sieve
from kg.resolve.surroundings import layout
from kg.resolve.syntax import SUBJECTS, Syntax

_PERSONS: Final = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "I"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
}
_SAYING: Final = frozenset({"report", "claim", "shown", "factive", "belief", "deny"})
_TALKS: Final = frozenset({"interview", "speak", "talk", "chat", "tell", "discuss", "answer", "ask", "sit"})  # fmt: skip
# Questions from which on a text is an interview.
_QUESTIONS: Final = 3


class Speakers(Sieve):
    """The sieve over pronouns of the first and second person."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        super().__init__(syntax, mentions, clusters)
        self._quoted, self._paragraph = layout(syntax)
        self._asked = self._questions()
        self._heard: dict[int, Mention | None] = {}  # by the first token of a quotation
        self._said = {row[0] for row in rows("attitudes") if row[1] in _SAYING}

    def spoken(self) -> Iterator[Link]:
        """Links from each pronoun to the one before it of the same voice, and of a voice to whom it is."""
        voices: dict[tuple[str, str], Mention] = {}
        for mention in self.mentions:
            person = _PERSONS.get(mention.text.lower()) if mention.kind == "pronoun" else None
            if person is None:
                continue
            voice, who, reason = self._voice(mention, person)
            first = voices.setdefault((voice, person), mention)
            if first is not mention:
                yield same_thing(first, mention, 0.9, f"{mention.text!r} is said by the same voice as {first.text!r}")  # fmt: skip
            elif who is not None:
                yield same_thing(who, mention, 0.85, f"{mention.text!r}: {reason}")

    def _voice(self, mention: Mention, person: str) -> tuple[str, Mention | None, str]:
        """The voice that a pronoun belongs to, who that is where it is told, and how it is told."""
        if self._quoted[mention.head]:
            speaker = self._speaker(mention.head)
            if speaker is None:
                return f"quotation {self._quotation(mention.head)[0]}", None, ""
            root = self.clusters.root(speaker.id)
            who = speaker if person == "I" else None
            return f"{root}", who, f"{speaker.text!r} says so"
        if not self._asked:
            return "writer", None, ""
        asking = self._paragraph[mention.head] in self._asked
        if person == "we":
            return "asking" if asking else "answering", None, ""
        if asking == (person == "you"):
            return "answering", self._interviewed, "who is interviewed"
        return "asking", None, ""

    def _quotation(self, i: int) -> tuple[int, int]:
        """The first and the last token of the quotation around a token."""
        first = last = i
        while first > 0 and self._quoted[first - 1]:
            first -= 1
        while last + 1 < len(self._quoted) and self._quoted[last + 1]:
            last += 1
        return first, last

    def _speaker(self, i: int) -> Mention | None:
        """Who says the quotation around a token: the subject of a verb of saying beside it."""
        first, last = self._quotation(i)
        if first not in self._heard:
            self._heard[first] = next(self._sayers(first, last), None)
        return self._heard[first]

    def _sayers(self, first: int, last: int) -> Iterator[Mention]:
        """Subjects of verbs of saying around a quotation in its paragraph, the likeliest first."""
        tokens = self.syntax.tokens
        sentences = [tokens[last].sentence]
        if last + 2 < len(tokens) and tokens[last].text in {",", "?", "!"}:
            sentences.append(tokens[last + 2].sentence)  # behind the closing mark
        sentences.append(tokens[first].sentence)
        if first:  # what leads to the quotation, or the sentence that told who spoke so far
            sentences.append(tokens[first - 1].sentence)
        paragraph = {self._paragraph[first], self._paragraph[last]}
        for sentence in map(self.syntax.annotated.sentences.__getitem__, sentences):
            for k in range(sentence.first, sentence.last):
                if self._says(k) and self._paragraph[k] in paragraph:
                    subjects = map(self.syntax.at.get, self.syntax.kids(k, *SUBJECTS))
                    yield from (m for m in subjects if m and self._is_one_person(m))

    def _says(self, i: int) -> bool:
        """Whether a token outside quotation marks is a verb of saying."""
        verb = self.syntax.tokens[i].part in {"VERB", "AUX"}
        return verb and not self._quoted[i] and self.syntax.lemma(i) in self._said

    def _is_one_person(self, mention: Mention) -> bool:
        if mention.kind == "pronoun":
            return mention.text.lower() in {"he", "she"}
        return mention.type == "Person" and not self.syntax.is_plural(mention)

    def _questions(self) -> set[int]:
        """The paragraphs that end in a question outside quotation marks; none where they are too few."""
        ends: dict[int, int] = {}
        for token in self.syntax.tokens:
            if token.text.strip():
                ends[self._paragraph[token.index]] = token.index
        asked = {
            p for p, i in ends.items() if self.syntax.tokens[i].text == "?" and not self._quoted[i]
        }
        return asked if len(asked) >= _QUESTIONS else set()

    @cached_property
    def _interviewed(self) -> Mention | None:
        """The only person that is said to be interviewed before the first question."""
        start = min(self._asked)
        people: dict[str, Mention] = {}
        for name in self.names:
            if (
                name.type == "Person"
                and self._paragraph[name.head] < start
                and self._is_addressed(name.head)
            ):
                people.setdefault(self.clusters.root(name.id), name)
        return next(iter(people.values())) if len(people) == 1 else None

    def _is_addressed(self, i: int) -> bool:
        """Whether a token is the subject, the object or the like of a verb or noun of talking."""
        tokens = self.syntax.tokens
        above = tokens[i].head
        if tokens[above].dependency == "prep":
            above = tokens[above].head
        return self.syntax.lemma(above) in _TALKS
