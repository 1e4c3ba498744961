"""A page opened in headless Chromium, and what a reader does to it."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path
from typing import Any, Final

SCREENSHOTS: Final = Path(__file__).parents[2] / "build" / "screenshots"
WAIT: Final = 15_000  # ms after which what was waited for is said never to come
INKED: Final = """() => {
  const drawn = document.querySelector("#canvas canvas");
  const canvas = new OffscreenCanvas(drawn.width, drawn.height);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(drawn, 0, 0);
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const key = (data[i] << 24) | (data[i + 1] << 16) | (data[i + 2] << 8) | data[i + 3];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return data.length / 4 - Math.max(...counts.values());
}"""


class Visit:
    """A page opened from a file, and all it asked for or complained about."""

    def __init__(self, browser: Any, path: Path, *, at: str = "", script: str = "", **how: Any) -> None:  # fmt: skip
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            **{"offline": True, "viewport": {"width": 1400, "height": 900}, **how}
        )
        self.context.set_default_timeout(WAIT)
        if script:
            self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))  # fmt: skip
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("popup", lambda popup: self.complaints.append(f"popup: {popup.url}"))
        self.page.route("**/*", self._refuse)
        self.url = path.as_uri()
        self.go(at)

    def go(self, at: str = "") -> None:
        """Load the page anew, with what stands behind # of the address."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}#{at}" if at else self.url)
        self.ready()

    def ready(self) -> None:
        self.until("window.kgView !== undefined")

    def _refuse(self, route: Any) -> None:
        if route.request.url.partition("#")[0] == self.url:
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    # -- what can be asked

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(f"kgView.{expression}")

    def until(self, expression: str, given: Any = None) -> None:
        """Wait for what an expression (of `given`) tells; the page's policy forbids playwright's own way."""
        end = time.monotonic() + WAIT / 1000
        while not self.page.evaluate(f"(given) => Boolean({expression})", given):
            assert time.monotonic() < end, f"never: {expression}; {self.complaints}"
            self.page.wait_for_timeout(15)

    @property
    def panel(self) -> Any:
        return self.page.locator("#panel")

    @property
    def heading(self) -> str:
        return str(self.panel.locator("h2").text_content())

    @property
    def count(self) -> str:
        return str(self.page.text_content("#count"))

    @property
    def hash(self) -> str:
        """What stands behind # once the address has been written."""
        self.page.wait_for_timeout(250)
        return str(self.page.evaluate("location.hash.slice(1)"))

    def shown(self) -> list[str]:
        """The statements that the panel lists, by id."""
        return list(self.page.evaluate("[...new Set([...document.querySelectorAll('#panel [data-statement]')].map((each) => each.dataset.statement))]"))  # fmt: skip

    def line(self, source: str, target: str, status: str) -> Any:
        """A line as `kgView.edges` tells of it."""
        return next(e for e in self.ask("edges()") if (e["from"], e["to"], e["status"]) == (source, target, status))  # fmt: skip

    def inked(self) -> int:
        """Pixels of the canvas that are not of its most common colour."""
        return int(self.page.evaluate(INKED))

    # -- what a reader does

    def click(self, label: str, *, twice: bool = False) -> None:
        """Click an entity in the picture; the panel tells of it."""
        point = self.ask(f"where({label!r})")
        mouse = self.page.mouse
        (mouse.dblclick if twice else mouse.click)(point["x"], point["y"])
        self._told(label)

    def click_line(self, line: Any) -> None:
        self.page.mouse.click(line["at"]["x"], line["at"]["y"])
        self.page.wait_for_selector("#panel article")

    def search(self, words: str, label: str | None = None) -> None:
        """Search and take the first that is found."""
        self.page.fill("#search", words)
        self.page.keyboard.press("Enter")
        self._told(label if label is not None else words)

    def _told(self, label: str) -> None:
        self.until("document.querySelector('#panel h2')?.textContent === given", label)

    def act(self, name: str) -> None:
        """Press a button of the panel's entity."""
        self.panel.locator(".actions").get_by_role("button", name=name, exact=True).click()

    def unfold(self) -> None:
        """Open every statement of the panel, and wait for the words of the quotes."""
        self.page.evaluate("document.querySelectorAll('#panel details.row').forEach((each) => { each.open = true; })")  # fmt: skip
        self.until(
            "[...document.querySelectorAll('#panel details.row')].every((each) => each.children.length > 1)"
            " && [...document.querySelectorAll('#panel blockquote')].every((each) => each.textContent !== '…')"
        )

    def keep(self, name: str) -> None:
        """Keep a screenshot as build/screenshots/NAME.png; it and the canvas must not be blank."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        path.unlink(missing_ok=True)
        self.page.screenshot(path=path)
        assert self.inked() > 1000, name
        assert _shades(path.read_bytes()) > 100, name


def _shades(png: bytes) -> int:
    """How many different bytes a picture is made of; a blank one has hardly any."""
    packed, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return len(set(zlib.decompress(packed)))
