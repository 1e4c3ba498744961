"""The order of a push: plan, look what is there, send, count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from kg.errors import PushError
from kg.push.client import Client, Login, Patience, in_clear
from kg.push.plan import Part, Plan, pieces, plan
from kg.push.server import Server, found
from kg.push.state import Progress, drop_state, read_state, state_path, write_state
from kg.store import Store, open_graph
from kg.store.iris import is_iri

CHUNK: Final = (
    5_000  # triples: some 700 kB, read by the slowest engine that was tried in two seconds
)
NAMED: Final = 5  # graphs named in a message


@dataclass(frozen=True, slots=True)
class Target:
    """A server: `to` is its query endpoint or what stands before it; the other two only where it takes
    graphs or updates elsewhere than servers of its kind do. Both None: tried in turn.
    """

    to: str
    graph_store: str | None = None
    update: str | None = None
    login: Login = field(default_factory=Login)


@dataclass(frozen=True, slots=True)
class Settings:
    """`replace`: graphs that are there already may be replaced. `default_graph_as`: the IRI of the
    graph that takes what is said, instead of the server's default graph. `state`: the file that keeps
    how far it came.
    """

    replace: bool = False
    default_graph_as: str | None = None
    chunk: int = CHUNK
    state: Path | None = None
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom to tell: in words, and of chunks done and all chunks."""

    say: Callable[[str], None] = lambda words: None
    advance: Callable[[int, int], None] = lambda done, all_: None


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done: the plan, chunks sent now and found sent before, and by which protocol."""

    plan: Plan
    sent: int
    before: int
    by_update: bool


def planned(graph: Path | str, settings: Settings) -> Plan:
    """What a push would send; no server is asked. Raises StoreError, PushError."""
    with open_graph(graph) as store:
        return _plan(store, settings)


def push(
    graph: Path | str,
    target: Target,
    *,
    settings: Settings | None = None,
    watch: Watch | None = None,
) -> Pushed:
    """Write a graph to a server, its default graph and the named graph of each document.

    Each graph is replaced whole, by its first chunk; nothing else on the server is touched. A push that
    was cut short goes on where it was. At the end the server's counts are compared with ours.

    Raises PushError where a graph is there already and `replace` is not set, where the server cannot be
    reached or refuses, and, naming the graphs, where it ends up with other counts. StoreError for the graph.
    """
    settings, watch = settings or Settings(), watch or Watch()
    client = Client(target.login, settings.patience, watch.say)
    try:
        with open_graph(graph) as store:
            return _pushed(store, Path(graph), target, client, settings, watch)
    finally:
        client.close()


def _plan(store: Store, settings: Settings) -> Plan:
    as_ = settings.default_graph_as
    if as_ is not None and not is_iri(as_):
        raise PushError(f"{as_!r}: an IRI is wanted for the default graph")
    return plan(store, settings.chunk, as_)


def _pushed(
    store: Store, graph: Path, target: Target, client: Client, settings: Settings, watch: Watch
) -> Pushed:
    whole = _plan(store, settings)
    for url in filter(None, (target.to, target.graph_store, target.update)):
        if in_clear(url, target.login):
            watch.say(f"{url}: the login goes there unencrypted; https would keep it")
            break
    at = found(client, target.to, graph_store=target.graph_store, update=target.update)
    place = f"{at.query} {at.graph_store or ''} {at.update or ''}"
    state = settings.state or state_path(graph, place)
    progress = read_state(state, Progress(place, whole.digest))
    server = Server(client, at, say=watch.say)
    server.graph_store = server.graph_store and not (progress.by_update and at.update is not None)
    if progress.sent:
        watch.say(f"going on after {progress.sent:,} of {whole.chunks:,} chunks")
    if not settings.replace:
        _nothing_lost(server, _untouched(whole, progress))
    before, progress = progress.sent, replace(progress, begun=True)
    write_state(state, progress)
    left = islice(pieces(store, settings.chunk, settings.default_graph_as), before, None)
    for number, chunk in enumerate(left, before + 1):
        server.send(chunk)
        progress = replace(progress, sent=number, by_update=not server.graph_store)
        write_state(state, progress)
        watch.advance(number, whole.chunks)
    differing = _differing(server, whole)
    drop_state(state)
    if differing:
        raise PushError(f"{target.to}: it holds other counts than were sent: {differing}; push again with --replace")  # fmt: skip
    return Pushed(whole, progress.sent - before, before, progress.by_update)


def _untouched(whole: Plan, progress: Progress) -> list[Part]:
    """The graphs that an earlier try has not begun; the next one may hold its unanswered first chunk."""
    parts, position = [], 0
    for part in whole.parts:
        if position > progress.sent or not progress.begun:
            parts.append(part)
        position += part.chunks
    return parts


def _nothing_lost(server: Server, parts: Sequence[Part]) -> None:
    there = server.counts(part.graph for part in parts)
    taken = [f"{_called(part.graph)} ({there[part.graph]:,} triples)" for part in parts if there[part.graph]]  # fmt: skip
    if taken:
        raise PushError(
            f"the server has triples already in {_listed(taken)}; nothing was sent. --replace replaces "
            "these graphs whole, and no other; --default-graph-as IRI leaves the default graph alone"
        )


def _differing(server: Server, whole: Plan) -> str:
    there = server.counts(part.graph for part in whole.parts)
    found = [
        f"{_called(part.graph)} has {there[part.graph]:,} of {part.triples:,}"
        for part in whole.parts
        if there[part.graph] != part.triples
    ]
    more = there.get(None, 0) > sum(part.triples for part in whole.parts if part.graph is None)
    hint = " (some servers show all graphs in the default graph; --default-graph-as IRI avoids it)"
    return _listed(found) + (hint if more else "")


def _listed(items: Sequence[str]) -> str:
    more = f" and {len(items) - NAMED:,} more" if len(items) > NAMED else ""
    return ", ".join(items[:NAMED]) + more


def _called(graph: str | None) -> str:
    return "the default graph" if graph is None else graph
