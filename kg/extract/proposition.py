"""A proposition: one candidate statement, still in token positions."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.ends import End
from kg.extract.obliques import Oblique
from kg.extract.status import Status
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Proposition:
    """Subject and object with their head tokens, the words of the relation, and where its status hangs.

    `predicate` is the token that time and place attach to. `relation` are the tokens of the phrase;
    `lemma` is its normal form.
    """

    subject: Mention
    subject_head: int
    relation: tuple[int, ...]
    lemma: str
    object: End
    object_head: int
    predicate: int
    status: Status
    rule: str
    obliques: tuple[Oblique, ...] = field(default=())
