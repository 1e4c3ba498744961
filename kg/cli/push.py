"""The verb that writes a graph to a server: push."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.cli.terminal import count, say
from kg.errors import PushError

TOKEN: str = "KG_PUSH_TOKEN"
PASSWORD: str = "KG_PUSH_PASSWORD"
EVERY = 2.0  # seconds between lines of progress where no person looks on


@commands.command("push", short_help="Write a graph to a SPARQL 1.1 server.")
@click.option("--to", "to", required=True, metavar="URL", help="The server: its query endpoint, or what stands before it.")  # fmt: skip
@GRAPH
@click.option("--graph-store", metavar="URL", help="Where it takes graphs, if not where servers of its kind do.")  # fmt: skip
@click.option("--update", metavar="URL", help="Where it takes updates, if not where servers of its kind do.")  # fmt: skip
@click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), help=f"A file with a bearer token; or set {TOKEN}.")  # fmt: skip
@click.option("--user", help=f"A user for basic authentication; the password is in {PASSWORD}, or asked for.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Replace graphs that the server has already: those of this graph, no other.")  # fmt: skip
@click.option("--default-graph-as", metavar="IRI", help="Write the default graph to a graph of that name.")  # fmt: skip
@click.option("--chunk", default=api.CHUNK, show_default=True, type=click.IntRange(1), help="Triples to send at once.")  # fmt: skip
@click.option("--timeout", default=api.Patience().timeout, show_default=True, type=click.FloatRange(0.1), help="Seconds for one request.")  # fmt: skip
@click.option("--state", type=click.Path(path_type=Path, dir_okay=False), help="Where to keep how far it came; by default beside the graph.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what would be sent; ask no server.")
def push_command(
    to: str,
    graph: Path,
    graph_store: str | None,
    update: str | None,
    token_file: Path | None,
    user: str | None,
    replace: bool,
    default_graph_as: str | None,
    chunk: int,
    timeout: float,
    state: Path | None,
    dry_run: bool,
) -> None:
    """Write a graph to a SPARQL 1.1 server: what is said to the default graph, the evidence of each
    document to a graph of its own.

    Graphs go in chunks by the Graph Store Protocol, by updates where there is none. Nothing that the
    server has is replaced without --replace, and never another graph. A push that was cut short goes
    on where it was; at the end the server's counts are compared.
    """
    settings = api.Settings(replace, default_graph_as, chunk, state, api.Patience(timeout=timeout))
    if dry_run:
        for each in (to, graph_store, update):
            if each is not None:
                api.address(each)
        _tell(api.planned(graph, settings), to)
        return
    target = api.Target(to, graph_store, update, _login(token_file, user))
    done = api.push(graph, target, settings=settings, watch=api.PushWatch(_note, _Advance()))
    how = "updates" if done.by_update else "the Graph Store Protocol"
    before = f", {done.before:,} sent before" if done.before else ""
    say(
        f"{count(done.plan.triples, 'triple')} in {count(len(done.plan.parts), 'graph')} are at {to}: "
        f"{count(done.sent, 'chunk')} by {how}{before}; the server's counts are the same"
    )


def _tell(plan: api.PushPlan, to: str) -> None:
    print("graph\ttriples\tchunks\tbytes")
    for part in plan.parts:
        print(f"{part.graph or '(default graph)'}\t{part.triples}\t{part.chunks}\t{part.bytes}")
    say(
        f"{count(plan.triples, 'triple')} in {count(len(plan.parts), 'graph')}, {count(plan.chunks, 'chunk')}, "
        f"{plan.bytes:,} bytes would go to {to}; nothing was sent"
    )


def _login(token_file: Path | None, user: str | None) -> api.Login:
    """A token of a file before one of the environment; a user before that one."""
    if token_file is not None and user is not None:
        raise click.UsageError("--token-file or --user, not both")
    if token_file is not None:
        try:
            return api.Login(token_file.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise PushError(f"{token_file}: cannot be read: {reason}") from error
    if user is not None:
        password = os.environ.get(PASSWORD)
        if password is None and sys.stdin.isatty():
            password = click.prompt("Password", hide_input=True, err=True)
        if password is None:
            raise PushError(f"--user {user}: no password; set {PASSWORD}")
        return api.Login(user=user, password=password)
    return api.Login(os.environ.get(TOKEN) or None)


def _note(words: str) -> None:
    say(f"kg: {words}")


class _Advance:
    """Progress: one line that changes before a person, else a line from time to time."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, done: int, all_: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == all_ else ""
            print(f"\r{done:,} of {all_:,} chunks", end=end, file=sys.stderr, flush=True)
        elif time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            say(f"{done:,} of {all_:,} chunks")
