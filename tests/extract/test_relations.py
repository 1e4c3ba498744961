"""Wordings of one relation share its name, and the table that says so is sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import pytest

from kg.extract.relations import common_name, joined
from kg.lexicon import rows
from kg.model import Evidence, Literal, Relation, Span, Statement
from kg.pipeline import Reading, join

LINKS = {"same", "narrower", "inverse", "symmetric", "property"}
# Public properties: what the subject and the object of each are.
PROPERTIES = {
    "schema:alumniOf", "schema:author", "schema:birthDate", "schema:birthPlace", "schema:children",
    "schema:colleague", "schema:deathDate", "schema:founder", "schema:funder", "schema:manufacturer",
    "schema:memberOf", "schema:organizer", "schema:parent", "schema:parentOrganization",
    "schema:publisher", "schema:relatedTo", "schema:sibling", "schema:sponsor", "schema:spouse",
    "schema:subOrganization", "schema:translationOfWork", "schema:translator", "schema:worksFor",
    "prov:actedOnBehalfOf", "prov:wasDerivedFrom", "prov:wasQuotedFrom", "prov:wasRevisionOf",
    "wdt:P19", "wdt:P20", "wdt:P26", "wdt:P27", "wdt:P40", "wdt:P47", "wdt:P50", "wdt:P61", "wdt:P69",
    "wdt:P108", "wdt:P112", "wdt:P119", "wdt:P123", "wdt:P127", "wdt:P137", "wdt:P138", "wdt:P157",
    "wdt:P159", "wdt:P176", "wdt:P178", "wdt:P186", "wdt:P190", "wdt:P287", "wdt:P355", "wdt:P361",
    "wdt:P463", "wdt:P488", "wdt:P551", "wdt:P569", "wdt:P570", "wdt:P655", "wdt:P664", "wdt:P737",
    "wdt:P749", "wdt:P828", "wdt:P859", "wdt:P941", "wdt:P1038", "wdt:P1365", "wdt:P1366",
    "wdt:P1376", "wdt:P1399", "wdt:P1411", "wdt:P1542", "wdt:P1595", "wdt:P1891", "wdt:P3373",
}  # fmt: skip
TABLE = [(*row, "")[:4] for row in rows("relations")]
LINKED = [row for row in TABLE if row[1] != "same"]


def test_every_row_has_a_known_link_and_kind_of_object() -> None:
    for relation, link, target, objects in TABLE:
        assert link in LINKS, relation
        assert objects in {"", "date"}, relation
        assert (target == "-") == (link == "symmetric"), relation
        assert (target in PROPERTIES) == (link == "property"), (relation, target)
        if link != "property":
            assert re.fullmatch(r"-|[a-z][a-z -]*", target), target
    assert len(TABLE) == len(set(TABLE))


def test_the_table_is_large_enough_to_matter() -> None:
    assert len({row[0] for row in TABLE}) >= 350
    assert len({row[2] for row in TABLE if row[1] in {"same", "narrower", "inverse"}}) >= 120


def test_a_wording_has_one_name_which_is_its_own() -> None:
    same = [row for row in TABLE if row[1] == "same"]
    assert len({(row[0], row[3]) for row in same}) == len(same)
    for relation, _, name, objects in same:
        dated = objects == "date"
        assert common_name(relation, dated=dated) == common_name(name, dated=dated)
        assert common_name(name) == name


def test_only_common_names_are_linked() -> None:
    for relation, link, target, _ in LINKED:
        assert common_name(relation) == relation
        if link in {"narrower", "inverse"}:
            assert common_name(target) == target


def test_no_relation_implies_itself() -> None:
    above: defaultdict[str, set[str]] = defaultdict(set)
    for relation, link, target, _ in TABLE:
        if link == "narrower":
            above[relation].add(target)
    for relation in list(above):
        open_, seen = set(above[relation]), set[str]()
        while open_:
            name = open_.pop()
            assert name != relation, relation
            seen.add(name)
            open_ |= above[name] - seen


def test_inverses_are_declared_once_and_are_not_symmetric() -> None:
    inverses = [(row[0], row[2]) for row in TABLE if row[1] == "inverse"]
    mutual = {row[0] for row in TABLE if row[1] == "symmetric"}
    for one, other in inverses:
        assert one != other
        assert (other, one) not in inverses
        assert not {one, other} & mutual
    assert len({one for one, _ in inverses}) == len(inverses)


@pytest.mark.parametrize("target", ["former", "want", "become", "ex-"])
def test_no_wording_hides_a_change_of_status(target: str) -> None:
    assert not [row for row in TABLE if target in row[0].split() or row[0].startswith(target)]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Maren Bly heads Kestrel Foods.", "Maren Bly is head of Kestrel Foods.", "lead"),
        ("Maren Bly purchased Kestrel Foods.", "Maren Bly bought Kestrel Foods.", "buy"),
        ("Maren Bly chairs Kestrel Foods.", "Maren Bly is chairwoman of Kestrel Foods.", "chair"),
        (
            "Tobias Wren assassinated Hugo Vance.",
            "Hugo Vance was assassinated by Tobias Wren.",
            "assassinate",
        ),
        ("Maren Bly owns Kestrel Foods.", "Maren Bly is the owner of Kestrel Foods.", "own"),
    ],
)
def test_two_wordings_are_one_statement_with_two_evidences(
    first: str, second: str, name: str, reading: Callable[..., Reading]
) -> None:
    text = f"{first} {second}"
    (one,) = [s for s in join([reading(text)]).statements if s.relation.lemma == name]
    assert [each.quote for each in one.evidence] == [first, second]
    assert {" ".join(span.of(text) for span in each.relation) for each in one.evidence}


def test_the_label_keeps_the_words_and_nothing_else_changes() -> None:
    at = Evidence("d", 0, Span(0, 9), "Ann is it", Span(0, 3), (Span(4, 6),), Span(7, 9))
    said = Statement("a", Relation("be owner of", "is owner of"), "b", (at,), polarity="negative")
    told = joined(said)
    assert told.relation == Relation("own", "is owner of")
    assert (told.subject, told.object, told.evidence) == ("a", "b", (at,))
    assert told.polarity == "negative"


def test_what_says_more_or_reads_the_other_way_keeps_its_name() -> None:
    for lemma in ("be wife of", "be employed by", "be child of", "be subsidiary of", "co-found"):
        assert common_name(lemma) == lemma


def test_in_a_year_and_on_a_day_are_one_relation_apart_from_in_a_place() -> None:
    year, place = Literal("1950", "xsd:gYear", "1950"), "d#char=0,9"
    born = [
        joined(Statement("a", Relation("be born in", "was born in"), each, ()))
        for each in (year, place)
    ]
    assert [each.relation.lemma for each in born] == ["be born on", "be born in"]


def test_the_table_is_grouped_so_that_people_can_read_it() -> None:
    links = [row[1] for row in TABLE]
    assert sum(a != b for a, b in pairwise(links)) < len(links) / 2
