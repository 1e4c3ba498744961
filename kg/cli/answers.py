"""What the shell and the verb `query` share: the known questions, values that were given, answers as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg import api
from kg.cli.terminal import count, say, show, tabbed, table
from kg.errors import QueryError
from kg.store import Answer, NamedQuery, Store

FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")


def listing() -> None:
    """The known questions: name, question, parameters."""
    rows = [
        (query.name, query.question, " ".join(each.usage for each in query.parameters))
        for query in api.named().values()
    ]
    table(("name", "question", "takes"), rows)


def given_values(query: NamedQuery, values: Sequence[str]) -> dict[str, list[str]]:
    """NAME=VALUE arguments; a name that comes twice has both values."""
    given: dict[str, list[str]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.isidentifier():
            usage = query.parameters[0].usage.strip("[]") if query.parameters else "NAME=VALUE"
            raise QueryError(f"{value!r}: a parameter is given as {usage}")
        given.setdefault(name, []).append(text)
    return given


def printed(store: Store, answer: Answer, form: str, labels: bool) -> None:
    """The answer on standard output."""
    if form == "table" and answer.kind != "ask":
        table(answer.variables, api.readable(store, answer, labels=labels))
        return
    for line in written(store, answer, form, labels).split("\n")[:-1]:
        show(line)


def written(store: Store, answer: Answer, form: str, labels: bool) -> str:
    """The answer as the text of a file."""
    if form != "table":
        return api.written(store, answer, form, labels=labels)
    if answer.kind == "ask":
        return "yes\n" if answer.truth else "no\n"
    rows = api.readable(store, answer, labels=labels)
    return "".join(f"{line}\n" for line in tabbed(answer.variables, rows))


def remarks(store: Store, query: NamedQuery, answer: Answer, form: str, saved: bool) -> None:
    """What to say beside an answer: how many, whether there is more, why there may be none."""
    if answer.kind == "ask":
        return
    if answer.rows and (form == "table" or saved or answer.more):
        more = "; there are more: a larger --limit gives them" if answer.more else ""
        say(f"{count(len(answer.rows), 'answer')}{more}")
    elif not answer.rows:
        say("No answer: the graph holds nothing that fits.")
        for hint in api.hints(store, query):
            say(hint)
