"""People whom the lead of a text describes and what follows names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.lexicon import table, words
from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.descriptions import Descriptions
from kg.resolve.names import Key, name_key
from kg.resolve.sieve import Sieve
from kg.resolve.syntax import Syntax

# Sentences between "a baker" of a lead and the name, as news writes it.
_INTRODUCED: Final = 2


class Leads(Sieve):
    """Sieves over the first sentences."""

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[Mention],
        clusters: Clusters,
        described: Descriptions,
    ) -> None:
        super().__init__(syntax, mentions, clusters)
        self.described = described

    def lead(self) -> Iterator[Link]:
        """A person described in the lead by their organisation and named later: "a KGB agent".

        Holds only where just one person of the document is described by that organisation.
        """
        first = {m.id for m in self.nominals if self.syntax.sentence(m.head) <= 1}
        served: dict[Key, dict[str, Mention]] = defaultdict(dict)
        for noun, pairs in self.described.by_noun.items():
            if noun not in words("roles"):
                continue
            for holder, organization in pairs:
                if organization and holder.type == "Person":
                    served[name_key(organization)][self.clusters.root(holder.id)] = holder
        for mention in self.nominals:
            lemma = self.syntax.lemma(mention.head)
            if (
                mention.id not in first
                or lemma not in words("roles")
                or self.syntax.is_definite(mention)
            ):
                continue
            organization = self.described.organization_before(mention.head)
            holders = served.get(name_key(organization), {}) if organization else {}
            if (
                len(holders) == 1
                and table("noun_types").get(lemma) == "Person"
                and lemma == mention.short.split()[-1].lower()
            ):
                holder = next(iter(holders.values()))
                if holder.span.start > mention.span.start:
                    yield same_thing(
                        holder,
                        mention,
                        0.7,
                        f"{mention.text!r} of the lead: only {holder.text!r} is described by {organization!r}",
                    )

    def introduced(self) -> Iterator[Link]:
        """As news does it: "A baker was jailed on Monday. Hugo Vance, 52, had ...": who is named next, with an age.

        Holds only where no person is named before, and the named one stands first in its sentence.
        """
        people = (m for m in self.names if m.type == "Person" and self.syntax.leads(m))
        named = next(people, None)
        if named is None or not self.syntax.has_age(named):
            return
        last = self.syntax.sentence(named.head)
        for mention in self.nominals:
            if mention.span > named.span or self.syntax.sentence(mention.head) > 1:
                return
            if (
                mention.type == "Person"
                and self.syntax.leads(mention)
                and not self.syntax.is_plural(mention)
                and self.syntax.has_article(mention)
                and 0 < last - self.syntax.sentence(mention.head) <= _INTRODUCED
            ):
                yield same_thing(
                    named,
                    mention,
                    0.7,
                    f"{mention.text!r} of the lead: {named.text!r} is who is named next, with an age",
                )
                return
