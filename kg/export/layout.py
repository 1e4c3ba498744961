"""Where the nodes of a picture stand: communities apart, labels apart, components side by side.

Community layout: Louvain communities (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008), a
spring layout of their quotient graph, a spring layout inside each (Fruchterman & Reingold 1991,
doi:10.1002/spe.4380211102). Components of a page's size are drawn by path length (Kamada & Kawai
1989, doi:10.1016/0020-0190(89)90102-6), which is prettier and too slow beyond. The same graph gives
the same integers: nodes are sorted first, every seed is fixed, coordinates are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Sizes = Mapping[int, tuple[int, int]]

SEED: Final = 7
FILLED: Final = 0.5  # of the square that the discs of communities share before they are separated
EDGE: Final = 190.0  # px between linked nodes: room for a relation of ~20 letters at 12 px
NEAR: Final = 95.0  # px in crowds, where relations are not written before zooming in
CROWD: Final = (40, 120)  # nodes between which EDGE shrinks to NEAR
PATHS_UP_TO: Final = 90  # nodes; Kamada-Kawai and untangling take 1 s there
APART_UP_TO: Final = 600  # nodes; pairwise separation holds n x n matrices
SWEEPS: Final = 8  # of untangling; later ones move little
ROUNDS: Final = 150  # of separation; it stops early when nothing overlaps
ASPECT: Final = 1.0  # width : height; the canvas has 0.9 at 1400 x 900, 1.3 at 1920 x 1080
GAP: Final = 60.0  # px between components
CORNERS: Final = 3000  # tried for a component, the innermost first
EXACT_PACKING: Final = 80  # components placed one by one; the rest, the smallest, go in rows below


def positions(graph: Any, sizes: Sizes) -> dict[int, tuple[int, int]]:
    """Pixel positions of the nodes of a networkx graph, y downwards, centred on 0, 0.

    `sizes` gives the width and height each node needs with its label. Parallel edges pull harder.

    >>> import networkx as nx
    >>> places = positions(nx.path_graph(3), {n: (80, 40) for n in range(3)})
    >>> sorted(places), places == positions(nx.path_graph([2, 1, 0]), {n: (80, 40) for n in range(3)})
    ([0, 1, 2], True)
    """
    import networkx as nx

    simple = _simple(graph)
    components = sorted((sorted(c) for c in nx.connected_components(simple)), key=_by_size)
    edge = _edge(simple.number_of_nodes())
    blocks = [(c, _component(simple.subgraph(c), c, sizes, edge)) for c in components]
    extents = [_extent(nodes, points, sizes) for nodes, points in blocks]
    corners = _pack([high - low + GAP for low, high in extents])
    if not blocks:
        return {}
    parts = [p - low + c for (_, p), (low, _), c in zip(blocks, extents, corners, strict=True)]
    points = np.concatenate(parts)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2.0
    nodes = [node for component in components for node in component]
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _by_size(component: Sequence[int]) -> tuple[int, int]:
    return (-len(component), component[0])


def _edge(nodes: int) -> float:
    low, high = CROWD
    crowded = min(1.0, max(0.0, (nodes - low) / (high - low)))
    return EDGE + (NEAR - EDGE) * crowded


def _simple(graph: Any) -> Any:
    """An undirected graph without loops, nodes and edges sorted, weighted by parallel edges."""
    import networkx as nx

    weights: dict[tuple[int, int], int] = {}
    for left, right in graph.edges():
        pair = (min(left, right), max(left, right))
        weights[pair] = weights.get(pair, 0) + 1
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph.nodes()))
    simple.add_weighted_edges_from(
        (left, right, weight**0.5)
        for (left, right), weight in sorted(weights.items())
        if left != right
    )
    return simple


def _component(graph: Any, nodes: Sequence[int], sizes: Sizes, edge: float) -> Points:
    """Positions of one connected component, in the order of `nodes`."""
    import networkx as nx

    if len(nodes) == 1:
        return np.zeros((1, 2))
    ordered = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(e), max(e), d) for *e, d in graph.edges(data=True)))
    if len(nodes) <= PATHS_UP_TO:
        index = {node: place for place, node in enumerate(nodes)}
        ends = np.array([(index[left], index[right]) for left, right in ordered.edges()])
        points = _wide(_array(nx.kamada_kawai_layout(ordered, weight=None), nodes))
        lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
        points = _untangled(points * (edge / lengths.mean()), ends, edge)
    else:
        points = _communities(ordered, nodes, edge)
    boxes = np.array([sizes[node] for node in nodes], dtype=float) * min(1.0, edge / EDGE + 0.1)
    return _apart(points, boxes) if len(nodes) <= APART_UP_TO else points


def _communities(graph: Any, nodes: Sequence[int], edge: float) -> Points:
    """Each community a disc of its own, the discs arranged by how much they share."""
    import networkx as nx

    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    groups = sorted((sorted(group) for group in found), key=_by_size)
    member = {node: index for index, group in enumerate(groups) for node in group}
    quotient = nx.Graph()
    quotient.add_nodes_from(range(len(groups)))
    for left, right, weight in graph.edges(data="weight"):
        a, b = sorted((member[left], member[right]))
        if a != b:
            known = quotient.get_edge_data(a, b, {"weight": 0.0})["weight"]
            quotient.add_edge(a, b, weight=known + weight)
    discs = [_disc(graph, group) for group in groups]
    radii = np.array([edge * 0.55 * len(group) ** 0.5 for group in groups])
    centres = _array(nx.spring_layout(quotient, seed=SEED, iterations=200), range(len(groups)))
    side = (4.0 * (radii**2).sum() / FILLED) ** 0.5
    centres = _apart(centres * side / 2.0, np.column_stack([radii, radii]) * 2.0)
    index = {node: place for place, node in enumerate(nodes)}
    points = np.zeros((len(nodes), 2))
    for group, disc, radius, centre in zip(groups, discs, radii, centres, strict=True):
        points[[index[node] for node in group]] = centre + disc * radius
    return points


def _disc(graph: Any, group: Sequence[int]) -> Points:
    """A spring layout of some nodes inside the unit disc."""
    import networkx as nx

    inner = nx.Graph()
    inner.add_nodes_from(group)
    inner.add_edges_from(sorted((min(e), max(e)) for e in graph.subgraph(group).edges()))
    spread = 1.6 / len(group) ** 0.5
    points = _array(nx.spring_layout(inner, k=spread, seed=SEED, iterations=80), group)
    points /= np.abs(points).max() or 1.0
    return points


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


def _pack(boxes: Sequence[Points]) -> list[Points]:
    """Top-left corners for boxes, largest first, none overlapping, the whole as wide as a canvas."""
    lows = np.zeros((0, 2))
    highs = np.zeros((0, 2))
    for box in boxes[:EXACT_PACKING]:
        corner = _best_corner(box, lows, highs)
        lows, highs = np.vstack([lows, corner]), np.vstack([highs, corner + box])
    corners = list(lows)
    rest = boxes[EXACT_PACKING:]
    if rest:
        (x, _), (_, y) = lows.min(axis=0), highs.max(axis=0)
        wide, high = np.max(rest, axis=0)
        span = np.ptp(np.vstack([lows, highs]), axis=0)
        broad = max(span[0], (ASPECT * (span.prod() + len(rest) * wide * high)) ** 0.5)
        columns = max(1, int(broad // wide))
        corners += [
            np.array([x + turn % columns * wide, y + turn // columns * high])
            for turn in range(len(rest))
        ]
    return corners


def _best_corner(box: Points, lows: Points, highs: Points) -> Points:
    """The free corner beside what is placed that keeps the whole small and compact."""
    if not len(lows):
        return np.zeros(2)
    xs = np.concatenate([lows[:, 0], highs[:, 0], lows[:, 0] - box[0], highs[:, 0] - box[0]])
    ys = np.concatenate([lows[:, 1], highs[:, 1], lows[:, 1] - box[1], highs[:, 1] - box[1]])
    spots = np.array([(x, y) for x in sorted(set(xs)) for y in sorted(set(ys))])
    middle = (lows.min(axis=0) + highs.max(axis=0)) / 2.0
    away = np.abs(spots + box / 2.0 - middle).max(axis=1)
    spots = spots[np.argsort(away, kind="stable")[:CORNERS]]
    below = spots[:, None, :] + 0.5 < highs[None]
    above = spots[:, None, :] + box - 0.5 > lows[None]
    free = spots[~np.all(below & above, axis=2).any(axis=1)]
    if not len(free):  # none of the innermost: below all is always free
        return np.array([lows[:, 0].min(), highs[:, 1].max()])
    low = np.minimum(free, lows.min(axis=0))
    high = np.maximum(free + box, highs.max(axis=0))
    whole = ((high - low) / np.array([ASPECT, 1.0])).max(axis=1)
    centre = (lows[0] + highs[0]) / 2.0
    far = np.linalg.norm(free + box / 2.0 - centre, axis=1)
    chosen: Points = free[np.lexsort((far.round(3), whole.round(3)))[0]]
    return chosen
