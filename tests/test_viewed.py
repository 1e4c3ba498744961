"""graph.view(): the network in a notebook, of the whole graph and of answers."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.api import VIEW_FILE
from kg.errors import KgError

Said = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[kg.Graph]:
    with kg.open(graph) as there:
        yield there


def block(page: str, name: str) -> Any:
    found = re.search(rf'<script type="([^"]+)" id="{name}">([^<]*)</script>', page)
    assert found
    kind, text = found.groups()
    return json.loads(
        text if kind == "application/json" else zlib.decompress(base64.b64decode(text))
    )


def said(view: kg.View) -> Said:
    """Subject, relation and object, as words, of the statements between entities that a page holds."""
    data = block(view.html, "kg-data")
    entities, edges = data["entities"], data["edges"]
    labels = dict(zip(entities.get("id", ()), entities.get("label", ()), strict=True))
    ends = zip(edges.get("from", ()), edges.get("label", ()), edges.get("to", ()), strict=True)
    return {(labels[left], relation, labels[right]) for left, relation, right in ends}


MET = ("Robert Sattler", "met", "Clara Moss")
WORKS = ("Clara Moss", "works for", "Corbin Freight")


def test_the_whole_graph_is_the_page_of_the_build(opened: kg.Graph, graph: Path) -> None:
    assert opened.view().html.encode() == (graph / VIEW_FILE).read_bytes()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who-met-whom", {MET}),
        ("related", {MET, WORKS}),
        ("denied", {("Robert Sattler", "sell", "port")}),
        ("SELECT ?s ?o { ?s rel:work_for ?o }", {WORKS}),
        ("SELECT ?s ?r ?o { ?s ?r ?o . FILTER(?r = rel:meet) }", {MET}),
        ("CONSTRUCT { ?s rel:work_for ?o } WHERE { ?s rel:work_for ?o }", {WORKS}),
        ("SELECT ?statement { ?statement rdf:predicate rel:meet }", {MET}),
        ("SELECT ?who { VALUES ?who { :Clara_Moss :Corbin_Freight } ?who a ?type }", {WORKS}),
        ('SELECT ("Corbin Freight" AS ?firm) {}', {WORKS}),
        ("SELECT ?n { BIND(3 AS ?n) }", set()),
        ("SELECT ?who { ?who rdfs:label 'Nobody' }", set()),
    ],
)  # fmt: skip
def test_of_an_answer_that_is_drawn_which_it_tells_of(
    opened: kg.Graph, question: str, expected: Said
) -> None:
    given = {"relation": ["meet", "work for"]} if question == "related" else {}
    assert said(opened.view(opened.query(question, **given))) == expected


def test_only_documents_of_the_answer_come_along(opened: kg.Graph) -> None:
    page = opened.view(opened.query("who-met-whom")).html
    assert block(page, "kg-data")["documents"]["id"] == ["a"]
    assert "works for" not in json.dumps(block(page, "kg-texts"))


def test_what_is_yes_or_no_cannot_be_drawn(opened: kg.Graph) -> None:
    with pytest.raises(KgError, match="ASK"):
        opened.view(opened.query("ASK { ?s ?p ?o }"))


def test_a_view_is_saved_as_a_file(opened: kg.Graph, tmp_path: Path) -> None:
    view = opened.view(title="A & B")
    assert view.save(tmp_path / "v.html").read_text("utf-8") == view.html
    assert "<title>A &amp; B</title>" in view.html
    with pytest.raises(KgError, match="cannot be written"):
        view.save(tmp_path / "missing" / "v.html")


def test_a_notebook_shows_it_in_a_frame_that_reaches_nothing(
    opened: kg.Graph, browser: Any
) -> None:
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    asked: list[str] = []
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    page.set_content(f"<!DOCTYPE html><title>cells</title>{opened.view()._repr_html_()}")
    frame = next(each for each in page.frames if each.parent_frame)
    frame.wait_for_function("window.kgView !== undefined", timeout=30_000)
    assert "Clara Moss" in frame.evaluate("kgView.labels()")
    frame.fill("#search", "clara")
    frame.locator("#search").press("Enter")
    assert frame.text_content("#panel h2") == "Clara Moss"
    assert frame.evaluate("document.querySelector('#canvas canvas').width") > 300
    assert frame.evaluate("self.origin") == "null"
    assert (asked, complaints) == ([], [])
    context.close()


def test_export_bounds_the_page_and_can_leave_texts_out(
    graph: Path, tmp_path: Path, kg: Callable[..., Any]
) -> None:
    run = kg(
        "export",
        VIEW_FILE,
        "-g",
        graph,
        "-o",
        tmp_path,
        "--max-nodes",
        2,
        "--quotes-only",
        "--title",
        "The <port>",
    )
    assert run.out.split() == [str(tmp_path / VIEW_FILE)]
    page = (tmp_path / VIEW_FILE).read_text("utf-8")
    assert "<h1>The &lt;port&gt;</h1>" in page
    data = block(page, "kg-data")
    assert len({*data["edges"]["from"], *data["edges"]["to"]}) == 2
    assert data["out"]["entities"] > 0
    assert data["whole"] == 0
    assert kg("export", VIEW_FILE, "-g", graph, "-o", tmp_path, "--max-nodes", 0).status == 2
    whole = block((graph / VIEW_FILE).read_text("utf-8"), "kg-data")
    assert (whole["whole"], whole["out"]) == (2, {"entities": 0, "statements": 0})
