r"""Queries: what is refused before it runs, and running what is left.

rdflib's grammar reads a query first, for `SERVICE` makes some engines open connections. `FROM` may
name graphs that the store has, and only those: the dataset is chosen here, by the graphs' names, and
whatever the text says is set aside, so nothing is there to fetch. Both engines then read the very same characters: code point escapes are expanded and line
ends made one before, because a comment that ends at `\r` for one engine and at `\n` for the other
would hide a `SERVICE` from the first.
"""

from __future__ import annotations

import contextlib
import heapq
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import IO, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.errors import FormError, QueryError
from kg.store.answer import Answer, AnswerKind, Row, Term, row_key
from kg.store.binding import Bindings, bound
from kg.store.dataset import Dataset, clauses, within
from kg.store.mistakes import located, meaning_error, syntax_error
from kg.store.tokens import tokens
from kg.vocab import Namespaces

Solutions: TypeAlias = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ServiceGraphPattern": "SERVICE is refused; queries stay inside the graph",
    }
)
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


@dataclass(frozen=True, slots=True)
class Checked:
    """A query as both engines shall read it, whether it orders its rows, and what FROM names."""

    text: str
    ordered: bool
    dataset: Dataset | None


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
    with _evaluating(query.text, bindings):
        solutions = _run(graph, query.text, names, query.dataset, bindings)
        if isinstance(solutions, ox.QueryBoolean):
            return Answer("ask", truth=bool(solutions))
        if isinstance(solutions, ox.QuerySolutions):
            variables = tuple(each.value for each in solutions.variables)
            rows: Iterator[Row] = (tuple(map(_term, solution)) for solution in solutions)
            kept, more = _in_order(rows, query.ordered, limit)
            return Answer("select", variables, kept, more=more)
        rows = ((_term(s), _term(p), _term(o)) for s, p, o in solutions)
        kept, more = _in_order(rows, query.ordered, limit)
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
    with _evaluating(query.text):
        solutions = _run(graph, query.text, names, dataset or query.dataset)
        if isinstance(solutions, ox.QueryTriples):
            solutions.serialize(out, GRAPH_FORMS[_known(forms.graph, GRAPH_FORMS)])
            return "construct", str(forms.graph)
        solutions.serialize(out, FORMS[_known(forms.table, FORMS)])
        return "ask" if isinstance(solutions, ox.QueryBoolean) else "select", str(forms.table)


def checked(sparql: str, names: Namespaces) -> Checked:
    """The query, when nothing in it is refused.

    >>> checked("SELECT ?s { ?s rel:meet ?o }", Namespaces()).ordered
    False
    >>> checked("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", Namespaces())
    Traceback (most recent call last):
    kg.errors.QueryError: query: line 1, column 12: SERVICE is refused; queries stay inside the graph
    """
    text = re.sub("\r\n?", "\n", _expanded(sparql))
    parsed = _parsed(text)
    known = set(names.prefixes)
    for name, fields in _nodes(parsed):
        prefix = fields.get("prefix", "")
        if name in REFUSED:
            raise located(REFUSED[name], text, _place(text, "SERVICE"))
        if name == "PrefixDecl":
            known.add(prefix)
        elif name == "pname" and prefix not in known:
            prefixes = ", ".join(sorted(f"{each}:" for each in known))
            place = _place(text, f"{prefix}:", start=True)
            raise located(f"unknown prefix {prefix}:; known: {prefixes}", text, place)
    return Checked(text, "orderby" in parsed[1], clauses(parsed, names))


def _known(form: str | None, known: Mapping[str, object]) -> str:
    if form is None or form not in known:
        raise FormError(f"no form {form!r} for this kind of query; known: {', '.join(known)}")
    return form


def inside(sparql: str) -> None:
    """Nothing for a query that stays inside the graph; QueryError for one that would leave it."""
    text = re.sub("\r\n?", "\n", _expanded(sparql))
    if any(name in REFUSED for name, _ in _nodes(_parsed(text))):
        raise located(REFUSED["ServiceGraphPattern"], text, _place(text, "SERVICE"))


def names_in(sparql: str, names: Namespaces) -> tuple[str, ...]:
    """The IRIs that a query names, in the order of the text; QueryError as for `checked`."""
    text = checked(sparql, names).text
    prefixes, iris = dict(names.prefixes), list[str]()
    for name, fields in _nodes(_parsed(text)):
        prefix = fields.get("prefix", "")
        if name == "PrefixDecl":
            prefixes[prefix] = str(fields["iri"])
        elif name == "pname" and prefix in prefixes:
            iris.append(prefixes[prefix] + str(fields.get("localname", "")))
    iris += [token.text[1:-1] for token in tokens(text) if token.kind == "iri"]
    return tuple(dict.fromkeys(iris))


def _place(text: str, word: str, *, start: bool = False) -> int:
    """Where a word stands in a query, or one that starts so; its beginning where it is hidden."""
    for token in tokens(text):
        told = token.text.upper() if token.kind == "word" else ""
        if told == word.upper() or (start and token.kind == "word" and token.text.startswith(word)):
            return token.start
    return 0


# rdflib takes a quarter of a second to import, which only those who query should pay: hence the
# imports inside the functions below.


def _expanded(sparql: str) -> str:
    from rdflib.plugins.sparql.parser import expandUnicodeEscapes

    try:
        text = str(expandUnicodeEscapes(sparql))
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError("query: half a surrogate pair is no character") from error
    except ValueError as error:
        raise QueryError(f"query: {error}") from error
    return text


def _parsed(text: str) -> Any:
    """rdflib's parse: the prologue and the query."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except ParseException as error:
        if _is_update(text):
            raise QueryError(
                "query: updates are refused; the graph is built, not edited"
            ) from error
        raise syntax_error(text) from error
    except RecursionError as error:
        raise QueryError("query: nested too deeply") from error


def _is_update(text: str) -> bool:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError):
        return False


def _nodes(parsed: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and fields of every node of a parse, in the order of the text."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            fields = dict(part.items())
            yield part.name, fields
            waiting.extend(reversed(fields.values()))
        elif isinstance(part, (ParseResults, list)):
            waiting.extend(reversed(list(part)))


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
def _evaluating(text: str, bindings: Bindings | None = None) -> Iterator[None]:
    """What the engine cannot do, as a QueryError: syntax at first, unknown functions on the way."""
    try:
        yield
    except SyntaxError as error:
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


def _term(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.datatype.value, term.language)
    return Term("blank", str(term))
