"""Files of known things: what is read, what is joined, and one clear line for what is wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from corpora import oswald

from kg.errors import GazetteerError, StoreError
from kg.lexicon import rows
from kg.model import ENTITY_TYPES, Entity, KnownLink, KnownThing
from kg.store import Store, canonical, known_things
from kg.store.gazetteer import type_of_class

HEAD = "iri\tlabel\taliases\ttype\n"
ANN = KnownThing("https://example.org/ann", "Ann Lee", ("A. Lee", "Ann"), "Person")
TURTLE = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
ex:ann a schema:Person, ex:Painter ; rdfs:label "Ann Lee" ; skos:altLabel "Ann", "A. Lee" .
ex:mill skos:prefLabel "Mühle"@de, "Mill"@en ; schema:alternateName "Old Mill" ; wdt:P31 wd:Q4830453 .
ex:bo foaf:name "Bo Ray" ; ex:knows ex:ann .
ex:boat schema:name "Nancy" ; a ex:Boat .
ex:both rdfs:label "Port" ; a schema:Place, schema:Organization .
ex:alias skos:altLabel "Only Alias" .
ex:nameless a schema:Person .
[] rdfs:label "blank" .
"""


def write(folder: Path, text: str | bytes, name: str = "known.tsv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    rows_ = "type\tnote\tlabel\taliases\tiri\nPerson\tx\tAnn Lee\tAnn | A. Lee\thttps://example.org/ann\n"
    assert known_things([write(tmp_path, rows_)]) == (ANN,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("iri\tlabel\nhttps://example.org/1\tAnn\n", [("Ann", (), None)]),
        (HEAD + "https://example.org/1\tAnn\n", [("Ann", (), None)]),
        (HEAD + "https://example.org/1\tAnn\tAnn |  | Bo\t\n", [("Ann", ("Bo",), None)]),
        (HEAD + 'https://example.org/1\t"Big" Jim\n', [('"Big" Jim', (), None)]),
        ("\ufeff" + HEAD + "https://example.org/1\tAnn\n", [("Ann", (), None)]),
        ("iri\tlabel\r\nhttps://example.org/1\tAnn\r\n\r\n", [("Ann", (), None)]),
        ("iri\tlabel\nhttps://example.org/1\tAnn", [("Ann", (), None)]),
        ("iri\tlabel\nurn:isbn:1\tAnn\n", [("Ann", (), None)]),
    ],
)
def test_tables_as_people_and_programs_write_them(
    tmp_path: Path, text: str, expected: list[object]
) -> None:
    things = known_things([write(tmp_path, text)])
    assert [(each.label, each.aliases, each.type) for each in things] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("label\ttype\nAnn\tPerson\n", ":1: no column 'iri'"),
        ("iri,label\n", ":1: no column 'iri'"),
        ("iri\tname\n", ":1: no column 'label'"),
        ("iri\tiri\tlabel\n", ":1: more than one column 'iri'"),
        (HEAD + "https://example.org/1\tAnn\nann lee\tAnn\n", ":3: 'ann lee' is no IRI"),
        (HEAD + "<https://example.org/1>\tAnn\n", ":2: '<https://example.org/1>' is no IRI"),
        (HEAD + "wd:Q42\tAnn\n", ":2: 'wd:Q42' is a short form"),
        (HEAD + "\n\tAnn\n", ":3: '' is no IRI"),
        (HEAD + "https://example.org/1\t \n", ":2: <https://example.org/1> has no label"),
        (HEAD + "https://example.org/1\n", ":2: <https://example.org/1> has no label"),
        (HEAD + "https://example.org/1\tAnn\t\tBoat\n", ":2: no type 'Boat'; known: Person"),
        (HEAD + "https://example.org/1\tAnn\t\tPerson\tx\n", ":2: 5 cells, and 4 columns"),
        (b"iri\tlabel\nhttps://example.org/1\t\xff\n", "not UTF-8"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(GazetteerError) as told:
        known_things([path])
    assert str(told.value).startswith(str(path))
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_turtle_gives_labels_aliases_and_types_of_known_vocabularies(tmp_path: Path) -> None:
    things = known_things([write(tmp_path, TURTLE, "known.ttl")])
    home = "https://example.org/"
    assert things == (
        KnownThing(home + "alias", "Only Alias"),
        ANN,
        KnownThing(home + "bo", "Bo Ray"),
        KnownThing(home + "boat", "Nancy"),
        KnownThing(home + "both", "Port"),
        KnownThing(home + "mill", "Mill", ("Mühle", "Old Mill"), "Organization"),
    )


def test_our_own_graph_is_a_gazetteer(tmp_path: Path) -> None:
    store = Store()
    store.load(oswald())
    store.write(tmp_path / "graph.ttl", "graph.ttl")
    things = {each.label: each for each in known_things([tmp_path / "graph.ttl"])}
    assert things["Lee Harvey Oswald"].aliases == ("Oswald",)
    assert things["KGB"].type == "Organization"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("known.ttl", "@prefix a: <http://a/> .\na:b a:c 1 .\na:b zz:c 1 .\n", ":3: "),
        ("known.ttl", "<b> <http://a/c> 1 .\n", ":1: "),
        ("known.nt", '<http://a/b> <http://a/c> "x"\n', "Parser error"),
        ("known.csv", "iri,label\n", "known endings: .tsv, .ttl, .nt"),
    ],
)
def test_broken_rdf_is_told_with_its_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    path = write(tmp_path, text, name)
    with pytest.raises(GazetteerError) as told:
        known_things([path])
    assert str(told.value).startswith(str(path))
    assert words in str(told.value)


@pytest.mark.parametrize("name", ["missing.tsv", "missing.ttl", "folder.tsv"])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.tsv").mkdir()
    with pytest.raises(GazetteerError, match=f"{name}: cannot be read"):
        known_things([tmp_path / name])


@pytest.mark.parametrize("text", ["", HEAD, "iri\tlabel", "iri\tlabel\n\n"])
def test_an_empty_file_is_told_and_is_no_error(tmp_path: Path, text: str) -> None:
    path, empty = write(tmp_path, text), list[Path]()
    assert known_things([path], on_empty=empty.append) == ()
    assert empty == [path]


def test_what_several_lines_and_files_tell_of_one_thing_is_joined_in_any_order(
    tmp_path: Path,
) -> None:
    one, other = "https://example.org/ann", "https://example.org/mill"
    lines = [
        f"{one}\tAnn Lee\tAnn\t",
        f"{one}\tA. Lee\t\tPerson",
        f"{one}\tAnn Lee\t\tThing",
        f"{other}\tMill\t\tPlace",
        f"{other}\tMill\t\tOrganization",
    ]
    found = set()
    for order in permutations(lines):
        files = [
            write(tmp_path, HEAD + "\n".join(part), f"{n}.tsv")
            for n, part in enumerate((order[:2], order[2:]))
        ]
        found.add(known_things(files))
    assert found == {
        (
            KnownThing(one, "A. Lee", ("Ann", "Ann Lee"), "Person"),
            KnownThing(other, "Mill"),
        )
    }


def test_every_class_that_is_known_has_a_type_of_ours() -> None:
    assert {row[1] for row in rows("known_classes")} <= set(ENTITY_TYPES)
    assert len({row[0] for row in rows("known_classes")}) == len(rows("known_classes"))


@pytest.mark.parametrize(
    ("class_", "type_"),
    [
        ("http://schema.org/City", "Place"),
        ("https://schema.org/City", "Place"),
        ("http://xmlns.com/foaf/0.1/Person", "Person"),
        ("http://dbpedia.org/ontology/Company", "Organization"),
        ("http://www.w3.org/ns/org#Organization", "Organization"),
        ("http://www.geonames.org/ontology#Feature", "Place"),
        ("https://example.com/mine/vocab#Group", "Group"),
        ("https://example.com/mine/Group", None),
    ],
)
def test_classes_of_public_vocabularies(class_: str, type_: str | None) -> None:
    assert type_of_class(class_) == type_


def test_a_linked_entity_and_its_judgements_come_back_and_can_be_asked_for() -> None:
    corpus = oswald()
    first = corpus.entities[0]
    iri = "http://www.wikidata.org/entity/Q48745"
    link = KnownLink(first.mentions[0].id, iri, "same", 0.95, "the only one")
    linked = replace(
        corpus, entities=(replace(first, exact=iri), *corpus.entities[1:]), known=(link,)
    )
    store = Store()
    store.load(linked)
    assert store.corpus() == canonical(linked)
    assert store.query(f"ASK {{ :{first.id} skos:exactMatch <{iri}> }}").truth
    assert list(store.known_links(first.id)) == [link]
    assert list(store.known_links("KGB")) == []
    asked = store.query(
        "SELECT ?judgement { GRAPH ?d { ?l a kg:KnownLink ; kg:known ?iri ; kg:judgement ?judgement ;"
        f" kg:named ?m . ?m kg:entity :{first.id} }} FILTER(?iri = <{iri}>) }}"
    )
    assert asked.readable(store.names) == [("same",)]


def test_a_link_to_what_is_no_iri_is_refused() -> None:
    corpus = oswald()
    bad: Entity = replace(corpus.entities[0], exact="Oswald")
    with pytest.raises(StoreError, match="no IRI"):
        canonical(replace(corpus, entities=(bad, *corpus.entities[1:])))
    link = KnownLink(corpus.entities[0].mentions[0].id, "a b", "same", 1.0, "")
    with pytest.raises(StoreError, match="no IRI"):
        canonical(replace(corpus, known=(link,)))
    unknown = KnownLink("nowhere#char=1,2", "http://a/b", "same", 1.0, "")
    with pytest.raises(StoreError, match="not in the corpus"):
        canonical(replace(corpus, known=(unknown,)))
