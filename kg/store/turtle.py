"""A Turtle and TriG writer whose bytes depend on the triples alone.

Terms come as N-Triples writes them, which is valid Turtle as it stands; the writer shortens IRIs
and groups by subject. Local names are plain, so that no tool meets an escape it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from kg.store.iris import is_local_name
from kg.vocab import PREFIXES, Namespaces

Rows: TypeAlias = Iterable[tuple[str, list[tuple[str, str]]]]  # subject, (predicate, object)s

TYPE: Final = f"<{PREFIXES['rdf']}type>"
FIRST: Final = (
    TYPE,
    f"<{PREFIXES['rdfs']}label>",
    f"<{PREFIXES['rdf']}subject>",
    f"<{PREFIXES['rdf']}predicate>",
    f"<{PREFIXES['rdf']}object>",
)
RANK: Final = {predicate: rank for rank, predicate in enumerate(FIRST)}
INTEGER: Final = re.compile(r'"(-?[0-9]+)"\^\^<' + re.escape(PREFIXES["xsd"]) + "integer>")
DECIMAL: Final = re.compile(r'"(-?[0-9]+\.[0-9]+)"\^\^<' + re.escape(PREFIXES["xsd"]) + "decimal>")
TYPED: Final = re.compile(r'(".*"\^\^)(<[^<>"]*>)', re.DOTALL)
CACHED: Final = 100_000  # terms; a few hundred are most of what is written


class Turtle:
    r"""Writes blocks of Turtle and remembers the prefixes it used.

    >>> turtle = Turtle(Namespaces())
    >>> base = "https://example.org/kg/"
    >>> met = f"<{base}relation/meet>", f"<{base}entity/Kostikov>"
    >>> "".join(turtle.blocks([(f"<{base}entity/Oswald>", [met])]))
    '\n:Oswald rel:meet :Kostikov .\n'
    >>> turtle.head()
    '@prefix : <https://example.org/kg/entity/> .\n@prefix rel: <https://example.org/kg/relation/> .\n'
    """

    def __init__(self, names: Namespaces) -> None:
        self._prefix_of = {iri: prefix for prefix, iri in names.prefixes.items()}
        self._used: set[str] = set()
        self.term = lru_cache(CACHED)(self._term)

    def head(self) -> str:
        """The declarations of the prefixes used so far."""
        used = sorted((self._prefix_of[iri], iri) for iri in self._used)
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in used)

    def blocks(self, rows: Rows) -> Iterator[str]:
        """One block a subject, the predicates that people look for first, the others by IRI."""
        for subject, pairs in rows:
            lines = []
            for predicate, group in groupby(sorted(set(pairs), key=_rank), key=_predicate):
                objects = ", ".join(self.term(object_) for _, object_ in group)
                name = "a" if predicate == TYPE else self.term(predicate)
                lines.append(f"{name} {objects}")
            yield f"\n{self.term(subject)} " + " ;\n    ".join(lines) + " .\n"

    def graph(self, name: str | None, rows: Rows) -> Iterator[str]:
        """A graph of a TriG file, in braces; the default graph, too, for RDF::Trine's sake."""
        yield "\n{" if name is None else f"\n{self.term(name)} {{"
        yield from self.blocks(rows)
        yield "}\n"

    def _term(self, term: str) -> str:
        if term.startswith("<"):
            return self._iri(term)
        number = INTEGER.fullmatch(term) or DECIMAL.fullmatch(term)
        if number:
            return number[1]
        typed = TYPED.fullmatch(term)
        return typed[1] + self._iri(typed[2]) if typed else term

    def _iri(self, term: str) -> str:
        iri = term[1:-1]
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        namespace, local = iri[:cut], iri[cut:]
        if namespace not in self._prefix_of or not is_local_name(local):
            return term
        self._used.add(namespace)
        return f"{self._prefix_of[namespace]}:{local}"


def _predicate(pair: tuple[str, str]) -> str:
    return pair[0]


def _rank(pair: tuple[str, str]) -> tuple[int, str, str]:
    return RANK.get(pair[0], len(RANK)), *pair
