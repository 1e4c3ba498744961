"""What a request asks: SPARQL 1.1 Protocol, section 2.1, and the refusal of 2.2.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
READ_ONLY: Final = "updates are refused; the graph is built, not edited"
DROPPED: Final = 16  # times the longest body; what is longer still is not even read
MOST_FIELDS: Final = 1000


class RefusedError(Exception):
    """A request that is answered with a status and one line."""

    def __init__(self, status: int, line: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(line)
        self.status = status
        self.line = line
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs that the protocol chooses for it, and the seconds it may take."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


Fields = list[tuple[str, str]]


async def question(request: Request, most: int, seconds: float) -> Question | None:
    """What is asked; None where nothing is, which asks for the description of the service.

    `most` bounds the body in bytes, `seconds` the time that it may take to come.
    """
    fields = _fields(request.scope["query_string"], "URL")
    if request.method != "POST":
        return _question(fields)
    media = _media(request)
    body = await _body(request, most, seconds)
    if media == FORM:
        return _question(fields + _fields(body, "body"), posted=True)
    if "query" in dict(fields) or "update" in dict(fields):
        raise RefusedError(
            400, "the query is in the URL and in the body; it belongs in one of them"
        )
    return _question([*fields, ("query", _text(body, "body"))], posted=True)


def values(fields: Fields, name: str) -> tuple[str, ...]:
    """All values of a field."""
    return tuple(value for each, value in fields if each == name)


def url_fields(request: Request) -> Fields:
    """The fields of the URL of a request."""
    return _fields(request.scope["query_string"], "URL")


def _question(fields: Fields, *, posted: bool = False) -> Question | None:
    if values(fields, "update"):
        raise RefusedError(403, READ_ONLY)
    queries = values(fields, "query")
    if len(queries) > 1:
        raise RefusedError(400, f"{len(queries)} queries in one request; ask one")
    default, named = values(fields, "default-graph-uri"), values(fields, "named-graph-uri")
    if not queries:
        if posted or default or named:
            raise RefusedError(400, "no query; it is the field `query`")
        return None
    return Question(queries[0], default, named, _seconds(values(fields, "timeout")))


def _seconds(given: tuple[str, ...]) -> float | None:
    if not given:
        return None
    try:
        seconds = float(given[-1])
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise RefusedError(400, "timeout: a number of seconds is wanted")
    return seconds


def _media(request: Request) -> str:
    """The type of the body of a POST, when it is one of the two that ask."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "-")
    media, charset = header.get_content_type(), header.get_param("charset", "utf-8")
    if media == UPDATE:
        raise RefusedError(403, READ_ONLY)
    if "content-type" not in request.headers or media not in (FORM, QUERY):
        raise RefusedError(415, f"the body of a POST is {QUERY} or {FORM}, and says so")
    if str(charset).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError(415, "the charset of a query is UTF-8")
    return media


async def _body(request: Request, most: int, seconds: float) -> bytes:
    """The body. One that is too long is read to its end and dropped: a client that still writes
    when the connection closes would lose our reason with it.
    """
    too_long = RefusedError(413, f"the body is longer than {most:,} bytes", {"connection": "close"})
    size = request.headers.get("content-length", "0")
    if not size.isdigit() or int(size) > most * DROPPED:
        raise too_long
    parts: list[bytes] = []
    came = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                came += len(part)
                if came > most * DROPPED:
                    raise too_long
                if came <= most:
                    parts.append(part)
    except TimeoutError as error:
        line = f"the body did not come in {seconds:g} seconds"
        raise RefusedError(408, line, {"connection": "close"}) from error
    except ClientDisconnect as error:
        raise RefusedError(400, "the body is cut short") from error
    if came > most:
        raise too_long
    return b"".join(parts)


def _fields(encoded: bytes, where: str) -> Fields:
    text = _text(encoded, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the {where} is not UTF-8") from error
    except ValueError as error:
        raise RefusedError(400, f"the {where} has more than {MOST_FIELDS} fields") from error


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the {where} is not UTF-8") from error
