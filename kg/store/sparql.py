r"""Queries: what is refused before it runs, and running what is left.

rdflib's grammar reads a query first, for `SERVICE` and `FROM` make some engines open connections
and files. Both engines then read the very same characters: code point escapes are expanded and line
ends made one before, because a comment that ends at `\r` for one engine and at `\n` for the other
would hide a `SERVICE` from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.answer import Answer, Row, Term, row_key
from kg.vocab import Namespaces

Solutions: TypeAlias = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ServiceGraphPattern": "SERVICE is refused; queries stay inside the graph",
        "DatasetClause": "FROM is refused; use GRAPH to choose a document's graph",
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
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "ttl": ox.RdfFormat.TURTLE,
    }
)
LONGEST_REASON: Final = 120  # characters; a parser's list of what it expected can fill a page


def answer(graph: ox.Store, sparql: str, names: Namespaces) -> Answer:
    """The answer to a query; QueryError for one that is malformed or refused."""
    text, ordered = checked(sparql, names)
    return _answered(graph, text, names, ordered)


def results(graph: ox.Store, sparql: str, names: Namespaces, form: str) -> bytes:
    """The answer in a W3C format: `FORMS` for SELECT and ASK, `GRAPH_FORMS` for CONSTRUCT."""
    text, _ = checked(sparql, names)
    return _serialized(graph, text, names, form)


# Apart from the parsing: rdflib's parser keeps exceptions, and with them the frames of its callers and
# their variables, until the garbage is collected, in whichever thread; pyoxigraph's answers must end
# in the thread they began in.
def _answered(graph: ox.Store, text: str, names: Namespaces, ordered: bool) -> Answer:
    solutions = _run(graph, text, names)
    if isinstance(solutions, ox.QueryBoolean):
        return Answer("ask", truth=bool(solutions))
    if isinstance(solutions, ox.QuerySolutions):
        variables = tuple(each.value for each in solutions.variables)
        rows = (tuple(map(_term, solution)) for solution in solutions)
        return Answer("select", variables, _in_order(rows, ordered))
    triples = ((_term(s), _term(p), _term(o)) for s, p, o in solutions)
    return Answer("construct", ("subject", "predicate", "object"), _in_order(triples, ordered))


def _serialized(graph: ox.Store, text: str, names: Namespaces, form: str) -> bytes:
    solutions = _run(graph, text, names)
    wanted = GRAPH_FORMS if isinstance(solutions, ox.QueryTriples) else FORMS
    if form not in wanted:
        raise QueryError(f"no form {form!r} for this kind of query; known: {', '.join(wanted)}")
    return cast(bytes, solutions.serialize(format=wanted[form]))  # type: ignore[arg-type]


def checked(sparql: str, names: Namespaces) -> tuple[str, bool]:
    """The query as both engines shall read it, and whether it orders its rows.

    >>> checked("SELECT ?s { ?s rel:meet ?o }", Namespaces())[1]
    False
    >>> checked("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", Namespaces())
    Traceback (most recent call last):
    kg.errors.QueryError: query: SERVICE is refused; queries stay inside the graph
    """
    text = re.sub("\r\n?", "\n", _expanded(sparql))
    parsed = _parsed(text)
    known = set(names.prefixes)
    for name, fields in _nodes(parsed):
        prefix = fields.get("prefix", "")
        if name in REFUSED:
            raise QueryError(f"query: {REFUSED[name]}")
        if name == "PrefixDecl":
            known.add(prefix)
        elif name == "pname" and prefix not in known:
            prefixes = ", ".join(sorted(f"{each}:" for each in known))
            raise QueryError(f"query: unknown prefix {prefix}:; known: {prefixes}")
    return text, "orderby" in parsed[1]


# rdflib takes a quarter of a second to import, which only those who query should pay: hence the
# imports inside the functions below.


def _expanded(sparql: str) -> str:
    from rdflib.plugins.sparql.parser import expandUnicodeEscapes

    try:
        return expandUnicodeEscapes(sparql)
    except ValueError as error:
        raise QueryError(f"query: {error}") from error


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
        where = f"line {error.lineno}, column {error.column}"
        rest = _line(error.line[error.column - 1 :]) or "its end"
        raise QueryError(f"query: {where}: no SPARQL 1.1 query from here on: {rest}") from error
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


def _run(graph: ox.Store, text: str, names: Namespaces) -> Solutions:
    try:
        return graph.query(text, prefixes=dict(names.prefixes))
    except SyntaxError as error:
        raise QueryError(f"query: {_line(str(error))}") from error


def _in_order(rows: Iterator[Row], ordered: bool) -> tuple[Row, ...]:
    return tuple(rows) if ordered else tuple(sorted(rows, key=row_key))


def _term(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.datatype.value, term.language)
    return Term("blank", str(term))


def _line(reason: str) -> str:
    """A parser's reason on one line of bearable length."""
    line = " ".join(reason.split())
    return line if len(line) <= LONGEST_REASON else line[:LONGEST_REASON].rstrip() + " ..."
