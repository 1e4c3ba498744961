"""Servers to push to: two of other makes, and one of our own that fails as it is told to."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

START = 60  # seconds that a server may take to answer
DEFAULT = "default"


@contextlib.contextmanager
def oxigraph(room: Path) -> Iterator[str]:
    """The Oxigraph server, with its store in a directory."""
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        pytest.skip("the package oxigraph is not installed: no Oxigraph server to push to")
    port = free_port()
    command = [str(binary), "serve", "--location", str(room / "served"), "--bind", f"127.0.0.1:{port}"]  # fmt: skip
    with running(command, f"http://127.0.0.1:{port}/query"):
        yield f"http://127.0.0.1:{port}"


RDFLIB_SERVER = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
app = SparqlEndpoint(graph=rdflib.Dataset(), enable_update=True, cors_enabled=False)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""


@contextlib.contextmanager
def rdflib_endpoint() -> Iterator[str]:
    """rdflib-endpoint: queries and updates at one address, no Graph Store Protocol."""
    pytest.importorskip("rdflib_endpoint", reason="the package rdflib-endpoint is not installed")
    port = free_port()
    with running([sys.executable, "-c", RDFLIB_SERVER, str(port)], f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], url: str) -> Iterator[None]:
    """The process while it answers at the URL, ended by its id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START
        while not _answers(url):
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
            assert time.monotonic() < deadline, f"{command[0]} did not answer in {START} s"
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def asked(server: str, query: str, path: str = "/query") -> list[dict[str, str]]:
    """The rows of a query, as plain values."""
    request = urllib.request.Request(
        f"{server}{path}", query.encode(), {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=30) as response:
        bindings = json.load(response)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


Fault = Callable[[BaseHTTPRequestHandler], bool]
"""Spoils the answer to a request that writes; False lets the request be served after all."""


@dataclass
class Write:
    """A request to /store; `served` where it did what was asked."""

    method: str
    graph: str
    lines: int
    served: bool = False


class Faulty:
    """A Graph Store at /store with the counts of it at /query; each write first meets the next fault.

    `graphs` are sets of lines, `writes` all that was asked of /store, in order.
    """

    def __init__(self) -> None:
        self.graphs: defaultdict[str, set[str]] = defaultdict(set)
        self.writes: list[Write] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Fault | None] = []
        self.miscount = 0
        outer = self

        class Handler(_Handler):
            server_of = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Faulty:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    server_of: Faulty
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server_of.headers.append(dict(self.headers))
        if urlsplit(self.path).path == "/query":
            self._count(parse_qs(body.decode())["query"][0])
        elif urlsplit(self.path).path == "/store":
            self._write(body)
        else:
            self.answer(404)

    do_PUT = do_POST  # noqa: N815

    def _write(self, body: bytes) -> None:
        fields = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        graph = fields.get("graph", [DEFAULT])[0]
        lines = body.decode().splitlines()
        fault = self.server_of.faults.pop(0) if self.server_of.faults else None
        write = Write(self.command, graph, len(lines))
        self.server_of.writes.append(write)
        spoilt = fault is not None and fault(self)
        write.served = not spoilt
        if spoilt:
            return
        if self.command == "PUT":
            self.server_of.graphs[graph].clear()
        self.server_of.graphs[graph].update(lines)
        self.answer(204)

    def _count(self, query: str) -> None:
        self._json(*self._counts(query))

    def _counts(self, query: str) -> tuple[str, Any]:
        if query.startswith("ASK"):
            return "boolean", True
        held = {name: len(lines) - self.server_of.miscount for name, lines in self.server_of.graphs.items() if lines}  # fmt: skip
        if "GROUP BY" not in query:
            return "results", {"bindings": [{"n": {"value": str(held.get(DEFAULT, 0))}}]}
        names = [name for name in re.findall(r"<([^>]*)>", query) if name in held]
        return "results", {"bindings": [{"g": {"value": n}, "n": {"value": str(held[n])}} for n in names]}  # fmt: skip

    def _json(self, key: str, value: Any) -> None:
        self.answer(200, json.dumps({"head": {}, key: value}).encode())


def says(status: int, body: bytes = b"", **headers: str) -> Fault:
    """Answers with that status."""

    def fault(request: BaseHTTPRequestHandler) -> bool:
        request.answer(status, body, **headers)  # type: ignore[attr-defined]
        return True

    return fault


def cuts(after: bytes) -> Fault:
    """Closes the connection when so much of the answer is out."""

    def fault(request: BaseHTTPRequestHandler) -> bool:
        request.wfile.write(after)
        request.close_connection = True
        return True

    return fault


def hangs(seconds: float) -> Fault:
    """Says nothing for a while, then closes."""

    def fault(request: BaseHTTPRequestHandler) -> bool:
        time.sleep(seconds)
        request.close_connection = True
        return True

    return fault
