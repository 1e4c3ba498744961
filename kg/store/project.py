"""Nouns -> quads: what is said to the default graph, where it is said to a graph a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.model import (
    Corpus,
    Entity,
    Evidence,
    Header,
    KnownLink,
    Link,
    Literal,
    Mention,
    Qualifier,
    Statement,
)
from kg.store.iris import document_iri, known_link_iri, link_iri, reading_iri, relation_iri
from kg.store.literals import date_type, decimal
from kg.store.notation import chars, cue_line, mention_line, place, split_place
from kg.store.ontology import declarations, reachable
from kg.vocab import CLASS_OF_TYPE, DATES, TERMS, Namespaces

Value: TypeAlias = ox.NamedNode | ox.Literal
Pairs: TypeAlias = Iterable[tuple[str, Value]]
Quads: TypeAlias = Iterator[ox.Quad]

CLASS_OF_TERM: Final = {
    "class": "rdfs:Class",
    "property": "rdf:Property",
    "individual": "skos:Concept",
}
PREDICATE_OF_LINK: Final = {
    "narrower": "rdfs:subPropertyOf",
    "property": "rdfs:subPropertyOf",
    "inverse": "owl:inverseOf",
    "symmetric": "rdf:type",
}
WEB_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/([A-Za-z0-9._~/?&=+,;:@!-]|%[0-9A-Fa-f]{2})*)?"
)


class Projection:
    """The quads of canonical nouns under the prefixes of one dataset."""

    def __init__(self, names: Namespaces) -> None:
        self._names = names
        self._node = cache(self._named)
        self._document = cache(lambda id_: ox.NamedNode(document_iri(names, id_)))
        self._relation = cache(lambda lemma: ox.NamedNode(relation_iri(names, lemma)))

    def corpus(self, corpus: Corpus) -> Quads:
        """All quads of the corpus, lazily; one that statements share may come twice."""
        return chain(
            self.terms(),
            self.relations(corpus.statements),
            chain.from_iterable(map(self.header, corpus.headers)),
            chain.from_iterable(map(self.entity, corpus.entities)),
            chain.from_iterable(map(self.statement, corpus.statements)),
            chain.from_iterable(map(self.link, corpus.links)),
            chain.from_iterable(map(self.known_link, corpus.known)),
        )

    def terms(self) -> Quads:
        """Our own terms and the classes of entities, each with a label."""
        for name, (kind, label, comment) in TERMS.items():
            term = self._node(f"kg:{name}")
            yield from self._describe(term, self._declared(CLASS_OF_TERM[kind], label))
            yield ox.Quad(term, self._node("rdfs:comment"), ox.Literal(comment))
        for type_, curie in CLASS_OF_TYPE.items():
            if not curie.startswith("kg:"):
                yield from self._describe(self._node(curie), self._declared("rdfs:Class", type_))
        broader = self._node("rdfs:subClassOf")
        yield ox.Quad(self._node("kg:Statement"), broader, self._node("rdf:Statement"))
        yield ox.Quad(self._node("kg:Evidence"), broader, self._node("oa:SpecificResource"))

    def relations(self, statements: Iterable[Statement]) -> Quads:
        """The relations that occur, with all that is declared of them."""
        lemmas = {each.relation.lemma for each in statements}
        undated = {each.relation.lemma for each in statements if not _dated(each)}
        for lemma in sorted(reachable(lemmas)):
            yield from self._describe(self._relation(lemma), self._declared("rdf:Property", lemma))
        for relation, link, target, _ in declarations(lemmas, lemmas - undated):
            predicate = self._node(PREDICATE_OF_LINK[link])
            yield ox.Quad(self._relation(relation), predicate, self._target(link, target))

    def _target(self, link: str, target: str) -> ox.NamedNode:
        if link == "symmetric":
            return self._node("owl:SymmetricProperty")
        return self._node(target) if link == "property" else self._relation(target)

    def header(self, header: Header) -> Quads:
        document = self._document(header.id)
        return self._describe(document, self._header(header), document)

    def entity(self, entity: Entity) -> Quads:
        node = self._node(f":{entity.id}")
        yield ox.Quad(node, self._node("rdf:type"), self._node(CLASS_OF_TYPE[entity.type]))
        for curie in ("rdfs:label", "skos:prefLabel"):
            yield ox.Quad(node, self._node(curie), ox.Literal(entity.label))
        for alias in entity.aliases:
            yield ox.Quad(node, self._node("skos:altLabel"), ox.Literal(alias))
        documents = {mention.document for mention in entity.mentions}
        for curie, count in ("kg:mentionCount", entity.mentions), ("kg:documentCount", documents):
            yield ox.Quad(node, self._node(curie), ox.Literal(len(count)))
        if entity.exact is not None:
            yield ox.Quad(node, self._node("skos:exactMatch"), ox.NamedNode(entity.exact))
        for mention in entity.mentions:
            yield from self.mention(mention, node)

    def mention(self, mention: Mention, entity: ox.NamedNode) -> Quads:
        document = self._document(mention.document)
        node = ox.NamedNode(place(document.value, mention.span))
        yield ox.Quad(node, self._node("kg:entity"), entity, document)
        yield ox.Quad(node, self._node("kg:mention"), ox.Literal(mention_line(mention)), document)

    def statement(self, statement: Statement) -> Quads:
        node = self._named(f"stmt:{statement.id}")
        if statement.plain:
            yield self._bare(statement)
        yield from self._describe(node, self._statement(statement))
        for number, qualifier in enumerate(statement.qualifiers, 1):
            role = ox.NamedNode(f"{node.value}#q{number}")
            yield ox.Quad(node, self._node("kg:qualifier"), role)
            yield from self._describe(role, self._qualifier(qualifier))
        for evidence in statement.evidence:
            yield from self.evidence(evidence, node)

    def evidence(self, evidence: Evidence, statement: ox.NamedNode) -> Quads:
        """The quote, which statements share, and how this statement was read off it."""
        document = self._document(evidence.document)
        quote = ox.NamedNode(place(document.value, evidence.span))
        reading = ox.NamedNode(reading_iri(statement.value, evidence))
        yield ox.Quad(statement, self._node("prov:wasDerivedFrom"), quote)
        yield from self._describe(quote, self._quote(evidence, document), document)
        pairs = chain(
            [("kg:statement", statement), ("kg:evidence", quote)],
            self._reading(evidence),
        )
        yield from self._describe(reading, pairs, document)

    def link(self, link: Link) -> Quads:
        """A judgement, in the graph of its left mention's document."""
        ends = [split_place(end) for end in (link.left, link.right)]
        left, right = (ox.NamedNode(place(self._document(id_).value, at)) for id_, at in ends)
        pairs: Pairs = [
            ("rdf:type", self._node("kg:Link")),
            ("kg:left", left),
            ("kg:right", right),
            ("kg:judgement", ox.Literal(link.judgement)),
            ("kg:score", self._score(link.score)),
            ("kg:reason", ox.Literal(link.reason)),
        ]
        graph = self._document(ends[0][0])
        return self._describe(ox.NamedNode(link_iri(self._names, link)), pairs, graph)

    def known_link(self, link: KnownLink) -> Quads:
        """A judgement on a known thing, in the graph of its mention's document."""
        id_, at = split_place(link.mention)
        document = self._document(id_)
        pairs: Pairs = [
            ("rdf:type", self._node("kg:KnownLink")),
            ("kg:named", ox.NamedNode(place(document.value, at))),
            ("kg:known", ox.NamedNode(link.iri)),
            ("kg:judgement", ox.Literal(link.judgement)),
            ("kg:score", self._score(link.score)),
            ("kg:reason", ox.Literal(link.reason)),
        ]
        return self._describe(ox.NamedNode(known_link_iri(self._names, link)), pairs, document)

    def _describe(
        self, node: ox.NamedNode, pairs: Pairs, graph: ox.NamedNode | None = None
    ) -> Quads:
        for predicate, value in pairs:
            yield ox.Quad(node, self._node(predicate), value, graph)

    def _bare(self, statement: Statement) -> ox.Quad:
        subject = self._node(f":{statement.subject}")
        relation = self._relation(statement.relation.lemma)
        return ox.Quad(subject, relation, self._end(statement.object))

    def _declared(self, class_: str, label: str) -> Pairs:
        yield "rdf:type", self._node(class_)
        yield "rdfs:label", ox.Literal(label)

    def _header(self, header: Header) -> Pairs:
        web = WEB_ADDRESS.fullmatch(header.source)
        yield "rdf:type", self._node("kg:Document")
        yield "dcterms:identifier", ox.Literal(header.id)
        yield "dcterms:source", ox.NamedNode(header.source) if web else ox.Literal(header.source)
        yield "dcterms:language", ox.Literal(header.language)
        if header.title is not None:
            yield "dcterms:title", ox.Literal(header.title)
        if header.date is not None:
            yield "dcterms:date", self._date(header.date)

    def _statement(self, statement: Statement) -> Pairs:
        yield "rdf:type", self._node("kg:Statement")
        yield "rdf:type", self._node("rdf:Statement")
        yield "rdf:subject", self._node(f":{statement.subject}")
        yield "rdf:predicate", self._relation(statement.relation.lemma)
        yield "rdf:object", self._end(statement.object)
        yield "kg:relationLabel", ox.Literal(statement.relation.label)
        yield "kg:polarity", self._node(f"kg:{statement.polarity.capitalize()}")
        yield "kg:certainty", self._node(f"kg:{statement.certainty.capitalize()}")
        yield "kg:score", self._score(statement.score)
        if isinstance(statement.object, Literal):
            yield "kg:literalText", ox.Literal(statement.object.text)
        if statement.attribution is not None:
            yield "kg:attributedTo", self._end(statement.attribution.source)
            yield "kg:attributionCue", ox.Literal(statement.attribution.cue)
        if statement.time is not None:
            yield "kg:time", self._date(statement.time)
        if statement.place is not None:
            yield "kg:place", self._node(f":{statement.place}")

    def _qualifier(self, qualifier: Qualifier) -> Pairs:
        yield "rdf:type", self._node("kg:Qualifier")
        yield "kg:role", ox.Literal(qualifier.role)
        yield "kg:text", ox.Literal(qualifier.text)
        if qualifier.value is not None:
            yield "kg:value", self._end(qualifier.value)
        if isinstance(qualifier.value, Literal):
            yield "kg:literalText", ox.Literal(qualifier.value.text)

    def _quote(self, evidence: Evidence, document: ox.NamedNode) -> Pairs:
        yield "rdf:type", self._node("kg:Evidence")
        yield "rdf:type", self._node("oa:SpecificResource")
        yield "oa:hasSource", document
        yield "oa:exact", ox.Literal(evidence.quote)
        yield "oa:start", ox.Literal(evidence.span.start)
        yield "oa:end", ox.Literal(evidence.span.end)

    def _reading(self, evidence: Evidence) -> Pairs:
        yield "rdf:type", self._node("kg:Reading")
        yield "kg:sentence", ox.Literal(evidence.sentence)
        yield "kg:subjectSpan", ox.Literal(chars(evidence.subject))
        yield "kg:objectSpan", ox.Literal(chars(evidence.object))
        yield "kg:extractor", ox.Literal(evidence.extractor)
        if evidence.relation:
            yield "kg:relationSpan", ox.Literal(" ".join(map(chars, evidence.relation)))
        for cue in evidence.cues:
            yield "kg:cue", ox.Literal(cue_line(cue))

    def _end(self, end: str | Literal) -> Value:
        if isinstance(end, str):
            return self._node(f":{end}")
        return ox.Literal(end.value, datatype=self._node(end.datatype))

    def _date(self, value: str) -> ox.Literal:
        return ox.Literal(value, datatype=self._node(date_type(value)))

    def _score(self, score: float) -> ox.Literal:
        return ox.Literal(decimal(score), datatype=self._node("xsd:decimal"))

    def _named(self, curie: str) -> ox.NamedNode:
        return ox.NamedNode(self._names.iri(curie))


def _dated(statement: Statement) -> bool:
    end = statement.object
    return isinstance(end, Literal) and end.datatype in DATES
