"""The network of a graph, or of an answer, to be looked at in a notebook or kept as a file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.export.chosen import chosen
from kg.export.records import records
from kg.export.view import TITLE, view, write_view
from kg.store import Answer, Store, texts_of

HEIGHT: Final = 640  # px of the frame in a notebook


@dataclass(frozen=True, slots=True)
class View:
    """A page of its own that draws a network: a notebook shows it where it is the value of a cell."""

    html: str
    height: int = HEIGHT

    def save(self, path: Path | str) -> Path:
        """Write the page; KgError where that cannot be."""
        write_view(path, self.html)
        return Path(path)

    def _repr_html_(self) -> str:
        """The page in a frame that can run its own scripts and save files, and reach nothing else."""
        page = escape(self.html.encode("utf-8", errors="replace").decode("utf-8"))
        return (
            f'<iframe title="{TITLE}" sandbox="allow-scripts allow-downloads" srcdoc="{page}"'
            f' style="width: 100%; height: {self.height}px; border: 1px solid #8884; border-radius: 6px"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<kg.View of {len(self.html):,} characters; show it in a notebook, or save(PATH)>"


def viewed(
    store: Store, path: Path, answer: Answer | None, *, title: str, max_nodes: int, height: int
) -> View:
    """The view of a store, or of what an answer tells of it; the texts are those kept at `path`."""
    if answer is not None and answer.kind == "ask":
        raise KgError("an ASK query has no rows to draw; look at .truth")
    told = list(records(store.corpus(), store.names))
    if answer is not None:
        told = chosen(told, answer, store.names)
    used = {each["document"] for record in told for each in record["evidence"]}
    headers = [header for header in store.headers() if answer is None or header.id in used]
    with texts_of(path) as texts:
        page = view(told, headers, title=title, names=store.names, texts=texts, max_nodes=max_nodes)
    return View(page, height)
