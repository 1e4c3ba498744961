"""Who holds a role: "the chair of the bank" where Ann Lee was described as one.

The sieve after "precise constructs" of Raghunathan et al. (2010), with the organisation of a role compared too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Link, Mention
from kg.resolve.clusters import Clusters, same_thing
from kg.resolve.descriptions import Descriptions
from kg.resolve.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for people with what narrows it, and the cluster of the body it belongs to ("" for none)."""

    noun: str
    modifiers: frozenset[str]
    body: str


class Roles:
    """Reads the roles of one document."""

    def __init__(self, syntax: Syntax, clusters: Clusters, described: Descriptions) -> None:
        self.syntax = syntax
        self.clusters = clusters
        self.holders: dict[str, list[tuple[Role, Mention]]] = defaultdict(list)
        for noun, holder in described.all():
            role = self.role(noun)
            self.holders[role.noun].append((role, holder))

    def role(self, noun: int) -> Role:
        """The role that the noun at a token names."""
        body = self._body(noun)
        mine = {self.syntax.tokens[k].text.lower() for k in self.syntax.kids(noun, "amod", "compound", "nmod") if k < noun and (body is None or k != body.head)}  # fmt: skip
        return Role(
            self.syntax.lemma(noun), frozenset(mine), self.clusters.root(body.id) if body else ""
        )

    def _body(self, noun: int) -> Mention | None:
        """What a role is in: before it ("the board's director", "CIA director") or after "of" or the like."""
        places = self.syntax.kids(noun, "poss", "compound", "nmod", "amod")
        for preposition in self.syntax.kids(noun, "prep"):
            if self.syntax.tokens[preposition].text.lower() in {"of", "at", "for", "to", "in"}:
                places += self.syntax.kids(preposition, "pobj")
        found = [self.syntax.at[k] for k in places if k in self.syntax.at]
        return next((m for m in found if m.kind != "nominal" or m.type != "Thing"), None)

    def links(self, mentions: Sequence[Mention]) -> Iterator[Link]:
        """Definite phrases for people, joined to the only named person that was described so."""
        for mention in mentions:
            if not self._asks(mention):
                continue
            wanted = self.role(mention.head)
            fitting = {
                self.clusters.root(holder.id): holder
                for role, holder in self.holders.get(wanted.noun, ())
                if wanted.modifiers <= role.modifiers
                and self._same_body(wanted, role, mention, holder)
            }
            if len(fitting) == 1:
                holder = next(iter(fitting.values()))
                yield same_thing(
                    holder, mention, 0.8, f"{mention.text!r}: {holder.text!r} is described so"
                )

    def _asks(self, mention: Mention) -> bool:
        """Whether a phrase stands for one person by a role and is not yet joined to a name."""
        if mention.kind != "nominal" or mention.type != "Person" or self.syntax.is_plural(mention):
            return False
        known = self.syntax.is_definite(mention) or bool(self.syntax.kids(mention.head, "poss"))
        clause = self.syntax.kids(mention.head, "relcl", "acl", "appos")
        return known and not clause and self.clusters.root(mention.id) == mention.id

    def _same_body(self, wanted: Role, role: Role, mention: Mention, holder: Mention) -> bool:
        if wanted.body:
            return wanted.body == role.body
        return holder.span < mention.span
