"""Asking a graph: which question is meant, with which values, and what may help without an answer."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

from kg.errors import QueryError
from kg.store import Answer, NamedQuery, Parameter, Store, Term, named_query, read_query
from kg.store.called import Found, Kind
from kg.store.formats import described, fits, iris, labelled
from kg.store.formats import written as formatted
from kg.store.literals import date_type

One: TypeAlias = str | int | float | Decimal | datetime.date | Term
Given: TypeAlias = Mapping[str, One | Sequence[One]]

MOST_CANDIDATES: Final = 8
DATE: Final = re.compile(
    r"-?[0-9X]{4}(?:-(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|[0-9X]X)(?:-(?:0[1-9]|[12][0-9]|3[01]|[0-9X]X))?)?(?:[/T~?%].*)?|\.\./.*|/.*"
)
NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
ANY_STATEMENT: Final = "ASK { ?statement a kg:Statement }"
_MENTIONS_STATEMENTS: Final = re.compile(r"rdf:(subject|predicate|object)|kg:")
BARE_ONLY: Final = "It has bare triples only, as facts.ttl does; ask the folder of the build, or its graph.ttl or graph.trig."  # fmt: skip
AD_HOC: Final = "query"  # the name of a question that came as text


def question_of(question: str) -> NamedQuery:
    """The question that is meant: by name, by the path of a .rq file, or SPARQL itself.

    Raises QueryError where there is no such name or file, or a parameter is declared wrongly.
    """
    words = question.split()
    if question.endswith(".rq") and len(words) == 1:
        try:
            text = Path(question).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise QueryError(f"{question}: cannot be read: {reason}") from error
        return read_query(question, text)
    if len(words) == 1 and "{" not in question:
        return named_query(question)
    return read_query(AD_HOC, question)


def ask(
    store: Store,
    question: NamedQuery | str,
    given: Given | None = None,
    *,
    limit: int | None = None,
) -> Answer:
    """The answer of a store to a question with its parameters.

    Raises QueryError for a query that is malformed or refused, and for a parameter that is missing
    or unknown, or whose value means nothing or several things of the graph.
    """
    query = question_of(question) if isinstance(question, str) else question
    return store.query(query.sparql, bindings_of(store, query, given or {}), limit=limit)


def bindings_of(store: Store, query: NamedQuery, given: Given) -> dict[str, tuple[Term, ...]]:
    """The terms that the parameters of a question are bound to."""
    known = {each.name: each for each in query.parameters}
    for name in given:
        if name not in known:
            raise QueryError(f"{query.name}: no parameter {name!r}; {_takes(query)}")
    bindings: dict[str, tuple[Term, ...]] = {}
    for name, parameter in known.items():
        values = _several(given[name]) if name in given else ()
        if values:
            bindings[name] = tuple(term_of(store, parameter, value) for value in values)
        elif parameter.required:
            raise QueryError(f"{query.name}: {name} is missing; {_takes(query)}")
        elif parameter.default:
            bindings[name] = _defaults(store, parameter)
    return bindings


def term_of(store: Store, parameter: Parameter, value: One) -> Term:
    """The term that a value of a parameter means; QueryError where that is none or several."""
    if isinstance(value, Term):
        return value
    text = value.isoformat() if isinstance(value, datetime.date) else str(value).strip()
    if parameter.type in {"entity", "relation", "document"}:
        kind: Kind = parameter.type
        return Term("iri", the_one(store, kind, text, parameter.name).iri)
    if parameter.type == "text":
        return Term("literal", str(value))
    if parameter.type == "date":
        if not DATE.fullmatch(text):
            raise QueryError(f"{parameter.name}: {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")  # fmt: skip
        return Term("literal", text, store.names.iri(date_type(text)))
    match = NUMBER.fullmatch(text)
    if match is None:
        raise QueryError(f"{parameter.name}: {text!r} is no number")
    return Term("literal", text, store.names.iri("xsd:decimal" if match[1] else "xsd:integer"))


def the_one(store: Store, kind: Kind, key: str, name: str) -> Found:
    """The one thing of the graph that a key means; QueryError, with candidates, for none or several."""
    called = store.called()
    found = called.find(kind, key)
    if len(found) == 1:
        return found[0]
    if found:
        raise QueryError(f"{name}: {len(found)} {_many(kind)} are called {key!r}; name one by id: {_listed(store, found)}")  # fmt: skip
    near = called.near(kind, key)
    hint = f"; perhaps {_listed(store, near)}" if near else ""
    raise QueryError(f"{name}: no {kind} of the graph is called {key!r}{hint}")


def hints(store: Store, query: NamedQuery) -> list[str]:
    """Why an answer may have no rows: names in the query that the graph does not hold."""
    if _MENTIONS_STATEMENTS.search(query.sparql) and not store.query(ANY_STATEMENT).truth:
        return [BARE_ONLY]
    called, told = store.called(), []
    for iri in store.names_in(query.sparql):
        curie = store.names.curie(iri)
        if called.knows(iri) or iri in store.names.prefixes.values():
            continue
        kind = _kind(store, iri)
        near = called.near(kind, iri) if kind else ()
        hint = f"; near it: {_listed(store, near)}" if near else ""
        told.append(f"The graph has no {curie}{hint}")
    return told


def _kind(store: Store, iri: str) -> Kind | None:
    kinds: tuple[tuple[str, Kind], ...] = (("rel", "relation"), ("doc", "document"), ("", "entity"))
    return next((k for prefix, k in kinds if iri.startswith(store.names.prefixes[prefix])), None)


def _defaults(store: Store, parameter: Parameter) -> tuple[Term, ...]:
    """The terms of the default values, without those that this graph has not."""
    terms = []
    for value in parameter.default:
        try:
            terms.append(term_of(store, parameter, value))
        except QueryError:  # a default need not be in every graph
            continue
    return tuple(terms)


def _several(value: One | Sequence[One]) -> tuple[One, ...]:
    whole = isinstance(value, (str, int, float, Decimal, datetime.date, Term))
    return (value,) if whole else tuple(value)  # type: ignore[return-value, arg-type]


def _takes(query: NamedQuery) -> str:
    """What a question takes, on one line."""
    if not query.parameters:
        return "it takes none"
    return "it takes " + ", ".join(f"{each.usage} ({each.words})" for each in query.parameters)


def _listed(store: Store, found: Sequence[Found]) -> str:
    told = [f"{store.names.curie(each.iri)} ({each.label})" for each in found[:MOST_CANDIDATES]]
    return ", ".join(told) + (" ..." if len(found) > MOST_CANDIDATES else "")


def _many(kind: Kind) -> str:
    return "entities" if kind == "entity" else f"{kind}s"


def readable(store: Store, answer: Answer, *, labels: bool = False) -> list[tuple[str, ...]]:
    """The rows as people read them; with `labels`, an IRI as its label and its CURIE in brackets."""
    rows = answer.readable(store.names)
    if not labels:
        return rows
    told = store.labels(iris(answer))
    return [
        tuple(
            f"{told[term.value]} ({cell})"
            if term and term.kind == "iri" and term.value in told
            else cell
            for term, cell in zip(terms, cells, strict=True)
        )
        for terms, cells in zip(answer.rows, rows, strict=True)
    ]


def written(store: Store, answer: Answer, form: str, *, labels: bool = False) -> str:
    """The answer in a format of the W3C; with `labels`, further columns, or triples, for them.

    Raises QueryError, listing those that fit, for a format that cannot hold such an answer.
    """
    fits(answer.kind, form)
    if labels and answer.kind != "ask":
        with_labels = described if form in {"turtle", "ntriples"} else labelled
        answer = with_labels(answer, store.labels(iris(answer)))
    return formatted(answer, form, store.names)
