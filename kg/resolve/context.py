"""What a document tells of a thing besides its name: what stands in the same document, roles, dates, sex.

Two things of like names in documents that share rare names are likely one; those that share nothing, less so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from kg.lexicon import table, words
from kg.model import Link, Mention, Statement
from kg.resolve.bodies import bag
from kg.resolve.labels import type_of
from kg.resolve.names import HE, SHE, Key, is_title, name_key
from kg.resolve.people import PersonName, person_name
from kg.resolve.spelling import plain, sound

_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

# Weights of what two things share, in units of one rare name. Set by hand: a place or a nation says
# less than a person or a firm, what a thing is related to says more than what stands near it.
_PLACE: Final = 0.7
_GROUP: Final = 0.4
_PERSON: Final = 0.6  # of a surname, and once more where the full name is shared as well
_ROLE: Final = 0.5
_RELATED: Final = 1.5
# Names of one document that count as context, the rarest first: a book's three thousand names say little.
_MOST_NAMES: Final = 200


@dataclass
class Told:
    """What is told of a thing: years, sexes, roles, kinds, where it lies, what it is related to."""

    born: set[str] = field(default_factory=set)
    died: set[str] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    trades: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    related: list[Cluster] = field(default_factory=list)

    def add(self, other: Told) -> None:
        """Take in what is told of the same thing elsewhere."""
        self.born |= other.born
        self.died |= other.died
        self.sexes |= other.sexes
        self.trades |= other.trades
        self.kinds |= other.kinds
        self.inside |= other.inside


class Cluster:
    """Mentions that the judgements so far join: of one document, or of several where a person joined them."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.names = [m for m in mentions if m.kind == "name"] or list(filter(is_title, mentions))
        self.keys = {name_key(_called(m)) for m in self.names} - {()}
        self.is_described = bool(self.names) and self.names[0].kind != "name"
        self.key: Key = max(self.keys, key=lambda k: (len(k), k), default=())
        fullest = (m for m in self.names if name_key(_called(m)) == self.key)
        self.first = next(fullest, mentions[0])  # the first mention of the fullest name
        self.told = Told() if self.key else _NOTHING
        self.type = _told_by_mentions(self) if self.key else "Thing"

    @property
    def person(self) -> PersonName:
        return person_name(self.key)


def _called(mention: Mention) -> str:
    """A name, or the short form of a noun phrase that names; embassies have their town with them."""
    if mention.kind == "name" or mention.short.split()[-1].lower() in words("institutions"):
        return mention.text
    return mention.short


_NOTHING: Final = Told()


def _told_by_mentions(cluster: Cluster) -> str:
    """The type, once pronouns, titles and descriptions have told what they tell."""
    told, sexes = cluster.told, Counter[str]()
    for mention in cluster.mentions:
        low = mention.text.lower()
        if mention.kind == "pronoun":
            sexes["m"] += low in HE
            sexes["f"] += low in SHE
        elif mention.kind == "nominal":
            _take_noun(told, mention.short.split()[-1].lower() if mention.short else "")
        else:
            title = low.split()[0].rstrip(".") if " " in low else ""
            sexes[table("gendered").get(title, "")] += 1
    del sexes[""]
    if sexes["m"] != sexes["f"]:
        told.sexes.add("m" if sexes["m"] > sexes["f"] else "f")
        told.kinds.add("Person")
    found = type_of(cluster.mentions)
    person = person_name(cluster.key)
    if found not in {"Person", "Thing"} and person.is_initials and len(cluster.key) == 2:
        return "Person"
    return found


def _take_noun(told: Told, noun: str) -> None:
    kind = table("noun_types").get(noun)
    if kind:
        told.kinds.add(kind)
    if kind == "Person" and noun in table("gendered"):
        told.sexes.add(table("gendered")[noun])
    if noun in words("roles") or noun in words("trades"):
        told.roles.add(noun)
    if noun in words("trades"):
        told.trades.add(noun)


def read_statements(
    statements: Iterable[Statement], owner: Mapping[str, Cluster]
) -> list[tuple[Cluster, Cluster]]:
    """Fill what clusters are told by statements; the pairs that a text says are not related to each other."""
    apart = []
    for statement in statements:
        subject = owner.get(statement.subject)
        if subject is None or not subject.key:
            continue
        other = owner.get(statement.object) if isinstance(statement.object, str) else None
        if other is not None and other.key:
            subject.told.related.append(other)
            other.told.related.append(subject)
        if statement.time and _DAY.fullmatch(statement.time):
            subject.told.days.add(statement.time)
        if statement.plain:
            _take_plain(subject, other, statement)
        elif statement.polarity == "negative" and statement.relation.lemma in _NO_RELATION:
            apart += [(subject, other)] if other is not None and other.key else []
    return apart


_NO_RELATION: Final = frozenset({"be relation of", "be relation to", "be related to", "be relative of"})  # fmt: skip


def _take_plain(subject: Cluster, other: Cluster | None, statement: Statement) -> None:
    parts = statement.relation.lemma.split()
    if parts[:2] == ["be", "born"] and statement.time and _YEAR.match(statement.time):
        subject.told.born.add(statement.time[:4])
    elif parts[0] == "die" and statement.time and _YEAR.match(statement.time):
        subject.told.died.add(statement.time[:4])
    elif parts[0] == "be" and parts[-1] == "in" and other is not None:
        _take_place(subject, other)
    if parts[0] == "be" and isinstance(statement.object, str):
        if len(parts) > 2:
            _take_noun(subject.told, parts[-2])
    elif parts == ["be"] and not isinstance(statement.object, str):
        noun = statement.object.value.split()
        _take_noun(subject.told, noun[-1].lower() if noun else "")


def _take_place(subject: Cluster, other: Cluster) -> None:
    if subject.type == other.type == "Place":
        subject.told.inside.add(" ".join(other.key))


class Context:
    """How rare each name is among the documents, and what two things share, weighed by that."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        known = list(clusters)
        self._others = {bag(c.key) for c in known if c.type not in {"Person", "Thing"}}
        self._names: dict[str, set[str]] = defaultdict(set)
        self.label: dict[str, str] = {}
        spread: dict[str, set[str]] = defaultdict(set)
        kinds: dict[str, str] = {}
        for cluster in known:
            if cluster.type == "Thing" and len(cluster.key) < 2:
                continue
            text = cluster.first.text
            for feature in self.names(cluster):
                for mention in cluster.mentions:
                    self._names[mention.document].add(feature)
                    spread[feature].add(mention.document)
                kinds[feature] = min(kinds.get(feature, cluster.type), cluster.type)
                label = self.label.get(feature, text)
                self.label[feature] = min(label, text, key=lambda t: (t.isupper(), -len(t), t))
        for feature, documents in spread.items():
            if len(documents) < 2:
                self.label.pop(feature)
        total = max(len(self._names), 2)
        self._weights = {
            feature: log(1 + total / len(spread[feature]))
            / log(1 + total / 2)
            * {"Place": _PLACE, "Group": _GROUP, "Person": _PERSON}.get(kinds[feature], 1.0)
            for feature in self.label
        }
        self._kept = {d: self._rarest(names) for d, names in self._names.items()}

    def feature(self, cluster: Cluster) -> str:
        """What a thing is for those around it: a person by the surname, others by the words of the name.

        A name that any document takes for no person's goes by its words.
        """
        words_ = bag(cluster.key)
        if cluster.type == "Person" and words_ not in self._others:
            return f"~{sound(cluster.person.family)}"
        return " ".join(words_)

    def names(self, cluster: Cluster) -> set[str]:
        """A person's surname and full name, the words of any other name: context for others, not for itself."""
        surname = self.feature(cluster)
        if surname[:1] != "~" or len(cluster.key) < 2:
            return {surname}
        return {surname, " ".join(bag(cluster.key))}

    def _rarest(self, names: set[str]) -> tuple[str, ...]:
        shared = sorted((n for n in names if n in self._weights), key=lambda n: (-self._weights[n], n))  # fmt: skip
        return tuple(shared[:_MOST_NAMES])

    def features(self, cluster: Cluster) -> dict[str, float]:
        """What stands by a thing, and how closely: 1 for the same document, more for what it is related to."""
        found: dict[str, float] = {}
        for document in sorted({m.document for m in cluster.mentions}):
            found.update(dict.fromkeys(self._kept.get(document, ()), 1.0))
        for feature in map(self.feature, cluster.told.related):
            if feature in found:
                found[feature] = _RELATED
        for feature in self.names(cluster):
            found.pop(feature, None)
        found.update(dict.fromkeys((f"@{day}" for day in cluster.told.days), _RELATED))
        found.update(dict.fromkeys((f"={role}" for role in cluster.told.roles), _ROLE))
        return found

    def weight(self, feature: str) -> float:
        """How much it says that two things share this, in units of one rare name."""
        return 1.0 if feature[0] in "@=" else self._weights.get(feature, 0.0)

    def words_of(self, feature: str) -> str:
        """What to call it in a reason."""
        if feature[0] == "=":
            return f"the word {feature[1:]!r}"
        return feature[1:] if feature[0] == "@" else self.label.get(feature, feature)


def no_relation(pairs: Iterable[tuple[Cluster, Cluster]]) -> list[Link]:
    """What texts say of two that share a name, as judgements."""
    found = []
    for one, other in pairs:
        if one is not other and plain(one.person.family) == plain(other.person.family):
            left, right = sorted((one.first.id, other.first.id))
            why = f"the text says that {one.first.text!r} and {other.first.text!r} are not related"
            found.append(Link(left, right, "different", 0.99, why))
    return found
