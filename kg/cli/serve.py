"""The verb that goes on until it is stopped: serve."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.group import commands
from kg.cli.terminal import say
from kg.errors import KgError


@commands.command("serve", short_help="Answer SPARQL over HTTP, read-only.")
@click.argument("graph", default=Path("exports"), type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 for any free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; anything but this machine needs a token.")  # fmt: skip
@click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), help="A file whose first line every request must give as its bearer token; or set KG_TOKEN.")  # fmt: skip
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Seconds that a query may take.")  # fmt: skip
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Queries that run at once; each is a process with the graph open.")  # fmt: skip
@click.option("--cors", multiple=True, metavar="ORIGIN", help="An origin whose pages may read answers, or *; may be given several times.")  # fmt: skip
def serve_command(
    graph: Path,
    port: int,
    host: str,
    token_file: Path | None,
    timeout: float,
    workers: int,
    cors: tuple[str, ...],
) -> None:
    """Serve a folder that kg build wrote, or a .trig, .nq or .ttl file, until Ctrl-C.

    At / are pages to read, search and ask; SPARQL is at /sparql, the graphs of the Graph Store Protocol at
    /graphs. Nothing can be changed there.
    """
    from kg.serve import Settings, serve
    from kg.store.limits import Limits

    settings = Settings(
        host,
        port,
        _token(token_file) if token_file else os.environ.get("KG_TOKEN") or None,
        cors,
        workers,
        Limits(seconds=timeout),
    )
    serve(graph, settings, told=_told)
    say("Stopped.")


def _told(address: str) -> None:
    print(address, flush=True)
    say(f"Open it in a browser; SPARQL is at {address}sparql. Ctrl-C stops it.")


def _token(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not ASCII"
        raise KgError(f"{file}: no token can be read: {reason}") from error
