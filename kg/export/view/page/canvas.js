"use strict";
// The picture: entities and bundles of statements as vis-network draws them, in the colours of the page.

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

// Lengths of line and gap on the screen; with the words on the line they tell statuses apart without colour.
const DASHES = { asserted: false, possible: [9, 5], claimed: [2, 4], asked: [9, 4, 2, 4], denied: [14, 4, 4, 4] };

const NEGATED = /\b(not|never|no|cannot)\b|n['’]t\b/i;

const kgCanvas = (() => {
  const BEND = 0.16; // roundness between neighbouring parallel edges
  const WIDTHS = { asserted: 1.2, possible: 1.7, claimed: 2.1, asked: 1.7, denied: 2.1 }; // px on the screen
  const MARKS = { denied: "✕ ", asked: "? " };
  const WORDS = 26; // letters of a relation on its line

  let graph;
  let network;
  let colours;
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();

  function open(container, options, wholeGraph) {
    graph = wholeGraph;
    theme();
    network = new vis.Network(container, { nodes, edges }, options);
    const { frame } = network.canvas; // the element that hears vis-network's keys is the one to reach and to name
    for (const name of ["tabindex", "role", "aria-roledescription", "aria-label"]) {
      frame.setAttribute(name, container.getAttribute(name));
      container.removeAttribute(name);
    }
    return network;
  }

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const names = ["paper", "ink", "soft", "accent", "mass", "region", ...Object.keys(STATUSES)];
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  }

  /** Draw these entities (id -> {x, y}) and bundles, as large as they shall be at `scale`; `lit` are not faded. */
  function draw(points, bundles, scale, pinned, lit) {
    kgLabels.hold(() => {
      replace(nodes, [...points].map(([id, point_]) => node(graph.entities[id], point_, scale, pinned.has(id), !lit || lit.nodes.has(id))));
      replace(edges, bundles.map((bundle) => line(bundle, scale, !lit || lit.edges.has(bundle.id))));
    });
    kgLabels.spotlight(lit?.nodes ?? null, lit?.edges ?? null);
  }

  /** Make a vis.DataSet hold these items: what is gone is removed, what is new added, the rest updated. */
  function replace(set, items) {
    const ids = new Set(items.map(({ id }) => id));
    const gone = set.getIds().filter((id) => !ids.has(id));
    if (gone.length) set.remove(gone);
    if (items.length) set.update(items);
  }

  function node(entity, { x, y }, scale, pinned, bright) {
    const { shape, colour: fill } = TYPES[entity.type];
    const ring = { background: fill, border: colours.ink };
    return {
      id: entity.id, x, y, shape,
      text: kgPlace.wrapped(entity.label),
      size: kgPlace.radius(entity) / scale,
      borderWidth: pinned ? 2.5 : 1, borderWidthSelected: 3, // vis-network draws these as wide at any scale
      color: { background: fill, border: pinned ? colours.ink : colours.paper, highlight: ring, hover: ring },
      opacity: bright ? 1 : 0.25,
    };
  }

  // vis-network takes an update's colour whole, so it is given in full.
  function lineColour(status, bright) {
    const shade = colours[status];
    return { color: shade, highlight: shade, hover: shade, inherit: false, opacity: bright ? 1 : 0.14 };
  }

  function line(bundle, scale, bright) {
    const { id, from, to, both, status, statements, place, many } = bundle;
    const dashes = DASHES[status];
    const loop = from === to;
    const head = { enabled: !loop, scaleFactor: 0.5 / scale };
    const width = (WIDTHS[status] + Math.min(2.4, Math.log2(statements.length) * 0.6)) / scale;
    return {
      id, from, to, status, statements, text: words(bundle), width,
      dashes: dashes && dashes.map((length) => length / scale),
      arrows: { to: head, from: both ? head : { enabled: false } },
      smooth: bend(bundle, place - (many - 1) / 2),
      // vis-network centres a loop on the rim of its symbol: one of twice the symbol's radius would not touch it.
      selfReference: { size: Math.min(20, 1.6 * kgPlace.radius(graph.entities[from])) / scale, angle: Math.PI / 4 + place * 1.2, renderBehindTheNode: true },
      selectionWidth: 2 / scale, hoverWidth: 1 / scale,
      color: lineColour(status, bright),
    };
  }

  /** What stands on a line: the first relation, how many more, and for a denial a "not", once. */
  function words({ status, statements }) {
    const { label } = graph.statements[statements[0]];
    const short = label.length > WORDS ? label.slice(0, WORDS - 1) + "…" : label;
    const said = status === "denied" && !NEGATED.test(short) ? "not " + short : short;
    return (MARKS[status] ?? "") + said + (statements.length > 1 ? ` +${statements.length - 1}` : "");
  }

  /** Parallel edges fan out: the n-th to one side, whichever way each of them points. */
  function bend({ from, to }, steps) {
    if (steps === 0 || from === to) return false;
    const clockwise = (steps > 0) === (from < to);
    return { enabled: true, type: clockwise ? "curvedCW" : "curvedCCW", roundness: Math.abs(steps) * BEND };
  }

  /** A point of an edge as it is drawn, 0..1 from its start; a loop has the one at its far side. */
  function point(net, edge, along) {
    const { from, edgeType } = net.body.edges[edge.id];
    if (edge.from !== edge.to) return edgeType.getPoint(along);
    const { size, angle } = edge.selfReference;
    const far = size + from.options.size;
    return { x: from.x + far * Math.cos(angle), y: from.y - far * Math.sin(angle) };
  }

  function colour(name) {
    return colours[name];
  }

  return { open, theme, draw, point, colour, nodes, edges };
})();
