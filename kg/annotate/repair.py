"""Mends errors that the parser makes regularly. Each repair is a small function in the table `REPAIRS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kg.annotate import repair_nouns as nouns
from kg.annotate import repair_verbs as verbs
from kg.annotate import repair_words as words
from kg.annotate.block import Block


def repair(block: Block) -> None:
    """Apply every repair, in order; one that would tie a loop is taken back."""
    for mend in REPAIRS.values():
        before = block.heads[:], block.labels[:], block.tags[:]
        mend(block)
        if block.heads != before[0] and _loops(block.heads):
            block.heads[:], block.labels[:], block.tags[:] = before


def _loops(heads: Sequence[int]) -> bool:
    """Whether some token does not lead to a root."""
    safe: set[int] = set()
    for i in range(len(heads)):
        path: list[int] = []
        seen: set[int] = set()
        while i not in safe and heads[i] != i:
            if i in seen:
                return True
            seen.add(i)
            path.append(i)
            i = heads[i]
        safe.update(path)
    return False


REPAIRS: Final[dict[str, Callable[[Block], None]]] = {
    repair.__name__: repair
    for repair in (
        verbs.zero_that,
        nouns.parallel_noun,
        nouns.hyphenated_prefix,
        verbs.two_objects,
        verbs.asked_clause,
        nouns.close_apposition,
        nouns.person_apposition,
        nouns.apposition_in_list,
        verbs.time_holds_nothing,
        verbs.loose_particle,
        verbs.inverted_aside,
        nouns.fronted_description,
        nouns.coordinated_after_description,
        nouns.later_affiliation,
        nouns.loose_apposition,
        nouns.name_of_description,
        nouns.noun_for_verb,
        words.finite_past,
        verbs.reduced_relative,
        verbs.parallel_perfect,
        words.modal_name,
        words.vote,
        verbs.neither_verb,
        verbs.gerund_for_adjective,
        verbs.with_doing,
        words.hyphenated_verb,
        verbs.headline_after,
        verbs.object_of_infinitive,
        verbs.finite_conjunct,
        nouns.coordinated_roles,
    )
}
