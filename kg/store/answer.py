"""What a query gives: rows of terms, readable and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from kg.vocab import Namespaces

AnswerKind = OneOf["select", "ask", "construct"]


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An IRI, a literal, or a blank node of a foreign file. `datatype` is an IRI."""

    kind: OneOf["iri", "literal", "blank"]
    value: str
    datatype: str | None = None
    language: str | None = None

    def readable(self, names: Namespaces) -> str:
        """As people read it: a CURIE where one is clean, the words of a literal.

        >>> Term("iri", "https://example.org/kg/entity/Oswald").readable(Namespaces())
        ':Oswald'
        """
        return names.curie(self.value) if self.kind == "iri" else self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    `select`: a row a solution, a term or None for each of `variables`. `construct`: a row a triple,
    under the variables subject, predicate, object. `ask`: no rows, `truth` is the answer. Without
    ORDER BY the rows are sorted, so that the same question to the same graph has one answer.
    """

    kind: AnswerKind
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False

    def readable(self, names: Namespaces) -> list[tuple[str, ...]]:
        """The rows as people read them; what is unbound is empty."""
        return [tuple(each.readable(names) if each else "" for each in row) for row in self.rows]


def row_key(row: Row) -> tuple[tuple[str, ...], ...]:
    """Sorts rows: unbound first, then IRIs and literals by their text."""
    return tuple(
        (each.kind, each.value, each.datatype or "", each.language or "") if each else ()
        for each in row
    )
