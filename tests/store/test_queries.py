"""Every question that comes with the package has one answer, in both engines."""

from __future__ import annotations

import pytest
import rdflib
from corpora import oswald

from kg.api.asking import Given, ask, bindings_of
from kg.errors import QueryError
from kg.store import Store, named, named_query
from kg.store.binding import bound

GIVEN = {
    "about": {"person": "Castro"},
    "between": {"one": "Oswald", "other": "Kostikov"},
    "document": {"document": "memo 7/b"},
    "path": {"from": "Oswald", "to": "KGB"},
    "relation": {"relation": "met with"},
    "said-of-person": {"person": "Oswald"},
}
ANSWERS = {
    "about": [("met with", "Castro", "certain, according to Hoover", "jfk-files")],
    "between": [("did not meet with", "not, certain"), ("met with", "certain")],
    "claims-by-source": [("Critics", "worked for", "CIA"), ("Hoover", "met with", "Castro")],
    "denied": [
        ("did not meet with", "memo 7/b", 'Lee Harvey Oswald did not meet with "Kostikov".')
    ],
    "disputed": [("Kostikov", "jfk-files", "denied", "memo 7/b")],
    "document": [
        ("0-47", "did not meet with", "Kostikov", "not, certain"),
        ("48-91", "worked for", "CIA", "certain, according to Critics"),
        ("92-136", "met with", "Kostikov", "certain", "1963"),
    ],
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
    "path": [("2", "Lee Harvey Oswald — meet with → Kostikov — be member of → KGB")],
    "related": [
        ("Kostikov", "meet", "Lee Harvey Oswald", "meet with"),
        ("Lee Harvey Oswald", "meet", "Kostikov", "meet with"),
    ],
    "relation": [
        ("Castro", "certain, according to Hoover", "jfk-files"),
        ("Kostikov", "certain", "1963", "jfk-files"),
        ("Kostikov", "certain", "1963", "memo 7/b"),
        ("Kostikov", "certain", "1963-09-28", "Mexico City", "jfk-files"),
        ("Kostikov", "not, certain", "memo 7/b"),
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
    assert {n for n, q in named().items() if any(p.required for p in q.parameters)} == set(GIVEN)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_what_the_documents_say(store: Store, name: str) -> None:
    rows = ask(store, name, GIVEN.get(name)).readable(store.names)
    assert len(rows) == len(ANSWERS[name])
    for row, cells in zip(rows, ANSWERS[name], strict=True):
        assert set(cells) <= set(row)


@pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")
# rdflib evaluates unions of patterns with a free relation over the whole graph, which takes minutes
@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"between", "path", "related"}))
def test_both_engines_answer_the_same(store: Store, dataset: rdflib.Dataset, name: str) -> None:
    query = named_query(name)
    bindings = bindings_of(store, query, GIVEN.get(name, {}))
    ours = store.query(query.sparql, bindings)
    theirs = dataset.query(bound(query.sparql, bindings), initNs=dict(store.names.prefixes))
    assert [tuple(each and each.value for each in row) for row in ours.rows] == [
        tuple(each and str(each) for each in row) for row in theirs
    ]


# what an optional parameter leaves of the answer: name, value -> rows
NARROWED = [
    ("claims-by-source", {"of": "Hoover"}, 1),
    ("denied", {"about": "Kostikov"}, 1),
    ("denied", {"about": "Castro"}, 0),
    ("disputed", {"about": "Kostikov"}, 1),
    ("disputed", {"about": "CIA"}, 0),
    ("evidence", {"about": "KGB"}, 1),
    ("hedged", {"about": "KGB"}, 1),
    ("hedged", {"about": "Castro"}, 0),
    ("joined", {"about": "Oswald"}, 2),
    ("joined", {"about": "KGB"}, 0),
    ("members", {"of": "KGB"}, 1),
    ("members", {"of": "CIA"}, 0),
    ("members", {"person": "Oswald"}, 0),
    ("related", {"relation": "meet with"}, 2),
    ("related", {"relation": ["meet", "meet with"]}, 4),
    ("related", {"person": "KGB"}, 0),
    ("timeline", {"since": "1963-09"}, 1),
    ("timeline", {"until": "1963"}, 2),
    ("timeline", {"until": "1963-08"}, 1),
    ("timeline", {"about": "Kostikov", "since": "1964"}, 0),
    ("who-met-whom", {"person": "Kostikov"}, 2),
    ("who-met-whom", {"person": "KGB"}, 0),
]


@pytest.mark.parametrize(("name", "given", "rows"), NARROWED)
def test_an_optional_parameter_narrows_the_answer(
    store: Store, name: str, given: Given, rows: int
) -> None:
    assert len(ask(store, name, given)) == rows


def test_every_optional_parameter_is_tested() -> None:
    optional = {(q.name, p.name) for q in named().values() for p in q.parameters if not p.required}
    assert optional == {(name, each) for name, given, _ in NARROWED for each in given}


def test_every_query_says_in_its_first_line_what_it_asks() -> None:
    for query in named().values():
        assert query.sparql.startswith(f"# {query.question}\n")
        assert query.question.endswith("?")


def test_an_unknown_query_lists_the_known_ones() -> None:
    with pytest.raises(QueryError, match="no query 'who'; known: about, between, claims-by-source"):
        named_query("who")
