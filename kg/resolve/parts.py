"""Names that other names hold: spelt otherwise, cut short at either end, or made of initials."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.lexicon import table
from kg.model import Link, Mention
from kg.resolve.clusters import same_thing
from kg.resolve.names import LEADING, SMALL, Key, name_key
from kg.resolve.sieve import Sieve
from kg.resolve.spelling import plain

# What is cut short where it is named again; the parts of a place's name are other places.
_CUT: Final = frozenset({"Organization", "Event", "Product", "CreativeWork"})


def folded(text: str) -> str:
    """A name by its letters: no diacritics, marks, spaces or case.

    >>> folded("São-Luís’s"), folded("Old Tailor's Guild") == folded("Old Tailors Guild")
    ('saoluis', True)
    """
    return "".join(map(plain, name_key(text)))


class Parts(Sieve):
    """Sieves over the names of one document, of things rather than people."""

    def spelt(self) -> Iterator[Link]:
        """Names that differ in accents, hyphens or apostrophes only; capitalised noun phrases with the words of a name."""
        seen: dict[str, Mention] = {}
        for mention in sorted(self._called(), key=lambda m: (m.kind != "name", m.span)):
            key = folded(mention.text if mention.kind == "name" else mention.short)
            if not key:
                continue
            first = seen.setdefault(key, mention)
            new = mention.kind == "nominal" or name_key(first.text) != name_key(mention.text)
            if new and self.clusters.root(first.id) != self.clusters.root(mention.id):
                yield same_thing(first, mention, 0.9, f"{mention.short!r}: {first.text!r} in another spelling")  # fmt: skip

    def _called(self) -> Iterator[Mention]:
        """Names, and the noun phrases that are written like one."""
        yield from self.names
        for mention in self.nominals:
            words = mention.short.split()
            capital = all(w[:1].isupper() for w in words if w.lower() not in SMALL)
            starts = self.syntax.tokens[mention.head].index == self.syntax.annotated.sentences[self.syntax.sentence(mention.head)].first  # fmt: skip
            if capital and not starts and not self.syntax.kids(mention.head, "poss", "nummod"):
                yield mention

    def cut(self) -> Iterator[Link]:
        """The last word or words of one fuller name before ("Herons" of "Corran Herons"), or its first, before "of" or its kind."""
        fuller: dict[Key, dict[str, Mention]] = defaultdict(dict)
        places: dict[Key, list[Mention]] = defaultdict(list)
        for mention in self.names:
            key = name_key(mention.text)
            found = fuller.get(key, {})
            roots = {self.clusters.root(m.id) for m in found.values()} - {
                self.clusters.root(mention.id)
            }
            if len(roots) == 1 and mention.type != "Person":
                full = next(m for m in found.values() if self.clusters.root(m.id) in roots)
                if mention.type in {full.type, "Thing"}:
                    yield same_thing(full, mention, 0.8, f"{mention.text!r}: the only longer name before is {full.text!r}")  # fmt: skip
            seas = {self.clusters.root(m.id): m for m in places[key]} if self._has_the(mention) else {}  # fmt: skip
            for full in seas.values() if len(seas) == 1 else ():
                yield same_thing(full, mention, 0.8, f"'the {mention.text}': the only longer name before is {full.text!r}")  # fmt: skip
            if mention.type == "Place" and table("name_heads").get(key[-1]) == "Place":
                places[key[:-1]].append(mention)
            if mention.type in _CUT:
                for part in self._shorter(key):
                    fuller[part].setdefault(mention.id, mention)

    def _has_the(self, mention: Mention) -> bool:
        """Whether "the" stands before a name, as before that of a sea or river."""
        kids = self.syntax.kids(mention.head, "det")
        return any(self.syntax.tokens[k].text.lower() == "the" for k in kids)

    def _shorter(self, key: Key) -> Iterator[Key]:
        """What a name may be cut down to."""
        for n in range(1, len(key)):
            if key[n - 1] not in SMALL and key[n] not in SMALL:
                yield key[n:]
        if "of" in key[1:]:
            yield key[: key.index("of")]
        if len(key) > 1 and key[-1] in table("name_heads"):
            yield key[:-1]

    def initials(self) -> Iterator[Link]:
        """Two capitals or more that are the initials of one name or noun phrase before."""
        before: dict[str, dict[str, Mention]] = defaultdict(dict)
        for mention in self.mentions:
            if mention.kind == "pronoun":
                continue
            short = mention.short.replace(".", "")
            if 2 <= len(short) <= 6 and short.isupper() and short.isalpha():
                found = before.get(short.lower(), {})
                roots = {self.clusters.root(m.id) for m in found.values()} - {
                    self.clusters.root(mention.id)
                }
                if len(roots) == 1:
                    full = next(m for m in found.values() if self.clusters.root(m.id) in roots)
                    if full.type != "Person" and len({full.type, mention.type} - {"Thing"}) < 2:
                        yield same_thing(full, mention, 0.85, f"{mention.short!r}: initials of {full.short!r}")  # fmt: skip
                continue
            words = [w for w in re.split(r"[\s-]+", mention.short.lower()) if w[:1].isalpha()]
            words = words[words[0] in LEADING :] if words else words
            content = [w for w in words if w not in SMALL]
            for parts in (words, content):
                if len(parts) > 1:
                    before["".join(w[0] for w in parts)][mention.id] = mention
