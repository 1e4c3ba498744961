"""One function a verb: build, extract, query, why, review, export. The command line calls these and prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.answers import Review, review_of
from kg.errors import KgError, QueryError, ReadError, StoreError
from kg.export.links import owners
from kg.export.mentions import mention_record
from kg.export.rdf import FILES as RDF_FILES
from kg.export.rdf import export as export_rdf
from kg.export.records import records
from kg.export.view import write_view
from kg.model import Entity, Header, KnownLink, Link, Mention, Statement
from kg.pipeline import Account, Config, Pipeline, Progress, Report, Result
from kg.store import Answer, Store
from kg.store.files import replaced
from kg.store.queries import named, named_query
from kg.vocab import DEFAULT_BASE, Namespaces

VIEW_FILE: Final = "graph.html"
BUILD_FILES: Final = (*RDF_FILES, VIEW_FILE)
EXPORT_FILES: Final = (*BUILD_FILES, "graph.nq")
GRAPH_FILE: Final = "graph.trig"


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a statement or an entity; `records` match `statements` one by one.

    `owned` are the mentions that `links` judge, by id, each with the entity that it means.
    """

    entity: Entity | None
    links: tuple[Link, ...]
    statements: tuple[Statement, ...]
    records: tuple[dict[str, Any], ...]
    headers: dict[str, Header]
    owned: Mapping[str, tuple[Entity, Mention]] = field(default_factory=dict)
    known: tuple[KnownLink, ...] = ()


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


def open_graph(graph: Path | str) -> Store:
    """The store of a build folder, or of a .trig, .nq or .ttl file.

    Raises StoreError that says how to build one where there is none.
    """
    path = Path(graph)
    file = path / GRAPH_FILE if path.is_dir() else path
    if not file.exists():
        raise StoreError(f"{file}: no graph there; build one with: kg build PATH... -o {path}")
    return Store.read(file)


def query(question: str, graph: Path | str) -> tuple[Answer, Namespaces]:
    """The answer of a graph to SPARQL, to the SPARQL in a .rq file, or to a query known by name.

    Raises QueryError for a query that is malformed, refused or unknown, StoreError for the graph.
    """
    text = sparql(question)
    with open_graph(graph) as store:
        return store.query(text), store.names


def sparql(question: str) -> str:
    """The SPARQL that a question means: a name, a path of a .rq file, or SPARQL itself."""
    if question.endswith(".rq") and len(question.split()) == 1:
        try:
            return Path(question).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise QueryError(f"{question}: cannot be read: {reason}") from error
    if len(question.split()) == 1 and "{" not in question:
        return named_query(question).sparql
    return question


def questions() -> Sequence[tuple[str, str]]:
    """The known queries: name and the question each answers."""
    return [(query.name, query.question) for query in named().values()]


def why(key: str, graph: Path | str) -> Explanation:
    """Why the graph says what it says of a statement or an entity.

    `key` is a statement's id or the start of it, or an entity's id, IRI, label or alias. Raises
    StoreError where nothing fits, or, listing them, where several things do.
    """
    with open_graph(graph) as store:
        headers = {header.id: header for header in store.headers()}
        corpus = store.corpus()
        wanted = key.strip().rpartition("/")[2].removeprefix("stmt:").removeprefix(":")
        hits = [s for s in corpus.statements if len(wanted) > 5 and s.id.startswith(wanted)]
        if len(hits) == 1:
            return Explanation(None, (), tuple(hits), _records(corpus, hits, store.names), headers)
        entity = _entity(corpus.entities, key, wanted, len(hits))
        told = [s for s in corpus.statements if entity.id in (s.subject, s.object)]
        told.sort(key=_reading_order)
        links = tuple(store.links(entity.id))
        ends = {end for link in links for end in (link.left, link.right)}
        owned = {id_: owner for id_, owner in owners(corpus.entities).items() if id_ in ends}
        shown = _records(corpus, told, store.names)
        known = tuple(store.known_links(entity.id))
        return Explanation(entity, links, tuple(told), shown, headers, owned, known)


def review(graph: Path | str, links: Path | str | None = None) -> Review:
    """What of a graph a person may decide, without what the links file settles already.

    Raises StoreError for the graph, ReadError or DecisionError for the links file.
    """
    with open_graph(graph) as store:
        return review_of(store.corpus(), store.names, None if links is None else Path(links))


def export(store: Store, directory: Path, files: Sequence[str] = BUILD_FILES) -> tuple[Path, ...]:
    """Write files of a graph to a directory; raises KgError for an unknown file name."""
    unknown = sorted(set(files) - set(EXPORT_FILES))
    if unknown:
        raise KgError(f"{unknown[0]}: no such export; known: {', '.join(EXPORT_FILES)}")
    written = export_rdf(store, directory, tuple(f for f in files if f != VIEW_FILE))
    if VIEW_FILE not in files:
        return written
    write_view(directory / VIEW_FILE, records(store.corpus(), store.names), store.headers())
    return (*written, directory / VIEW_FILE)


def _reading_order(statement: Statement) -> tuple[object, ...]:
    """Stated as fact first, what most documents say first; then as it stands in the texts."""
    first = statement.evidence[0]
    return not statement.plain, -len(statement.evidence), first.document, first.span, statement.id


def _told(result: Result) -> set[str]:
    """Entities that a statement is about."""
    return {
        end
        for s in result.corpus.statements
        for end in (s.subject, s.object)
        if isinstance(end, str)
    }


def _records(
    corpus: Any, chosen: Sequence[Statement], names: Namespaces
) -> tuple[dict[str, Any], ...]:
    by_id = {record["id"]: record for record in records(corpus, names)}
    return tuple(by_id[statement.id] for statement in chosen)


def _entity(entities: Iterable[Entity], key: str, wanted: str, statements: int) -> Entity:
    """The entity of that id, else the only one of that label, else the only one of that alias."""
    known = list(entities)
    folded = key.strip().casefold()
    for fits in (
        lambda e: e.id == wanted,
        lambda e: e.label.casefold() == folded,
        lambda e: folded in {alias.casefold() for alias in e.aliases},
    ):
        found = [entity for entity in known if fits(entity)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(entity.id for entity in found[:8])
            raise StoreError(f"{key}: {len(found)} entities are called so; name one by id: {ids}")
    near = sorted(e.label for e in known if folded and folded in e.label.casefold())[:5]
    hint = f"; perhaps {', '.join(near)}" if near else ""
    more = f" ({statements} statement ids start so)" if statements else ""
    raise StoreError(f"{key}: no statement or entity of that id or name{more}{hint}")
