"""What the pages need of a graph."""

from __future__ import annotations

from typing import Protocol

from kg.vocab import Namespaces


class Reply(Protocol):
    """The answer to a query in the form that was asked for."""

    @property
    def body(self) -> bytes: ...


class Source(Protocol):
    """A graph to read from. Its calls block, are bounded, and raise KgError where they fail."""

    @property
    def names(self) -> Namespaces: ...

    @property
    def version(self) -> str:
        """Differs where the graph was built again: what the pages remember is of one version."""

    def results(self, sparql: str, form: str) -> Reply:
        """The answer to a query, as `kg.store.Store.results` writes it (`json`, `ttl`, `nt`, `jsonld`)."""

    def text(self, document: str) -> str | None:
        """The whole text of a document given by id, where the source keeps texts."""

    def explorer(self) -> str:
        """The page of the whole graph; `kg.serve.pages.drawn` makes one from a store."""
