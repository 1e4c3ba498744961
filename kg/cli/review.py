"""The verb that asks a person: review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from kg import api
from kg.answers import append, pair_record
from kg.cli.group import commands
from kg.cli.options import GRAPH
from kg.cli.terminal import count, say, show
from kg.export.records import line
from kg.export.who import explain_pair

ANSWERS: Final = ("same", "different", "skip", "quit")
NONE: Final = "No pair to decide: nothing in the graph is unsure that is not settled."


@commands.command("review", short_help="Decide who is who where the graph is unsure.")
@GRAPH
@click.option("--links", default=Path("links.toml"), show_default=True, type=click.Path(path_type=Path, dir_okay=False), help="The file that holds what people decided; answers are added to it.")  # fmt: skip
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "jsonl"]), help="jsonl lists the pairs and asks nothing.")  # fmt: skip
def review_command(graph: Path, links: Path, form: str) -> None:
    """Decide who is who where the graph is unsure: same, different, skip or quit.

    Lists pairs of things that may be one with their evidence, those across documents first, then the
    likeliest. At a terminal it asks, and writes each answer to the links file at once; elsewhere it
    lists. kg build reads the file where it lies beside the documents, or with --links.
    """
    review = api.review(graph, links)
    written = number = 0
    for number, pair in enumerate(review.pairs, 1):
        record = pair_record(pair, review.names)
        if form == "jsonl":
            print(line(record))
            continue
        for text in explain_pair(record, number):
            show(text)
        answer = _ask() if sys.stdin.isatty() else "skip"
        if answer == "quit":
            break
        if answer != "skip":
            decision = review.pairs.answer(pair, "join" if answer == "same" else "separate")
            append(decision, links)
            written += 1
        print()
    if not number:
        say(NONE) if form == "jsonl" else print(NONE)
    if written:
        say(f"{count(written, 'decision')} added to {links}; to use them: kg build PATH... --links {links}")  # fmt: skip


def _ask() -> str:
    return str(click.prompt("    " + " / ".join(ANSWERS), value_proc=_answer, err=True))


def _answer(given: str) -> str:
    """The answer that was typed, or the start of it."""
    fits = [answer for answer in ANSWERS if answer.startswith(given.strip().casefold())]
    if len(fits) != 1:
        raise click.UsageError(f"say one of {', '.join(ANSWERS)}, or as much of it as tells which")
    return fits[0]
