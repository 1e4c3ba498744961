// Where the nodes of a small network stand: springs and repulsion from a sunflower, the same every time.

const TURNS = 260;
const EDGE = 90; // px between neighbours

/** ids, pairs of ids, width by height of the screen -> Map of id to {x, y}. */
export function layout(ids, pairs, shape) {
  const place = new Map(ids.map((id, turn) => [id, seed(turn)]));
  const points = [...place.values()];
  const links = pairs.map(([from, to]) => [place.get(from), place.get(to)]).filter(([from, to]) => from !== to);
  let heat = EDGE * Math.sqrt(ids.length + 1) * 0.25;
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const point of points) {
      point.fx = -point.x * 0.06;
      point.fy = -point.y * 0.06;
    }
    repel(points);
    for (const [a, b] of links) attract(a, b);
    for (const point of points) {
      const force = Math.hypot(point.fx, point.fy) || 1;
      point.x += (point.fx / force) * Math.min(force, heat);
      point.y += (point.fy / force) * Math.min(force, heat);
    }
    heat = Math.max(heat * 0.975, 0.5);
  }
  turnTo(points, shape >= 1 ? 0 : Math.PI / 2);
  return place;
}

function seed(turn) {
  const angle = turn * 2.399963;
  const reach = EDGE * 0.55 * Math.sqrt(turn + 0.5);
  return { x: reach * Math.cos(angle), y: reach * Math.sin(angle), fx: 0, fy: 0 };
}

function repel(points) {
  for (let left = 0; left < points.length; left += 1) {
    const a = points[left];
    for (let right = left + 1; right < points.length; right += 1) {
      const b = points[right];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const push = (EDGE * EDGE) / Math.max(dx * dx + dy * dy, 60);
      a.fx += dx * push;
      a.fy += dy * push;
      b.fx -= dx * push;
      b.fy -= dy * push;
    }
  }
}

function attract(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const pull = Math.hypot(dx, dy) / EDGE;
  a.fx += dx * pull;
  a.fy += dy * pull;
  b.fx -= dx * pull;
  b.fy -= dy * pull;
}

/** Turn all so that the longest way through them points along the longer side of the screen. */
function turnTo(points, wanted) {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const by = wanted - Math.atan2(2 * xy, xx - yy) / 2;
  for (const point of points) {
    const { x, y } = point;
    point.x = x * Math.cos(by) - y * Math.sin(by);
    point.y = x * Math.sin(by) + y * Math.cos(by);
  }
}
