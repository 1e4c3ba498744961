"""The pages in a real browser: what a reader sees and can do, and that nothing else is run or asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

MET = "SELECT ?from ?relation ?to ?score WHERE {\n  ?statement rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to ; kg:score ?score\n} ORDER BY ?score"
EVERYTHING = "SELECT ?s ?p ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def test_a_query_runs_from_the_keyboard_and_its_rows_lead_to_pages(visit: Any) -> None:
    opened = visit()
    page = opened.go("/query")
    page.click(".ace_content")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(MET)
    page.keyboard.press("Escape")
    page.click(".ace_content")
    page.keyboard.press("Control+Enter")
    opened.answered()
    assert page.text_content("#summary").startswith("4 rows in ")
    page.wait_for_selector("#table >> text=Clara Moss")
    page.click("#table a:has-text('Clara Moss')")
    assert page.url.endswith("/entity/Clara_Moss")
    page.go_back()
    opened.answered()
    assert page.locator("#table tbody tr").count() == 4
    assert "?from ?relation ?to" in page.evaluate("ace.edit('editor').getValue()")


def test_columns_sort_by_value(visit: Any) -> None:
    page = visit().ask(MET)
    scores = "() => [...document.querySelectorAll('#table td.number:last-child')].map((cell) => cell.textContent)"
    page.click("#table th button:has-text('score')")
    assert page.evaluate(scores) == ["0.7", "0.8", "0.9", "0.93"]
    page.click("#table th button:has-text('score')")
    assert page.evaluate(scores) == ["0.93", "0.9", "0.8", "0.7"]
    assert page.get_attribute("#table th:has-text('score')", "aria-sort") == "descending"
    assert page.evaluate("document.activeElement.textContent").startswith("score")


def test_a_network_is_drawn_and_its_ends_can_be_chosen(visit: Any) -> None:
    page = visit().ask(MET, "network")
    page.wait_for_selector("#drawing canvas")
    assert page.text_content("#drawn") == "5 nodes, 4 lines"
    page.select_option("[data-part='2']", label="score")
    assert page.text_content("#drawn") == "6 nodes, 4 lines"
    page.click("[data-view='table']")
    assert page.locator("#drawing").is_hidden()
    assert "view=network" not in page.url


def test_an_entity_leads_to_a_network_of_what_stands_beside_it(visit: Any) -> None:
    opened = visit()
    opened.go("/entity/Robert_Sattler").click("text=See who and what stands beside it")
    opened.answered()
    opened.page.wait_for_selector("#drawing canvas")
    assert opened.page.text_content("#drawn") == "4 nodes, 3 lines"


def test_triples_are_drawn_without_literals_and_types(visit: Any) -> None:
    page = visit().ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s kg:mentionCount ?n ; ?p ?o }", "network")
    page.wait_for_selector("#drawing canvas")
    assert "triples not drawn: literals, types" in page.text_content("#drawn")
    page.click("[data-view='table']")
    assert page.locator("#table th").all_text_contents() == ["subject", "predicate", "object"]


def test_an_error_is_told_with_its_place(visit: Any) -> None:
    opened = visit(expected=("Failed to load resource: the server responded with a status of 400",))
    page = opened.go("/query#query=" + quote("SELECT ?who\nWHERE { ?who ;; }"))
    page.wait_for_selector("#error button")
    assert "line 2, column" in page.text_content("#error p")
    assert page.locator(".ace_gutter-cell.ace_error").count() == 1
    page.click("#error button")
    assert page.evaluate("ace.edit('editor').getCursorPosition().row") == 1
    assert page.locator("#results").is_hidden()


@pytest.mark.parametrize(
    ("typed", "offered", "written"),
    [("ferrym", ":Robert_Sattler", ":Robert_Sattler"), ("rel:wor", "rel:work_for", "rel:work_for"), ("sche", "schema:", "schema:"), ("OPTIO", "OPTIONAL", "OPTIONAL")],
)  # fmt: skip
def test_names_are_completed(visit: Any, typed: str, offered: str, written: str) -> None:
    page = visit().go("/query")
    page.evaluate(
        "() => { const editor = ace.edit('editor'); editor.setValue(''); editor.focus(); }"
    )
    page.keyboard.type(typed, delay=20)
    page.wait_for_selector(f".ace_autocomplete .ace_line:has-text('{offered}')")
    page.keyboard.press("Enter")
    assert page.evaluate("ace.edit('editor').getValue()") == written


def test_examples_are_asked_at_a_click(visit: Any) -> None:
    opened = visit()
    page = opened.go("/query")
    page.click("[data-example='who-met-whom']")
    opened.answered()
    assert page.text_content("#summary").startswith("1 row in ")
    assert page.get_attribute("[data-example='who-met-whom']", "aria-current") == "true"
    page.reload()
    opened.answered()
    assert page.text_content("#summary").startswith("1 row in ")


@pytest.mark.parametrize(("name", "begins"), [("CSV", "from,relation,to,score"), ("TSV", "?from\t"), ("JSON", '{"head"')])  # fmt: skip
def test_answers_can_be_downloaded(visit: Any, name: str, begins: str) -> None:
    page = visit().ask(MET)
    with page.expect_download() as waiting:
        page.click(f".downloads button:has-text('{name}')")
    assert waiting.value.path().read_text(encoding="utf-8").startswith(begins)
    assert waiting.value.suggested_filename == f"results.{name.lower()}"


def test_yes_and_nothing_are_said_in_words(visit: Any) -> None:
    opened = visit()
    assert opened.ask("ASK { ?s a kg:Statement }").text_content("#table") == "Yes"
    assert "no rows" in opened.ask("SELECT * { ?s a rel:nothing }").text_content("#table")


def test_without_javascript_the_query_is_still_asked(visit: Any) -> None:
    page = visit(java_script_enabled=False).go("/query?example=who-met-whom")
    assert "Who met whom" in page.input_value("#query")
    page.click("#run")
    assert page.url.endswith("/sparql")
    assert "Clara Moss" in page.content()


def test_the_keyboard_gets_in_and_out_of_the_editor(visit: Any) -> None:
    page = visit().go("/query")
    page.wait_for_selector("html[data-ready]")
    where = "() => document.activeElement.id || document.activeElement.className"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "ace_scroller" in page.evaluate(where):
            break
    assert "ace_scroller" in page.evaluate(where)
    page.keyboard.press("Enter")
    assert page.evaluate(where) == "ace_text-input"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    for _ in range(3):
        if page.evaluate(where) == "run":
            break
        page.keyboard.press("Tab")
    assert page.evaluate(where) == "run"


def test_an_evidence_iri_as_it_stands_finds_its_quote(visit: Any) -> None:
    page = visit().go("/document/report#char=70,110")
    assert page.locator("[id='char=70,110']").evaluate("(quote) => quote.matches(':target')")


HOSTILE_PAGES = ["/", "/?q=moss", "/entity/Clara_Moss", "/entity/Robert_Sattler", "/entity/Genoa?part=named", "/relation/meet", "/document/report", "/explore"]  # fmt: skip


def test_hostile_words_are_shown_and_never_run(visit: Any, hostile_address: str) -> None:
    opened = visit(hostile_address)
    for path in HOSTILE_PAGES:
        page = opened.go(path)
        assert "owned" not in page.title().partition("</script>")[0]
        page.wait_for_timeout(150)
        assert page.locator("img").count() == 0
        assert page.evaluate("document.title") != "owned"
    links = opened.go("/relation/meet").locator(".more a").all()
    assert len(links) == 1
    links[0].click()
    assert "{{7*7}}" in opened.page.text_content("main")
    for view in ("table", "network"):
        page = opened.ask(EVERYTHING, view)
        page.wait_for_timeout(300)
        assert page.locator("img").count() == 0
        assert page.title() == "Query · Knowledge graph"
    assert "onerror" in opened.ask(EVERYTHING).text_content("#table")


def test_hostile_names_are_completed_as_words(visit: Any, hostile_address: str) -> None:
    page = visit(hostile_address).go("/query")
    page.evaluate(
        "() => { const editor = ace.edit('editor'); editor.setValue(''); editor.focus(); }"
    )
    page.keyboard.type("ferrym", delay=20)
    page.wait_for_selector(".ace_autocomplete .ace_line:has-text(':Robert_Sattler')")
    assert page.locator(".ace_autocomplete img").count() == 0
    assert page.title() == "Query · Knowledge graph"
