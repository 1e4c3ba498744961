"use strict";
// What is in the picture: on the map, those who fit at this scale and place; in a scene, those it is about.

const kgScene = (() => {
  const MOST = 320; // entities drawn at once on the map
  const MARGIN = 0.35; // of the window, drawn around it
  const NAMES = { across: 150, down: 120, share: 0.25 }; // px kept free at the rims for the names of what stands there, and the most of the window
  const NARROW = 600; // px of a window that has no room for all of the first picture

  let graph;
  let network;
  let canvas;
  let state;
  let passes; // statement -> whether the filters let it through
  let everybody; // whether the filters leave each entity a statement, whoever is hidden: then the picture is that of the file
  let candidates; // entities with a statement that passes, foremost first
  let first; // of the candidates, whom the picture is about from afar
  let at; // scale -> entities that are there
  let map; // id -> {x, y}: the places of the file, and those the reader gave
  let scene = null; // of another picture than the map: {ids, places, more, way}
  let drawn = { points: new Map(), bundles: [], scale: 0 };

  function start(wholeGraph, net, element) {
    graph = wholeGraph;
    network = net;
    canvas = element;
  }

  /** Take over a state; whether the entities of the picture are others now. */
  function take(next, before) {
    const same = (...keys) => before && keys.every((key) => next[key] === before[key]);
    state = next;
    const filtered = !same("off", "types", "relation", "document", "score", "from", "to", "undated", "hidden");
    const moved = !same("pinned");
    if (filtered) {
      passes = kgData.filter(graph, state);
      const told = (by) => graph.linked.filter(({ own }) => own.some((n) => by(graph.statements[n])));
      everybody = told(kgData.filter(graph, { ...state, hidden: [] })).length === graph.linked.length;
      candidates = told(passes).map(({ id }) => id);
    }
    if (filtered || moved) {
      map = new Map(graph.linked.map(({ id, x, y }) => [id, { x, y }]));
      first = everybody ? graph.opening.filter((id) => candidates.includes(id)) : kgOpening.of(graph, candidates, passes);
      if (!everybody && first.length) for (const [id, point] of kgOpening.placed(graph, first, map, passes)) map.set(id, point);
      for (const [id, [x, y]] of Object.entries(state.pinned)) map.set(Number(id), { x, y });
      at = levels();
    }
    if (filtered || !same("scene")) scene = state.scene ? apart() : null;
    return !same("scene") || filtered;
  }

  /** The first picture at the scale that shows it whole, where the window has room; more from there on. */
  function levels() {
    const ordered = [...new Set([...first, ...candidates])];
    const room = canvas.clientWidth < NARROW ? 1 : first.length;
    return kgLevels.of(graph, ordered, map, { first: room, most: first.length, start: whole().scale });
  }

  /** The window has another size. */
  function resized() {
    at = levels();
  }

  function whole() {
    return fitting(first.map((id) => map.get(id)));
  }

  /** The entities of a neighbourhood or a path, with places of their own. */
  function apart() {
    const { focus, steps, path } = state.scene;
    const way = path && kgData.path(graph, ...path, passes);
    const found = path ? { ids: way ?? path, more: 0 } : kgData.around(graph, focus, steps, passes);
    const known = new Map(found.ids.slice(0, 1).map((id) => [id, { x: 0, y: 0 }]));
    if (path) found.ids.forEach((id, turn) => known.set(id, { x: turn * 210, y: turn % 2 ? 60 : 0 }));
    const places = new Map([...known, ...kgPlace.place(graph, found.ids, known, (id) => kgData.neighbours(graph, id, passes))]);
    return { ...found, places, way };
  }

  function ids(scale) {
    if (scene) return scene.ids.filter((id) => !state.hidden.includes(id));
    const { low, high } = window_();
    const inside = (id) => {
      const { x, y } = map.get(id);
      return x > low.x && x < high.x && y > low.y && y < high.y;
    };
    const wanted = new Set(at(scale).filter(inside).slice(0, MOST));
    const asked = [...state.asked, ...Object.keys(state.pinned).map(Number), ...chosen()];
    for (const id of asked) if (!state.hidden.includes(id)) wanted.add(id);
    for (const id of company(scale, wanted)) wanted.add(id);
    return [...wanted];
  }

  /** The chosen entity or pair: in the picture at any scale. */
  function chosen() {
    if (state.chosen?.pair !== undefined) return [graph.pairs[state.chosen.pair].left, graph.pairs[state.chosen.pair].right];
    return state.chosen?.entity === undefined ? [] : [state.chosen.entity];
  }

  /** The foremost neighbours of the chosen entity whose symbols lie on nobody's. */
  function company(scale, there) {
    if (state.chosen?.entity === undefined) return [];
    const near = kgData.neighbours(graph, state.chosen.entity, passes).slice(0, kgData.FOREMOST);
    const size = (id) => kgPlace.radius(graph.entities[id]) + 2;
    const taken = [...there].filter((id) => map.has(id)).map((id) => ({ ...map.get(id), size: size(id) }));
    return near.filter((id) => {
      if (there.has(id) || state.hidden.includes(id)) return false;
      const { x, y } = map.get(id);
      if (taken.some((other) => Math.hypot(other.x - x, other.y - y) * scale < other.size + size(id))) return false;
      taken.push({ x, y, size: size(id) });
      return true;
    });
  }

  /** The part of the plane that is drawn. */
  function window_() {
    const { clientWidth: wide, clientHeight: high } = canvas;
    return {
      low: network.DOMtoCanvas({ x: -wide * MARGIN, y: -high * MARGIN }),
      high: network.DOMtoCanvas({ x: wide * (1 + MARGIN), y: high * (1 + MARGIN) }),
    };
  }

  /** Places of what is drawn; what has none, such as a mere place, gets one beside what it is linked to. */
  function placed(wanted) {
    const known = scene ? scene.places : map;
    const missing = wanted.filter((id) => !known.has(id));
    if (missing.length) {
      const near = new Map(wanted.filter((id) => known.has(id)).slice(0, 200).map((id) => [id, known.get(id)]));
      const around = [...near.keys(), ...missing];
      for (const [id, point] of kgPlace.place(graph, around, near, links)) known.set(id, point);
    }
    return new Map(wanted.map((id) => [id, known.get(id)]));
  }

  /** With whom a mere place or source belongs: the ends of the statements that name it. */
  function links(id) {
    return graph.entities[id].named.flatMap((n) => kgData.ends(graph.statements[n]));
  }

  /** Draw what belongs into the picture as it is now; cheap where nothing has changed. */
  function draw({ anew = false } = {}) {
    const scale = network.getScale();
    const wanted = ids(scale);
    const sized = scale / drawn.scale < 1.2 && drawn.scale / scale < 1.2;
    if (!anew && sized && wanted.length === drawn.points.size && wanted.every((id) => drawn.points.has(id))) return false;
    const points = placed(wanted);
    const bundles = bundled(points);
    drawn = { points, bundles, scale: !anew && sized ? drawn.scale : scale };
    kgBackdrop.show(graph, points, scene ? [] : candidates.filter((id) => !points.has(id)).map((id) => map.get(id)), !scene);
    kgCanvas.draw(points, bundles, drawn.scale, new Set(Object.keys(state.pinned).map(Number)), lit());
    select();
    return true;
  }

  /** Statements that pass between two in the picture, one bundle for each status. */
  function bundled(points) {
    const found = [];
    for (const id of points.keys()) {
      for (const [other, pair] of graph.entities[id].pairs) {
        if (id !== pair.left || !points.has(other)) continue;
        const alike = new Map();
        for (const n of pair.statements) {
          const { status } = graph.statements[n];
          if (!passes(graph.statements[n])) continue;
          if (!alike.has(status)) alike.set(status, []);
          alike.get(status).push(n);
        }
        const told = Object.keys(STATUSES).filter((status) => alike.has(status));
        told.forEach((status, place) => found.push(bundle(pair, status, alike.get(status), place, told.length)));
      }
    }
    return found;
  }

  function bundle(pair, status, statements, place, many) {
    const onward = statements.some((n) => graph.statements[n].from === pair.left);
    const back = statements.some((n) => graph.statements[n].from === pair.right);
    const [from, to] = onward ? [pair.left, pair.right] : [pair.right, pair.left];
    return { id: `${pair.id} ${status}`, pair: pair.id, from, to, both: onward && back && from !== to, status, statements, place, many };
  }

  /** What is not faded while something is chosen; null for everything. */
  function lit() {
    const { chosen } = state;
    if (chosen?.entity !== undefined && drawn.points.has(chosen.entity)) {
      const touching = drawn.bundles.filter(({ from, to }) => from === chosen.entity || to === chosen.entity);
      return { nodes: new Set([chosen.entity, ...touching.flatMap(({ from, to }) => [from, to])]), edges: new Set(touching.map(({ id }) => id)) };
    }
    const one = chosen?.pair === undefined ? null : drawn.bundles.find(({ id }) => id === `${chosen.pair} ${chosen.status}`);
    return one ? { nodes: new Set([one.from, one.to]), edges: new Set([one.id]) } : null;
  }

  function select() {
    const { chosen } = state;
    const line = chosen?.pair === undefined ? null : `${chosen.pair} ${chosen.status}`;
    const nodes = chosen?.entity !== undefined && drawn.points.has(chosen.entity) ? [chosen.entity] : [];
    network.setSelection({ nodes, edges: line && kgCanvas.edges.get(line) ? [line] : [] });
  }

  /** The camera that shows points: {position, scale}. */
  function fitting(points) {
    const { left, right, top, bottom } = kgPlace.extent(points);
    const room = (all, names) => Math.max(60, all - Math.min(names, all * NAMES.share));
    const wide = room(canvas.clientWidth, NAMES.across) / (right - left || 1);
    const high = room(canvas.clientHeight, NAMES.down) / (bottom - top || 1);
    return { position: { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) }, scale: Math.max(0.004, Math.min(wide, high, 1.15)) };
  }

  /** The camera for the whole of the present picture. */
  function overview() {
    return scene ? fitting([...scene.places.values()]) : whole();
  }

  /** Statements whose ends are in the picture and that pass; or all that pass. */
  function statements(all) {
    const { points } = drawn;
    const shown = scene ? new Set(scene.ids) : points;
    return graph.statements.filter((each) => passes(each) && (all || kgData.ends(each).every((end) => shown.has(end))));
  }

  return {
    start, take, draw, resized, overview, fitting, statements,
    passes: (statement) => passes(statement),
    place: (id) => (scene ? scene.places : map).get(id),
    drawn: () => drawn, candidates: () => candidates, scene: () => scene,
  };
})();
