"""The interactive view: one HTML file that opens offline and asks no host for anything.

A networkx MultiDiGraph of the statements is laid out (`kg.export.layout`), handed to a pyvis Network
and written through pyvis's templates with our page (`page/`) and the vis-network that pyvis bundles,
inlined. All text of documents travels as JSON in data blocks, never as markup or code; a
Content-Security-Policy admits the page's own scripts by digest and nothing else. The same records
give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import textwrap
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError
from kg.model import ENTITY_TYPES, Header

Record = Mapping[str, Any]

OPENING: Final = 150  # entities drawn at first: beyond, labels at 1400 x 900 are too small to read
WHOLE: Final = 3000  # entities laid out in full, for "show all": 2 s to build, 1.5 s to draw
PLAIN: Final = 2000  # entities up to which the data stay readable JSON; beyond, deflate and base64
LABEL: Final = (20, 2)  # letters a line and lines of a label on the canvas; place.js has the same
LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS: Final = ("data", "place", "canvas", "labels", "panel", "controls", "main")


def view(
    records: Iterable[Record], headers: Iterable[Header], *, title: str = "Knowledge graph"
) -> str:
    """The page for statement records (DESIGN §5, evidence with `cues`) and their documents' headers.

    Raises KgError when pyvis does not hold the library that the page draws with.
    """
    statements = _in_order(records)
    graph = network_graph(statements)
    documents = sorted({header.id: header for header in headers}.values(), key=lambda h: h.id)
    return _page(_network(graph, title), _details(graph, statements, documents))


def write_view(
    path: str | os.PathLike[str],
    records: Iterable[Record],
    headers: Iterable[Header],
    *,
    title: str = "Knowledge graph",
) -> None:
    """Write the page to `path` in UTF-8: either the whole file is there afterwards, or the old one.

    Raises KgError as `view` does, and where the file cannot be written.
    """
    page = view(records, headers, title=title).encode("utf-8", errors="replace")
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(page)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KgError(f"{target}: cannot be written: {error.strerror}") from error


def status(record: Record) -> str:
    """How the text says it, in one word: stated, hedged, claimed or denied.

    A denial is shown as one whoever makes it, a claim as one however certain its source is.

    >>> status({"polarity": "positive", "certainty": "possible", "attribution": None})
    'hedged'
    """
    if record["polarity"] == "negative":
        return "denied"
    if record["attribution"] is not None:
        return "claimed"
    return "stated" if record["certainty"] == "certain" else "hedged"


def network_graph(statements: Sequence[Record]) -> Any:
    """A networkx MultiDiGraph: nodes 0, 1, … by falling degree with `iri`, `label`, `type`,
    `aliases` and `degree`; an edge a statement between entities, its key the place in `statements`.

    Entities that are only a place, a source or a qualifier are nodes of degree 0.
    """
    import networkx as nx

    entities = _entities(statements)
    degree: Counter[str] = Counter()
    for record in statements:
        degree.update(end["id"] for end in (record["subject"], record["object"]) if "id" in end)
    ranked = sorted(entities.values(), key=lambda e: (-degree[e["iri"]], e["label"], e["iri"]))
    number = {entity["iri"]: index for index, entity in enumerate(ranked)}
    graph = nx.MultiDiGraph()
    for index, entity in enumerate(ranked):
        graph.add_node(index, **entity, degree=degree[entity["iri"]])
    for key, record in enumerate(statements):
        if "id" in record["object"]:
            ends = number[record["subject"]["id"]], number[record["object"]["id"]]
            graph.add_edge(*ends, key, relation=record["relation"], status=status(record))
    return graph


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


def _entities(statements: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """By IRI: every end of a statement, then whatever else a statement names with an id."""
    found: dict[str, dict[str, Any]] = {}
    for record in statements:
        for end in (record["subject"], record["object"]):
            if "id" in end:
                kind = end["type"] if end["type"] in ENTITY_TYPES else "Thing"
                entity = {"iri": end["id"], "label": end["label"], "type": kind, "aliases": []}
                known = found.setdefault(end["id"], entity)
                known["aliases"] = sorted({*known["aliases"], *end.get("aliases", ())})
    for record in statements:
        others = [(record.get("place"), "Place"), (record["attribution"], "Thing")]
        others += [(qualifier, "Thing") for qualifier in record.get("qualifiers", ())]
        for other, kind in others:
            if other and other.get("id"):
                label = other.get("label") or other["id"]
                entity = {"iri": other["id"], "label": label, "type": kind, "aliases": []}
                found.setdefault(other["id"], entity)
    return found


def _network(graph: Any, title: str) -> Any:
    """The pyvis Network: all nodes with the places of the opening and of the whole, all edges.

    One edge stands for the statements with the same ends, relation and status.
    """
    from pyvis.network import Network

    from kg.export.layout import positions

    linked = [node for node in graph if graph.nodes[node]["degree"]]
    opening = linked[:OPENING]
    sizes = {node: _size(graph.nodes[node]) for node in linked}
    first = positions(graph.subgraph(opening), sizes)
    whole = {}
    if OPENING < len(linked) <= WHOLE:
        whole = positions(graph.subgraph(linked), sizes)
    edges: dict[tuple[Any, ...], dict[str, Any]] = {}
    for start, end, key, data in graph.edges(keys=True, data=True):
        same = (start, end, data["relation"]["id"], data["status"])
        edge = {
            "from": start,
            "to": end,
            "label": data["relation"]["label"],
            "status": data["status"],
        }
        edges.setdefault(same, edge | {"statements": []})["statements"].append(key)
    net = Network(directed=True, heading=title)
    net.options = json.loads(page_file("options.json"))
    net.nodes = [
        {"id": node, **data}
        | ({"x": first[node][0], "y": first[node][1]} if node in first else {})
        | ({"whole": whole[node]} if node in whole else {})
        for node, data in graph.nodes(data=True)
    ]
    net.edges = [{"id": index, **edges[same]} for index, same in enumerate(sorted(edges))]
    return net


def _size(entity: Mapping[str, Any]) -> tuple[int, int]:
    """Pixels that a node takes with its label below: 7.4 a letter and 17 a line at 14 px sans."""
    lines = textwrap.wrap(entity["label"], LABEL[0])[: LABEL[1]] or [""]
    radius = min(26.0, 10 + 3 * entity["degree"] ** 0.5)
    wide = max(7.4 * max(map(len, lines)), 2 * radius) + 16
    return round(wide), round(2 * radius + 17 * len(lines) + 22)


def _details(graph: Any, statements: Sequence[Record], headers: Sequence[Header]) -> dict[str, Any]:
    """Everything the panel shows: statements whole, sentences and documents told once."""
    number = {iri: node for node, iri in graph.nodes(data="iri")}
    documents = {header.id: index for index, header in enumerate(headers)}
    relations: dict[str, int] = {}
    quotes: dict[tuple[Any, ...], int] = {}
    rows = []
    for record in statements:
        row = {
            "id": record["id"],
            "status": status(record),
            "subject": number[record["subject"]["id"]],
            "relation": relations.setdefault(_name(record["relation"]), len(relations)),
            "label": record["relation"]["label"],
            "certainty": record["certainty"],
            "score": record.get("score"),
            "time": record.get("time"),
            "place": _named(record.get("place"), number),
            "attribution": _named(record["attribution"], number),
            "qualifiers": [_named(q, number) for q in record.get("qualifiers", ())],
            "evidence": [_reading(e, documents, quotes) for e in record["evidence"]],
        }
        end = record["object"]
        row |= {"object": number[end["id"]]} if "id" in end else {"literal": end}
        rows.append({name: value for name, value in row.items() if value not in (None, [])})
    known = {header.id: header for header in headers}
    told = [known.get(name) or Header(id=name, source="") for name in documents]
    return {
        "statements": rows,
        "relations": list(relations),
        "quotes": list(quotes),
        "documents": [{"id": d.id, "title": d.title, "date": d.date} for d in told],
    }


def _name(relation: Mapping[str, Any]) -> str:
    return str(relation.get("lemma") or relation["label"])


def _named(part: Mapping[str, Any] | None, number: Mapping[str, int]) -> dict[str, Any] | None:
    """A place, source or qualifier with its entity's number in place of its IRI."""
    if part is None:
        return None
    kept = {name: value for name, value in part.items() if name != "id" and value is not None}
    return kept | ({"entity": number[part["id"]]} if part.get("id") else {})


def _reading(
    evidence: Mapping[str, Any], documents: dict[str, int], quotes: dict[tuple[Any, ...], int]
) -> list[Any]:
    """[quote, marks]; a mark is [role, start, end] in code points from the quote's start."""
    document = documents.setdefault(evidence["document"], len(documents))
    base = evidence["start"]
    quote = (document, base, evidence["end"], evidence["text"])
    marks = [["subject", evidence["subject"]["start"], evidence["subject"]["end"]]]
    marks += [["relation", start, end] for start, end in evidence["relation"]["spans"]]
    marks += [["object", evidence["object"]["start"], evidence["object"]["end"]]]
    marks += [["cue", cue["start"], cue["end"], cue["kind"]] for cue in evidence.get("cues", ())]
    moved = [[role, start - base, end - base, *rest] for role, start, end, *rest in marks]
    return [quotes.setdefault(quote, len(quotes)), moved]


def _page(net: Any, details: Mapping[str, Any]) -> str:
    """pyvis's own rendering with our template; what it needs beyond pyvis's variables is global."""
    scripts = [library(), *(page_file(f"{name}.js") for name in SCRIPTS)]
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    with resources.as_file(resources.files("kg.export").joinpath("page/view.html.j2")) as template:
        net.set_template(template.as_posix())
        net.templateEnv.globals.update(
            policy=" ".join(f"'sha256-{digest}'" for digest in digests),
            scripts=scripts,
            style=page_file("view.css"),
            packed=len(net.nodes) > PLAIN,
            data=lambda nodes, edges: _data({"nodes": nodes, "edges": edges, **details}),
            safe=_unmarked,
        )
        return str(net.generate_html())


def page_file(name: str) -> str:
    """A file of the page by name; `labels.js` serves other pages as well."""
    return resources.files("kg.export").joinpath("page", name).read_text("utf-8")


def library() -> str:
    """vis-network as pyvis ships it; KgError where it does not."""
    file = resources.files("pyvis").joinpath(LIBRARY)
    if not file.is_file():
        raise KgError(f"pyvis: {LIBRARY} is missing; install pyvis 0.3.2")
    text = file.read_text("utf-8")
    if "</script" in text.lower():
        raise KgError(f"pyvis: {LIBRARY} cannot be inlined: it holds a closing script tag")
    return text


def _data(whole: Mapping[str, Any]) -> str:
    text = json.dumps(whole, separators=(",", ":"))
    if len(whole["nodes"]) <= PLAIN:
        return _unmarked(text)
    return base64.b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")


def _unmarked(text: str) -> str:
    r"""JSON that cannot end or open an element.

    >>> _unmarked('"</script>"')
    '"\\u003c/script\\u003e"'
    """
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
