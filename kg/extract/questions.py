"""What makes a clause a question: a mark at its end, or a word at its head."""

from __future__ import annotations

from typing import Final

from kg.extract.tree import Tree

_CLOSERS: Final = frozenset({'"', "”", "''", "’", ")", "!", "»"})


def question_word(tree: Tree, i: int) -> int | None:
    """The token that makes a complement a question: whether, if, who, what, how; None for none."""
    for kid in tree.children[i]:
        if tree.tokens[kid].dependency == "mark" and tree.word(kid) in {"whether", "if"}:
            return kid
        asks = tree.tokens[kid].tag in {"WP", "WDT", "WRB", "WP$"} and tree.word(kid) != "that"
        if kid < i and asks:
            return kid
    return None


def question_mark(tree: Tree, i: int) -> int | None:
    """The question mark that ends the sentence, or the quotation, of a token; None for none."""
    end = tree.annotated.sentences[tree.tokens[i].sentence].last
    quotation = tree.quotation(i)
    k = (min(end, quotation[1]) if quotation else end) - 1
    while k > i and tree.tokens[k].text in _CLOSERS:
        k -= 1
    return k if tree.tokens[k].text.startswith("?") else None
