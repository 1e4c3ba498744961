"""Boxes side by side, none on another, the whole about as wide as a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

ASPECT: Final = 1.0  # width : height; the canvas has 0.9 at 1400 x 900, 1.3 at 1920 x 1080
GAP: Final = 60.0  # px between components
CORNERS: Final = 3000  # tried for a component, the innermost first
EXACT_PACKING: Final = 80  # components placed one by one; the rest, the smallest, go in rows below


def packed_corners(boxes: Sequence[Points]) -> list[Points]:
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
