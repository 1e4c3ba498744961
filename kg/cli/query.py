"""The verb that asks: query."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.cli.terminal import count, say, show, tabbed, table
from kg.errors import QueryError
from kg.store import Answer, NamedQuery, Store, read_query

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
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
@click.option("--limit", type=click.IntRange(0), help="The most rows to give.")
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


def listing() -> None:
    """The known questions: name, question, parameters."""
    rows = [
        (query.name, query.question, " ".join(each.usage for each in query.parameters))
        for query in api.named().values()
    ]
    table(("name", "question", "takes"), rows)


def given_values(query: NamedQuery, values: Sequence[str]) -> dict[str, list[str]]:
    """NAME=VALUE arguments; a name that comes twice has both values."""
    given: dict[str, list[str]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.isidentifier():
            usage = query.parameters[0].usage.strip("[]") if query.parameters else "NAME=VALUE"
            raise QueryError(f"{value!r}: a parameter is given as {usage}")
        given.setdefault(name, []).append(text)
    return given


def printed(store: Store, answer: Answer, form: str, labels: bool) -> None:
    """The answer on standard output."""
    if form == "table" and answer.kind != "ask":
        table(answer.variables, api.readable(store, answer, labels=labels))
        return
    for line in written(store, answer, form, labels).split("\n")[:-1]:
        show(line)


def written(store: Store, answer: Answer, form: str, labels: bool) -> str:
    """The answer as the text of a file."""
    if form != "table":
        return api.written(store, answer, form, labels=labels)
    if answer.kind == "ask":
        return "yes\n" if answer.truth else "no\n"
    rows = api.readable(store, answer, labels=labels)
    return "".join(f"{line}\n" for line in tabbed(answer.variables, rows))


def remarks(store: Store, query: NamedQuery, answer: Answer, form: str, saved: bool) -> None:
    """What to say beside an answer: how many, whether there is more, why there may be none."""
    if answer.kind == "ask":
        return
    if answer.rows and (form == "table" or saved or answer.more):
        more = "; there are more: a larger --limit gives them" if answer.more else ""
        say(f"{count(len(answer.rows), 'answer')}{more}")
    elif not answer.rows:
        say("No answer: the graph holds nothing that fits.")
        for hint in api.hints(store, query):
            say(hint)


def _question(question: str) -> NamedQuery:
    if question == "-":
        return read_query("query", sys.stdin.read())
    return api.question_of(question)
