"""Time expressions: cases as data, and what holds of any text."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.date_calendar import Moment, season_of
from kg.annotate.date_words import LONGEST_CUE, cues
from kg.annotate.dates import find_dates

CASES = Path(__file__).parent.parent / "cases" / "dates.tsv"
DAY = r"-?\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-\d\d)?)?~?"
POINT = rf"(?:{DAY}|-?\d{{3}}X|-?\d\dXX)"
EDTF = re.compile(rf"{POINT}|{POINT}/(?:{POINT}|\.\.)|\.\./{POINT}|\d{{4}}-\d\d-\d\dT\d\d:\d\d")
WORDS = st.one_of(
    st.sampled_from(["\n", "\n\n", "  "]),
    st.sampled_from(
        """on in since until the from to between and May March 5 28 31 1963 1958-73 2019, last next this that year
        month Tuesday Friday morning two years ago later earlier same following 19th century 1960s '90s spring of
        Christmas 2:10 a.m. will was yesterday tomorrow about c. ( ) . , – - / quarter first 0001 9999 2099 1000 BC
        AD 29 February 2000 Easter day before at noon midnight weeks decade 30 September Sept.""".split()  # noqa: SIM905
    ),
)


def cases() -> list[object]:
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, on, expected, *failure = line.split("\t")
        marks = [pytest.mark.xfail(strict=True, reason=failure[0])] if failure else []
        pairs = (
            [] if expected == "-" else [tuple(pair.rsplit("=", 1)) for pair in expected.split("; ")]
        )
        found.append(
            pytest.param(
                text.replace("\\n", "\n"),
                None if on == "-" else on,
                pairs,
                marks=marks,
                id=text[:60],
            )
        )
    return found


@pytest.mark.parametrize(("text", "on", "expected"), cases())
def test_a_sentence_gives_exactly_its_dates(
    text: str, on: str | None, expected: list[tuple[str, str]]
) -> None:
    assert [
        (each.span.of(text), each.value) for each in find_dates(text, document_date=on)
    ] == expected


def test_a_third_of_at_least_120_cases_are_negatives() -> None:
    expected = [
        line.split("\t")[2] for line in CASES.read_text().splitlines() if line and line[0] != "#"
    ]
    assert len(expected) >= 120
    assert 3 * expected.count("-") >= len(expected)


def is_real(value: str) -> bool:
    for part in value.split("/"):
        found = re.match(r"(\d{4})-(\d\d)-(\d\d)", part)
        if found:
            date(*map(int, found.groups()))
    return True


def check(text: str, on: str | None) -> None:
    dates = find_dates(text, document_date=on)
    end = 0
    for each in dates:
        assert end <= each.span.start < each.span.end <= len(text)
        assert each.span.of(text).strip() == each.span.of(text)
        assert EDTF.fullmatch(each.value), each.value
        assert is_real(each.value)
        end = each.span.end
    assert find_dates(text, document_date=on) == dates


DATES = st.one_of(
    st.none(),
    st.dates().map(date.isoformat),
    st.sampled_from(
        [
            "2018",
            "2018-03",
            "0001-01-01",
            "9999-12-31",
            "2018-03-04T02:10",
            "../2018",
            "soon",
            "0000",
            "",
        ]
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join), DATES)
def test_words_of_time_in_any_order_give_real_sorted_dates(text: str, on: str | None) -> None:
    check(text, on)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), DATES)
def test_any_text_gives_real_sorted_dates(text: str, on: str | None) -> None:
    check(text, on)


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1-", "x9", " ", "\n", "1990,", "(1990", "19", "first", "'9", "1.1.", "Maythe"],
)
def test_a_long_line_takes_linear_time(unit: str) -> None:
    """Two hundred thousand characters in about a second, where a quadratic scan would take hours."""
    line = unit * (200_000 // len(unit))
    start = time.perf_counter()
    find_dates(line, document_date="2018-03-05")
    assert time.perf_counter() - start < 15


def test_a_paragraph_break_is_never_inside_an_expression() -> None:
    assert find_dates("on May\n\n5, 1963") == find_dates("on May\n\n5, 1963", document_date=None)
    assert not find_dates("He left on 28 September\n\n1963 people came.")


def test_an_expression_may_run_over_a_line_break() -> None:
    text = "He left on 28\nSeptember 1963."
    assert [(each.span.of(text), each.value) for each in find_dates(text)] == [
        ("28\nSeptember 1963", "1963-09-28")
    ]


def test_the_longest_cue_is_as_long_as_the_code_says() -> None:
    kinds = (
        "year_strong",
        "year_weak",
        "future",
        "past",
        "habitual",
        "indefinite",
        "approximate",
        "event",
    )
    assert max(len(cue.split()) for kind in kinds for cue in cues(kind)) <= LONGEST_CUE


@pytest.mark.parametrize(
    ("now", "which", "value"),
    [(Moment(2020, 1, 5), -1, "2018-24"), (Moment(2020, 1, 5), 0, "2019-24"), (Moment(2020, 4, 5), -1, "2019-24"),
     (Moment(2020, 4, 5), 1, "2020-24"), (Moment(2020, 12, 5), 0, "2020-24"), (Moment(2020, 12, 5), 1, "2021-24")],
)  # fmt: skip
def test_a_winter_is_of_the_year_it_begins_in(now: Moment, which: int, value: str) -> None:
    assert season_of(now, 24, which) == value
