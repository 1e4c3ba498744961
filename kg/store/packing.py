"""Answers and bindings as they travel between processes: JSON, term for term."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from kg.store.answer import Answer, Term
from kg.store.binding import Bindings

Packed: TypeAlias = Sequence[Any]  # kind, value, datatype, language


def packed(answer: Answer) -> bytes:
    """An answer as bytes.

    >>> unpacked(packed(Answer("select", ("x",), ((Term("iri", "a:b"),), (None,))))).rows
    ((Term(kind='iri', value='a:b', datatype=None, language=None),), (None,))
    """
    told = {
        "kind": answer.kind,
        "variables": answer.variables,
        "truth": answer.truth,
        "more": answer.more,
        "rows": [[each and _packed(each) for each in row] for row in answer.rows],
    }
    return json.dumps(told).encode()


def unpacked(body: bytes) -> Answer:
    """The answer that `packed` wrote."""
    told = json.loads(body)
    rows = tuple(tuple(each and Term(*each) for each in row) for row in told["rows"])
    return Answer(told["kind"], tuple(told["variables"]), rows, told["truth"], told["more"])


def packed_bindings(bindings: Bindings) -> dict[str, list[Packed]]:
    """Bindings, ready for JSON."""
    return {name: [_packed(term) for term in terms] for name, terms in bindings.items()}


def unpacked_bindings(told: Mapping[str, Sequence[Packed]]) -> Bindings:
    """What `packed_bindings` wrote."""
    return {name: [Term(*each) for each in terms] for name, terms in told.items()}


def _packed(term: Term) -> Packed:
    return (term.kind, term.value, term.datatype, term.language)
