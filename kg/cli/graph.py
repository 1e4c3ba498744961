"""The verbs on a graph: why and export; `query` has a file of its own."""

from __future__ import annotations

from pathlib import Path

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.cli.terminal import say, show
from kg.export.text import explain_statement
from kg.export.who import explain_entity, explain_known


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
            show(text)
        for text in explain_known(told.known):
            show(text)
    shown = list(zip(told.statements, told.records, strict=True))
    for statement, record in shown[: limit or None] if told.entity else shown:
        print()
        for text in explain_statement(statement, record, told.headers):
            show(text)
    if told.entity and limit and len(shown) > limit:
        say(f"{len(shown) - limit} more statements: --limit 0 shows all.")


@commands.command("export", short_help="Write a graph in other shapes.")
@click.argument("files", nargs=-1, type=click.Choice(api.EXPORT_FILES))
@GRAPH
@click.option("-o", "--output", default=Path(), type=click.Path(path_type=Path), help="The folder to write to; by default the current one.")  # fmt: skip
@click.option("--max-nodes", default=api.MOST_NODES, show_default=True, type=click.IntRange(1), help="The most entities of graph.html: of more, the foremost.")  # fmt: skip
@click.option("--title", default=api.TITLE, show_default=True, help="The heading of graph.html.")  # fmt: skip
@click.option("--quotes-only", is_flag=True, help="Leave the whole texts of the documents out of graph.html; the quotes stay.")  # fmt: skip
def export_command(
    files: tuple[str, ...],
    graph: Path,
    output: Path,
    max_nodes: int,
    title: str,
    quotes_only: bool,
) -> None:
    """Write a graph in other shapes; without names, all that kg build writes."""
    with api.open_graph(graph) as store, api.texts_of(graph) as texts:
        known = None if quotes_only else texts
        wanted = files or api.BUILD_FILES
        for file in api.export(
            store, output, wanted, texts=known, max_nodes=max_nodes, title=title
        ):
            print(file)
