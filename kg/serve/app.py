"""The application: /sparql, /graphs, and the pages where there are any."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import GraphError, KgError
from kg.serve.answering import Answering, refused
from kg.serve.description import description
from kg.serve.guard import Guard
from kg.serve.negotiate import GRAPHS, ranges, wish
from kg.serve.protocol import READ_ONLY, Question, RefusedError, question, url_fields, values
from kg.serve.settings import Settings
from kg.store.bounded import Workers

QUERY_PAGE: Final = "/query"
EVERY: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
WHOLE_GRAPH: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"

Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    workers: Workers, settings: Settings | None = None, *, pages: Sequence[BaseRoute] = ()
) -> Starlette:
    """An ASGI application over workers, which stay the caller's to close.

    Where `pages` has a route at /query, people who look at /sparql are led there.
    """
    chosen = settings or Settings()
    endpoint = _Endpoint(Answering(workers, chosen.bounds, chosen.workers), chosen, pages)
    routes = [
        Route(path, handler, methods=EVERY)
        for place, handler in (("/sparql", endpoint.sparql), ("/graphs", endpoint.graphs))
        for path in (place, f"{place}/")
    ]
    return Starlette(
        routes=[*routes, *pages],
        middleware=[Middleware(Guard, settings=chosen)],
        exception_handlers={
            RefusedError: refused,
            KgError: refused,
            HTTPException: _http,
            Exception: refused,
        },
    )


class _Endpoint:
    """The two resources that answer machines."""

    def __init__(
        self, answering: Answering, settings: Settings, pages: Sequence[BaseRoute]
    ) -> None:
        self._answering = answering
        self._bounds = settings.bounds
        self._page = any(getattr(each, "path", "") == QUERY_PAGE for each in pages)

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; without a query, the description of the service."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": "GET, HEAD, POST, OPTIONS"})
        if request.method not in ("GET", "HEAD", "POST"):
            raise _method(request, "GET, HEAD, POST, OPTIONS")
        asked = await question(request, self._bounds.body_bytes, self._bounds.body_seconds)
        if asked is None:
            if self._page and _for_people(request):
                return RedirectResponse(QUERY_PAGE, 303, {"vary": "Accept"})
            asked = description(str(request.url.replace(query="", fragment="")))
        return await self._answering.answer(request, asked)

    async def graphs(self, request: Request) -> Response:
        """SPARQL 1.1 Graph Store Protocol, its reading half."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": "GET, HEAD, OPTIONS"})
        if request.method not in ("GET", "HEAD"):
            raise _method(request, "GET, HEAD, OPTIONS")
        fields = url_fields(request)
        graph, default = values(fields, "graph"), values(fields, "default")
        if len(graph) + len(default) != 1:
            raise RefusedError(400, "one graph is wanted: ?default or ?graph=IRI")
        try:
            return await self._answering.answer(request, Question(WHOLE_GRAPH, graph))
        except RefusedError as error:
            if isinstance(error.__cause__, GraphError):
                raise RefusedError(404, f"the store has no graph <{graph[0]}>") from error
            raise


def _method(request: Request, allow: str) -> RefusedError:
    return RefusedError(405, f"{request.method} is not for here: {READ_ONLY}", {"allow": allow})


def _for_people(request: Request) -> bool:
    """Whether HTML is wanted more than any form of RDF."""
    wanted = ranges(request.headers.get("accept"))
    rdf = max(wish(media, wanted) for types in GRAPHS.values() for media in types)
    return ("text/html", 1.0) in wanted or wish("text/html", wanted) > rdf


async def _http(request: Request, error: Exception) -> Response:
    """What the framework refuses, on one line."""
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
