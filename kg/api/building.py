"""A build from documents that are read already: joined, published in a store, exported."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from kg.api.graph import BUILD_FILES, export
from kg.errors import StoreError
from kg.model import Corpus
from kg.pipeline import Account, Config, Identity, Pipeline, Report, Taken
from kg.store import Current, Kept, StoreDirectory
from kg.store.files import replaced

_WRITTEN: Final = "written.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build was told, so that it can be done again: absolute paths, and the options.

    `output` is "..", seen from the store, where the store lies in the output folder, so that both can be
    moved together; it is "" where nothing is exported, as of a backup.
    """

    paths: tuple[str, ...]
    output: str
    base: str
    model: str
    max_chars: int
    min_score: float
    links: str | None
    identity: Identity
    gazetteers: tuple[str, ...]

    @classmethod
    def of(
        cls, paths: Sequence[Path | str], room: Path, output: Path, base: str, config: Config
    ) -> Settings:
        beside = room.absolute().parent == output.absolute()
        return cls(
            tuple(str(Path(each).absolute()) for each in paths),
            ".." if beside else str(output.absolute()),
            base,
            config.model,
            config.max_chars,
            config.min_score,
            None if config.links is None else str(Path(config.links).absolute()),
            config.identity,
            tuple(str(Path(each).absolute()) for each in config.gazetteers),
        )

    def exports(self, room: Path) -> Path | None:
        """The folder that is exported to, for the store at `room`; None where there is none."""
        return Path(os.path.normpath(room / self.output)) if self.output else None

    @property
    def config(self) -> Config:
        told = (self.model, self.max_chars, self.min_score, self.links)
        return Config(*told, self.identity, self.gazetteers)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a corpus holds: documents, entities that a statement is about, statements, bare triples."""

    documents: int
    entities: int
    statements: int
    plain: int

    @classmethod
    def of(cls, corpus: Corpus) -> Counts:
        told = {e for s in corpus.statements for e in (s.subject, s.object) if isinstance(e, str)}
        plain = sum(statement.plain for statement in corpus.statements)
        return cls(len(corpus.headers), len(told), len(corpus.statements), plain)


@dataclass(frozen=True, slots=True)
class Record:
    """What a store keeps of its last finished build; the report is without sources that failed."""

    settings: Settings
    counts: Counts
    report: Report


@dataclass(frozen=True, slots=True)
class Finished:
    """A build that is in the store and exported; the ledger is empty where nothing had to be joined."""

    record: Record
    files: tuple[Path, ...]
    ledger: tuple[Account, ...]
    gone: tuple[str, ...]


def finish(
    room: StoreDirectory,
    kept: Kept,
    taken: Taken,
    settings: Settings,
    *,
    pipeline: Pipeline,
    anew: bool = False,
) -> Finished:
    """Join what was taken, make it the present graph of the store, and write the exports.

    A corpus that the store holds already is not joined again, unless `anew`; files that are as the last
    build left them are not written again.
    """
    id_, former = pipeline.corpus_id(taken, settings.base), room.current()
    gone = set(kept.keys(former.corpus)) - set(taken.keys) if former else set()
    corpus, ledger = None, tuple[Account, ...]()
    if former is not None and former.corpus == id_ and not anew:
        record = replace(record_of(former), settings=settings)
    else:
        result = pipeline.join(taken)
        corpus, ledger = result.corpus, result.ledger
        record = Record(settings, Counts.of(corpus), replace(result.report, errors=(), seconds=0.0))
        kept.hold(id_, taken.keys.values())
    room.publish(Current(id_, settings.base, _text(record)), corpus)
    kept.keep_only(id_)
    directory = settings.exports(room.path)
    files = _exported(room, id_, directory) if directory else ()
    return Finished(record, files, ledger, tuple(sorted(gone)))


def record_of(current: Current) -> Record:
    """The record of a build; StoreError for one that this version cannot read."""
    try:
        return msgspec.convert(json.loads(current.record), type=Record)
    except (ValueError, msgspec.ValidationError) as error:
        raise StoreError(f"the record of the store is damaged ({error}); build again") from error


def _text(record: Record) -> str:
    """As JSON in ASCII: a path may hold bytes that are no UTF-8, which stand in it as lone surrogates."""
    return json.dumps(msgspec.to_builtins(record))


def exports_left(room: StoreDirectory, corpus: str, directory: Path) -> list[str]:
    """Which export files are not as the build of that corpus left them: missing, changed or of another."""
    told = _written(room)
    if told.get("corpus") != corpus:
        return list(BUILD_FILES)
    return [name for name in BUILD_FILES if told["files"].get(name) != _digest(directory / name)]


def copied(current: Current) -> Current:
    """The present graph as a backup has it: no build of the copy writes to the exports of the original."""
    record = record_of(current)
    record = replace(record, settings=replace(record.settings, output=""))
    return replace(current, record=_text(record))


def _exported(room: StoreDirectory, corpus: str, directory: Path) -> tuple[Path, ...]:
    paths = tuple(directory / name for name in BUILD_FILES)
    if not exports_left(room, corpus, directory):
        return paths
    with room.open() as store, room.texts() as texts:
        export(store, directory, texts=texts)
    files = {path.name: _digest(path) for path in paths}
    told = {"corpus": corpus, "files": files}
    target = room.path / _WRITTEN
    with replaced(target) as part:
        part.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return paths


def _written(room: StoreDirectory) -> dict[str, Any]:
    """What the last build wrote; nothing where that is unknown, so that it is written again."""
    try:
        told = json.loads((room.path / _WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("files"), dict) else {}


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
