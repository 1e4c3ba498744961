"""Words of documents are text and nothing else, wherever they stand in the graph and whatever is done with the page."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.export.view import view
from kg.model import Header
from tests.export.hostile import HOSTILE

ENTITY = "https://kg.example/entity/"
ROLES = 15  # places of the panel where each string must be read

# What a string would trip over: it is there before the page is, and sees every element that comes.
TRAPS = """
  window.__hits = [];
  window.__hit = (...what) => { __hits.push(String(what)); };
  for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch"]) window[name] = () => __hit(name);
  window.__tags = new Set();
  const look = (node) => {
    if (node.nodeType !== 1) return;
    __tags.add(node.localName);
    for (const { name, value } of node.attributes) {
      if (/^on|^(src|srcdoc|action|formaction|xlink:href|data|ping|background)$/i.test(name)) __hit(`attribute ${name}`);
      if (name === "href" && !(value === "data:," || value.startsWith("blob:"))) __hit(`href ${value}`);
      if (name === "style" && /url|expression/i.test(value)) __hit(`style ${value}`);
    }
  };
  new MutationObserver((all) => {
    for (const { addedNodes, target } of all) {
      look(target);
      for (const node of addedNodes) {
        look(node);
        if (node.nodeType === 1) node.querySelectorAll("*").forEach(look);
      }
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
"""

TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "header", "h1", "h2", "h3", "div", "input", "ul", "li", "p", "button", "details", "summary",
    "aside", "fieldset", "legend", "select", "option", "output", "main", "span", "section", "noscript", "script", "label", "small", "strong", "svg", "path", "rect",
    "canvas", "table", "thead", "tbody", "tr", "th", "td", "article", "dl", "dt", "dd", "figure", "figcaption", "blockquote", "mark", "a",
}  # fmt: skip

# One string used as a reader would: found, its entity opened, every statement unfolded, its document read.
USED = """async (place) => {
  const rest = () => new Promise((done) => setTimeout(done));
  const box = document.getElementById("search");
  box.value = `n${place}n`;
  box.dispatchEvent(new Event("input"));
  const suggestions = document.querySelector(".found").textContent;
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  const panel = document.getElementById("panel");
  for (const row of panel.querySelectorAll("details.row")) row.open = true;
  for (let turn = 0; turn < 400 && ![...panel.querySelectorAll("details.row")].every((row) => row.querySelector("blockquote mark")); turn += 1) await rest();
  const told = panel.textContent;
  const quotes = [...panel.querySelectorAll("blockquote")].map((each) => each.textContent);
  panel.querySelector("button.source").click();
  for (let turn = 0; turn < 400 && !panel.querySelector(".text"); turn += 1) await rest();
  return {
    suggestions, told, quotes, text: panel.querySelector(".text").textContent, quoted: panel.querySelector(".quoted").textContent,
    title: panel.querySelector("h2").textContent,
  };
}"""


def statements(place: int, words: str) -> list[dict[str, Any]]:
    """Two statements with the words in every field: of a literal and of an entity."""
    at = {"start": 7, "end": 7 + len(words), "text": words}
    evidence = {
        "document": words, **at, "subject": at, "object": at, "relation": {"text": words, "spans": [[7, 7 + len(words)]]},
        "cues": [{"kind": words, **at}],
    }  # fmt: skip
    subject = {"id": f"{ENTITY}{place}/{words}", "label": f"{words} n{place}n", "type": words, "aliases": [words]}  # fmt: skip
    named = {"id": f"{ENTITY}named/{place}/{words}", "label": words}
    plain = {
        "document": words, "subject": subject, "relation": {"id": f"{ENTITY}relation/{words}", "label": words, "lemma": words},
        "qualifiers": [{"role": words, "text": words, "id": None, "label": None}, {"role": words, "text": words, **named}],
        "polarity": "positive", "certainty": "certain", "time": words, "place": named, "score": 0.5, "evidence": [evidence],
    }  # fmt: skip
    literal = {"value": words, "datatype": "xsd:string", "label": words + " "}
    other = {"id": f"{ENTITY}hub", "label": "Hub", "type": "Person", "aliases": []}
    return [
        {**plain, "id": words, "object": literal, "attribution": {"id": None, "label": words, "cue": words}},
        {**plain, "id": f"{words} 2", "object": other, "attribution": {**named, "cue": words}},
    ]  # fmt: skip


@pytest.fixture(scope="module")
def hostile_page() -> str:
    told = [each for place, words in enumerate(HOSTILE) for each in statements(place, words)]
    headers = [Header(id=words, source=words, title=words + " ", date=words) for words in HOSTILE]
    texts = {words: f"before {words} after" for words in HOSTILE}
    return view(told, headers, title=" ".join(HOSTILE), texts=texts.get)


class Plain(HTMLParser):
    """The elements of a page without words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(view([], []))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)


def unharmed(opened: Any) -> None:
    assert opened.page.evaluate("__hits") == []
    assert set(opened.page.evaluate("[...__tags]")) <= TAGS
    assert opened.page.evaluate("({}).hit") is None
    kinds = "script, style, link, meta, title, noscript"
    assert opened.page.evaluate(f"document.querySelectorAll('{kinds}').length") == sum(map(Plain().tags.count, kinds.split(", ")))  # fmt: skip
    assert opened.requests == []
    assert opened.complaints == []


def test_there_are_enough_strings_of_many_kinds() -> None:
    assert len(set(HOSTILE)) >= 60


def test_hostile_words_are_read_as_they_are_and_do_nothing(visit: Any, hostile_page: str) -> None:
    opened = visit(hostile_page, script=TRAPS)
    assert opened.ask("counts()")["allStatements"] == 2 * len(HOSTILE)
    heading = opened.page.text_content("h1")
    assert "<script>__hit('script')</script>" in heading
    assert "{{7*7}}" in heading
    assert "&lt;script&gt;" in heading
    for place, words in enumerate(HOSTILE):
        used = opened.page.evaluate(USED, place)
        assert words in used["suggestions"], place
        assert used["told"].count(words) >= ROLES, place
        assert used["quotes"] == [words, words], place
        assert used["text"].startswith(f"before {words} after"), place
        assert (used["quoted"], used["title"]) == (words, words + " "), place
    unharmed(opened)


def test_hostile_words_in_table_lists_and_tips_do_nothing(visit: Any, hostile_page: str) -> None:
    opened = visit(hostile_page, script=TRAPS)
    page = opened.page
    page.click("#show-table")
    page.check("#all-statements")
    cells = page.evaluate("[...document.querySelectorAll('#table tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))")  # fmt: skip
    assert len(cells) == 2 * len(HOSTILE)
    for place, words in enumerate(HOSTILE):
        mine = [row for row in cells if row[0].endswith(f" n{place}n")]
        assert [row[0][: -len(f" n{place}n")] for row in mine] == [words] * 2
        assert all(row[1] == row[4] == row[5] == row[6] == words for row in mine), place
    for heading in page.locator("#table th button").all():
        heading.click()
    assert page.locator("#relation option").count() == len(HOSTILE) + 1
    for box in ("relation", "document"):
        page.select_option(f"#{box}", index=3)
        assert opened.ask("counts()")["passing"] == 2
    page.click("#reset")
    for spot in [opened.ask(f"where({label!r})") for label in opened.ask("labels()")[:12]]:
        if spot is not None:
            page.mouse.move(spot["x"], spot["y"])
    unharmed(opened)


def test_hostile_words_in_saved_files_are_text(visit: Any, hostile_page: str) -> None:
    opened = visit(hostile_page, script=TRAPS)
    page = opened.page
    page.click("#show-table")
    page.check("#all-statements")
    files: dict[str, bytes] = {}
    for kind in ("Turtle", "CSV", "SVG", "PNG"):
        page.click("#save summary")
        with page.expect_download() as caught:
            page.get_by_role("button", name=kind, exact=True).click()
        files[kind] = Path(caught.value.path()).read_bytes()
    graph = rdflib.Graph().parse(data=files["Turtle"], format="turtle")
    readable = {str(term) for term in graph.objects()}
    assert {words for words in HOSTILE if words.isprintable()} <= readable
    assert {str(term) for triple in graph for term in triple}.isdisjoint({"b", "c"})
    rows = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"), newline=""), strict=True))
    assert len(rows) == 2 * len(HOSTILE) + 1
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(files["SVG"]).iter()}
    assert tags <= {"svg", "g", "title", "desc", "rect", "path", "polygon", "circle", "text", "tspan"}  # fmt: skip
    assert files["PNG"].startswith(b"\x89PNG")
    unharmed(opened)


def test_an_address_of_hostile_words_does_nothing(visit: Any, hostile_page: str) -> None:
    opened = visit(hostile_page, script=TRAPS)
    keys = ["entity", "with", "off", "types", "relation", "document", "focus", "path", "between", "pinned", "from", "at"]  # fmt: skip
    for words in HOSTILE:
        opened.page.evaluate(
            """([keys, words]) => {
              const said = encodeURIComponent(words.toWellFormed().slice(0, 300));
              location.hash = keys.map((key) => `${key}=${said}`).join("&") + `&read=${said} 7 9`;
            }""",
            [keys, words],
        )
    opened.page.wait_for_timeout(300)
    unharmed(opened)
