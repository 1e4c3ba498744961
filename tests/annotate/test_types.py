"""Types of names: one for each, by all that the document tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.annotate.kinds import likeliest
from kg.pipeline import Reading
from kg.pipeline.settling import join

Read = Callable[..., Reading]
CASES = Path(__file__).parents[1] / "cases" / "types.tsv"


def cases() -> Iterator[object]:
    for line in CASES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            case, text, name, kind, failure = line.split("\t")
            marks = [pytest.mark.xfail(reason=failure, strict=True)] if failure else []
            yield pytest.param(text, name, kind, id=case, marks=marks)


@pytest.mark.parametrize(("text", "name", "kind"), list(cases()))
def test_a_name_has_the_type_that_its_document_tells(
    text: str, name: str, kind: str, reading: Read
) -> None:
    readings = [reading(each, f"d{i}") for i, each in enumerate(text.split(" || "))]
    found = {m.text: e.type for e in join(readings).entities for m in e.mentions}
    assert found[name] == kind


def test_signs_without_a_weight_count_nothing() -> None:
    signs = {"name GPE": 1.0}
    assert likeliest(signs | {"no such sign": 1.0}) == likeliest(signs) == "Place"


def test_a_sign_at_more_places_of_a_name_counts_more() -> None:
    weights = {("name GPE", "Place"): 2.0, ("name PERSON", "Person"): 2.0}
    assert likeliest({"name GPE": 0.4, "name PERSON": 0.6}, weights) == "Person"
    assert likeliest({"name GPE": 0.6, "name PERSON": 0.4}, weights) == "Place"
