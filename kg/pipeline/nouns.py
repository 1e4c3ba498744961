"""What a run takes and gives: its settings, its progress, the readings and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from kg.annotate import DEFAULT_MODEL
from kg.errors import KgError, ReadError
from kg.model import (
    Corpus,
    DateExpression,
    Header,
    KnownThing,
    Link,
    Mention,
    Span,
    Statement,
)
from kg.resolve import Decision

# Characters of one document. Books fit (War and Peace: 3.2 million characters, about 12 minutes);
# a larger "document" is almost always a data file.
DEFAULT_MAX_CHARS: Final = 4_000_000

Identity = Literal["merged", "strict"]


@dataclass(frozen=True, slots=True)
class Config:
    """What a run may vary: the spaCy pipeline, the longest document in characters, the least score.

    `links` is the file of what people decided, in place of each `links.toml` beside the documents.
    Where `identity` is "strict", nothing is joined across documents but by such a decision.
    `gazetteers` are files of known things to link entities to.
    """

    model: str = DEFAULT_MODEL
    max_chars: int = DEFAULT_MAX_CHARS
    min_score: float = 0.0
    links: Path | str | None = None
    identity: Identity = "merged"
    gazetteers: tuple[Path | str, ...] = ()

    def __post_init__(self) -> None:
        if self.identity not in get_args(Identity):
            known = ", ".join(get_args(Identity))
            raise KgError(f"no identity {self.identity!r}; known: {known}")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: documents done and known, characters done and known, statements, seconds.

    Of documents whose reading was kept by a former build no statements are counted.
    """

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
    `links` are the links files and how many decisions each holds; `idle` tells, a line each, which of
    the decisions no longer apply.
    `notes` are what there is to say of the files of known things, a line each.
    """

    errors: tuple[ReadError, ...] = ()
    sentences: int = 0
    with_statements: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    left_out: int = 0
    seconds: float = 0.0
    links: tuple[tuple[str, int], ...] = ()
    idle: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


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
class Brought:
    """What the user brings beside documents: decisions by links file, known things, and what there is to
    say of their files.
    """

    decided: tuple[tuple[str, tuple[Decision, ...]], ...]
    known: tuple[KnownThing, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run takes before it joins anything: the key of each document's reading by document id, the
    readings, what the user brought, and the sources that failed.

    `read` are the ids of documents that were read in this run, not found among what is kept.
    """

    keys: Mapping[str, str]
    readings: Callable[[], Iterable[Reading]]
    brought: Brought
    errors: tuple[ReadError, ...] = ()
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A corpus, the readings it was made of, the account of every sentence, and the report."""

    corpus: Corpus
    readings: tuple[Reading, ...]
    ledger: tuple[Account, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Joined:
    """The corpus of some readings, the account of every sentence, the statements left out, and the
    decisions that no longer apply, a line each.
    """

    corpus: Corpus
    ledger: tuple[Account, ...]
    left_out: int
    idle: tuple[str, ...] = ()
