"""Statements as JSON records, one a line: a public interface (DESIGN.md, section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from kg.model import Corpus, Entity, Evidence, Literal, Qualifier, Relation, Span, Statement
from kg.store import canonical, relation_iri
from kg.vocab import Namespaces

Record = dict[str, Any]


def records(
    corpus: Corpus, names: Namespaces | None = None, *, per_document: bool = False
) -> Iterator[Record]:
    """The records of a corpus, sorted by document and place.

    One a statement, its document that of the first evidence; with `per_document` one a statement
    and document, with the evidence of that document, under the same id.

    Raises StoreError for a corpus that names what it does not hold, as a store does.

    >>> list(records(Corpus((), (), (), ())))
    []
    """
    tidy = canonical(corpus)
    record = _Recorder({each.id: each for each in tidy.entities}, names or Namespaces())
    pairs = ((each, each.evidence) for each in tidy.statements)
    if per_document:
        pairs = ((each, places) for each in tidy.statements for places in _by_document(each))
    return (record(*pair) for pair in sorted(pairs, key=_order))


def line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON, without the line end.

    >>> line({"id": "9f3c51", "label": "Jiří"})
    '{"id": "9f3c51", "label": "Jiří"}'
    """
    text = json.dumps(record, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _by_document(statement: Statement) -> Iterator[tuple[Evidence, ...]]:
    for _, places in groupby(statement.evidence, key=lambda each: each.document):
        yield tuple(places)


def _order(pair: tuple[Statement, tuple[Evidence, ...]]) -> tuple[object, ...]:
    statement, (first, *_) = pair
    spans = first.span, first.subject, first.relation, first.object
    return first.document, *spans, statement.relation.lemma, statement.id


class _Recorder:
    """Makes records; knows the entities by id."""

    def __init__(self, entities: Mapping[str, Entity], names: Namespaces) -> None:
        self._entities = entities
        self._names = names

    def __call__(self, statement: Statement, places: tuple[Evidence, ...]) -> Record:
        return {
            "id": statement.id,
            "document": places[0].document,
            "subject": self._entity(statement.subject),
            "relation": self._relation(statement.relation),
            "object": self._object(statement.object),
            "qualifiers": list(map(self._qualifier, statement.qualifiers)),
            "polarity": statement.polarity,
            "certainty": statement.certainty,
            "attribution": self._attribution(statement),
            "time": statement.time,
            "place": self._named(statement.place) if statement.place else None,
            "score": statement.score,
            "evidence": [self._evidence(statement, each) for each in places],
        }

    def _named(self, id_: str) -> Record:
        return {"id": self._names.iri(f":{id_}"), "label": self._entities[id_].label}

    def _entity(self, id_: str) -> Record:
        entity = self._entities[id_]
        exact = {} if entity.exact is None else {"exact": entity.exact}
        return {**self._named(id_), "type": entity.type, "aliases": list(entity.aliases), **exact}

    def _relation(self, relation: Relation) -> Record:
        iri = relation_iri(self._names, relation.lemma)
        return {"id": iri, "label": relation.label, "lemma": relation.lemma}

    def _object(self, object_: str | Literal) -> Record:
        return _literal(object_) if isinstance(object_, Literal) else self._entity(object_)

    def _qualifier(self, qualifier: Qualifier) -> Record:
        words = {"role": qualifier.role, "text": qualifier.text}
        if qualifier.value is None:
            return {**words, "id": None, "label": None}
        if isinstance(qualifier.value, Literal):
            return {**words, **_literal(qualifier.value)}
        return {**words, **self._named(qualifier.value)}

    def _attribution(self, statement: Statement) -> Record | None:
        if statement.attribution is None:
            return None
        source, cue = statement.attribution.source, statement.attribution.cue
        if isinstance(source, Literal):
            return {"id": None, "label": source.text, "cue": cue}
        aliases = list(self._entities[source].aliases)
        return {**self._named(source), "aliases": aliases, "cue": cue}

    def _evidence(self, statement: Statement, evidence: Evidence) -> Record:
        words = [self._words(evidence, statement, span) for span in evidence.relation]
        return {
            "document": evidence.document,
            "start": evidence.span.start,
            "end": evidence.span.end,
            "text": evidence.quote,
            "subject": self._place(evidence, statement, evidence.subject),
            "relation": {
                "text": " ".join(words),
                "spans": [[span.start, span.end] for span in evidence.relation],
            },
            "object": self._place(evidence, statement, evidence.object),
            "cues": [
                {"kind": cue.kind, "start": cue.span.start, "end": cue.span.end, "text": cue.text}
                for cue in evidence.cues
            ],
        }

    def _place(self, evidence: Evidence, statement: Statement, span: Span) -> Record:
        text = self._words(evidence, statement, span)
        return {"start": span.start, "end": span.end, "text": text}

    def _words(self, evidence: Evidence, statement: Statement, span: Span) -> str:
        """The words of a span: from the quote, or from the mention where it lies outside."""
        if span in evidence.span:
            shift = evidence.span.start
            return Span(span.start - shift, span.end - shift).of(evidence.quote)
        ends = [each for each in (statement.subject, statement.object) if isinstance(each, str)]
        mentions = (mention for end in ends for mention in self._entities[end].mentions)
        same = (
            each for each in mentions if (each.document, each.span) == (evidence.document, span)
        )
        return next((each.text for each in same), "")


def _literal(literal: Literal) -> Record:
    return {"value": literal.value, "datatype": literal.datatype, "label": literal.text}
