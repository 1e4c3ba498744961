"use strict";
// The visible part as files: Turtle, CSV, PNG, SVG.

const kgPicture = (() => {
  const { el } = kgParts;
  let graph;
  let network;
  let canvas;
  let title;

  function start(wholeGraph, net, element, heading) {
    graph = wholeGraph;
    network = net;
    canvas = element;
    title = heading;
  }

  const SHAPES = {
    Turtle: async () => ["graph-part.ttl", kgTurtle.turtle(graph, kgTable.statements(), kgTexts.words), "text/turtle"],
    CSV: async () => ["graph-part.csv", kgSave.csv(graph, kgTable.statements(), kgTexts.words), "text/csv"],
    SVG: async () => ["graph.svg", kgSave.svg(picture()), "image/svg+xml"],
    PNG: async () => ["graph.png", await kgSave.png(canvas.querySelector("canvas"), kgCanvas.colour("paper"), legend()), "image/png"],
  };

  /** A button for each kind of file. */
  function buttons(box, done) {
    const save = async (kind) => {
      await kgTexts.ready();
      kgSave.download(...(await SHAPES[kind]()));
      done();
    };
    box.replaceChildren(...Object.keys(SHAPES).map((kind) => el("button", { type: "button", onclick: () => save(kind) }, kind)));
  }

  function legend() {
    return Object.entries(STATUSES).map(([status, label]) => ({ label, colour: kgCanvas.colour(status), dashes: DASHES[status] || null }));
  }

  /** What is on the canvas, in pixels of the window. */
  function picture() {
    const scale = network.getScale();
    const at = (point) => network.canvasToDOM(point);
    const body = (id) => network.body.nodes[id];
    const lines = kgCanvas.edges.get().map((edge) => {
      const [a, b] = [at(body(edge.from)), at(body(edge.to))];
      return {
        x1: a.x, y1: a.y, x2: b.x, y2: b.y, bend: edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? -1 : 1) : 0,
        colour: kgCanvas.colour(edge.status), width: edge.width * scale, dashes: DASHES[edge.status] || null, arrowTo: true, arrowFrom: Boolean(edge.arrows.from.enabled), label: null,
      };
    });
    const symbols = kgCanvas.nodes.get().map((node) => {
      const { x, y } = at(body(node.id));
      return { x, y, r: node.size * scale, shape: node.shape, colour: node.color.background, border: node.color.border };
    });
    const names = kgLabels.placed().map(({ x, y, ...rest }) => ({ ...rest, ...at({ x, y }) }));
    return {
      width: canvas.clientWidth, height: canvas.clientHeight, paper: kgCanvas.colour("paper"), ink: kgCanvas.colour("ink"),
      title, note: document.getElementById("count").textContent, lines, symbols, names, legend: legend(),
    };
  }

  return { start, buttons, picture };
})();
