"use strict";
// What the page knows: entities, statements and documents, and the questions the other parts ask of them.

const STATUSES = {
  asserted: "Asserted",
  possible: "Possible or planned",
  claimed: "Claimed by others",
  asked: "Asked or left open",
  denied: "Denied",
};

const kgData = (() => {
  const FOREMOST = 60; // neighbours that are brought in with an entity
  const STEPS = 150; // entities of a neighbourhood that is drawn

  /** The content of a data block: readable JSON, or deflated and in base64. */
  async function unpacked(element) {
    if (element.type === "application/json") return JSON.parse(element.textContent);
    if (typeof DecompressionStream === "undefined") {
      throw new Error("This browser is too old to unpack the graph. Any browser from 2023 or later can.");
    }
    const letters = atob(element.textContent);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at); // Uint8Array.from with a function takes thirty times as long
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }

  /** Columns as rows; what a row has no value for, it does not have. */
  function rows(columns) {
    const keys = Object.keys(columns);
    const many = keys.length ? columns[keys[0]].length : 0;
    const found = Array.from({ length: many }, () => ({}));
    for (const key of keys) {
      columns[key].forEach((value, place) => {
        if (value !== null) found[place][key] = value;
      });
    }
    return found;
  }

  async function read(element) {
    const data = await unpacked(element);
    const entities = rows(data.entities);
    for (const entity of entities) {
      entity.own = []; // statements with it as subject or object
      entity.named = []; // statements that name it as place, source or qualifier
      entity.pairs = new Map(); // other end -> pair
    }
    const statements = [...rows(data.edges), ...rows(data.literals)].sort((a, b) => a.n - b.n);
    const graph = { ...data, entities, statements, relations: rows(data.relations), documents: rows(data.documents), groups: rows(data.groups), pairs: [] };
    for (const statement of statements) link(graph, statement);
    graph.linked = entities.filter((entity) => entity.own.length);
    named(entities);
    graph.byName = new Map(entities.map(({ id, name }) => [name, id]));
    return graph;
  }

  function link(graph, statement) {
    const { entities } = graph;
    statement.documents = [...new Set(statement.evidence.map(([document_]) => document_))];
    const both = ends(statement);
    for (const end of both) entities[end].own.push(statement.n);
    for (const part of [statement.place, statement.attribution, ...(statement.qualifiers ?? [])]) {
      if (part?.entity === undefined || both.includes(part.entity)) continue;
      const { named } = entities[part.entity];
      if (named[named.length - 1] !== statement.n) named.push(statement.n);
    }
    if (statement.to === undefined) return;
    const { from, to } = statement;
    let pair = entities[from].pairs.get(to);
    if (!pair) {
      pair = { id: graph.pairs.length, left: Math.min(from, to), right: Math.max(from, to), statements: [] };
      graph.pairs.push(pair);
      entities[from].pairs.set(to, pair);
      entities[to].pairs.set(from, pair);
    }
    pair.statements.push(statement.n);
  }

  /** Give each entity a name for addresses: the last part of its IRI, or all of it where others end so as well. */
  function named(entities) {
    const last = ({ iri }) => iri.slice(iri.lastIndexOf("/") + 1);
    const counts = new Map();
    for (const entity of entities) counts.set(last(entity), (counts.get(last(entity)) ?? 0) + 1);
    for (const entity of entities) entity.name = counts.get(last(entity)) > 1 ? entity.iri : last(entity);
  }

  function ends({ from, to }) {
    return to === undefined || to === from ? [from] : [from, to];
  }

  /** Letters without accents and case, for comparing names. */
  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /** A test of statements for what a state filters. */
  function filter(graph, state) {
    const off = new Set(state.off);
    const types = new Set(state.types);
    const hidden = new Set(state.hidden);
    const bare = state.from === null && state.to === null;
    const shows = (end) => !hidden.has(end) && !types.has(graph.entities[end].type);
    return (statement) => !off.has(statement.status)
      && (state.relation === null || statement.relation === state.relation)
      && (state.document === null || statement.documents.includes(state.document))
      && (statement.score ?? 1) >= state.score
      && (bare || within(statement.days, state))
      && shows(statement.from) && (statement.to === undefined || shows(statement.to));
  }

  /** Whether what holds from a first to a last day touches the chosen days. */
  function within(days, { from, to, undated }) {
    if (!days) return undated;
    return (to === null || days[0] === null || days[0] <= to) && (from === null || days[1] === null || days[1] >= from);
  }

  /** Up to `limit` entities whose name or alias holds every word of the query, best first. */
  function search(graph, query, limit) {
    const wanted = folded(query).trim();
    if (!wanted) return graph.entities.slice(0, limit);
    const words = wanted.split(/\s+/);
    const found = [];
    for (const entity of graph.entities) {
      entity.keys ??= [entity.label, ...(entity.aliases ?? [])].map(folded);
      let best = 9;
      entity.keys.forEach((key, place) => {
        if (!words.every((word) => key.includes(word))) return;
        const at = key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(" " + wanted) ? 2 : 3;
        best = Math.min(best, at + (place ? 0.5 : 0));
      });
      if (best < 9) found.push([best, entity]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1].id - b[1].id);
    return found.slice(0, limit).map(([, entity]) => entity);
  }

  /** The other ends of statements of an entity that pass, foremost first. */
  function neighbours(graph, id, passes) {
    const found = [];
    for (const [other, pair] of graph.entities[id].pairs) {
      if (other !== id && pair.statements.some((n) => passes(graph.statements[n]))) found.push(other);
    }
    return found.sort((a, b) => a - b);
  }

  /** Entities within so many steps, nearest and foremost first: {ids, more: how many are left out}. */
  function around(graph, id, steps, passes) {
    const ids = [id];
    const seen = new Set(ids);
    let rim = ids;
    for (let step = 0; step < steps; step += 1) {
      const next = new Set(rim.flatMap((each) => neighbours(graph, each, passes)).filter((other) => !seen.has(other)));
      rim = [...next].sort((a, b) => a - b);
      for (const each of rim) seen.add(each);
      ids.push(...rim);
    }
    return { ids: ids.slice(0, STEPS), more: Math.max(0, ids.length - STEPS) };
  }

  /** A shortest way between two entities, over statements that pass, whichever way they point; null for none. */
  function path(graph, from, to, passes) {
    const before = new Map([[from, null]]);
    let rim = [from];
    while (rim.length && !before.has(to)) {
      const next = [];
      for (const each of rim) {
        for (const other of neighbours(graph, each, passes)) {
          if (before.has(other)) continue;
          before.set(other, each);
          next.push(other);
        }
      }
      rim = next.sort((a, b) => a - b);
    }
    if (!before.has(to)) return null;
    const way = [];
    for (let each = to; each !== null; each = before.get(each)) way.unshift(each);
    return way;
  }

  return { FOREMOST, unpacked, read, ends, filter, search, neighbours, around, path };
})();
