"""What a reader takes along from the view as Turtle is what the store writes."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from kg.store import Store

HARD_PAGE = runpy.run_path(str(Path(__file__).with_name("hard_page.py")))
page, store, data = (HARD_PAGE[name] for name in ("page", "store", "data"))  # fixtures
asked, BASE, KG = (HARD_PAGE[name] for name in ("asked", "BASE", "KG"))

Page = Mapping[str, Any]


def parsed(text: str) -> set[tuple[Any, Any, Any]]:
    return set(rdflib.Graph().parse(data=text, format="turtle"))


@pytest.fixture(scope="module")
def whole(store: Store, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[Any, Any, Any]]:
    path = tmp_path_factory.mktemp("written") / "graph.ttl"
    store.write(path, "graph.ttl")
    return parsed(path.read_text("utf-8"))


def test_turtle_of_the_page_holds_nothing_that_the_store_does_not(
    page: Any, data: Page, whole: set[Any]
) -> None:
    ours = parsed(asked(page, "kgTurtle.turtle", data))
    assert ours - whole == set()
    assert len(ours) > 500


def test_turtle_of_the_page_holds_all_of_the_store_but_what_no_page_knows(
    page: Any, data: Page, whole: set[Any]
) -> None:
    """Left out are readings, mentions, counts, sources, languages, the vocabulary, and what is declared of relations."""
    ours = parsed(asked(page, "kgTurtle.turtle", data))
    documents = {s for s, _, o in ours if str(o) == KG + "Document"}
    of_ours = {subject for subject, _, _ in ours} - documents
    missing = [(s, p) for s, p, _ in whole - ours if s in of_ours]
    untyped = {str(s) for s, p in missing if p in (RDF.type, SKOS.altLabel)}
    assert untyped == {BASE + "entity/Source"}  # told of as a source only
    assert {str(p) for _, p in missing} - {str(RDF.type), str(SKOS.altLabel)} <= {
        KG + name for name in ("mentionCount", "documentCount", "entity", "mention")
    }
    about = {"identifier", "title", "date"}
    assert len(documents) == 3
    assert {s for s, p, _ in ours if p.split("/")[-1] in about} == documents


def test_only_what_is_asserted_becomes_a_bare_triple(
    page: Any, data: Page, whole: set[Any]
) -> None:
    def bare(triples: set[Any]) -> set[Any]:
        return {each for each in triples if str(each[1]).startswith(BASE + "relation/")}

    ours = bare(parsed(asked(page, "kgTurtle.turtle", data)))
    assert {each["status"] for each in data["statements"]} == {"asserted", "possible", "claimed", "asked", "denied"}  # fmt: skip
    assert ours == bare(whole)
    assert not any(word in predicate for _, predicate, _ in ours for word in ("claim", "ask", "deny", "C-"))  # fmt: skip


def test_every_statement_stands_under_its_own_id(page: Any, data: Page, store: Store) -> None:
    ours = parsed(asked(page, "kgTurtle.turtle", data))
    found = {str(s) for s, p, o in ours if p == RDF.type and str(o) == KG + "Statement"}
    assert found == {f"{BASE}statement/{each.id}" for each in store.corpus().statements}
    assert not any(isinstance(term, rdflib.BNode) for triple in ours for term in triple)


def test_turtle_of_some_statements_tells_of_no_others(page: Any, data: Page, whole: set[Any]) -> None:  # fmt: skip
    for each in data["statements"]:
        ours = parsed(asked(page, "kgTurtle.turtle", {**data, "statements": [each]}))
        assert ours - whole == set()
        found = {str(s) for s, p, o in ours if p == RDF.type and str(o) == KG + "Statement"}
        assert found == {f"{BASE}statement/{each['id']}"}
    assert asked(page, "kgTurtle.turtle", {**data, "statements": []}) == ""


def test_turtle_does_not_depend_on_the_order_of_statements(page: Any, data: Page) -> None:
    turned = {**data, "statements": data["statements"][::-1]}
    assert asked(page, "kgTurtle.turtle", turned) == asked(page, "kgTurtle.turtle", data)


def test_iris_that_cannot_be_written_are_escaped(page: Any, data: Page) -> None:
    hostile = BASE + 'entity/a> <b> <c> . #"{}|^`\\\n%zz'
    entities = [{**each, "iri": hostile if each["iri"].endswith("/Ann") else each["iri"]} for each in data["graph"]["entities"]]  # fmt: skip
    ours = parsed(asked(page, "kgTurtle.turtle", {**data, "graph": {**data["graph"], "entities": entities}}))  # fmt: skip
    escaped = BASE + "entity/a%3E%20%3Cb%3E%20%3Cc%3E%20.%20#%22%7B%7D%7C%5E%60%5C%0A%25zz"
    assert rdflib.URIRef(escaped) in {subject for subject, _, _ in ours}
    assert rdflib.URIRef("c") not in {term for triple in ours for term in triple}


def test_the_store_reads_what_the_page_wrote(page: Any, data: Page, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(asked(page, "kgTurtle.turtle", data).encode("utf-8"))
    answer = Store.read(path).query(f"SELECT (COUNT(?s) AS ?n) {{ ?s a <{KG}Statement> }}")
    assert [[term.value for term in row if term] for row in answer.rows] == [
        [str(len(data["statements"]))]
    ]
