"""The verbs on a graph: query, why and export."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.cli.terminal import count, say, table
from kg.export.text import explain_statement
from kg.export.who import explain_entity, explain_known


@commands.command("query", short_help="Ask a graph in SPARQL, or by the name of a question.")
@click.argument("question", required=False)
@GRAPH
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "turtle"]), help="turtle is for CONSTRUCT.")  # fmt: skip
def query_command(question: str | None, graph: Path, form: str) -> None:
    """Ask a graph: SPARQL, a .rq file, or a query known by name. Without a question: list the names."""
    if question is None:
        table(("name", "question"), api.questions())
        return
    if form in {"json", "turtle"}:
        with api.open_graph(graph) as store:
            given = store.results(api.sparql(question), {"json": "json", "turtle": "ttl"}[form])
        print(given.decode("utf-8").rstrip("\n"))
        return
    answer, names = api.query(question, graph)
    rows = answer.readable(names)
    if answer.kind == "ask":
        print("yes" if answer.truth else "no")
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.variables)
        writer.writerows(rows)
    else:
        table(answer.variables, rows)
        say(
            f"{count(len(rows), 'answer')}"
            if rows
            else "No answer: the graph holds nothing that fits."
        )


@commands.command("why", short_help="Show why a graph says something.")
@click.argument("key", metavar="STATEMENT|ENTITY")
@GRAPH
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Statements, mentions and joins to show of an entity; 0 for all.")  # fmt: skip
def why_command(key: str, graph: Path, limit: int) -> None:
    """Show why a graph says something: status and its cue, quote with the words marked, joins."""
    told = api.why(key, graph)
    if told.entity:
        told_of = len(told.statements)
        for text in explain_entity(
            told.entity, told.links, told.owned, statements=told_of, limit=limit
        ):
            print(text)
        for text in explain_known(told.known):
            print(text)
    shown = list(zip(told.statements, told.records, strict=True))
    for statement, record in shown[: limit or None] if told.entity else shown:
        print()
        for text in explain_statement(statement, record, told.headers):
            print(text)
    if told.entity and limit and len(shown) > limit:
        say(f"{len(shown) - limit} more statements: --limit 0 shows all.")


@commands.command("export", short_help="Write a graph in other shapes.")
@click.argument("files", nargs=-1, type=click.Choice(api.EXPORT_FILES))
@GRAPH
@click.option("-o", "--output", default=Path(), type=click.Path(path_type=Path), help="The folder to write to; by default the current one.")  # fmt: skip
def export_command(files: tuple[str, ...], graph: Path, output: Path) -> None:
    """Write a graph in other shapes; without names, all that kg build writes."""
    with api.open_graph(graph) as store:
        for file in api.export(store, output, files or api.BUILD_FILES):
            print(file)
