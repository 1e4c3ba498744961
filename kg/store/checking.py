r"""What of a query is refused before it runs.

`SERVICE` makes some engines open connections; rdflib's grammar tells where one stands. `FROM` may name
graphs that the store has, and only those: the dataset is chosen here, by the graphs' names, and whatever
the text says is set aside, so nothing is there to fetch. Both engines read the very same characters: code
point escapes are expanded and line ends made one before, because a comment that ends at `\r` for one engine
and at `\n` for the other would hide a `SERVICE` from the first. A text in which nothing of that can stand is
not read by the grammar at all, which takes longer than most answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from kg.errors import QueryError
from kg.store.dataset import Dataset, clauses
from kg.store.mistakes import located, syntax_error
from kg.store.tokens import tokens
from kg.vocab import Namespaces

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {"ServiceGraphPattern": "SERVICE is refused; queries stay inside the graph"}
)
REMEMBERED: Final = 256  # queries that were read and let through
# What the grammar decides on. SERVICE is looked for as letters, anywhere; FROM as a word, since the engine fetches nothing
# by it; then words and signs of SPARQL 1.2 and of extensions, escapes, half a surrogate pair, and chains of signs.
_TELLING: Final = re.compile(
    r"service|(?<![\w?$:])from(?!\w)|lateral|version\s*['\"]|(?:triple|subject|predicate|object)\s*\("
    r"|reifie|langdir|haslang|<<|>>|\{\||\|\}|~|[\\\ud800-\udfff]|[!+^-]{3}",
    re.IGNORECASE,
)
_OPENING: Final = "([{"
_DEEPEST: Final = 100  # brackets; the engine reads far deeper ones, rdflib's grammar hardly does
LONGEST_REMEMBERED: Final = 16_384  # characters; what is remembered stays below some megabytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A query as both engines shall read it, whether it orders its rows, and what FROM names."""

    text: str
    ordered: bool
    dataset: Dataset | None


def checked(sparql: str, names: Namespaces) -> Checked:
    """The query, when nothing in it is refused.

    >>> checked("SELECT ?s { ?s rel:meet ?o }", Namespaces()).ordered
    False
    >>> checked("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", Namespaces())
    Traceback (most recent call last):
    kg.errors.QueryError: query: line 1, column 12: SERVICE is refused; queries stay inside the graph
    """
    if _is_harmless(sparql):
        text = _lines(sparql)
        return Checked(text, _is_ordered(text), None)
    return read_closely(sparql, names)


def read_closely(sparql: str, names: Namespaces) -> Checked:
    """As `checked`, by the grammar, whatever the query looks like; its errors tell the place."""
    check = _checked_before if len(sparql) <= LONGEST_REMEMBERED else _checked_now
    return check(sparql, names.base)


def _is_harmless(sparql: str) -> bool:
    """Whether the grammar need not be asked: what it would refuse cannot stand in the query.

    Letters that are nowhere in the text are in no word of it, however the text is parsed; without a
    backslash nothing is escaped. What the engine cannot parse, `read_closely` explains afterwards.
    """
    return (
        len(sparql) <= LONGEST_REMEMBERED
        and _TELLING.search(sparql) is None
        and sum(map(sparql.count, _OPENING)) <= _DEEPEST
    )


def _is_ordered(text: str) -> bool:
    """Whether ORDER stands outside of all braces: not that of a subquery."""
    depth = 0
    for token in tokens(text):
        depth += (token.text == "{") - (token.text == "}")
        if not depth and token.kind == "word" and token.text.upper() == "ORDER":
            return True
    return False


def _lines(sparql: str) -> str:
    return re.sub("\r\n?", "\n", sparql)


def _checked_now(sparql: str, base: str) -> Checked:
    names = Namespaces(base)
    text = _lines(_expanded(sparql))
    parsed = _parsed(text)
    known = set(names.prefixes)
    for name, fields in _nodes(parsed):
        prefix = fields.get("prefix", "")
        if name in REFUSED:
            raise located(REFUSED[name], text, _place(text, "SERVICE"))
        if name == "PrefixDecl":
            known.add(prefix)
        elif name == "pname" and prefix not in known:
            prefixes = ", ".join(sorted(f"{each}:" for each in known))
            place = _place(text, f"{prefix}:", start=True)
            raise located(f"unknown prefix {prefix}:; known: {prefixes}", text, place)
    return Checked(text, "orderby" in parsed[1], clauses(parsed, names))


# The grammar takes ten to forty milliseconds to read a query, most answers one or two: a text is read once.
_checked_before = lru_cache(REMEMBERED)(_checked_now)


def inside(sparql: str) -> None:
    """Nothing for a query that stays inside the graph; QueryError for one that would leave it."""
    text = _lines(_expanded(sparql))
    if any(name in REFUSED for name, _ in _nodes(_parsed(text))):
        raise located(REFUSED["ServiceGraphPattern"], text, _place(text, "SERVICE"))


def names_in(sparql: str, names: Namespaces) -> tuple[str, ...]:
    """The IRIs that a query names, in the order of the text; QueryError as for `checked`."""
    text = read_closely(sparql, names).text
    prefixes, iris = dict(names.prefixes), list[str]()
    for name, fields in _nodes(_parsed(text)):
        prefix = fields.get("prefix", "")
        if name == "PrefixDecl":
            prefixes[prefix] = str(fields["iri"])
        elif name == "pname" and prefix in prefixes:
            iris.append(prefixes[prefix] + str(fields.get("localname", "")))
    iris += [token.text[1:-1] for token in tokens(text) if token.kind == "iri"]
    return tuple(dict.fromkeys(iris))


def _place(text: str, word: str, *, start: bool = False) -> int:
    """Where a word stands in a query, or one that starts so; its beginning where it is hidden."""
    for token in tokens(text):
        told = token.text.upper() if token.kind == "word" else ""
        if told == word.upper() or (start and token.kind == "word" and token.text.startswith(word)):
            return token.start
    return 0


# rdflib takes a quarter of a second to import, which only those who query should pay: hence the
# imports inside the functions below.


def _expanded(sparql: str) -> str:
    from rdflib.plugins.sparql.parser import expandUnicodeEscapes

    try:
        text = str(expandUnicodeEscapes(sparql))
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError("query: half a surrogate pair is no character") from error
    except ValueError as error:
        raise QueryError(f"query: {error}") from error
    return text


def _parsed(text: str) -> Any:
    """rdflib's parse: the prologue and the query."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except ParseException as error:
        if _is_update(text):
            raise QueryError(
                "query: updates are refused; the graph is built, not edited"
            ) from error
        raise syntax_error(text) from error
    except RecursionError as error:
        raise QueryError("query: nested too deeply") from error


def _is_update(text: str) -> bool:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError):
        return False


def _nodes(parsed: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and fields of every node of a parse, in the order of the text."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            fields = dict(part.items())
            yield part.name, fields
            waiting.extend(reversed(fields.values()))
        elif isinstance(part, (ParseResults, list)):
            waiting.extend(reversed(list(part)))
