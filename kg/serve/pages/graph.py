"""Asking a source: ids and words from an address become terms here, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from typing import Literal as OneOf

from kg.serve.pages.source import Source
from kg.store import Term
from kg.store.iris import is_local_name

Room = OneOf["entity", "relation", "statement", "document"]

ROOMS: Final[tuple[Room, ...]] = ("entity", "relation", "statement", "document")
# What could end a string of SPARQL or begin an escape. No name needs it, so it is left out.
UNQUOTABLE: Final = re.compile(r"[\"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST_WORDS: Final = 80  # characters of what is searched for; longer is no name
FRAGMENT: Final = re.compile(r"char=[0-9]+,[0-9]+|[rq][0-9a-f]+")

Row = Mapping[str, Term]


class NotThereError(Exception):
    """What an address names is not in the graph; the text says what was looked for."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A source with its IRIs and the local addresses that show them."""

    source: Source

    @property
    def base(self) -> str:
        return self.source.names.base

    def iri(self, room: Room, name: str) -> str:
        """The IRI of a thing by the last part of its address.

        Raises NotThereError for what is no local name, so that an IRI is safe to stand in a query.
        """
        if not is_local_name(name):
            raise NotThereError(f"{room} {name}")
        return f"{self.base}{room}/{name}"

    def known(self, iri: str) -> tuple[Room, str] | None:
        """Room and name of an IRI that a page shows, or None."""
        if not iri.startswith(self.base):
            return None
        room, _, rest = iri.removeprefix(self.base).partition("/")
        name = rest.partition("#")[0]
        found = next((each for each in ROOMS if each == room), None)
        return (found, name) if found and is_local_name(name) else None

    def path(self, iri: str) -> str | None:
        """The local address of an IRI that a page shows, or None.

        A quote's leads to the part of its document that holds it.
        """
        known = self.known(iri)
        if known is None:
            return None
        path, fragment = "/".join(("", *known)), iri.partition("#")[2]
        if not fragment or not FRAGMENT.fullmatch(fragment):
            return path
        start = re.match(r"char=([0-9]+)", fragment)
        return f"{path}?from={start[1]}#{fragment}" if start else path

    def rows(self, sparql: str) -> list[Row]:
        """The solutions of a SELECT; a row holds what is bound."""
        answer = json.loads(self.source.results(sparql, "json").body)
        return [_row(each) for each in answer["results"]["bindings"]]

    def count(self, sparql: str) -> int:
        """The number that a SELECT of one ?count gives."""
        return int(self.rows(sparql)[0]["count"].value)

    def rdf(self, sparql: str, form: str) -> bytes:
        """The triples of a CONSTRUCT."""
        return self.source.results(sparql, form).body


def text(row: Row, name: str) -> str | None:
    """The words or the IRI that a row has under a name."""
    return row[name].value if name in row else None


def quoted(words: str) -> str:
    r"""Words as a string of SPARQL, lower case, without what would need an escape.

    >>> print(quoted('Ann "\\u0022 Lee'))
    "ann u0022 lee"
    """
    return f'"{" ".join(UNQUOTABLE.sub("", words[:LONGEST_WORDS]).lower().split())}"'


def values(iris: Iterable[str]) -> str:
    """IRIs that the graph itself gave, for a VALUES block."""
    return " ".join(f"<{iri}>" for iri in iris)


def _row(binding: Mapping[str, Mapping[str, Any]]) -> Row:
    return {name: _term(each) for name, each in binding.items()}


def _term(value: Mapping[str, Any]) -> Term:
    kind = value["type"]
    if kind == "uri":
        return Term("iri", value["value"])
    if kind == "bnode":
        return Term("blank", value["value"])
    return Term("literal", value["value"], value.get("datatype"), value.get("xml:lang"))
