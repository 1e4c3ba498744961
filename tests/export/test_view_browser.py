"""The page in a real browser, offline: what a reader sees and can do."""

from __future__ import annotations

import time
from typing import Any

from kg.export.view import view
from kg.model import Header


def drawn_pixels(page: Any) -> int:
    """Pixels of the canvas that are not its most common colour."""
    return int(
        page.evaluate(
            """() => {
              const canvas = document.querySelector("#canvas canvas");
              const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              const counts = new Map();
              for (let i = 0; i < data.length; i += 4) {
                const key = data[i] + "," + data[i + 1] + "," + data[i + 2] + "," + data[i + 3];
                counts.set(key, (counts.get(key) ?? 0) + 1);
              }
              return data.length / 4 - Math.max(...counts.values());
            }"""
        )
    )


def test_the_graph_is_drawn_with_names_and_relations(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    counts = opened.ask("counts()")
    assert (counts["entities"], counts["statements"]) == (27, 43)
    assert opened.page.text_content("#count") == "27 entities, 43 statements shown"
    assert drawn_pixels(opened.page) > 5000
    written = opened.ask("written()")
    assert len(written["names"]) == 27
    assert len(written["relations"]) > 30
    assert "✕ not dismiss" in written["relations"]


def test_lines_show_how_the_text_says_it(visit: Any, story_page: str) -> None:
    edges = visit(story_page).ask("edges()")
    assert {(edge["status"], edge["dashed"]) for edge in edges} == {
        ("stated", False),
        ("hedged", True),
        ("claimed", True),
        ("denied", True),
    }
    assert all(edge["label"].startswith("✕ ") == (edge["status"] == "denied") for edge in edges)


def test_parallel_edges_take_different_ways(visit: Any, story_page: str) -> None:
    edges = visit(story_page).ask("edges()")
    paid = [e for e in edges if (e["from"], e["to"]) == ("Tomas Vey", "Jonas Reuter")]
    assert sorted(edge["status"] for edge in paid) == ["claimed", "denied", "hedged"]
    assert len({str(edge["bend"]) for edge in paid}) == 3
    assert len({(round(edge["at"]["x"]), round(edge["at"]["y"])) for edge in paid}) == 3


def test_a_click_on_an_entity_tells_its_statements_with_quotes(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    opened.click("Ingrid Lindholm")
    panel = opened.page.locator("#panel")
    assert panel.locator("h2").text_content() == "Ingrid Lindholm"
    assert "also called Lindholm, Ms Lindholm" in panel.text_content()
    assert "1961-05-03" in panel.locator("dl").first.text_content()
    denied = panel.locator("article.denied", has_text="Vey").first
    assert "not had met Tomas Vey" in denied.text_content()
    assert "according toIngrid Lindholm" in denied.text_content()
    assert denied.locator("blockquote").text_content() == (
        "Lindholm denied that she had met Vey in Rotterdam."
    )
    marks = {each.get_attribute("class"): each.text_content() for each in denied.locator("mark").all()}  # fmt: skip
    assert marks == {"subject": "she", "relation cue": "had met", "object": "Vey"}
    assert "Ferry firm changes hands · harbour-wire · 2019-04-02 · characters" in panel.text_content()  # fmt: skip


def test_quotes_are_marked_by_code_points(visit: Any, entity: Any, record: Any) -> None:
    text = "😀😀 Ann met 𝔹ob."
    evidence = {
        "document": "d", "start": 10, "end": 10 + len(text), "text": text, "cues": [],
        "subject": {"start": 13, "end": 16, "text": "Ann"}, "object": {"start": 21, "end": 24, "text": "𝔹ob"},
        "relation": {"text": "met", "spans": [[17, 20]]},
    }  # fmt: skip
    opened = visit(view([record(entity("Ann"), "meet", entity("𝔹ob"), evidence=[evidence])], []))
    opened.click("Ann")
    assert opened.page.locator("#panel blockquote mark").all_text_contents() == ["Ann", "met", "𝔹ob"]  # fmt: skip


def test_a_click_on_a_line_tells_its_statement(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    edge = next(e for e in opened.ask("edges()") if e["label"] == "had threatened")
    opened.page.mouse.click(edge["at"]["x"], edge["at"]["y"])
    opened.page.wait_for_timeout(400)
    articles = opened.page.locator("#panel article")
    assert articles.count() == 1
    assert "Vey Capital had threatened Transport Workers Union" in articles.text_content()


def test_an_entity_in_the_panel_leads_on(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    opened.click("Clara Haas")
    opened.page.locator("#panel article").get_by_role("button", name="Lindholm inquiry").click()
    assert opened.page.locator("#panel h2").text_content() == "Lindholm inquiry"


def test_the_search_finds_by_alias_with_the_keyboard_alone(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    keyboard = opened.page.keyboard
    keyboard.press("/")
    keyboard.type("ms lind")
    options = opened.page.locator("#suggestions [role=option]")
    assert options.first.text_content().startswith("Ingrid Lindholm")
    assert options.first.get_attribute("aria-selected") == "true"
    keyboard.press("Enter")
    assert opened.page.locator("#panel h2").text_content() == "Ingrid Lindholm"
    assert opened.page.locator("#suggestions").is_hidden()


def test_a_mere_place_is_found_with_what_happened_there(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    opened.page.fill("#search", "geneva")
    opened.page.keyboard.press("Enter")
    panel = opened.page.text_content("#panel")
    assert "Named as place, source or circumstance" in panel
    assert "Tomas Vey founded Vey Capital" in panel
    assert "Geneva" in opened.ask("labels()")


def test_filters_by_status_type_relation_and_document(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    page = opened.page

    def statements() -> int:
        return int(opened.ask("counts()")["statements"])

    for name in ("Stated", "Hedged", "Claimed by others"):
        page.uncheck(f"input[data-name='{name}']")
    assert statements() == 4
    assert {edge["status"] for edge in opened.ask("edges()")} == {"denied"}
    page.click("#reset")
    assert statements() == 43
    page.uncheck("input[data-name='Person']")
    assert "Tomas Vey" not in opened.ask("labels()")
    page.click("#reset")
    page.select_option("#relation", label="work for (4)")
    assert statements() == 4
    page.select_option("#relation", label="All relations")
    page.select_option("#document", label="profile (9)")
    assert statements() == 9
    assert page.text_content("#count").endswith("9 of 43 statements shown")


def test_nothing_left_by_the_filters_is_said_in_words(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    for box in opened.page.locator("#statuses input").all():
        box.uncheck()
    assert "Nothing passes these filters" in opened.page.text_content("#message")


def test_an_empty_graph_has_a_friendly_message(visit: Any) -> None:
    opened = visit(view([], []))
    assert opened.page.locator("#message").is_visible()
    assert "no statements to draw yet" in opened.page.text_content("#message")


def test_hostile_words_are_shown_and_never_run(visit: Any, entity: Any, record: Any) -> None:
    words = "</script><img src=x onerror=alert(1)><script>document.title='owned'</script>"
    told = record(entity(words), words, entity("B\u2028B", aliases=[words]))
    opened = visit(view([told], [Header(id=words, source="", title=words)], title=words))
    assert opened.page.title() == words
    opened.page.fill("#search", "script")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").text_content() == words
    assert opened.page.locator("img").count() == 0


def test_a_crowd_of_edges_between_two_is_bundled_by_status(visit: Any, entity: Any, record: Any) -> None:  # fmt: skip
    ends = entity("A"), entity("B")
    told = [record(ends[0], f"verb {turn}", ends[1], id=str(turn)) for turn in range(6)]
    told += [record(ends[0], "verb 0", ends[1], id="6", polarity="negative")]
    labels = {edge["label"] for edge in visit(view(told, [])).ask("edges()")}
    assert labels == {"verb 0 +5", "✕ not verb 0"}


def test_a_large_graph_grows_by_double_click(visit: Any, crowd: Any) -> None:
    opened = visit(view(crowd(600), []))
    before = opened.ask("counts()")
    assert (before["entities"], before["allEntities"]) == (150, 600)
    first = opened.ask("labels()")[0]
    opened.click(first, twice=True)
    after = opened.ask("counts()")
    assert after["entities"] > before["entities"]
    assert opened.page.locator("#panel h2").text_content() == first
    assert opened.ask(f"where({first!r})") is not None
    opened.page.click("#reset")
    assert opened.ask("counts()")["entities"] == 150


def test_a_large_graph_can_be_searched_and_shown_whole(visit: Any, crowd: Any) -> None:
    opened = visit(view(crowd(600), []))
    shown = set(opened.ask("labels()"))
    hidden = next(e["subject"]["label"] for e in crowd(600) if e["subject"]["label"] not in shown)
    opened.page.fill("#search", hidden)
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").text_content() == hidden
    assert hidden in opened.ask("labels()")
    opened.page.click("#whole")
    assert opened.ask("counts()")["entities"] == 600


def test_three_thousand_entities_open_within_seconds(visit: Any, crowd: Any) -> None:
    html = view(crowd(3000), [])
    begun = time.perf_counter()
    opened = visit(html)
    assert time.perf_counter() - begun < 10  # 1.2 s on two idle cores; room for busy machines
    assert opened.ask("counts()")["allEntities"] > 2900
    opened.page.fill("#search", "cleo")
    assert opened.page.locator("#suggestions [role=option]").count() == 12
