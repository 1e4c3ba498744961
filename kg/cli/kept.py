"""The verbs on a store: status, remove, backup and verify."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kg import api
from kg.cli.group import commands
from kg.cli.options import STORED
from kg.cli.terminal import count, finish, say, watching

_LISTED: Final = 12  # documents of one kind that status names; a longer list is counted


@commands.command("status", short_help="Show what a store holds and what a build would do.")
@STORED
@click.option("--all", "everything", is_flag=True, help="Name every document, however many.")
def status_command(graph: Path, everything: bool) -> None:
    """Show what a store holds, its versions and sizes, and what a build of the same paths would do."""
    found = api.status(graph)
    print(f"store       {found.path}")
    print(f"on disk     {_size(found.document_bytes)} documents, {_size(found.graph_bytes)} graph")
    if found.record is None or found.plan is None:
        print(f"no build finished yet; {count(found.kept, 'document')} read so far")
        return
    counts, settings = found.record.counts, found.record.settings
    print(f"documents   {counts.documents:,}")
    print(f"entities    {counts.entities:,}")
    print(f"statements  {counts.statements:,}, {counts.plain:,} stated as fact")
    print(f"base        {settings.base}")
    print(f"model       {settings.model}")
    print(f"built from  {', '.join(settings.paths)}")
    if (output := settings.exports(found.path)) is not None:
        told = f"{', '.join(found.exports)} missing or altered; a build writes them" if found.exports else "as the build left them"  # fmt: skip
        print(f"exports     {output}: {told}")
    plan = found.plan
    print()
    print("A build of the same paths would")
    for verb, ids in (
        ("read, new", plan.new),
        ("read again, changed", plan.changed),
        ("read again, of another version of kg or its model", plan.stale),
        ("drop, gone", plan.gone),
    ):
        for line in _listed(verb, ids, everything):
            print(line)
    print(f"  keep  {len(plan.same):,}")
    for error in plan.errors:
        say(f"kg: {error}")
    finish(plan.errors)


@commands.command("remove", short_help="Take documents out of a graph.")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@STORED
def remove_command(documents: tuple[str, ...], graph: Path) -> None:
    """Take documents, by id, out of the store and the exports; their files are left alone.

    The graph is then that of a corpus which never had them. A file that still lies under the paths of the
    build is read again by the next build: move it away, or name other paths.
    """
    with watching() as watch:
        done = api.remove(documents, graph, progress=watch.progress)
    counts = done.record.counts
    say(
        f"{count(len(done.gone), 'document')} removed; {count(counts.documents, 'document')}, "
        f"{count(counts.entities, 'entity', 'entities')}, {count(counts.statements, 'statement')} left"
    )
    for file in done.files:
        print(file)


@commands.command("backup", short_help="Copy a store.")
@click.argument("target", type=click.Path(path_type=Path))
@STORED
def backup_command(target: Path, graph: Path) -> None:
    """Copy a store, as its last finished build left it, to a new folder; also while a build goes on.

    The copy is a store of its own: kg query -g TARGET reads it, and kg build --store TARGET goes on with it.
    """
    print(api.backup(graph, target))


@commands.command("verify", short_help="Check a store against its documents.")
@STORED
def verify_command(graph: Path) -> None:
    """Read every document again and check that the graph keeps its promises.

    Every quote stands at its place, every bare triple has a plain statement and every plain statement its
    bare triple, every statement its evidence, and every export is as the build left it. What does not hold is printed, a line each, and the exit code is 1.
    """
    done = api.verify(graph)
    for fault in done.faults:
        print(fault)
    for id_ in done.unread:
        say(f"kg: {id_}: its source is not there any more; checked against the text that is kept")
    counts = done.counts
    say(
        f"{count(counts.documents, 'document')}, {count(counts.statements, 'statement')} checked: "
        + (f"{count(len(done.faults), 'fault')}" if done.faults else "all holds")
    )
    if done.faults:
        raise SystemExit(1)


def _listed(verb: str, ids: tuple[str, ...], everything: bool) -> list[str]:
    if not ids:
        return []
    shown = ids if everything else ids[:_LISTED]
    more = f" and {len(ids) - len(shown):,} more" if len(ids) > len(shown) else ""
    return [f"  {verb}  {len(ids):,}: {', '.join(shown)}{more}"]


def _size(number: int) -> str:
    """Bytes as people read them.

    >>> _size(1_500_000), _size(12)
    ('1.5 MB', '12 B')
    """
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000  # type: ignore[assignment]
    return f"{number:.1f} GB"
