"""Who is who: cases as data, and what holds whatever the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Corpus, Link
from kg.pipeline import Reading, join
from kg.resolve import resolve
from kg.resolve.clusters import Clusters

FOLDER = Path(__file__).parent.parent / "cases"
FILES = (FOLDER / "entities.tsv", FOLDER / "across.tsv")


class Case(NamedTuple):
    id: str
    documents: tuple[str, ...]
    expectation: str
    left: str
    right: str
    failure: str


def lines() -> Iterator[Case]:
    name, documents = "", ""
    for row in (row for path in FILES for row in path.read_text(encoding="utf-8").splitlines()):
        if row and not row.startswith("#"):
            first, text, *rest = row.split("\t")
            name, documents = (first, text) if first else (name, documents)
            yield Case(name, tuple(documents.split(" || ")), *rest)


def cases() -> list[object]:
    return [
        pytest.param(
            case,
            marks=[pytest.mark.xfail(strict=True, reason=case.failure)] if case.failure else [],
            id=f"{case.id}-{case.expectation}-{case.left}-{case.right}",
        )
        for case in lines()
    ]


Read = Callable[..., Reading]


def corpus_of(documents: tuple[str, ...], reading: Read) -> tuple[Corpus, list[Reading]]:
    readings = [reading(text, f"document-{n}") for n, text in enumerate(documents)]
    return join(readings), readings


def entity_of(words: str, corpus: Corpus, readings: list[Reading]) -> str | None:
    """The entity of a mention named by its words, None where it has none."""
    text, _, number = words.partition("#")
    mentions = [m for r in readings for m in r.mentions if text in {m.text, m.short}]
    wanted = mentions[int(number or 1) - 1].id
    owners = {m.id: entity.id for entity in corpus.entities for m in entity.mentions}
    return owners.get(wanted)


@pytest.mark.parametrize("case", cases())
def test_mentions_are_joined_as_a_reader_would(case: Case, reading: Read) -> None:
    corpus, readings = corpus_of(case.documents, reading)
    left = entity_of(case.left, corpus, readings)
    if case.expectation == "open":
        assert left is not None
        assert left.startswith("unnamed_")
        return
    right = entity_of(case.right, corpus, readings)
    if case.expectation == "same":
        assert left == right
        assert left is not None
    else:
        assert left != right
    if case.expectation == "unsure":
        owners = {m.id: entity.id for entity in corpus.entities for m in entity.mentions}
        open_ = [{owners[k.left], owners[k.right]} for k in corpus.links if k.judgement == "unsure"]
        assert {left, right} in open_


def test_every_case_is_of_a_known_kind() -> None:
    assert {case.expectation for case in lines()} == {"same", "different", "unsure", "open"}


def test_known_failures_are_few() -> None:
    rows = list(lines())
    assert sum(bool(case.failure) for case in rows) <= 0.25 * len(rows)


DOCUMENTS = (
    "Robert Sattler left Genoa. He sold the boat to Clara Vance.",
    "Sattler met Vance in Lyon. The Global Seed Trust paid him.",
    "Robert J. Sattler denied that he met Clara Vance.",
    "The GST hired Anna Sattler. Sattler lives in Genoa.",
    "Vance was seen in Genoa. Corbin Freight Ltd sued R. Sattler.",
    "Corbin Freight bought a crane. The crane fell.",
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(DOCUMENTS), unique=True), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(
    reading: Read, texts: list[str], dice: object
) -> None:
    readings = [reading(text, f"document-{DOCUMENTS.index(text)}") for text in texts]
    shuffled = list(readings)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join(shuffled) == join(readings)


def test_ids_are_unique_and_every_end_is_an_entity(reading: Read) -> None:
    corpus, readings = corpus_of(DOCUMENTS, reading)
    ids = [entity.id for entity in corpus.entities]
    assert len(set(ids)) == len(ids)
    assert len({s.id for s in corpus.statements}) == len(corpus.statements)
    held = [m.id for entity in corpus.entities for m in entity.mentions]
    assert len(set(held)) == len(held)
    for statement in corpus.statements:
        assert statement.subject in ids
        assert not isinstance(statement.object, str) or statement.object in ids
    assert {m.id for r in readings for m in r.mentions if m.kind != "pronoun"} <= set(held)


def test_two_people_of_one_name_get_two_ids_and_keep_them(reading: Read) -> None:
    documents = ("The crane fell in Lyon.", "The crane fell in Genoa.")
    corpus, _ = corpus_of(documents, reading)
    cranes = [entity.id for entity in corpus.entities if entity.label == "crane"]
    assert len(set(cranes)) == 2
    again, _ = corpus_of(documents[:1], reading)
    assert [e.id for e in again.entities if e.label == "crane"] == ["crane"]


def test_a_pronoun_never_names_an_entity(reading: Read) -> None:
    corpus, _ = corpus_of((*DOCUMENTS, "She sold it. They met him. It was theirs."), reading)
    words = {"he", "she", "it", "they", "him", "his", "her", "them", "theirs"}
    assert (
        not {name for e in corpus.entities for name in map(str.lower, (e.label, *e.aliases))}
        & words
    )


def test_links_say_why(reading: Read) -> None:
    corpus, _ = corpus_of(DOCUMENTS, reading)
    known = {m.id for entity in corpus.entities for m in entity.mentions}
    assert corpus.links
    for link in corpus.links:
        assert link.reason
        assert 0 < link.score <= 1
        assert {link.left, link.right} & known


def test_the_order_of_links_changes_no_entity(reading: Read) -> None:
    readings = [reading(text, f"document-{n}") for n, text in enumerate(DOCUMENTS)]
    mentions = [m for r in readings for m in r.mentions]
    links = [link for r in readings for link in r.links]
    entities, judged = resolve(mentions, links)
    assert resolve(mentions[::-1], links[::-1]) == (entities, judged)


IDS = st.sampled_from("abcdefgh")
LINKS = st.lists(
    st.builds(
        Link, IDS, IDS, st.sampled_from(["same", "different", "unsure"]), st.just(1.0), st.just("")
    )
)


@given(LINKS, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_the_order_of_links(links: list[Link], dice: object) -> None:
    def groups(order: list[Link]) -> dict[str, list[str]]:
        clusters = Clusters()
        for link in order:
            clusters.join(link)
        return clusters.groups("abcdefgh")

    shuffled = list(links)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled) == groups(links)
    assert all(root == min(members) for root, members in groups(links).items())


def test_only_the_judgement_same_joins() -> None:
    for order in permutations([Link("a", "b", "same", 0.9, ""), Link("b", "c", "unsure", 0.5, ""), Link("c", "d", "different", 1.0, "")]):  # fmt: skip
        clusters = Clusters()
        for link in order:
            clusters.join(link)
        assert clusters.groups("abcd") == {"a": ["a", "b"], "c": ["c"], "d": ["d"]}


def test_a_type_that_one_document_tells_holds_for_what_others_name(reading: Read) -> None:
    text = "The village of Stara Planica lies in Serbia."
    others = "The train from Oran to Stara Planica was late.", "Stara Planica sold it."
    for texts in ((text, *others), (*others, text)):
        readings = [reading(each, f"d{i}") for i, each in enumerate(texts)]
        assert {e.type for e in join(readings).entities if e.label == "Stara Planica"} == {"Place"}
