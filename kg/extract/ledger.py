"""Why a sentence gave no statement, as far as its parse tells: the codes that docs/ledger.md explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.clauses import Clause, find_clauses
from kg.extract.ends import Ends
from kg.extract.tree import Tree
from kg.model import AnnotatedDocument, Sentence, Statement

NO_WORDS: Final = "no-words"
HEADING: Final = "heading"
FRAGMENT: Final = "fragment"
NO_SUBJECT: Final = "no-subject"
EMPTY_SUBJECT: Final = "empty-subject"
NO_OBJECT: Final = "no-object"
NO_RULE: Final = "no-rule"

# From the least that a sentence says to the most: of several clauses the fullest one counts.
REASONS: Final = (NO_WORDS, HEADING, FRAGMENT, NO_SUBJECT, EMPTY_SUBJECT, NO_OBJECT, NO_RULE)

_CLOSING: Final = "\"'”’»)]"
_FINAL: Final = (".", "!", "?", "…")


def reasons(
    annotated: AnnotatedDocument, statements: Iterable[Statement]
) -> tuple[str | None, ...]:
    """A code for each sentence that none of the statements stands in; None for the others."""
    spoken = {evidence.sentence for each in statements for evidence in each.evidence}
    tree = Tree(annotated)
    return tuple(
        None if sentence.index in spoken else reason(tree, sentence)
        for sentence in annotated.sentences
    )


def reason(tree: Tree, sentence: Sentence) -> str:
    """The code of what a sentence lacks to give a statement."""
    if not any(tree.tokens[i].text.isalnum() for i in range(sentence.first, sentence.last)):
        return NO_WORDS
    clauses = list(find_clauses(tree, sentence.first, sentence.last))
    if clauses:
        ends = Ends(tree)
        return max((_lack(ends, clause) for clause in clauses), key=REASONS.index)
    closed = sentence.span.of(tree.text).rstrip().rstrip(_CLOSING).endswith(_FINAL)
    return FRAGMENT if closed else HEADING


def _lack(ends: Ends, clause: Clause) -> str:
    """What one clause lacks."""
    doers = clause.agents or clause.subjects
    if not doers:
        return NO_SUBJECT
    if not any(ends.thing(doer) for doer in doers):
        return EMPTY_SUBJECT
    return NO_RULE if any(ends.end(i) for i in _others(clause)) else NO_OBJECT


def _others(clause: Clause) -> Iterator[int]:
    """The heads of all that a clause says besides its subject."""
    yield from clause.objects
    yield from clause.datives
    yield from clause.attributes
    yield from (oblique.head for oblique in clause.obliques)
    if clause.agents:
        yield from clause.subjects
