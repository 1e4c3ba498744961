"""One worker process from the outside: started, asked, and killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import FormError, GraphError, KgError, LimitError, LostError, QueryError, StoreError

# The face imports every room of the house; a worker needs one of them, and starts in half the time.
BOOTSTRAP: Final = """
import json, sys, types
sys.path[:] = json.loads(sys.argv[1])
house = types.ModuleType("kg")
house.__path__ = [sys.argv[2]]
sys.modules["kg"] = house
from kg.store.worker import main
main()
"""
HOUSE: Final = Path(__file__).parents[1]
ERRORS: Final[dict[str, type[KgError]]] = {
    each.__name__: each
    for each in (FormError, GraphError, LimitError, LostError, QueryError, StoreError)
}
LOOK: Final = 0.1  # seconds between looks at whether anybody still waits for the answer
ENDING: Final = 5.0  # seconds from the end of a worker's socket to its own
TAIL: Final = 4000  # bytes of a worker's last words

Gone = Callable[[], bool]


class AbandonedError(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frame from a worker."""

    head: dict[str, Any]
    body: bytes


class Child:
    """A worker process. Only its starter thread may end after it: the kernel kills it with that."""

    def __init__(self, graph: Path, identity: tuple[int, ...], memory: int | None) -> None:
        """Start; `open` waits until it is ready."""
        self.identity = identity
        self.base = ""
        self.first = self.held = 0
        self._memory = memory
        self._ending = threading.Lock()
        self._line, theirs = socket.socketpair()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `kill`)
        told = json.dumps(
            {
                "graph": str(graph),
                "socket": theirs.fileno(),
                "parent": os.getpid(),
                "memory": memory or 0,
            }
        )
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", BOOTSTRAP, json.dumps(sys.path), str(HOUSE), told],
            stdin=subprocess.DEVNULL,
            stdout=self._words,
            stderr=self._words,
            pass_fds=(theirs.fileno(),),
            process_group=0,  # Ctrl-C is for the parent, which then ends its workers
        )
        theirs.close()
        self.alive = True

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def open(self, seconds: float) -> None:
        """Wait until the graph is open; StoreError where it cannot be."""
        spoken = self._heard(seconds, None, "the graph was not open after")
        self._raise(spoken.head)
        self.base = spoken.head["base"]
        self.first = self.held = spoken.head["held"]

    def ask(self, question: dict[str, Any], seconds: float, gone: Gone | None) -> Spoken:
        """The answer, or the error that the worker tells; LimitError and no worker when time is over."""
        text = json.dumps(question).encode()
        try:
            self._line.settimeout(seconds)
            self._line.sendall(len(text).to_bytes(8, "big") + text)
        except OSError:
            pass  # it ended or hangs: listening tells which
        spoken = self._heard(seconds, gone, "the query was stopped: it took longer than")
        self.held = spoken.head.get("held", 0)
        if spoken.head.get("spent"):
            self.kill()
        self._raise(spoken.head)
        return spoken

    def kill(self) -> str:
        """End it at once, whatever it is at; its last words."""
        self.alive = False
        with self._ending:
            if self._words.closed:
                return ""
            self._process.kill()
            self._process.wait()
            self._line.close()
            self._words.seek(max(0, self._words.seek(0, os.SEEK_END) - TAIL))
            words = self._words.read().decode("utf-8", "replace")
            self._words.close()
            return words

    def _raise(self, head: dict[str, Any]) -> None:
        if "error" in head:
            kind = ERRORS[head["error"]]
            if issubclass(kind, QueryError):
                raise kind(head["message"], tuple(head.get("excerpt", ())))
            raise kind(head["message"])

    def _heard(self, seconds: float, gone: Gone | None, late: str) -> Spoken:
        deadline = time.monotonic() + seconds
        try:
            size = int.from_bytes(self._read(8, deadline, gone), "big")
            head = json.loads(self._read(size, deadline, gone))
            return Spoken(head, self._read(head["bytes"], deadline, gone))
        except AbandonedError:
            self.kill()
            raise
        except TimeoutError as error:
            self.kill()
            raise LimitError(f"{late} {seconds:g} seconds") from error
        except OSError as error:
            raise self._end() from error

    def _read(self, size: int, deadline: float, gone: Gone | None) -> bytes:
        """So many bytes; OSError at the end of the stream, TimeoutError at that of the time."""
        parts, missing = [], size
        while missing:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(min(left, LOOK) if gone else left)
            try:
                part = self._line.recv(min(missing, 1 << 20))
            except TimeoutError:
                if gone and gone():
                    raise AbandonedError from None
                continue
            if not part:
                raise ConnectionError
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _end(self) -> KgError:
        """Why a worker ended before it answered."""
        if not self.alive:
            return LostError("the query was stopped: its workers are closed")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING)  # its socket ends a moment before it does
        code, words = self._process.poll(), self.kill()
        if "memory allocation" in words or "MemoryError" in words:
            most = f" of {self._memory:,} bytes" if self._memory else ""
            return LimitError(f"the query was stopped: it ran out of its memory{most}")
        if "overflowed its stack" in words:
            return LimitError("the query was stopped: it is nested too deeply")
        if code == -signal.SIGKILL:
            return LimitError("the query was stopped by the system, most likely for its memory")
        last = " ".join(words.split())[-200:] or "without a word"
        return LostError(f"the process of the query ended with status {code}: {last}")
