"""What the page of a document shows: its quotes at their places, and its text where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.serve.pages.graph import Graph, NotThereError, text, values
from kg.serve.pages.statements import Told, told

SHOWN: Final = 40  # quotes of a page
AROUND: Final = (
    20_000  # characters of text at most between two quotes; more is left out, and said so
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the statements read from it, and the text before it where that is known."""

    span: Span
    words: str
    before: str
    cut: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    iri: str
    id: str
    title: str
    date: str | None
    source: str
    language: str
    statements: int
    entities: int
    whole: bool  # whether the text between the quotes is shown
    passages: tuple[Passage, ...]
    after: str
    first: bool
    next: int | None  # where the next page begins


def document_page(graph: Graph, name: str, start: int) -> DocumentPage:
    """A document from the first quote at or after a place."""
    iri = graph.iri("document", name)
    headers = graph.rows(
        f"""SELECT ?id ?title ?date ?source ?language WHERE {{ GRAPH <{iri}> {{
          <{iri}> dcterms:identifier ?id ; dcterms:source ?source ; dcterms:language ?language .
          OPTIONAL {{ <{iri}> dcterms:title ?title }}
          OPTIONAL {{ <{iri}> dcterms:date ?date }} }} }} LIMIT 1"""
    )
    if not headers:
        raise NotThereError(f"document {name}")
    header = headers[0]
    quotes = _quotes(graph, iri, start)
    words = graph.source.text(header["id"].value)
    shown, rest = quotes[:SHOWN], quotes[SHOWN:]
    passages = _passages(graph, iri, shown, words, _opening(graph, iri, start))
    end = passages[-1].span.end if passages else 0
    return DocumentPage(
        iri=iri,
        id=header["id"].value,
        title=text(header, "title") or header["id"].value,
        date=text(header, "date"),
        source=header["source"].value,
        language=header["language"].value,
        statements=_counted(graph, iri, "?reading kg:statement ?counted"),
        entities=_counted(graph, iri, "?mention kg:entity ?counted"),
        whole=words is not None,
        passages=passages,
        after=words[end : end + AROUND] if words and not rest else "",
        first=not start,
        next=rest[0][1].start if rest else None,
    )


def _quotes(graph: Graph, iri: str, start: int) -> list[tuple[str, Span, str]]:
    rows = graph.rows(
        f"""SELECT ?evidence ?start ?end ?quote WHERE {{ GRAPH <{iri}> {{
          ?evidence oa:start ?start ; oa:end ?end ; oa:exact ?quote FILTER(?start >= {start}) }}
        }} ORDER BY ?start ?end LIMIT {SHOWN + 1}"""
    )
    return [
        (row["evidence"].value, Span(int(row["start"].value), int(row["end"].value)), row["quote"].value)
        for row in rows
    ]  # fmt: skip


def _opening(graph: Graph, iri: str, start: int) -> int:
    """Where the text of a page begins: where the last quote of the page before ends."""
    if not start:
        return 0
    rows = graph.rows(
        f"""SELECT (MAX(?end) AS ?last) WHERE {{ GRAPH <{iri}> {{
          ?evidence oa:start ?start ; oa:end ?end FILTER(?start < {start}) }} }}"""
    )
    return int(rows[0]["last"].value) if rows and "last" in rows[0] else 0


def _passages(
    graph: Graph, iri: str, quotes: list[tuple[str, Span, str]], words: str | None, at: int
) -> tuple[Passage, ...]:
    rows = graph.rows(
        f"""SELECT DISTINCT ?evidence ?statement ?subject WHERE {{
          VALUES ?evidence {{ {values(evidence for evidence, _, _ in quotes)} }}
          GRAPH <{iri}> {{
            ?reading kg:evidence ?evidence ; kg:statement ?statement ; kg:subjectSpan ?subject }}
        }} ORDER BY ?evidence ?subject ?statement"""
    )
    held: dict[str, dict[str, None]] = {}
    for row in rows:
        held.setdefault(row["evidence"].value, {})[row["statement"].value] = None
    every = told(graph, [iri_ for each in held.values() for iri_ in each], quotes=False)
    known = {each.iri: each for each in every}
    passages = []
    for evidence, span, quote in quotes:
        between = (words or "")[at : span.start]
        told_ = tuple(known[each] for each in held.get(evidence, ()) if each in known)
        passages.append(Passage(span, quote, between[-AROUND:], len(between) > AROUND, told_))
        at = max(at, span.end)
    return tuple(passages)


def _counted(graph: Graph, iri: str, pattern: str) -> int:
    return graph.count(
        f"SELECT (COUNT(DISTINCT ?counted) AS ?count) {{ GRAPH <{iri}> {{ {pattern} }} }}"
    )
