"""What the reader did: kept in the address, undone and done again; scenes, pins and what is put away."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import pytest

from kg.export.view import view

NEAR = 4  # px


@pytest.fixture
def opened(visit: Any, whole_page: str) -> Any:
    return visit(whole_page, reduced_motion="reduce")  # no glide to wait for


@pytest.fixture
def network(story: list[dict[str, Any]]) -> nx.Graph:
    """Who is linked to whom in the story, by label."""
    ends = [(each["subject"]["label"], each["object"]["label"]) for each in story if "id" in each["object"]]  # fmt: skip
    return nx.Graph(ends)


def picture(opened: Any) -> dict[str, Any]:
    """All that a reader sees, but for the last pixel."""
    edges = [{key: value for key, value in edge.items() if key != "at"} for edge in opened.ask("edges()")]  # fmt: skip
    boxes = [box.is_checked() for box in opened.page.locator("#controls input[type=checkbox]").all()]  # fmt: skip
    values = [each.input_value() for each in opened.page.locator("#controls select, #controls input[type=range]").all()]  # fmt: skip
    table = opened.page.locator("#table")
    return {
        "edges": sorted(edges, key=str), "labels": sorted(opened.ask("labels()")), "count": opened.count, "scale": round(opened.ask("scale()"), 2),
        "panel": opened.panel.text_content(), "boxes": boxes, "values": values, "table": table.text_content() if table.is_visible() else None,
        "scene": opened.page.text_content("#scene"), "again": opened.page.text_content("#shown-again"),
    }  # fmt: skip


def spots(opened: Any) -> dict[str, tuple[float, float]]:
    """Where on the screen each entity stands."""
    found = {label: opened.ask(f"where({label!r})") for label in opened.ask("labels()")}
    return {label: (spot["x"], spot["y"]) for label, spot in found.items()}


def kept(opened: Any) -> str:
    """The address's part behind #, after which a page opened anew must look the same."""
    at, before, stood = opened.hash, picture(opened), spots(opened)
    opened.go(at)
    assert picture(opened) == before
    assert opened.hash == at
    stand = spots(opened)
    assert max(abs(stand[name][axis] - stood[name][axis]) for name in stood for axis in (0, 1)) < NEAR  # fmt: skip
    return at


# -- the address ----------------------------------------------------------------------------------


def test_an_untouched_page_has_a_bare_address(opened: Any) -> None:
    assert kept(opened) == ""


def test_filters_choice_and_table_are_kept_in_the_address(opened: Any) -> None:
    page = opened.page
    page.uncheck("#statuses input[value=asserted]")
    page.uncheck("#types input[value=Event]")
    page.select_option("#document", label="Notes from the Lindholm inquiry (17)")
    page.click("#show-table")
    opened.search("Jonas Reuter")
    at = kept(opened)
    for part in ("off=asserted", "types=Event", "document=inquiry-notes", "table=yes", "entity=Jonas_Reuter"):  # fmt: skip
        assert part in at


def test_relation_time_and_score_are_kept_in_the_address(opened: Any) -> None:
    page = opened.page
    page.select_option("#relation", label="work for (4)")
    for selector, value in (("#times input[aria-label=From]", "2000"), ("#score", "0.5")):
        page.locator(selector).evaluate("(input, value) => { input.value = value; input.dispatchEvent(new Event('change')); }", value)  # fmt: skip
    page.check("#undated")
    at = kept(opened)
    for part in ("relation=work+for", "from=", "score=0.5", "undated=yes"):
        assert part in at


def test_a_line_and_a_text_that_are_open_are_kept_in_the_address(opened: Any) -> None:
    opened.click_line(opened.line("Tomas Vey", "Jonas Reuter", "claimed"))
    opened.until("document.querySelector('#panel mark') !== null")
    assert "between=Tomas_Vey+Jonas_Reuter+claimed" in opened.hash
    opened.panel.locator("button.source").first.click()
    opened.until("document.querySelector('#panel .text') !== null")
    at, text = opened.hash, opened.panel.text_content()
    assert "read=inquiry-notes" in at
    opened.go(at)
    opened.until("document.querySelector('#panel .text') !== null")
    assert opened.panel.text_content() == text


def test_the_camera_is_kept_in_the_address(visit: Any, crowd_page: str) -> None:
    opened = visit(crowd_page)
    box = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.move(box["x"] + 300, box["y"] + 300)
    for _ in range(6):
        opened.page.mouse.wheel(0, -300)
        opened.page.wait_for_timeout(30)
    before = picture(opened)
    at = opened.hash
    assert "at=" in at
    opened.go(at)
    after = picture(opened)
    assert after["scale"] == before["scale"]
    common = set(before["labels"]) & set(after["labels"])
    assert len(common) > 0.9 * len(before["labels"])


def test_another_address_is_followed_and_so_is_the_back_button(opened: Any) -> None:
    for name in ("Eskil", "Halden Bank"):
        opened.page.evaluate("(name) => { location.hash = 'entity=' + name; }", name.replace(" ", "_"))  # fmt: skip
        opened.until("document.querySelector('#panel h2').textContent === given", name)
    opened.page.go_back()
    opened.until("document.querySelector('#panel h2').textContent === 'Eskil'")
    opened.page.go_forward()
    opened.until("document.querySelector('#panel h2').textContent === 'Halden Bank'")


@pytest.mark.parametrize(
    "at",
    [
        "entity=Nobody&relation=none&document=none&score=x&from=soon&at=1",
        "focus=&path=a&pinned=,,&with=%00&without=%F0%9F&between=Tomas_Vey&read=x+y+z",
        "off=constructor&types=__proto__&entity=__proto__&between=toString+valueOf+constructor",
        "between=Tomas_Vey+Jonas_Reuter+toString&pinned=Tomas_Vey,NaN,Infinity&focus=Nobody+9",
        "%&&==#<script>&off=%3Cscript%3E",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_whole_map(visit: Any, whole_page: str, at: str) -> None:  # fmt: skip
    opened = visit(whole_page, at=at)
    assert opened.count == "27 entities, 43 statements"
    assert opened.heading == "How to read this"


def test_a_page_inside_another_document_works_without_an_address(
    visit: Any, browser: Any, whole_page: str, tmp_path: Any
) -> None:
    """As notebooks show it: in a frame whose document is given as an attribute."""
    path = tmp_path / "outer.html"
    path.write_text("<!DOCTYPE html><iframe width=1300 height=800></iframe>", encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    page.goto(path.as_uri())
    page.evaluate("(html) => { document.querySelector('iframe').srcdoc = html; }", whole_page)
    frame = page.frame_locator("iframe")
    frame.locator("#panel h2").wait_for()
    frame.locator("#panel button.entity").first.click()
    assert frame.locator("#count").text_content() == "27 entities, 43 statements"
    assert frame.locator(".actions").is_visible()
    page.context.close()


# -- undo -----------------------------------------------------------------------------------------


def test_steps_are_undone_and_done_again_by_buttons_and_keys(opened: Any) -> None:
    page = opened.page
    seen = [opened.count]
    assert page.locator("#undo").is_disabled()
    for act in (
        lambda: page.uncheck("#statuses input[value=denied]"),
        lambda: page.uncheck("#types input[value=Product]"),
        lambda: page.select_option("#document", label="profile (9)"),
    ):
        act()
        seen.append(opened.count)
    assert len(set(seen)) == 4
    page.evaluate("document.activeElement.blur()")
    back = []
    for undo in (lambda: page.click("#undo"), lambda: page.keyboard.press("Control+z"), lambda: page.click("#undo")):  # fmt: skip
        undo()
        back.append(opened.count)
    assert back == seen[2::-1]
    assert page.is_checked("#types input[value=Product]")
    forth = []
    for redo in (lambda: page.click("#redo"), lambda: page.keyboard.press("Control+Shift+z"), lambda: page.click("#redo")):  # fmt: skip
        redo()
        forth.append(opened.count)
    assert forth == seen[1:]
    assert page.locator("#redo").is_disabled()


# -- hide and pin ---------------------------------------------------------------------------------


def test_an_entity_is_hidden_shown_again_and_its_hiding_undone(opened: Any) -> None:
    opened.click("Tomas Vey")
    stood = spots(opened)
    opened.act("Hide")
    assert "Tomas Vey" not in opened.ask("labels()")
    assert all(math.dist(spot, stood[name]) < NEAR for name, spot in spots(opened).items())
    assert opened.count.startswith("26 entities")
    assert opened.page.text_content("#shown-again") == "Show 1 hidden entity"
    assert "without=Tomas_Vey" in kept(opened)
    opened.page.click("#shown-again")
    assert "Tomas Vey" in opened.ask("labels()")
    opened.page.click("#undo")
    assert "Tomas Vey" not in opened.ask("labels()")
    opened.search("Tomas Vey")  # who is looked for is shown
    assert "Tomas Vey" in opened.ask("labels()")


def test_a_dragged_entity_stays_where_it_was_put(opened: Any) -> None:
    start = opened.ask("where('Eskil')")
    mouse = opened.page.mouse
    mouse.move(start["x"], start["y"])
    mouse.down()
    mouse.move(start["x"] + 50, start["y"] + 90, steps=5)
    mouse.up()
    opened.until("location.hash.includes('pinned=Eskil')")
    moved = opened.ask("where('Eskil')")
    assert abs(moved["x"] - start["x"] - 50) + abs(moved["y"] - start["y"] - 90) < 4
    kept(opened)
    again = opened.ask("where('Eskil')")
    assert abs(again["x"] - moved["x"]) + abs(again["y"] - moved["y"]) < 3
    opened.page.click("#reset")
    back = opened.ask("where('Eskil')")
    assert abs(back["x"] - start["x"]) + abs(back["y"] - start["y"]) < 3


def test_an_entity_is_pinned_and_let_go_by_a_button(opened: Any) -> None:
    opened.click("Eskil")
    opened.act("Pin")
    pinned = opened.panel.get_by_role("button", name="Pin")
    assert pinned.get_attribute("aria-pressed") == "true"
    assert "pinned=Eskil" in opened.hash
    pinned.click()
    assert pinned.get_attribute("aria-pressed") == "false"
    assert "pinned" not in opened.hash


# -- scenes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "button"), [(1, "Neighbours"), (2, "2 steps"), (3, "3 steps")])
def test_the_neighbourhood_is_all_within_so_many_steps(
    opened: Any, network: nx.Graph, steps: int, button: str
) -> None:
    opened.click("Jonas Reuter")
    opened.act(button)
    near = nx.single_source_shortest_path_length(network, "Jonas Reuter", cutoff=steps)
    assert sorted(opened.ask("labels()")) == sorted(near)
    assert opened.page.text_content("#scene").startswith("Jonas Reuter and all within")
    assert opened.panel.get_by_role("button", name=button).get_attribute("aria-pressed") == "true"
    opened.keep(f"steps-{steps}")
    assert f"focus=Jonas_Reuter+{steps}" in kept(opened)
    opened.page.click("#back")
    assert len(opened.ask("labels()")) == 27


def test_the_shortest_path_is_shown_with_what_is_said_at_each_step(
    opened: Any, network: nx.Graph
) -> None:
    opened.click("Port of Eskil")
    opened.act("Path to…")
    opened.page.keyboard.type("norwegians")
    opened.page.keyboard.press("Enter")
    length = nx.shortest_path_length(network, "Port of Eskil", "Norwegians")
    opened.until("document.querySelector('#panel h2').textContent === 'From Port of Eskil to Norwegians'")  # fmt: skip
    way = opened.ask("labels()")
    assert len(way) == length + 1
    assert nx.is_path(network, sorted(way, key=lambda label: nx.shortest_path_length(network, "Port of Eskil", label)))  # fmt: skip
    assert opened.page.text_content("#scene") == f"From Port of Eskil to Norwegians: {length} steps"
    assert opened.panel.locator("h3").count() == length
    assert opened.panel.locator("details.row").count() >= length
    opened.keep("path-light")
    assert "path=Port_of_Eskil+Norwegians" in kept(opened)
    opened.page.click("#back")
    assert len(opened.ask("labels()")) == 27


def test_where_no_path_leads_the_page_says_so(visit: Any, entity: Any, record: Any) -> None:
    a, b, c, d = (entity(name) for name in "ABCD")
    opened = visit(view([record(a, "know", b), record(c, "know", d)], []), at="path=A+D")
    assert opened.heading == "No path"
    assert opened.page.text_content("#scene") == "No path from A to D"
    assert sorted(opened.ask("labels()")) == ["A", "D"]


def test_a_path_takes_no_way_that_the_filters_hide(opened: Any) -> None:
    opened.page.evaluate("location.hash = 'path=Marta_Okafor+Norrsund_Ferries&relation=lead'")
    opened.until("document.querySelector('#panel h2').textContent === 'No path'")


def test_a_big_graph_grows_by_double_click_until_it_is_reset(visit: Any, crowd_page: str) -> None:
    opened = visit(crowd_page)
    before = set(opened.ask("labels()"))
    first = opened.ask("labels()")[0]
    for _ in range(5):  # on a busy machine two clicks may come too far apart
        opened.click(first, twice=True)
        if "with=" in opened.hash:
            break
    assert "with=" in opened.hash
    opened.page.click("#reset")
    assert set(opened.ask("labels()")) == before
