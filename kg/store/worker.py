"""A process that answers queries until it is told no more: the inside of `kg.store.bounded`.

Frames on one socket, each a length of eight bytes, a head in JSON and, where the head says `bytes`,
a body. First the worker tells `base`, or why there is no graph; then an answer for each question.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import queue
import resource
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any, Final

from kg.errors import FormError, GraphError, KgError, LimitError, QueryError
from kg.store.dataset import Dataset
from kg.store.opening import open_graph
from kg.store.packing import packed, unpacked_bindings
from kg.store.sparql import Forms
from kg.store.store import Store

PARENT_DIES: Final = 1  # prctl(2), PR_SET_PDEATHSIG
NO_MEMORY: Final = "the query was stopped: it needs more memory than a query may have"
TOLD: Final = (FormError, GraphError, LimitError, QueryError)  # the narrow ones first

Head = dict[str, Any]


def main() -> None:
    """Answer until the parent is gone. The argument is JSON: graph, socket, parent, memory."""
    told = json.loads(sys.argv[-1])
    _with_parent(told["parent"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if told["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (told["memory"], told["memory"]))
    line = socket.socket(fileno=told["socket"])
    try:
        store = open_graph(told["graph"])
        _warm(store)
    except (KgError, OSError) as error:
        send(line, {"error": "StoreError", "message": str(error)})
        return
    send(line, {"base": store.names.base, "held": held()})
    for question in _questions(line):
        head, body = _reply(store, question)
        send(line, head, body)
        if head.get("spent"):
            return


def send(line: socket.socket, head: Head, body: bytes | memoryview = b"") -> None:
    """One frame; its time is that of the socket."""
    text = json.dumps(head | {"bytes": len(body)}).encode()
    line.sendall(len(text).to_bytes(8, "big") + text)
    if body:
        line.sendall(body)


def held() -> int:
    """The bytes of memory that this process holds, as far as the system tells."""
    with contextlib.suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()
    return 0


class Bounded(io.RawIOBase):
    """Keeps what is written, up to so many bytes; then LimitError."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.kept = bytearray()
        self._most = most

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes."""
        if len(self.kept) + len(data) > self._most:
            size = f"{self._most:,} bytes"
            raise LimitError(f"the answer is longer than {size}; ask for less, with LIMIT")
        self.kept += data
        return len(data)


def _with_parent(parent: int) -> None:
    """Die with the parent, however it dies; an end of its socket says the same where this cannot."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _warm(store: Store) -> None:
    """The first query pays for imports and for the grammar, which nobody should wait for."""
    store.results("ASK {}", "json")


def _questions(line: socket.socket) -> Iterator[Head]:
    """What the parent asks; at the end of the socket the process ends, whatever it is at."""
    waiting: queue.SimpleQueue[Head] = queue.SimpleQueue()

    def listen() -> None:
        with contextlib.suppress(OSError):
            while size := line.recv(8, socket.MSG_WAITALL):
                text = line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL)
                waiting.put(json.loads(text))
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def _reply(store: Store, asked: Head) -> tuple[Head, bytes | memoryview]:
    form = Forms(*asked["forms"])
    dataset = Dataset(tuple(asked["default"]), tuple(asked["named"])) if asked["chosen"] else None
    out = Bounded(asked["most"])
    try:
        if "bindings" in asked:
            answer = store.query(
                asked["sparql"], unpacked_bindings(asked["bindings"]), limit=asked["limit"]
            )
            out.write(packed(answer))
            return {"kind": answer.kind, "form": "answer", "held": held()}, memoryview(out.kept)
        kind, form_ = store.write_results(asked["sparql"], form, out, dataset=dataset)  # type: ignore[arg-type]
    except MemoryError:
        return {"error": "LimitError", "message": NO_MEMORY, "spent": True}, b""
    except QueryError as error:
        name = next(each.__name__ for each in TOLD if isinstance(error, each))
        told = {"error": name, "message": str(error), "excerpt": list(error.excerpt)}
        return told | {"held": held()}, b""
    except (
        Exception
    ) as error:  # a defect of ours or of a library: this query's end, not the worker's
        line = f"the query failed: {type(error).__name__}: {error}"
        return {"error": "LostError", "message": line, "held": held()}, b""
    return {"kind": kind, "form": form_, "held": held()}, memoryview(out.kept)


if __name__ == "__main__":
    main()
