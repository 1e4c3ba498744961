"""Finding in the page: the legend counts as the store does, each filter keeps what it says, and all can be reached."""

from __future__ import annotations

import csv
import io
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.export.records import records
from kg.export.view import status, view
from kg.store import Store

HARD_PAGE = runpy.run_path(str(Path(__file__).with_name("hard_page.py")))
store = HARD_PAGE["store"]  # fixture
STATUS = """
  BIND(IF(?polarity = kg:Negative, "denied", IF(BOUND(?source), "claimed",
       IF(?certainty = kg:Certain, "asserted", IF(?certainty = kg:Possible, "possible", "asked")))) AS ?key)"""
SAID = "?s a kg:Statement ; kg:polarity ?polarity ; kg:certainty ?certainty . OPTIONAL { ?s kg:attributedTo ?source }"  # fmt: skip


def counts(store: Store, pattern: str) -> dict[str, int]:
    """What `pattern` binds to ?key, and how many different ?s have each."""
    query = f"SELECT ?key (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?key"
    return {str(key.value): int(n.value) for key, n in store.query(query).rows if key and n}


def legend(opened: Any, group: str) -> dict[str, int]:
    rows = opened.page.locator(f"#{group} label").all()
    return {row.locator("input").get_attribute("value"): int(row.locator("small").text_content()) for row in rows}  # fmt: skip


def options(opened: Any, list_: str) -> dict[str, int]:
    found = opened.page.locator(f"#{list_} option").all_text_contents()[1:]
    return {text.rpartition(" (")[0]: int(text.rpartition(" (")[2][:-1]) for text in found}


@pytest.fixture
def hard(visit: Any, store: Store) -> Any:
    return visit(view(records(store.corpus(), store.names), store.headers(), names=store.names))


# -- counts ---------------------------------------------------------------------------------------


def test_the_legend_counts_statuses_as_the_store_does(hard: Any, store: Store) -> None:
    expected = counts(store, SAID + STATUS)
    assert set(expected) == {"asserted", "possible", "claimed", "asked", "denied"}
    assert legend(hard, "statuses") == expected
    assert sum(expected.values()) == hard.ask("counts()")["allStatements"]


def test_the_legend_counts_the_types_of_whom_statements_are_about_as_the_store_does(
    hard: Any, store: Store
) -> None:
    pattern = """
      ?statement a kg:Statement ; rdf:subject|rdf:object ?s . ?s a ?type
      BIND(REPLACE(STR(?type), "^.*[/#]", "") AS ?key)"""
    expected = counts(store, pattern)
    assert len(expected) > 5
    assert legend(hard, "types") == expected


def test_relations_and_documents_are_counted_as_the_store_counts_them(
    hard: Any, store: Store
) -> None:
    relation = "?s a kg:Statement ; rdf:predicate ?r . ?r rdfs:label ?key"
    assert options(hard, "relation") == counts(store, relation)
    document = """
      ?s prov:wasDerivedFrom ?quote . GRAPH ?quotes { ?quote oa:hasSource ?d }
      GRAPH ?documents { ?d dcterms:identifier ?id OPTIONAL { ?d dcterms:title ?title } }
      BIND(IF(STRLEN(COALESCE(?title, "")) > 0, ?title, ?id) AS ?key)"""
    told = {key[:20]: n for key, n in counts(store, document).items()}
    assert {key[:20]: n for key, n in options(hard, "document").items()} == told


# -- filters --------------------------------------------------------------------------------------


def test_each_filter_keeps_what_it_says(visit: Any, story_page: str, story: Any) -> None:
    opened = visit(story_page)
    page = opened.page

    def statements(keep: Any) -> None:
        expected = sum(map(keep, story))
        assert 0 < expected < len(story)
        assert opened.ask("counts()")["passing"] == expected
        assert opened.count.endswith("statement" + "s" * (expected > 1) + f" that pass, of {len(story)}")  # fmt: skip
        assert expected == opened.ask("counts()")["statements"]
        page.click("#reset")
        assert opened.count == "27 entities, 43 statements"

    for name in ("asserted", "possible", "claimed", "asked", "denied"):
        page.uncheck(f"#statuses input[value={name}]")
        assert name not in {edge["status"] for edge in opened.ask("edges()")}
        statements(lambda each, name=name: status(each) != name)
    page.uncheck("#types input[value=Person]")
    assert "Tomas Vey" not in opened.ask("labels()")
    ends = lambda each: {each["subject"]["type"], each["object"].get("type")}  # noqa: E731
    statements(lambda each: "Person" not in ends(each))
    page.select_option("#relation", label="work for (4)")
    statements(lambda each: each["relation"]["lemma"] == "work for")
    page.select_option("#document", label="profile (9)")
    statements(lambda each: each["document"] == "profile")
    page.uncheck("#statuses input[value=denied]")
    page.select_option("#document", label="Notes from the Lindholm inquiry (17)")
    statements(lambda each: status(each) != "denied" and each["document"] == "inquiry-notes")


def slide(opened: Any, selector: str, value: float) -> None:
    slider = opened.page.locator(selector)
    slider.evaluate("(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); input.dispatchEvent(new Event('change')); }", str(value))  # fmt: skip


def test_the_score_slider_keeps_what_is_at_least_as_sure(
    visit: Any, entity: Any, record: Any
) -> None:
    told = [record(entity("Hub"), f"verb {n}", entity(f"Leaf {n}"), score=n / 10) for n in range(11)]  # fmt: skip
    opened = visit(view(told, []))
    slide(opened, "#score", 0.55)
    assert sorted(opened.ask("labels()")) == sorted(["Hub", *(f"Leaf {n}" for n in range(6, 11))])
    assert opened.page.text_content("#score-shown") == "0.55 or more"
    slide(opened, "#score", 0)
    assert opened.ask("counts()")["statements"] == 11


def test_the_time_slider_keeps_what_touches_the_chosen_time(
    visit: Any, story_page: str, story: Any
) -> None:
    opened = visit(story_page)
    early, late = (f"#times input[aria-label={name}]" for name in ("From", "To"))
    assert opened.page.text_content("#times output") == "1961 – 2019"
    slide(opened, early, 2004)

    def times() -> list[str]:
        ids = set(opened.page.evaluate("kgView.edges().flatMap((edge) => edge.statements)"))
        return sorted(each["time"] or "" for each in story if each["id"] in ids)

    assert times() == ["../2017", "1999/..", "2004", "2018", "2019-04-01"]
    assert opened.page.text_content("#times output") == "2004 – 2019"
    slide(opened, late, 2010)
    assert times() == ["../2017", "1999/..", "2004"]
    opened.page.check("#undated")
    assert times().count("") > 25
    opened.page.click("#reset")
    slide(opened, late, 1990)
    assert times() == ["../2017", "1961-05-03"]


def test_nothing_left_by_the_filters_is_said_in_words(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    for box in opened.page.locator("#statuses input").all():
        box.uncheck()
    assert "Nothing passes these filters" in opened.page.text_content("#message")
    opened.page.click("#reset")
    assert opened.page.locator("#message").is_hidden()


def test_the_panel_says_what_the_filters_hide_of_an_entity(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    opened.page.uncheck("#statuses input[value=denied]")
    opened.click("Ingrid Lindholm")
    assert "2 statements hidden by the filters" in opened.panel.text_content()
    assert opened.panel.locator("details.denied").count() == 0


# -- search ---------------------------------------------------------------------------------------


def test_the_search_finds_by_name_alias_and_without_accents(
    visit: Any, story_page: str, entity: Any, record: Any
) -> None:
    opened = visit(story_page)
    opened.search("ms lind", "Ingrid Lindholm")
    opened.search("norrsund ferries", "Norrsund Ferries")
    opened.page.fill("#search", "nobody of that name")
    assert opened.page.text_content(".found") == "No entity of that name"
    other = visit(view([record(entity("Žofie Čapková"), "know", entity("Łukasz"))], []))
    other.search("zofie cap", "Žofie Čapková")


def test_a_mere_place_is_found_with_what_happened_there(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    opened.search("geneva", "Geneva")
    text = opened.panel.text_content()
    assert "Named as place, source or circumstance" in text
    assert "Tomas Vey founded Vey Capital" in text
    assert "Geneva" in opened.ask("labels()")


def test_who_is_not_in_the_picture_of_a_big_graph_is_found_and_brought_in(
    visit: Any, crowd_page: str, crowd: Any
) -> None:
    opened = visit(crowd_page)
    shown = set(opened.ask("labels()"))
    hidden = next(e["subject"]["label"] for e in crowd(600) if e["subject"]["label"] not in shown)
    opened.page.fill("#search", "cleo")
    assert opened.page.locator(".found [role=option]").count() == 12
    opened.search(hidden)
    assert opened.ask(f"where({hidden!r})") is not None


# -- all can be reached ---------------------------------------------------------------------------


@pytest.fixture
def bundles(entity: Any, record: Any) -> list[dict[str, Any]]:
    """All that can stand between two: parallel, opposite, of each status, many of one, and loops."""
    a, b, c = (entity(name) for name in ("Ann", "Bob", "Cid"))
    by = {"id": c["id"], "label": "Cid", "cue": "says"}
    kinds: list[dict[str, Any]] = [{}, {"certainty": "possible"}, {"attribution": by}, {"certainty": "unknown"}, {"polarity": "negative"}]  # fmt: skip
    ways = [(a, b), (b, a), (a, a), (c, c), (b, c)]
    told = [record(left, f"verb {way}", right, id=f"{way}-{kind}", **kinds[kind]) for way, (left, right) in enumerate(ways) for kind in range(5 if way < 3 else 1)]  # fmt: skip
    return told + [record(a, f"more {n}", b, id=f"more-{n}") for n in range(50)]


def test_parallel_opposite_and_self_lines_are_reached_by_a_click_and_listed(
    visit: Any, bundles: list[dict[str, Any]]
) -> None:
    opened = visit(view(bundles, []))
    edges = opened.ask("edges()")
    assert Counter(len(edge["statements"]) for edge in edges) == Counter({1: 7, 2: 4, 52: 1})
    assert sorted(each for edge in edges for each in edge["statements"]) == sorted(each["id"] for each in bundles)  # fmt: skip
    assert len({(round(edge["at"]["x"]), round(edge["at"]["y"])) for edge in edges}) == len(edges)
    assert next(e["label"] for e in edges if len(e["statements"]) == 52).endswith(" +51")
    assert {edge["both"] for edge in edges if len(edge["statements"]) > 1} == {True}
    for edge in edges:
        opened.page.keyboard.press("Escape")
        opened.click_line(edge)
        opened.until("document.querySelector('#panel h3 small').textContent === given", str(len(edge["statements"])))  # fmt: skip
        listed = opened.shown()
        assert set(listed[: len(edge["statements"])]) == set(edge["statements"])
        assert opened.panel.locator("article").first.get_attribute("class") == f"statement {edge['status']}"  # fmt: skip


def test_every_statement_is_reached_through_the_table_and_through_the_panels(
    hard: Any, store: Store
) -> None:
    every = {each.id for each in store.corpus().statements}
    hard.page.click("#show-table")
    hard.page.check("#all-statements")
    assert hard.page.locator("#table tbody tr").count() == len(every)
    found: set[str] = set()
    buttons = hard.page.locator("#table tbody td:first-child button")
    names = buttons.all_text_contents()
    assert "(no name)" in names
    for name in set(names):
        buttons.nth(names.index(name)).click()
        found |= set(hard.shown())
    assert found == every


def test_the_table_is_of_what_is_shown_sorts_and_leads_on(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    page = opened.page
    page.click("#show-table")
    assert page.locator("#table h2").text_content() == "43 statements"
    opened.keep("table-light")
    for order, turned in (("ascending", False), ("descending", True)):
        page.locator("#table th button", has_text="Object").click()
        column = page.locator("#table td:nth-child(3)").all_text_contents()
        assert column == sorted(column, reverse=turned)
        assert page.locator(f"#table th[aria-sort={order}]").count() == 1
    page.uncheck("#statuses input[value=asserted]")
    assert page.locator("#table h2").text_content() == "10 statements"
    row = page.locator("#table tr.denied", has_text="dismiss")
    assert row.locator("td").nth(1).text_content() == "not dismiss"
    row.locator("td").last.locator("button").click()
    opened.until("document.querySelector('#panel mark.quoted') !== null")
    assert opened.panel.locator("mark.quoted").text_content() == "Norrsund did not dismiss Marta Okafor."  # fmt: skip
    row.get_by_role("button", name="Marta Okafor").click()
    assert opened.heading == "Marta Okafor"
    page.get_by_role("button", name="Close").click()
    assert page.locator("#table").is_hidden()


def test_what_is_saved_is_what_is_visible(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    for name in ("asserted", "claimed"):
        opened.page.uncheck(f"#statuses input[value={name}]")
    opened.page.click("#save summary")
    with opened.page.expect_download() as caught:
        opened.page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(caught.value.path()).read_text("utf-8-sig"))))
    assert Counter(row["status"] for row in rows) == {"denied": 4, "possible": 2, "asked": 1}
    assert len(rows) == opened.ask("counts()")["statements"]
