"""Equal and shorter names of one document: the same words, surnames and first names, initials, legal forms left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.names import (
    Key,
    Near,
    is_initials,
    is_short_organization,
    is_short_person,
    name_key,
)
from kg.resolve.sieve import Sieve
from kg.resolve.surroundings import told_gender
from kg.resolve.syntax import Syntax

Titled = tuple[Key, str]


class SameNames(Sieve):
    """Sieves over names, by the words they share."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], clusters: Clusters) -> None:
        super().__init__(syntax, mentions, clusters)
        self._shared = self._surnames_of_two()
        self._called: dict[Key, list[Mention]] = defaultdict(list)
        for mention in self.names:
            self._called[name_key(mention.text)].append(mention)

    def equal(self) -> Iterator[Link]:
        """Equal names are one thing in a document, whatever the recogniser called them."""
        seen: dict[Titled, Mention] = {}
        for mention in self.names:
            key = self._titled(mention)
            if key in seen:
                yield same_thing(seen[key], mention, 1.0, f"same name {mention.text!r}")
            else:
                seen[key] = mention

    def _titled(self, mention: Mention) -> Titled:
        """The key of a name, with the sex that a title tells where a surname is that of a man and a woman."""
        key = name_key(mention.text)
        return key, told_gender(self.syntax, mention) if key in self._shared else ""

    def _surnames_of_two(self) -> set[Key]:
        """Surnames that "Mr" and "Mrs" stand before, or "Mr" before what is else a woman's name."""
        titled: dict[Key, set[str]] = defaultdict(set)
        full: dict[Key, set[str]] = defaultdict(set)
        for mention in self.names:
            key, told = name_key(mention.text), told_gender(self.syntax, mention)
            if told:
                (full if len(key) > 1 else titled)[key[-1:]].add(told)
        return {key for key, told in titled.items() if len(told) > 1 or told.isdisjoint(full.get(key, told))}  # fmt: skip

    def short(self) -> Iterator[Link]:
        """Partial names and initials, where just one fuller name fits.

        A fuller name that comes up only after the short one was in use does not count against it.
        """
        firsts: dict[Titled, Mention] = {}
        for mention in self.names:
            firsts.setdefault(self._titled(mention), mention)
        near = Near(key for key, _ in firsts)
        by_key: dict[Key, list[Titled]] = defaultdict(list)
        for titled in firsts:
            by_key[titled[0]].append(titled)
        for titled, mention in firsts.items():
            key = titled[0]
            around = [other for full in near.fuller(key) for other in by_key[full]]
            fuller = [
                other for other in around if self._fits(key, mention, other[0], firsts[other])
            ]
            two = [other for other in fuller if self._are_two_people(key, other[0])]
            for other in two:
                yield Link(
                    firsts[other].id, mention.id, "different", 0.9,
                    f"{mention.text!r} and {firsts[other].text!r} each do something in one sentence",
                )  # fmt: skip
            fuller = [other for other in fuller if other not in two]
            longest = [
                a
                for a in fuller
                if not any(a[0] != b[0] and is_short_person(a[0], b[0]) for b in fuller)
            ]
            before = [other for other in longest if firsts[other].span < mention.span]
            chosen = before or longest
            if len(chosen) == 1:
                full = firsts[chosen[0]]
                reason = "initials of" if is_initials(key, chosen[0][0]) else "part of the name"
                yield same_thing(full, mention, 0.95, f"{mention.text!r}: {reason} {full.text!r}")
            for other in around if not chosen else ():
                if self._is_of_other_sex(key, mention, other[0], firsts[other]):
                    yield Link(
                        firsts[other].id, mention.id, "different", 0.9,
                        f"the title before {mention.text!r} does not go with {firsts[other].text!r}",
                    )  # fmt: skip
            for other in chosen if len(chosen) > 1 else ():
                yield Link(
                    firsts[other].id, mention.id, "unsure", 0.5,
                    f"{mention.text!r} may be any of {len(chosen)} fuller names",
                )  # fmt: skip

    def _fits(self, key: Key, mention: Mention, other: Key, full: Mention) -> bool:
        """Whether one name can be short for another; a short name after "in" is the place it names."""
        kinds = {mention.type, full.type}
        if self._is_of_other_sex(key, mention, other, full):
            return False
        if is_initials(key, other) and mention.text.replace(".", "").isupper():
            return kinds <= {"Person", "Thing"} or kinds <= {
                "Organization",
                "Thing",
                "Place",
                "Event",
                "CreativeWork",
            }
        untyped = full.type == "Thing" and mention.type == "Person" and len(other) == len(key) + 1
        if (full.type == "Person" or untyped) and is_short_person(key, other):
            nicknamed = full.span > mention.span and self.syntax.is_nicknamed(full)
            if nicknamed or self._is_body(key):
                return False
            return mention.type in {"Person", "Thing"} or self._acts(key)
        if full.type == "Organization" and is_short_organization(key, other):
            return mention.type in {"Organization", "Thing"} or self.syntax.acts(mention)
        return False

    def _are_two_people(self, short: Key, full: Key) -> bool:
        """As in "Vance had lived in Genoa, and Clara Vance said that": one sentence with two subjects, the short one first."""
        acting = [m for m in self._called[short] if self.syntax.acts(m)]
        return any(
            m.span < other.span
            and self.syntax.sentence(m.head) == self.syntax.sentence(other.head)
            and self.syntax.tokens[m.head].dependency == "nsubj"
            and self.syntax.tokens[other.head].dependency == "nsubj"
            for other in self._called[full]
            for m in acting
        )

    def _is_of_other_sex(self, key: Key, mention: Mention, other: Key, full: Mention) -> bool:
        if not is_short_person(key, other):
            return False
        return {"m", "f"} == {told_gender(self.syntax, mention), told_gender(self.syntax, full)}

    def _is_body(self, key: Key) -> bool:
        return any(map(self.syntax.is_body, self._called[key]))

    def _acts(self, key: Key) -> bool:
        """Whether a name does or owns something somewhere in the document, and is nowhere a place one is in."""
        same = self._called[key]
        return any(map(self.syntax.acts, same)) and not any(map(self.syntax.is_inside, same))
