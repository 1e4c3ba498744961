"""The page as text: pyvis renders our template, with its vis-network and our scripts inlined."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

from kg.errors import KgError
from kg.export.view.columns import columns, packed, unmarked

LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS: Final = (
    "data", "texts", "state", "levels", "place", "opening", "canvas", "backdrop", "labels", "parts", "panel", "reader",
    "controls", "times", "finder", "table", "turtle", "save", "picture", "scene", "tips", "window", "main",
)  # fmt: skip


def rendered(net: Any, details: Mapping[str, Any], texts: Any) -> str:
    """pyvis's own rendering of a Network with our template; what it needs beyond is global to it."""
    scripts = [library(), *(page_file(f"{name}.js") for name in SCRIPTS)]
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    folder = resources.files("kg.export.view")
    with resources.as_file(folder.joinpath("page/view.html.j2")) as template:
        net.set_template(template.as_posix())
        net.templateEnv.globals.update(
            policy=" ".join(f"'sha256-{digest}'" for digest in digests),
            scripts=scripts,
            style=page_file("view.css"),
            data=lambda nodes, edges: packed(
                {"entities": columns(nodes), "edges": columns(edges), **details}
            ),
            texts=packed(texts),
            safe=unmarked,
        )
        return str(net.generate_html())


def pyvis_network(title: str, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    """A pyvis Network of nodes and edges that have their places; adding them one by one takes squares of time."""
    from pyvis.network import Network

    net = Network(directed=True, heading=title)
    net.options = json.loads(page_file("options.json"))
    net.nodes, net.edges = nodes, edges
    return net


def page_file(name: str) -> str:
    """A file of the page by name; `labels.js` serves other pages as well."""
    return resources.files("kg.export.view").joinpath("page", name).read_text("utf-8")


def library() -> str:
    """vis-network as pyvis ships it; KgError where it does not."""
    file = resources.files("pyvis").joinpath(LIBRARY)
    if not file.is_file():
        raise KgError(f"pyvis: {LIBRARY} is missing; install pyvis 0.3.2")
    text = file.read_text("utf-8")
    if "</script" in text.lower():
        raise KgError(f"pyvis: {LIBRARY} cannot be inlined: it holds a closing script tag")
    return text
