"""The page in a real browser: from an entity or a line to the words of the documents, and back."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from kg.export.view import view


def test_a_click_on_an_entity_tells_its_statements_by_relation(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    opened.click("Ingrid Lindholm")
    text = opened.panel.text_content()
    assert "also called Lindholm, Ms Lindholm" in text
    assert "https://example.org/kg/entity/Ingrid_Lindholm" in text
    groups = opened.panel.locator("h3").all_text_contents()
    assert {"meet 1", "meet (by others) 1", "lead 1", "be bear on 1"} <= set(groups)
    born = opened.panel.locator("details.row", has_text="3 May 1961").first
    assert "(1961-05-03)" in born.locator("summary").text_content()
    denied = opened.panel.locator("details.row.denied", has_text="Tomas Vey")
    assert denied.locator("summary").text_content() == "Denied: not had met Tomas Veysays Ingrid Lindholm"  # fmt: skip
    opened.keep("entity-light")


def test_a_statement_opens_to_its_quote_with_all_roles_marked(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    opened.click("Ingrid Lindholm")
    row = opened.panel.locator("details.row.denied", has_text="Tomas Vey")
    row.locator("summary").click()
    opened.until("document.querySelector('#panel blockquote mark') !== null")
    assert row.locator("article p").text_content() == "Ingrid Lindholm not had met Tomas Vey"
    terms, values = (row.locator(f"dl {name}").all_text_contents() for name in ("dt", "dd"))
    assert dict(zip(terms, values, strict=True)) == {
        "how": "Denied", "said by": "Ingrid Lindholm (“denied”)", "where": "Rotterdam", "score": "0.9",
    }  # fmt: skip
    assert row.locator("blockquote").text_content() == "Lindholm denied that she had met Vey in Rotterdam."  # fmt: skip
    marks = {each.get_attribute("class"): each.text_content() for each in row.locator("mark").all()}
    assert marks == {"subject": "she", "relation cue": "had met", "object": "Vey"}
    caption = row.locator("figcaption").text_content()
    assert caption.startswith("Ferry firm changes hands · harbour-wire · 2019-04-02 · characters ")
    opened.keep("statement-light")


def test_quotes_are_marked_by_code_points(visit: Any, entity: Any, record: Any) -> None:
    text = "😀😀 Ann met 𝔹ob."
    evidence = {
        "document": "d", "start": 10, "end": 10 + len(text), "text": text, "cues": [],
        "subject": {"start": 13, "end": 16, "text": "Ann"}, "object": {"start": 21, "end": 24, "text": "𝔹ob"},
        "relation": {"text": "met", "spans": [[17, 20]]},
    }  # fmt: skip
    opened = visit(view([record(entity("Ann"), "meet", entity("𝔹ob"), evidence=[evidence])], []))
    opened.click("Ann")
    opened.unfold()
    assert opened.panel.locator("blockquote mark").all_text_contents() == ["Ann", "met", "𝔹ob"]
    opened.panel.locator("button.source").click()
    opened.until("document.querySelector('#panel .text') !== null")
    assert opened.panel.locator("mark.quoted").all_text_contents() == [text]


def test_a_click_on_a_line_tells_its_statement_with_the_quote(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    edge = next(e for e in opened.ask("edges()") if e["label"] == "had threatened")
    opened.click_line(edge)
    assert opened.heading == "Vey Capital and Transport Workers Union"
    articles = opened.panel.locator("article")
    assert articles.count() == 1
    assert "Vey Capital had threatened Transport Workers Union" in articles.text_content()
    opened.until("document.querySelector('#panel blockquote mark') !== null")
    assert articles.locator("blockquote").text_content() == "The Transport Workers Union said Vey Capital had threatened the crews."  # fmt: skip
    opened.keep("line-light")


def test_the_whole_text_is_one_click_from_a_quote_which_is_marked_in_it(
    visit: Any, whole_page: str, story_texts: dict[str, str]
) -> None:
    opened = visit(whole_page)
    opened.click("Clara Haas")
    opened.unfold()
    opened.panel.get_by_role("button", name="Notes from the Lindholm inquiry").click()
    opened.until("document.querySelector('#panel .text') !== null")
    assert opened.panel.locator(".text").text_content() == story_texts["inquiry-notes"]
    assert opened.panel.locator("mark.quoted").all_text_contents() == ["Clara Haas chairs the Lindholm inquiry."]  # fmt: skip
    assert opened.panel.locator("mark.quoted").is_visible()
    assert opened.panel.locator(".also").count() > 10  # the other quotes, more faintly
    assert opened.page.evaluate("document.activeElement.className") == "text"
    opened.keep("reader-light")
    opened.page.click("#close-text")
    assert opened.heading == "Clara Haas"


def test_a_text_leads_back_to_what_it_says(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    opened.panel.get_by_role("button", name="Ferry firm changes hands").click()
    opened.until("document.querySelector('#panel .text') !== null")
    assert opened.panel.locator("mark.quoted").count() == 0
    quote = opened.panel.locator(".also", has_text="Vey Capital bought")
    quote.focus()
    opened.page.keyboard.press("Enter")
    opened.until("document.querySelector('#panel mark.quoted') !== null")
    said = opened.panel.locator(".says summary").all_text_contents()
    assert sorted(said) == ["Asserted: Vey Capital bought Norrsund Ferries2019-04-01", "Asserted: Vey Capital for 84 million euros (84000000)2019-04-01"]  # fmt: skip
    opened.panel.locator(".also", has_text="Tomas Vey met").click()
    opened.until(
        "document.querySelector('#panel mark.quoted').textContent.startsWith('Tomas Vey met')"
    )


def test_where_only_quotes_are_known_the_reader_says_so(visit: Any, story_page: str) -> None:
    opened = visit(story_page)
    assert "this page holds the quotes, not the whole text" in opened.panel.text_content()
    opened.click("Clara Haas")
    opened.unfold()
    opened.panel.get_by_role("button", name="Notes from the Lindholm inquiry").click()
    opened.until("document.querySelector('#panel .text') !== null")
    assert "Only the quotes of this text" in opened.panel.text_content()
    assert opened.panel.locator("mark.quoted").all_text_contents() == ["Clara Haas chairs the Lindholm inquiry."]  # fmt: skip


def test_packed_data_and_texts_are_read_as_plain_ones_are(
    visit: Any,
    story: Any,
    headers: Any,
    story_texts: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("kg.export.view.columns"), "READABLE", 100)
    html = view(story, headers, texts=story_texts.get)
    assert html.count('<script type="application/octet-stream" id="kg-') == 2
    opened = visit(html)
    assert opened.count == "27 entities, 43 statements"
    opened.click("Clara Haas")
    opened.unfold()
    assert opened.panel.locator("blockquote").all_text_contents() == [
        "Clara Haas chairs the Lindholm inquiry."
    ]


def test_the_pointer_shows_the_short_form(visit: Any, whole_page: str) -> None:
    opened = visit(whole_page)
    tip = opened.page.locator("#tip")
    spot = opened.ask("where('Marta Okafor')")
    opened.page.mouse.move(spot["x"], spot["y"], steps=3)
    tip.wait_for(state="visible")
    assert tip.text_content() == "Marta Okafor · Person · 3 statements"
    at = opened.line("Norrsund Ferries", "Marta Okafor", "denied")["at"]
    opened.page.mouse.move(at["x"], at["y"], steps=3)
    opened.until("document.querySelector('#tip').textContent.startsWith('Denied')")
    assert tip.text_content() == "Denied: Norrsund Ferries not dismiss Marta Okafor"
