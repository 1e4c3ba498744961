"""The generated graph of the bench: the same for the same size, and all that its queries ask for is in it."""

from __future__ import annotations

import pytest

from kg.store import Store
from tests.bench.graph import generated
from tests.bench.queries import a_statement, typical

SIZE = 100_000  # where the entity of a middling degree has neighbours of neighbours


@pytest.fixture(scope="module")
def answers() -> dict[str, int]:
    corpus, known = generated(SIZE)
    with Store() as store:
        store.load(corpus)
        assert store.corpus().statements
        asked = typical(known, a_statement(store, known))
        return {"quads": len(store), **{name: len(store.query(text).rows) for name, text in asked.items()}}  # fmt: skip


def test_it_is_as_large_as_asked_for(answers: dict[str, int]) -> None:
    assert 0.9 * SIZE < answers["quads"] < 1.1 * SIZE


def test_every_query_has_an_answer(answers: dict[str, int]) -> None:
    assert len(answers) == 13
    assert {name for name, rows in answers.items() if not rows} == set()


def test_it_is_the_same_every_time() -> None:
    assert generated(2_000) == generated(2_000)
