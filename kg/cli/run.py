"""How a command ends: its exit code, and one line for what went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg.cli import (  # noqa: F401  (they add the verbs)
    documents,
    graph,
    kept,
    push,
    query,
    review,
    serve,
)
from kg.cli.group import commands
from kg.cli.terminal import say
from kg.errors import KgError, QueryError


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0, 1 with one line of error, 2 for wrong usage, 130 for Ctrl-C."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        with commands.make_context("kg", list(given)) as context:
            commands.invoke(context)
        sys.stdout.flush()
        status = 0
    except click.exceptions.Exit as done:
        status = done.exit_code
    except KgError as error:
        status = _fail(str(error), error)
    except click.UsageError as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        say("kg: interrupted; no file was left half-written")
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        status = _fail(f"{error.filename or 'kg'}: {error.strerror or error}")
    raise SystemExit(status)


def _fail(message: str, error: KgError | None = None) -> int:
    """One line; where the error knows its place in a query, that line and a caret below."""
    say("kg: " + " ".join(message.split()))
    for line in error.excerpt if isinstance(error, QueryError) else ():
        say("    " + line)
    return 1
