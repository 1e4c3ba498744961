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
    name_key,
)
from kg.resolve.nominals import Nominals
from kg.resolve.parts import Parts
from kg.resolve.pronouns import pronoun_links
from kg.resolve.ranking import Weights
from kg.resolve.roles import Roles
from kg.resolve.same_names import SameNames
from kg.resolve.sieve import Sieve
from kg.resolve.speakers import Speakers
from kg.resolve.syntax import Syntax

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

    def links(self) -> Iterator[Link]:
        """The links of all sieves, each sieve over what those before it joined."""
        names = SameNames(self.syntax, self.mentions, self.clusters)
        beside = Beside(self.syntax, self.mentions, self.clusters)
        speakers = Speakers(self.syntax, self.mentions, self.clusters)
        parts = Parts(self.syntax, self.mentions, self.clusters)
        leads = Leads(self.syntax, self.mentions, self.clusters, self.described)
        for sieve in (
            names.equal,
            parts.spelt,
            names.short,
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
