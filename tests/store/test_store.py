"""One door to storage: memory and disk pass the same contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import oswald

from kg.errors import StoreError
from kg.model import Corpus, Header
from kg.store import Store, canonical
from kg.vocab import Namespaces

EMPTY = Corpus((), (), (), ())


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with Store() if request.param == "memory" else Store.open(tmp_path / "store") as opened:
        yield opened


def test_what_is_loaded_is_read_back(store: Store) -> None:
    store.load(oswald())
    assert store.corpus() == canonical(oswald())


def test_loading_replaces_what_was_there(store: Store) -> None:
    store.load(oswald())
    store.load(Corpus((Header("a", "a.txt"),), (), (), ()))
    assert store.headers() == (Header("a", "a.txt"),)
    assert not list(store.statements())


def test_a_corpus_that_is_refused_leaves_the_store_as_it_was(store: Store) -> None:
    store.load(oswald())
    size = len(store)
    with pytest.raises(StoreError):
        store.load(replace(oswald(), entities=()))
    assert len(store) == size


def test_an_empty_corpus_is_a_store_without_nouns(store: Store) -> None:
    store.load(EMPTY)
    assert store.corpus() == EMPTY


def test_one_entity_and_one_statement_are_found_by_id(store: Store) -> None:
    store.load(oswald())
    for entity in store.entities():
        assert store.entity(entity.id) == entity
    for statement in store.statements():
        assert store.statement(statement.id) == statement


@pytest.mark.parametrize("id_", ["Nobody", "", "a b", "U.S."])
def test_an_unknown_id_is_an_error(store: Store, id_: str) -> None:
    store.load(oswald())
    with pytest.raises(StoreError, match="nothing of that id"):
        store.entity(id_)


def test_the_links_of_an_entity_are_those_at_its_mentions(store: Store) -> None:
    store.load(oswald())
    assert [each.judgement for each in store.links("Valeriy_Kostikov")] == ["different"]
    assert list(store.links("Lee_Harvey_Oswald")) == list(store.links())
    assert not list(store.links("KGB"))


def test_only_plain_statements_are_bare_triples(store: Store) -> None:
    store.load(oswald())
    entities = {f":{each.id}": each for each in store.entities()}
    answer = store.query("SELECT ?s ?p ?o { ?s ?p ?o . ?p a rdf:Property }").readable(store.names)
    bare = {(s, o) for s, p, o in answer if s in entities and p.startswith("rel:")}
    plain = [each for each in oswald().statements if each.plain]
    assert bare == {
        (
            f":{each.subject}",
            f":{each.object}" if isinstance(each.object, str) else each.object.value,
        )
        for each in plain
    }
    assert len(bare) < len({(each.subject, each.object) for each in oswald().statements})


def test_what_is_said_is_in_the_default_graph_and_where_in_the_documents(store: Store) -> None:
    store.load(oswald())
    assert store.query("ASK { ?x a kg:Statement }").truth
    for class_ in ("kg:Evidence", "kg:Reading", "kg:Link", "kg:Document"):
        assert not store.query(f"ASK {{ ?x a {class_} }}").truth
        assert store.query(f"ASK {{ GRAPH doc:jfk-files {{ ?x a {class_} }} }}").truth


def test_an_entity_has_a_preferred_label_and_says_how_often_it_is_mentioned(store: Store) -> None:
    store.load(oswald())
    asked = "SELECT ?pref ?also ?mentions ?documents WHERE { :Lee_Harvey_Oswald skos:prefLabel ?pref ; skos:altLabel ?also ; kg:mentionCount ?mentions ; kg:documentCount ?documents }"  # fmt: skip
    assert store.query(asked).readable(store.names) == [("Lee Harvey Oswald", "Oswald", "2", "2")]
    typed = 'ASK { :Fidel_Castro kg:mentionCount "0"^^xsd:integer }'
    assert store.query(typed).truth


def test_judgements_are_records_and_never_assert_identity(store: Store) -> None:
    """A reasoner that met owl:sameAs would fuse for good what is only judged so."""
    store.load(oswald())
    assert store.query("ASK { GRAPH ?g { ?link a kg:Link ; kg:judgement 'same' } }").truth
    identity = [quad for quad in store.to_rdflib().quads() if "sameAs" in str(quad)]
    assert identity == []


def test_there_are_no_blank_nodes(store: Store) -> None:
    store.load(oswald())
    blank = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(isBlank(?s) || isBlank(?o))"
    assert not store.query(f"ASK {{ {blank} }}").truth


def test_every_class_and_relation_in_use_is_declared_with_a_label(store: Store) -> None:
    store.load(oswald())
    ours = f'STRSTARTS(STR(?used), "{store.names.base}")'
    undeclared = f"""
        {{ ?x ?used ?y }} UNION {{ ?x a ?used }} UNION {{ GRAPH ?g {{ ?x ?used ?y }} }}
        UNION {{ GRAPH ?g {{ ?x a ?used }} }}
        FILTER({ours}) FILTER NOT EXISTS {{ ?used a ?class ; rdfs:label ?label }}"""
    assert store.query(f"SELECT DISTINCT ?used {{ {undeclared} }}").rows == ()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.load(oswald())
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")
    with Store.open(tmp_path / "store") as again:
        assert again.corpus() == canonical(oswald())


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store"), pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "store")


def test_a_snapshot_can_be_read_while_the_store_is_open(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.load(oswald())
        store.backup(tmp_path / "snapshot")
        with Store.open(tmp_path / "snapshot", read_only=True) as reader:
            assert reader.corpus() == store.corpus()
        with pytest.raises(StoreError, match="no backup"):
            store.backup(tmp_path / "snapshot")


def test_the_base_of_a_store_is_its_own(tmp_path: Path) -> None:
    names = Namespaces("https://data.example.net/x/")
    with Store.open(tmp_path / "store", names) as store:
        store.load(oswald())
    with Store.open(tmp_path / "store") as again:
        assert again.names.base == names.base
        assert again.corpus() == canonical(oswald())
    with pytest.raises(StoreError, match="its base is https://data"):
        Store.open(tmp_path / "store", Namespaces())


def test_a_base_that_ends_in_a_hash_cannot_hold_documents() -> None:
    with pytest.raises(StoreError, match="ends in /"):
        Store(Namespaces("https://example.org/kg#"))
