"""The one door to storage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Corpus, Entity, Header, KnownLink, Link, Statement
from kg.store import sparql as query_language
from kg.store.answer import Answer, AnswerKind
from kg.store.binding import Bindings
from kg.store.called import Called
from kg.store.canonical import canonical
from kg.store.checking import names_in
from kg.store.checks import Checks
from kg.store.closing import Closing
from kg.store.dataset import Dataset
from kg.store.files import read_file, write_file
from kg.store.iris import is_local_name
from kg.store.project import Projection
from kg.store.recall import Recall
from kg.store.sparql import Forms
from kg.vocab import Namespaces

if TYPE_CHECKING:
    import rdflib


class Store(Closing):
    """A corpus as RDF: loaded whole, queried, written, and read back.

    In memory by default; `Store.open` keeps it in a directory, `Store.read` reads a written file.
    Default graph: what is said. A named graph a document: where it is said. Queries see the default
    graph, and named graphs through GRAPH; there is no union of them.

    >>> with Store() as store:
    ...     store.load(Corpus((Header("jfk-files", "jfk-files.txt"),), (), (), ()))
    ...     store.query("ASK { GRAPH doc:jfk-files { ?document dcterms:identifier 'jfk-files' } }").truth
    True
    """

    names: Namespaces
    _held: ox.Store | None
    _guard: IO[str] | None = None

    def __init__(self, names: Namespaces | None = None) -> None:
        """An empty store in memory."""
        self._open(ox.Store(), names or Namespaces())

    @classmethod
    def open(
        cls,
        directory: Path,
        names: Namespaces | None = None,
        *,
        read_only: bool = False,
        guard: IO[str] | None = None,
    ) -> Store:
        """The store in a directory, made if there is none; its own base goes before the default one.

        One writer at a time. Readers use `backup`, never the directory of a writer. `guard` is a lock
        that is held as long as the store is open.

        Raises StoreError where it is locked, damaged, no directory, or of another base than `names`.
        """
        try:
            graph = ox.Store.read_only(str(directory)) if read_only else ox.Store(str(directory))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{directory}: cannot be opened: {_one_line(error)}") from error
        store = cls._of(graph, names, str(directory))
        store._guard = guard
        return store

    @classmethod
    def read(cls, path: Path, names: Namespaces | None = None) -> Store:
        """A store in memory with what a .trig, .ttl, .nq or .nt file holds.

        Raises StoreError for a file that is missing or malformed, or of another base than `names`.
        """
        graph = ox.Store()
        read_file(graph, path)
        return cls._of(graph, names, str(path))

    def load(self, corpus: Corpus) -> None:
        """Replace what the store holds by the projection of the corpus.

        The corpus is made `canonical` and checked first: StoreError leaves the store as it was. A
        load that is cut short leaves an empty store: load again.
        """
        tidy = canonical(corpus)
        self._graph.clear()
        try:
            self._graph.bulk_extend(Projection(self.names).corpus(tidy))
            self._graph.flush()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph cannot be written: {_one_line(error)}") from error

    def query(
        self, sparql: str, bindings: Bindings | None = None, *, limit: int | None = None
    ) -> Answer:
        """The answer to a SPARQL 1.1 query; the prefixes of `names` need no declaration.

        `bindings` are the terms of variables, as VALUES; `limit` is the most rows to give.

        Raises QueryError, with the place, for a query that is malformed or refused: SERVICE and
        updates are, and FROM of a graph that the store does not have.
        """
        return query_language.answer(self._graph, sparql, self.names, bindings, limit)

    def names_in(self, sparql: str) -> tuple[str, ...]:
        """The IRIs that a query names; QueryError as for `query`."""
        return names_in(sparql, self.names)

    def called(self) -> Called:
        """Looks up what people call the things of the store."""
        return Called(self._graph, self.names)

    def classes(self) -> tuple[str, ...]:
        """The IRIs of the classes that something in the store has, sorted."""
        answer = self.query("SELECT DISTINCT ?class { ?thing a ?class }")
        return tuple(term.value for row in answer.rows for term in row if term)

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The label of each of the IRIs that has one; the first where it has several."""
        return Called(self._graph, self.names).labels(iris)

    def results(self, sparql: str, form: str) -> bytes:
        """The answer as SPARQL results (`json`, `xml`, `csv`, `tsv`) or, for CONSTRUCT, as RDF
        (`ttl`, `nt`, `rdf`, `jsonld`, `trig`, `nq`); QueryError as for `query`.
        """
        return query_language.results(self._graph, sparql, self.names, form)

    def write_results(
        self, sparql: str, form: str | Forms, out: IO[bytes], *, dataset: Dataset | None = None
    ) -> tuple[AnswerKind, str]:
        """Write what `results` gives and tell its kind and form; a dataset goes before FROM."""
        written = query_language.write_results
        return written(self._graph, sparql, self.names, form, out, dataset=dataset)

    def corpus(self) -> Corpus:
        """All that was loaded, canonical."""
        headers, entities = self.headers(), tuple(self.entities())
        links, known = tuple(self.links()), tuple(self.known_links())
        return Corpus(headers, entities, tuple(self.statements()), links, known)

    def headers(self) -> tuple[Header, ...]:
        """By id."""
        return tuple(self._recall.headers())

    def entities(self) -> Iterator[Entity]:
        """By id, with their mentions."""
        return self._recall.entities()

    def statements(self) -> Iterator[Statement]:
        """By id, with their evidence."""
        return self._recall.statements()

    def links(self, entity: str | None = None) -> Iterator[Link]:
        """The judgements on mentions, by left and right; of one entity where its id is given."""
        if entity is None:
            return self._recall.links()
        return self._recall.links_of(self._known(f":{entity}"))

    def known_links(self, entity: str | None = None) -> Iterator[KnownLink]:
        """The judgements on known things, by mention and IRI; of one entity where its id is given."""
        return self._recall.known_links(None if entity is None else self._known(f":{entity}"))

    def entity(self, id_: str) -> Entity:
        """One entity by id; StoreError where the store has none such."""
        return self._recall.entity(self._known(f":{id_}"))

    def statement(self, id_: str) -> Statement:
        """One statement by id; StoreError where the store has none such."""
        return self._recall.statement(self._known(f"stmt:{id_}"))

    def write(self, path: Path, kind: str) -> None:
        """Write a file, whole or not at all; equal stores give equal bytes.

        Kinds: `facts.ttl` (bare triples, types, labels), `graph.ttl` (everything in one graph),
        `graph.trig` (everything, graph by graph), `graph.nq` (sorted N-Quads, the archive).

        Raises StoreError for an unknown kind and for a path that cannot be written.
        """
        write_file(self._graph, self.names, path, kind)

    def faults(self, texts: Callable[[str], str | None]) -> Iterator[str]:
        """What of the promises of a graph does not hold, a line each; nothing where all is well.

        Checked are quotes against `texts`, which gives the text of a document by id or None, evidence of
        statements, and bare triples against plain statements, both ways.
        """
        return Checks(self._graph, self.names, texts).all()

    def backup(self, directory: Path) -> None:
        """A snapshot of a store on disk in a new directory, for readers to open."""
        try:
            self._graph.backup(str(directory))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{directory}: no backup: {_one_line(error)}") from error

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib dataset, for its many tools."""
        from kg.store.bridge import dataset

        return dataset(self._graph, self.names)

    def rdflib(self) -> rdflib.Dataset:
        """The store itself as an rdflib dataset, for its many tools: nothing copied, no writing."""
        from kg.store.bridge import view

        return view(lambda: self._graph, self.names)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._graph)

    def close(self) -> None:
        """Let go of the directory; the store is of no use afterwards."""
        self._held = None
        if self._guard is not None:
            self._guard.close()

    @property
    def _graph(self) -> ox.Store:
        if self._held is None:
            raise StoreError("the store is closed; open it again")
        return self._held

    @property
    def _recall(self) -> Recall:
        return Recall(self._graph, self.names)

    @classmethod
    def _of(cls, graph: ox.Store, names: Namespaces | None, where: str) -> Store:
        base = _base(graph)
        if names is not None and base not in (None, names.base):
            raise StoreError(f"{where}: its base is {base}, not {names.base}")
        store = cls.__new__(cls)
        store._open(graph, names or (Namespaces(base) if base else Namespaces()))
        return store

    def _open(self, graph: ox.Store, names: Namespaces) -> None:
        if "#" in names.base:
            raise StoreError(f"base {names.base!r}: an IRI that ends in / is wanted")
        self.names = names
        self._held = graph

    def _known(self, curie: str) -> ox.NamedNode:
        if is_local_name(curie.rpartition(":")[2]):
            node = ox.NamedNode(self.names.iri(curie))
            if next(self._graph.quads_for_pattern(node, None, None), None) is not None:
                return node
        raise StoreError(f"{curie}: the store has nothing of that id")


def _base(graph: ox.Store) -> str | None:
    """The base of a dataset, read off its class of statements or, in facts alone, its relations."""
    places = (
        ("rdfs:subClassOf", "rdf:Statement", "vocab#"),
        ("rdf:type", "rdf:Property", "relation/"),
    )
    for predicate, value, room in places:
        terms = (ox.NamedNode(Namespaces().iri(curie)) for curie in (predicate, value))
        found = {str(quad.subject)[1:-1] for quad in graph.quads_for_pattern(None, *terms)}
        web = (iri for iri in found if room in iri and iri.startswith("http"))
        bases = {iri.rpartition(room)[0] for iri in web}
        if len(bases) == 1:
            return bases.pop()
    return None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
