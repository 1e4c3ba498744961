"""A graph behind the pages, with an endpoint just large enough for them: what the tests open."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KgError
from kg.serve.pages import drawn, routes
from kg.store import Store
from kg.vocab import Namespaces

FORMS = {
    "application/sparql-results+json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/n-triples": "nt",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
}
TRIPLES = {"nt", "ttl", "jsonld"}


@dataclass(frozen=True)
class Body:
    body: bytes


@dataclass
class StoreSource:
    """A source over a store in memory; it counts what it is asked."""

    store: Store
    texts: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    drawings: int = 0
    version: str = "1"
    # pyoxigraph's answers must end in the thread they began in
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    @property
    def names(self) -> Namespaces:
        return self.store.names

    def results(self, sparql: str, form: str) -> Body:
        self.asked.append(sparql)
        return Body(self._worker.submit(self.store.results, sparql, form).result(timeout=60))

    def text(self, document: str) -> str | None:
        return self.texts.get(document)

    def explorer(self) -> str:
        self.drawings += 1
        return self._worker.submit(drawn, self.store, self.text).result(timeout=120)


def site(source: Any) -> Starlette:
    """The pages and an endpoint that takes a form."""

    def answered(query: str, accept: str) -> Response:
        triples = re.search(r"(?im)^\s*(CONSTRUCT|DESCRIBE)\b", query) is not None
        known = {media: form for media, form in FORMS.items() if (form in TRIPLES) == triples}
        asked = (part.split(";")[0].strip() for part in accept.split(","))
        media = next((each for each in asked if each in known), next(iter(known)))
        try:
            return Response(source.results(query, known[media]).body, media_type=media)
        except KgError as error:
            return Response(str(error), 400, media_type="text/plain")

    async def sparql(request: Request) -> Response:
        form = parse_qs((await request.body()).decode(), keep_blank_values=True)
        accept = request.headers.get("accept", "")
        return await run_in_threadpool(answered, form["query"][0], accept)

    return Starlette(routes=[Route("/sparql", sparql, methods=["POST"]), *routes(source)])


@contextmanager
def serving(source: Any, listening: socket.socket | None = None) -> Iterator[str]:
    """The site on a free port of 127.0.0.1, stopped at the end: its address."""
    listening = listening or socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site(source), log_level="critical", ws="none"))
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        assert not thread.is_alive()
        listening.close()
