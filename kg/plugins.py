"""find(kind, name): our own parts first, then installed entry points of the group `kg.KIND`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from kg.errors import PluginError


def find(kind: str, name: str, own: Mapping[str, Any]) -> Any:
    """The part called `name`: from `own`, else from the entry points of group `kg.KIND`.

    Raises PluginError, listing the known names, when nobody provides it.

    >>> find("reader", ".txt", {".txt": len})
    <built-in function len>
    """
    if name in own:
        return own[name]
    offered = {point.name: point for point in entry_points(group=f"kg.{kind}")}
    if name in offered:
        return offered[name].load()
    known = ", ".join(sorted({*own, *offered}))
    raise PluginError(f"no {kind} called {name!r}; known: {known}")
