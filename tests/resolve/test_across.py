"""Across documents: what holds whatever the documents and their order, and what each judgement says."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Entity, EntityType, Evidence, Link, Literal, Mention, Relation, Span, Statement
from kg.resolve import resolve
from kg.resolve.compare import SURE
from kg.resolve.given_names import given_fit
from kg.resolve.people import person_fit, person_name
from kg.resolve.spelling import is_near, is_spelling

Named = tuple[str, EntityType]

# Names that go together in many ways; documents are made of some of them.
NAMES: tuple[Named, ...] = (
    ("Robert Sattler", "Person"), ("Bob Sattler", "Person"), ("R. Sattler", "Person"),
    ("Sattler", "Person"), ("Rosa Sattler", "Person"), ("Robert Sattler Jr.", "Person"),
    ("Robert Sattler Sr.", "Person"), ("John Smith", "Person"), ("Smith", "Person"),
    ("Giorgi Kiknadze", "Person"), ("George Kiknadze", "Person"), ("G. Kiknadze", "Person"),
    ("Corbin Freight", "Organization"), ("Corbin Freight Ltd", "Organization"),
    ("Corbin Freight", "Person"), ("Corbin", "Thing"), ("Sattler", "Place"),
    ("Global Seed Trust", "Organization"), ("Geneva Steel Tribunal", "Organization"),
    ("GST", "Organization"), ("Ministry of Health", "Organization"),
    ("Interior Ministry", "Organization"), ("Kiev", "Place"), ("Kyiv", "Place"), ("Genoa", "Place"),
)  # fmt: skip


def mentions_of(name: str, names: Iterable[Named]) -> list[Mention]:
    """The mentions of a document that is nothing but names."""
    found, place = [], 0
    for text, kind in names:
        span = Span(place, place + len(text))
        found.append(Mention(f"{name}#char={span.start},{span.end}", name, span, span, text, place, kind, "name"))  # fmt: skip
        place = span.end + 1
    return found


DOCUMENTS = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), min_size=1, max_size=7
).map(lambda held: [mentions_of(f"document-{n}", names) for n, names in enumerate(held)])


def owners(entities: Iterable[Entity]) -> dict[str, str]:
    return {m.id: entity.id for entity in entities for m in entity.mentions}


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_documents_and_mentions_changes_nothing(
    documents: list[list[Mention]], dice: object
) -> None:
    mentions = [m for each in documents for m in each]
    shuffled = list(mentions)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled, ()) == resolve(mentions, ())


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.integers(0, 6))
def test_a_document_taken_away_was_never_there(documents: list[list[Mention]], gone: int) -> None:
    left = [m for n, each in enumerate(documents) for m in each if n != gone]
    before = resolve(left, ())
    resolve([m for each in documents for m in each], ())
    assert resolve(left, ()) == before
    assert not any(f"document-{gone}#" in link.left + link.right for link in before[1])


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_same_joins_and_nothing_else_does(documents: list[list[Mention]]) -> None:
    entities, links = resolve([m for each in documents for m in each], ())
    owner = owners(entities)
    for link in links:
        assert (owner[link.left] == owner[link.right]) == (link.judgement == "same"), link
        assert (link.score >= SURE) or link.judgement != "same"
        assert 0 < link.score <= 1
    joined = sum(len(entity.mentions) - 1 for entity in entities)
    assert joined == sum(link.judgement == "same" for link in links)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_strict_joins_nothing_of_different_documents(documents: list[list[Mention]]) -> None:
    entities, links = resolve([m for each in documents for m in each], (), merged=False)
    assert links == ()
    assert all(len({m.document for m in entity.mentions}) == 1 for entity in entities)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.data())
def test_what_a_person_keeps_apart_stays_apart(
    documents: list[list[Mention]], data: st.DataObject
) -> None:
    mentions = [m for each in documents for m in each]
    ids = st.sampled_from(sorted(m.id for m in mentions))
    left, right = data.draw(ids), data.draw(ids)
    if left == right:
        return
    choice = Link(left, right, "different", 1.0, "a person says so")
    owner = owners(resolve(mentions, (), choices=[choice])[0])
    assert owner[left] != owner[right]


def test_a_reason_names_what_both_stand_with() -> None:
    documents = [
        mentions_of("a", [("Séamus Hale", "Person"), ("Corbin Print", "Organization")]),
        mentions_of("b", [("S. Hale", "Person"), ("Corbin Print", "Organization")]),
    ]
    _, links = resolve([m for each in documents for m in each], ())
    (link,) = (k for k in links if "Hale" in k.reason and "initial" in k.reason)
    assert link.judgement == "same"
    assert "both with Corbin Print" in link.reason


def test_many_of_one_common_name_give_few_open_pairs() -> None:
    mentions = [m for n in range(300) for m in mentions_of(f"d{n}", [("John Smith", "Person")])]
    entities, links = resolve(mentions, ())
    assert len(entities) == 300
    assert len(links) <= 4 * 300


def test_a_name_in_ten_thousand_documents_is_one_thing() -> None:
    mentions = [m for n in range(10_000) for m in mentions_of(f"d{n}", [("Genoa", "Place")])]
    assert len(resolve(mentions, ())[0]) == 1


def test_years_of_birth_come_from_statements() -> None:
    documents = [mentions_of(name, [("Tobias Wren", "Person")]) for name in ("a", "b")]
    mentions = [m for each in documents for m in each]
    said = [born(m, year) for m, year in zip(mentions, ("1901", "1954"), strict=True)]
    assert len(resolve(mentions, (), statements=said)[0]) == 2
    assert len(resolve(mentions, (), statements=said[:1])[0]) == 1
    assert len(resolve(mentions, (), statements=[born(m, "1901") for m in mentions])[0]) == 1


def born(mention: Mention, year: str) -> Statement:
    evidence = Evidence(mention.document, 0, mention.span, "", mention.span, (), mention.span)
    relation = Relation("be born on", "was born in")
    return Statement(mention.id, relation, Literal(year, "xsd:gYear", year), (evidence,), time=year)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Bob", "Robert"), ("Kate", "Katherine"), ("Jim", "Séamus"), ("Giorgi", "George"), ("Sasha", "Oleksandr"), ("K", "Kevin"), ("R", "Bob"), ("Mohammed", "Muhammad")],
)  # fmt: skip
def test_given_names_that_one_person_may_bear(left: str, right: str) -> None:
    assert given_fit(left, right)
    assert given_fit(right, left)


@pytest.mark.parametrize(
    ("left", "right"), [("Jim", "John"), ("Anna", "Robert"), ("K", "Robert"), ("James", "Jacob"), ("Maria", "Mario"), ("Paul", "Paula")]
)  # fmt: skip
def test_given_names_of_two_people(left: str, right: str) -> None:
    assert given_fit(left, right) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [("Zhukovsky", "Zhukovskii"), ("Romanoff", "Romanov"), ("Khalid", "Halid"), ("Müller", "Mueller"), ("Xenakis", "Ksenakis"), ("Strauß", "Strauss"), ("McCarthy", "MacCarthy"), ("Tchekhov", "Chekhov")],
)  # fmt: skip
def test_spellings_of_one_surname_sound_alike(left: str, right: str) -> None:
    assert is_spelling(left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("Hale", "Hall"), ("Moss", "Ross"), ("Lindell", "Lindahl"), ("Sattler", "Settle"), ("Ivanov", "Ivanova")]
)  # fmt: skip
def test_surnames_that_are_two(left: str, right: str) -> None:
    assert not is_spelling(left, right)
    assert not is_near(left, right) or right == "Ivanova"  # the form for a woman: near, not equal


@pytest.mark.parametrize(
    ("left", "right", "fits"),
    [
        (("abdel", "al-masri"), ("abdel", "el-masri"), True),
        (("máire", "o’brien"), ("máire", "ó", "briain"), True),
        (("ferenc", "nagy"), ("nagy", "ferenc"), True),
        (("robert", "hale", "jr"), ("robert", "hale", "sr"), False),
        (("robert", "j", "hale"), ("robert", "k", "hale"), False),
        (("robert", "james", "hale"), ("robert", "j", "hale"), True),
        (("r", "j", "hale"), ("robert", "james", "hale"), True),
    ],
)
def test_parts_of_full_names(left: tuple[str, ...], right: tuple[str, ...], fits: bool) -> None:
    assert bool(person_fit(person_name(left), person_name(right))) is fits
