"use strict";
// The picture: entities and statements as vis-network draws them, in the colours of the page.

// Okabe & Ito's palette, told apart with any colour vision; shapes tell the types apart without colour.
const TYPES = {
  Person: { name: "Person", shape: "dot", colour: "#0072b2" },
  Organization: { name: "Organization", shape: "square", colour: "#e69f00" },
  Place: { name: "Place", shape: "triangleDown", colour: "#009e73" },
  Event: { name: "Event", shape: "diamond", colour: "#cc79a7" },
  CreativeWork: { name: "Creative work", shape: "triangle", colour: "#56b4e9" },
  Product: { name: "Product", shape: "star", colour: "#f0e442" },
  Group: { name: "Group", shape: "hexagon", colour: "#9a6b2f" },
  Thing: { name: "Other thing", shape: "dot", colour: "#9aa3af" },
};

const DASHES = { stated: false, hedged: [9, 6], claimed: [3, 5], denied: [12, 5] };

const NEGATED = /\b(not|never|no|cannot)\b|n['’]t\b/i;

const kgCanvas = (() => {
  const CROWD = 4; // edges between two entities before those of one status and direction are bundled
  const SWELL = 300; // entities from which symbols grow, to stay visible when all are in the picture
  const BEND = 0.16; // roundness between neighbouring parallel edges

  let graph;
  let network;
  let colours;
  let swollen = 1;
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();

  function open(container, options, wholeGraph) {
    graph = wholeGraph;
    theme();
    network = new vis.Network(container, { nodes, edges }, options);
    return network;
  }

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const names = ["paper", "ink", "soft", "accent", ...Object.keys(STATUSES)];
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  }

  /** Draw these entities (id -> {x, y}) and edges ({edge, statements that pass}). */
  function draw(points, shown) {
    const bundled = bundles(shown);
    swollen = points.size > SWELL ? Math.sqrt(points.size / SWELL) : 1;
    kgLabels.hold(() => {
      nodes.clear();
      edges.clear();
      nodes.add([...points].map(([id, point_]) => node(graph.entities[id], point_)));
      edges.add(bundled.flatMap((pair) => pair.map((edge, place) => line(edge, place, pair.length))));
    });
  }

  function node(entity, { x, y }) {
    const { shape, colour } = TYPES[entity.type];
    const ring = { background: colour, border: colours.ink };
    return {
      id: entity.id, x, y, shape,
      text: kgPlace.wrapped(entity.label),
      size: kgPlace.radius(entity) * swollen,
      borderWidth: 1, borderWidthSelected: 3,
      color: { background: colour, border: colours.paper, highlight: ring, hover: ring },
      opacity: 1,
    };
  }

  // vis-network takes an update's colour whole, so it is given in full.
  function lineColour(status, bright) {
    const colour = colours[status];
    return { color: colour, highlight: colour, hover: colour, inherit: false, opacity: bright ? 1 : 0.16 };
  }

  /** Edges by pair of ends; where a pair has a crowd of them, one for each direction and status. */
  function bundles(shown) {
    const pairs = new Map();
    for (const { edge, statements } of shown) {
      const key = Math.min(edge.from, edge.to) + " " + Math.max(edge.from, edge.to);
      if (!pairs.has(key)) pairs.set(key, []);
      pairs.get(key).push({ id: edge.id, from: edge.from, to: edge.to, status: edge.status, labels: [edge.label], statements });
    }
    return [...pairs.values()].map((pair) => (pair.length > CROWD ? merged(pair) : pair));
  }

  function merged(pair) {
    const alike = new Map();
    for (const edge of pair) {
      const first = alike.get(edge.from + edge.status);
      if (!first) alike.set(edge.from + edge.status, edge);
      else {
        first.labels.push(...edge.labels);
        first.statements = [...first.statements, ...edge.statements];
      }
    }
    return [...alike.values()];
  }

  function line(edge, place, many) {
    const more = edge.labels.length > 1 ? ` +${edge.labels.length - 1}` : "";
    return {
      id: edge.id, from: edge.from, to: edge.to,
      statements: edge.statements, status: edge.status,
      text: (edge.status === "denied" ? denied(shortened(edge.labels[0])) : shortened(edge.labels[0])) + more,
      dashes: DASHES[edge.status],
      width: edge.status === "stated" ? 1.3 : 1.8,
      smooth: bend(edge, place - (many - 1) / 2),
      selfReference: { size: 22, angle: Math.PI / 4 + place * 1.2 },
      color: lineColour(edge.status, true),
    };
  }

  /** A denial says "not" on the line itself, once: some relations bring their own. */
  function denied(label) {
    return "✕ " + (NEGATED.test(label) ? label : "not " + label);
  }

  function shortened(label) {
    return label.length > 26 ? label.slice(0, 25) + "…" : label;
  }

  /** Parallel edges fan out: the n-th to one side, whichever way each of them points. */
  function bend(edge, steps) {
    if (steps === 0 || edge.from === edge.to) return false;
    const clockwise = (steps > 0) === (edge.from < edge.to);
    return { enabled: true, type: clockwise ? "curvedCW" : "curvedCCW", roundness: Math.abs(steps) * BEND };
  }

  /** Everything but these fades; null brings all back. */
  function spotlight(keptNodes, keptEdges) {
    nodes.update(nodes.map(({ id }) => ({ id, opacity: !keptNodes || keptNodes.has(id) ? 1 : 0.25 })));
    edges.update(edges.map(({ id, status }) => ({ id, color: lineColour(status, !keptEdges || keptEdges.has(id)) })));
    kgLabels.spotlight(keptNodes, keptEdges);
  }

  /** A point of an edge as it is drawn, 0..1 from its start; a loop has the one at its far side. */
  function point(net, edge, along) {
    const { from, edgeType } = net.body.edges[edge.id];
    if (edge.from !== edge.to) return edgeType.getPoint(along);
    const { size, angle } = edge.selfReference;
    const far = size * 2 + from.options.size * 0.5;
    return { x: from.x + far * Math.cos(angle), y: from.y - far * Math.sin(angle) };
  }

  function colour(name) {
    return colours[name];
  }

  return { open, theme, draw, spotlight, point, colour, nodes, edges };
})();
