"""What a reader takes along from the view as a table, a picture or a file."""

from __future__ import annotations

import csv
import io
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.model import Header
from kg.store import Store

HARD_PAGE = runpy.run_path(str(Path(__file__).with_name("hard_page.py")))
page, store, data = (HARD_PAGE[name] for name in ("page", "store", "data"))  # fixtures
asked, page_data = (HARD_PAGE[name] for name in ("asked", "page_data"))
HARD, LINES = (HARD_PAGE[name] for name in ("HARD", "LINES"))

Page = Mapping[str, Any]
SVG = "{http://www.w3.org/2000/svg}"


# -- CSV ------------------------------------------------------------------------------------------


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))


def test_csv_holds_a_row_a_statement_with_its_quotes_and_iris(
    page: Any, story: list[dict[str, Any]], headers: tuple[Header, ...]
) -> None:
    told = read(asked(page, "kgSave.csv", page_data(story, headers)))
    assert list(told[0]) == ["id", "subject", "relation", "object", "status", "time", "place", "source", "score", "document", "quote", "subject_iri", "relation_iri", "object_iri"]  # fmt: skip
    assert {row["id"] for row in told} == {each["id"] for each in story}
    assert len(told) == len(story)
    denied = next(row for row in told if row["quote"].startswith("Lindholm denied"))
    assert {key: denied[key] for key in ("subject", "object", "status", "place", "source", "score", "document")} == {
        "subject": "Ingrid Lindholm", "object": "Tomas Vey", "status": "denied", "place": "Rotterdam",
        "source": "Ingrid Lindholm", "score": "0.9", "document": "harbour-wire",
    }  # fmt: skip
    assert denied["object_iri"] == "https://example.org/kg/entity/Tomas_Vey"
    paid = next(row for row in told if row["object"] == "84 million euros")
    assert (paid["object_iri"], paid["time"]) == ("84000000", "2019-04-01")


def test_csv_keeps_hard_text_whole(page: Any, data: Page, store: Store) -> None:
    told = {row["id"]: row for row in read(asked(page, "kgSave.csv", data))}
    for each in store.corpus().statements:
        row = told[each.id]
        assert row["quote"] == "\n".join(evidence.quote for evidence in each.evidence)
        assert row["document"] == "\n".join(evidence.document for evidence in each.evidence)
        assert row["relation"] == each.relation.label
    named = {row["source"] for row in told.values()}
    assert {HARD, LINES} <= named


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
        ("-5", "-5"), ("+1.5e3", "+1.5e3"), ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"), ('="a",b', "'=\"a\",b"), ("a=1", "a=1"), ("'=1", "'=1"), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_is_text(
    page: Any, data: Page, label: str, cell: str
) -> None:
    first = {**data["statements"][0], "label": label}
    text = asked(page, "kgSave.csv", {**data, "statements": [first]})
    assert read(text)[0]["relation"] == cell
    assert text.endswith("\r\n")


# -- pictures -------------------------------------------------------------------------------------

STRAIGHT = {"x1": 10, "y1": 10, "x2": 110, "y2": 10, "colour": "#123456", "width": 1.5, "dashes": None, "arrowTo": True}  # fmt: skip
SHAPES = ("dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon")
HOSTILE = '</text><script>alert(1)</script><image href="https://evil.example/x"/>\x0b\ud800&amp;'
INERT = '</text><script>alert(1)</script><image href="https://evil.example/x"/>\ufffd\ufffd&amp;'


def picture(**more: Any) -> dict[str, Any]:
    return {
        "width": 300, "height": 200, "paper": "#ffffff", "ink": "#111111", "title": HOSTILE, "note": HOSTILE,
        "lines": [
            STRAIGHT,
            {**STRAIGHT, "bend": 0.2, "dashes": [9, 6], "arrowFrom": True, "label": HOSTILE},
            {**STRAIGHT, "x2": 10, "label": "self"},
        ],
        "symbols": [{"x": 10 + 40 * n, "y": 10, "r": 8, "shape": shape, "colour": "#0072b2", "border": "#fff"} for n, shape in enumerate(SHAPES)],
        "names": [{"x": 10, "y": 20, "lines": [HOSTILE, "second"], "size": 13, "colour": "#111"}],
        "legend": [{"label": HOSTILE, "colour": "#d55e00", "dashes": [12, 5]}, {"label": "Asserted", "colour": "#333", "dashes": None}],
        **more,
    }  # fmt: skip


@pytest.fixture
def drawing(page: Any) -> ET.Element:
    return ET.fromstring(page.evaluate("(each) => kgSave.svg(each)", picture()))


def part(drawing: ET.Element, name: str) -> ET.Element:
    return next(each for each in drawing if each.get("id") == name)


def test_svg_holds_every_line_symbol_and_name(drawing: ET.Element) -> None:
    def count(name: str) -> dict[str, int]:
        tags = [each.tag.removeprefix(SVG) for each in part(drawing, name)]
        return {tag: tags.count(tag) for tag in tags}

    assert count("lines") == {"path": 2, "polygon": 3, "circle": 1}
    assert count("symbols") == {"circle": 1, "rect": 1, "polygon": 5}
    assert count("labels") == {"text": 2}
    assert count("names") == {"text": 1}
    assert count("legend") == {"path": 2, "text": 3}
    dashes = [each.get("stroke-dasharray") for each in part(drawing, "lines").iter(SVG + "path")]
    assert dashes == [None, "9 6"]


def test_text_in_svg_is_text(drawing: ET.Element) -> None:
    tags = {each.tag.removeprefix(SVG) for each in drawing.iter()}
    assert tags == {"svg", "g", "title", "desc", "rect", "path", "polygon", "circle", "text", "tspan"}  # fmt: skip
    assert not any(key.startswith("on") or "href" in key for each in drawing.iter() for key in each.attrib)  # fmt: skip
    assert sum(each.text == INERT for each in drawing.iter()) == 6


def test_lines_end_at_the_rim_of_symbols_with_their_arrow_there(drawing: ET.Element) -> None:
    lines = part(drawing, "lines")
    straight, bent = lines.findall(SVG + "path")
    assert straight.get("d") == "M18 10Q60 10 110 10"
    assert bent.get("d", "").split("Q")[1].startswith("60 30 ")
    head = lines.findall(SVG + "polygon")[0]
    assert head.get("points", "").startswith("110 10 99.5 ")
    assert {each.get("fill") for each in lines.findall(SVG + "polygon")} == {"#123456"}


def test_svg_is_drawn_by_a_browser(page: Any) -> None:
    drawn = page.evaluate(
        """async (each) => {
          const image = new Image();
          image.src = "data:image/svg+xml," + encodeURIComponent(kgSave.svg(each));
          await image.decode();
          return [image.naturalWidth, image.naturalHeight > 200];
        }""",
        picture(),
    )
    assert drawn == [300, True]


PIXELS = """async ({ paper, legend }) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [200, 100];
  const context = canvas.getContext("2d");
  context.fillStyle = "#00ff00";
  context.fillRect(50, 50, 10, 10);
  const blob = await kgSave.png(canvas, paper, legend);
  const image = await createImageBitmap(blob);
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [image.width, image.height];
  const drawn = sheet.getContext("2d");
  drawn.drawImage(image, 0, 0);
  const at = (x, y, w, h) => [...drawn.getImageData(x, y, w, h).data];
  const below = image.height > 100 ? at(0, 100, 200, image.height - 100) : [];
  const colours = new Set();
  for (let i = 0; i < below.length; i += 4) colours.add(below.slice(i, i + 3).join());
  return { type: blob.type, size: [image.width, image.height], paper: at(0, 0, 1, 1), spot: at(55, 55, 1, 1), colours: [...colours] };
}"""


@pytest.mark.parametrize(("paper", "rgb"), [("#fafafa", 250), ("#101010", 16)])
def test_png_is_the_canvas_on_paper_with_its_legend(page: Any, paper: str, rgb: int) -> None:
    legend = [{"label": "Denied", "colour": "#d55e00", "dashes": None}]
    found = page.evaluate(PIXELS, {"paper": paper, "legend": legend})
    assert found["type"] == "image/png"
    assert found["paper"] == [rgb, rgb, rgb, 255]
    assert found["spot"] == [0, 255, 0, 255]
    assert found["size"][0] == 200
    assert found["size"][1] > 100
    assert "213,94,0" in found["colours"]
    lights = [int(each.split(",")[0]) for each in found["colours"] if len(set(each.split(","))) == 1]  # fmt: skip
    assert max(lights) - min(lights) > 120  # words are read on this paper


def test_png_without_a_legend_is_as_large_as_the_canvas(page: Any) -> None:
    assert page.evaluate(PIXELS, {"paper": "#fff", "legend": []})["size"] == [200, 100]


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["'Žofie\\r\\n'", "new Blob(['Žofie\\r\\n'])"])
def test_a_download_arrives_whole_and_leaves_nothing_behind(page: Any, content: str) -> None:
    with page.expect_download() as caught:
        left = page.evaluate(
            f"""() => {{
              kgSave.download("visible.csv", {content}, "text/csv;charset=utf-8");
              return document.querySelectorAll("a").length;
            }}"""
        )
    assert caught.value.suggested_filename == "visible.csv"
    assert Path(caught.value.path()).read_bytes() == "Žofie\r\n".encode()
    assert left == 0


def test_the_address_of_a_download_is_given_back(page: Any) -> None:
    revoked = page.evaluate(
        """() => {
          const [later, revoke, click] = [window.setTimeout, URL.revokeObjectURL, HTMLAnchorElement.prototype.click];
          const found = [];
          let url;
          window.setTimeout = (work) => work();
          URL.revokeObjectURL = (each) => found.push(each);
          HTMLAnchorElement.prototype.click = function () { url = this.href; };
          kgSave.download("a.txt", "a", "text/plain");
          [window.setTimeout, URL.revokeObjectURL, HTMLAnchorElement.prototype.click] = [later, revoke, click];
          return found.length === 1 && found[0] === url && url.startsWith("blob:");
        }"""
    )
    assert revoked is True
