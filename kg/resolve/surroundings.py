"""What stands around a mention: words that tell a sex, quotation marks, paragraphs."""

from __future__ import annotations

from typing import Final

from kg.lexicon import first_name, table, words
from kg.model import Mention
from kg.resolve.names import name_key
from kg.resolve.syntax import Syntax

_DETERMINERS: Final = {
    "the": "the", "a": "a", "an": "a", "no": "no", "any": "no", "every": "no", "each": "no",
    **dict.fromkeys(("this", "that", "these", "those"), "this"),
}  # fmt: skip


def determiner(syntax: Syntax, mention: Mention, *labels: str) -> str:
    """The kind of determiner among children of these labels: the, this, a, no, other; owner for a possessor, or none."""
    if syntax.kids(mention.head, "poss"):
        return "owner"
    for k in syntax.kids(mention.head, *labels):
        return _DETERMINERS.get(syntax.tokens[k].text.lower(), "other")
    return "none"


def told_gender(syntax: Syntax, mention: Mention) -> str:
    """The gender that a title, first name or noun tells; "" where none."""
    tokens = syntax.tokens
    if mention.kind == "nominal":
        return table("gendered").get(syntax.lemma(mention.head), "")
    if mention.kind != "name" or mention.type != "Person":
        return ""
    before = [
        tokens[k].text.lower().rstrip(".") for k in syntax.kids(mention.head, "compound", "nmod")
    ]
    for word in (*before, mention.text.split()[0].lower().rstrip(".")):
        if word in table("gendered"):
            return table("gendered")[word]
    first = given_name(mention)
    gender = first_name(first) if first else ""
    return gender if gender in {"m", "f"} else ""


def given_name(mention: Mention) -> str:
    """The first name in a full name: "Edgar" of "J. Edgar Hoover"; "" where a surname stands alone."""
    words_ = [w for w in name_key(mention.text)[:-1] if len(w) > 1 and w not in words("titles")]
    return words_[0] if words_ else ""


def layout(syntax: Syntax) -> tuple[list[bool], list[int]]:
    """For each token, whether it stands inside quotation marks, and the number of its paragraph."""
    text = syntax.annotated.document.text
    quoted, paragraphs = [], []
    inside, paragraph, end = False, 0, 0
    for token in syntax.tokens:
        if "\n" in text[end : token.span.start] or "\n" in token.text:
            paragraph += 1
            inside = inside and "\n\n" not in text[end : token.span.start]
        if token.text in {"“", "``"}:
            inside = True
        elif token.text in {"”", "''"}:
            inside = False
        elif token.text == '"':
            inside = not inside
        quoted.append(inside)
        paragraphs.append(paragraph)
        end = token.span.end
    return quoted, paragraphs
