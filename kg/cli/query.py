"""The verb that asks: query."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg import api
from kg.cli.answers import FORMATS, given_values, listing, printed, remarks, written
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.store import NamedQuery, read_query

EPILOG = """\b
Examples:
  kg query                                     the questions it knows, and what they take
  kg query about person="Lee Harvey Oswald"    one of them; a name, alias, id or IRI will do
  kg query own.rq since=1963-09 --format csv   a file; "# param since date: words" declares since
  echo "ASK { :KGB ?p ?o }" | kg query -       SPARQL from standard input
"""


@commands.command("query", short_help="Ask a graph in SPARQL, or by the name of a question.", epilog=EPILOG)  # fmt: skip
@click.argument("question", required=False)
@click.argument("values", metavar="[NAME=VALUE]...", nargs=-1)
@GRAPH
@click.option(
    "-i",
    "--interactive",
    "shell",
    is_flag=True,
    help="Ask line by line, with history and completion.",
)
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(FORMATS), help="turtle and ntriples are for CONSTRUCT and DESCRIBE, json and xml for SELECT and ASK.")  # fmt: skip
@click.option("--labels", is_flag=True, help="Put labels beside IRIs: in a table in place, elsewhere as columns xLabel.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="The most rows to give.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Stop the query after so many seconds.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, whole or not at all.")  # fmt: skip
def query_command(
    question: str | None,
    values: tuple[str, ...],
    graph: Path,
    shell: bool,
    form: str,
    labels: bool,
    limit: int | None,
    timeout: float | None,
    output: Path | None,
) -> None:
    """Ask a graph: SPARQL, a .rq file, a query known by name, or - for SPARQL on standard input.

    Without a question: list the known ones and what they take.
    """
    if shell:
        from kg.cli.shell import Shell

        with api.open(graph) as opened:
            Shell(opened).run()
        return
    if question is None:
        listing()
        return
    query = _question(question)
    given = given_values(query, values)
    with api.open(graph) as opened:
        store = opened.store
        answer = opened.ask(query, given, limit=limit, timeout=timeout)
        if output is not None:
            text = written(store, answer, form, labels)
            api.write_text(text, output)
        else:
            printed(store, answer, form, labels)
        remarks(store, query, answer, form, output is not None)


def _question(question: str) -> NamedQuery:
    if question == "-":
        return read_query("query", sys.stdin.read())
    return api.question_of(question)
