"""From documents: build and extract."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.api.building import Settings, finish
from kg.errors import ReadError, StoreError
from kg.export.mentions import mention_record
from kg.pipeline import Account, Config, Pipeline, Progress, Report, Result
from kg.store import StoreDirectory
from kg.store.files import replaced
from kg.store.opening import STORE
from kg.vocab import DEFAULT_BASE, Namespaces


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom to tell while a run goes on: of each source that fails, and after each document."""

    error: Callable[[ReadError], None] | None = None
    progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its files, the store, and counts of documents, entities, statements and bare triples.

    `read` counts the documents that were read in this build, not kept from a former one; `gone` are the ids
    of those that the former build had and this one has not.
    """

    files: tuple[Path, ...]
    documents: int
    entities: int
    statements: int
    plain: int
    report: Report
    store: Path
    read: int
    gone: tuple[str, ...]


def build(
    paths: Iterable[Path | str],
    directory: Path | str,
    *,
    config: Config | None = None,
    base: str = DEFAULT_BASE,
    watch: Watch | None = None,
    ledger: Path | str | None = None,
    store: Path | str | None = None,
) -> Built:
    """Build a graph from the documents under the paths and write it to a directory.

    What was read off each document is kept in a store, by default in the directory; the next build reads
    only what is new or changed, and gives the same bytes as one without it. With `ledger`, the account of
    every sentence goes to that file. Sources that fail are told to `watch` and listed in the report. Raises
    ReadError when no document is left, and KgError when the language model, the store or the directory
    cannot be used. Each file is written whole or not at all.
    """
    started, watch, directory = time.monotonic(), watch or Watch(), Path(directory)
    if directory.exists() and not directory.is_dir():
        raise StoreError(f"{directory}: a file of that name is in the way of the output folder")
    room, pipeline = _room(directory, store), Pipeline(config or Config())
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    settings = Settings.of(given, room.path, directory, Namespaces(base).base, pipeline.config)
    brought, errors = pipeline.brought(given), list[ReadError]()

    def failed(error: ReadError) -> None:
        errors.append(error)
        if watch.error:
            watch.error(error)

    documents = pipeline.documents(given, on_error=failed)
    _some(documents, errors)
    with room.writing() as kept:
        taken = pipeline.take(
            documents, brought, errors=errors, kept=kept, on_progress=watch.progress
        )
        anew = ledger is not None
        done = finish(room, kept, taken, settings, pipeline=pipeline, anew=anew)
    if ledger is not None:
        write_ledger(done.ledger, Path(ledger))
    seconds = time.monotonic() - started
    report = replace(done.record.report, errors=tuple(errors), seconds=seconds)
    counts = done.record.counts
    return Built(
        files=done.files,
        documents=counts.documents,
        entities=counts.entities,
        statements=counts.statements,
        plain=counts.plain,
        report=report,
        store=room.path,
        read=len(taken.read),
        gone=done.gone,
    )


def _room(directory: Path, store: Path | str | None) -> StoreDirectory:
    """The store of a build; one elsewhere would leave that of the output folder to answer for old documents."""
    usual = StoreDirectory(directory / STORE)
    room = StoreDirectory(Path(store)) if store is not None else usual
    if usual.exists and room.path.absolute() != usual.path.absolute():
        raise StoreError(
            f"{usual.path}: {directory} has a store already; remove it, or leave out --store"
        )
    return room


def _some(documents: Sequence[object], errors: Sequence[ReadError]) -> None:
    if not documents:
        failed = len(errors)
        raise ReadError(
            "no document", f"nothing to read; {failed} source{'s' * (failed != 1)} failed"
        )


def extract(
    paths: Iterable[Path | str],
    *,
    config: Config | None = None,
    watch: Watch | None = None,
    ledger: Path | str | None = None,
) -> Result:
    """What the documents under the paths say, resolved over all of them.

    With `ledger`, the account of every sentence goes to that file. Raises ReadError when no document
    is left, ModelError when the language model cannot be used, StoreError for the ledger.
    """
    watch = watch or Watch()
    pipeline = Pipeline(config or Config())
    result = pipeline.run(paths, on_error=watch.error, on_progress=watch.progress)
    _some(result.corpus.headers, result.report.errors)
    if ledger is not None:
        write_ledger(result.ledger, Path(ledger))
    return result


def write_ledger(accounts: Iterable[Account], path: Path) -> None:
    """Write the account of every sentence, a line of JSON each; StoreError where that cannot be."""
    try:
        with replaced(path) as whole, whole.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{json.dumps(_account(each))}\n" for each in accounts)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _account(account: Account) -> dict[str, Any]:
    return {
        "document": account.document,
        "sentence": account.sentence,
        "start": account.span.start,
        "end": account.span.end,
        "text": account.text,
        "statements": list(account.statements),
        "reason": account.reason,
    }


def mention_records(result: Result) -> Iterator[dict[str, Any]]:
    """The mentions and dates of each document."""
    owners = {m.id: entity for entity in result.corpus.entities for m in entity.mentions}
    for reading in sorted(result.readings, key=lambda r: r.header.id):
        yield mention_record(reading.header.id, reading.mentions, reading.dates, owners)
