"""What RDF says of relations: only of those that occur, what they imply, and mapped inverses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from corpora import oswald

from kg.model import Corpus, Literal, Relation, Statement
from kg.store import Store, canonical
from kg.store.ontology import declarations, reachable

YEAR = Literal("1963", "xsd:gYear", "1963")


def corpus(*relations: str, object_: str | Literal = "KGB") -> Corpus:
    """The statements of one sentence under other relations."""
    first = oswald().statements[0]
    said: tuple[Statement, ...] = tuple(
        replace(first, relation=Relation(each, each), object=object_, id="") for each in relations
    )
    return replace(oswald(), statements=said)


def asked(corpus_: Corpus, triple: str) -> bool | None:
    store = Store()
    store.load(corpus_)
    return store.query(f"ASK {{ {triple} }}").truth


@pytest.mark.parametrize(
    ("relation", "triple"),
    [
        ("be wife of", "rel:be_wife_of rdfs:subPropertyOf rel:be_spouse_of"),
        ("be wife of", "rel:be_spouse_of a owl:SymmetricProperty"),
        ("be wife of", "rel:be_spouse_of rdfs:subPropertyOf schema:spouse"),
        ("be son of", "rel:be_child_of owl:inverseOf rel:be_parent_of"),
        ("found", "rel:be_founded_by owl:inverseOf rel:found"),
        ("found", "rel:be_founded_by rdfs:subPropertyOf schema:founder"),
        ("be born in", "rel:be_born_in rdfs:subPropertyOf schema:birthPlace"),
        ("be derived from", "rel:be_derived_from rdfs:subPropertyOf prov:wasDerivedFrom"),
        ("be member of", "rel:be_member_of rdfs:subPropertyOf wdt:P463"),
    ],
)
def test_a_relation_that_occurs_is_declared(relation: str, triple: str) -> None:
    assert asked(corpus(relation), triple)
    assert not asked(corpus("work near"), triple)


def test_a_founder_is_never_mapped_the_wrong_way() -> None:
    assert not asked(corpus("found"), "rel:found rdfs:subPropertyOf schema:founder")


def test_a_date_property_needs_a_corpus_where_every_object_is_a_date() -> None:
    triple = "rel:die_on rdfs:subPropertyOf schema:deathDate"
    dated = corpus("die on", object_=YEAR)
    mixed = replace(dated, statements=(*dated.statements, *corpus("die on").statements))
    assert asked(dated, triple)
    assert not asked(mixed, triple)


def test_declarations_add_no_bare_triple_and_the_corpus_comes_back() -> None:
    told = corpus("be wife of", "found")
    store = Store()
    store.load(told)
    assert store.corpus() == canonical(told)
    bare = store.query("SELECT ?r { ?s ?r ?o . ?r a rdf:Property . ?o a schema:Organization }")
    assert {row[0] for row in bare.readable(store.names)} == {"rel:be_wife_of", "rel:found"}


def test_every_relation_that_is_named_has_a_label_in_every_file(tmp_path: Path) -> None:
    store = Store()
    store.load(corpus("be wife of", "found", "be son of"))
    for kind in ("facts.ttl", "graph.ttl"):
        store.write(tmp_path / kind, kind)
        read = Store.read(tmp_path / kind)
        missing = (
            "SELECT ?x { ?y owl:inverseOf|rdfs:subPropertyOf ?x . FILTER(STRSTARTS(STR(?x), STR(rel:)))"
            " FILTER NOT EXISTS { ?x rdfs:label ?label } }"
        )
        assert read.query(missing).rows == ()
        assert read.query("ASK { rel:be_founded_by owl:inverseOf rel:found }").truth


def test_declarations_do_not_depend_on_order() -> None:
    lemmas = ["found", "be wife of", "be son of", "meet with"]
    assert list(declarations(lemmas)) == list(declarations(lemmas[::-1]))
    assert set(lemmas) < reachable(lemmas)
