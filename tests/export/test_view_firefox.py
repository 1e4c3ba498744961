"""The page in Firefox, from a file and without a network: the other engine that it promises to work in."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.firefox import NAMES, Firefox, program

DARK = 'Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", 0);'
INKED = """(() => {
  const canvas = document.querySelector("#canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, place) => place % 4 === 3 && value).length;
})()"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = program()
    if path is None:
        pytest.skip(f"none of {', '.join(NAMES)} on the PATH")
    with Firefox(path, tmp_path_factory.mktemp("firefox")) as started:
        yield started


@pytest.fixture
def opened(firefox: Firefox, story_page: str, tmp_path: Path) -> Iterator[Firefox]:
    """Firefox at the story; the page must end without a request or a complaint."""
    path = tmp_path / "story.html"
    path.write_text(story_page, encoding="utf-8")
    firefox.open(path.as_uri())
    firefox.until("window.kgView !== undefined")
    yield firefox
    assert firefox.run("performance.getEntriesByType('resource').map((each) => each.name)") == []
    assert firefox.complaints() == []


def text(firefox: Firefox, selector: str) -> str:
    return str(firefox.run("document.querySelector(arguments[0]).textContent", selector))


def click_entity(firefox: Firefox, label: str) -> None:
    spot = firefox.run("kgView.where(arguments[0])", label)
    firefox.click_at(spot["x"], spot["y"])


def saved(firefox: Firefox, kind: str, name: str) -> bytes:
    """What a button of Save writes; the browser gives the file its name when it is whole."""
    path = firefox.saved / name
    firefox.click("#save summary")
    firefox.run("[...document.querySelectorAll('#files button')].find((each) => each.textContent === arguments[0]).click()", kind)  # fmt: skip
    end = time.monotonic() + 30
    while not (path.exists() and path.stat().st_size) or list(firefox.saved.glob("*.part")):
        assert time.monotonic() < end, f"{name} is not there"
        time.sleep(0.05)
    return path.read_bytes()


def test_firefox_draws_the_graph_with_its_names(opened: Firefox) -> None:
    assert opened.run("kgView.counts().statements") == 43
    assert opened.run(INKED) > 5000
    assert len(opened.run("kgView.written().names")) > 20


def test_a_click_in_firefox_shows_statements_with_their_quotes(opened: Firefox) -> None:
    click_entity(opened, "Norrsund Ferries")
    opened.until("document.querySelector('#panel h2').textContent === 'Norrsund Ferries'")
    opened.click("#panel details summary")
    opened.until("document.querySelector('#panel blockquote mark.relation') !== null")
    opened.click("#panel button.source")
    opened.until("document.querySelector('#panel').textContent.includes('← Back')")


def test_firefox_finds_filters_and_keeps_both_in_the_address(opened: Firefox) -> None:
    opened.write("#search", "Okafor\ue007")
    opened.until("document.querySelector('#panel h2').textContent === 'Marta Okafor'")
    opened.click("#statuses input[value=asserted]")
    told = opened.until("/10 statements that pass/.exec(document.querySelector('#count').textContent) && document.querySelector('#count').textContent")  # fmt: skip
    opened.until("location.hash.includes('off=asserted') && location.hash.includes('entity=Marta_Okafor')")  # fmt: skip
    address = opened.run("location.href")
    opened.open("about:blank")
    opened.open(address)
    opened.until("window.kgView !== undefined")
    assert text(opened, "#count") == told
    assert text(opened, "#panel h2") == "Marta Okafor"


def test_firefox_shows_the_statements_as_a_table(opened: Firefox) -> None:
    opened.click("#show-table")
    opened.until("document.querySelectorAll('#table tbody tr').length === 43")


def test_firefox_saves_what_is_visible(opened: Firefox) -> None:
    assert b"kg:Statement" in saved(opened, "Turtle", "graph-part.ttl")
    rows = list(csv.DictReader(io.StringIO(saved(opened, "CSV", "graph-part.csv").decode("utf-8-sig"), newline="")))  # fmt: skip
    assert len(rows) == 43
    assert "Norrsund Ferries" in saved(opened, "SVG", "graph.svg").decode("utf-8")
    assert saved(opened, "PNG", "graph.png").startswith(b"\x89PNG")


def test_firefox_draws_in_the_dark(opened: Firefox) -> None:
    light: Any = opened.run("getComputedStyle(document.body).backgroundColor")
    opened.inside(DARK)
    opened.until("matchMedia('(prefers-color-scheme: dark)').matches")
    assert opened.run("getComputedStyle(document.body).backgroundColor") != light
    assert opened.run(INKED) > 5000


def test_the_tip_goes_when_the_pointer_leaves_the_picture(opened: Firefox) -> None:
    spot = opened.run("kgView.where('Norrsund Ferries')")
    opened.point(spot["x"], spot["y"])
    opened.until("!document.getElementById('tip').hidden")
    opened.point(1300, 500)
    opened.until("document.getElementById('tip').hidden")
