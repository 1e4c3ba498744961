"""A server of the command line, as a process of its own, and plain requests to it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import rdflib

from kg.store.closing import Closing

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def line(self) -> str:
        """The one line of a refusal."""
        assert self.text.count("\n") == 1, self.text
        assert self.text.endswith("\n")
        assert "Traceback" not in self.text
        return self.text.strip()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Served(Closing):
    """`kg serve GRAPH --port 0 ...`, stopped as a person would stop it."""

    def __init__(self, graph: Path, *options: str, **environment: str) -> None:
        self._words = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed at the end)
        command = [sys.executable, "-m", "kg.cli", "serve", str(graph), "--port", "0", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=self._words,
            text=True,
            env={**os.environ, **environment},
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            self.close()
            raise AssertionError(self.said)
        self.host = urlsplit(self.address).netloc

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
        timeout: float = 60,
    ) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            reply = connection.getresponse()
            told = {name.lower(): value for name, value in reply.getheaders()}
            return Answer(reply.status, told, reply.read())
        finally:
            connection.close()

    def get(self, query: str, accept: str | None = None, **fields: Any) -> Answer:
        pairs: Pairs = [("query", query), *((key, str(each)) for key, each in fields.items())]
        headers = {} if accept is None else {"Accept": accept}
        return self.ask("GET", f"/sparql?{urlencode(pairs)}", headers)

    def children(self) -> list[int]:
        task = Path(f"/proc/{self.process.pid}/task")
        files = [each / "children" for each in task.iterdir()]
        return [int(pid) for file in files for pid in file.read_text().split()]

    def stop(self, with_: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(with_)
        return self.process.wait(20)

    @property
    def said(self) -> str:
        if self._words.closed:
            return ""
        self._words.seek(0)
        return self._words.read()

    def close(self) -> None:
        if self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self._words.close()


def until(true: Any, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(done)


def running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


def triples(answer: Answer, form: str) -> set[tuple[Any, ...]]:
    """What rdflib reads of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib of itself
        return set(rdflib.Dataset().parse(data=answer.body, format=form).triples((None,) * 3))


DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
THINGS = 300


def write_graph(folder: Path) -> Path:
    """The graphs that the tests of the W3C name, and a default graph of some size."""
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    file = folder / "graph.nq"
    lines = []
    for number in range(4):
        name = f"<{DATA.format(number)}>"
        lines.append(f"{name} {type_} <http://xmlns.com/foaf/0.1/Document> {name} .\n")
    for number in range(THINGS):
        thing = f"<http://example.org/thing/{number}>"
        lines.append(f'{thing} <http://example.org/label> "Thing \\"{number}\\", ü" .\n')
        near = f"<http://example.org/thing/{(number * 7 + 1) % THINGS}>"
        lines.append(f"{thing} <http://example.org/near> {near} .\n")
    file.write_text("".join(lines), encoding="utf-8")
    return file
