"""Who is answered at all: the gate before every route.

A page of another site that a person visits can make their browser ask us, too. It cannot read the
answers of another origin; but by pointing a name of its own at 127.0.0.1 it would be no other origin
(DNS rebinding), so a server on loopback answers to names of loopback alone.
"""

from __future__ import annotations

import hmac
import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import Settings, is_loopback

HOST: Final = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
METHODS: Final = "GET, HEAD, POST"
READ_HEADERS: Final = "Accept, Authorization, Content-Type"
A_DAY: Final = "86400"
ELSEWHERE: Final = ("cross-site", "same-site")
SAFE: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Checks URL, Host, Origin and token; adds what browsers should know to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._loopback = is_loopback(settings.host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        allowed = origin is not None and self._reads(origin)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    told.setdefault(name, value)
                if self._settings.cors:
                    told.add_vary_header("Origin")
                if allowed and origin:
                    told["access-control-allow-origin"] = origin
                    told["cross-origin-resource-policy"] = "cross-origin"
            await send(message)

        refusal = self._refusal(scope, headers, allowed)
        await (refusal or self._app)(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers, allowed: bool) -> Response | None:
        most = self._settings.bounds.url_bytes
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > most:
            return _line(414, f"the URL is longer than {most:,} bytes; send the query by POST")
        if not HOST.fullmatch(headers.get("host", "")):
            return _line(400, "a Host header with the name of the server is wanted")
        if self._loopback and not is_loopback(_name(headers.get("host", ""))):
            return _line(421, "this server answers to names of this machine alone")
        if not allowed and self._foreign(headers):
            return _line(403, "pages of other origins are not answered; --cors ORIGIN lets one in")
        if allowed and scope["method"] == "OPTIONS":
            return Response(
                status_code=204,
                headers={
                    "access-control-allow-methods": METHODS,
                    "access-control-allow-headers": READ_HEADERS,
                    "access-control-max-age": A_DAY,
                },
            )
        if self._settings.token and not self._knows(headers, self._settings.token):
            return _line(401, "a token is wanted", {"www-authenticate": 'Bearer realm="kg"'})
        return None

    def _foreign(self, headers: Headers) -> bool:
        """A browser says so of a page of another origin; a link that a person follows is none."""
        origin = headers.get("origin")
        if origin is not None:
            return origin.partition("://")[2] != headers.get("host", "")
        elsewhere = headers.get("sec-fetch-site") in ELSEWHERE
        return elsewhere and headers.get("sec-fetch-mode") != "navigate"

    def _reads(self, origin: str) -> bool:
        return "*" in self._settings.cors or origin in self._settings.cors

    def _knows(self, headers: Headers, token: str) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        same = hmac.compare_digest(given.strip().encode("utf-8"), token.encode("utf-8"))
        return kind.lower() == "bearer" and same


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    return urlsplit(f"//{host}").hostname or ""


def _line(status: int, line: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{line}\n", status, headers)
