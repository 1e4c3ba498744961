"""The page in a real browser: the first picture.

Screenshots of what is tested here and in the other `test_view_*.py` are kept in build/screenshots, which git
ignores; every run writes them anew.
"""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from kg.export.view import view

BOXES = """() => {
  const context = document.createElement("canvas").getContext("2d");
  return kgView.picture().names.map(({ x, y, lines, size }) => {
    context.font = `${size}px system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif`;
    const wide = Math.max(...lines.map((line) => context.measureText(line).width));
    return { left: x - wide / 2, right: x + wide / 2, top: y, bottom: y + lines.length * size };
  });
}"""
LETTER = 8  # px: no name is cut at the rim by more
SIZE = "(() => { const { width, height } = document.querySelector('#canvas').getBoundingClientRect(); return [width, height]; })()"  # fmt: skip


def overlapping(boxes: list[dict[str, float]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, a in enumerate(boxes)
        for j, b in enumerate(boxes[:i])
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]  # fmt: skip


# -- the first picture ----------------------------------------------------------------------------


def test_a_small_graph_is_drawn_whole_with_its_names_and_relations(visit: Any, whole_page: str) -> None:  # fmt: skip
    opened = visit(whole_page)
    assert opened.count == "27 entities, 43 statements"
    written = opened.ask("written()")
    assert sorted(name.replace("\n", " ") for name in written["names"]) == sorted(opened.ask("labels()"))  # fmt: skip
    assert len(written["names"]) == 27
    assert len(written["relations"]) > 30
    assert "✕ not dismiss" in written["relations"]
    assert "Ingrid Lindholm" in opened.panel.text_content()  # the foremost are listed
    opened.keep("first-light")


@pytest.mark.parametrize("pages", ["whole_page", "crowd_page"])
def test_no_name_of_the_first_picture_lies_on_another_or_is_cut(
    visit: Any, pages: str, request: pytest.FixtureRequest
) -> None:
    opened = visit(request.getfixturevalue(pages))
    boxes = opened.page.evaluate(BOXES)
    assert len(boxes) >= 27
    assert overlapping(boxes) == []
    wide, high = opened.page.evaluate(SIZE)
    cut = [
        max(-box["left"], -box["top"], box["right"] - wide, box["bottom"] - high) for box in boxes
    ]
    assert max(cut) < LETTER


def test_groups_have_captions_of_their_foremost_members(visit: Any, crowd_page: str) -> None:
    opened = visit(crowd_page)
    captions = opened.ask("captions()")
    assert len(captions) >= 3
    assert len(set(captions)) == len(captions)
    shown = set(opened.ask("labels()"))
    assert all(caption.rstrip("…").split(", ")[0] in shown for caption in captions)


def test_the_first_picture_of_a_big_graph_is_its_foremost_and_zooming_in_shows_more(
    visit: Any, crowd_page: str
) -> None:
    opened = visit(crowd_page)
    before = opened.ask("counts()")
    assert before["entities"] == 40
    assert before["allEntities"] == 600
    assert re.fullmatch(r"40 of 600 entities, [\d,]+ of 1,\d{3} statements", opened.count)
    opened.keep("crowd-light")
    first, scale = set(opened.ask("labels()")), opened.ask("scale()")
    box = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(14):
        opened.page.mouse.wheel(0, -300)
    opened.until("kgView.labels().some((label) => !given.includes(label))", sorted(first))
    opened.until("kgView.scale() > 2 * given", scale)
    opened.page.click("#fit")
    assert set(opened.ask("labels()")) == first


@pytest.mark.parametrize("size", [(1400, 900), (1920, 1080), (390, 844)])
def test_what_is_drawn_at_first_can_be_read(
    visit: Any, crowd_page: str, size: tuple[int, int]
) -> None:
    opened = visit(crowd_page, viewport={"width": size[0], "height": size[1]})
    picture = opened.ask("picture()")
    symbols = picture["symbols"]
    assert len(opened.ask("written()")["names"]) >= 0.9 * len(symbols) >= 5
    for turn, one in enumerate(symbols):
        for other in symbols[:turn]:
            apart = math.dist((one["x"], one["y"]), (other["x"], other["y"]))
            assert apart >= one["r"] + other["r"]


def test_the_picture_can_be_moved(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    before = opened.ask("where('Eskil')")
    box = opened.page.locator("#canvas").bounding_box()
    mouse = opened.page.mouse
    mouse.move(box["x"] + 4, box["y"] + box["height"] - 4)
    mouse.down()
    mouse.move(box["x"] + 64, box["y"] + box["height"] - 44, steps=4)
    mouse.up()
    after = opened.ask("where('Eskil')")
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (60, -40)


def test_lines_show_how_the_text_says_it(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    edges = opened.ask("edges()")
    assert {(edge["status"], edge["dashed"]) for edge in edges} == {
        ("asserted", False), ("possible", True), ("claimed", True), ("asked", True), ("denied", True),
    }  # fmt: skip
    assert all(edge["label"].startswith("✕ ") == (edge["status"] == "denied") for edge in edges)
    lines = opened.ask("picture()")["lines"]
    looks = {(line["colour"], str(line["dashes"])) for line in lines}
    assert len(looks) == len({colour for colour, _ in looks}) == len({dashes for _, dashes in looks}) == 5  # fmt: skip


def test_an_empty_graph_has_a_friendly_message(visit: Any) -> None:
    opened = visit(view([], []))
    assert opened.page.locator("#message").is_visible()
    assert "no statements to draw yet" in opened.page.text_content("#message")


def test_what_is_left_out_is_said(visit: Any, crowd: Any) -> None:
    told = crowd(200)
    opened = visit(view(told, [], max_nodes=80))
    counts = opened.ask("counts()")
    assert counts["allEntities"] <= 80
    ends = {end["id"] for each in told for end in (each["subject"], each["object"])}
    note = opened.page.text_content("#left-out")
    assert f"{len(ends) - counts['allEntities']} entities" in note
    assert f"{len(told) - counts['allStatements']} statements" in note
    assert visit(view(told, [])).page.locator("#left-out").count() == 0


def test_nothing_is_asked_of_a_network_that_is_there(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page, offline=False)  # the fixture refuses and counts every request
    opened.click("Ingrid Lindholm")
    opened.page.click("#show-table")
    opened.page.wait_for_load_state("networkidle")
    assert opened.requests == []


def test_without_scripts_the_page_says_what_it_needs(browser: Any, tmp_path: Any, whole_page: str) -> None:  # fmt: skip
    path = tmp_path / "view.html"
    path.write_text(whole_page, encoding="utf-8")
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert "needs JavaScript" in page.text_content("noscript")
    assert page.locator("noscript").bounding_box()["height"] > 20
    context.close()
