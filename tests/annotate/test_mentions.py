"""Mentions: which words refer, and to what kind of thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Mention
from kg.pipeline import Reading

Read = Callable[..., Reading]


def of_kind(reading: Reading, kind: str) -> dict[str, str]:
    """The types of the mentions of a kind, by the words of their spans."""
    return {m.short: m.type for m in reading.mentions if m.kind == kind}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Hugo Vance met Clara Moss in Genoa.",
            {"Hugo Vance": "Person", "Clara Moss": "Person", "Genoa": "Place"},
        ),
        (
            "The University of Lyon sued Germany.",
            {"University of Lyon": "Organization", "Germany": "Place"},
        ),
        ("Senator Clara Moss left.", {"Clara Moss": "Person"}),
        ("Dr. Hugo Vance left.", {"Hugo Vance": "Person"}),
        ("Hugo Vance's boat sank.", {"Hugo Vance": "Person"}),
        ("The Germans sailed to Genoa.", {"Germans": "Group", "Genoa": "Place"}),
        ("On Monday, Hugo Vance left.", {"Hugo Vance": "Person"}),
    ],
)
def test_names_come_without_article_title_and_punctuation(
    text: str, names: dict[str, str], reading: Read
) -> None:
    assert of_kind(reading(text), "name") == names


@pytest.mark.parametrize(
    ("text", "nominals"),
    [
        (
            "The old engineer bought a red boat.",
            {"The old engineer": "Person", "a red boat": "Product"},
        ),
        ("Nobody left on 3 May 1990.", {"Nobody": "Thing"}),
    ],
)
def test_noun_phrases_are_mentions_and_dates_are_none(
    text: str, nominals: dict[str, str], reading: Read
) -> None:
    assert of_kind(reading(text), "nominal") == nominals


def test_pronouns_are_mentions_of_their_own_kind(reading: Read) -> None:
    found = of_kind(reading("She sold it to him because they liked their boat."), "pronoun")
    assert set(found) == {"She", "it", "him", "they", "their"}


def test_the_extent_takes_in_the_complement_and_the_span_does_not(reading: Read) -> None:
    mentions = {
        m.short: m for m in reading("Hugo Vance signed a contract with Corbin Freight.").mentions
    }
    contract: Mention = mentions["a contract"]
    assert contract.text == "a contract with Corbin Freight"
    assert contract.extent.start == contract.span.start


def test_the_extent_stops_before_a_clause(reading: Read) -> None:
    mentions = {
        m.short: m for m in reading("Hugo Vance sold the boat which Clara Moss built.").mentions
    }
    assert mentions["the boat"].text == "the boat"


def test_a_name_once_found_is_found_again(reading: Read) -> None:
    text = "Hugo Vance met Clara Moss. Then Vance left. VANCE never came back, Moss said."
    names = [m.short for m in reading(text).mentions if m.kind == "name"]
    assert {"Vance", "Moss"} <= set(names)


HARD = [
    "Hugo Vance, Clara Moss & Co. — of Genoa/Lyon — e-mailed x@y.org.",
    "The the the. A. B! (C) [D] “E” 'F' 1 2 3 $4 5% #6",
    "Moss's Moss’s MOSS’S moss",
    "U.S. President J. F. Moss Jr. met Pres. de la Vance, III, in St. Moritz.",
    "\ufeffé\u0301 漢字 𝄞 Hugo\u00a0Vance\u2028Clara\tMoss",
    "HUGO VANCE MET CLARA MOSS IN GENOA ON 3 MAY 1990",
]


@pytest.mark.parametrize("text", HARD)
def test_spans_are_words_of_the_text_and_no_two_are_equal(text: str, reading: Read) -> None:
    mentions = reading(text).mentions
    assert mentions
    spans = [m.span for m in mentions]
    assert len(set(spans)) == len(spans)
    assert spans == sorted(spans)
    assert len({m.id for m in mentions}) == len(mentions)
    for mention in mentions:
        assert mention.extent.of(text) == mention.text
        assert mention.span in mention.extent
        assert mention.short.strip() == mention.short != ""
        assert mention.id == f"d#char={mention.span.start},{mention.span.end}"
