"""Blocks: where a sentence cannot go on."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.blocks import BLOCK_LIMIT, blocks


def cut(text: str) -> list[str]:
    return [span.of(text) for span in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One line.", ["One line."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n  \n\n   Two.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        (
            "Gate closed\n\nThe gate closed on Monday.",
            ["Gate closed", "The gate closed on Monday."],
        ),
        (
            "Harbour gate closed\nThe gate of the harbour closed on Monday for good.",
            ["Harbour gate closed", "The gate of the harbour closed on Monday for good."],
        ),
        ("Buy:\n- salt\n- rope", ["Buy:", "- salt", "- rope"]),
        ("1. Salt is cheap\n2. Rope is dear", ["1. Salt is cheap", "2. Rope is dear"]),
        ("* salt\n* rope", ["* salt", "* rope"]),
    ],
)
def test_paragraphs_headings_and_items_are_blocks(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_lines_broken_at_a_width_are_one_block() -> None:
    text = (
        "The ferry left the harbour of Dundee at noon with\n"
        "three hundred passengers, forty cars and the mayor\n"
        "on board, and it came back the same evening."
    )
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("date 2017-10-27 Was the gate shut?", "Was the gate shut?"),
        ("Published: 2019-03-05\nThe gate was shut.", "The gate was shut."),
        ("DUNDEE, March 5 — The gate was shut.", "The gate was shut."),
        ("DUNDEE (Coast News) -- The gate was shut.", "The gate was shut."),
        ("LYON, JANUARY 4, 1951 – The gate was shut.", "The gate was shut."),
    ],
)
def test_a_date_label_or_dateline_is_no_part_of_the_first_sentence(text: str, first: str) -> None:
    assert cut(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "Hugo Vance — the pilot — left Genoa.",
        "The boat — a ferry — sank.",
        "Dundee is a city — and a port.",
        "It was dated 2017-10-27 by hand.",
    ],
)
def test_a_dash_or_date_in_prose_is_no_dateline(text: str) -> None:
    assert cut(text) == [text]


def test_a_huge_line_is_cut_at_white_space() -> None:
    text = "The ferry left Dundee at noon. " * 3000
    pieces = cut(text)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= BLOCK_LIMIT
    assert set(" ".join(pieces).split()) == set(text.split())


@pytest.mark.xfail(strict=True, reason="the last space counts before the last end of a sentence")
def test_a_huge_line_is_cut_at_the_end_of_a_sentence() -> None:
    assert {piece[:9] for piece in cut("The ferry left Dundee at noon. " * 3000)} == {"The ferry"}


def test_a_huge_line_without_white_space_is_cut_all_the_same_and_fast() -> None:
    started = time.monotonic()
    assert max(map(len, cut("x" * 5_000_000))) <= BLOCK_LIMIT
    assert max(map(len, cut("x\n" * 500_000))) <= 1_000_000
    assert time.monotonic() - started < 10


@given(st.text(alphabet="aZ .,:;-*•1)\n\r\t\u2028\u00a0—é𝄞", max_size=200))
def test_blocks_cover_all_but_white_space_in_order(text: str) -> None:
    spans = list(blocks(text))
    ends = [0] + [span.end for span in spans]
    for before, span in zip(ends, spans, strict=False):
        assert span.start >= before
        assert span.of(text) == span.of(text).strip() != ""
    if spans:
        between = [text[a : b.start] for a, b in zip(ends[1:], spans[1:], strict=False)]
        assert not "".join(between).strip()
        assert not text[spans[-1].end :].strip()
