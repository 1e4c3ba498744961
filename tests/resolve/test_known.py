"""Entities and known things: cases as data, what joins entities, and what holds whatever the order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.model import Corpus, Entity, KnownThing, Link, Mention, Span
from kg.pipeline import Reading, settle
from kg.resolve.known import link_known

CASES = Path(__file__).parent.parent / "cases" / "gazetteer.tsv"
THING = re.compile(r"(\w+): ([^|\[]+?)((?: \| [^|\[]+?)*)(?: \[(\w+)\])?")
HOME = "https://example.org/known/"

Read = Callable[..., Reading]


class Case(NamedTuple):
    id: str
    documents: tuple[str, ...]
    things: tuple[KnownThing, ...]
    mention: str
    expectation: str
    failure: str


def known(text: str) -> KnownThing:
    """`a: Label | alias [Type]` as a known thing."""
    match = THING.fullmatch(text)
    assert match, text
    aliases = tuple(match[3].split(" | ")[1:])
    return KnownThing(HOME + match[1], match[2], aliases, match[4])  # type: ignore[arg-type]


def cases() -> Iterator[object]:
    for row in CASES.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, documents, things, mention, expectation, failure = row.split("\t")
            case = Case(
                name,
                tuple(documents.split(" || ")),
                tuple(map(known, things.split(" || "))),
                mention,
                expectation,
                failure,
            )
            marks = [pytest.mark.xfail(strict=True, reason=failure)] if failure else []
            yield pytest.param(case, marks=marks, id=name)


def corpus_of(documents: Sequence[str], things: Sequence[KnownThing], reading: Read) -> Corpus:
    readings = [reading(text, f"document-{n}") for n, text in enumerate(documents)]
    return settle(readings, known=things).corpus


def entity_of(words: str, corpus: Corpus) -> Entity:
    [found] = {
        entity.id: entity
        for entity in corpus.entities
        for mention in entity.mentions
        if words in {mention.text, mention.short}
    }.values()
    return found


def outcome(entity: Entity, corpus: Corpus) -> dict[str, str]:
    """The known things that were judged for an entity, with the judgement."""
    own = {mention.id for mention in entity.mentions}
    judged = {link.iri: link.judgement for link in corpus.known if link.mention in own}
    return {iri.removeprefix(HOME): judgement for iri, judgement in judged.items()}


@pytest.mark.parametrize("case", list(cases()))
def test_an_entity_is_linked_as_a_reader_would(case: Case, reading: Read) -> None:
    corpus = corpus_of(case.documents, case.things, reading)
    entity = entity_of(case.mention, corpus)
    what, *keys = case.expectation.split()
    judged = outcome(entity, corpus)
    assert entity.exact == (HOME + keys[0] if what == "linked" else None)
    wanted = {"linked": "same", "unsure": "unsure", "other": "different"}.get(what)
    assert sorted(key for key, judgement in judged.items() if judgement == wanted) == keys
    assert "same" not in judged.values() or what == "linked"
    if what == "none":
        assert judged == {}


def test_two_documents_are_joined_by_a_thing_that_has_both_names(reading: Read) -> None:
    documents = ["Odile Brandt paints.", "Odile Sandoval died in Genoa."]
    apart = corpus_of(documents, [], reading)
    assert entity_of("Odile Brandt", apart).id != entity_of("Odile Sandoval", apart).id
    joined = corpus_of(documents, [known("a: Odile Brandt | Odile Sandoval [Person]")], reading)
    entity = entity_of("Odile Brandt", joined)
    assert entity == entity_of("Odile Sandoval", joined)
    assert entity.exact == HOME + "a"
    [link] = [each for each in joined.links if HOME in each.reason]
    assert (link.judgement, link.score) == ("same", 0.9)


def entity(
    name: str, type_: str = "Person", number: int = 0, document: str = "d", *more: str
) -> Entity:
    """An entity with a mention for each of its names."""
    mentions = []
    for n, text in enumerate((name, *more)):
        at = Span(number * 1000 + n * 100, number * 1000 + n * 100 + len(text))
        id_ = f"{document}#char={at.start},{at.end}"
        mentions.append(Mention(id_, document, at, at, text, 0, type_, "name"))  # type: ignore[arg-type]
    return Entity(f"{name}-{number}", name, type_, more, tuple(mentions))  # type: ignore[arg-type]


def link(left: Entity, right: Entity, judgement: str) -> Link:
    return Link(left.mentions[0].id, right.mentions[0].id, judgement, 0.9, "")  # type: ignore[arg-type]


def never(links: Sequence[Link]) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    raise AssertionError("nothing is to be joined")


def test_what_is_judged_different_is_not_linked_to_one_thing() -> None:
    father, son = entity("Hugo Vance"), entity("Hugo Vance", number=1)
    apart = [link(father, son, "different")]
    entities, _, judged = link_known([father, son], apart, [known("a: Hugo Vance [Person]")], never)
    assert [each.exact for each in entities] == [None, None]
    assert [each.judgement for each in judged] == ["unsure", "unsure"]
    assert all("judged different" in each.reason for each in judged)


def test_a_person_and_a_firm_are_not_linked_to_one_thing_of_no_type() -> None:
    both = [entity("Hugo Vance"), entity("Hugo Vance", "Organization", 1)]
    entities, _, judged = link_known(both, [], [known("a: Hugo Vance")], never)
    assert [each.exact for each in entities] == [None, None]
    assert "a Person" in judged[0].reason


def test_a_join_that_is_refused_leaves_both_unlinked() -> None:
    """As where a person wrote into links.toml that they are two."""
    both = (entity("Odile Brandt"), entity("Odile Sandoval", number=1))

    def refuse(links: Sequence[Link]) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
        return both, tuple(
            Link(each.left, each.right, "unsure", each.score, f"{each.reason}; no")
            for each in links
        )

    thing = known("a: Odile Brandt | Odile Sandoval [Person]")
    entities, links, judged = link_known(both, [], [thing], refuse)
    assert [each.exact for each in entities] == [None, None]
    assert {each.judgement for each in judged} == {"unsure"}
    assert links == ()


@pytest.mark.parametrize("merged", [True, False])
def test_a_bare_surname_is_linked_but_joins_nothing(merged: bool) -> None:
    both = (entity("Hugo Vance"), entity("Vance", number=1, document="e"))
    thing = known("a: Hugo Vance | Vance [Person]")
    entities, links, judged = link_known(both, [], [thing], lambda more: (both, ()), merged=merged)
    assert [each.exact for each in entities] == [thing.iri, thing.iri]
    assert links == ()
    assert sorted(each.score for each in judged) == [0.7, 0.95]


def test_the_strict_view_joins_nothing_by_a_known_thing() -> None:
    both = (entity("Odile Brandt"), entity("Odile Sandoval", number=1, document="e"))
    thing = known("a: Odile Brandt | Odile Sandoval [Person]")

    def join(links: Sequence[Link]) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
        return both[:1], tuple(links)

    assert len(link_known(both, [], [thing], join)[0]) == 1
    strict = link_known(both, [], [thing], join, merged=False)
    assert [each.exact for each in strict[0]] == [thing.iri, thing.iri]
    assert strict[1] == ()


def test_names_of_one_entity_that_mean_two_things_leave_it_unlinked() -> None:
    one = entity("Hugo James Vance", "Person", 0, "d", "Robert Sattler")
    things = [known("a: Hugo James Vance [Person]"), known("b: Robert Sattler [Person]")]
    [linked], _, judged = link_known([one], [], things, never)
    assert linked.exact is None
    assert "another" in judged[0].reason


@pytest.mark.parametrize(
    ("name", "type_", "thing", "linked"),
    [
        ("Kettles", "Organization", "a: General Kettles [Organization]", False),
        ("Kettles Company", "Organization", "a: General Kettles Company [Organization]", False),
        ("General Kettles", "Organization", "a: General Kettles [Organization]", True),
        ("the General Kettles", "Organization", "a: General Kettles [Organization]", True),
        ("Queen Odile", "Thing", "a: Odile [Person]", False),
        ("Ines Sandoval", "Person", "a: President Ines Sandoval [Person]", True),
        ("Ines Sandoval", "Person", "a: Dr. Ines Sandoval [Person]", True),
        ("Sandoval", "Person", "a: Dr. Sandoval [Person]", True),
    ],
)
def test_a_title_that_may_be_part_of_a_name_is_not_dropped(
    name: str, type_: str, thing: str, linked: bool
) -> None:
    [found], _, _ = link_known([entity(name, type_)], [], [known(thing)], never)
    assert (found.exact is not None) == linked


def test_many_things_of_one_name_are_counted_and_not_all_recorded() -> None:
    things = [KnownThing(f"{HOME}{n:02}", "Springfield", (), "Place") for n in range(30)]
    _, _, judged = link_known([entity("Springfield", "Place")], [], things, never)
    assert len(judged) == 10
    assert "10 of 30" in judged[0].reason


def test_the_order_of_things_and_documents_changes_nothing(reading: Read) -> None:
    texts = [
        "Hugo Vance met Clara Moss in Genoa.",
        "The OBL sued Hugo Vance.",
        "Odile Sandoval left Lyon.",
        "Odile Brandt paints.",
    ]
    things = [
        known("a: Hugo Vance [Person]"),
        known("b: Hugo Vance"),
        known("c: Odile Brandt | Odile Sandoval"),
        known("d: Office of Boats and Locks | OBL"),
        known("e: Genoa [Place]"),
    ]
    readings = [reading(text, f"document-{n}") for n, text in enumerate(texts)]
    first = settle(readings, known=things).corpus
    assert settle(readings[::-1], known=things[::-1]).corpus == first
    assert len(first.known) == 5


def test_without_known_things_nothing_is_judged(reading: Read) -> None:
    corpus = corpus_of(["Hugo Vance met Clara Moss in Genoa."], [], reading)
    assert corpus.known == ()
    assert all(each.exact is None for each in corpus.entities)
