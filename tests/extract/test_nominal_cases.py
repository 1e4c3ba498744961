"""Statements of noun phrases: cases as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.pipeline import Reading, join
from tests.extract.test_statements import Case, check_evidence, fits, found

CASES = Path(__file__).parent.parent / "cases" / "nominal.tsv"


def lines() -> Iterator[Case]:
    before = ("", "")
    for row in CASES.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, text, *rest = row.split("\t")
            before = (name, text) if name else before
            yield Case(*before, *rest)


def cases() -> list[object]:
    return [
        pytest.param(
            case,
            marks=[pytest.mark.xfail(strict=True, reason=case.failure)] if case.failure else [],
            id=f"{case.id}-{case.expectation}",
        )
        for case in lines()
    ]


@pytest.mark.parametrize("case", cases())
def test_a_noun_phrase_says_what_its_case_demands(
    case: Case, reading: Callable[..., Reading]
) -> None:
    corpus = join([reading(case.text)])
    check_evidence(corpus, case.text)
    told = found(corpus, case.text)
    hits = [str(one) for one in told if fits(one, case)]
    if case.negative:
        assert not hits, case.text
    else:
        assert hits, "\n".join([case.text, *map(str, told)])


def test_a_third_of_the_sentences_say_what_must_not_be_found() -> None:
    texts = {case.text for case in lines()}
    assert len({case.text for case in lines() if case.negative}) >= len(texts) / 3
