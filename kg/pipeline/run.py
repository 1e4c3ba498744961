"""A run: read, annotate and extract each document, then settle all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.annotate import Annotator, referring
from kg.errors import ReadError, StoreError
from kg.extract import extract, reasons
from kg.model import Document
from kg.pipeline.keeping import corpus_id, pack, reader_version, reading_key, unpack
from kg.pipeline.nouns import Account, Brought, Config, Progress, Reading, Result, Taken
from kg.pipeline.settling import report_of, settle
from kg.read import are_links, read, read_links, read_toml
from kg.resolve import (
    Decision,
    check,
    document_links,
    ends_of,
    parse,
    sum_known,
)
from kg.store import Kept, known_things


@dataclass
class Pipeline:
    """Documents in, a corpus out. The language model is loaded once, on first use.

    >>> from kg.model import Header
    >>> Pipeline().read_document(Document(Header("d", "d"), "Ann Lee met Bo Ray.")).statements[0].relation.lemma
    'meet'
    """

    config: Config = field(default_factory=Config)
    _annotator: Annotator | None = None

    def read_document(self, document: Document) -> Reading:
        """Mentions, dates, statements and links of one document, taken by itself."""
        if self._annotator is None:
            self._annotator = Annotator(self.config.model)
        annotated = self._annotator(document)
        statements = extract(annotated)
        accounts = (
            Account(
                document.id, sentence.index, sentence.span, sentence.span.of(document.text), (), why
            )
            for sentence, why in zip(
                annotated.sentences, reasons(annotated, statements), strict=True
            )
        )
        told = referring(annotated, {end for s in statements for end in ends_of(s)})
        return Reading(
            document.header,
            told.mentions,
            told.dates,
            statements,
            document_links(told),
            tuple(accounts),
        )

    def run(
        self,
        paths: Iterable[Path | str],
        *,
        on_error: Callable[[ReadError], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Result:
        """Read, annotate, extract and resolve all documents under the paths.

        A source that fails goes to `on_error` and into the report, and the others go on. Raises
        ModelError when the language model cannot be used, ReadError or DecisionError for a links file
        that cannot, GazetteerError for a file of known things.
        """
        started = time.monotonic()
        given = [paths] if isinstance(paths, str | Path) else list(paths)
        brought, errors = self.brought(given), list[ReadError]()

        def failed(error: ReadError) -> None:
            errors.append(error)
            if on_error:
                on_error(error)

        documents = self.documents(given, on_error=failed)
        result = self.join(self.take(documents, brought, errors=errors, on_progress=on_progress))
        seconds = time.monotonic() - started
        return replace(result, report=replace(result.report, seconds=seconds))

    def brought(self, paths: Iterable[Path | str]) -> Brought:
        """What the user brings beside the documents under the paths; errors as of `run`."""
        empty: list[Path] = []
        known = known_things(self.config.gazetteers, on_empty=empty.append)
        notes = tuple(f"{path}: no known thing in it" for path in empty)
        return Brought(tuple(self._decided(paths)), tuple(known), notes)

    def documents(
        self,
        paths: Iterable[Path | str],
        *,
        on_error: Callable[[ReadError], None] | None = None,
    ) -> list[Document]:
        """The documents under the paths that are short enough, by id; the others are errors."""
        sources = [path for path in paths if not are_links(path)]
        return list(self._within_limit(read(sources, on_error=on_error), on_error or _raised))

    def keys(self, documents: Iterable[Document]) -> dict[str, str]:
        """The key of each document's reading, by id."""
        version = reader_version(self.config.model)
        return {each.id: reading_key(each, version) for each in documents}

    def take(
        self,
        documents: Sequence[Document],
        brought: Brought,
        *,
        errors: Iterable[ReadError] = (),
        kept: Kept | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Taken:
        """Annotate and extract documents, each by itself.

        With `kept`, a document whose reading is there is not read again, and each new reading is kept as
        soon as it is made. Raises ModelError when the language model cannot be used.
        """
        keys = self.keys(documents)
        new = {d.id: d for d in documents if kept is None or not kept.has(keys[d.id])}
        made: list[Reading] = []
        for reading in self._readings(documents, new, on_progress):
            if kept is None:
                made.append(reading)
            else:
                id_ = reading.header.id
                kept.put(keys[id_], new[id_], pack(reading))
        readings = (lambda: made) if kept is None else partial(readings_of, kept, keys.values())
        return Taken(keys, readings, brought, tuple(errors), tuple(new))

    def join(self, taken: Taken) -> Result:
        """The corpus of what was taken."""
        readings, brought = tuple(taken.readings()), taken.brought
        joined = settle(
            readings,
            min_score=self.config.min_score,
            decisions=[each for _, decisions in brought.decided for each in decisions],
            identity=self.config.identity,
            known=brought.known,
        )
        report = report_of(taken.errors, joined, 0.0)
        counts = tuple((name, len(decisions)) for name, decisions in brought.decided)
        report = replace(report, links=counts)
        if self.config.gazetteers:
            told = sum_known(len(brought.known), joined.corpus)
            report = replace(report, notes=(*brought.notes, told))
        return Result(joined.corpus, readings, joined.ledger, report)

    def corpus_id(self, taken: Taken, base: str) -> str:
        """The name of the corpus that `join` makes, written under a base."""
        brought = taken.brought
        settings = (
            self.config.min_score,
            self.config.identity,
            brought.decided,
            brought.known,
            base,
        )
        return corpus_id(taken.keys.values(), settings)

    def _decided(self, paths: Iterable[Path | str]) -> list[tuple[str, tuple[Decision, ...]]]:
        """What people decided, by links file, read before any document is."""
        if self.config.links is None:
            texts = read_links(paths)
        else:
            path = Path(self.config.links)
            texts = ((path.name, read_toml(path)),)
        decided = [(name, parse(text, name)) for name, text in texts]
        check([each for _, decisions in decided for each in decisions])
        return decided

    def _within_limit(
        self, documents: Iterable[Document], failed: Callable[[ReadError], None]
    ) -> Iterator[Document]:
        for document in documents:
            if len(document.text) <= self.config.max_chars:
                yield document
                continue
            limit = self.config.max_chars
            reason = f"{len(document.text):,} characters, more than {limit:,}; split it, or raise --max-chars"
            failed(ReadError(document.header.source, reason))

    def _readings(
        self,
        documents: Sequence[Document],
        new: Collection[str],
        on_progress: Callable[[Progress], None] | None,
    ) -> Iterator[Reading]:
        """The readings of the new documents, each as soon as it is made."""
        started = time.monotonic()
        total, done, statements = sum(len(d.text) for d in documents), 0, 0
        for number, document in enumerate(documents, 1):
            if document.id in new:
                reading = self.read_document(document)
                statements += len(reading.statements)
                yield reading
            done += len(document.text)
            if on_progress:
                seconds = time.monotonic() - started
                on_progress(Progress(number, len(documents), done, total, statements, seconds))


def readings_of(kept: Kept, keys: Iterable[str]) -> Iterator[Reading]:
    """The readings that are kept under the keys; StoreError for one that is missing or damaged."""
    for key in keys:
        data = kept.reading(key)
        if data is None:
            raise StoreError(f"{kept.path}: the reading {key} is missing; build again")
        yield unpack(data, f"{kept.path}: the reading {key}")


def _raised(error: ReadError) -> None:
    raise error
