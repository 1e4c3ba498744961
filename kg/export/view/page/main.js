"use strict";
// The page put together: a state, the picture and the panels that show it, and what the reader does to it.

(() => {
  const element = (id) => document.getElementById(id);
  const { el, plural } = kgParts;
  const TOUCH = 90; // ms of rest before the address is written
  const addressed = /^(file|https?):$/.test(location.protocol); // a page inside a notebook has no address
  let graph;
  let network;
  let showFilters;
  let kept = true; // whether the reader left the picture as a whole: then it is fitted again to another window or to other filters
  let waiting = 0;

  // ---- what is shown of a state

  function heard(now, before) {
    const other = kgScene.take(now, before);
    const sceneChanged = !before || now.scene !== before.scene;
    if (before && (sceneChanged || (other && kept))) overview();
    kgScene.draw({ anew: true });
    if (other || !before || ["chosen", "reading", "pinned", "hidden", "asked"].some((key) => now[key] !== before[key])) panel(now);
    showFilters(now);
    chrome(now);
    if (now.table) kgTable.show(element("table"));
    address();
  }

  function panel(now) {
    const { chosen, reading, scene } = now;
    if (reading) kgReader.show(element("panel"), graph, reading, { read, close: () => read(null) });
    else if (chosen?.entity !== undefined) entity(chosen.entity, now);
    else if (chosen) kgPanel.pair(chosen.pair, chosen.status, kgScene.passes);
    else if (scene?.path) kgPanel.path(kgScene.scene().way, scene.path, kgScene.passes);
    else kgPanel.welcome();
  }

  function entity(id, now) {
    const pinned = id in now.pinned;
    const near = (steps) => () => change({ scene: { focus: id, steps } });
    const focus = now.scene?.focus === id ? now.scene.steps : null;
    kgPanel.entity(id, kgScene.passes, [
      ["Neighbours", near(1), focus === 1], ["2 steps", near(2), focus === 2], ["3 steps", near(3), focus === 3],
      ["Path to…", () => target(id)],
      ["Pin", () => pin(id, !pinned), pinned],
      ["Hide", () => change({ hidden: [...now.hidden, id], chosen: null })],
    ]);
  }

  /** Ask for the other end of a path. */
  function target(id) {
    const input = el("input", { type: "search", placeholder: "to whom or what?", "aria-label": "Other end of the path" });
    const list = el("ul", { class: "found", role: "listbox", "aria-label": "Entities found", hidden: "" });
    element("path-to").replaceChildren(el("div", { class: "search" }, input, list));
    kgFinder.attach(graph, input, list, (other) => change({ scene: { path: [id, other] }, chosen: null }));
    input.focus();
  }

  function chrome(now) {
    const { points } = kgScene.drawn();
    const shown = kgScene.statements(false).length;
    const passing = kgScene.statements(true).length;
    const of = (part, whole, ...words) => (part < whole ? `${part.toLocaleString("en")} of ` : "") + plural(whole, ...words);
    const places = kgScene.candidates().length;
    const text = `${of(points.size, Math.max(points.size, places), "entity", "entities")}, ${of(shown, passing, "statement")}`;
    const filtered = passing < graph.statements.length ? ` that pass, of ${graph.statements.length.toLocaleString("en")}` : "";
    if (element("count").textContent !== text + filtered) element("count").textContent = text + filtered;
    const scene = kgScene.scene();
    element("back").hidden = !now.scene;
    element("scene").hidden = !now.scene;
    element("scene").textContent = now.scene ? told(now.scene, scene) : "";
    element("shown-again").hidden = !now.hidden.length;
    element("shown-again").textContent = `Show ${plural(now.hidden.length, "hidden entity", "hidden entities")}`;
    element("undo").disabled = !kgState.can().undo;
    element("redo").disabled = !kgState.can().redo;
    element("table").hidden = !now.table;
    element("show-table").setAttribute("aria-pressed", String(now.table));
    document.body.classList.toggle("with-table", now.table);
    const message = element("message");
    message.hidden = points.size > 0;
    message.textContent = graph.statements.length
      ? "Nothing passes these filters.\nPress Reset to see everything again."
      : "There are no statements to draw yet.\nBuild a graph from some documents and this page will show it.";
  }

  function told({ path, focus, steps }, { way, more }) {
    const name = (id) => graph.entities[id].label;
    if (path) return way ? `From ${name(path[0])} to ${name(path[1])}: ${plural(way.length - 1, "step")}` : `No path from ${name(path[0])} to ${name(path[1])}`;
    return `${name(focus)} and all within ${plural(steps, "step")}` + (more ? `; ${plural(more, "entity", "entities")} of less weight left out` : "");
  }

  // ---- what the reader does

  function change(values, options) {
    kgState.change(values, options);
  }

  function read(reading) {
    change({ reading }, { quiet: true });
  }

  function choose(chosen) {
    change({ chosen, reading: null }, { quiet: true });
  }

  /** Choose an entity from a panel or the search: bring it in where it is not drawn, and go there. */
  function visit(id) {
    const now = kgState.now();
    const there = kgScene.place(id) && !now.hidden.includes(id) && (!now.scene || kgScene.scene().ids.includes(id));
    change({
      chosen: { entity: id }, reading: null, hidden: now.hidden.filter((each) => each !== id),
      asked: now.asked.includes(id) ? now.asked : [...now.asked, id], scene: there ? now.scene : null,
    }, { quiet: there });
    const place = kgScene.drawn().points.get(id);
    if (place) move({ position: place, scale: Math.max(network.getScale(), 0.5) }, true);
    element("panel").focus({ preventScroll: true });
  }

  /** Bring in the neighbours of an entity to stay. */
  function expand(id) {
    const near = kgData.neighbours(graph, id, kgScene.passes).slice(0, kgData.FOREMOST);
    const asked = [...new Set([...kgState.now().asked, id, ...near])];
    change({ asked, chosen: { entity: id } });
    const { points } = kgScene.drawn();
    move(kgScene.fitting([id, ...near].filter((each) => points.has(each)).map((each) => points.get(each))), true);
  }

  function pin(id, on) {
    const { [id]: _, ...others } = kgState.now().pinned;
    const { x, y } = kgScene.drawn().points.get(id) ?? kgScene.place(id) ?? { x: 0, y: 0 };
    change({ pinned: on ? { ...others, [id]: [Math.round(x), Math.round(y)] } : others });
  }

  /** Entities that were dragged stay where they were put. */
  function dropped(ids) {
    const positions = network.getPositions(ids);
    if (kgState.now().scene) {
      for (const id of ids) Object.assign(kgScene.place(id), positions[id]);
      return;
    }
    const put = Object.fromEntries(ids.map((id) => [id, [Math.round(positions[id].x), Math.round(positions[id].y)]]));
    change({ pinned: { ...kgState.now().pinned, ...put } });
  }

  function reset() {
    change({ ...kgState.BEGINNING, table: kgState.now().table });
    overview();
    moved();
  }

  // ---- camera and address

  function move({ position, scale }, glide) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({ position, scale, animation: glide && !calm ? { duration: 300 } : false });
    kept = false;
  }

  /** Show the whole of the picture; as long as the reader does not move, it is kept so. */
  function overview() {
    move(kgScene.overview(), false);
    kept = true;
  }

  function fit() {
    overview();
    moved();
  }

  function camera({ position: { x, y }, scale }) {
    return `${Math.round(x)} ${Math.round(y)} ${scale.toPrecision(3)}`;
  }

  function seen() {
    return camera({ position: network.getViewPosition(), scale: network.getScale() });
  }

  /** After a move: who comes into view is drawn. */
  function moved() {
    kept &&= seen() === camera(kgScene.overview());
    if (kgScene.draw()) {
      chrome(kgState.now());
      if (kgState.now().table) kgTable.show(element("table"));
    }
    address();
  }

  function address() {
    if (!addressed) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const at = seen();
      const hash = kgState.written(graph, at === camera(kgScene.overview()) ? null : at); // the overview is what a bare address shows
      if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    }, TOUCH);
  }

  function follow() {
    const { values, camera: at } = kgState.asked(graph, location.hash);
    change({ ...kgState.BEGINNING, ...values });
    if (at.length === 3) move({ position: { x: at[0], y: at[1] }, scale: at[2] }, false);
    else overview();
    moved();
  }

  // ---- wiring

  function listen() {
    network.on("click", ({ nodes, edges }) => {
      if (nodes.length) choose({ entity: nodes[0] });
      else if (edges.length) choose(kgCanvas.edges.get(edges[0]) && { pair: Number(edges[0].split(" ")[0]), status: edges[0].split(" ")[1] });
      else choose(null);
    });
    network.on("doubleClick", ({ nodes }) => nodes.length && expand(nodes[0]));
    network.on("dragEnd", ({ nodes }) => (nodes.length ? dropped(nodes) : moved()));
    network.on("animationFinished", moved);
    let resting = 0;
    const soon = () => { clearTimeout(resting); resting = setTimeout(moved, 60); };
    for (const event of ["zoom", "keyrelease"]) network.on(event, soon);
    network.on("resize", () => {
      kgScene.resized();
      clearTimeout(resting);
      resting = setTimeout(kept ? fit : moved, 60); // vis-network moves its camera after it tells
    });
    element("canvas").addEventListener("keyup", soon);
    kgTips.start(graph, network, element("canvas"), element("tip"));
    const actions = {
      fit, reset, undo: kgState.undo, redo: kgState.redo, back: () => change({ scene: null }),
      "shown-again": () => change({ hidden: [] }), "show-table": () => change({ table: !kgState.now().table }, { quiet: true }),
    };
    for (const [id, act] of Object.entries(actions)) element(id).addEventListener("click", act);
    document.addEventListener("keydown", keys);
    window.addEventListener("hashchange", follow);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      kgCanvas.theme();
      kgScene.draw({ anew: true });
    });
  }

  function keys(event) {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox";
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      (event.shiftKey ? kgState.redo : kgState.undo)();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      element("search").focus();
    } else if (event.key === "Escape" && !typing) {
      if (kgState.now().reading) change({ reading: null }, { quiet: true });
      else choose(null);
    } else if ((event.key === "n" || event.key === "p") && event.target.closest("#canvas")) {
      const ids = [...kgScene.drawn().points.keys()].sort((a, b) => a - b);
      const step = event.key === "n" ? 1 : -1;
      const place = ids.indexOf(kgState.now().chosen?.entity ?? -1);
      if (ids.length) choose({ entity: ids[(Math.max(place, step > 0 ? -1 : 0) + step + ids.length) % ids.length] });
    }
  }

  async function start() {
    graph = await kgData.read(element("kg-data"));
    kgTexts.start(element("kg-texts"));
    const { values, camera: at } = kgState.asked(graph, addressed ? location.hash : "");
    element("table").hidden = !values.table; // now, for a picture that becomes smaller later is scaled with its frame
    network = kgCanvas.open(element("canvas"), JSON.parse(element("kg-options").textContent), graph);
    kgLabels.start(network);
    kgBackdrop.start(network);
    kgScene.start(graph, network, element("canvas"));
    kgParts.start(graph, { entity: visit, read });
    kgPanel.start(element("panel"), graph, read);
    kgTable.start(graph, { read, close: () => change({ table: false }, { quiet: true }) });
    kgPicture.start(graph, network, element("canvas"), document.title);
    kgPicture.buttons(element("files"), () => { element("save").open = false; });
    showFilters = kgControls.filters(graph, change);
    kgFinder.attach(graph, element("search"), element("suggestions"), visit);
    kgState.start(heard, values);
    kgScene.take(kgState.now(), null);
    overview();
    if (at.length === 3) move({ position: { x: at[0], y: at[1] }, scale: at[2] }, false);
    heard(kgState.now(), null);
    listen();
    network.once("afterDrawing", () => {
      kgWindow.open(graph, network, element("canvas"));
      setTimeout(() => kgTexts.ready(), 200);
    });
    network.redraw();
  }

  start().catch((error) => {
    element("message").hidden = false;
    element("message").textContent = error.message;
    throw error;
  });
})();
