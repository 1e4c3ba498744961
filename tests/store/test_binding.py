"""Parameters: declared in a header, bound as values wherever they stand, and never more than values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import Store, Term, read_query

A, B = Term("iri", "http://example.org/a"), Term("iri", "http://example.org/b")
NAMES = {"": "http://example.org/"}
NASTY = [
    'a "quoted" name',
    "it's",
    "back\\slash",
    "ends in a backslash\\",
    "a } brace { and # hash",
    "two\nlines\rand\ta tab",
    '" . } DROP ALL #',
    "' } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o",
    "\\u0022 } UNION { ?s ?p ?o } #",
    "\\u005cu0022",
    '""" }',
    "<http://example.org/a>",
    "?x $y",
    "\x1b[31mred\x07",
    "naïve 😀 \u202e",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    file = tmp_path_factory.mktemp("store") / "s.nt"
    text = "<{0}a> <{0}p> <{0}b> .\n<{0}a> <{0}p> <{0}c> .\n<{0}b> <{0}p> <{0}c> .\n<{0}c> <{0}q> <{0}a> .\n"
    file.write_text(text.format(NAMES[""]), encoding="utf-8")
    return Store.read(file)


def answer(store: Store, query: str, *terms: Term) -> list[tuple[str, ...]]:
    rows = store.query(f"PREFIX : <{NAMES['']}> {query}", {"x": terms}).rows
    return [tuple(each.value.rpartition("/")[2] if each else "" for each in row) for row in rows]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?o { ?x :p ?o }", [("b",), ("c",)]),
        ("SELECT ?x { ?x :p :b }", [("a",)]),
        ("SELECT ?o { ?s :p ?o FILTER(?s = ?x) }", [("b",), ("c",)]),
        ("SELECT ?o { { SELECT ?o { ?x :p ?o } } }", [("b",), ("c",)]),
        ("SELECT ?o { { SELECT ?o { ?s :p ?o FILTER(?s = ?x) } ORDER BY ?o LIMIT 1 } }", [("b",)]),
        ("SELECT ?o { { SELECT ?x ?o { ?s :p ?o . ?s :p :b } } }", [("b",), ("c",)]),
        ("SELECT ?o { ?s :p ?o FILTER NOT EXISTS { ?x :p ?s } }", [("b",), ("c",)]),
        ("SELECT ?s { ?s :p ?o MINUS { ?x :p ?o } }", []),
        ("SELECT ?o { { ?x :p ?o } UNION { ?o :q ?x } }", [("b",), ("c",), ("c",)]),
        ("SELECT ?s ?o { ?s :q ?t OPTIONAL { ?x :p ?o FILTER(?x = ?t) } }", [("c", "b"), ("c", "c")]),
        ("SELECT (COUNT(*) AS ?n) { ?x :p ?o }", [("2",)]),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x :p ?o } GROUP BY ?x", [("a", "2")]),
        ("SELECT (?x AS ?y) { }", [("a",)]),
        ("SELECT ?s { ?s :p ?o } GROUP BY ?s HAVING (EXISTS { ?x :p ?s })", [("b",)]),
        ("SELECT ?s { ?s ?p ?o } ORDER BY DESC(?s = ?x) LIMIT 1", [("a",)]),
        ("SELECT ?o { ?x (:p|^:p)+ ?o FILTER(?o != ?x) }", [("b",), ("c",)]),
        ("SELECT ?x { VALUES ?x { :a :b } }", [("a",)]),
        ("CONSTRUCT { ?x :r ?o } { ?x :p ?o }", [("a", "r", "b"), ("a", "r", "c")]),
        ("CONSTRUCT WHERE { ?x :p ?o }", [("a", "p", "b"), ("a", "p", "c")]),
        ("DESCRIBE ?x", [("a", "p", "b"), ("a", "p", "c")]),
        ('SELECT ?o { ?x :p ?o # ?x } {\n FILTER(STR(?o) != "}{?x") }', [("b",), ("c",)]),
    ],
)  # fmt: skip
def test_a_parameter_holds_wherever_it_stands(
    store: Store, query: str, rows: list[tuple[str, ...]]
) -> None:
    assert sorted(answer(store, query, A)) == rows


def test_a_parameter_may_have_several_values(store: Store) -> None:
    assert answer(store, "SELECT ?x ?o { ?x :p ?o }", A, B, A) == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]
    assert answer(store, "SELECT ?x ?o { ?x :p ?o }") == []


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("query", ["SELECT ?x { }", "SELECT ?x { { SELECT ?x { } } }"])
def test_a_value_is_the_value_and_nothing_more(store: Store, text: str, query: str) -> None:
    (row,) = store.query(query, {"x": [Term("literal", text)]}).rows
    assert row == (Term("literal", text, store.names.iri("xsd:string")),)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\\"'u0022{}<>#\n")))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    with Store() as empty:
        ((term,),) = empty.query("SELECT ?x { }", {"x": [Term("literal", text)]}).rows
    assert term is not None
    assert term.value == text


@pytest.mark.parametrize(
    "term", [Term("iri", "a> } #"), Term("iri", "no scheme"), Term("literal", "\ud800")]
)
def test_what_no_rdf_can_hold_is_refused(store: Store, term: Term) -> None:
    with pytest.raises(QueryError, match="no RDF can hold this"):
        store.query("SELECT ?x { }", {"x": [term]})


def test_a_parameter_that_the_query_assigns_is_told_with_its_place(store: Store) -> None:
    with pytest.raises(QueryError, match=r"column 32: \?x is a parameter; AS wants a new name"):
        store.query("SELECT ?x { ?s ?p ?o BIND(1 AS ?x) }", {"x": [A]})


def test_what_a_header_declares_is_read() -> None:
    query = read_query(
        "q",
        "# Who met whom?\n"
        "# More words.\n"
        "# param who entity: a name\n"
        "\n"
        "#param how relation = meet | rel:meet_with: which relation\n"
        "# param since date optional: not before\n"
        "SELECT * { ?who ?how ?since }\n"
        "# param late text: this is no header\n",
    )
    who, how, since = query.parameters
    assert query.question == "Who met whom?"
    assert (who.name, who.type, who.words, who.required) == ("who", "entity", "a name", True)
    assert (how.default, how.required) == (("meet", "rel:meet_with"), False)
    assert (since.type, since.default, since.required) == ("date", (), False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# param x: a name", "line 1: `# param NAME TYPE: words` is wanted"),
        ("# param x entity", "line 1: `# param NAME TYPE: words` is wanted"),
        ("# param x colour: red", "no type 'colour'; known: entity, relation, document, text"),
        ("# param y entity: a name", "parameter y: the query has no ?y"),
        ("# param x text: a\n# param x text: b", "parameter x: declared twice"),
        ("# param limit text: a", "parameter limit: a name of kg's own"),
    ],
)
def test_a_wrong_declaration_is_told(line: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_query("own.rq", f"{line}\nSELECT ?x ?limit {{ ?x ?p ?o }}")
    assert str(caught.value).startswith("own.rq: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
