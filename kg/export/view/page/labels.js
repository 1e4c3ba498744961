"use strict";
// Names on the canvas, always at reading size: as many as fit without lying on each other, the weightiest
// first. Zooming in makes room for the others. What is chosen or under the pointer comes before all.

const kgLabels = (() => {
  const NAME = 13; // px on screen
  const RELATION = 11.5;
  const CELL = 80; // px of the grid that finds overlaps
  const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]; // where on an edge its relation may stand
  const ASIDE = [0, -14, 14]; // px above and below that place
  const LANDMARKS = 12; // entities whose names may lie on symbols, never on names
  const FAR_OUT = 0;
  const FACE = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";

  let network;
  let stale = true;
  let basis = 0;
  let moving = false;
  let held = false;
  let lit = null; // {nodes, edges} that are in the spotlight
  let under = { node: null, edge: null };
  let reserved = () => [];
  let names = [];
  let relations = [];
  const widths = new Map();

  function start(net) {
    network = net;
    network.on("afterDrawing", paint);
    network.on("dragStart", () => { moving = true; });
    network.on("dragEnd", () => { moving = false; changed(); });
    network.on("hoverNode", ({ node }) => changed({ node, edge: null }));
    network.on("hoverEdge", ({ edge }) => changed({ node: null, edge }));
    network.on("blurNode", () => changed({ node: null, edge: null }));
    network.on("blurEdge", () => changed({ node: null, edge: null }));
  }

  function changed(pointed = under) {
    under = pointed;
    stale = true;
    network.redraw();
  }

  /** Nothing is written while the picture is being exchanged: vis-network draws in between. */
  function hold(exchange) {
    held = true;
    exchange();
    held = false;
    lit = null;
    under = { node: null, edge: null };
    stale = true;
  }

  /** `boxes` gives what names keep off, in pixels at a scale. */
  function reserve(boxes) {
    reserved = boxes;
  }

  function spotlight(nodes, edges) {
    lit = nodes ? { nodes, edges } : null;
    stale = true;
  }

  function paint(context) {
    if (held) return;
    const scale = network.getScale();
    if (stale || scale !== basis) choose(context, scale);
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.strokeStyle = kgCanvas.colour("paper");
    if (!moving) for (const label of relations) write(context, label, RELATION, scale);
    for (const label of names) write(context, label, NAME, scale);
    context.restore();
  }

  function write(context, { item, lines, dx, dy, colour, bright }, size, scale) {
    const { x, y } = item();
    context.font = font(size / scale);
    context.lineWidth = 4 / scale;
    context.globalAlpha = bright ? 1 : 0.28;
    context.fillStyle = kgCanvas.colour(colour);
    lines.forEach((line, turn) => {
      const top = y + (dy + turn * size * 1.2) / scale;
      if (bright) context.strokeText(line, x + dx / scale, top);
      context.fillText(line, x + dx / scale, top);
    });
  }

  function font(size) {
    return `${size}px ${FACE}`;
  }

  function width(context, text, size) {
    const key = size + text;
    if (!widths.has(key)) {
      context.font = font(100);
      widths.set(key, (context.measureText(text).width * size) / 100);
    }
    return widths.get(key);
  }

  function choose(context, scale) {
    const taken = { text: new Map(), symbol: new Map() };
    context.save();
    names = [];
    relations = [];
    for (const box of reserved(context, scale)) take(taken.text, box);
    const nodes = kgCanvas.nodes.get().map((node) => ({ node, body: network.body.nodes[node.id] }));
    for (const { node, body } of nodes) {
      const half = node.size * scale;
      take(taken.symbol, [body.x * scale - half, body.y * scale - half, body.x * scale + half, body.y * scale + half]);
    }
    const first = (id) => (id === under.node ? 0 : !lit || lit.nodes.has(id) ? 1 : 2);
    const rim = [0, network.canvas.frame.clientWidth].map((x) => network.DOMtoCanvas({ x, y: 0 }).x * scale);
    nodes.sort((a, b) => first(a.node.id) - first(b.node.id) || a.node.id - b.node.id);
    nodes.forEach(({ node, body }, rank) => name(context, taken, node, body, scale, rank < LANDMARKS, rim));
    const weight = (edge) => (edge.id === under.edge ? 0 : lit && lit.edges.has(edge.id) ? 1 : lit ? 4 : edge.status === "asserted" ? 3 : 2);
    const edges = kgCanvas.edges.get().map((edge) => ({ edge, order: weight(edge) }));
    edges.sort((a, b) => a.order - b.order || a.edge.id - b.edge.id);
    for (const { edge, order } of edges) {
      if (order < 2 || scale >= FAR_OUT) relation(context, taken, edge, scale, order);
    }
    context.restore();
    stale = false;
    basis = scale;
  }

  /** Below its symbol, else above, beside or aslant, and not across the rim of the window; else not at this scale, unless the pointer is on it. */
  function name(context, taken, node, body, scale, landmark, rim) {
    const lines = node.text.split("\n");
    const wide = Math.max(...lines.map((line) => width(context, line, NAME)));
    const high = lines.length * NAME * 1.2;
    const half = node.size * scale;
    const aside = half + 6 + wide / 2;
    const slant = half * 0.6 + 4 + wide / 2;
    const spots = [[0, half + 3], [0, -half - high - 2], [aside, -high / 2], [-aside, -high / 2],
      [slant, half * 0.6], [-slant, half * 0.6], [slant, -half * 0.6 - high], [-slant, -half * 0.6 - high]];
    const seen = ([dx]) => body.x * scale + dx - wide / 2 > rim[0] && body.x * scale + dx + wide / 2 < rim[1];
    const inside = body.x * scale > rim[0] && body.x * scale < rim[1];
    const bright = !lit || lit.nodes.has(node.id) || node.id === under.node;
    const fits = ([dx, dy], symbols) => {
      const box = around(body.x * scale + dx, body.y * scale + dy, wide, high);
      return (seen([dx]) || !inside) && free(taken.text, box) && (!symbols || free(taken.symbol, box));
    };
    const spot = spots.find((each) => fits(each, true)) ?? (landmark ? spots.find((each) => fits(each, false)) : null)
      ?? (node.id === under.node ? spots[0] : null);
    if (!spot) return;
    const [dx, dy] = spot;
    take(taken.text, around(body.x * scale + dx, body.y * scale + dy, wide, high));
    names.push({ item: () => body, lines, dx, dy, colour: "ink", bright, text: node.text });
  }

  function relation(context, taken, edge, scale, order) {
    const wide = width(context, edge.text, RELATION);
    const high = RELATION * 1.2;
    const body = network.body.edges[edge.id];
    const reach = Math.hypot(body.from.x - body.to.x, body.from.y - body.to.y) * scale;
    if (order > 1 && edge.from !== edge.to && reach < wide * 0.7) return;
    const box = ([along, aside]) => {
      const { x, y } = kgCanvas.point(network, edge, along);
      return around(x * scale, y * scale - high / 2 + aside, wide, high);
    };
    const spots = ASIDE.flatMap((aside) => ALONG.map((along) => [along, aside]));
    const spot = spots.find((each) => free(taken.text, box(each)) && free(taken.symbol, box(each))) ?? (order < 1 ? [0.5, 0] : null);
    if (spot === null) return;
    take(taken.text, box(spot));
    const colour = edge.status === "asserted" ? "soft" : edge.status;
    relations.push({ item: () => kgCanvas.point(network, edge, spot[0]), lines: [edge.text], dx: 0, dy: spot[1] - high / 2, colour, bright: order < 4, text: edge.text });
  }

  function around(x, y, wide, high) {
    return [x - wide / 2 - 2, y, x + wide / 2 + 2, y + high];
  }

  function* cells([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield x * 65536 + y;
    }
  }

  /** Note a box in a grid (cell -> boxes). */
  function take(taken, box) {
    for (const cell of cells(box)) {
      if (!taken.has(cell)) taken.set(cell, []);
      taken.get(cell).push(box);
    }
  }

  /** Whether a box lies on none that was noted. */
  function free(taken, [left, top, right, bottom]) {
    for (const cell of cells([left, top, right, bottom])) {
      for (const box of taken.get(cell) ?? []) {
        if (left < box[2] && box[0] < right && top < box[3] && box[1] < bottom) return false;
      }
    }
    return true;
  }

  function written() {
    return { names: names.map(({ text }) => text), relations: relations.map(({ text }) => text) };
  }

  /** What is written: lines, their size in pixels, colour, and the point of the plane their top middle is at. */
  function placed() {
    const scale = network.getScale();
    const told = (size) => ({ item, lines, dx, dy, colour }) => {
      const { x, y } = item();
      return { x: x + dx / scale, y: y + dy / scale, lines, size, colour: kgCanvas.colour(colour) };
    };
    return [...relations.map(told(RELATION)), ...names.map(told(NAME))];
  }

  return { FACE, start, spotlight, hold, reserve, written, placed, take, free };
})();
