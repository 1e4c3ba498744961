"""One reader's use of a page of the network view, timed in headless Chromium; run by `tests.bench.view`.

    python -m tests.bench.viewing PAGE [--picture FILE]

Prints one JSON object. The clock is the page's own: a script that is there before the page counts frames, drawings of the
canvas and what the page does after an event, until the frame that shows it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from tests.chromium import NAMES, QUIET, program

CONTEXTS: Final = 5
CLICKS: Final = 5
PANNING: Final = 3.0  # seconds
CLOSER: Final = 6.0  # times the scale of the overview, when zoomed in
SIZE: Final = {"width": 1400, "height": 900}
INKED: Final = 0.002  # of the canvas that has to be drawn on for a first screen
PATIENCE: Final = 120_000  # ms

# frames: times of requestAnimationFrame; drawn: how often the canvas was emptied; screen: ms from navigation to the first frame
# after the page called itself ready in which there are pixels and names; after(event, done): ms from an event until the frame
# after done() holds.
PROBE: Final = """
window.kgBench = { frames: null, drawn: 0, screen: null, ink: 0 };
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) { kgBench.drawn += 1; return clear.apply(this, box); };
kgBench.inked = () => {
  const canvas = document.querySelector("#canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked / (data.length / 4);
};
const look = (now) => {
  if (kgBench.frames) kgBench.frames.push(now);
  if (kgBench.screen === null && window.kgView) {
    const at = performance.now();
    kgBench.ink = kgBench.inked();
    if (kgBench.ink > INKED && kgView.written().names.length) kgBench.screen = at;
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
kgBench.after = (kind, done) => {
  let begun = null;
  addEventListener(kind, (event) => { begun = event.timeStamp; }, { capture: true, once: true });
  kgBench.took = new Promise((told) => {
    const wait = () => {
      if (begun === null || !done()) requestAnimationFrame(wait);
      else { const channel = new MessageChannel(); channel.port1.onmessage = () => told(performance.now() - begun); channel.port2.postMessage(0); }
    };
    requestAnimationFrame(wait);
  });
};
""".replace("INKED", str(INKED))

Figures = dict[str, Any]
Spot = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Look at one page and tell what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.viewing")
    parser.add_argument("page", type=Path)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="the first screen as PNG")
    options = parser.parse_args(arguments)
    sys.stdout.write(json.dumps(looked_at(options.page, options.picture)) + "\n")
    return 0


def looked_at(path: Path, picture: Path | None = None) -> Figures:
    """Milliseconds, frames and bytes of one page."""
    chromium = program()
    if chromium is None:
        raise SystemExit(f"none of {', '.join(NAMES)} on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(QUIET))  # fmt: skip
        screens = []
        for _ in range(CONTEXTS):
            with _opened(browser, path) as page:
                screens.append(_screen(page))
        with _opened(browser, path) as page:
            _screen(page)
            if picture:
                page.screenshot(path=str(picture))
            found = _used(page)
        browser.close()
    return {"version": browser.version, "screens": screens, **found}


@contextmanager
def _opened(browser: Any, path: Path) -> Iterator[Any]:
    context = browser.new_context(offline=True, viewport=SIZE)
    context.add_init_script(PROBE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(path.resolve().as_uri(), wait_until="commit")
    yield page
    context.close()


def _screen(page: Any) -> float:
    """Milliseconds from navigation to the first frame with pixels and names."""
    page.wait_for_function("() => window.kgBench.screen !== null")
    return float(page.evaluate("kgBench.screen"))


def _used(page: Any) -> Figures:
    """What a reader does first: moves about, clicks, filters, comes closer, moves about."""
    page.wait_for_timeout(500)  # the texts are unpacked
    found = {"counts": page.evaluate("kgView.counts()"), "names": page.evaluate("kgView.written().names.length")}  # fmt: skip
    found["overview"] = _panned(page)
    page.click("#reset")
    found["clicks"] = [_clicked(page, spot) for spot in _alone(page)]
    found["filters"] = [_filtered(page, each) for each in ("denied", "denied", "claimed", "claimed")]  # fmt: skip
    found["zooming"] = _zoomed(page)
    found["closer_counts"] = page.evaluate("kgView.counts()")
    found["closer"] = _panned(page)
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    found["heap_mb"] = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    return found


def _free(page: Any) -> tuple[float, float]:
    """The point of the window, well inside the canvas, that is farthest from any entity."""
    box = page.locator("#canvas").bounding_box()
    nodes = page.evaluate("kgView.labels().map(kgView.where)")
    spots = [(box["x"] + box["width"] * a / 20, box["y"] + box["height"] * b / 20) for a in range(6, 15) for b in range(6, 15)]  # fmt: skip
    return max(spots, key=lambda spot: min((math.dist(spot, (each["x"], each["y"])) for each in nodes), default=0.0))  # fmt: skip


def _panned(page: Any) -> Figures:
    """Frames and drawings a second while the picture is dragged in circles, the longest gap, and that of letting go."""
    x, y = _free(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("kgBench.frames = [], kgBench.drawn = 0")
    begun = time.perf_counter()
    while (gone := time.perf_counter() - begun) < PANNING:
        angle = gone * 4
        page.mouse.move(x + 120 * math.sin(angle), y + 120 * (1 - math.cos(angle)))
        time.sleep(0.004)
    frames, drawn = page.evaluate("[kgBench.frames.splice(0), kgBench.drawn]")
    page.mouse.up()
    page.wait_for_timeout(500)
    after = page.evaluate("[kgBench.frames, kgBench.frames = null][0]")
    seconds = (frames[-1] - frames[0]) / 1000
    return {"frames": (len(frames) - 1) / seconds, "drawn": drawn / seconds, "gap_ms": _gap(frames), "released_gap_ms": _gap(after)}  # fmt: skip


def _gap(frames: list[float]) -> float:
    return max((b - a for a, b in pairwise(frames)), default=0.0)


def _clicked(page: Any, spot: Spot) -> float:
    """Milliseconds from letting the mouse button go to the frame that has the entity's panel."""
    page.evaluate("kgBench.before = document.querySelector('#panel').firstElementChild")
    page.evaluate("kgBench.after('pointerup', () => document.querySelector('#panel').firstElementChild !== kgBench.before)")  # fmt: skip
    page.mouse.click(spot["x"], spot["y"])
    took = float(page.evaluate("kgBench.took"))
    shown = page.text_content("#panel h2")
    if shown != spot["label"]:
        raise SystemExit(f"a click on {spot['label']!r} showed {shown!r}")
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)  # or the next is a double click
    return took


def _alone(page: Any) -> list[Spot]:
    """The entities in the picture that stand farthest from any other: a click is on no other."""
    box = page.locator("#canvas").bounding_box()
    spots: list[Spot] = page.evaluate("kgView.labels().map((label) => ({ label, ...kgView.where(label) }))")  # fmt: skip
    inside = [
        (min((math.dist((spot["x"], spot["y"]), (each["x"], each["y"])) for each in spots if each is not spot), default=0.0), turn, spot)
        for turn, spot in enumerate(spots)
        if 30 < spot["x"] - box["x"] < box["width"] - 30 and 70 < spot["y"] - box["y"] < box["height"] - 30
    ]  # fmt: skip
    return [spot for *_, spot in sorted(inside, key=lambda each: (-each[0], each[1]))[:CLICKS]]


def _filtered(page: Any, status: str) -> float:
    """Milliseconds from a change of a status's box to the frame that has the new count."""
    page.evaluate("kgBench.before = document.querySelector('#count').textContent")
    page.evaluate("kgBench.after('change', () => document.querySelector('#count').textContent !== kgBench.before)")  # fmt: skip
    page.click(f"#statuses input[value={status}]")
    took = float(page.evaluate("kgBench.took"))
    page.wait_for_timeout(200)
    return took


def _zoomed(page: Any) -> Figures:
    """The longest gap between frames on the way to CLOSER times the scale, by the wheel."""
    start = page.evaluate("kgView.scale()")
    x, y = page.evaluate("(() => { const { x, y } = kgView.where(kgView.labels()[0]); return [x, y]; })()")  # fmt: skip
    page.mouse.move(x, y)
    page.evaluate("kgBench.frames = []")
    for _ in range(60):
        if page.evaluate("kgView.scale()") >= start * CLOSER:
            break
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(30)
    page.wait_for_timeout(600)
    frames = page.evaluate("[kgBench.frames, kgBench.frames = null][0]")
    return {"times": page.evaluate("kgView.scale()") / start, "gap_ms": _gap(frames)}


if __name__ == "__main__":
    sys.exit(main())
