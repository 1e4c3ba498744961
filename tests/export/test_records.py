"""The statement record is a public interface: its keys, its words and its order are fixed."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.export.records import line, records
from kg.model import Corpus, Span
from kg.store import Store
from kg.vocab import Namespaces

CORPORA = runpy.run_path(str(Path(__file__).parents[1] / "store" / "corpora.py"))
TEXTS: dict[str, str] = CORPORA["TEXTS"]
BASE = "https://example.org/kg/"


@pytest.fixture
def corpus() -> Corpus:
    made: Corpus = CORPORA["oswald"]()
    return made


def test_a_record_has_the_shape_of_the_contract(corpus: Corpus) -> None:
    first = next(each for each in records(corpus) if each["time"] == "1963-09-28")
    assert json.loads(line(first)) == {
        "id": first["id"],
        "document": "jfk-files",
        "subject": {
            "id": BASE + "entity/Lee_Harvey_Oswald",
            "label": "Lee Harvey Oswald",
            "type": "Person",
            "aliases": ["Oswald"],
        },
        "relation": {
            "id": BASE + "relation/meet_with",
            "label": "met with",
            "lemma": "meet with",
        },
        "object": {
            "id": BASE + "entity/Valeriy_Kostikov",
            "label": "Kostikov",
            "type": "Person",
            "aliases": [],
        },
        "qualifiers": [
            {
                "role": "in",
                "text": "in Mexico City",
                "id": BASE + "entity/Mexico_City",
                "label": "Mexico City",
            },
            {
                "role": "on",
                "text": "on Sept. 28, 1963",
                "value": "1963-09-28",
                "datatype": "xsd:date",
                "label": "Sept. 28, 1963",
            },
        ],
        "polarity": "positive",
        "certainty": "certain",
        "attribution": None,
        "time": "1963-09-28",
        "place": {"id": BASE + "entity/Mexico_City", "label": "Mexico City"},
        "score": 0.93,
        "evidence": [
            {
                "document": "jfk-files",
                "start": 0,
                "end": 58,
                "text": "Oswald met with Kostikov in Mexico City on Sept. 28, 1963.",
                "subject": {"start": 0, "end": 6, "text": "Oswald"},
                "relation": {"text": "met with", "spans": [[7, 15]]},
                "object": {"start": 16, "end": 24, "text": "Kostikov"},
                "cues": [],
            }
        ],
    }


def test_the_keys_are_in_the_order_of_the_contract(corpus: Corpus) -> None:
    keys = "id document subject relation object qualifiers polarity certainty attribution time"
    for record in records(corpus):
        assert list(record) == [*keys.split(), "place", "score", "evidence"]


def test_every_quote_and_span_is_exactly_what_the_document_says(corpus: Corpus) -> None:
    for evidence in (each for record in records(corpus) for each in record["evidence"]):
        text = TEXTS[evidence["document"]]
        for part in (evidence, evidence["subject"], evidence["object"], *evidence["cues"]):
            assert part["text"] == text[part["start"] : part["end"]]
        spans = evidence["relation"]["spans"]
        assert evidence["relation"]["text"] == " ".join(text[start:end] for start, end in spans)


def test_records_are_sorted_by_document_and_place(corpus: Corpus) -> None:
    places = [(each["document"], each["evidence"][0]["start"]) for each in records(corpus)]
    assert places == sorted(places)


def test_the_order_of_what_is_given_does_not_matter(corpus: Corpus) -> None:
    turned = Corpus(*(tuple(reversed(getattr(corpus, part))) for part in corpus.__slots__))
    assert list(map(line, records(turned))) == list(map(line, records(corpus)))


def test_a_store_gives_the_same_records_as_the_corpus_it_holds(corpus: Corpus) -> None:
    store = Store()
    store.load(corpus)
    assert list(records(store.corpus())) == list(records(corpus))


def by_label(corpus: Corpus, label: str) -> dict[str, Any]:
    return next(each for each in records(corpus) if each["relation"]["label"] == label)


def test_a_literal_object_has_value_datatype_and_words(corpus: Corpus) -> None:
    expected = {"value": "23", "datatype": "xsd:integer", "label": "23 years"}
    assert by_label(corpus, "was old")["object"] == expected


def test_an_attribution_names_an_entity_or_is_words_alone(corpus: Corpus) -> None:
    sources = [each["attribution"] for each in records(corpus) if each["attribution"]]
    assert sources == [
        {
            "id": BASE + "entity/J_Edgar_Hoover",
            "label": "Hoover",
            "aliases": [],
            "cue": "claimed",
        },
        {"id": None, "label": "Critics", "cue": "say"},
    ]


def test_a_denial_names_its_cue(corpus: Corpus) -> None:
    (evidence,) = by_label(corpus, "did not meet with")["evidence"]
    assert evidence["cues"] == [{"kind": "negation", "start": 22, "end": 25, "text": "not"}]


def test_a_statement_of_two_documents_is_one_record_or_one_a_document(corpus: Corpus) -> None:
    together = [each for each in records(corpus) if each["time"] == "1963"]
    apart = [each for each in records(corpus, per_document=True) if each["time"] == "1963"]
    assert [[place["document"] for place in each["evidence"]] for each in together] == [
        ["jfk-files", "memo 7/b"]
    ]
    assert [(each["document"], len(each["evidence"])) for each in apart] == [
        ("jfk-files", 1),
        ("memo 7/b", 1),
    ]
    assert len({each["id"] for each in together + apart}) == 1


def test_words_outside_the_sentence_come_from_the_mention(corpus: Corpus) -> None:
    member = next(each for each in corpus.statements if each.relation.lemma == "be member of")
    (evidence,) = member.evidence
    moved = replace(member, evidence=(replace(evidence, subject=Span(16, 24)),))
    (record,) = records(replace(corpus, statements=(moved,)))
    assert record["evidence"][0]["subject"] == {"start": 16, "end": 24, "text": "Kostikov"}


def test_iris_have_the_base_of_the_user(corpus: Corpus) -> None:
    names = Namespaces("https://data.example.net/x/")
    for record in records(corpus, names):
        assert record["subject"]["id"].startswith(names.base)
        assert record["relation"]["id"].startswith(names.base)


def test_a_line_is_one_line_for_everybody() -> None:
    written = line({"text": "a\nb\r\u2028c\u2029d\x85é"})
    assert len(written.splitlines()) == 1
    assert json.loads(written) == {"text": "a\nb\r\u2028c\u2029d\x85é"}
    assert "é" in written
