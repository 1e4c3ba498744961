"""A connection that is closed when nothing comes of it.

The server counts connections and answers nobody beyond its bound; those that never ask, or send a request letter by
letter, would fill it.
"""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

PERIOD: Final = 10.0  # seconds; who neither asks nor is answered for one to two of them is let go


class Connection(H11Protocol):
    """HTTP/1.1 by h11, with an end to idling."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at it now and then."""
        super().connection_made(transport)
        self._last: object = None
        self._timer = self.loop.call_later(PERIOD, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._timer.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        request = self.cycle
        idle = request is None or request.response_complete
        if idle and request is self._last:
            self.transport.close()
            return
        self._last = request
        self._timer = self.loop.call_later(PERIOD, self._look)
