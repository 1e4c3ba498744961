"""The verbs on documents: build and extract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import PATHS, REASONS, settings
from kg.cli.terminal import count, decided, finish, say, sentences, table, watching
from kg.export.records import line, records
from kg.export.text import row_of
from kg.pipeline import Config
from kg.store.opening import STORE
from kg.vocab import DEFAULT_BASE


@commands.command("build", short_help="Build a graph from files and folders.")
@PATHS
@click.option("-o", "--output", default=Path("exports"), show_default=True, type=click.Path(path_type=Path), help="The folder to write.")  # fmt: skip
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="The IRI that entities and relations are named under.")  # fmt: skip
@click.option("--store", type=click.Path(path_type=Path), help="The folder that keeps what was read, so that the next build reads only what is new or changed; by default 'store' in the output folder.")  # fmt: skip
@settings
def build_command(
    paths: tuple[Path, ...],
    output: Path,
    base: str,
    store: Path | None,
    ledger: Path | None,
    **config: Any,
) -> None:
    """Build a graph from files and folders: Turtle, TriG, JSON Lines and an HTML view.

    What was read is kept: building again reads only what is new or changed, drops what is gone, and goes on
    where a build was interrupted.
    """
    with watching() as watch:
        try:
            built = api.build(
                paths,
                output,
                config=Config(**config),
                base=base,
                watch=watch,
                ledger=ledger,
                store=store,
            )
        except KeyboardInterrupt:
            if (store or output / STORE).exists():
                say("kg: what was read so far is kept; the same command goes on from there")
            raise
    told_built(built)
    for file in built.files:
        print(file)
    decided(built.report)
    for note in built.report.notes:
        say(note)
    if ledger:
        say(sentences(built.report))
    say(f"Open {output / api.VIEW_FILE} in a browser, or ask: kg query who-met-whom -g {output}")
    finish(built.report.errors)


def told_built(built: api.Built) -> None:
    """Tell what a build made, and how much of it was kept from a former one."""
    claims = built.statements - built.plain
    say(
        f"{count(built.documents, 'document')}, {count(built.entities, 'entity', 'entities')}, "
        f"{count(built.statements, 'statement')}: {built.plain:,} stated as fact, {claims:,} denied, hedged "
        f"or claimed  ({built.report.seconds:.1f} s)"
    )
    kept = built.documents - built.read
    if kept or built.gone:
        gone = f", {len(built.gone):,} gone" if built.gone else ""
        say(f"{count(built.read, 'document')} read, {kept:,} kept from before{gone}")


@commands.command("extract", short_help="Print what documents say.", epilog=REASONS)
@PATHS
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["jsonl", "mentions", "table"]), help="Statement records, mentions and dates, or a table to read.")  # fmt: skip
@settings
def extract_command(paths: tuple[Path, ...], form: str, ledger: Path | None, **config: Any) -> None:
    """Print what documents say, without writing files."""
    with watching() as watch:
        result = api.extract(paths, config=Config(**config), watch=watch, ledger=ledger)
    if form == "mentions":
        for record in api.mention_records(result):
            print(json.dumps(record, ensure_ascii=False))
    elif form == "jsonl":
        for record in records(result.corpus, per_document=True):
            print(line(record))
    else:
        rows = [row_of(record) for record in records(result.corpus, per_document=True)]
        table(("document", "subject", "relation", "object", "status", "time"), rows)
    decided(result.report)
    for note in result.report.notes:
        say(note)
    if ledger:
        say(sentences(result.report))
    finish(result.report.errors)
