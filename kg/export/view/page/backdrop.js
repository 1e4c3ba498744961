"use strict";
// Behind the picture: everybody else as dots, and the groups as regions with a caption.

const kgBackdrop = (() => {
  const MEMBERS = 3; // of a group in the picture before it is a region
  const RIM = 26; // px of a region around its outermost members
  const SIZE = 15; // px of a caption
  const LONGEST = 44; // letters of a caption
  const LABELS = 14; // px of a name that stands below the lowest symbol of a region
  const DOT = 2.6; // px

  let network;
  let scene = { dots: [], regions: [], sizes: [] };

  function start(net) {
    network = net;
    network.on("beforeDrawing", paint);
    kgLabels.reserve(boxes);
  }

  /** `dots` are places {x, y}; `points` (id -> {x, y}) are the entities of the picture, regions their groups. */
  function show(graph, points, dots, grouped) {
    scene = { dots, regions: grouped ? regions(graph, points) : [], sizes: [...points].map(([id, point]) => sized(graph.entities[id], point)) };
  }

  function sized(entity, { x, y }) {
    const [wide, high] = kgPlace.box(entity);
    return { x, y, half: kgPlace.radius(entity), wide, high };
  }

  /** A region for each part of a group that hangs together in the picture; the largest has the caption. */
  function regions(graph, points) {
    const captioned = new Set();
    return parts(graph, points).filter((ids) => ids.length >= MEMBERS)
      .sort((a, b) => b.length - a.length || a[0] - b[0])
      .map((ids) => {
        const { group } = graph.entities[ids[0]];
        const caption = captioned.has(group) ? null : told(graph, group);
        captioned.add(group);
        return { caption, hull: hull(ids.map((id) => points.get(id))) };
      });
  }

  function parts(graph, points) {
    const seen = new Set();
    const found = [];
    for (const id of points.keys()) {
      const { group } = graph.entities[id];
      if (group === undefined || seen.has(id)) continue;
      const part = [id];
      seen.add(id);
      for (const here of part) {
        for (const other of graph.entities[here].pairs.keys()) {
          if (!points.has(other) || seen.has(other) || graph.entities[other].group !== group) continue;
          seen.add(other);
          part.push(other);
        }
      }
      found.push(part);
    }
    return found;
  }

  /** A group by its foremost members, and how many more it has. */
  function told(graph, group) {
    const { names, size } = graph.groups[group];
    const more = size - names.length;
    return shortened(names.join(", ")) + (more > 0 ? ` +${more}` : "");
  }

  function shortened(text) {
    return text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text;
  }

  /** The corners of the smallest convex shape around points (Andrew 1979, doi:10.1016/0020-0190(79)90072-3). */
  function hull(points) {
    const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
    const half = (all) => {
      const kept = [];
      for (const point of all) {
        while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
        kept.push(point);
      }
      return kept.slice(0, -1);
    };
    return [...half(sorted), ...half(sorted.reverse())];
  }

  function turn(a, b, c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  }

  /** Where captions stand, in pixels at the present scale: off the symbols where that can be; labels keep off them. */
  function captions(context, scale) {
    const placed = [];
    const symbols = scene.sizes.map(({ x, y, half }) => [x * scale - half, y * scale - half, x * scale + half, y * scale + half]);
    const named = scene.sizes.map(({ x, y, half, wide, high }) => [x * scale - wide / 2, y * scale - half, x * scale + wide / 2, y * scale - half + high]);
    const { low, high } = rim();
    const edges = [low.x, low.y, high.x, high.y].map((each) => each * scale);
    context.font = font(SIZE);
    for (const { caption, hull: corners } of scene.regions) {
      if (!caption) continue;
      const wide = context.measureText(caption).width + 8;
      const free = (box) => !placed.some((other) => overlap(other.box, box));
      const boxes = spots(corners, scale, wide).map((each) => inside(each, edges)).filter(free);
      const off = (taken) => boxes.find((each) => !taken.some((other) => overlap(other, each)));
      const box = off(named) ?? off(symbols);
      if (box) placed.push({ caption, box, x: (box[0] + box[2]) / 2, top: box[1] });
    }
    return placed;
  }

  /** The corners of the window on the plane. */
  function rim() {
    const { clientWidth, clientHeight } = network.canvas.frame;
    return { low: network.DOMtoCanvas({ x: 0, y: 0 }), high: network.DOMtoCanvas({ x: clientWidth, y: clientHeight }) };
  }

  /** A box shifted into the window, where it is at the rim. */
  function inside([left, top, right, bottom], [low, first, high, last]) {
    if (right < low || left > high || bottom < first || top > last) return [left, top, right, bottom];
    const across = Math.max(0, low + 4 - left) - Math.max(0, right - high + 4);
    const down = Math.max(0, first + 4 - top);
    return [left + across, top + down, right + across, bottom + down];
  }

  /** Boxes above and below a region, the middle before the sides. */
  function spots(corners, scale, wide) {
    const xs = corners.map(({ x }) => x * scale);
    const ys = corners.map(({ y }) => y * scale);
    const middle = xs.reduce((sum, x) => sum + x, 0) / xs.length;
    const peak = xs[ys.indexOf(Math.min(...ys))];
    const foot = xs[ys.indexOf(Math.max(...ys))];
    const [left, right] = [Math.min(...xs) + wide / 2 - RIM, Math.max(...xs) - wide / 2 + RIM];
    const above = Math.min(...ys) - RIM - SIZE;
    const below = Math.max(...ys) + RIM + LABELS;
    const across = [[middle, above], [peak, above], [left, above], [right, above], [middle, below], [foot, below], [left, below], [right, below]];
    const raised = across.slice(0, 4).map(([x, y]) => [x, y - SIZE * 1.4]);
    return [...across.slice(0, 4), ...raised, ...across.slice(4)].map(([x, top]) => [x - wide / 2, top, x + wide / 2, top + SIZE * 1.3]);
  }

  function overlap(one, other) {
    return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  }

  function boxes(context, scale) {
    context.save();
    const found = captions(context, scale).map(({ box }) => box);
    context.restore();
    return found;
  }

  function font(size) {
    return `600 ${size}px ${kgLabels.FACE}`;
  }

  function paint(context) {
    const scale = network.getScale();
    context.save();
    context.fillStyle = kgCanvas.colour("region");
    context.strokeStyle = kgCanvas.colour("region");
    context.lineJoin = "round";
    context.lineWidth = (2 * RIM) / scale;
    for (const { hull: corners } of scene.regions) {
      context.beginPath();
      for (const { x, y } of corners) context.lineTo(x, y);
      context.closePath();
      context.fill();
      context.stroke();
    }
    mass(context, scale);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillStyle = kgCanvas.colour("soft");
    const written = captions(context, scale);
    context.font = font(SIZE / scale);
    for (const { caption, x, top } of written) context.fillText(caption, x / scale, top / scale);
    context.restore();
  }

  function mass(context, scale) {
    const { low, high } = rim();
    const side = DOT / scale;
    context.fillStyle = kgCanvas.colour("mass");
    for (const { x, y } of scene.dots) {
      if (x > low.x && x < high.x && y > low.y && y < high.y) context.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }

  return { start, show, captions: () => scene.regions.map(({ caption }) => caption).filter(Boolean) };
})();
