"""The command line: each verb is one call of `kg.api`, and this is the only file that prints."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

import click

from kg import api
from kg.errors import KgError, ReadError
from kg.export.records import line, records
from kg.export.text import explain_entity, explain_statement, row_of
from kg.pipeline import DEFAULT_MAX_CHARS, Config, Progress, Report
from kg.vocab import DEFAULT_BASE

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
MODEL = click.option(
    "--model",
    default=Config().model,
    show_default=True,
    help="An installed English spaCy pipeline.",
)
MAX_CHARS = click.option("--max-chars", default=DEFAULT_MAX_CHARS, show_default=True, type=click.IntRange(1), help="The longest document to read, in characters.")  # fmt: skip
MIN_SCORE = click.option("--min-score", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Leave out statements of a lower score.")  # fmt: skip
LEDGER = click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of every sentence to this file: its statements, or a reason.")  # fmt: skip
REASONS = """\b
Reasons in a ledger, for a sentence without statements (docs/ledger.md has examples):
  no-words         nothing but punctuation and signs
  heading          no verb and no full stop: a heading, a list item, a by-line
  fragment         no verb that heads a clause
  no-subject       no clause has a subject: an order, "there is"
  empty-subject    the subject names no thing: nobody, who, something
  no-object        a subject and its verb, and nothing more that could be an end
  no-rule          subject and more are there, and no rule makes a statement of them
  open-pronoun     a pronoun at one end that could not be resolved
  unnamed-holder   somebody's role, and nothing says who that is
  same-thing       both ends are one entity
  below-min-score  a score below --min-score
"""
GRAPH = click.option("-g", "--graph", default=Path("exports"), show_default=True, type=click.Path(path_type=Path), help="A folder that kg build wrote, or a .trig, .nq or .ttl file.")  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("kg"), prog_name="kg")
def commands() -> None:
    """Turn documents into a knowledge graph that can be trusted line by line."""


@commands.command("build", short_help="Build a graph from files and folders.")
@PATHS
@click.option("-o", "--output", default=Path("exports"), show_default=True, type=click.Path(path_type=Path), help="The folder to write.")  # fmt: skip
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="The IRI that entities and relations are named under.")  # fmt: skip
@MODEL
@MAX_CHARS
@MIN_SCORE
@LEDGER
def build_command(
    paths: tuple[Path, ...], output: Path, base: str, ledger: Path | None, **config: Any
) -> None:
    """Build a graph from files and folders: Turtle, TriG, JSON Lines and an HTML view."""
    with _watch() as watch:
        built = api.build(
            paths, output, config=Config(**config), base=base, watch=watch, ledger=ledger
        )
    claims = built.statements - built.plain
    _say(
        f"{_count(built.documents, 'document')}, {_count(built.entities, 'entity', 'entities')}, "
        f"{_count(built.statements, 'statement')}: {built.plain:,} stated as fact, {claims:,} denied, hedged "
        f"or claimed  ({built.report.seconds:.1f} s)"
    )
    for file in built.files:
        print(file)
    if ledger:
        _say(_sentences(built.report))
    _say(f"Open {output / api.VIEW_FILE} in a browser, or ask: kg query who-met-whom -g {output}")
    _finish(built.report.errors)


@commands.command("extract", short_help="Print what documents say.", epilog=REASONS)
@PATHS
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["jsonl", "mentions", "table"]), help="Statement records, mentions and dates, or a table to read.")  # fmt: skip
@MODEL
@MAX_CHARS
@MIN_SCORE
@LEDGER
def extract_command(paths: tuple[Path, ...], form: str, ledger: Path | None, **config: Any) -> None:
    """Print what documents say, without writing files."""
    with _watch() as watch:
        result = api.extract(paths, config=Config(**config), watch=watch, ledger=ledger)
    if form == "mentions":
        for record in api.mention_records(result):
            print(json.dumps(record, ensure_ascii=False))
    elif form == "jsonl":
        for record in records(result.corpus, per_document=True):
            print(line(record))
    else:
        rows = [row_of(record) for record in records(result.corpus, per_document=True)]
        _table(("document", "subject", "relation", "object", "status", "time"), rows)
    if ledger:
        _say(_sentences(result.report))
    _finish(result.report.errors)


@commands.command("query", short_help="Ask a graph in SPARQL, or by the name of a question.")
@click.argument("question", required=False)
@GRAPH
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "turtle"]), help="turtle is for CONSTRUCT.")  # fmt: skip
def query_command(question: str | None, graph: Path, form: str) -> None:
    """Ask a graph: SPARQL, a .rq file, or a query known by name. Without a question: list the names."""
    if question is None:
        _table(("name", "question"), api.questions())
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
        _table(answer.variables, rows)
        _say(
            f"{_count(len(rows), 'answer')}"
            if rows
            else "No answer: the graph holds nothing that fits."
        )


@commands.command("why", short_help="Show why a graph says something.")
@click.argument("key", metavar="STATEMENT|ENTITY")
@GRAPH
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Statements to show of an entity; 0 for all.")  # fmt: skip
def why_command(key: str, graph: Path, limit: int) -> None:
    """Show why a graph says something: status and its cue, quote with the words marked, joins."""
    told = api.why(key, graph)
    if told.entity:
        for text in explain_entity(told.entity, told.links, len(told.statements)):
            print(text)
    shown = list(zip(told.statements, told.records, strict=True))
    for statement, record in shown[: limit or None] if told.entity else shown:
        print()
        for text in explain_statement(statement, record, told.headers):
            print(text)
    if told.entity and limit and len(shown) > limit:
        _say(f"{len(shown) - limit} more statements: --limit 0 shows all.")


@commands.command("export", short_help="Write a graph in other shapes.")
@click.argument("files", nargs=-1, type=click.Choice(api.EXPORT_FILES))
@GRAPH
@click.option("-o", "--output", default=Path(), type=click.Path(path_type=Path), help="The folder to write to; by default the current one.")  # fmt: skip
def export_command(files: tuple[str, ...], graph: Path, output: Path) -> None:
    """Write a graph in other shapes; without names, all that kg build writes."""
    with api.open_graph(graph) as store:
        for file in api.export(store, output, files or api.BUILD_FILES):
            print(file)


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
        status = _fail(str(error))
    except click.UsageError as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        _say("kg: interrupted; no file was left half-written")
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        status = _fail(f"{error.filename or 'kg'}: {error.strerror or error}")
    raise SystemExit(status)


def _fail(message: str) -> int:
    _say("kg: " + " ".join(message.split()))
    return 1


def _say(words: str) -> None:
    """Words go to standard error, data to standard output."""
    print(words, file=sys.stderr)


def _finish(errors: Sequence[ReadError]) -> None:
    """Exit with 1 where a source failed; each was told as it happened."""
    if errors:
        _say(f"kg: {_count(len(errors), 'source')} failed, listed above; the others are done")
        raise SystemExit(1)


def _sentences(report: Report) -> str:
    """What became of the sentences, in one line whose counts add up."""
    counts = [f"{report.with_statements:,} with statements"]
    counts += [f"{number:,} {reason}" for reason, number in report.reasons]
    return f"{_count(report.sentences, 'sentence')}: {', '.join(counts)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@contextlib.contextmanager
def _watch() -> Iterator[api.Watch]:
    """Errors as lines; a progress bar where a person looks on."""
    if not sys.stderr.isatty():
        yield api.Watch(lambda error: _say(f"kg: {error}"))
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=None, told="loading the language model")

        def advance(progress: Progress) -> None:
            told = f"{progress.documents}/{progress.documents_total} documents, {progress.statements:,} statements"
            bar.update(task, total=progress.chars_total, completed=progress.chars, told=told)

        yield api.Watch(
            lambda error: console.print(f"kg: {error}", markup=False, highlight=False), advance
        )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns: folded to the width of a terminal, whole and tab-separated where no person looks on."""
    if not sys.stdout.isatty():
        for row in (heads, *rows):
            print("\t".join(" ".join(str(cell).split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(" ".join(str(cell).split())) for cell in row))
    Console().print(table)


if __name__ == "__main__":
    main()
