"""Quads -> nouns: the way back, from a dataset with named graphs or a flattened one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import (
    ENTITY_TYPES,
    Attribution,
    Certainty,
    Entity,
    Evidence,
    Header,
    Judgement,
    KnownLink,
    Link,
    Literal,
    Mention,
    Polarity,
    Qualifier,
    Relation,
    Statement,
)
from kg.store.notation import cue_of, mention_of, place, span_of, split_place
from kg.store.order import cue_key, evidence_key, known_link_key, link_key, mention_key
from kg.vocab import CLASS_OF_TYPE, Namespaces

Node: TypeAlias = ox.NamedNode | ox.Literal

TYPE_OF_CLASS: Final = {curie: type_ for type_, curie in CLASS_OF_TYPE.items()}


class Description:
    """All that is known of one node: its values by predicate."""

    def __init__(self, node: ox.NamedNode, quads: Iterator[ox.Quad], names: Namespaces) -> None:
        self.node = node
        self._names = names
        self._values: defaultdict[str, list[Node]] = defaultdict(list)
        for quad in quads:
            self._values[quad.predicate.value].append(cast(Node, quad.object))

    def all(self, curie: str) -> list[Node]:
        return self._values.get(self._names.iri(curie), [])

    def maybe(self, curie: str) -> Node | None:
        return min(self.all(curie), key=str, default=None)

    def one(self, curie: str) -> Node:
        value = self.maybe(curie)
        if value is None:
            raise StoreError(f"<{self.node.value}> has no {curie}; was the file written by kg?")
        return value

    def text(self, curie: str) -> str:
        return self.one(curie).value

    def texts(self, curie: str) -> list[str]:
        return sorted(each.value for each in self.all(curie))


class Recall:
    """Reads nouns from a graph. What many nouns share (documents, relations) is read once."""

    def __init__(self, graph: ox.Store, names: Namespaces) -> None:
        self._graph = graph
        self._names = names
        self._node = cache(lambda curie: ox.NamedNode(names.iri(curie)))
        # caches are dicts: `cache` of a method would be a circle that keeps the directory locked
        self._document_ids: dict[str, str] = {}
        self._lemmas: dict[str, str] = {}

    def headers(self) -> list[Header]:
        """By id."""
        headers = map(self._header, self._subjects("dcterms:identifier"))
        return sorted(headers, key=lambda each: each.id)

    def entities(self) -> Iterator[Entity]:
        """By id."""
        entity = self._names.prefixes[""]
        instances = (node for curie in TYPE_OF_CLASS for node in self._instances(curie))
        nodes = {node for node in instances if node.value.startswith(entity)}
        return map(self.entity, sorted(nodes, key=lambda each: each.value))

    def statements(self) -> Iterator[Statement]:
        """By id."""
        nodes = self._instances("kg:Statement")
        return map(self.statement, sorted(nodes, key=lambda each: each.value))

    def links(self) -> Iterator[Link]:
        """By left and right mention."""
        links = map(self._link, self._instances("kg:Link"))
        return iter(sorted(links, key=link_key))

    def links_of(self, entity: ox.NamedNode) -> Iterator[Link]:
        """The links at a mention of the entity, by left and right mention."""
        mentions = self._subjects("kg:entity", entity)
        ends = [(curie, mention) for mention in mentions for curie in ("kg:left", "kg:right")]
        nodes = {node for curie, mention in ends for node in self._subjects(curie, mention)}
        return iter(sorted(map(self._link, nodes), key=link_key))

    def known_links(self, entity: ox.NamedNode | None = None) -> Iterator[KnownLink]:
        """The judgements on known things, by mention and IRI; of one entity where it is given."""
        if entity is None:
            nodes = self._instances("kg:KnownLink")
        else:
            mentions = self._subjects("kg:entity", entity)
            nodes = [node for each in mentions for node in self._subjects("kg:named", each)]
        return iter(sorted(map(self._known_link, nodes), key=known_link_key))

    def entity(self, node: ox.NamedNode) -> Entity:
        known = self._described(node)
        classes = {TYPE_OF_CLASS.get(self._names.curie(each)) for each in known.texts("rdf:type")}
        mentions = map(self._mention, self._subjects("kg:entity", node))
        exact = known.maybe("skos:exactMatch")
        return Entity(
            id=self._local(node, ""),
            label=known.text("rdfs:label"),
            type=next((each for each in ENTITY_TYPES if each in classes), "Thing"),
            aliases=tuple(known.texts("skos:altLabel")),
            mentions=tuple(sorted(mentions, key=mention_key)),
            exact=exact.value if exact else None,
        )

    def statement(self, node: ox.NamedNode) -> Statement:
        known = self._described(node)
        time, where = known.maybe("kg:time"), known.maybe("kg:place")
        lemma = self._lemma(known.one("rdf:predicate"))
        return Statement(
            subject=self._local(known.one("rdf:subject"), ""),
            relation=Relation(lemma, known.text("kg:relationLabel")),
            object=self._end(known, "rdf:object"),
            evidence=tuple(self._evidences(node)),
            qualifiers=tuple(self._qualifiers(known)),
            polarity=cast(Polarity, self._local(known.one("kg:polarity"), "kg").lower()),
            certainty=cast(Certainty, self._local(known.one("kg:certainty"), "kg").lower()),
            attribution=self._attribution(known),
            time=time.value if time else None,
            place=self._local(where, "") if where else None,
            score=float(known.text("kg:score")),
            id=self._local(node, "stmt"),
        )

    def _header(self, node: ox.NamedNode) -> Header:
        known = self._described(node)
        title, date = known.maybe("dcterms:title"), known.maybe("dcterms:date")
        return Header(
            id=known.text("dcterms:identifier"),
            source=known.text("dcterms:source"),
            title=title.value if title else None,
            date=date.value if date else None,
            language=known.text("dcterms:language"),
        )

    def _mention(self, node: ox.NamedNode) -> Mention:
        document, span = split_place(node.value)
        line = self._described(node).text("kg:mention")
        return mention_of(self._document_id(document), span, line)

    def _link(self, node: ox.NamedNode) -> Link:
        known = self._described(node)
        left, right = (split_place(known.text(curie)) for curie in ("kg:left", "kg:right"))
        return Link(
            left=place(self._document_id(left[0]), left[1]),
            right=place(self._document_id(right[0]), right[1]),
            judgement=cast(Judgement, known.text("kg:judgement")),
            score=float(known.text("kg:score")),
            reason=known.text("kg:reason"),
        )

    def _known_link(self, node: ox.NamedNode) -> KnownLink:
        known = self._described(node)
        document, span = split_place(known.text("kg:named"))
        return KnownLink(
            mention=place(self._document_id(document), span),
            iri=known.text("kg:known"),
            judgement=cast(Judgement, known.text("kg:judgement")),
            score=float(known.text("kg:score")),
            reason=known.text("kg:reason"),
        )

    def _end(self, known: Description, curie: str) -> str | Literal:
        end = known.one(curie)
        if isinstance(end, ox.NamedNode):
            return self._local(end, "")
        words = known.text("kg:literalText")
        return Literal(end.value, self._names.curie(end.datatype.value), words)

    def _attribution(self, known: Description) -> Attribution | None:
        source = known.maybe("kg:attributedTo")
        if source is None:
            return None
        cue = known.text("kg:attributionCue")
        if isinstance(source, ox.NamedNode):
            return Attribution(self._local(source, ""), cue)
        return Attribution(Literal(source.value, "xsd:string", source.value), cue)

    def _qualifiers(self, statement: Description) -> Iterator[Qualifier]:
        nodes = [cast(ox.NamedNode, each) for each in statement.all("kg:qualifier")]
        for node in sorted(nodes, key=lambda each: (len(each.value), each.value)):
            known = self._described(node)
            value = self._end(known, "kg:value") if known.maybe("kg:value") else None
            yield Qualifier(known.text("kg:role"), known.text("kg:text"), value)

    def _evidences(self, statement: ox.NamedNode) -> list[Evidence]:
        readings = map(self._described, self._subjects("kg:statement", statement))
        return sorted(map(self._evidence, readings), key=evidence_key)

    def _evidence(self, reading: Description) -> Evidence:
        quote = self._described(cast(ox.NamedNode, reading.one("kg:evidence")))
        document, span = split_place(quote.node.value)
        cues = map(cue_of, reading.texts("kg:cue"))
        return Evidence(
            document=self._document_id(document),
            sentence=int(reading.text("kg:sentence")),
            span=span,
            quote=quote.text("oa:exact"),
            subject=span_of(reading.text("kg:subjectSpan")),
            relation=tuple(
                span_of(one) for text in reading.texts("kg:relationSpan") for one in text.split()
            ),
            object=span_of(reading.text("kg:objectSpan")),
            cues=tuple(sorted(cues, key=cue_key)),
            extractor=reading.text("kg:extractor"),
        )

    def _described(self, node: ox.NamedNode) -> Description:
        quads = self._graph.quads_for_pattern(node, None, None, None)
        return Description(node, quads, self._names)

    def _instances(self, class_: str) -> list[ox.NamedNode]:
        return self._subjects("rdf:type", self._node(class_))

    def _subjects(self, predicate: str, value: Node | None = None) -> list[ox.NamedNode]:
        quads = self._graph.quads_for_pattern(None, self._node(predicate), value, None)
        return [cast(ox.NamedNode, quad.subject) for quad in quads]

    def _local(self, node: Node, prefix: str) -> str:
        return node.value.removeprefix(self._names.prefixes[prefix])

    def _document_id(self, iri: str) -> str:
        if iri not in self._document_ids:
            document = self._described(ox.NamedNode(iri))
            self._document_ids[iri] = document.text("dcterms:identifier")
        return self._document_ids[iri]

    def _lemma(self, relation: Node) -> str:
        iri = relation.value
        if iri not in self._lemmas:
            self._lemmas[iri] = self._described(ox.NamedNode(iri)).text("rdfs:label")
        return self._lemmas[iri]
