"""Questions: those that come with the package, and those of a user, with their parameters.

A question is one .rq file. Its first comment line is the question in plain English; the comments at
its head may declare parameters, one a line:

    # param NAME TYPE: words
    # param NAME TYPE optional: words
    # param NAME TYPE = DEFAULT | DEFAULT: words

NAME is the variable that is bound, TYPE one of `TYPES`. An optional parameter that is not given
leaves its variable free. The file stays plain SPARQL that runs anywhere.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, cast, get_args
from typing import Literal as OneOf

from kg.errors import QueryError
from kg.store.binding import variables

ParameterType = OneOf["entity", "relation", "document", "text", "date", "number"]
TYPES: Final[tuple[ParameterType, ...]] = get_args(ParameterType)

IS_PARAM: Final = re.compile(r"#\s*param\s")
PARAM: Final = re.compile(
    r"#\s*param\s+(\w+)\s+(\w+)(?:\s+(optional)|\s*=\s*(\S.*?))?\s*:\s+(\S.*?)\s*", re.ASCII
)
RESERVED: Final = frozenset({"limit", "timeout"})  # what kg.open(...).query takes for itself


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question takes; without `required`, its default, or nothing where that is empty."""

    name: str
    type: ParameterType
    words: str
    required: bool = True
    default: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """As it is given on the command line.

        >>> Parameter("person", "entity", "who").usage
        'person=ENTITY'
        """
        usage = f"{self.name}={self.type.upper()}"
        return usage if self.required else f"[{usage}]"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question in plain English, the SPARQL that asks it, and what it takes."""

    name: str
    question: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()


def named() -> dict[str, NamedQuery]:
    """The known questions by name.

    >>> named()["who-met-whom"].question
    'Who met whom, when and where?'
    """
    found = sorted(_folder().iterdir(), key=lambda each: each.name)
    queries = (
        read_query(each.name.removesuffix(".rq"), each.read_text(encoding="utf-8"))
        for each in found
        if each.name.endswith(".rq")
    )
    return {query.name: query for query in queries}


def named_query(name: str) -> NamedQuery:
    """The question of that name; QueryError, listing the known names, where there is none."""
    known = named()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; perhaps {near[0]}" if near else ""
        raise QueryError(f"no query {name!r}{hint}; known: {', '.join(known)}")
    return known[name]


def read_query(name: str, sparql: str) -> NamedQuery:
    r"""A question as its text declares it; QueryError, with the line, for a wrong declaration.

    >>> read_query("q", "# Who?\n# param who text: a name\nASK { ?x rdfs:label ?who }").parameters
    (Parameter(name='who', type='text', words='a name', required=True, default=()),)
    """
    first, lines = "", []
    for number, line in enumerate(sparql.splitlines(), 1):
        text = line.strip()
        if text and not text.startswith("#"):
            break
        if IS_PARAM.match(text):
            lines.append((number, text))
        elif not first:
            first = text.lstrip("#").strip()
    parameters = tuple(_parameter(name, number, text) for number, text in lines)
    free = variables(sparql)
    seen: set[str] = set()
    for each in parameters:
        if each.name in seen or each.name in RESERVED:
            why = "declared twice" if each.name in seen else "a name of kg's own; take another"
            raise QueryError(f"{name}: parameter {each.name}: {why}")
        if each.name not in free:
            raise QueryError(f"{name}: parameter {each.name}: the query has no ?{each.name}")
        seen.add(each.name)
    return NamedQuery(name, first, sparql, parameters)


def _parameter(name: str, number: int, line: str) -> Parameter:
    match = PARAM.fullmatch(line)
    if match is None:
        raise QueryError(
            f"{name}: line {number}: `# param NAME TYPE: words` is wanted, "
            "with `optional` or `= DEFAULT` after the type if you like"
        )
    variable, type_, optional, default, words = match.groups()
    if type_ not in TYPES:
        raise QueryError(f"{name}: line {number}: no type {type_!r}; known: {', '.join(TYPES)}")
    defaults = tuple(each.strip() for each in default.split(" | ")) if default else ()
    required = not (optional or defaults)
    return Parameter(variable, cast(ParameterType, type_), words, required, defaults)


def _folder() -> Traversable:
    """In the installed package; in a checkout, beside it."""
    package = files("kg")
    installed = package.joinpath("queries")
    return installed if installed.is_dir() else Path(str(package)).parent / "queries"
