"""From documents: build and extract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.api.graph import export
from kg.errors import ReadError, StoreError
from kg.export.mentions import mention_record
from kg.pipeline import Account, Config, Pipeline, Progress, Report, Result
from kg.store import Store
from kg.store.files import replaced
from kg.vocab import DEFAULT_BASE, Namespaces


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom to tell while a run goes on: of each source that fails, and after each document."""

    error: Callable[[ReadError], None] | None = None
    progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its files, and counts of documents, entities, statements and bare triples."""

    files: tuple[Path, ...]
    documents: int
    entities: int
    statements: int
    plain: int
    report: Report


def build(
    paths: Iterable[Path | str],
    directory: Path | str,
    *,
    config: Config | None = None,
    base: str = DEFAULT_BASE,
    watch: Watch | None = None,
    ledger: Path | str | None = None,
) -> Built:
    """Build a graph from the documents under the paths and write it to a directory.

    With `ledger`, the account of every sentence goes to that file. Sources that fail are told to `watch` and listed in the report. Raises ReadError when no document
    is left, and KgError when the language model or the directory cannot be used. Each file is
    written whole or not at all.
    """
    directory, names = Path(directory), Namespaces(base)
    if directory.exists() and not directory.is_dir():
        raise StoreError(f"{directory}: a file of that name is in the way of the output folder")
    result = extract(paths, config=config, watch=watch, ledger=ledger)
    corpus = result.corpus
    with Store(names) as store:
        store.load(corpus)
        files = export(store, directory)
    plain = sum(statement.plain for statement in corpus.statements)
    counts = len(corpus.headers), len(_told(result)), len(corpus.statements), plain
    return Built(files, *counts, result.report)


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
    if not result.corpus.headers:
        failed = len(result.report.errors)
        raise ReadError(
            "no document", f"nothing to read; {failed} source{'s' * (failed != 1)} failed"
        )
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
    owners = {m.id: entity.id for entity in result.corpus.entities for m in entity.mentions}
    for reading in sorted(result.readings, key=lambda r: r.header.id):
        yield mention_record(reading.header.id, reading.mentions, reading.dates, owners)


def _told(result: Result) -> set[str]:
    """Entities that a statement is about."""
    return {
        end
        for s in result.corpus.statements
        for end in (s.subject, s.object)
        if isinstance(end, str)
    }
