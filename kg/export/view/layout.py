"""Where the nodes of a picture stand: groups apart, labels apart, components side by side.

Groups are arranged by a spring layout of their quotient graph (Fruchterman & Reingold 1991,
doi:10.1002/spe.4380211102); inside a group, and in small components, nodes stand by path length (Kamada &
Kawai 1989, doi:10.1016/0020-0190(89)90102-6). The same graph gives the same integers: nodes are sorted
first, every seed is fixed, coordinates are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.export.view.network import SEED, groups, simplified
from kg.export.view.packing import GAP, Points, packed_corners

Sizes = Mapping[int, tuple[int, int]]

FILLED: Final = 0.5  # of the square that the discs of communities share before they are separated
EDGE: Final = 190.0  # px between linked nodes: room for a relation of ~20 letters at 12 px
NEAR: Final = 95.0  # px in crowds, where relations are not written before zooming in
CROWD: Final = (40, 120)  # nodes between which EDGE shrinks to NEAR
PATHS_UP_TO: Final = 40  # nodes; beyond, groups are easier to read than paths, and it takes long
APART_UP_TO: Final = 600  # nodes; pairwise separation holds n x n matrices
SWEEPS: Final = 8  # of untangling; later ones move little
ROUNDS: Final = 150  # of separation; it stops early when nothing overlaps
SCREEN: Final = np.array([660.0, 690.0])  # px between outermost nodes, on a laptop of 1400 x 900
SCREENFUL: Final = 120  # nodes; the labels of more have no room on it in any case
SQUEEZES: Final = 12  # tries to bring a picture onto the screen


def positions(
    graph: Any, sizes: Sizes, member: Mapping[int, int] | None = None
) -> dict[int, tuple[int, int]]:
    """Pixel positions of the nodes of a networkx graph, y downwards, centred on 0, 0.

    `sizes` gives the width and height each node needs with its label, `member` the group of each node;
    without it groups are found. Parallel edges pull harder.

    >>> import networkx as nx
    >>> places = positions(nx.path_graph(3), {n: (80, 40) for n in range(3)})
    >>> sorted(places), places == positions(nx.path_graph([2, 1, 0]), {n: (80, 40) for n in range(3)})
    ([0, 1, 2], True)
    """
    import networkx as nx

    simple = simplified(graph)
    if member is None:
        member = groups(graph, graph.nodes())
    components = sorted((sorted(c) for c in nx.connected_components(simple)), key=_by_size)
    edge = _edge(simple.number_of_nodes())
    blocks = [(c, _component(simple.subgraph(c), c, sizes, edge, member)) for c in components]
    extents = [_extent(nodes, points, sizes) for nodes, points in blocks]
    corners = packed_corners([high - low + GAP for low, high in extents])
    if not blocks:
        return {}
    parts = [p - low + c for (_, p), (low, _), c in zip(blocks, extents, corners, strict=True)]
    nodes = [node for component in components for node in component]
    points = _on_screen(
        np.concatenate(parts), np.array([sizes[node] for node in nodes], dtype=float)
    )
    points -= (points.min(axis=0) + points.max(axis=0)) / 2.0
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _on_screen(points: Points, boxes: Points) -> Points:
    """Drawn together as far as a screen is small, and pushed apart where that brings labels onto labels.

    Labels and symbols are as large on the screen at any scale, so that room is what is scarce.
    """
    if len(points) > SCREENFUL:
        return points
    for _ in range(SQUEEZES):
        points = points - (points.min(axis=0) + points.max(axis=0)) / 2.0
        wide = np.ptp(points, axis=0)
        ratio = np.minimum(1.0, SCREEN / np.maximum(wide, 1.0))
        if (ratio > 0.98).all():
            break
        points = _apart(points * np.maximum(ratio, 0.7), boxes)
    return points


def _by_size(component: Sequence[int]) -> tuple[int, int]:
    return (-len(component), component[0])


def _edge(nodes: int) -> float:
    low, high = CROWD
    crowded = min(1.0, max(0.0, (nodes - low) / (high - low)))
    return EDGE + (NEAR - EDGE) * crowded


def _component(
    graph: Any, nodes: Sequence[int], sizes: Sizes, edge: float, member: Mapping[int, int]
) -> Points:
    """Positions of one connected component, in the order of `nodes`."""
    import networkx as nx

    if len(nodes) == 1:
        return np.zeros((1, 2))
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(e), max(e), d) for *e, d in graph.edges(data=True)))
    if len(nodes) <= PATHS_UP_TO:
        points = _wide(_by_paths(ordered, nodes, edge))
    else:
        points = _communities(ordered, nodes, edge, member)
    boxes = np.array([sizes[node] for node in nodes], dtype=float) * min(1.0, edge / EDGE + 0.1)
    return _apart(points, boxes) if len(nodes) <= APART_UP_TO else points


def _by_paths(graph: Any, nodes: Sequence[int], edge: float) -> Points:
    """Nodes as far from each other as their paths are long, with few crossings."""
    import networkx as nx

    index = {node: place for place, node in enumerate(nodes)}
    ends = np.array([(index[left], index[right]) for left, right in graph.edges()])
    points = _wide(_array(nx.kamada_kawai_layout(graph, weight=None), nodes))
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    return _untangled(points * (edge / lengths.mean()), ends, edge)


def _communities(
    graph: Any, nodes: Sequence[int], edge: float, member: Mapping[int, int]
) -> Points:
    """Each group a disc of its own, the discs arranged by how much they share."""
    import networkx as nx

    told = sorted({member[node] for node in nodes})
    inside = [[node for node in nodes if member[node] == group] for group in told]
    place = {node: index for index, group in enumerate(inside) for node in group}
    quotient = nx.Graph()
    quotient.add_nodes_from(range(len(inside)))
    for left, right, weight in graph.edges(data="weight"):
        a, b = sorted((place[left], place[right]))
        if a != b:
            known = quotient.get_edge_data(a, b, {"weight": 0.0})["weight"]
            quotient.add_edge(a, b, weight=known + weight)
    discs = [_disc(graph, group, edge) for group in inside]
    radii = np.array([edge * 0.4 + np.linalg.norm(disc, axis=1).max() for disc in discs])
    centres = _array(nx.spring_layout(quotient, seed=SEED, iterations=200), range(len(inside)))
    side = (4.0 * (radii**2).sum() / FILLED) ** 0.5
    centres = _apart(centres * side / 2.0, np.column_stack([radii, radii]) * 2.0)
    index = {node: place for place, node in enumerate(nodes)}
    points = np.zeros((len(nodes), 2))
    for group, disc, centre in zip(inside, discs, centres, strict=True):
        points[[index[node] for node in group]] = centre + disc
    return _wide(points)


def _disc(graph: Any, group: Sequence[int], edge: float) -> Points:
    """The nodes of a group around its middle, pixels."""
    import networkx as nx

    inner = nx.Graph()
    inner.add_nodes_from(group)
    inner.add_edges_from(sorted((min(e), max(e)) for e in graph.subgraph(group).edges()))
    if len(group) == 1:
        return np.zeros((1, 2))
    if len(group) <= PATHS_UP_TO and nx.is_connected(inner):
        return _by_paths(inner, group, edge)
    spread = 1.6 / len(group) ** 0.5
    points = _array(nx.spring_layout(inner, k=spread, seed=SEED, iterations=80), group)
    points /= np.abs(points).max() or 1.0
    return np.asarray(points * edge * 0.55 * len(group) ** 0.5, dtype=np.float64)


def _array(layout: Mapping[int, Any], nodes: Sequence[int]) -> Points:
    points: Points = np.array([layout[node] for node in nodes], dtype=float)
    points -= points.mean(axis=0)
    return points


def _wide(points: Points) -> Points:
    """Turned so that the longest direction is horizontal, as screens and labels are."""
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    signs = np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)
    turned: Points = points @ (axes * signs[:, None]).T
    return turned


def _untangled(points: Points, ends: NDArray[np.int64], edge: float) -> Points:
    """Each node tries steps around itself and keeps the one of least cost, until none helps.

    Cost: 1 for a crossing of edges, 1.5 for a node on another's edge, less for far neighbours and
    crowded places; after Davidson & Harel 1996, doi:10.1145/234535.234538.
    """
    angles = np.arange(8) * np.pi / 4.0 + 0.2
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * edge
    steps = np.concatenate([np.zeros((1, 2)), ring * 0.3, ring * 0.8, ring * 1.7])
    for _ in range(SWEEPS):
        before = points.copy()
        for node in range(len(points)):
            costs = _costs(node, points[node] + steps, points, ends, edge)
            best = int(costs.argmin())
            if costs[best] < costs[0] - 1e-6:
                points[node] += steps[best]
        if np.array_equal(before, points):
            break
    return points


def _costs(
    node: int, spots: Points, points: Points, ends: NDArray[np.int64], edge: float
) -> Points:
    """What each spot would cost if the node stood there."""
    mine = (ends == node).any(axis=1)
    near = points[ends[mine].sum(axis=1) - node][None, :, None]
    others = np.delete(points, node, axis=0)
    a, b = points[ends[~mine, 0]], points[ends[~mine, 1]]
    spot = spots[:, None, :]
    length = np.linalg.norm(spot - near[:, :, 0], axis=2) / edge
    apart = np.linalg.norm(spot - others, axis=2) / edge
    on_edge = _distance(spot, a, b) < edge * 0.2
    under_edge = _distance(others, spot[:, None], near) < edge * 0.2
    cost: Points = (np.log(np.maximum(length, 0.05)) ** 2).sum(axis=1)
    cost += (0.25 / np.maximum(apart, 0.1) ** 2).sum(axis=1) + 1.5 * on_edge.sum(axis=1)
    cost += 1.5 * under_edge.sum(axis=(1, 2))
    cost += _crossings(spot[:, None], near, a, b).sum(axis=(1, 2))
    return cost


def _distance(point: Points, a: Points, b: Points) -> Points:
    """Of points from segments, broadcast."""
    along = b - a
    square = np.maximum((along**2).sum(axis=-1), 1e-9)
    share = np.clip(((point - a) * along).sum(axis=-1) / square, 0.0, 1.0)
    gap: Points = np.linalg.norm(point - a - share[..., None] * along, axis=-1)
    return gap


def _crossings(p: Points, q: Points, a: Points, b: Points) -> NDArray[np.bool_]:
    """Whether the segments p-q and a-b cross; meeting at an end is no crossing."""
    first = _side(p, q, a) * _side(p, q, b) < -1e-6
    second = _side(a, b, p) * _side(a, b, q) < -1e-6
    return np.asarray(first & second)


def _side(u: Points, v: Points, w: Points) -> Points:
    """On which side of the line u-v the point w lies, by sign."""
    found: Points = (v - u)[..., 0] * (w - u)[..., 1] - (v - u)[..., 1] * (w - u)[..., 0]
    return found


def _apart(points: Points, boxes: Points) -> Points:
    """Boxes pushed along the shorter way out until none overlaps another."""
    points = points.copy()
    points += np.arange(len(points))[:, None] * np.array([1e-4, 1e-5])  # no two at one point
    room = (boxes[:, None, :] + boxes[None, :, :]) / 2.0
    for _ in range(ROUNDS):
        offset = points[:, None, :] - points[None, :, :]
        overlap = room - np.abs(offset)
        np.einsum("iij->ij", overlap)[:] = -1.0
        hit = (overlap > 0.5).all(axis=2)
        if not hit.any():
            break
        across = hit & (overlap[:, :, 0] <= overlap[:, :, 1])
        down = hit & ~across
        push = np.sign(offset) * overlap * 0.26
        points[:, 0] += np.where(across, push[:, :, 0], 0.0).sum(axis=1)
        points[:, 1] += np.where(down, push[:, :, 1], 0.0).sum(axis=1)
    return points


def _extent(nodes: Sequence[int], points: Points, sizes: Sizes) -> tuple[Points, Points]:
    half = np.array([sizes[node] for node in nodes], dtype=float) / 2.0
    return (points - half).min(axis=0), (points + half).max(axis=0)
