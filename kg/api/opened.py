"""An open graph: asked, explained and handed on, as often as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api.asking import Given, One, ask, bindings_of, question_of
from kg.api.graph import Explanation, explain
from kg.api.viewed import HEIGHT, View, viewed
from kg.export.view import MOST_NODES, TITLE
from kg.store import Answer, NamedQuery, Store, open_graph
from kg.store.bounded import Workers
from kg.store.closing import Closing
from kg.store.limits import Limits
from kg.vocab import Namespaces

if TYPE_CHECKING:
    from kg.store.bridge import RdflibDataset

LONG: Final = 10_000_000.0  # seconds, as good as no limit
NO_LIMITS: Final = Limits(seconds=LONG, answer_bytes=1 << 40, memory_bytes=None)


class Graph(Closing):
    """A graph that stays open: read once, then asked many times. Use it in `with`, or close it.

    `store` is the store beneath, `names` its prefixes. Nothing that it does changes the graph.
    """

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.names: Namespaces = store.names
        self._path = path
        self._workers: Workers | None = None

    def query(
        self,
        question: str,
        /,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        **parameters: One | Sequence[One],
    ) -> Answer:
        """The answer to SPARQL, to a query known by name or to a .rq file, with its parameters.

        Iterating over it gives tuples of Python values, `rows` has the terms, `to_pandas()` makes a
        DataFrame. After `timeout` seconds the query is stopped; it runs in a process of its own then.

        Raises QueryError for what cannot be asked, LimitError for a query that was stopped.
        """
        return self.ask(question_of(question), parameters, limit=limit, timeout=timeout)

    def ask(
        self,
        query: NamedQuery,
        given: Given,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """`query` with a question that is read already, and its values in a mapping."""
        if timeout is None:
            return ask(self.store, query, given, limit=limit)
        bindings = bindings_of(self.store, query, given)
        if self._workers is None:
            self._workers = Workers(self._path, limits=NO_LIMITS, count=1, spare=0)
        return self._workers.answer(query.sparql, bindings, limit=limit, seconds=timeout)

    def why(self, key: str) -> Explanation:
        """Why the graph says what it says of a statement or an entity; as `kg.why`."""
        return explain(self.store, key)

    def view(
        self,
        answer: Answer | None = None,
        *,
        title: str = TITLE,
        max_nodes: int = MOST_NODES,
        height: int = HEIGHT,
    ) -> View:
        """The interactive network of the graph, or of what an answer tells of: a notebook shows it.

        Of an answer it draws the statements that rows name by IRI; for other rows those between the things
        that a row names, by IRI, id or label. Raises KgError for the answer to an ASK query.

            with kg.open("exports") as graph:
                graph.view(graph.query("who-met-whom")).save("meetings.html")
        """
        return viewed(
            self.store, self._path, answer, title=title, max_nodes=max_nodes, height=height
        )

    def rdflib(self) -> RdflibDataset:
        """The graph as an rdflib dataset: the same store, nothing copied, and writing is refused."""
        return self.store.rdflib()

    def __len__(self) -> int:
        """The number of quads."""
        return len(self.store)

    def __bool__(self) -> bool:
        """A graph that is open is something, even when it holds nothing."""
        return True

    def close(self) -> None:
        """Let go of it; it answers no more."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None
        self.store.close()


def open(graph: Path | str) -> Graph:  # noqa: A001  (it is called as kg.open)
    """Open the folder that a build wrote, or a .trig, .nq or .ttl file; StoreError where none is.

    with kg.open("exports") as graph:
        for who, whom, when, where in graph.query("who-met-whom", person="Kostikov"):
            ...
    """
    return Graph(open_graph(graph), Path(graph))
