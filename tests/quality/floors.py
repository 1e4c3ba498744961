"""Floors: what a figure may not fall below, or rise above where less is better."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from .measures import BY_NAME, MEASURES

PATH: Final = Path(__file__).parent / "baseline.json"


def read(path: Path = PATH) -> dict[str, Any]:
    """Floors by name, and the record of those that were lowered: name, from, to, because."""
    if not path.exists():
        return {"floors": {}, "lowered": []}
    baseline: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return baseline


def write(baseline: Mapping[str, Any], path: Path = PATH) -> None:
    """Write the file, in the order of the measures."""
    names = [each.name for each in MEASURES if each.name in baseline["floors"]]
    ordered = {name: baseline["floors"][name] for name in names}
    text = json.dumps({"floors": ordered, "lowered": baseline["lowered"]}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def violations(figures: Mapping[str, float], baseline: Mapping[str, Any]) -> Iterator[str]:
    """A line for each figure that is worse than its floor.

    >>> list(violations({"carb.f1": 0.3}, {"floors": {"carb.f1": 0.4}}))
    ['carb.f1 is 0.3000, under its floor of 0.4000']
    """
    for name, floor in baseline["floors"].items():
        if name not in figures:
            yield f"{name} has a floor and is not measured"
        elif _better(name, floor, figures[name]):
            side = "under its floor" if BY_NAME[name].better > 0 else "over its ceiling"
            yield f"{name} is {figures[name]:.4f}, {side} of {floor:.4f}"


def raised(figures: Mapping[str, float], baseline: Mapping[str, Any]) -> dict[str, Any]:
    """The baseline with every floor at the present figure where that is better; none is lowered."""
    floors = dict(baseline["floors"])
    for name, value in figures.items():
        if BY_NAME[name].better and (name not in floors or _better(name, value, floors[name])):
            floors[name] = value
    return {"floors": floors, "lowered": list(baseline["lowered"])}


def lowered(
    figures: Mapping[str, float], baseline: Mapping[str, Any], name: str, because: str
) -> dict[str, Any]:
    """The baseline with one floor at the present, worse figure, and why.

    Raises ValueError for a name without a floor, for no reason, and where there is nothing to lower.
    """
    floors = dict(baseline["floors"])
    if name not in floors:
        raise ValueError(f"{name}: no such floor; known: {', '.join(floors)}")
    if not because.strip():
        raise ValueError(f"{name}: say why with --because")
    if not _better(name, floors[name], figures[name]):
        raise ValueError(f"{name}: the figure is no worse than its floor; nothing to lower")
    record = {"name": name, "from": floors[name], "to": figures[name], "because": because}
    floors[name] = figures[name]
    return {"floors": floors, "lowered": [*baseline["lowered"], record]}


def _better(name: str, one: float, other: float) -> bool:
    return BY_NAME[name].better * (one - other) > 0
