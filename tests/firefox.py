"""Firefox without a window, driven over Marionette, the protocol that it listens to by itself.

A message is its length in bytes, a colon and JSON: `[0, id, command, parameters]` there, `[1, id, error, result]` back
(https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Final, Self

NAMES: Final = ("firefox", "firefox-esr")
PATIENCE: Final = 60.0  # seconds for a start or an answer
PREFERENCES: Final[dict[str, Any]] = {
    "marionette.port": 0,  # a free one, which is then in the profile's MarionetteActivePort
    "network.proxy.type": 1,  # whoever asks a host is sent to a port where nobody listens
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.alwaysOpenPanel": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
}
# What the console says of pages, as [flags, message]; 1 is a warning, 0 an error.
SAID: Final = """
return Services.console.getMessageArray().filter((each) => each instanceof Ci.nsIScriptError && each.sourceName.startsWith("file:"))
  .map((each) => [each.flags, each.errorMessage]);
"""


def program() -> str | None:
    """The first of NAMES on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Firefox:
    """One window of a Firefox with a profile of its own below `room`; its downloads are in `saved`."""

    def __init__(self, path: str, room: Path) -> None:
        profile, self.saved = room / "profile", room / "saved"
        for folder in (profile, self.saved):
            folder.mkdir(parents=True)
        told = PREFERENCES | {"browser.download.dir": str(self.saved)}
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in told.items())  # fmt: skip
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", str(profile)]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        self._turn = 0
        try:
            self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), PATIENCE)
            self._heard = self._socket.makefile("rb")
            self._message()
            self.ask("WebDriver:NewSession", pageLoadStrategy="normal")
            self.ask("WebDriver:SetWindowRect", width=1400, height=1000)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _port(self, profile: Path) -> int:
        end = time.monotonic() + PATIENCE
        file = profile / "MarionetteActivePort"
        while time.monotonic() < end and self._process.poll() is None:
            if file.is_file() and (text := file.read_text().strip()):
                return int(text)
            time.sleep(0.05)
        raise RuntimeError(f"firefox: no port within {PATIENCE:.0f} s, ended with {self._process.poll()}")  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.ask("Marionette:Quit", flags=["eForceQuit"])
            self._process.wait(PATIENCE)
        finally:
            self._heard.close()
            self._socket.close()
            self._process.kill()
            self._process.wait()

    def _message(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            letter = self._heard.read(1)
            if not letter:
                raise RuntimeError("firefox: the connection is closed")
            length += letter
        return json.loads(self._heard.read(int(length[:-1])))

    def ask(self, command: str, **parameters: Any) -> Any:
        """The result of a command; RuntimeError with Firefox's words where it is refused."""
        self._turn += 1
        text = json.dumps([0, self._turn, command, parameters]).encode("utf-8")
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, turn, error, result = self._message()
        assert turn == self._turn
        if error is not None:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def open(self, url: str) -> None:
        """Go to a page, until it is loaded."""
        self.ask("WebDriver:Navigate", url=url)

    def run(self, expression: str, *arguments: Any) -> Any:
        """The value of an expression in the page; `arguments` are its arguments."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {expression};", args=arguments)

    def until(self, expression: str) -> Any:
        """Wait until an expression is true in the page, and give its value."""
        end = time.monotonic() + PATIENCE
        while not (value := self.run(expression)):
            if time.monotonic() > end:
                raise RuntimeError(f"firefox: not within {PATIENCE:.0f} s: {expression}")
            time.sleep(0.05)
        return value

    def click(self, selector: str) -> None:
        """Click the element that a CSS selector finds."""
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        self.ask("WebDriver:ElementClick", id=next(iter(found.values())))

    def write(self, selector: str, text: str) -> None:
        """Type into an element; \\ue007 is Enter."""
        found = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        self.ask("WebDriver:ElementSendKeys", id=next(iter(found.values())), text=text)

    def point(self, x: float, y: float, *then: str) -> None:
        """Move the pointer to a point of the window, in two steps as a hand would, then `pointerDown`, `pointerUp`."""
        steps: list[dict[str, Any]] = [{"type": "pointerMove", "x": round(x) + dx, "y": round(y)} for dx in (1, 0)]  # fmt: skip
        steps += [{"type": each, "button": 0} for each in then]
        self.ask("WebDriver:PerformActions", actions=[{"type": "pointer", "id": "mouse", "actions": steps}])  # fmt: skip

    def click_at(self, x: float, y: float) -> None:
        """Click a point of the window."""
        self.point(x, y, "pointerDown", "pointerUp")

    def inside(self, script: str) -> Any:
        """What a script says that runs in the browser itself and not in the page."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.ask("WebDriver:ExecuteScript", script=script, args=[])
        finally:
            self.ask("Marionette:SetContext", value="content")

    def complaints(self) -> list[str]:
        """Errors and warnings of pages from files, refusals by a Content-Security-Policy included."""
        return [message for _, message in self.inside(SAID)]
