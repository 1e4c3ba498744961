"""The questions that come with the package: one a file, its first comment line the question."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question in plain English and the SPARQL that asks it."""

    name: str
    question: str
    sparql: str


def named() -> dict[str, NamedQuery]:
    """The known questions by name.

    >>> named()["who-met-whom"].question
    'Who met whom, when and where?'
    """
    found = sorted(_folder().iterdir(), key=lambda each: each.name)
    queries = (_read(each) for each in found if each.name.endswith(".rq"))
    return {query.name: query for query in queries}


def named_query(name: str) -> NamedQuery:
    """The question of that name; QueryError, listing the known names, where there is none."""
    known = named()
    if name not in known:
        raise QueryError(f"no query {name!r}; known: {', '.join(known)}")
    return known[name]


def _folder() -> Traversable:
    """In the installed package; in a checkout, beside it."""
    package = files("kg")
    installed = package.joinpath("queries")
    return installed if installed.is_dir() else Path(str(package)).parent / "queries"


def _read(file: Traversable) -> NamedQuery:
    sparql = file.read_text(encoding="utf-8")
    question = sparql.partition("\n")[0].removeprefix("#").strip()
    return NamedQuery(file.name.removesuffix(".rq"), question, sparql)
