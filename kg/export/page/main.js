"use strict";
// What is shown and why: the foremost entities that pass the filters, and those the reader asked for.

(() => {
  const element = (id) => document.getElementById(id);
  const asJson = (id) => JSON.parse(element(id).textContent);
  const state = {
    filter: kgData.everything(),
    asked: new Set(), // entities brought in by search or expansion
    places: new Map(), // id -> {x, y}: where the file, the reader or place.js put it
    points: new Map(), // what is drawn
    shown: 0, // statements shown
    whole: false,
    chosen: null, // {entity} or {edge}
  };
  const NAMES = { across: 150, down: 110 }; // px kept free at the rims for the names of what stands there
  let graph;
  let network;

  function keeps(statement) {
    return kgData.passes(graph, statement, state.filter);
  }

  function remember() {
    if (state.whole) return;
    for (const [id, point] of Object.entries(network.getPositions())) state.places.set(Number(id), point);
  }

  function refresh({ fit = false } = {}) {
    const limit = state.whole || graph.entities.length <= graph.opening ? Infinity : graph.opening;
    const ids = [...new Set([...kgData.foremost(graph, state.filter, limit), ...state.asked])];
    const known = state.whole ? wholePlaces() : state.places;
    for (const [id, point] of kgPlace.place(graph, ids, known)) known.set(id, point);
    state.points = new Map(ids.map((id) => [id, known.get(id)]));
    const edges = graph.edges
      .filter((edge) => state.points.has(edge.from) && state.points.has(edge.to))
      .map((edge) => ({ edge, statements: edge.statements.filter((number) => keeps(graph.statements[number])) }))
      .filter(({ statements }) => statements.length);
    kgCanvas.draw(state.points, edges);
    count();
    select(state.chosen);
    if (fit) fitAll();
  }

  function wholePlaces() {
    return new Map(graph.entities.filter((entity) => entity.whole).map(({ id, whole: [x, y] }) => [id, { x, y }]));
  }

  function count() {
    const visible = graph.statements.filter((statement) => keeps(statement) && kgData.ends(statement).every((end) => state.points.has(end)));
    state.shown = visible.length;
    const entities = state.points.size;
    const total = graph.entities.filter((entity) => entity.degree).length;
    const of = (part, whole, ...words) => (part < whole ? `${part.toLocaleString("en")} of ` : "") + kgPanel.plural(whole, ...words);
    element("count").textContent = `${of(entities, Math.max(total, entities), "entity", "entities")}, ${of(state.shown, graph.statements.length, "statement")} shown`;
    const message = element("message");
    message.hidden = entities > 0;
    message.textContent = graph.statements.length
      ? "Nothing passes these filters.\nPress Reset to see everything again."
      : "There are no statements to draw yet.\nBuild a graph from some documents and this page will show it.";
  }

  /** Mark and explain an entity or an edge; null goes back to the beginning. */
  function select(chosen) {
    state.chosen = chosen;
    if (chosen?.entity !== undefined && state.points.has(chosen.entity)) {
      const id = chosen.entity;
      const lines = network.getConnectedEdges(id);
      network.setSelection({ nodes: [id], edges: [] });
      kgCanvas.spotlight(new Set([id, ...network.getConnectedNodes(id)]), new Set(lines));
      const hidden = kgData.neighbours(graph, id).filter((other) => !state.points.has(other));
      kgPanel.entity(id, keeps, hidden.length, () => expand(id));
    } else if (chosen?.edge !== undefined && kgCanvas.edges.get(chosen.edge)) {
      const { from, to, statements } = kgCanvas.edges.get(chosen.edge);
      network.setSelection({ nodes: [], edges: [chosen.edge] });
      kgCanvas.spotlight(new Set([from, to]), new Set([chosen.edge]));
      kgPanel.edge(statements);
    } else {
      state.chosen = null;
      network.unselectAll();
      if (kgCanvas.nodes.length) kgCanvas.spotlight(null, null);
      kgPanel.welcome();
    }
  }

  /** Choose an entity from the panel or the search: bring it in where it is not drawn, and go there. */
  function visit(id) {
    if (!state.points.has(id)) {
      remember();
      state.asked.add(id);
      refresh();
    }
    select({ entity: id });
    network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: glide() });
    element("panel").focus({ preventScroll: true });
  }

  /** Bring in the neighbours of an entity, those with most statements first. */
  function expand(id) {
    remember();
    const hidden = kgData.neighbours(graph, id).filter((other) => !state.points.has(other));
    for (const other of hidden.slice(0, 40)) state.asked.add(other);
    if (hidden.length) refresh();
    select({ entity: id });
    const around = [id, ...network.getConnectedNodes(id)];
    if (hidden.length) network.fit({ nodes: around, maxZoomLevel: 1, animation: glide() });
  }

  function glide() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350 };
  }

  function fitAll() {
    if (!state.points.size) return;
    const xs = [...state.points.values()].map(({ x }) => x);
    const ys = [...state.points.values()].map(({ y }) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = element("canvas");
    const wide = (clientWidth - NAMES.across) / (right - left || 1);
    const high = (clientHeight - NAMES.down) / (bottom - top || 1);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({ position, scale: Math.max(0.02, Math.min(wide, high, 1.15)), animation: false });
  }

  function reset(clearBoxes) {
    Object.assign(state.filter, kgData.everything());
    clearBoxes();
    state.asked.clear();
    state.places = opening();
    state.chosen = null;
    state.whole = false;
    refresh({ fit: true });
  }

  function opening() {
    return new Map(graph.entities.slice(0, graph.opening).map(({ id, x, y }) => [id, { x, y }]));
  }

  function listen(clearBoxes) {
    network.on("click", ({ nodes, edges }) => {
      if (nodes.length) select({ entity: nodes[0] });
      else if (edges.length) select({ edge: edges[0] });
      else select(null);
    });
    network.on("doubleClick", ({ nodes }) => nodes.length && expand(nodes[0]));
    network.on("dragEnd", ({ nodes }) => nodes.length && remember());
    element("fit").addEventListener("click", fitAll);
    element("reset").addEventListener("click", () => reset(clearBoxes));
    element("whole").addEventListener("click", () => {
      remember();
      state.whole = !state.whole;
      state.chosen = null;
      element("whole").textContent = state.whole ? "Show fewer" : "Show all";
      refresh({ fit: true });
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && event.target.id !== "search" && select(null));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      kgCanvas.theme();
      remember();
      refresh();
    });
  }

  /** A window for tests and the curious: reads, never writes. */
  function expose() {
    const at = ({ x, y }) => {
      const box = element("canvas").getBoundingClientRect();
      return { x: box.x + x, y: box.y + y };
    };
    window.kgView = Object.freeze({
      ready: performance.now(),
      counts: () => ({ entities: state.points.size, statements: state.shown, edges: kgCanvas.edges.length, allEntities: graph.entities.length, allStatements: graph.statements.length }),
      labels: () => [...state.points.keys()].map((id) => graph.entities[id].label),
      edges: () => kgCanvas.edges.map((edge) => ({
        from: graph.entities[edge.from].label, to: graph.entities[edge.to].label, label: edge.text, status: edge.status,
        dashed: Boolean(edge.dashes), bend: edge.smooth ? [edge.smooth.type, edge.smooth.roundness] : null,
        at: at(network.canvasToDOM(kgCanvas.point(network, edge, 0.5))),
      })),
      written: kgLabels.written,
      where: (label) => {
        const id = [...state.points.keys()].find((number) => graph.entities[number].label === label);
        return id === undefined ? null : at(network.canvasToDOM(network.getPositions([id])[id]));
      },
    });
  }

  async function start() {
    graph = await kgData.read(element("kg-data"));
    state.places = opening();
    network = kgCanvas.open(element("canvas"), asJson("kg-options"), graph);
    kgLabels.start(network);
    kgPanel.start(element("panel"), graph, visit);
    const clearBoxes = kgControls.filters(graph, state.filter, () => { remember(); refresh(); });
    kgControls.search(graph, visit);
    const partial = graph.entities.some((entity) => entity.degree && entity.x === undefined);
    element("whole").hidden = !graph.entities.some((entity) => entity.whole);
    element("hint").textContent = partial
      ? `The ${graph.opening} entities with most statements come first. Double-click one to bring in its neighbours; the search finds all.`
      : "Drag to move, scroll to zoom, click an entity or a line for its statements.";
    listen(clearBoxes);
    refresh({ fit: true });
    network.once("afterDrawing", expose);
    network.redraw();
  }

  start().catch((error) => {
    element("message").hidden = false;
    element("message").textContent = error.message;
    throw error;
  });
})();
