"""What Tab offers in the shell: commands, questions, parameters, keywords, and names of the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from kg import api
from kg.cli.terminal import tame
from kg.store import NamedQuery, Store
from kg.store.queries import ParameterType

KEYWORDS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "ORDER BY", "GROUP BY", "LIMIT", "COUNT")  # fmt: skip
WORD: Final = re.compile(r"[^\s{}()\[\];,|/^]*$")
VALUE: Final = re.compile(r"""(\w+)=("[^"]*|'[^']*|[^\s"']*)$""")
MOST: Final = 50  # completions; nobody reads more


class Words(Completer):
    """Completes the word before the cursor. The names of the graph are read when first wanted."""

    def __init__(self, store: Store, commands: Sequence[str], formats: Sequence[str]) -> None:
        self._store = store
        self._commands = commands
        self._settings = {".format": formats, ".labels": ("on", "off")}

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        """What fits before the cursor, the best first."""
        text = document.text_before_cursor
        for number, each in enumerate(self._fitting(text)):
            if number == MOST:
                return
            yield each

    def _fitting(self, text: str) -> Iterator[Completion]:
        word = (WORD.search(text) or [""])[0]
        first, _, rest = text.lstrip().partition(" ")
        if text.lstrip().startswith("."):
            known = self._settings.get(first, ()) if rest or text.endswith(" ") else self._commands
            yield from _starting(word, known)
            return
        if "{" in text:
            yield from self._in_sparql(word)
            return
        if not rest and not text.endswith(" "):
            names = [(name, query.question) for name, query in self._queries.items()]
            yield from _starting(word, *zip(*names, strict=True))
        elif first in self._queries:
            yield from self._parameters(self._queries[first], text, word)
        yield from _starting(word, KEYWORDS) if word else ()

    def _parameters(self, query: NamedQuery, text: str, word: str) -> Iterator[Completion]:
        """Parameters, and after `=` the things of the graph that they may mean."""
        value = VALUE.search(text)
        if value is None:
            words = {f"{each.name}=": each.words for each in query.parameters}
            yield from _starting(word, tuple(words), tuple(words.values()))
            return
        types = {each.name: each.type for each in query.parameters}
        type_ = types.get(value[1], "text")
        typed = value[2].lstrip("\"'").casefold()
        for label, iri in self._labels(type_):
            if label.casefold().startswith(typed) and '"' not in label and "\\" not in label:
                shown = tame(label)
                yield Completion(f'"{shown}"', -len(value[2]), shown, self._store.names.curie(iri))

    def _in_sparql(self, word: str) -> Iterator[Completion]:
        """Keywords, prefixes and their names; of a label, the CURIE or IRI of what is called so."""
        if not word:
            return
        names = self._store.names
        if ":" not in word:
            yield from _starting(word, KEYWORDS)
            yield from _starting(word, [f"{prefix}:" for prefix in sorted(names.prefixes)])
        folded = word.casefold()
        for label, curie in self._named:
            if curie.casefold().startswith(folded) or (
                ":" not in word and _has_word(label.casefold(), folded)
            ):
                yield Completion(curie, -len(word), curie, tame(label))

    @cached_property
    def _queries(self) -> dict[str, NamedQuery]:
        return api.named()

    @cached_property
    def _named(self) -> list[tuple[str, str]]:
        """Label and CURIE, or IRI, of relations, classes and entities."""
        names, found = self._store.names, []
        for curie in (names.curie(iri) for iri in self._store.classes()):
            found.append((curie.rpartition(":")[2], curie))
        called = self._store.called()
        for every in (called.all("relation"), called.all("entity")):
            for each in every:
                curie = names.curie(each.iri)
                found.append((each.label, f"<{curie}>" if curie == each.iri else curie))
        return sorted(dict.fromkeys(found), key=lambda pair: (len(pair[0]), pair))

    def _labels(self, type_: ParameterType) -> list[tuple[str, str]]:
        if type_ not in {"entity", "relation", "document"}:
            return []
        every = self._store.called().all(type_)
        return sorted({(each.label, each.iri) for each in every}, key=lambda p: (len(p[0]), p))


def _has_word(label: str, start: str) -> bool:
    return label.startswith(start) or f" {start}" in label


def _starting(word: str, known: Iterable[str], told: Iterable[str] = ()) -> Iterator[Completion]:
    meanings = dict(zip(known, told, strict=False))
    for each in known:
        if each.casefold().startswith(word.casefold()):
            yield Completion(each, -len(word), each, meanings.get(each, ""))
