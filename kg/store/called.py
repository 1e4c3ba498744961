"""What people call things: the entity, relation or document that a name, id or IRI means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from typing import Literal as OneOf

import pyoxigraph as ox

from kg.store.iris import is_local_name
from kg.vocab import Namespaces

Kind = OneOf["entity", "relation", "document"]

PREFIX_OF: Final[Mapping[Kind, str]] = MappingProxyType(
    {"entity": "", "relation": "rel", "document": "doc"}
)
# How a thing of each kind is called, the best names first; one row that fits decides.
NAMED_BY: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "entity": ("rdfs:label", "skos:altLabel"),
        "relation": ("rdfs:label", "kg:relationLabel"),
        "document": ("dcterms:identifier", "dcterms:title", "dcterms:source"),
    }
)
LABELLED_BY: Final = ("rdfs:label", "dcterms:title", "dcterms:identifier")
MOST_NEAR: Final = 5  # names that an error offers
CLOSE: Final = 0.75  # difflib's ratio from which a name may be a slip of another


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A thing and what it is called."""

    iri: str
    label: str


class Called:
    """Looks things of one graph up by what people call them."""

    def __init__(self, graph: ox.Store, names: Namespaces) -> None:
        self._graph = graph
        self._names = names

    def find(self, kind: Kind, key: str) -> tuple[Found, ...]:
        """All that `key` may mean: the thing of that IRI, CURIE or id, else those so called.

        A label goes before an alias, and one in the same letters before one in other case. More
        than one thing means that the name is ambiguous, none that nothing is called so.
        """
        wanted = key.strip()
        for iri in self._addressed(kind, wanted):
            if self._is(kind, iri):
                return (Found(iri, self._label(kind, iri)),)
        folded = wanted.casefold()
        for curie in NAMED_BY[kind]:
            predicate = self._node(curie)
            quads = self._graph.quads_for_pattern(None, predicate, ox.Literal(wanted))
            exact = self._found(kind, (quad.subject for quad in quads))
            if exact:
                return exact
            named = self._named(predicate)
            fit = self._found(kind, (s for s, label in named if label.casefold() == folded))
            if fit:
                return fit
        return ()

    def near(self, kind: Kind, key: str) -> tuple[Found, ...]:
        """Things whose name has the key in it, or is a letter or two away; a few at most."""
        folded = key.strip().casefold().rpartition("/")[2].rpartition(":")[2].replace("_", " ")
        if not folded:
            return ()
        predicate = self._node(NAMED_BY[kind][0])
        ranks = []
        for subject, label in self._named(predicate):
            rank = _distance(label.casefold(), folded)
            if rank is not None:
                ranks.append((rank, label, subject))
        best = (subject for *_, subject in sorted(ranks, key=lambda rank: rank[:2]))
        found: dict[str, Found] = {}
        for each in self._each(kind, best):
            found.setdefault(each.label, each)
            if len(found) == MOST_NEAR:
                break
        return tuple(found.values())

    def all(self, kind: Kind) -> Iterator[Found]:
        """Every thing of a kind with its best name."""
        named = self._named(self._node(NAMED_BY[kind][0]))
        return self._each(kind, (subject for subject, _ in named))

    def knows(self, iri: str) -> bool:
        """Whether the graph says anything with this IRI."""
        node = _node(iri)
        return node is not None and any(
            next(self._graph.quads_for_pattern(*pattern), None) is not None
            for pattern in ((node, None, None), (None, node, None), (None, None, node))
        )

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The label of each IRI that has one: one look-up an IRI, however often it stands."""
        found = {}
        for iri in set(iris):
            node = _node(iri)
            for curie in LABELLED_BY if node else ():
                quads = self._graph.quads_for_pattern(node, self._node(curie), None)
                told = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
                if told:
                    found[iri] = min(told)
                    break
        return found

    def _addressed(self, kind: Kind, key: str) -> Iterator[str]:
        """The IRIs that a key may spell out: an IRI, a CURIE, an id."""
        bare = key[1:-1] if key.startswith("<") and key.endswith(">") else key
        if "://" in bare or bare.startswith("urn:"):
            yield bare
        prefix, colon, local = bare.partition(":")
        if colon and prefix in self._names.prefixes:
            yield self._names.prefixes[prefix] + local
        if is_local_name(bare):
            yield self._names.prefixes[PREFIX_OF[kind]] + bare

    def _is(self, kind: Kind, iri: str) -> bool:
        node = _node(iri)
        if node is None:
            return False
        types = {
            q.object for q in self._graph.quads_for_pattern(node, self._node("rdf:type"), None)
        }
        if kind == "document":
            return self._node("kg:Document") in types
        if kind == "relation":
            declared = self._node("rdf:Property") in types and not self._ours(iri)
            used = next(self._graph.quads_for_pattern(None, node, None), None) is not None
            return declared or used
        classes = {self._node("rdfs:Class"), self._node("rdf:Property"), self._node("kg:Statement")}
        return self.knows(iri) and not (types & classes) and not self._ours(iri)

    def _ours(self, iri: str) -> bool:
        """Whether it is a term of the vocabulary, no thing that texts speak of."""
        return iri.startswith(self._names.prefixes["kg"])

    def _named(self, predicate: ox.NamedNode) -> Iterator[tuple[object, str]]:
        for quad in self._graph.quads_for_pattern(None, predicate, None):
            if isinstance(quad.object, ox.Literal):
                yield quad.subject, quad.object.value

    def _found(self, kind: Kind, subjects: Iterable[object]) -> tuple[Found, ...]:
        return tuple(sorted(set(self._each(kind, subjects))))

    def _each(self, kind: Kind, subjects: Iterable[object]) -> Iterator[Found]:
        """The things of the kind among subjects; of a statement, its relation."""
        predicate = self._node("rdf:predicate")
        for subject in subjects:
            node = subject
            if kind == "relation" and isinstance(subject, ox.NamedNode):
                told = next(self._graph.quads_for_pattern(subject, predicate, None), None)
                node = told.object if told else subject
            if isinstance(node, ox.NamedNode) and self._is(kind, node.value):
                yield Found(node.value, self._label(kind, node.value))

    def _label(self, kind: Kind, iri: str) -> str:
        for curie in NAMED_BY[kind]:
            quads = self._graph.quads_for_pattern(ox.NamedNode(iri), self._node(curie), None)
            labels = sorted(
                quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)
            )
            if labels:
                return labels[0]
        return self._names.curie(iri)

    def _node(self, curie: str) -> ox.NamedNode:
        return ox.NamedNode(self._names.iri(curie))


def _distance(told: str, wanted: str) -> int | None:
    """How far a name is from the one that is wanted; None where it is not near.

    >>> _distance("valery kostikov", "kostikov"), _distance("meet", "meat"), _distance("cuba", "kgb")
    (7, 2, None)
    """
    if wanted in told or (len(told) > 3 and told in wanted):
        return abs(len(told) - len(wanted))
    whole = (told, *(told.split() if " " not in wanted else ()))
    near = [each for each in whole if each[:1] == wanted[:1] and abs(len(each) - len(wanted)) <= 3]
    ratio = max((difflib.SequenceMatcher(None, e, wanted).ratio() for e in near), default=0)
    return round(10 * (1 - ratio)) if ratio >= CLOSE else None


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
