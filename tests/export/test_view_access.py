"""Whoever reads: with a keyboard, a screen reader, a phone, in the dark, without motion (WCAG 2.2 AA).

axe-core (as axe-playwright-python ships it) judges the page in each of its main states; it is evaluated in the page,
for the page's own policy admits no other script.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations, passes } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const told = violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
  return { told, passes: passes.length };
}"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": PHONE,
}


def judged(opened: Any) -> None:
    if not opened.page.evaluate("typeof axe === 'object'"):
        opened.page.evaluate(f"{AXE}; null")
    found = opened.page.evaluate(RUN, TAGS)
    assert found["passes"] > 10
    assert found["told"] == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_in_any_state(visit: Any, whole_page: str, look: str) -> None:
    opened = visit(whole_page, reduced_motion="reduce", **LOOKS[look])
    page = opened.page
    opened.keep(f"first-{look}")
    page.fill("#search", "an")
    page.locator(".found li").first.wait_for()
    opened.keep(f"search-{look}")
    judged(opened)  # the welcome, with suggestions open
    opened.search("Ingrid Lindholm")
    opened.unfold()
    opened.keep(f"entity-{look}")
    opened.act("2 steps")
    page.click("#show-table")
    page.uncheck("#statuses input[value=denied]")
    opened.keep(f"table-{look}")
    page.click("#save summary")
    opened.act("Path to…")
    opened.unfold()
    page.keyboard.type("an")
    judged(
        opened
    )  # an entity with its quotes, a scene, the table, the files, suggestions in the panel
    page.keyboard.press("Escape")
    page.locator("#table td:last-child button").first.click()
    opened.until("document.querySelector('#panel .text') !== null")
    opened.keep(f"reader-{look}")
    judged(opened)


# -- keyboard -------------------------------------------------------------------------------------

FOCUS = """() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    key: it.id || it.getAttribute('role') || it.value || it.textContent, tag: it.tagName, outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && middle !== null && (it.contains(middle) || middle.contains(it)),
  };
}"""


def walked(opened: Any, most: int = 300) -> list[dict[str, Any]]:
    """What Tab comes to, from the start of the page until it leaves it."""
    found = []
    for _ in range(most):
        opened.page.keyboard.press("Tab")
        focus = opened.page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        found.append(focus)
    return found


def test_tab_comes_to_every_control_and_shows_where_it_is(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    opened.go("table=yes")
    found = walked(opened)
    keys = [focus["key"] for focus in found]
    expected = {"search", "fit", "show-table", "reset", "asserted", "denied", "Person", "relation", "document", "score", "application", "panel", "all-statements"}  # fmt: skip
    assert expected <= set(keys)
    assert keys.index("search") < keys.index("asserted") < keys.index("application") < keys.index("panel")  # fmt: skip
    assert [focus["key"] for focus in found if not focus["outline"]] == []
    assert [focus["key"] for focus in found if not focus["seen"]] == []
    opened.page.focus("#canvas [role=application]")
    opened.page.keyboard.press("n")
    opened.keep("focus-light")


def test_from_the_search_to_the_words_of_a_document_with_the_keyboard_alone(
    visit: Any, whole_page: str
) -> None:
    opened = visit(whole_page)
    press = opened.page.keyboard.press
    press("/")
    opened.page.keyboard.type("lind")
    options = opened.page.locator(".found [role=option]")
    assert options.first.get_attribute("aria-selected") == "true"
    press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    active = opened.page.get_attribute("#search", "aria-activedescendant")
    assert active == options.nth(1).get_attribute("id")
    press("ArrowUp")
    name = options.first.locator("span").text_content()
    press("Enter")
    assert opened.heading == name
    assert opened.page.evaluate("document.activeElement.id") == "panel"
    for _ in range(40):
        press("Tab")
        if opened.page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    press("Enter")
    opened.until("document.querySelector('#panel blockquote mark') !== null")
    for _ in range(10):
        press("Tab")
        if opened.page.evaluate("document.activeElement.className") == "source":
            break
    press("Enter")
    opened.until("document.querySelector('#panel mark.quoted') !== null")
    press("Escape")
    assert opened.heading == name
    press("Escape")
    assert opened.heading == "How to read this"


def test_the_picture_is_walked_moved_and_zoomed_with_keys(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    opened.page.focus("#canvas [role=application]")
    names = []
    for key in ("n", "n", "p"):
        opened.page.keyboard.press(key)
        names.append(opened.heading)
    assert names[0] == names[2] != names[1]
    before = opened.ask("scale()")
    opened.page.keyboard.down("+")
    opened.until("kgView.scale() > given", before)
    opened.page.keyboard.up("+")
    spot = opened.ask("where('Eskil')")
    opened.page.keyboard.down("ArrowRight")
    opened.until("kgView.where('Eskil').x !== given", spot["x"])
    opened.page.keyboard.up("ArrowRight")


def test_escape_closes_the_suggestions_and_leaves_what_was_open(
    visit: Any, whole_page: str
) -> None:
    opened = visit(whole_page)
    opened.click("Eskil")
    opened.page.fill("#search", "vey")
    assert opened.page.get_attribute("#search", "aria-expanded") == "true"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".found").first.is_hidden()
    assert opened.page.get_attribute("#search", "aria-expanded") == "false"
    assert opened.heading == "Eskil"


# -- names, motion, size --------------------------------------------------------------------------


def test_what_a_screen_reader_is_told(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    page = opened.page
    assert page.get_by_role("application", name="Network of entities").count() == 1
    for role, name in (
        ("combobox", "Search an entity by name or alias"), ("checkbox", "Denied 4"), ("checkbox", "Person 8"), ("combobox", "Show one relation"),
        ("combobox", "Show one document"), ("slider", "Least score"), ("slider", "From"), ("slider", "To"), ("button", "Undo"), ("button", "Redo"), ("region", "Details"),
    ):  # fmt: skip
        assert page.get_by_role(role, name=name, exact=True).count() == 1, name
    assert page.get_attribute("#count", "aria-live") == "polite"
    assert page.get_attribute("#times input[aria-label=From]", "aria-valuetext") == "1961"
    page.click("#show-table")
    assert page.get_by_role("columnheader").count() == 7
    assert page.get_by_role("region", name="Table of statements").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(("motion", "glides"), [("reduce", False), ("no-preference", True)])
def test_nothing_glides_where_less_motion_is_wished_for(
    visit: Any, whole_page: str, motion: str, glides: bool
) -> None:
    opened = visit(whole_page, reduced_motion=motion)
    opened.page.evaluate("location.hash = 'at=0 0 0.2'")
    opened.until("kgView.scale() < 0.25")
    scales = opened.page.evaluate(
        """async () => {
          const box = document.getElementById("search");
          box.value = "eskil";
          box.dispatchEvent(new Event("input"));
          box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
          const found = [];
          for (let turn = 0; turn < 40; turn += 1) {
            await new Promise((done) => requestAnimationFrame(done));
            found.push(kgView.scale());
          }
          return [...new Set(found)];
        }"""
    )
    assert (len(scales) > 2) == glides


def test_a_phone_shows_all_without_scrolling_sideways(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page, **PHONE)
    page = opened.page
    page.click("#show-table")
    opened.search("Ingrid Lindholm")
    opened.unfold()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("search", "canvas", "panel", "controls", "table"):
        box = page.locator(f"#{name}").bounding_box()
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= 391, name
        assert box["height"] > 20, name
    small = page.evaluate("[...document.querySelectorAll('header button, .actions button, summary, select')].filter((each) => each.getClientRects().length && each.getBoundingClientRect().height < 24).map((each) => each.textContent)")  # fmt: skip
    assert small == []  # WCAG 2.2, 2.5.8


def test_a_finger_chooses_an_entity(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page, **PHONE)
    name = opened.ask("labels()")[0]
    spot = opened.ask(f"where({name!r})")
    opened.page.touchscreen.tap(spot["x"], spot["y"])
    opened.until("document.querySelector('#panel h2').textContent === given", name)
    assert opened.page.locator("#tip").is_hidden()


def test_the_dark_is_dark_and_a_change_is_followed(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    light = opened.ask("picture()")
    opened.page.emulate_media(color_scheme="dark")
    opened.until("kgView.picture().paper !== given", light["paper"])
    dark = opened.ask("picture()")
    assert int(light["paper"][1:3], 16) > 200 > 60 > int(dark["paper"][1:3], 16)
    assert {line["colour"] for line in light["lines"]}.isdisjoint(line["colour"] for line in dark["lines"])  # fmt: skip
