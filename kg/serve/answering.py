"""From a question to an answer: a worker is asked, and what it gives or tells is sent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg.errors import BusyError, FormError, KgError, LimitError, LostError, QueryError, StoreError
from kg.serve.negotiate import all_types, content_type, forms
from kg.serve.protocol import Question, RefusedError
from kg.serve.settings import Bounds
from kg.store.bounded import Workers
from kg.store.child import AbandonedError
from kg.store.limits import Reply

PIECE: Final = 64 * 1024  # bytes of an answer that are sent at a time
AGAIN: Final = "2"  # seconds until a client that was told to come back should
LOCKED: Final = "default-src 'none'; sandbox"  # an answer is data, whatever a browser takes it for
STATUS: Final[tuple[tuple[type[KgError], int], ...]] = (
    (FormError, 406),
    (BusyError, 503),
    (LimitError, 503),
    (LostError, 500),
    (QueryError, 400),
    (StoreError, 503),
    (KgError, 500),
)


class Answering:
    """Asks workers for requests; bounds what is on its way to clients."""

    def __init__(self, workers: Workers, bounds: Bounds, count: int) -> None:
        """`count` queries run at once; a thread waits for each, and for each in line."""
        self.workers = workers
        self.bounds = bounds
        self._threads = anyio.CapacityLimiter(count + bounds.waiting + 1)
        self._held = 0

    async def answer(self, request: Request, question: Question) -> Response:
        """The answer in the form that the client reads best; RefusedError says why there is none."""
        wanted, types = forms(request.headers.get("accept"))
        if not types:
            raise RefusedError(406, all_types())
        try:
            reply = await self._asked(request, question, wanted)
        except FormError as error:
            raise RefusedError(406, all_types()) from error
        except KgError as error:
            raise refusal(error) from error
        headers = {"vary": "Accept", "content-security-policy": LOCKED}
        return Whole(self, reply.body, content_type(types[reply.form]), headers)

    @contextmanager
    def holding(self, size: int) -> Iterator[None]:
        """Keep account of an answer on its way."""
        self._held += size
        try:
            yield
        finally:
            self._held -= size

    async def _asked(self, request: Request, question: Question, wanted: object) -> Reply:
        if self._held > self.bounds.held_bytes:
            raise BusyError("busy: too many answers are on their way; ask again later")
        gone = threading.Event()

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            gone.set()

        def ask() -> Reply:
            return self.workers.results(
                question.sparql,
                wanted,  # type: ignore[arg-type]
                seconds=question.seconds,
                default_graphs=question.default_graphs,
                named_graphs=question.named_graphs,
                gone=gone.is_set,
            )

        watching = asyncio.create_task(watch())
        try:
            return await anyio.to_thread.run_sync(ask, limiter=self._threads)
        except AbandonedError as error:
            raise RefusedError(499, "the client is gone") from error
        finally:
            watching.cancel()


class Whole(Response):
    """An answer that is sent in pieces, each of which the client must take in bearable time."""

    def __init__(
        self, answering: Answering, body: bytes, media: str, headers: dict[str, str]
    ) -> None:
        super().__init__(body, headers=headers, media_type=media)
        self.headers["content-type"] = media
        self._answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send; a client that takes nothing loses its connection."""
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        body = memoryview(self.body)
        with self._answering.holding(len(body)):
            await send(start)
            for at in range(0, max(1, len(body)), PIECE):
                piece = bytes(body[at : at + PIECE])
                more = at + PIECE < len(body)
                async with asyncio.timeout(self._answering.bounds.send_seconds):
                    await send({"type": "http.response.body", "body": piece, "more_body": more})


def refusal(error: KgError) -> RefusedError:
    """The status and the line for an error of ours."""
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    headers = {"retry-after": AGAIN} if isinstance(error, BusyError | StoreError) else {}
    return RefusedError(status, " ".join(str(error).split()), headers)


async def refused(request: Request, error: Exception) -> Response:
    """One line of text; nothing else of what went wrong reaches a client."""
    if isinstance(error, KgError):
        error = refusal(error)
    if isinstance(error, RefusedError):
        return PlainTextResponse(f"{error.line}\n", error.status, error.headers)
    return PlainTextResponse("the server failed; that is a defect of it\n", 500)
