"""The order of the rooms: read, annotate, extract, resolve, store. The only file that knows it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kg.annotate import DEFAULT_MODEL, Annotator
from kg.errors import ReadError
from kg.extract import extract, reasons
from kg.model import Corpus, DateExpression, Document, Header, Link, Mention, Span, Statement
from kg.read import read
from kg.resolve import document_links, ground, resolve
from kg.resolve.ground import BELOW_MIN_SCORE, OPEN_PRONOUN, SAME_THING, UNNAMED_HOLDER

# Characters of one document. Books fit (War and Peace: 3.2 million characters, about 12 minutes);
# a larger "document" is almost always a data file.
DEFAULT_MAX_CHARS: Final = 4_000_000

# Why extracted statements are left out, in the order in which they are.
_NEARER: Final = (OPEN_PRONOUN, UNNAMED_HOLDER, SAME_THING, BELOW_MIN_SCORE)


@dataclass(frozen=True, slots=True)
class Config:
    """What a run may vary: the spaCy pipeline, the longest document in characters, the least score."""

    model: str = DEFAULT_MODEL
    max_chars: int = DEFAULT_MAX_CHARS
    min_score: float = 0.0


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
class Account:
    """A sentence and what became of it: the ids of its statements, or the reason why it has none.

    `sentence` is its index in the document, `span` its place there and `text` its words. The codes of
    the reasons are in docs/ledger.md. Before documents are resolved, `statements` is empty, and
    `reason` is None where the sentence gave statements.
    """

    document: str
    sentence: int
    span: Span
    text: str
    statements: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: sources that failed, sentences read, statements left out, seconds.

    `sentences` is `with_statements` and the counts of `reasons` added up; `left_out` counts what was
    extracted and then dropped: for an open pronoun, for one thing at both ends, for its score.
    """

    errors: tuple[ReadError, ...] = ()
    sentences: int = 0
    with_statements: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
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
    sentences: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A corpus, the readings it was made of, the account of every sentence, and the report."""

    corpus: Corpus
    readings: tuple[Reading, ...]
    ledger: tuple[Account, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Joined:
    """The corpus of some readings, the account of every sentence, and the statements left out."""

    corpus: Corpus
    ledger: tuple[Account, ...]
    left_out: int


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
        statements = extract(annotated)
        accounts = (
            Account(
                document.id, sentence.index, sentence.span, sentence.span.of(document.text), (), why
            )
            for sentence, why in zip(
                annotated.sentences, reasons(annotated, statements), strict=True
            )
        )
        return Reading(
            document.header,
            annotated.mentions,
            annotated.dates,
            statements,
            document_links(annotated),
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
        joined = settle(readings, min_score=self.config.min_score)
        report = _report(errors, joined, time.monotonic() - started)
        return Result(joined.corpus, readings, joined.ledger, report)

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
    return settle(readings).corpus


def settle(readings: Iterable[Reading], *, min_score: float = 0.0) -> Joined:
    """The corpus of the readings, as of `join`, without statements below a score, and its ledger."""
    ordered = sorted(readings, key=lambda r: r.header.id)
    mentions = [m for r in ordered for m in r.mentions]
    said = [s for r in ordered for s in r.statements]
    entities, links = resolve(mentions, [k for r in ordered for k in r.links], statements=said)
    dropped: dict[tuple[str, int], list[str]] = defaultdict(list)

    def left_out(statement: Statement, reason: str) -> None:
        for evidence in statement.evidence:
            dropped[evidence.document, evidence.sentence].append(reason)

    statements = ground(said, entities, min_score=min_score, on_left_out=left_out)
    corpus = Corpus(tuple(r.header for r in ordered), entities, statements, links)
    ledger = _accounts((account for r in ordered for account in r.sentences), statements, dropped)
    return Joined(corpus, tuple(ledger), sum(map(len, dropped.values())))


def _accounts(
    sentences: Iterable[Account],
    statements: Iterable[Statement],
    dropped: Mapping[tuple[str, int], list[str]],
) -> Iterator[Account]:
    """The accounts closed: ids of statements, or why those of the sentence were left out.

    Of several reasons it is the one that came nearest to a statement.
    """
    ids: dict[tuple[str, int], list[str]] = defaultdict(list)
    for statement in statements:
        for place in sorted({(e.document, e.sentence) for e in statement.evidence}):
            ids[place].append(statement.id)
    for account in sentences:
        place = account.document, account.sentence
        if place in ids:
            yield replace(account, statements=tuple(ids[place]), reason=None)
        elif place in dropped:
            yield replace(account, reason=max(dropped[place], key=_NEARER.index))
        else:
            yield account


def _report(errors: Iterable[ReadError], joined: Joined, seconds: float) -> Report:
    counts = Counter(account.reason for account in joined.ledger if account.reason)
    common = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    said = sum(bool(account.statements) for account in joined.ledger)
    return Report(tuple(errors), len(joined.ledger), said, tuple(common), joined.left_out, seconds)
