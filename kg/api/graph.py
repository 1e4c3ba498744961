"""From a graph: query, why, review and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.answers import Review, review_of
from kg.api.asking import Given, ask, question_of
from kg.errors import KgError, StoreError
from kg.export.links import owners
from kg.export.rdf import FILES as RDF_FILES
from kg.export.rdf import export as export_rdf
from kg.export.records import records
from kg.export.view import MOST_NODES, TITLE, Texts, view, write_view
from kg.model import Entity, Header, KnownLink, Link, Mention, Statement
from kg.store import Answer, Store, open_graph
from kg.store.files import replaced
from kg.store.queries import named
from kg.vocab import Namespaces

VIEW_FILE: Final = "graph.html"
BUILD_FILES: Final = (*RDF_FILES, VIEW_FILE)
EXPORT_FILES: Final = (*BUILD_FILES, "graph.nq")


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


def query(
    question: str, graph: Path | str, given: Given | None = None, *, limit: int | None = None
) -> tuple[Answer, Namespaces]:
    """The answer of a graph to SPARQL, to the SPARQL in a .rq file, or to a query known by name.

    `given` are the values of its parameters. Raises QueryError for a query that is malformed,
    refused or unknown or lacks a parameter, StoreError for the graph.
    """
    wanted = question_of(question)
    with open_graph(graph) as store:
        return ask(store, wanted, given, limit=limit), store.names


def sparql(question: str) -> str:
    """The SPARQL that a question means: a name, a path of a .rq file, or SPARQL itself."""
    return question_of(question).sparql


def questions() -> Sequence[tuple[str, str]]:
    """The known queries: name and the question each answers."""
    return [(query.name, query.question) for query in named().values()]


def why(key: str, graph: Path | str) -> Explanation:
    """Why the graph says what it says of a statement or an entity.

    `key` is a statement's id or the start of it, or an entity's id, IRI, label or alias. Raises
    StoreError where nothing fits, or, listing them, where several things do.
    """
    with open_graph(graph) as store:
        return explain(store, key)


def explain(store: Store, key: str) -> Explanation:
    """`why` of a store that is open."""
    headers = {header.id: header for header in store.headers()}
    corpus = store.corpus()
    wanted = key.strip().rpartition("/")[2].removeprefix("stmt:").removeprefix(":")
    hits = [s for s in corpus.statements if len(wanted) > 5 and s.id.startswith(wanted)]
    if len(hits) == 1:
        return Explanation(None, (), tuple(hits), _records(corpus, hits, store.names), headers)
    entity = _entity(store, key, len(hits))
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


def export(
    store: Store,
    directory: Path,
    files: Sequence[str] = BUILD_FILES,
    *,
    texts: Texts | None = None,
    max_nodes: int | None = MOST_NODES,
    title: str = TITLE,
) -> tuple[Path, ...]:
    """Write files of a graph to a directory; raises KgError for an unknown file name.

    For the view: `texts` gives the text of a document by its id, `max_nodes` is the most entities, and
    `title` its heading.
    """
    unknown = sorted(set(files) - set(EXPORT_FILES))
    if unknown:
        raise KgError(f"{unknown[0]}: no such export; known: {', '.join(EXPORT_FILES)}")
    written = export_rdf(store, directory, tuple(f for f in files if f != VIEW_FILE))
    if VIEW_FILE not in files:
        return written
    told = records(store.corpus(), store.names)
    headers, names = store.headers(), store.names
    page = view(told, headers, title=title, names=names, texts=texts, max_nodes=max_nodes)
    write_view(directory / VIEW_FILE, page)
    return (*written, directory / VIEW_FILE)


def write_text(text: str, path: Path) -> None:
    """Write a text file, whole or not at all; StoreError where that cannot be."""
    try:
        with replaced(path) as whole:
            whole.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _reading_order(statement: Statement) -> tuple[object, ...]:
    """Stated as fact first, what most documents say first; then as it stands in the texts."""
    first = statement.evidence[0]
    return not statement.plain, -len(statement.evidence), first.document, first.span, statement.id


def _records(
    corpus: Any, chosen: Sequence[Statement], names: Namespaces
) -> tuple[dict[str, Any], ...]:
    by_id = {record["id"]: record for record in records(corpus, names)}
    return tuple(by_id[statement.id] for statement in chosen)


def _entity(store: Store, key: str, statements: int) -> Entity:
    """The entity that a key means; StoreError, with candidates, for none or several."""
    called = store.called()
    found = called.find("entity", key)
    if len(found) == 1:
        return store.entity(found[0].iri.removeprefix(store.names.prefixes[""]))
    if found:
        ids = ", ".join(each.iri.rpartition("/")[2] for each in found[:8])
        raise StoreError(f"{key}: {len(found)} entities are called so; name one by id: {ids}")
    near = [each.label for each in called.near("entity", key)]
    hint = f"; perhaps {', '.join(near)}" if near else ""
    more = f" ({statements} statement ids start so)" if statements else ""
    raise StoreError(f"{key}: no statement or entity of that id or name{more}{hint}")
