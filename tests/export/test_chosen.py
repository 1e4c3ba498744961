"""Which statements an answer is about."""

from __future__ import annotations

from typing import Any

from kg.export.chosen import chosen
from kg.store import Answer, Term
from kg.vocab import Namespaces


def answer(*rows: tuple[str, ...]) -> Answer:
    terms = (tuple(Term("literal", each) for each in row) for row in rows)
    return Answer("select", tuple(map(str, range(len(rows[0])))), tuple(terms))


def ids(story: list[dict[str, Any]], *rows: tuple[str, ...]) -> list[str]:
    return [
        f"{each['subject']['label']} {each['relation']['lemma']} {each['object']['label']}"
        for each in chosen(story, answer(*rows), Namespaces())
    ]


def test_a_row_of_two_means_what_is_said_between_them(story: list[dict[str, Any]]) -> None:
    assert ids(story, ("Tomas Vey", "Ingrid Lindholm")) == [
        "Tomas Vey meet Ingrid Lindholm",
        "Ingrid Lindholm meet Tomas Vey",
    ]


def test_a_relation_in_the_row_narrows_it(story: list[dict[str, Any]]) -> None:
    row = "Marta Okafor", "Transport Workers Union", "lead"
    assert ids(story, row) == ["Marta Okafor lead Transport Workers Union"]


def test_a_literal_is_an_end_as_well(story: list[dict[str, Any]]) -> None:
    expected = ["Ingrid Lindholm be bear on 3 May 1961"]
    assert ids(story, ("Ingrid Lindholm", "be bear on", "1961-05-03")) == expected
    assert ids(story, ("Ingrid Lindholm", "3 May 1961")) == expected


def test_rows_of_one_mean_what_is_said_among_them(story: list[dict[str, Any]]) -> None:
    assert ids(story, ("Clara Haas",), ("Ingrid Lindholm",), ("Lindholm inquiry",)) == [
        "Clara Haas chair Lindholm inquiry",
        "Ingrid Lindholm testify at Lindholm inquiry",
    ]


def test_one_that_has_to_do_with_none_of_the_others_brings_all_its_own(
    story: list[dict[str, Any]],
) -> None:
    assert ids(story, ("Clara Haas",), ("Lindholm inquiry",), ("Halden Bank",)) == [
        "Halden Bank lend to Vey Capital",
        "Halden Bank sell to Brandsma & Zonen",
        "Clara Haas chair Lindholm inquiry",
    ]


def test_a_name_that_two_bear_means_both(entity: Any, record: Any) -> None:
    twins = entity("Ann Lee", id="a:1"), entity("Ann Lee", id="a:2")
    told = [record(twin, "own", entity("boat"), id=twin["id"]) for twin in twins]
    assert [each["id"] for each in chosen(told, answer(("Ann Lee", "boat")), Namespaces())] == [
        "a:1",
        "a:2",
    ]
