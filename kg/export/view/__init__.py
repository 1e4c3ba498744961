"""The interactive view: one HTML file that opens offline and asks no host for anything.

The statements become a networkx network (`network`), are given places (`layout`, `growing`), written as
columns (`columns`) and handed to a pyvis Network, which renders our page (`page`) with the vis-network
that pyvis bundles, inlined. All text of documents travels as JSON in data blocks, never as markup or
code; a Content-Security-Policy admits the page's own scripts by digest and nothing else. The same
records give the same bytes.
"""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError
from kg.export.view.columns import Texts, columns, document_rows, pieces, statement_rows
from kg.export.view.network import (
    Record,
    foremost,
    groups,
    linked_iris,
    named_groups,
    network_graph,
    opening,
    status,
)
from kg.export.view.page import library, page_file, pyvis_network, rendered
from kg.model import Header
from kg.vocab import Namespaces

__all__ = [
    "MOST_NODES",
    "TITLE",
    "Texts",
    "library",
    "network_graph",
    "page_file",
    "status",
    "view",
    "write_view",
]

TITLE: Final = "Knowledge graph"
OPENING: Final = 40  # entities with a layout of their own, which the first picture shows
MOST_NODES: Final = 20_000  # entities of a page by default
LABEL: Final = (20, 2)  # letters a line and lines of a label on the canvas; place.js has the same


def view(
    records: Iterable[Record],
    headers: Iterable[Header],
    *,
    title: str = TITLE,
    names: Namespaces | None = None,
    texts: Texts | None = None,
    max_nodes: int | None = MOST_NODES,
) -> str:
    """The page for statement records (DESIGN §5, evidence with `cues`) and their documents' headers.

    `texts` gives the text of a document by its id, None where it is not known; `max_nodes` keeps the
    foremost entities and the statements among them, and the page says what is left out.

    Raises KgError when pyvis does not hold the library that the page draws with.
    """
    told = _in_order(records)
    statements = foremost(told, max_nodes)
    graph = network_graph(statements)
    names = names or Namespaces()
    documents = document_rows(headers, statements, names)
    number = {iri: node for node, iri in graph.nodes(data="iri")}
    places = {row["id"]: place for place, row in enumerate(documents)}
    rows, relations = statement_rows(statements, number, places)
    linked = [node for node in graph if graph.nodes[node]["degree"]]
    member = groups(graph, linked)
    first = opening(graph, linked, OPENING)
    spots = _spots(graph, linked, first, member)
    known = pieces(documents, statements, texts or (lambda _: None))
    details = {
        "literals": columns([row for row in rows if "to" not in row]),
        "relations": columns(relations),
        "documents": columns(documents),
        "groups": columns(named_groups(graph, member)),
        "whole": sum(len(each) == 1 and each[0][0] == 0 for each in known),
        "opening": first,
        "out": {
            "entities": len(linked_iris(told)) - len(linked),
            "statements": len(told) - len(statements),
        },
        "names": _names(names),
    }
    nodes = [_node(node, data, member, spots) for node, data in graph.nodes(data=True)]
    net = pyvis_network(title, nodes, [row for row in rows if "to" in row])
    return rendered(net, details, known)


def write_view(path: str | os.PathLike[str], page: str) -> None:
    """Write a page to `path` in UTF-8: either the whole file is there afterwards, or the old one.

    Raises KgError where the file cannot be written.
    """
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(page.encode("utf-8", errors="replace"))
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KgError(f"{target}: cannot be written: {error.strerror}") from error


def _in_order(records: Iterable[Record]) -> list[Record]:
    """A record a statement, in the order of the texts; records of one id join their evidence."""
    joined: dict[str, dict[str, Any]] = {}
    for record in sorted(records, key=lambda record: json.dumps(record, sort_keys=True)):
        evidence = joined.setdefault(record["id"], {**record, "evidence": []})["evidence"]
        evidence += [each for each in record["evidence"] if each not in evidence]
    for record in joined.values():
        record["evidence"].sort(key=_place)
    return sorted(joined.values(), key=lambda each: ([*map(_place, each["evidence"])], each["id"]))


def _place(evidence: Record) -> tuple[str, int, int]:
    return evidence["document"], evidence["start"], evidence["subject"]["start"]


def _spots(
    graph: Any, linked: Sequence[int], first: Sequence[int], member: Mapping[int, int]
) -> dict[int, Any]:
    """Where every linked entity stands: the foremost in a layout of their own, the others around them."""
    from kg.export.view.growing import grown
    from kg.export.view.layout import positions

    sizes = {node: _size(graph.nodes[node]) for node in linked}
    places = positions(graph.subgraph(first), sizes, member)
    return grown(graph.subgraph(linked), places, sizes) if len(linked) > len(first) else places


def _size(entity: Mapping[str, Any]) -> tuple[int, int]:
    """Pixels that a node takes with its label, which is about as page/place.js has them."""
    lines = textwrap.wrap(entity["label"], LABEL[0])[: LABEL[1]] or [""]
    radius = min(17.0, 5 + 1.6 * entity["degree"] ** 0.5)
    wide = max(7.2 * max(map(len, lines)), 2 * radius) + 12
    return round(wide), round(2 * radius + 16 * len(lines) + 12)


def _node(
    node: int, data: Mapping[str, Any], member: Mapping[int, int], spots: Mapping[int, Any]
) -> dict[str, Any]:
    """A node as pyvis and vis-network take it."""
    x, y = spots.get(node, (None, None))
    told = {key: data[key] for key in ("iri", "label", "type")}
    return {"id": node, **told, "aliases": data["aliases"] or None, "x": x, "y": y, "group": member.get(node)}  # fmt: skip


def _names(names: Namespaces) -> dict[str, str]:
    """The prefixes that Turtle needs, by name."""
    return dict(sorted(names.prefixes.items()))
