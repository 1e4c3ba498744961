"""Is a graph what it promises? Every quote at its place, every bare triple with its plain statement and the other way
round, every statement with its evidence. Read off the quads themselves, so that a damaged graph can be told of, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.iris import document_iri
from kg.store.literals import clean
from kg.store.notation import span_of, split_place
from kg.vocab import Namespaces

Ends: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

_SPANS: Final = ("kg:subjectSpan", "kg:objectSpan", "kg:relationSpan")


class Checks:
    """What does not hold in a graph, as lines; `texts` gives the text of a document by id, None where there is none."""

    def __init__(
        self, graph: ox.Store, names: Namespaces, texts: Callable[[str], str | None]
    ) -> None:
        self._graph = graph
        self._names = names
        self._text = cache(texts)
        self._node = cache(lambda curie: ox.NamedNode(names.iri(curie)))

    def all(self) -> Iterator[str]:
        """Every fault, by kind and then by IRI."""
        yield from self.quotes()
        yield from self.evidence()
        yield from self.bare()

    def quotes(self) -> Iterator[str]:
        """Quotes that are not at their span in the text of their document, and spans outside the quote."""
        ids = self._ids()
        for node in self._instances("kg:Evidence"):
            iri, (start, end) = self._place(node)
            id_ = ids.get(iri)
            text = None if id_ is None else self._text(id_)
            quote = self._value(node, "oa:exact")
            name = self._name(node)
            if text is None:
                yield f"{name}: its document is not among those that are kept"
            elif quote is None:
                yield f"{name}: it has no quote"
            elif clean(text[start:end]) != quote:
                yield f"{name}: the quote is {_short(quote)}, but the text has {_short(text[start:end])} there"
            yield from self._spans(node, start, end)

    def evidence(self) -> Iterator[str]:
        """Statements without evidence: none named, none that is there, or none that says how it was read."""
        quotes = set(self._instances("kg:Evidence"))
        derived, statement = self._node("prov:wasDerivedFrom"), self._node("kg:statement")
        for node in self._instances("kg:Statement"):
            told = [quad.object for quad in self._quads(node, derived)]
            if not told:
                yield f"{self._name(node)}: it has no evidence"
            for each in told:
                if each not in quotes:
                    yield f"{self._name(node)}: its evidence {each} is not in the graph"
            if next(self._graph.quads_for_pattern(None, statement, node, None), None) is None:
                yield f"{self._name(node)}: nothing says how it was read off its evidence"

    def bare(self) -> Iterator[str]:
        """Plain statements without their bare triple, and bare triples without a plain statement."""
        plain: set[Ends] = set()
        default = ox.DefaultGraph()
        for node in self._instances("kg:Statement"):
            ends = self._ends(node)
            if ends is None:
                yield f"{self._name(node)}: it lacks its subject, predicate or object"
            elif self._is_plain(node):
                plain.add(ends)
                if next(self._graph.quads_for_pattern(*ends, default), None) is None:
                    yield f"{self._name(node)}: it is plain, and its bare triple is missing"
        for relation in self._relations():
            for quad in self._graph.quads_for_pattern(None, relation, None, default):
                ends = cast(Ends, (quad.subject, quad.predicate, quad.object))
                if ends not in plain:
                    told = " ".join(map(self._shown, ends))
                    yield f"{told}: a bare triple that no plain statement asserts"

    def _spans(self, quote: ox.NamedNode, start: int, end: int) -> Iterator[str]:
        for reading in self._graph.quads_for_pattern(None, self._node("kg:evidence"), quote, None):
            for curie in _SPANS:
                told = self._value(cast(ox.NamedNode, reading.subject), curie) or ""
                for span in map(span_of, told.split()):
                    if span.start < start or span.end > end:
                        yield f"{self._name(quote)}: the {curie} {span.start},{span.end} is not in it"

    def _is_plain(self, node: ox.NamedNode) -> bool:
        status = {quad.object for curie in ("kg:polarity", "kg:certainty") for quad in self._quads(node, self._node(curie))}  # fmt: skip
        wanted = {self._node("kg:Positive"), self._node("kg:Certain")}
        return status == wanted and self._value(node, "kg:attributedTo") is None

    def _ends(self, node: ox.NamedNode) -> Ends | None:
        found = [
            [quad.object for quad in self._quads(node, self._node(curie))]
            for curie in ("rdf:subject", "rdf:predicate", "rdf:object")
        ]
        if [len(each) for each in found] != [1, 1, 1]:
            return None
        return cast(Ends, tuple(each[0] for each in found))

    def _relations(self) -> list[ox.NamedNode]:
        """The predicates of bare triples: those under our relations, declared or not."""
        ours = self._names.prefixes["rel"]
        rows = self._graph.query("SELECT DISTINCT ?p { ?s ?p ?o }")
        nodes = (cast(ox.NamedNode, row[0]) for row in cast(ox.QuerySolutions, rows))
        return sorted((each for each in nodes if each.value.startswith(ours)), key=str)

    def _ids(self) -> Mapping[str, str]:
        """The ids of documents by IRI; StoreError where an IRI is not that of its id."""
        found: dict[str, str] = {}
        for quad in self._graph.quads_for_pattern(None, self._node("dcterms:identifier"), None, None):  # fmt: skip
            id_, iri = cast(ox.Literal, quad.object).value, cast(ox.NamedNode, quad.subject).value
            if document_iri(self._names, id_) != iri:
                raise StoreError(f"<{iri}>: it says that its document is {id_!r}")
            found[iri] = id_
        return found

    def _instances(self, class_: str) -> list[ox.NamedNode]:
        quads = self._graph.quads_for_pattern(
            None, self._node("rdf:type"), self._node(class_), None
        )
        return sorted((cast(ox.NamedNode, quad.subject) for quad in quads), key=lambda n: n.value)

    def _quads(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        return self._graph.quads_for_pattern(node, predicate, None, None)

    def _value(self, node: ox.NamedNode, curie: str) -> str | None:
        quad = next(self._quads(node, self._node(curie)), None)
        return None if quad is None else cast(ox.Literal, quad.object).value

    def _place(self, node: ox.NamedNode) -> tuple[str, tuple[int, int]]:
        document, span = split_place(node.value)
        return document, (span.start, span.end)

    def _name(self, node: ox.NamedNode) -> str:
        return self._names.curie(node.value)

    def _shown(self, node: ox.NamedNode | ox.Literal) -> str:
        return str(node) if isinstance(node, ox.Literal) else self._name(node)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) < 60 else line[:57] + "...")
