"""The tokens of a SPARQL query, as far as finding groups and variables needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\\.|\"{0,2}[^"\\])*\"{3} | '{3}(?:\\.|'{0,2}[^'\\])*'{3}
                | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
    | [?$](?P<variable>\w+)
    | (?P<word>(?:[\w:.%-]|\\.)+)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is iri, string, variable, word or mark; `text` of a variable is its bare name."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens in the order of the text, without comments.

    >>> [token.text for token in tokens("ASK { ?s a <x:y> } # {")]
    ['ASK', '{', 's', 'a', '<x:y>', '}']
    """
    for match in TOKEN.finditer(sparql):
        kind = match.lastgroup or "mark"
        if kind != "comment":
            yield Token(kind, match[kind], match.start())
