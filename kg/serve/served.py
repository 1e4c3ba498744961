"""The graph that is served, as its pages read it."""

from __future__ import annotations

from pathlib import Path

from kg.serve.pages import drawn
from kg.store import open_graph, texts_of
from kg.store.bounded import Workers
from kg.store.limits import Reply
from kg.store.opening import identity
from kg.vocab import Namespaces


class Served:
    """A graph behind workers, with the texts of its documents where it is a store on disk."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    @property
    def names(self) -> Namespaces:
        return self._workers.names

    @property
    def version(self) -> str:
        """Differs where the graph was built again."""
        return "-".join(map(str, identity(self._graph)))

    def results(self, sparql: str, form: str) -> Reply:
        """The answer to a query; errors as of `Workers.results`."""
        return self._workers.results(sparql, form)

    def text(self, document: str) -> str | None:
        """The text of a document by id, None where it is not kept."""
        with texts_of(self._graph) as texts:
            return texts(document)

    def explorer(self) -> str:
        """The page of the whole graph, drawn anew; the pages keep it for as long as the graph is the same."""
        with open_graph(self._graph) as store, texts_of(self._graph) as texts:
            return drawn(store, texts)

    @property
    def _graph(self) -> Path:
        return self._workers.graph
