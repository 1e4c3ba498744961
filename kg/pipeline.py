"""The order of the rooms: read, annotate, extract, resolve, store. The only file that knows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.annotate import DEFAULT_MODEL, Annotator
from kg.errors import ReadError
from kg.extract import extract
from kg.model import Corpus, DateExpression, Document, Header, Link, Mention, Statement
from kg.read import read
from kg.resolve import document_links, ground, resolve

# Characters of one document. Books fit (War and Peace: 3.2 million characters, about 12 minutes);
# a larger "document" is almost always a data file.
DEFAULT_MAX_CHARS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Config:
    """What a run may vary: the spaCy pipeline and the longest document, in characters."""

    model: str = DEFAULT_MODEL
    max_chars: int = DEFAULT_MAX_CHARS


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: documents done and known, characters done and known, statements, seconds."""

    documents: int
    documents_total: int
    chars: int
    chars_total: int
    statements: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: sources that failed, sentences read, statements left out for an open pronoun."""

    errors: tuple[ReadError, ...] = ()
    sentences: int = 0
    left_out: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gives before it is resolved with the others."""

    header: Header
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    statements: tuple[Statement, ...]
    links: tuple[Link, ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class Result:
    """A corpus, the readings it was made of, and the report."""

    corpus: Corpus
    readings: tuple[Reading, ...]
    report: Report


@dataclass
class Pipeline:
    """Documents in, a corpus out. The language model is loaded once, on first use.

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
        return Reading(
            document.header,
            annotated.mentions,
            annotated.dates,
            extract(annotated),
            document_links(annotated),
            len(annotated.sentences),
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
        ModelError when the language model cannot be used.
        """
        started = time.monotonic()
        errors: list[ReadError] = []

        def failed(error: ReadError) -> None:
            errors.append(error)
            if on_error:
                on_error(error)

        documents = list(self._within_limit(read(paths, on_error=failed), failed))
        readings = tuple(self._readings(documents, started, on_progress))
        corpus = join(readings)
        spoken = sum(len(s.evidence) for s in corpus.statements)
        found = sum(len(r.statements) for r in readings)
        sentences = sum(r.sentences for r in readings)
        seconds = time.monotonic() - started
        return Result(corpus, readings, Report(tuple(errors), sentences, found - spoken, seconds))

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
        documents: list[Document],
        started: float,
        on_progress: Callable[[Progress], None] | None,
    ) -> Iterator[Reading]:
        total, done, statements = sum(len(d.text) for d in documents), 0, 0
        for number, document in enumerate(documents, 1):
            reading = self.read_document(document)
            done += len(document.text)
            statements += len(reading.statements)
            if on_progress:
                seconds = time.monotonic() - started
                on_progress(Progress(number, len(documents), done, total, statements, seconds))
            yield reading


def join(readings: Iterable[Reading]) -> Corpus:
    """The corpus of the readings: entities over all of them, statements over entities.

    It does not depend on the order of the readings.
    """
    ordered = sorted(readings, key=lambda r: r.header.id)
    mentions = [m for r in ordered for m in r.mentions]
    entities, links = resolve(mentions, [link for r in ordered for link in r.links])
    statements = ground((s for r in ordered for s in r.statements), entities)
    return Corpus(tuple(r.header for r in ordered), entities, statements, links)
