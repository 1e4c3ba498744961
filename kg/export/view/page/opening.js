"use strict";
// Whom a picture of filtered statements is about, and where they stand; kg/export/view does it for the whole.

const kgOpening = (() => {
  const MOST = 48; // entities
  const ROOM = 110; // px for an entity, before they are drawn apart

  /** The foremost third, then those tied to it by statements that pass; all where they are few. */
  function of(graph, candidates, passes) {
    if (candidates.length <= MOST) return candidates;
    const chosen = new Set(candidates.slice(0, MOST / 3));
    const ties = new Set([...chosen].flatMap((id) => kgData.neighbours(graph, id, passes)));
    for (const id of [...candidates.filter((each) => ties.has(each)), ...candidates]) {
      if (chosen.size < MOST) chosen.add(id);
    }
    return [...chosen];
  }

  /** Places of their own (id -> {x, y}) for `ids`, from where they are on the map, about its middle and as wide. */
  function placed(graph, ids, map, passes) {
    const before = new Map(ids.map((id) => [id, map.get(id)]));
    const begin = framed(before, 0, 0, Math.sqrt(ids.length) * ROOM);
    const found = kgPlace.place(graph, ids, new Map(), (id) => kgData.neighbours(graph, id, passes), begin);
    const { x, y, size } = frame(before);
    return framed(found, x, y, size);
  }

  function frame(points) {
    const { left, right, top, bottom } = kgPlace.extent([...points.values()]);
    return { x: (left + right) / 2, y: (top + bottom) / 2, size: Math.max(right - left, bottom - top, 1) };
  }

  /** Points moved and scaled to a middle and a size. */
  function framed(points, x, y, size) {
    const old = frame(points);
    const by = size / old.size;
    return new Map([...points].map(([id, point]) => [id, { x: x + (point.x - old.x) * by, y: y + (point.y - old.y) * by }]));
  }

  return { of, placed };
})();
