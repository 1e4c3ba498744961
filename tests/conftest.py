"""What tests share: one language model for the whole run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Document, Header
from kg.pipeline import Pipeline, Reading


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """One pipeline for all tests: loading the language model takes longer than most of them."""
    return Pipeline()


@pytest.fixture(scope="session")
def reading(pipeline: Pipeline) -> Callable[..., Reading]:
    """Reads a text as a document by itself; the same text only once."""
    known: dict[tuple[str, str, str | None], Reading] = {}

    def read(text: str, name: str = "d", date: str | None = "2019-06-14") -> Reading:
        key = text, name, date
        if key not in known:
            known[key] = pipeline.read_document(
                Document(Header(name, f"{name}.txt", None, date), text)
            )
        return known[key]

    return read
