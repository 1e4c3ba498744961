"""A SPARQL 1.1 server: where it takes what, and the few requests a push makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from kg.errors import PushError
from kg.push.client import Answer, Client, address, with_query
from kg.store.chunks import Chunk

NO_GRAPH_STORE: Final = frozenset({404, 405, 501})
GRAPHS_AT_ONCE: Final = 50  # whose triples one query counts
FORM: Final = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/sparql-results+json",
}
ESCAPE: Final = re.compile(r"\\(\\[uU]|u[0-9A-Fa-f]{4}|.)")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a server answers queries, and where it takes graphs (Graph Store Protocol) and updates."""

    query: str
    graph_store: str | None
    update: str | None


# How servers lay out their addresses: of the query endpoint, of the graph store and of updates, after
# the address of a server or dataset. Oxigraph; Fuseki; RDF4J and GraphDB; one address for everything.
OXIGRAPH: Final = "/query", "/store", "/update"
FUSEKI: Final = "/sparql", "/data", "/update"
RDF4J: Final = "", "/rdf-graphs/service", "/statements"
ONE: Final = "", "", ""


def found(
    client: Client, to: str, *, graph_store: str | None = None, update: str | None = None
) -> Addresses:
    """The addresses of a server, of which `to` is the query endpoint or what stands before it.

    What is given is used and nothing else. Raises PushError where nothing there answers a query.
    """
    base = address(to).rstrip("/")
    query, store, updates = _layout(client, base)
    if graph_store is None and update is None:
        return Addresses(query, store, updates)
    return Addresses(
        query,
        address(graph_store) if graph_store is not None else None,
        address(update) if update is not None else None,
    )


def _layout(client: Client, to: str) -> tuple[str, str, str]:
    for query, store, update in (OXIGRAPH, FUSEKI):
        if to.endswith(query):
            base = to.removesuffix(query)
            if _answers(client, to):
                return to, base + store, base + update
    whole = RDF4J if re.search(r"/repositories/[^/]+$", urlsplit(to).path) else ONE
    for query, store, update in (whole, OXIGRAPH, FUSEKI):
        if _answers(client, to + query):
            return to + query, to + store, to + update
    raise PushError(f"{to}: no SPARQL endpoint answers there, nor at /query or /sparql below it")


def _answers(client: Client, url: str) -> bool:
    answer = client.ask("POST", url, _form("ASK {}"), FORM)
    if answer.status in {401, 403}:
        client.refuse(url, answer, "it lets nobody ask")
    try:
        return answer.ok and json.loads(answer.body)["boolean"] is True
    except (ValueError, KeyError, TypeError):
        return False


def _form(query: str) -> bytes:
    """The query as a form; spaces as %20, for not every server reads a plus sign as one."""
    return urlencode({"query": query}, quote_via=quote).encode()


class Server:
    """Puts, posts and counts; `graph_store` tells by which protocol, and turns False for good where
    the server has no Graph Store Protocol.
    """

    def __init__(self, client: Client, addresses: Addresses, *, say: Callable[[str], None]) -> None:
        self._client, self._at, self._say = client, addresses, say
        self.graph_store = addresses.graph_store is not None

    def send(self, chunk: Chunk) -> None:
        """Make the first chunk of a graph all that the graph holds, add any other to it.

        Either may be sent twice. Raises PushError where the server does not take it.
        """
        if self.graph_store:
            answer, url = self._put(chunk)
            if answer.ok:
                return
            if answer.status not in NO_GRAPH_STORE or self._at.update is None:
                self._client.refuse(url, answer, "it does not take the graph")
            self._say(f"{url}: no Graph Store Protocol there ({answer.status}); sending updates")
            self.graph_store = False
        self._update(chunk)

    def counts(self, graphs: Iterable[str | None]) -> dict[str | None, int]:
        """How many triples each graph has there; None is the default graph."""
        told: dict[str | None, int] = dict.fromkeys(graphs, 0)
        named = [name for name in told if name is not None]
        for start in range(0, len(named), GRAPHS_AT_ONCE):
            values = " ".join(f"<{name}>" for name in named[start : start + GRAPHS_AT_ONCE])
            text = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            for row in self._rows(text):
                if "g" in row:  # a server may answer one row of zero where no group is
                    told[row["g"]] = int(row["n"])
        if None in told:
            told[None] = sum(int(row["n"]) for row in self._rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))  # fmt: skip
        return told

    def _put(self, chunk: Chunk) -> tuple[Answer, str]:
        base = self._at.graph_store or ""
        url = base + "?default" if chunk.graph is None else with_query(base, graph=chunk.graph)
        method = "PUT" if chunk.first else "POST"
        headers = {"Content-Type": "application/n-triples"}
        return self._client.ask(method, url, chunk.lines, headers), url

    def _update(self, chunk: Chunk) -> None:
        url = self._at.update or ""
        graph = f"GRAPH <{chunk.graph}>" if chunk.graph is not None else None
        clear = f"CLEAR SILENT {graph or 'DEFAULT'} ;\n" if chunk.first else ""
        lines = as_update(chunk.lines)
        triples = f"{graph} {{\n{lines}}}" if graph else lines
        body = f"{clear}INSERT DATA {{\n{triples}}}\n".encode()
        answer = self._client.ask("POST", url, body, {"Content-Type": "application/sparql-update"})
        if not answer.ok:
            self._client.refuse(url, answer, "it does not take the update")

    def _rows(self, text: str) -> Iterator[dict[str, str]]:
        url = self._at.query
        answer = self._client.ask("POST", url, _form(text), FORM)
        if not answer.ok:
            self._client.refuse(url, answer, "it does not count")
        try:
            bindings = json.loads(answer.body)["results"]["bindings"]
            yield from ({name: term["value"] for name, term in row.items()} for row in bindings)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PushError(f"{url}: what it answers is no SPARQL result in JSON") from error


def as_update(lines: bytes) -> str:
    r"""N-Triples as they can stand in an update.

    SPARQL expands code point escapes before it reads strings (19.2). Some engines then take the second
    backslash of `\\u0041` for one, so the letter after it is written as an escape itself; and some read
    eight digits after a small u where eight are, so all escapes are of that length.

    >>> as_update(rb'<a:b> <a:c> "\\u0041 \u007F" .')
    '<a:b> <a:c> "\\\\\\U000000750041 \\U0000007F" .'
    """
    return ESCAPE.sub(_escape, lines.decode())


def _escape(found: re.Match[str]) -> str:
    escaped = found[1]
    if escaped[0] == "\\" and len(escaped) == 2:
        return f"\\\\\\U{ord(escaped[1]):08X}"
    return f"\\U0000{escaped[1:]}" if escaped[0] == "u" else found[0]
