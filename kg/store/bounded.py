"""Queries that can be stopped: each runs in a process, which is killed at the end of its time.

A query in this process could not be stopped: the engine knows neither a time limit nor a way to
give up, and a query for the product of a graph with itself runs for years.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Final

from kg.errors import BusyError, KgError, StoreError
from kg.store.answer import Answer
from kg.store.binding import Bindings
from kg.store.child import AbandonedError, Child, Gone, Spoken
from kg.store.closing import Closing
from kg.store.limits import MIB, Limits, Reply
from kg.store.opening import identity
from kg.store.packing import packed_bindings, unpacked
from kg.store.sparql import Forms
from kg.vocab import Namespaces

OPENING: Final = 600.0  # seconds that a graph may take to open
POLL: Final = 1.0  # seconds between looks at whether the graph was built again
GRACE: Final = 2.0  # seconds to wait for a graph that was just built; then the old one answers
AGAIN: Final = 5.0  # seconds until a graph that could not be opened is tried again
GROWN: Final = 256 * MIB  # a worker that holds so much more than at its start is replaced


class Workers(Closing):
    """Processes that each hold a graph open and answer one query at a time.

    `count` queries run at once, `waiting` more may wait in line, and `spare` processes are ready to
    take the place of one that is killed. When the graph is built again, new processes open it while
    the old ones go on. Threads may share it. `close` leaves no process behind.
    """

    names: Namespaces

    def __init__(
        self,
        graph: Path | str,
        *,
        limits: Limits | None = None,
        count: int = 2,
        waiting: int = 64,
        spare: int = 1,
    ) -> None:
        """Start, and wait for the first process; StoreError where the graph cannot be opened."""
        self.graph = Path(graph)
        self.limits = limits or Limits()
        self._count, self._waiting, self._size = count, waiting, count + spare
        self._change = threading.Condition()
        self._line: deque[object] = deque()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._running = 0
        self._wanted, self._noticed = identity(self.graph), monotonic()
        self._opening: list[threading.Thread] = []
        self._opened: tuple[int, ...] = ()
        self._failed: tuple[tuple[int, ...], float, KgError] | None = None
        self._closed = False
        # The kernel ends a worker with the thread that started it: one thread starts all.
        self._keeper = threading.Thread(target=self._keep, name="kg-workers", daemon=True)
        self._keeper.start()
        with self._change:
            self._change.wait_for(lambda: self._idle or self._failed)
        if failed := self._failed:
            self.close()
            raise failed[2]
        self.names = Namespaces(self._idle[0].base)

    def results(
        self,
        sparql: str,
        form: str | Forms,
        *,
        seconds: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        gone: Gone | None = None,
    ) -> Reply:
        """The answer, whole, in one of the forms of `kg.store.sparql`.

        Graphs that are given are the dataset, whatever the query says FROM. `gone` tells that nobody
        waits any more: the query is stopped then, with AbandonedError.

        Raises QueryError for a query that is malformed or refused, LimitError for one that was
        stopped, BusyError when too many wait, StoreError when the graph cannot be opened.
        """
        limit = min(seconds or self.limits.seconds, self.limits.seconds)
        forms = form if isinstance(form, Forms) else Forms(form, form)
        question = {
            "sparql": sparql,
            "forms": (forms.table, forms.graph),
            "chosen": bool(default_graphs or named_graphs),
            "default": list(default_graphs),
            "named": list(named_graphs),
            "most": self.limits.answer_bytes,
        }
        spoken = self._told(question, limit, gone)
        return Reply(spoken.head["kind"], spoken.body, spoken.head["form"])

    def answer(
        self,
        sparql: str,
        bindings: Bindings | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """What `Store.query` gives, with the errors of `results`; a worker is waited for as it opens."""
        most = min(seconds or self.limits.seconds, self.limits.seconds)
        question = {
            "sparql": sparql,
            "forms": (None, None),
            "chosen": False,
            "bindings": packed_bindings(bindings or {}),
            "limit": limit,
            "most": self.limits.answer_bytes,
        }
        return unpacked(self._told(question, most, None, wait=OPENING).body)

    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that live."""
        with self._change:
            return tuple(sorted(child.pid for child in self._all))

    def ready(self) -> int:
        """How many processes have the graph open and nothing to do."""
        with self._change:
            return len(self._idle)

    def close(self) -> None:
        """End every process; queries that run end with an error."""
        with self._change:
            self._closed = True
            self._end()
        self._keeper.join()

    def _told(
        self,
        question: dict[str, object],
        seconds: float,
        gone: Gone | None,
        *,
        wait: float | None = None,
    ) -> Spoken:
        child = self._taken(seconds if wait is None else wait, gone)
        try:
            return child.ask(question, seconds, gone)
        except KgError:
            raise
        except BaseException:  # Ctrl-C: its answer would be taken for that to the next question
            child.kill()
            raise
        finally:
            self._given(child)

    # -- a query takes a worker and gives it back ----------------------------------------------

    def _taken(self, seconds: float, gone: Gone | None) -> Child:
        """A worker to ask, after those who came before; nobody waits longer than a query may take."""
        until = monotonic() + seconds
        me = object()
        with self._change:
            if len(self._line) >= self._waiting + max(0, self._count - self._running):
                raise BusyError(f"busy: {len(self._line)} in line already; ask again later")
            self._line.append(me)
            try:
                while not (child := self._next(me)):
                    left = until - monotonic()
                    if left <= 0:
                        raise BusyError("busy: no worker was free in time; ask again later")
                    if gone and gone():
                        raise AbandonedError
                    self._change.wait(min(left, POLL / 4))
            finally:
                self._line.remove(me)
                self._change.notify_all()
            self._running += 1
            return child

    def _next(self, me: object) -> Child | None:
        """The worker for the first in line: one of the graph as it is now, or soon an older one."""
        if self._closed:
            raise StoreError(f"{self.graph}: its workers are closed")
        if self._line[0] is not me or self._running >= self._count:
            return None
        self._look()
        fresh = [each for each in self._idle if each.identity == self._wanted]
        late = self._failed or not self._wanted or monotonic() - self._noticed > GRACE
        fit = fresh or (self._idle if late else [])
        if fit:
            child = fit[-1]
            self._idle.remove(child)
            return child
        if self._failed and not self._all:
            raise self._failed[2]
        return None

    def _given(self, child: Child) -> None:
        with self._change:
            self._running -= 1
            kept = child.alive and child.held - child.first < GROWN and not self._closed
            if kept:
                self._idle.append(child)
            else:
                self._all.discard(child)
            self._change.notify_all()
        if not kept:
            child.kill()

    # -- the keeper starts and ends workers -------------------------------------------------------

    def _keep(self) -> None:
        """Never waits with the lock held for a process to start or to end."""
        while True:
            with self._change:
                self._look()
                outlived, missing, wanted = self._outlived(), self._missing(), self._wanted
                if self._closed:
                    break
                if not outlived and not missing:
                    self._change.wait(POLL)
                    continue
            for old in outlived:
                old.kill()
            for _ in range(missing):
                self._start(wanted)
        for opening in self._opening:
            opening.join()

    def _end(self) -> None:
        for child in self._all:
            child.kill()
        self._all.clear()
        self._idle.clear()
        self._change.notify_all()

    def _look(self) -> None:
        """Notice that the graph was built again; one that is gone is no reason to stop."""
        now = identity(self.graph)
        if now not in (self._wanted, ()):
            self._wanted, self._noticed, self._failed = now, monotonic(), None
            self._change.notify_all()

    def _outlived(self) -> list[Child]:
        """Idle workers of an older graph than the newest that could be opened."""
        old = [each for each in self._idle if each.identity != self._opened]
        if len(old) == len(self._idle):
            return []
        self._idle = [each for each in self._idle if each.identity == self._opened]
        self._all.difference_update(old)
        return old

    def _missing(self) -> int:
        """How many to start; none for a graph that just failed to open, or is gone."""
        if self._failed and monotonic() - self._failed[1] < AGAIN:
            return 0
        if self._all and not identity(self.graph):
            return 0
        return self._size - sum(each.identity == self._wanted for each in self._all)

    def _start(self, wanted: tuple[int, ...]) -> None:
        try:
            child = Child(self.graph, wanted, self.limits.memory_bytes)
        except OSError as error:
            told = StoreError(f"{self.graph}: no process can be started: {error.strerror or error}")
            with self._change:
                self._failed = wanted, monotonic(), told
                self._change.notify_all()
            return
        with self._change:
            self._all.add(child)
            if self._closed:
                self._end()
        opening = threading.Thread(target=self._open, args=(child,), daemon=True)
        opening.start()
        self._opening = [*(each for each in self._opening if each.is_alive()), opening]

    def _open(self, child: Child) -> None:
        failed: tuple[tuple[int, ...], float, KgError] | None = None
        try:
            child.open(OPENING)
        except KgError as error:
            told = error if isinstance(error, StoreError) else StoreError(f"{self.graph}: {error}")
            failed = child.identity, monotonic(), told
        if failed:
            child.kill()
        with self._change:
            if failed or self._closed:
                self._failed = self._failed or failed
                self._all.discard(child)
            else:
                self._idle.append(child)
                self._opened, self._failed = child.identity, None
            self._change.notify_all()
