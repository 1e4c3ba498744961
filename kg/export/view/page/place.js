"use strict";
// Places for entities that come into the picture later: near what they are linked to, on nobody's label.

const kgPlace = (() => {
  const EDGE = 190; // px: the lengths that kg/export/view/layout.py aims at, alone and in a crowd
  const NEAR = 110;
  const CROWD = 80; // entities
  const ROUNDS = 140;
  const LOOSE = 0.02; // pull towards the middle: of what is tied together,
  const TOGETHER = 1.5; // and of what falls apart without it
  const LETTERS = 20;
  const LINES = 2;

  /** The label in lines, cut where it is long; kg/export/view/__init__.py measures the same. */
  function wrapped(label) {
    const lines = [""];
    for (const word of label.split(/\s+/)) {
      const last = lines.length - 1;
      const longer = lines[last] ? lines[last] + " " + word : word;
      if (longer.length <= LETTERS || !lines[last]) lines[last] = longer;
      else lines.push(word);
    }
    const kept = lines.slice(0, LINES).map((line) => (line.length > LETTERS + 4 ? line.slice(0, LETTERS + 3) + "…" : line));
    if (lines.length > LINES && !kept[LINES - 1].endsWith("…")) kept[LINES - 1] += "…";
    return kept.join("\n");
  }

  /** Pixels of a symbol on the screen, at any scale. */
  function radius(entity) {
    return Math.min(17, 5 + 1.6 * Math.sqrt(entity.own.length));
  }

  function box(entity) {
    const lines = wrapped(entity.label).split("\n");
    const letters = Math.max(...lines.map((line) => line.length));
    return [Math.max(7 * letters, 2 * radius(entity)) + 10, 2 * radius(entity) + 16 * lines.length + 8];
  }

  /** Places for `ids` that have none in `known` (id -> {x, y}), near the `links` of each or where
   *  `begin` has them at first; `known` stay. */
  function place(graph, ids, known, links, begin = new Map()) {
    const weight = begin.size ? TOGETHER : LOOSE;
    const missing = ids.filter((id) => !known.has(id));
    if (!missing.length) return new Map();
    const edge = ids.length > CROWD ? NEAR : EDGE;
    const shown = new Set(ids);
    const points = new Map([...known].filter(([id]) => shown.has(id)).map(([id, point]) => [id, { ...point }]));
    const near = new Map(missing.map((id) => [id, links(id).filter((other) => shown.has(other))]));
    missing.forEach((id, turn) => points.set(id, begin.get(id) ?? start(near.get(id), points, turn, missing.length, edge)));
    const share = Math.min(1, edge / EDGE + 0.1);
    const boxes = new Map(ids.map((id) => [id, box(graph.entities[id]).map((side) => side * share)]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const heat = edge * (1 - round / ROUNDS) * 0.5;
      for (const id of missing) step(id, points, near.get(id), { heat, edge, weight });
      if (round > ROUNDS / 2) for (const id of missing) part(id, points, boxes);
    }
    return new Map(missing.map((id) => [id, points.get(id)]));
  }

  /** Beside the middle of the placed neighbours, turned by the golden angle so that no two coincide. */
  function start(near, points, turn, many, edge) {
    const placed = near.map((other) => points.get(other)).filter(Boolean);
    const angle = turn * 2.399963;
    const far = placed.length ? edge : edge * Math.sqrt(many) * 0.6 * Math.sqrt((turn + 1) / many);
    const middle = { x: 0, y: 0 };
    for (const point of placed) {
      middle.x += point.x / placed.length;
      middle.y += point.y / placed.length;
    }
    return { x: middle.x + far * Math.cos(angle), y: middle.y + far * Math.sin(angle) };
  }

  function step(id, points, near, { heat, edge, weight }) {
    const here = points.get(id);
    let fx = -here.x * weight;
    let fy = -here.y * weight;
    for (const [other, there] of points) {
      if (other === id) continue;
      const dx = here.x - there.x;
      const dy = here.y - there.y;
      const push = (edge * edge) / Math.max(dx * dx + dy * dy, 100);
      fx += dx * push;
      fy += dy * push;
    }
    for (const other of near) {
      const there = points.get(other);
      const dx = there.x - here.x;
      const dy = there.y - here.y;
      const pull = Math.hypot(dx, dy) / edge;
      fx += dx * pull;
      fy += dy * pull;
    }
    const force = Math.hypot(fx, fy) || 1;
    const move = Math.min(force, heat) / force;
    here.x += fx * move;
    here.y += fy * move;
  }

  function part(id, points, boxes) {
    const here = points.get(id);
    const [width, height] = boxes.get(id);
    for (const [other, there] of points) {
      if (other === id) continue;
      const [otherWidth, otherHeight] = boxes.get(other);
      const dx = here.x - there.x;
      const dy = here.y - there.y;
      const across = (width + otherWidth) / 2 - Math.abs(dx);
      const down = (height + otherHeight) / 2 - Math.abs(dy);
      if (across <= 0 || down <= 0) continue;
      if (across < down) here.x += (dx < 0 ? -1 : 1) * across * 0.6;
      else here.y += (dy < 0 ? -1 : 1) * down * 0.6;
    }
  }

  /** The sides of the box around points; of none, a box of one pixel. */
  function extent(points) {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    return points.length ? { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) } : { left: 0, right: 1, top: 0, bottom: 1 };
  }

  return { place, wrapped, radius, box, extent };
})();
