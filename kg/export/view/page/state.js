"use strict";
// What the reader has chosen, as one value that is never altered: so it can be undone and kept in the address.

const kgState = (() => {
  const DEEPEST = 200; // steps that can be undone
  const BEGINNING = Object.freeze({
    off: [], // statuses that are not shown
    types: [], // types of entities that are not shown
    relation: null, document: null, score: 0, // what else statements are filtered by
    from: null, to: null, undated: false, // days, as kg/export/view/times.py counts them
    scene: null, // {focus, steps} or {path: [from, to]}; null is the map
    asked: [], // entities brought in
    hidden: [], // entities put away
    pinned: {}, // id -> [x, y] where the reader put it
    chosen: null, // {entity} or {pair, status}
    reading: null, // {document, start, end}: the text that is open
    table: false,
  });
  let now = BEGINNING;
  let past = [];
  let future = [];
  let heard = () => {};

  function start(listener, first) {
    heard = listener;
    now = { ...BEGINNING, ...first };
  }

  /** Take over some values; `quiet` changes are no step to come back to: what is chosen, read, or open. */
  function change(values, { quiet = false } = {}) {
    const before = now;
    now = { ...now, ...values };
    if (!quiet) {
      past = [...past.slice(-DEEPEST), before];
      future = [];
    }
    heard(now, before);
  }

  function step(from, to) {
    if (!from.length) return;
    const before = now;
    to.push(before);
    now = { ...from.pop(), table: before.table };
    heard(now, before);
  }

  /** The address's part behind #, for a state and what the picture is centred on. */
  function written(graph, camera) {
    const name = (id) => graph.entities[id].name;
    const parts = new URLSearchParams();
    const set = (key, value) => value !== null && value !== "" && parts.set(key, value);
    set("off", now.off.join(" "));
    set("types", now.types.join(" "));
    if (now.relation !== null) set("relation", graph.relations[now.relation].lemma);
    if (now.document !== null) set("document", graph.documents[now.document].id);
    if (now.score) set("score", String(now.score));
    set("from", now.from);
    set("to", now.to);
    if (now.undated) set("undated", "yes");
    if (now.scene?.path) set("path", now.scene.path.map(name).join(" "));
    else if (now.scene) set("focus", `${name(now.scene.focus)} ${now.scene.steps}`);
    set("with", now.asked.map(name).join(" "));
    set("without", now.hidden.map(name).join(" "));
    set("pinned", Object.entries(now.pinned).map(([id, [x, y]]) => `${name(id)},${x},${y}`).join(" "));
    if (now.chosen?.entity !== undefined) set("entity", name(now.chosen.entity));
    if (now.chosen?.pair !== undefined) {
      const { left, right } = graph.pairs[now.chosen.pair];
      set("between", [name(left), name(right), now.chosen.status].join(" "));
    }
    if (now.reading) set("read", `${graph.documents[now.reading.document].id} ${now.reading.start} ${now.reading.end}`);
    if (now.table) set("table", "yes");
    if (camera) set("at", camera);
    return parts.toString();
  }

  /** The values that an address asks for; what it names and the graph does not have is left out. */
  function asked(graph, hash) {
    const parts = new URLSearchParams(hash.replace(/^#/, ""));
    const many = (key) => (parts.get(key) ?? "").split(" ").filter(Boolean);
    const entity = (name) => graph.byName.get(name);
    const entities = (key) => many(key).map(entity).filter((id) => id !== undefined);
    const place = (list, key, of) => {
      const found = parts.has(key) ? list.findIndex((each) => of(each) === parts.get(key)) : -1;
      return found < 0 ? null : found;
    };
    const number = (key) => (/^-?\d+(\.\d+)?$/.test(parts.get(key) ?? "") ? Number(parts.get(key)) : null);
    const pinned = many("pinned").map((each) => /^(.*),(-?\d+),(-?\d+)$/.exec(each)?.slice(1) ?? []).filter(([name]) => entity(name) !== undefined);
    const values = {
      off: many("off").filter((each) => Object.hasOwn(STATUSES, each)), types: many("types").filter((each) => Object.hasOwn(TYPES, each)),
      relation: place(graph.relations, "relation", (each) => each.lemma),
      document: place(graph.documents, "document", (each) => each.id),
      score: number("score") ?? 0, from: number("from"), to: number("to"), undated: parts.has("undated"),
      asked: entities("with"), hidden: entities("without"),
      pinned: Object.fromEntries(pinned.map(([name, x, y]) => [entity(name), [+x, +y]])),
      scene: scene(many, entities, entity), chosen: chosen(graph, entities), table: parts.has("table"), reading: null,
    };
    const read = /^(.*) (\d+) (\d+)$/s.exec(parts.get("read") ?? "");
    const document_ = read ? graph.documents.findIndex(({ id }) => id === read[1]) : -1;
    if (document_ >= 0) values.reading = { document: document_, start: +read[2], end: +read[3] };
    return { values, camera: (parts.get("at") ?? "").split(" ").map(Number).filter(Number.isFinite) };

    function chosen(whole, found) {
      if (found("entity").length) return { entity: found("entity")[0] };
      const [left, right, status] = many("between");
      const pair = whole.entities[entity(left)]?.pairs.get(entity(right));
      return pair && Object.hasOwn(STATUSES, status) ? { pair: pair.id, status } : null;
    }
  }

  function scene(many, entities, entity) {
    const path = entities("path");
    if (path.length === 2) return { path };
    const [name, steps] = many("focus");
    return entity(name) === undefined ? null : { focus: entity(name), steps: Math.min(3, Math.max(1, Number(steps) || 1)) };
  }

  return {
    BEGINNING, start, change, written, asked,
    undo: () => step(past, future),
    redo: () => step(future, past),
    now: () => now,
    can: () => ({ undo: past.length > 0, redo: future.length > 0 }),
  };
})();
