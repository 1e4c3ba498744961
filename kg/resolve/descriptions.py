"""Who is described as what: "the consul, Ann Lee", "a KGB agent called Bo Ray", "Ann Lee was a consul"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.lexicon import table, words
from kg.model import Mention
from kg.resolve.syntax import Syntax


class Descriptions:
    """Reads the nouns for people of one document, with the named persons they describe."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.by_noun: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
        for noun, holder in self.all():
            self.by_noun[syntax.lemma(noun)].append((holder, self.organization_before(noun)))

    def all(self) -> Iterator[tuple[int, Mention]]:
        """Nouns for people, with the named person each describes."""
        for token in self.syntax.tokens:
            for holder in self._holders(token.index):
                yield token.index, holder

    def organization_before(self, noun: int) -> str:
        """The organisation or nation named right before a role: "KGB" of "a KGB agent"."""
        for kid in self.syntax.kids(noun, "compound", "amod", "nmod"):
            mention = self.syntax.at.get(kid)
            if (
                mention
                and mention.kind == "name"
                and mention.type in {"Organization", "Group", "Place"}
            ):
                return mention.text
        return ""

    def _holders(self, i: int) -> list[Mention]:
        """Names that the noun at token i describes: by apposition, title, copula, or "describe X as"."""
        syntax, token = self.syntax, self.syntax.tokens[i]
        if not token.tag.startswith("NN") or syntax.kids(i, "neg"):
            return []
        lemma = syntax.lemma(i)
        if lemma not in words("roles") and table("noun_types").get(lemma) != "Person":
            return []
        near: list[int] = []
        if token.dependency == "appos" or (
            token.dependency in {"compound", "nmod"} and token.head > i
        ):
            near = [token.head]
        elif token.dependency == "attr":
            near = [] if syntax.kids(token.head, "neg") else syntax.kids(token.head, "nsubj")
        elif token.dependency == "pobj" and syntax.tokens[token.head].text.lower() == "as":
            near = syntax.kids(syntax.tokens[token.head].head, "dobj", "nsubjpass")
        near += syntax.kids(i, "appos")
        holders = [syntax.at[k] for k in near if k in syntax.at]
        return [m for m in holders if m.kind == "name"]
