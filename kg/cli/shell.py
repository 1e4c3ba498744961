"""The shell: ask a graph line by line, with history and completion."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output

from kg import api
from kg.api.opened import LONG
from kg.cli.answers import FORMATS, given_values, listing, printed, remarks
from kg.cli.completion import Words
from kg.cli.terminal import say, show, table, tame
from kg.errors import KgError, QueryError

HELP: Final = """\
Ask by name, as in: about person="Lee Harvey Oswald"
or in SPARQL; a query goes on over several lines until its braces close, or an empty line ends it.
Tab completes names, prefixes, relations, classes and the labels of entities.
  .queries           the questions it knows, and what they take
  .prefixes          the prefixes that need no declaration
  .format FORMAT     table, csv, tsv, json, xml, turtle or ntriples
  .labels on|off     labels beside IRIs
  .limit N|off       the most rows to give
  .timeout N|off     stop a query after so many seconds
  .help  .quit       this text; leave, as Ctrl-D does
Ctrl-C stops what is typed, or the query that runs."""
COMMANDS: Final = (".format", ".help", ".labels", ".limit", ".prefixes", ".queries", ".quit", ".timeout")  # fmt: skip
BEGINNINGS: Final = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "PREFIX", "BASE"})


@dataclass(slots=True)
class Settings:
    """What the commands of the shell set."""

    form: str = "table"
    labels: bool = False
    limit: int | None = 100
    timeout: float = 60.0


def history_file() -> Path:
    """Where the lines are kept: in the user's state directory, as XDG has it."""
    state = os.environ.get("XDG_STATE_HOME", "")
    home = Path(state) if os.path.isabs(state) else Path.home() / ".local" / "state"
    return home / "kg" / "history"


class Shell:
    """Reads questions and prints answers until told to leave."""

    def __init__(
        self, graph: api.Graph, *, given: Input | None = None, out: Output | None = None
    ) -> None:
        """`given` and `out` stand in for the terminal in tests."""
        self.graph = graph
        self.settings = Settings()
        self._commands: dict[str, Callable[[str], bool]] = {
            ".format": self._format,
            ".help": lambda _: self._tell(HELP),
            ".labels": self._labels,
            ".limit": self._limit,
            ".prefixes": self._prefixes,
            ".queries": self._queries,
            ".quit": lambda _: False,
            ".timeout": self._timeout,
        }
        self._session: PromptSession[str] = PromptSession(
            "kg> ",
            multiline=True,
            prompt_continuation="... ",
            completer=Words(graph.store, COMMANDS, FORMATS),
            complete_while_typing=False,
            history=_history(),
            key_bindings=_keys(),
            input=given,
            output=out,
        )

    def run(self) -> None:
        """Ask until Ctrl-D or .quit."""
        say(f"{len(self.graph):,} quads. Ask away; .help tells how, Ctrl-D leaves.")
        going = True
        while going:
            try:
                line = self._session.prompt().strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            going = self.answer(line) if line else True

    def answer(self, line: str) -> bool:
        """Answer one line; False where it says to leave. Errors are told, and the shell goes on."""
        try:
            if line.startswith("."):
                name, _, rest = line.partition(" ")
                if name not in self._commands:
                    raise QueryError(f"{name}: no such command; known: {', '.join(COMMANDS)}")
                return self._commands[name](rest.strip())
            self._ask(line)
        except KgError as error:
            say(" ".join(str(error).split()))
            for shown in error.excerpt if isinstance(error, QueryError) else ():
                say("    " + shown)
        except KeyboardInterrupt:
            say("stopped")
        return True

    def _ask(self, line: str) -> None:
        if is_sparql(line):
            query, given = api.question_of(line), dict[str, list[str]]()
        else:
            name, *values = _split(line)
            query = api.question_of(name)
            given = given_values(query, values)
        limit, form = self.settings.limit, self.settings.form
        answer = self.graph.ask(query, given, limit=limit, timeout=self.settings.timeout)
        printed(self.graph.store, answer, form, self.settings.labels)
        remarks(self.graph.store, query, answer, form, False)

    def _tell(self, text: str) -> bool:
        for line in text.splitlines():
            show(line)
        return True

    def _queries(self, _rest: str) -> bool:
        listing()
        return True

    def _prefixes(self, _rest: str) -> bool:
        prefixes = sorted(self.graph.names.prefixes.items())
        table(("prefix", "IRI"), [(f"{prefix}:", iri) for prefix, iri in prefixes])
        return True

    def _format(self, rest: str) -> bool:
        if rest not in FORMATS:
            raise QueryError(f".format: one of {', '.join(FORMATS)} is wanted")
        self.settings.form = rest
        return True

    def _labels(self, rest: str) -> bool:
        if rest not in {"on", "off"}:
            raise QueryError(".labels: on or off is wanted")
        self.settings.labels = rest == "on"
        return True

    def _limit(self, rest: str) -> bool:
        if not (rest == "off" or rest.isdecimal()):
            raise QueryError(".limit: a number or off is wanted")
        self.settings.limit = None if rest == "off" else int(rest)
        return True

    def _timeout(self, rest: str) -> bool:
        if not (rest == "off" or (rest.isdecimal() and int(rest))):
            raise QueryError(".timeout: a number of seconds or off is wanted")
        self.settings.timeout = LONG if rest == "off" else float(rest)
        return True


def is_sparql(text: str) -> bool:
    """Whether a line is SPARQL, and no command and no name of a question.

    >>> is_sparql("select * {}"), is_sparql('about person="{"')
    (True, False)
    """
    first = text.lstrip().replace("{", " ").split(maxsplit=1)[:1]
    return first == [] or first[0].upper() in BEGINNINGS or first[0].startswith("#")


def is_whole(text: str) -> bool:
    """Whether Enter ends what is typed: a command or a name at once, SPARQL when its braces close.

    >>> is_whole("timeline since=1963"), is_whole("SELECT * {"), is_whole("SELECT * { ?s ?p ?o }")
    (True, False, True)
    """
    if text.endswith("\n"):
        return True
    if not is_sparql(text):
        return True
    marks = [each.text for each in api.tokens(text) if each.kind == "mark"]
    closed = "{" in marks and marks.count("{") <= marks.count("}")
    return closed or text.lstrip().upper().startswith("DESCRIBE")


def _split(line: str) -> list[str]:
    """A name and NAME=VALUE words, quoted as in a command line."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise QueryError(f"{tame(line)}: a quote is not closed") from error
    return words or [""]


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def _history() -> FileHistory | InMemoryHistory:
    """The kept lines; of this session alone where no file can be written, which is told."""
    file = history_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
    except OSError as error:
        say(f"{file}: lines are not kept: {error.strerror or error}")
        return InMemoryHistory()
    return FileHistory(file)
