"""A server that runs until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import uvicorn

from kg.errors import KgError
from kg.serve.app import create_app
from kg.serve.connection import Connection
from kg.serve.pages import routes
from kg.serve.served import Served
from kg.serve.settings import Settings
from kg.store.bounded import Workers

ENDING: Final = 2  # seconds for answers that are on their way when the server stops
BACKLOG: Final = 256
STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


def serve(graph: Path, settings: Settings, *, told: Callable[[str], None]) -> None:
    """Serve a graph until SIGINT or SIGTERM; `told` is told the address once questions are answered.

    Raises KgError where the address cannot be listened on, StoreError for the graph.
    """
    with _listening(settings) as listener:
        bounds = settings.bounds
        with Workers(
            graph, limits=settings.limits, count=settings.workers, waiting=bounds.waiting
        ) as workers:
            server = _Server(_config(workers, settings), workers)
            with _stopped_by_signals(server):
                told(_address(listener))
                server.run([listener])


@contextlib.contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Signals ask the server to stop from the first moment on, not only once it runs: a KeyboardInterrupt
    while the event loop is being made or ended would leave half of one.
    """

    def stop(*_: object) -> None:
        server.should_exit = True

    here = threading.current_thread() is threading.main_thread()  # others cannot set signals
    former = {each: signal.signal(each, stop) for each in STOPPING} if here else {}
    try:
        yield
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)


class _Server(uvicorn.Server):
    """Stops queries first, for nobody should wait for their end."""

    def __init__(self, config: uvicorn.Config, workers: Workers) -> None:
        super().__init__(config)
        self._workers = workers

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the workers, then the connections."""
        await asyncio.to_thread(self._workers.close)
        await super().shutdown(sockets)


def _config(workers: Workers, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(workers, settings, pages=routes(Served(workers))),
        loop="asyncio",
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=settings.bounds.connections,
        backlog=BACKLOG,
        timeout_graceful_shutdown=ENDING,
        h11_max_incomplete_event_size=2 * settings.bounds.url_bytes,
    )


def _listening(settings: Settings) -> socket.socket:
    host, port = settings.host, settings.port
    try:
        kind, _, _, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(where[:2], family=kind, backlog=BACKLOG)
    except OSError as error:
        number = error.errno or 0  # that of a name that is not found is below 0
        reason = os.strerror(number) if number > 0 else error.strerror or error
        raise KgError(f"{host}:{port}: cannot listen there: {reason}") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
