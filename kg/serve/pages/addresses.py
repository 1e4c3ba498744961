"""The addresses of the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial, wraps
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import KgError
from kg.serve.pages.assets import assets
from kg.serve.pages.describe import MEDIA, triples, vocabulary, wanted
from kg.serve.pages.document import document_page
from kg.serve.pages.explorer import MOST_DRAWN, explorer_response
from kg.serve.pages.graph import ROOMS, Graph, NotThereError, Room
from kg.serve.pages.home import Overview, overview
from kg.serve.pages.render import HEADERS, html
from kg.serve.pages.search import find, labels
from kg.serve.pages.source import Source
from kg.serve.pages.things import entity_page, relation_page, statement_page
from kg.store import named
from kg.vocab import TERMS

Handler = Callable[[Request], Response]

LARGEST_BODY: Final = 200_000  # bytes of a question for labels
LONGEST_NUMBER: Final = 9  # digits of a page or place


def routes(source: Source) -> list[Route]:
    """The pages of a graph, to be joined with its endpoint at /sparql.

    Things are at their IRI's path as well where the base of the graph has one, so that IRIs under
    the served address can be followed. Raises KgError where an installed package lacks its scripts.
    """
    pages = _Pages(Graph(source))
    found = [
        Route("/", pages.home),
        Route("/query", pages.query),
        Route("/explore", pages.explore),
        Route("/complete", pages.complete),
        Route("/labels", pages.labels, methods=["POST"]),
        Route("/assets/{name:path}", pages.asset),
    ]
    for start in dict.fromkeys(("/", urlsplit(source.names.base).path)):
        found += [Route(f"{start}{room}/{{name}}", pages.things[room]) for room in ROOMS]
        found += [Route(f"{start}vocab{suffix}", pages.vocab) for suffix in ("", ".{suffix}")]
    return found


class UnacceptableError(Exception):
    """The client accepts none of the forms that there are."""


def _shown(handler: Callable[..., Response]) -> Any:
    """A handler whose failures are pages, too."""

    @wraps(handler)
    def shown(*arguments: Any) -> Response:
        try:
            return handler(*arguments)
        except UnacceptableError as error:
            return PlainTextResponse(str(error), 406, dict(HEADERS))
        except NotThereError as error:
            return html("missing", 404, what=str(error))
        except KgError as error:
            return html("failed", 503, why=str(error))

    return shown


class _Pages:
    """The handlers. They block: Starlette runs each in a thread."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._assets = assets()
        self._counting, self._drawing = Lock(), Lock()
        self._overview: tuple[str, Overview] | None = None
        self._explorer: tuple[str, str] | None = None
        shown = {
            "entity": self._entity,
            "relation": self._relation,
            "statement": self._statement,
            "document": self._document,
        }
        self.things: Mapping[Room, Handler] = {
            room: partial(self._thing, room, shown[room]) for room in ROOMS
        }

    @_shown
    def home(self, request: Request) -> Response:
        words = request.query_params.get("q", "").strip()
        if not words:
            return html("home", overview=self._known(), words="", found=None)
        found = [*find(self._graph, "entity", words, 50), *find(self._graph, "relation", words)]
        return html("home", overview=None, words=words, found=found)

    @_shown
    def query(self, request: Request) -> Response:
        examples = named()
        chosen = examples.get(request.query_params.get("example", ""))
        names = self._graph.source.names
        settings = {
            "base": names.base,
            "prefixes": dict(names.prefixes),
            "examples": {each.name: each.sparql for each in examples.values()},
        }
        start = chosen or examples.get("who-met-whom") or next(iter(examples.values()))
        return html("query", examples=examples.values(), start=start, settings=settings)

    @_shown
    def explore(self, request: Request) -> Response:
        if self._known().statements > MOST_DRAWN:
            return html("too_large", overview=self._known(), most=MOST_DRAWN)
        with self._drawing:
            version = self._graph.source.version
            if self._explorer is None or self._explorer[0] != version:
                self._explorer = version, self._graph.source.explorer()
            return explorer_response(self._explorer[1])

    def complete(self, request: Request) -> Response:
        """Names that begin so, as JSON: `?q=` and, for one kind alone, `?kind=`."""
        words = request.query_params.get("q", "").strip()
        kind = request.query_params.get("kind")
        if not words:
            return JSONResponse([], headers=dict(HEADERS))
        try:
            found = [
                asdict(each)
                for one in ("relation", "entity")
                if kind in (None, one)
                for each in find(self._graph, one, words)
            ]
        except KgError as error:
            return PlainTextResponse(str(error), 503, dict(HEADERS))
        return JSONResponse(found, headers={**HEADERS, "cache-control": "max-age=60"})

    async def labels(self, request: Request) -> Response:
        """A JSON list of IRIs for a JSON object of their labels."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_BODY:
                return PlainTextResponse("fewer IRIs at once", 413, dict(HEADERS))
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, list) or not all(isinstance(each, str) for each in asked):
            return PlainTextResponse("a JSON list of IRIs is wanted", 400, dict(HEADERS))
        try:
            found = await run_in_threadpool(labels, self._graph, asked)
        except KgError as error:
            return PlainTextResponse(str(error), 503, dict(HEADERS))
        return JSONResponse(found, headers=dict(HEADERS))

    @_shown
    def vocab(self, request: Request) -> Response:
        form = _form(request, request.path_params.get("suffix"))
        if form != "html":
            return _rdf(vocabulary(self._graph, form), form)
        return html("vocab", terms=TERMS, iri=f"{self._graph.base}vocab#", path="/vocab")

    def asset(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            return PlainTextResponse("no such file", 404, dict(HEADERS))
        headers = {**HEADERS, "cache-control": "no-cache", "etag": asset.tag}
        if request.headers.get("if-none-match") == asset.tag:
            return Response(status_code=304, headers=headers)
        return Response(asset.body, media_type=asset.media, headers=headers)

    def _known(self) -> Overview:
        with self._counting:
            version = self._graph.source.version
            if self._overview is None or self._overview[0] != version:
                self._overview = version, overview(self._graph)
            return self._overview[1]

    @_shown
    def _thing(
        self, room: Room, page: Callable[[Request, str], HTMLResponse], request: Request
    ) -> Response:
        """The page of a thing, or its triples, as the client or a suffix wants them."""
        name, _, suffix = request.path_params["name"].partition(".")
        form = _form(request, suffix or None)
        response = page(request, name) if form == "html" else self._rdf(room, name, form, request)
        if not suffix:
            response.headers["vary"] = "Accept"
        return response

    def _rdf(self, room: Room, name: str, form: str, request: Request) -> Response:
        page = _number(request, "page")
        body, more = triples(self._graph, room, self._graph.iri(room, name), form, page)
        if not body:
            raise NotThereError(f"{room} {name}")
        response = _rdf(body, form)
        if more:
            response.headers["link"] = f'<{request.url.path}?page={page + 1}>; rel="next"'
        return response

    def _entity(self, request: Request, name: str) -> HTMLResponse:
        part = request.query_params.get("part", "about")
        relation = request.query_params.get("relation") or None
        page = entity_page(self._graph, name, part, relation, _number(request, "page"))
        return html("entity", page=page, path=f"/entity/{name}")

    def _relation(self, request: Request, name: str) -> HTMLResponse:
        page = relation_page(self._graph, name, _number(request, "page"))
        return html("relation", page=page, path=f"/relation/{name}")

    def _statement(self, request: Request, name: str) -> HTMLResponse:
        page = statement_page(self._graph, name, _number(request, "page"))
        return html("statement", page=page, path=f"/statement/{name}")

    def _document(self, request: Request, name: str) -> HTMLResponse:
        page = document_page(self._graph, name, _number(request, "from"))
        return html("document", page=page, path=f"/document/{name}")


def _form(request: Request, suffix: str | None) -> str:
    """The form that a suffix or the Accept header asks for, one of MEDIA."""
    form = suffix or wanted(request.headers.get("accept", ""))
    if form is None:
        raise UnacceptableError(f"none of these is accepted: {', '.join(MEDIA.values())}")
    if form not in MEDIA:
        raise NotThereError(request.url.path)
    return form


def _rdf(body: bytes, form: str) -> Response:
    return Response(body, media_type=f"{MEDIA[form]}; charset=utf-8", headers=dict(HEADERS))


def _number(request: Request, name: str) -> int:
    """A number of an address; 0 where it has none, NotThereError where it is no number."""
    given = request.query_params.get(name, "0")
    if not (given.isascii() and given.isdigit()) or len(given) > LONGEST_NUMBER:
        raise NotThereError(f"{name} {given}")
    return int(given)
