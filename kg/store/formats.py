"""An answer as text: the formats of the W3C, in the order and with the rows that it has.

| of | formats |
|---|---|
| SELECT | csv, tsv, json, xml |
| ASK | csv, tsv, json, xml |
| CONSTRUCT, DESCRIBE | turtle, ntriples; csv and tsv as a table of triples |
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.answer import Answer, AnswerKind, Row, Term
from kg.store.binding import to_ox
from kg.store.literals import clean
from kg.store.sparql import FORMS
from kg.store.turtle import Turtle
from kg.vocab import PREFIXES, Namespaces

FITTING: Final[Mapping[AnswerKind, tuple[str, ...]]] = MappingProxyType(
    {
        "select": ("csv", "tsv", "json", "xml"),
        "ask": ("csv", "tsv", "json", "xml"),
        "construct": ("turtle", "ntriples", "csv", "tsv"),
    }
)
KIND_WORDS: Final[Mapping[AnswerKind, str]] = MappingProxyType(
    {"select": "SELECT", "ask": "ASK", "construct": "CONSTRUCT or DESCRIBE"}
)
JSON_TYPE: Final = MappingProxyType({"iri": "uri", "literal": "literal", "blank": "bnode"})
PLAIN: Final = frozenset({None, PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"})
LABEL: Final = Term("iri", PREFIXES["rdfs"] + "label")


def fits(kind: AnswerKind, form: str) -> None:
    """Nothing where the format can hold such an answer; QueryError, listing those that can."""
    if form != "table" and form not in FITTING[kind]:
        known = ", ".join(("table", *FITTING[kind]))
        raise QueryError(f"{form} cannot hold the answer of {KIND_WORDS[kind]}; known: {known}")


def written(answer: Answer, form: str, names: Namespaces) -> str:
    """The answer in a format, as text that ends in a line end; QueryError where it does not fit."""
    fits(answer.kind, form)
    if form in {"turtle", "ntriples"}:
        lines = {tuple(_text(term) for term in row if term) for row in answer.rows}
        if form == "ntriples":
            return "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(lines))
        turtle = Turtle(names)
        grouped = groupby(sorted(lines), key=lambda line: line[0])
        rows = ((subject, [(p, o) for _, p, o in group]) for subject, group in grouped)
        body = "".join(turtle.blocks(rows))
        return (turtle.head() + body).lstrip("\n")
    if form == "xml":
        answer = _writable(answer)
    told = json.dumps(_json(answer), ensure_ascii=False, separators=(",", ":"))
    if form != "json":
        source = ox.parse_query_results(told.encode(), format=ox.QueryResultsFormat.JSON)
        told = cast(bytes, source.serialize(format=FORMS[form])).decode()
    return told if told.endswith("\n") else told + "\n"


def iris(answer: Answer) -> set[str]:
    """The IRIs that stand in an answer."""
    return {term.value for row in answer.rows for term in row if term and term.kind == "iri"}


def labelled(answer: Answer, labels: Mapping[str, str]) -> Answer:
    """The answer with a column `xLabel` after each column `x` in which a term has a label."""
    heads: list[str] = []
    columns: list[list[Term | None]] = []
    for head, cells in zip(answer.variables, zip(*answer.rows, strict=True), strict=False):
        heads.append(head)
        columns.append(list(cells))
        told = [labels.get(cell.value) if cell and cell.kind == "iri" else None for cell in cells]
        if any(told) and f"{head}Label" not in answer.variables:
            heads.append(f"{head}Label")
            columns.append([None if text is None else Term("literal", text) for text in told])
    rows = tuple(zip(*columns, strict=True))
    return Answer(answer.kind, tuple(heads) or answer.variables, rows, answer.truth, answer.more)


def described(answer: Answer, labels: Mapping[str, str]) -> Answer:
    """The triples with a further one for the label of each IRI that has one."""
    told: Iterable[Row] = (
        (Term("iri", iri), LABEL, Term("literal", labels[iri])) for iri in sorted(labels)
    )
    rows = tuple(dict.fromkeys((*answer.rows, *told)))
    return Answer(answer.kind, answer.variables, rows, answer.truth, answer.more)


def _text(term: Term) -> str:
    return term.value if term.kind == "blank" else str(to_ox(term))


def _json(answer: Answer) -> dict[str, Any]:
    if answer.kind == "ask":
        return {"head": {}, "boolean": answer.truth}
    bindings = [
        {head: _binding(term) for head, term in zip(answer.variables, row, strict=True) if term}
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _binding(term: Term) -> dict[str, str]:
    told = {"type": JSON_TYPE[term.kind], "value": term.value.removeprefix("_:")}
    if term.kind != "blank":
        told["value"] = term.value
    if term.language:
        told["xml:lang"] = term.language
    elif term.datatype not in PLAIN:
        told["datatype"] = str(term.datatype)
    return told


def _writable(answer: Answer) -> Answer:
    """Without the code points that XML refuses."""
    rows = tuple(
        tuple(t and Term(t.kind, clean(t.value), t.datatype, t.language) for t in row)
        for row in answer.rows
    )
    return Answer(answer.kind, answer.variables, rows, answer.truth, answer.more)
