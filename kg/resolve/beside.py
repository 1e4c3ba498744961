"""Mentions that stand side by side as one thing: descriptions and names, initials and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.lexicon import table
from kg.model import Link, Mention
from kg.resolve.clusters import same_thing
from kg.resolve.names import is_initials, name_key
from kg.resolve.sieve import Sieve

# The recogniser takes people and bodies for each other where it does not know a name.
_ACTORS: Final = frozenset({"Person", "Organization", "Group"})


class Beside(Sieve):
    """Sieves over neighbours."""

    def described(self) -> Iterator[Link]:
        """A description beside a name: "the Soviet consul, Valeriy Kostikov"; initials beside a name."""
        for left, right in self.syntax.appositions():
            kinds = {left.kind, right.kind}
            if "pronoun" in kinds or "name" not in kinds or not self.syntax.is_beside(left, right):
                continue
            if kinds == {"name"}:
                keys = name_key(left.text), name_key(right.text)
                joined = (
                    is_initials(*keys)
                    or is_initials(*reversed(keys))
                    or self.syntax.is_naming(right)
                )
            else:
                joined = self._names_it(left, right)
            if joined:
                yield same_thing(left, right, 0.9, f"{right.text!r} stands beside {left.text!r}")

    def _names_it(self, left: Mention, right: Mention) -> bool:
        """Whether a description and a name beside each other are one thing: of one type, or with an article.

        "The vessel X" names the vessel whatever X is taken for; "X, a contractor" says what X is.
        """
        if left.type == right.type != "Thing" or self.syntax.is_naming(right):
            return True
        noun = left if left.kind == "nominal" else right
        if noun is left and (self.syntax.is_definite(noun) or self.syntax.kids(noun.head, "poss")):
            kinds = {left.type, right.type}
            return "Person" not in kinds or kinds <= _ACTORS or "Thing" in kinds
        return "Thing" in {left.type, right.type} and self.syntax.has_article(noun)

    def titled(self) -> Iterator[Link]:
        """As in "the retired sailor Ann Lee", whatever the parser made of it."""
        starts = {m.span.start: m for m in self.names if m.type == "Person"}
        for mention in self.nominals:
            name = starts.get(mention.span.end + 1)
            if (
                name
                and mention.type == "Person"
                and self.syntax.has_article(mention)
                and not self.syntax.is_plural(mention)
                and self.syntax.sentence(name.head) == self.syntax.sentence(mention.head)
            ):
                yield same_thing(
                    name, mention, 0.9, f"{mention.short!r} stands before {name.text!r}"
                )

    def defined(self) -> Iterator[Link]:
        """As in "leaf curl virus (LCV)": initials in brackets behind the words."""
        ends = {m.extent.end: m for m in self.mentions if m.kind != "pronoun"}
        for mention in self.names:
            full = ends.get(mention.span.start - 2)
            bracket = self.syntax.annotated.document.text[
                mention.span.start - 2 : mention.span.start
            ]
            if (
                full
                and bracket == " ("
                and is_initials(name_key(mention.text), name_key(full.text))
            ):
                yield same_thing(
                    full, mention, 0.95, f"{mention.text!r}: initials of {full.text!r}"
                )

    def relative(self) -> Iterator[Link]:
        """As in "a printer whose firm": whose it is."""
        for mention in self.mentions:
            if mention.kind == "pronoun" and mention.text.lower() == "whose":
                owner = self.syntax.modified(mention.head)
                if owner:
                    yield same_thing(owner, mention, 0.95, f"'whose' takes up {owner.text!r}")

    def named_place(self) -> Iterator[Link]:
        """As in "the village of X": the village is X."""
        for mention in self.nominals:
            if table("generic_nouns").get(self.syntax.lemma(mention.head)) != "Place":
                continue
            name = self.syntax.after_of(mention)
            if name:
                yield same_thing(name, mention, 0.9, f"{mention.text!r} is called {name.text!r}")
