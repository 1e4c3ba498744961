"""The pages are for everyone: contrast, names of controls, phones."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

MET = "SELECT ?from ?relation ?to ?score WHERE {\n  ?statement rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to ; kg:score ?score\n} ORDER BY ?score"

# Text of too little contrast with what is behind it: WCAG 2.2, 1.4.3.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, turn) => sum + v * [0.2126, 0.7152, 0.0722][turn], 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff");
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const { visibility, fontSize, opacity } = getComputedStyle(element);
    if (!own || !element.getClientRects().length || visibility === "hidden" || opacity === "0" || element.closest("script, noscript, option, :disabled")) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (parseFloat(fontSize) >= 24 ? 3 : 4.5)) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${element.textContent.trim().slice(0, 30)}`);
  }
  return poor;
}"""


PAGES = ["/", "/?q=moss", "/entity/Robert_Sattler", "/relation/meet", "/document/report", "/vocab", f"/query#query={quote(MET)}", f"/query#view=network&query={quote(MET)}"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(visit: Any, scheme: str) -> None:
    opened = visit(color_scheme=scheme)
    for path in PAGES:
        page = opened.go(path)
        if path.startswith("/query"):
            opened.answered()
            page.wait_for_timeout(200)
        assert page.evaluate(CONTRAST) == [], path


def test_no_page_is_wider_than_a_phone(visit: Any) -> None:
    opened = visit(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    for path in PAGES:
        page = opened.go(path)
        if path.startswith("/query"):
            opened.answered()
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_every_control_has_a_name(visit: Any) -> None:
    opened = visit()
    nameless = """() => [...document.querySelectorAll("a, button, input, select, textarea, [tabindex='0']")]
      .filter((each) => each.getClientRects().length && !(each.textContent.trim() || each.getAttribute("aria-label")
        || each.getAttribute("aria-labelledby") || each.labels?.length)).map((each) => each.outerHTML.slice(0, 120))"""
    for path in PAGES:
        page = opened.go(path)
        if path.startswith("/query"):
            opened.answered()
        assert page.evaluate(nameless) == [], path
        assert page.locator("h1").count() == 1
        assert json.loads(page.evaluate("JSON.stringify([document.documentElement.lang])")) == [
            "en"
        ]
