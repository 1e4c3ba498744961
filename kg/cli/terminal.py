"""What a person sees: words, counts, tables and a progress bar."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg import api
from kg.errors import ReadError
from kg.pipeline import Progress, Report

# What moves a cursor, changes colours or turns the reading direction; texts may hold it, and a
# terminal would obey: C0 but tab and line feed, DEL, C1, and the marks of direction.
CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def tame(text: str) -> str:
    r"""The text without what a terminal would obey instead of show.

    >>> tame("\x1b[31mred")
    '�[31mred'
    """
    return CONTROLS.sub("\ufffd", text)


def say(words: str) -> None:
    """Words go to standard error, data to standard output."""
    print(tame(words), file=sys.stderr)


def show(text: str) -> None:
    """A line of data: as it is, but tame where a person looks on."""
    print(tame(text) if sys.stdout.isatty() else text)


def finish(errors: Sequence[ReadError]) -> None:
    """Exit with 1 where a source failed; each was told as it happened."""
    if errors:
        say(f"kg: {count(len(errors), 'source')} failed, listed above; the others are done")
        raise SystemExit(1)


def sentences(report: Report) -> str:
    """What became of the sentences, in one line whose counts add up."""
    counts = [f"{report.with_statements:,} with statements"]
    counts += [f"{number:,} {reason}" for reason, number in report.reasons]
    return f"{count(report.sentences, 'sentence')}: {', '.join(counts)}"


def decided(report: Report) -> None:
    """Tell whose decisions were used, and which of them no longer apply."""
    if report.links:
        total = sum(number for _, number in report.links)
        say(f"{count(total, 'decision')} of {', '.join(name for name, _ in report.links)}")
    for idle in report.idle:
        say(f"kg: {idle}")


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@contextlib.contextmanager
def watching() -> Iterator[api.Watch]:
    """Errors as lines; a progress bar where a person looks on."""
    if not sys.stderr.isatty():
        yield api.Watch(lambda error: say(f"kg: {error}"))
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


def tabbed(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of cells between tabs, each cell on one line."""
    for row in (heads, *rows):
        yield "\t".join(" ".join(str(cell).split()) for cell in row)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns: folded to the width of a terminal, whole and tab-separated where no person looks on."""
    if not sys.stdout.isatty():
        for line in tabbed(heads, rows):
            print(line)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(tame(head), overflow="fold")
    for row in rows:
        table.add_row(*(Text(tame(" ".join(str(cell).split()))) for cell in row))
    Console().print(table)
