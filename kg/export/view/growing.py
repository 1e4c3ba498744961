"""Places for thousands of nodes around those that have one already.

The few that stand keep their places, pulled apart to make room; the others begin beside the neighbour that
ties them to the picture, and a spring layout with repulsion between near ones alone (Fruchterman & Reingold
1991, doi:10.1002/spe.4380211102) settles them, round by round in the same order. Components without a node that stands
grow around their foremost one, and are packed below. The same graph gives the same integers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.export.view.layout import Sizes
from kg.export.view.network import simplified
from kg.export.view.packing import GAP, Points, packed_corners

ROOM: Final = 9000.0  # square pixels a node gets where symbols are as large as on the screen
SPACING: Final = 62.0  # px between the leaves around their node, at first
EDGE: Final = 85.0  # px that linked nodes tend to
REACH: Final = 120.0  # px within which nodes push each other
ROUNDS: Final = 60
SWEEPS: Final = 40  # of pushing labels apart, at most
GOLDEN: Final = 2.399963  # radians: turns of a sunflower's seeds

Links = NDArray[np.int64]


def grown(
    graph: Any, standing: Mapping[int, tuple[int, int]], sizes: Sizes
) -> dict[int, tuple[int, int]]:
    """Pixel positions of all nodes of a networkx graph; those `standing` keep theirs but for scale.

    >>> import networkx as nx
    >>> places = grown(nx.star_graph(30), {0: (0, 0), 1: (100, 0)}, {n: (80, 40) for n in range(31)})
    >>> len(set(places.values())), places[0]
    (31, (0, 0))
    """
    simple = simplified(graph)
    nodes = sorted(simple)
    index = {node: place for place, node in enumerate(nodes)}
    links = np.array([(index[a], index[b]) for a, b in simple.edges()], dtype=np.int64)
    links = links.reshape(-1, 2)
    near = _neighbours(len(nodes), links)
    parts = _components(near)
    fixed = np.zeros(len(nodes), dtype=bool)
    fixed[[index[node] for node in standing]] = True
    main = [part for part in parts if fixed[part].any()]
    inside = np.concatenate(main) if main else np.zeros(0, dtype=np.int64)
    points = np.zeros((len(nodes), 2))
    if main:
        points[[index[node] for node in standing]] = _spread(standing, len(inside))
    others = [part for part in parts if not fixed[part].any()]
    corners = _beside(points[fixed], len(inside), others)
    for part, corner in zip(others, corners, strict=True):
        fixed[part[0]], points[part[0]] = True, corner
    _begin(points, fixed, near)
    boxes = np.array([sizes[node] for node in nodes], dtype=float)
    points = _parted(_settled(points, fixed, links), fixed, boxes)
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _spread(standing: Mapping[int, tuple[int, int]], many: int) -> Points:
    """Standing places, scaled so that all that belong to them find room."""
    points = np.array(list(standing.values()), dtype=float)
    wide, high = np.maximum(np.ptp(points, axis=0), 300.0)
    spread: Points = points * max(1.0, (many * ROOM / (wide * high)) ** 0.5)
    return spread


def _neighbours(many: int, links: Links) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(many)]
    for left, right in links.tolist():
        near[left].append(right)
        near[right].append(left)
    return [sorted(each) for each in near]


def _components(near: Sequence[Sequence[int]]) -> list[Links]:
    """Connected components, each with its foremost node first, by falling size."""
    seen: set[int] = set()
    found = []
    for node in range(len(near)):
        if node not in seen:
            part = _reached([node], near, seen)
            found.append(np.array(sorted(part), dtype=np.int64))
    return sorted(found, key=lambda part: (-len(part), int(part[0])))


def _reached(start: Sequence[int], near: Sequence[Sequence[int]], seen: set[int]) -> list[int]:
    queue, order = deque(start), list[int]()
    seen.update(start)
    while queue:
        node = queue.popleft()
        order.append(node)
        fresh = [other for other in near[node] if other not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return order


def _beside(placed: Points, inside: int, others: Sequence[Links]) -> list[Points]:
    """Middles of squares for components that do not belong to what stands, packed around it."""
    sides = [2.0 * SPACING * (len(part) ** 0.5 + 0.5) + GAP for part in others]
    extent = np.ptp(placed, axis=0) + 2.0 * REACH if inside else np.zeros(2)
    boxes = [extent] * bool(inside) + [np.array([side, side]) for side in sides]
    corners = packed_corners(boxes)
    if not inside:
        return [corner + side / 2.0 for corner, side in zip(corners, sides, strict=True)]
    shift = placed.min(axis=0) - REACH - corners[0]
    return [corner + shift + side / 2.0 for corner, side in zip(corners[1:], sides, strict=True)]


def _begin(points: Points, fixed: NDArray[np.bool_], near: Sequence[Sequence[int]]) -> None:
    """First places of the others, from those that stand outwards: like seeds around what they hang on."""
    placed = fixed.copy()
    hung = np.zeros(len(points), dtype=int)
    for node in _reached(np.flatnonzero(fixed).tolist(), near, set()):
        for other in near[node]:
            if placed[other]:
                continue
            ties = [each for each in near[other] if placed[each]]
            around = points[ties].mean(axis=0)
            hung[node] += 1
            turn, far = hung[node] * GOLDEN, SPACING * (hung[node] + 0.6) ** 0.5
            points[other] = around + far * np.array([np.cos(turn), np.sin(turn)])
            placed[other] = True


def _settled(points: Points, fixed: NDArray[np.bool_], links: Links) -> Points:
    """Linked nodes pull, near nodes push; steps shrink."""
    from scipy.spatial import cKDTree

    free = ~fixed
    pull = 0.06 / np.maximum(np.bincount(links.ravel(), minlength=len(points)), 1) ** 0.5
    for turn in range(ROUNDS):
        step = np.zeros_like(points)
        gap = points[links[:, 1]] - points[links[:, 0]]
        far = np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1.0)
        force = gap * np.clip((far - EDGE) / far, -1.0, 1.0)
        _add(step, links[:, 0], force * pull[links[:, 0], None])
        _add(step, links[:, 1], -force * pull[links[:, 1], None])
        pairs = _sorted(cKDTree(points).query_pairs(REACH, output_type="ndarray"))
        gap = points[pairs[:, 0]] - points[pairs[:, 1]]
        far = np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1.0)
        force = gap / far * (1.0 - far / REACH) * 14.0
        _add(step, pairs[:, 0], force)
        _add(step, pairs[:, 1], -force)
        most = 60.0 * (1.0 - turn / ROUNDS) + 4.0
        length = np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9)
        points = points + np.where(free[:, None], step * np.minimum(1.0, most / length), 0.0)
    return points


def _parted(points: Points, fixed: NDArray[np.bool_], boxes: Points) -> Points:
    """Boxes pushed along the shorter way out; two that stand may touch, as the page shows one of them then."""
    from scipy.spatial import cKDTree

    points = points + np.arange(len(points))[:, None] * np.array([1e-4, 1e-5])
    widest = float(boxes[:, 0].max())
    share = np.where(fixed, 0.0, 1.0)
    for _ in range(SWEEPS):
        pairs = _sorted(cKDTree(points).query_pairs(widest, output_type="ndarray"))
        left, right = pairs[:, 0], pairs[:, 1]
        gap = points[left] - points[right]
        overlap = (boxes[left] + boxes[right]) / 2.0 - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1) & ((share[left] + share[right]) > 0)
        if not hit.any():
            break
        left, right, gap, overlap = left[hit], right[hit], gap[hit], overlap[hit]
        across = overlap[:, 0] <= overlap[:, 1]
        push = np.sign(gap) * overlap * 0.3 * np.column_stack([across, ~across])
        step = np.zeros_like(points)
        _add(step, left, push * share[left, None])
        _add(step, right, -push * share[right, None])
        points = points + step
    return points


def _add(total: Points, where: Links, what: Points) -> None:
    """Sums by place, in the order given."""
    for axis in (0, 1):
        total[:, axis] += np.bincount(where, weights=what[:, axis], minlength=len(total))


def _sorted(pairs: Links) -> Links:
    """Pairs in one order, whatever the order of the tree: sums of floats depend on it."""
    many = int(pairs.max(initial=0)) + 1
    keys = np.sort(pairs[:, 0] * many + pairs[:, 1])
    return np.column_stack(np.divmod(keys, many))
