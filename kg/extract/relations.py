"""One relation, one name: wordings that mean the same are named by one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kg.lexicon import rows
from kg.model import Literal, Statement
from kg.vocab import DATES


def joined(statement: Statement) -> Statement:
    """The statement under the common name of its relation; the label keeps the words of the text.

    Only wordings with the same truth conditions are joined (`lexicon/relations.tsv`), so that the
    ends, the status and the evidence stay as they are.

    >>> from kg.model import Relation
    >>> joined(Statement("Ann", Relation("be head of", "is head of"), "Acme", ())).relation
    Relation(lemma='lead', label='is head of')
    """
    dated = isinstance(statement.object, Literal) and statement.object.datatype in DATES
    name = common_name(statement.relation.lemma, dated=dated)
    if name == statement.relation.lemma:
        return statement
    return replace(statement, relation=replace(statement.relation, lemma=name))


def common_name(lemma: str, *, dated: bool = False) -> str:
    """The name that a relation shares with its other wordings; `dated`: its object is a date.

    >>> common_name("purchase"), common_name("die in"), common_name("die in", dated=True)
    ('buy', 'die in', 'die on')
    """
    names = _names()
    name = names.get((lemma, ""), lemma)
    return names.get((name, "date"), name) if dated else name


@cache
def _names() -> dict[tuple[str, str], str]:
    """Relation and kind of object -> common name."""
    same = [row for row in rows("relations") if row[1] == "same"]
    return {(row[0], row[3] if len(row) > 3 else ""): row[2] for row in same}
