"""Every question that comes with the package has one answer, in both engines."""

from __future__ import annotations

import pytest
import rdflib
from corpora import oswald

from kg.errors import QueryError
from kg.store import Store, named, named_query

ANSWERS = {
    "claims-by-source": [("Critics", "worked for", "CIA"), ("Hoover", "met with", "Castro")],
    "denied": [
        ("did not meet with", "memo 7/b", 'Lee Harvey Oswald did not meet with "Kostikov".')
    ],
    "disputed": [("Kostikov", "jfk-files", "denied", "memo 7/b")],
    "documents": [("jfk-files", "The files", "2017-10-27", "6"), ("memo 7/b", "1964-21~", "3")],
    "evidence": [
        ("Kostikov", "be member of", "KGB"),
        ("be old", "23"),
        ("meet with", "Kostikov", "jfk-files"),
        ("meet with", "Kostikov", "memo 7/b"),
    ],
    "hedged": [("worked for", "KGB", "possible", "modal", "may", "jfk-files")],
    "joined": [("Oswald", "Kostikov", "different"), ("Oswald", "Lee Harvey Oswald", "same")],
    "members": [("Kostikov", "be member of", "KGB")],
    "related": [
        ("Kostikov", "meet", "Lee Harvey Oswald", "meet with"),
        ("Lee Harvey Oswald", "meet", "Kostikov", "meet with"),
    ],
    "said-of-person": [
        ("did not meet with", "Kostikov", "negative"),
        ("met with", "Castro", "Hoover"),
        ("met with", "Kostikov", "1963"),
        ("met with", "Kostikov", "1963-09-28"),
        ("was old", "23 years"),
        ("worked for", "CIA", "Critics"),
        ("worked for", "KGB", "possible"),
    ],
    "timeline": [("1963", "Kostikov"), ("1963-09-28", "Kostikov", "Mexico City")],
    "who-met-whom": [("Kostikov", "1963"), ("Kostikov", "1963-09-28", "Mexico City")],
}


@pytest.fixture(scope="module")
def store() -> Store:
    loaded = Store()
    loaded.load(oswald())
    return loaded


@pytest.fixture(scope="module")
def dataset(store: Store) -> rdflib.Dataset:
    return store.to_rdflib()


def test_every_question_is_tested() -> None:
    assert set(named()) == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_what_the_documents_say(store: Store, name: str) -> None:
    rows = store.query(named_query(name).sparql).readable(store.names)
    assert len(rows) == len(ANSWERS[name])
    for row, cells in zip(rows, ANSWERS[name], strict=True):
        assert set(cells) <= set(row)


@pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", ANSWERS)
def test_both_engines_answer_the_same(store: Store, dataset: rdflib.Dataset, name: str) -> None:
    ours = store.query(named_query(name).sparql)
    theirs = dataset.query(named_query(name).sparql, initNs=dict(store.names.prefixes))
    assert [tuple(each and each.value for each in row) for row in ours.rows] == [
        tuple(each and str(each) for each in row) for row in theirs
    ]


def test_every_query_says_in_its_first_line_what_it_asks() -> None:
    for query in named().values():
        assert query.sparql.startswith(f"# {query.question}\n")
        assert query.question.endswith("?")


def test_an_unknown_query_lists_the_known_ones() -> None:
    with pytest.raises(QueryError, match="no query 'who'; known: claims-by-source, denied"):
        named_query("who")
