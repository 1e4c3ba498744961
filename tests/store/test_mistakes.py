"""Errors in a query: the place, the line with a caret, and plain words for what was wanted."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store import Store

# query (¦ is where the caret stands), words of the message
MISTAKES = [
    ("¦SELCT ?x { ?x ?p ?o }", "SELCT: no such keyword; perhaps SELECT"),
    ("SELECT ?x { ?x ?p ?o . ¦FILTR(?o) }", "FILTR: no such keyword; perhaps FILTER"),
    ("SELECT ?x { ?x ?p ?o } ¦LIMT 5", "LIMT: no such keyword; perhaps LIMIT"),
    ("SELECT ?x { ?x ¦meets ?y }", "a name has a prefix, such as rel:meets or :meets"),
    ("SELECT ?x {\n ?x rel:meet ¦}", "line 2, column 14: '}' does not fit here; wanted: a variable, an IRI"),
    ("SELECT ?x { ?x ?p ¦'abc }", "the string that begins here does not end"),
    ("SELECT ?x { ?x ?p <a¦ b> }", "an IRI stands between < and >"),
    ("SELECT ?x WHERE ¦?x ?p ?o", "'?x' does not fit here; wanted: {"),
    ("SELECT ?x { ?x ?p ?y¦", "the query ends too early; wanted: }"),
    ("SELECT ?x { ?x ?p ?o } ORDER ¦?x", "wanted: BY"),
    ("SELECT (COUNT(?x) ¦?n) { ?x ?p ?o }", "wanted: an operator or AS"),
    ("SELECT ?x { FILTER(?x > ¦) }", "wanted: a function, an IRI"),
    ("SELECT ?x { } LIMIT ¦x", "wanted: a number"),
    ("SELECT ?x { ?x ¦foo:bar ?y }", "unknown prefix foo:; known: :, dcterms:"),
    ("ASK {\n # SERVICE here\n ¦SERVICE <a:b> { } }", "line 3, column 2: SERVICE is refused"),
    ("SELECT ¦?x { ?s ?p ?o } GROUP BY ?s", "?x is selected, but neither grouped by nor aggregated"),
    ("SELECT * { ?s ?p ?o BIND(1 AS ¦?s) }", "?s is in use already; AS wants a new name"),
    ("¦", "the query is empty"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    return Store()


@pytest.mark.parametrize(("marked", "message"), MISTAKES)
def test_an_error_shows_its_place(store: Store, marked: str, message: str) -> None:
    before, _, after = marked.partition("¦")
    with pytest.raises(QueryError) as caught:
        store.query(before + after)
    line, caret = caught.value.excerpt
    assert message in str(caught.value)
    assert caret.strip() == "^"
    last = before.rpartition("\n")[2]
    assert caret.index("^") == len(last)
    assert line == (last + after.partition("\n")[0]).rstrip().replace("\t", " ")


def test_a_long_line_is_cut_around_its_place(store: Store) -> None:
    query = f"SELECT ?x {{ ?x ?p '{'x' * 500}' . ?x ?p }}"
    with pytest.raises(QueryError) as caught:
        store.query(query)
    line, caret = caught.value.excerpt
    assert len(line) <= 100
    assert line[caret.index("^")] == "}"


def test_a_tab_is_one_column(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.query("ASK {\n\t\t?s ?p }")
    assert "line 2, column 9" in str(caught.value)
    assert caught.value.excerpt == ("  ?s ?p }", " " * 8 + "^")


def test_the_parser_that_others_use_is_left_as_it_was(store: Store) -> None:
    from rdflib.plugins.sparql.parser import QueryUnit

    with pytest.raises(QueryError):
        store.query("SELECT")
    parts, seen = [QueryUnit], set()
    while parts:
        part = parts.pop()
        if id(part) not in seen:
            seen.add(id(part))
            assert part.failAction is None
            inner = (*(getattr(part, "exprs", None) or ()), getattr(part, "expr", None))
            parts += [each for each in inner if hasattr(each, "failAction")]
    assert len(seen) > 500
