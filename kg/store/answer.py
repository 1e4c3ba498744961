"""What a query gives: rows of terms, readable and frozen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias
from typing import Literal as OneOf

from kg.errors import KgError
from kg.vocab import PREFIXES, Namespaces

if TYPE_CHECKING:
    import pandas

AnswerKind = OneOf["select", "ask", "construct"]
Value: TypeAlias = str | int | bool | Decimal | float | datetime.date | None

XSD: Final = PREFIXES["xsd"]
# datatype -> what Python has for it; what is not of its datatype stays a string
VALUE_OF: Final[Mapping[str, Callable[[str], Value]]] = MappingProxyType(
    {
        XSD + "integer": int,
        XSD + "decimal": Decimal,
        XSD + "double": float,
        XSD + "float": float,
        XSD + "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
        XSD + "date": datetime.date.fromisoformat,
    }
)


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

    @property
    def python(self) -> Value:
        """As Python has it: an int, Decimal, float, bool or date, else a str; IRIs in full.

        >>> Term("literal", "23", XSD + "integer").python
        23
        """
        try:
            return VALUE_OF[self.datatype or ""](self.value)
        except (KeyError, ValueError, InvalidOperation):
            return self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    `select`: a row a solution, a term or None for each of `variables`. `construct`: a row a triple,
    under the variables subject, predicate, object. `ask`: no rows, `truth` is the answer. Without
    ORDER BY the rows are sorted, so that the same question to the same graph has one answer.
    `more` tells that a limit cut rows off.

    Iterating gives tuples of Python values (`Term.python`), None for what is unbound; `rows` has
    the terms themselves, which tell an IRI from a string. An answer is true where it is yes, or has
    rows.
    """

    kind: AnswerKind
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    more: bool = False

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return (tuple(None if each is None else each.python for each in row) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self.truth or bool(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame, a column a variable; KgError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise KgError("pandas is not installed: pip install 'kg[pandas]'") from error
        if self.kind == "ask":
            raise KgError("an ASK query has no rows to make a table of; look at .truth")
        return pandas.DataFrame(list(self), columns=list(self.variables))

    def readable(self, names: Namespaces) -> list[tuple[str, ...]]:
        """The rows as people read them; what is unbound is empty."""
        return [tuple(each.readable(names) if each else "" for each in row) for row in self.rows]


def row_key(row: Row) -> tuple[tuple[str, ...], ...]:
    """Sorts rows: unbound first, then IRIs and literals by their text."""
    return tuple(
        (each.kind, each.value, each.datatype or "", each.language or "") if each else ()
        for each in row
    )
