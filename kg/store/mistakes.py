"""What is wrong with a query, and where: the place that a parser got to, in plain words.

rdflib's grammar says where a query begins to be none only roughly, for it goes back and tries
another way. So a copy of it reads the query once more and notes the farthest place that any of its
tokens failed at, and what would have fitted there.
"""

from __future__ import annotations

import contextlib
import copy
import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import Any, Final

from kg.errors import QueryError
from kg.store.tokens import Token, tokens

LONGEST_LINE: Final = 100  # characters of a query's line that an excerpt shows
LONGEST_REASON: Final = 120  # characters; a parser's list of what it expected can fill a page
MOST_EXPECTED: Final = 8  # a longer list tells nobody anything
FUNCTIONS_FROM: Final = 20  # as many names as that are the functions of an expression
SLIP: Final = 0.7  # difflib's ratio from which a word may be a slip of a keyword

VARIABLE: Final = "a variable"
TERM: Final = "an IRI or a name with its prefix"
TEXT: Final = "a string"
NUMBER: Final = "a number"
PLAIN: Final = {"?": VARIABLE, "$": VARIABLE, "<": TERM, ":": TERM}
KEYWORDS: Final = ("FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "SELECT", "WHERE", "EXISTS")  # fmt: skip
OPERATORS: Final = frozenset({"*", "/", "+", "-", "=", "!=", "<", ">", "<=", ">=", "IN", "NOT", "&&", "||"})  # fmt: skip
IDLE: Final = frozenset({"true", "false", "[", "DISTINCT", "^", "!", "/", "|", "+", "-", "SERVICE", "REDUCED", "BASE", "FROM"})  # fmt: skip


class _Trace:
    """The farthest place that reading failed at, and what was expected there."""

    def __init__(self) -> None:
        self.place = -1
        self.expected: list[str] = []

    def note(self, _text: str, _at: int, _token: Any, error: Any) -> None:
        if error.loc > self.place:
            self.place, self.expected = error.loc, []
        if error.loc == self.place:
            self.expected.append(_name(error.parser_element))


def located(message: str, text: str, place: int) -> QueryError:
    """The error at a place of the query, given in code points, with its excerpt."""
    before = text[:place]
    line = before.count("\n") + 1
    start = before.rfind("\n") + 1
    column = place - start
    whole = text[start:].partition("\n")[0].replace("\t", " ")
    left = max(0, column - LONGEST_LINE * 3 // 4)
    shown = whole[left : left + LONGEST_LINE]
    excerpt = (shown.rstrip(), " " * (column - left) + "^")
    return QueryError(f"query: line {line}, column {column + 1}: {message}", excerpt)


def syntax_error(text: str) -> QueryError:
    """Why and where a text is no SPARQL 1.1 query."""
    from pyparsing import ParseBaseException

    grammar, trace = _grammar()
    trace.place, trace.expected = -1, []
    with contextlib.suppress(ParseBaseException):
        grammar.parse_string(text, parse_all=True)
    place, expected = min(max(trace.place, 0), len(text)), trace.expected
    word = re.search(r"[A-Za-z_]\w*$", text[:place])
    if word and set(expected) == {":"}:  # a bare word was read as the prefix of a name
        return located(_bare_word(word[0]), text, word.start())
    if not text[place:].strip():
        end = len(text.rstrip())
        return located(_too_early(text, expected), text, end)
    return located(_unexpected(text[place:], expected), text, place)


def meaning_error(text: str, reason: str, parameters: Sequence[str] = ()) -> QueryError:
    """Why a query that is well formed means nothing; `reason` is what the engine said."""
    told, seen = list(tokens(text)), set(parameters)
    grouping = {t.text for t in _after(told, "GROUP") if t.kind == "variable"}
    for before, token in pairwise(told):
        if token.kind != "variable":
            continue
        if before.kind == "word" and before.text.upper() == "AS" and token.text in seen:
            why = "a parameter" if token.text in parameters else "in use already"
            return located(f"?{token.text} is {why}; AS wants a new name", text, token.start)
        seen.add(token.text)
    if "unbound" in reason:
        depth = 0  # what stands in brackets is aggregated, or another matter
        for token in takewhile(lambda each: each.text != "{", told):
            depth += (token.text == "(") - (token.text == ")")
            if not depth and token.kind == "variable" and token.text not in grouping:
                why = "is selected, but neither grouped by nor aggregated"
                return located(f"?{token.text} {why}", text, token.start)
    line = " ".join(reason.split())
    short = line if len(line) <= LONGEST_REASON else line[:LONGEST_REASON].rstrip() + " ..."
    return QueryError(f"query: {short}")


def _after(told: Sequence[Token], word: str) -> list[Token]:
    """The tokens after the last such word."""
    places = [at for at, token in enumerate(told) if token.text.upper() == word]
    return list(told[places[-1] + 1 :]) if places else []


def _bare_word(word: str) -> str:
    near = _near(word, KEYWORDS)
    hint = f"perhaps {near}" if near else f"a name has a prefix, such as rel:{word} or :{word}"
    return f"{word}: no such keyword; {hint}"


def _too_early(text: str, expected: Sequence[str]) -> str:
    if not text.strip():
        return "the query is empty; SELECT, ASK, CONSTRUCT or DESCRIBE is wanted"
    closing = [mark for mark in ("}", ")", "]") if mark in expected]
    return f"the query ends too early; wanted: {closing[0] if closing else _wanted(expected)}"


def _unexpected(rest: str, expected: Sequence[str]) -> str:
    """What is wrong with the text from the place on."""
    word = re.match(r"[A-Za-z]+", rest)
    if word and (near := _near(word[0], expected)):
        return f"{word[0]}: no such keyword; perhaps {near}"
    if rest[0] in "\"'" and TEXT in map(_plain, expected):
        return "the string that begins here does not end"
    if set(expected) == {">"}:
        return "no character of an IRI; an IRI stands between < and >"
    found = re.match(r"[?$]?\w+|\S", rest)
    shown = found[0] if found else rest[0]
    return f"'{shown}' does not fit here; wanted: {_wanted(expected)}"


def _near(word: str, known: Iterable[str]) -> str:
    words = [each for each in known if each.isupper()]
    close = difflib.get_close_matches(word.upper(), words, 1, SLIP)
    return close[0] if close and close[0] != word.upper() else ""


def _wanted(expected: Sequence[str]) -> str:
    """What would have fitted, in plain words."""
    names = dict.fromkeys(expected)
    if "&&" in names:
        names = dict.fromkeys(["an operator", *(n for n in names if n not in OPERATORS)])
    functions = [name for name in names if re.fullmatch(r"[A-Za-z]\w+", name)]
    if len(functions) >= FUNCTIONS_FROM:
        names = dict.fromkeys(["a function", *(n for n in names if n not in functions)])
    plain = (_plain(name) for name in names if len(names) == 1 or not _is_idle(name))
    words = sorted(dict.fromkeys(plain), key=lambda each: " " not in each)
    if not words:
        return "nothing more"
    if len(words) > MOST_EXPECTED:
        return ", ".join(words[:MOST_EXPECTED]) + " ..."
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _is_idle(name: str) -> bool:
    """Whether a list is clearer without it: what few write, and blank nodes."""
    return name in IDLE or name.startswith("_:")


def _plain(name: str) -> str:
    if name in PLAIN:
        return PLAIN[name]
    if "ntbrf" in name:
        return TEXT
    if "[0-9]" in name:
        return NUMBER
    return TERM if name.startswith("[A-Za-z") else name


def _name(token: Any) -> str:
    """What a token matches: its word, or its pattern."""
    word = getattr(token, "match", None)
    return word if isinstance(word, str) else str(getattr(token, "pattern", ""))


@cache
def _grammar() -> tuple[Any, _Trace]:
    """A copy of rdflib's grammar whose tokens tell where they fail. Copying takes 0.1 s."""
    from pyparsing import ParserElement, Regex
    from rdflib.plugins.sparql.parser import QueryUnit

    trace = _Trace()
    grammar = copy.deepcopy(QueryUnit).parse_with_tabs()
    waiting: list[ParserElement] = [grammar]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        inner = [] if isinstance(part, Regex) else list(getattr(part, "exprs", None) or ())
        one = getattr(part, "expr", None)
        if isinstance(one, ParserElement):
            inner.append(one)
        if not inner:
            part.set_fail_action(trace.note)
        waiting.extend(inner)
    return grammar, trace
