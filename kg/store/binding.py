"""Parameters are bound as VALUES, in every group of a query that names them.

A value never becomes part of the author's words: the library writes the term, and the query that a
parser checks is the author's own. A variable is bound at the start of each group where it stands,
so that it holds in subqueries, filters, EXISTS, MINUS and the branches of UNION, too; what SELECT,
ORDER BY and the like name is bound in the WHERE group they belong to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.answer import Term
from kg.store.tokens import Token, tokens

Bindings: TypeAlias = Mapping[str, Sequence[Term]]

SUBSELECT: Final = "SELECT"
NO_PLACE: Final = -1  # a brace that VALUES cannot follow


@dataclass(slots=True)
class _Brace:
    """What stands between two braces; `place` is where VALUES may go, `where` the WHERE group."""

    place: int
    depth: int = 0
    subselect: bool = False
    where: _Brace | None = None
    names: set[str] = field(default_factory=set)


def variables(sparql: str) -> frozenset[str]:
    """The names of all variables of a query."""
    return frozenset(token.text for token in tokens(sparql) if token.kind == "variable")


def bound(sparql: str, bindings: Bindings) -> str:
    """The query with its parameters bound; its lines stay where they are.

    >>> bound("SELECT * { ?s ?p ?o }", {"s": [Term("iri", "http://example.org/a")]})
    'SELECT * { VALUES ?s { <http://example.org/a> } ?s ?p ?o }'
    """
    if not bindings:
        return sparql
    blocks = {name: _values(name, terms) for name, terms in bindings.items()}
    query, places = _Brace(NO_PLACE), list[_Brace]()
    _read(sparql, query, places)
    if query.where is None or query.where.place == NO_PLACE:
        query.place = len(sparql)
        places.append(query)
    for group in places:
        group.names &= set(blocks)
    for group in sorted(places, key=lambda each: each.place, reverse=True):
        text = "".join(blocks[name] for name in sorted(group.names))
        sparql = sparql[: group.place] + text + sparql[group.place :]
    return sparql


def to_ox(term: Term) -> ox.NamedNode | ox.Literal:
    """The library's term, which it writes without a flaw; QueryError for what no RDF can hold."""
    try:
        if term.kind == "iri":
            return ox.NamedNode(term.value)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        datatype = ox.NamedNode(term.datatype) if term.datatype else None
        return ox.Literal(term.value, datatype=datatype)
    except ValueError as error:
        raise QueryError(f"{term.value!r}: no RDF can hold this: {error}") from error


def _values(name: str, terms: Sequence[Term]) -> str:
    written = " ".join(dict.fromkeys(str(to_ox(term)) for term in terms))
    return f" VALUES ?{name} {{ {written} }}"


def _read(sparql: str, query: _Brace, places: list[_Brace]) -> None:
    """Fill `places` with the groups of the query, each with the names that stand in it."""
    open_, before = [query], [Token("mark", "", 0), Token("mark", "", 0)]
    data = False  # between VALUES and its block
    depth = 0  # of parentheses
    for token in tokens(sparql):
        here, word = open_[-1], token.text.upper() if token.kind == "word" else ""
        if token.kind == "variable":
            here.names.add(token.text)
        elif token.kind == "mark":
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "{":
                place = NO_PLACE if data or _is_template(before) else token.start + 1
                open_.append(_Brace(place, depth))
                data = False
            elif token.text == "}" and len(open_) > 1:
                _close(open_.pop(), open_[-1], places)
        elif word == SUBSELECT and here is not query and before[-1].text == "{":
            here.subselect, here.place = True, NO_PLACE
        data = data or word == "VALUES"
        before = [before[-1], token]
    if query.where is not None and query.where.place != NO_PLACE:
        query.where.names |= query.names


def _is_template(before: Sequence[Token]) -> bool:
    """Whether the brace after these opens what CONSTRUCT makes, with or without a WHERE."""
    last, words = before[-1], [each.text.upper() for each in before]
    return last.kind == "word" and (words[1] == "CONSTRUCT" or words == ["CONSTRUCT", "WHERE"])


def _close(group: _Brace, above: _Brace, places: list[_Brace]) -> None:
    if group.subselect:
        if group.where is not None:
            group.where.names |= group.names
        return
    if group.place == NO_PLACE:
        above.names |= group.names
        return
    places.append(group)
    if above.where is None and group.depth == above.depth:
        above.where = group
