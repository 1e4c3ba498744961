"""Links inside a document: names, descriptions, noun phrases, pronouns, in this order of trust.

Each step is a sieve over what the steps before it joined (Raghunathan et al. 2010, aclanthology.org/D10-1048).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.lexicon import table
from kg.model import AnnotatedDocument, Link, Mention
from kg.resolve.beside import Beside
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.descriptions import Descriptions
from kg.resolve.leads import Leads
from kg.resolve.names import (
    Key,
    Near,
    is_initials,
    is_short_organization,
    is_short_person,
    name_key,
)
from kg.resolve.nominals import Nominals
from kg.resolve.parts import Parts
from kg.resolve.pronouns import pronoun_links
from kg.resolve.ranking import Weights
from kg.resolve.roles import Roles
from kg.resolve.sieve import Sieve
from kg.resolve.speakers import Speakers
from kg.resolve.surroundings import told_gender
from kg.resolve.syntax import Syntax

Titled = tuple[Key, str]

# How many sentences back "the company" looks for the only company; re-measure entity_merged on the gold documents.
_GENERIC_REACH: Final = 3


def document_links(
    annotated: AnnotatedDocument, phrases: Weights | None = None, pronouns: Weights | None = None
) -> tuple[Link, ...]:
    """Judgements on the mentions of one document, each with its reason.

    `phrases` and `pronouns` are the weights of the two models; by default those of the lexicon.
    """
    syntax, clusters, links = noun_links(annotated, phrases)
    return (*links, *pronoun_links(syntax, annotated.mentions, clusters, pronouns))


def noun_links(
    annotated: AnnotatedDocument, weights: Weights | None = None
) -> tuple[Syntax, Clusters, tuple[Link, ...]]:
    """Judgements on names and noun phrases; with the syntax and the clusters, which pronouns build on."""
    syntax, clusters, links = sure_links(annotated)
    chosen = Nominals(syntax, annotated.mentions, clusters, weights).links()
    return syntax, clusters, (*links, *chosen)


def sure_links(annotated: AnnotatedDocument) -> tuple[Syntax, Clusters, tuple[Link, ...]]:
    """Judgements of the sieves on names and noun phrases; with the syntax and the clusters."""
    sieves = _Sieves(annotated)
    links = tuple(sieves.links())
    return sieves.syntax, sieves.clusters, links


class _Sieves(Sieve):
    def __init__(self, annotated: AnnotatedDocument) -> None:
        super().__init__(Syntax(annotated), annotated.mentions, Clusters())
        self.described = Descriptions(self.syntax)
        self._shared = self._surnames_of_two()
        self._called: dict[Key, list[Mention]] = defaultdict(list)
        for mention in self.names:
            self._called[name_key(mention.text)].append(mention)

    def links(self) -> Iterator[Link]:
        """The links of all sieves, each sieve over what those before it joined."""
        beside = Beside(self.syntax, self.mentions, self.clusters)
        speakers = Speakers(self.syntax, self.mentions, self.clusters)
        parts = Parts(self.syntax, self.mentions, self.clusters)
        leads = Leads(self.syntax, self.mentions, self.clusters, self.described)
        for sieve in (
            self._equal,
            parts.spelt,
            self._short,
            parts.initials,
            beside.described,
            beside.titled,
            beside.defined,
            beside.named_place,
            beside.relative,
            parts.cut,
            self._definite,
            self._generic,
            self._roles,
            self._counted,
            leads.lead,
            leads.introduced,
            speakers.spoken,
        ):
            yield from self.clusters.joined(list(sieve()))

    def _equal(self) -> Iterator[Link]:
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

    def _short(self) -> Iterator[Link]:
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

    def _generic(self) -> Iterator[Link]:
        """As in "the company" where just one organisation is named in the sentences before."""
        names = [m for m in self.names if m.type != "Thing"]
        for mention in self.nominals:
            lemma = self.syntax.lemma(mention.head)
            kind = table("generic_nouns").get(lemma)
            if kind is None or mention.short.lower() not in {f"the {lemma}", f"this {lemma}"}:
                continue
            if mention.extent != mention.span or self.clusters.root(mention.id) != mention.id:
                continue
            here = self.syntax.sentence(mention.head)
            near = [
                m for m in names
                if m.type == kind and m.span.end <= mention.span.start
                and here - self.syntax.sentence(m.head) <= _GENERIC_REACH
            ]  # fmt: skip
            if len({self.clusters.root(m.id) for m in near}) == 1:
                yield same_thing(
                    near[-1],
                    mention,
                    0.7,
                    f"{mention.text!r}: {near[-1].text!r} is the only one near",
                )

    def _counted(self) -> Iterator[Link]:
        """As in "the latter" where the sentence before names just two of a kind."""
        for mention in self.nominals:
            which = {"the former": 0, "the latter": -1}.get(mention.short.lower())
            here = self.syntax.sentence(mention.head)
            for kind in ("Person", "Organization", "Place") if which is not None else ():
                before = [
                    m for m in self.names
                    if m.type == kind and m.span < mention.span
                    and self.syntax.sentence(m.head) == here - 1
                ]  # fmt: skip
                two = list(dict.fromkeys(self.clusters.root(m.id) for m in before))
                if len(two) == 2 and which is not None:
                    chosen = next(m for m in before if self.clusters.root(m.id) == two[which])
                    yield same_thing(
                        chosen, mention, 0.8, f"{mention.short!r} of two: {chosen.text!r}"
                    )
                    break

    def _roles(self) -> Iterator[Link]:
        yield from Roles(self.syntax, self.clusters, self.described).links(self.nominals)

    def _definite(self) -> Iterator[Link]:
        """As in "the embassy" after "the Soviet Embassy"; "the telegram" after "a telegram"."""
        before: dict[str, list[Mention]] = defaultdict(list)
        described = self.described.by_noun
        for mention in self.mentions:
            lemma, word = self._nouns(mention)
            if mention.kind == "nominal" and self.syntax.is_definite(mention):
                around = {m.id: m for noun in (lemma, word) for m in before[noun]}
                link = self._antecedent(mention, list(around.values()), described)
                if link:
                    yield link
            key = name_key(mention.text) if mention.kind == "name" else ()
            for noun in {lemma, *key[-1:]} if mention.kind != "pronoun" else ():
                before[noun].append(mention)

    def _nouns(self, mention: Mention) -> tuple[str, str]:
        return self.syntax.lemma(mention.head), self.syntax.tokens[mention.head].text.lower()

    def _antecedent(
        self,
        mention: Mention,
        before: list[Mention],
        described: dict[str, list[tuple[Mention, str]]],
    ) -> Link | None:
        """The last mention before that it takes up; `before` are those that share its noun."""
        lemma = self.syntax.lemma(mention.head)
        nouns = set(self._nouns(mention))
        modifiers = self.syntax.modifiers(mention)
        for other in sorted(before, key=lambda m: m.span, reverse=True):
            key = name_key(other.text) if other.kind == "name" else ()
            if len(key) > 1 and key[-1] in nouns and modifiers <= set(key):
                return same_thing(other, mention, 0.9, f"{mention.text!r} takes up {other.text!r}")
            if other.kind == "nominal" and self.syntax.takes_up(mention, other, modifiers):
                return same_thing(other, mention, 0.85, f"{mention.text!r} takes up {other.text!r}")
        if mention.extent == mention.span and mention.type == "Person" and not modifiers:
            holders = {
                m.id: m for m, noun in described.get(lemma, []) if m.span.start < mention.span.start
            }
            roots = {self.clusters.root(i) for i in holders}
            if len(roots) == 1:
                holder = max(holders.values(), key=lambda m: m.span.start)
                return same_thing(
                    holder, mention, 0.85, f"{mention.text!r}: {holder.text!r} is one"
                )
        return None
