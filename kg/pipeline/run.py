"""A run: read, annotate and extract each document, then settle all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.annotate import Annotator, referring
from kg.errors import ReadError
from kg.extract import extract, reasons
from kg.model import (
    Document,
)
from kg.pipeline.nouns import Account, Config, Progress, Reading, Result
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
from kg.store import known_things


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
        decided = self._decided(given)
        empty: list[Path] = []
        known = known_things(self.config.gazetteers, on_empty=empty.append)
        errors: list[ReadError] = []

        def failed(error: ReadError) -> None:
            errors.append(error)
            if on_error:
                on_error(error)

        sources = [path for path in given if not are_links(path)]
        documents = list(self._within_limit(read(sources, on_error=failed), failed))
        readings = tuple(self._readings(documents, started, on_progress))
        joined = settle(
            readings,
            min_score=self.config.min_score,
            decisions=[each for _, decisions in decided for each in decisions],
            identity=self.config.identity,
            known=known,
        )
        report = report_of(errors, joined, time.monotonic() - started)
        counts = tuple((name, len(decisions)) for name, decisions in decided)
        report = replace(report, links=counts)
        if self.config.gazetteers:
            notes = [f"{path}: no known thing in it" for path in empty]
            report = replace(report, notes=(*notes, sum_known(len(known), joined.corpus)))
        return Result(joined.corpus, readings, joined.ledger, report)

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
