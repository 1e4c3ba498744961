"""What is declared of the relations of a corpus: which imply which, inverses, symmetry, public properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from kg.lexicon import rows

Row = tuple[str, str, str, str]  # relation, link, target, kind of objects it holds for

RELATED: Final = frozenset({"narrower", "inverse"})  # links between two relations of ours


def declarations(lemmas: Collection[str], dated: Collection[str] = ()) -> Iterator[Row]:
    """The rows of `lexicon/relations.tsv` that bear on relations of a corpus, sorted.

    `lemmas` are those that occur, `dated` those of them whose objects are all dates. What they imply
    is taken in, and an inverse where it has a public property or occurs itself.

    >>> [row[:3] for row in declarations({"be capital of"})]
    [('be capital of', 'property', 'wdt:P1376')]
    """
    for lemma in sorted(reachable(lemmas)):
        for row in _rows_of().get(lemma, ()):
            if row[3] != "date" or lemma in dated:
                yield row


def reachable(lemmas: Collection[str]) -> set[str]:
    """The relations that must be there for the declarations to make sense, the given ones included."""
    found: set[str] = set()
    open_ = list(lemmas)
    while open_:
        lemma = open_.pop()
        if lemma not in found:
            found.add(lemma)
            open_ += [row[2] for row in _rows_of().get(lemma, ()) if row[1] in RELATED]
            open_ += _mapped_inverses().get(lemma, ())
    return found


@cache
def _rows_of() -> dict[str, tuple[Row, ...]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for relation, link, target, *objects in rows("relations"):
        if link != "same":
            grouped[relation].append((relation, link, target, objects[0] if objects else ""))
    return {relation: tuple(sorted(group)) for relation, group in grouped.items()}


@cache
def _mapped_inverses() -> dict[str, tuple[str, ...]]:
    """Relation -> its inverses that have a public property."""
    every = [row for group in _rows_of().values() for row in group]
    mapped = {row[0] for row in every if row[1] == "property"}
    inverses: defaultdict[str, list[str]] = defaultdict(list)
    for relation, link, target, _ in every:
        if link == "inverse" and relation in mapped:
            inverses[target].append(relation)
    return {target: tuple(sorted(names)) for target, names in inverses.items()}
