"""What a query that runs in a process of its own may take, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.store.answer import AnswerKind

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of its answer, bytes of address space (None: no limit)."""

    seconds: float = 30.0
    answer_bytes: int = 64 * MIB
    memory_bytes: int | None = 4096 * MIB


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: the kind of the query, the bytes, and the form they are in."""

    kind: AnswerKind
    body: bytes
    form: str
