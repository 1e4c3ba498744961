"""What people call things: ids, CURIEs, IRIs, labels and aliases; ambiguity and slips."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpora import oswald

from kg.api.asking import ask
from kg.errors import QueryError
from kg.model import Entity
from kg.store import Store
from kg.store.called import Kind

EVIL = 'Max "the } \\ Hale"\n# x'


@pytest.fixture(scope="module")
def store() -> Store:
    corpus = oswald()
    more = (
        Entity("James_Hale", "James Hale", "Person", ("Hale",), ()),
        Entity("Max_Hale", "Max Hale", "Person", ("Hale", EVIL), ()),
        Entity("kgb", "kgb", "Thing", (), ()),
    )
    loaded = Store()
    loaded.load(replace(corpus, entities=(*corpus.entities, *more)))
    return loaded


@pytest.mark.parametrize(
    ("kind", "key", "local"),
    [
        ("entity", "Lee_Harvey_Oswald", "entity/Lee_Harvey_Oswald"),
        ("entity", ":Lee_Harvey_Oswald", "entity/Lee_Harvey_Oswald"),
        ("entity", "https://example.org/kg/entity/Lee_Harvey_Oswald", "entity/Lee_Harvey_Oswald"),
        ("entity", "<https://example.org/kg/entity/KGB>", "entity/KGB"),
        ("entity", "Lee Harvey Oswald", "entity/Lee_Harvey_Oswald"),
        ("entity", " lee harvey OSWALD ", "entity/Lee_Harvey_Oswald"),
        ("entity", "oswald", "entity/Lee_Harvey_Oswald"),
        ("entity", "KGB", "entity/KGB"),
        ("entity", EVIL, "entity/Max_Hale"),
        ("relation", "meet with", "relation/meet_with"),
        ("relation", "met with", "relation/meet_with"),
        ("relation", "rel:meet_with", "relation/meet_with"),
        ("document", "memo 7/b", "document/memo_7_b-6d7d356a"),
        ("document", "the files", "document/jfk-files"),
        ("document", "doc:jfk-files", "document/jfk-files"),
    ],
)
def test_a_thing_is_found_by_all_that_it_is_called(
    store: Store, kind: Kind, key: str, local: str
) -> None:
    (found,) = store.called().find(kind, key)
    assert found.iri == store.names.base + local


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("entity", "meet with"),
        ("entity", "rel:meet_with"),
        ("entity", "kg:Statement"),
        ("entity", "schema:Person"),
        ("entity", ""),
        ("entity", "a> } #"),
        ("relation", "Kostikov"),
        ("document", "KGB"),
    ],
)
def test_a_thing_of_another_kind_is_none(store: Store, kind: Kind, key: str) -> None:
    assert store.called().find(kind, key) == ()


def told(store: Store, person: str) -> str:
    with pytest.raises(QueryError) as caught:
        ask(store, "about", {"person": person})
    assert "\n" not in str(caught.value).replace(EVIL, "")
    return str(caught.value)


def test_an_ambiguous_name_lists_whom_it_may_mean(store: Store) -> None:
    assert told(store, "hale") == (
        "person: 2 entities are called 'hale'; name one by id: "
        ":James_Hale (James Hale), :Max_Hale (Max Hale)"
    )


def test_an_unknown_name_offers_what_is_near(store: Store) -> None:
    assert "no entity of the graph is called 'Kostikof'; perhaps :Valeriy_Kostikov" in told(
        store, "Kostikof"
    )
    assert told(store, "Nobody Known").endswith("is called 'Nobody Known'")


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("about", {}, "about: person is missing; it takes person=ENTITY (a name"),
        ("about", {"person": "KGB", "who": "x"}, "about: no parameter 'who'; it takes person=ENTITY"),
        ("documents", {"x": "y"}, "documents: no parameter 'x'; it takes none"),
        ("timeline", {"since": "last May"}, "since: 'last May' is no date; write YYYY"),
        ("relation", {"relation": "meat with"}, "perhaps rel:meet_with (meet with)"),
        ("document", {"document": "jfk"}, "perhaps doc:jfk-files (jfk-files)"),
        ("# param n number: n\nSELECT ?n { }", {"n": "many"}, "n: 'many' is no number"),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_one_line(
    store: Store, name: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, name, given)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("text", " as it is ", '" as it is "'),
        ("number", "3", '"3" integer'),
        ("number", "3.5", '"3.5" decimal'),
        ("date", "1963-09-28", '"1963-09-28" date'),
        ("date", "1963-09", '"1963-09" gYearMonth'),
        ("date", "1963", '"1963" gYear'),
        ("date", "1964-21~", '"1964-21~" EDTF'),
    ],
)
def test_a_value_has_the_type_that_is_declared(
    store: Store, type_: str, value: str, term: str
) -> None:
    ((cell,),) = ask(store, f"# param x {type_}: x\nSELECT ?x {{ }}", {"x": value}).rows
    assert cell is not None
    datatype = str(cell.datatype).replace("#", "/").rpartition("/")[2].replace("string", "")
    assert f'"{cell.value}" {datatype}'.strip() == term
