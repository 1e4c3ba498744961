"""Running the queries that `checking` lets through: answers as terms, or as bytes in a W3C format."""

from __future__ import annotations

import contextlib
import heapq
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import IO, Final, TypeAlias

import pyoxigraph as ox

from kg.errors import FormError
from kg.store.answer import Answer, AnswerKind, Row, Term, row_key
from kg.store.binding import Bindings, bound
from kg.store.checking import Checked, checked, read_closely
from kg.store.dataset import Dataset, within
from kg.store.mistakes import meaning_error
from kg.vocab import Namespaces

Solutions: TypeAlias = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

FORMS: Final[Mapping[str, ox.QueryResultsFormat]] = MappingProxyType(
    {
        "csv": ox.QueryResultsFormat.CSV,
        "json": ox.QueryResultsFormat.JSON,
        "tsv": ox.QueryResultsFormat.TSV,
        "xml": ox.QueryResultsFormat.XML,
    }
)
GRAPH_FORMS: Final[Mapping[str, ox.RdfFormat]] = MappingProxyType(
    {
        "jsonld": ox.RdfFormat.JSON_LD,
        "nq": ox.RdfFormat.N_QUADS,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "trig": ox.RdfFormat.TRIG,
        "ttl": ox.RdfFormat.TURTLE,
    }
)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that somebody reads: one of `FORMS` for rows and truths, one of `GRAPH_FORMS`."""

    table: str | None = None
    graph: str | None = None


def answer(
    graph: ox.Store,
    sparql: str,
    names: Namespaces,
    bindings: Bindings | None = None,
    limit: int | None = None,
) -> Answer:
    """The answer to a query, of `limit` rows at most; QueryError for one malformed or refused.

    `bindings` are the values of its parameters. The rows that a limit leaves are the first ones in
    the order that the answer would have without it.
    """
    query = checked(sparql, names)
    with _evaluating(query.text, names, bindings):
        return _answered(graph, query, names, bindings, limit)


# In a frame of its own: rdflib's grammar keeps exceptions with the frames that called it, and an answer of
# the engine that outlives its call in one of them would be dropped in whichever thread collects garbage.
def _answered(
    graph: ox.Store,
    query: Checked,
    names: Namespaces,
    bindings: Bindings | None,
    limit: int | None,
) -> Answer:
    solutions = _run(graph, query.text, names, query.dataset, bindings)
    if isinstance(solutions, ox.QueryBoolean):
        return Answer("ask", truth=bool(solutions))
    term = _Terms().__getitem__
    rows: Iterator[Row] = (tuple(map(term, solution)) for solution in solutions)
    kept, more = _in_order(rows, query.ordered, limit)
    if isinstance(solutions, ox.QuerySolutions):
        variables = tuple(each.value for each in solutions.variables)
        return Answer("select", variables, kept, more=more)
    return Answer("construct", ("subject", "predicate", "object"), kept, more=more)


def results(graph: ox.Store, sparql: str, names: Namespaces, form: str) -> bytes:
    """The answer in a W3C format: `FORMS` for SELECT and ASK, `GRAPH_FORMS` for CONSTRUCT."""
    out = io.BytesIO()
    write_results(graph, sparql, names, form, out)
    return out.getvalue()


def write_results(
    graph: ox.Store,
    sparql: str,
    names: Namespaces,
    form: str | Forms,
    out: IO[bytes],
    *,
    dataset: Dataset | None = None,
) -> tuple[AnswerKind, str]:
    """Write the answer; its kind and form. A `dataset` goes before what the query says FROM.

    Raises QueryError for a query that is malformed or refused, FormError where its kind has no such
    form, and whatever `out` raises.
    """
    query = checked(sparql, names)
    forms = form if isinstance(form, Forms) else Forms(form, form)
    with _evaluating(query.text, names):
        return _written(graph, query, names, forms, out, dataset or query.dataset)


def _written(
    graph: ox.Store,
    query: Checked,
    names: Namespaces,
    forms: Forms,
    out: IO[bytes],
    dataset: Dataset | None,
) -> tuple[AnswerKind, str]:
    solutions = _run(graph, query.text, names, dataset)
    if isinstance(solutions, ox.QueryTriples):
        solutions.serialize(out, GRAPH_FORMS[_known(forms.graph, GRAPH_FORMS)])
        return "construct", str(forms.graph)
    solutions.serialize(out, FORMS[_known(forms.table, FORMS)])
    return "ask" if isinstance(solutions, ox.QueryBoolean) else "select", str(forms.table)


def _known(form: str | None, known: Mapping[str, object]) -> str:
    if form is None or form not in known:
        raise FormError(f"no form {form!r} for this kind of query; known: {', '.join(known)}")
    return form


def _run(
    graph: ox.Store,
    text: str,
    names: Namespaces,
    dataset: Dataset | None,
    bindings: Bindings | None = None,
) -> Solutions:
    """IRIs of the query are relative to the base of the graph; a BASE in it goes before."""
    prefixes, base, whole = dict(names.prefixes), names.base, bound(text, bindings or {})
    if dataset is None:
        return graph.query(whole, base_iri=base, prefixes=prefixes)
    chosen, default, named = within(graph, dataset)
    return chosen.query(
        whole, base_iri=base, prefixes=prefixes, default_graph=default, named_graphs=named
    )


@contextlib.contextmanager
def _evaluating(text: str, names: Namespaces, bindings: Bindings | None = None) -> Iterator[None]:
    """What the engine cannot do, as a QueryError: syntax at first, unknown functions on the way."""
    try:
        yield
    except SyntaxError as error:
        read_closely(text, names)  # tells what is wrong, and where, unless only the engine objects
        raise meaning_error(text, str(error), tuple(bindings or ())) from error
    except RuntimeError as error:
        raise meaning_error("", str(error)) from error


def _in_order(
    rows: Iterator[Row], ordered: bool, limit: int | None
) -> tuple[tuple[Row, ...], bool]:
    """The rows, sorted unless the query ordered them, cut at the limit; whether there were more."""
    if limit is None:
        return (tuple(rows) if ordered else tuple(sorted(rows, key=row_key))), False
    first = islice(rows, limit + 1) if ordered else heapq.nsmallest(limit + 1, rows, key=row_key)
    kept = tuple(first)
    return kept[:limit], len(kept) > limit


class _Terms(dict[object, Term | None]):
    """The terms of one answer, each made once: most occur in many rows."""

    def __missing__(self, term: object) -> Term | None:
        self[term] = made = _term(term)
        return made


def _term(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.datatype.value, term.language)
    return Term("blank", str(term))
