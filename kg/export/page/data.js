"use strict";
// What the page knows: entities, statements and documents, and the questions the other parts ask of them.

const STATUSES = {
  stated: "Stated",
  hedged: "Hedged",
  claimed: "Claimed by others",
  denied: "Denied",
};

const kgData = (() => {
  async function read(element) {
    if (element.type === "application/json") return index(JSON.parse(element.textContent));
    if (typeof DecompressionStream === "undefined") {
      throw new Error("This browser is too old to unpack the graph. Any browser from 2023 or later can.");
    }
    const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return index(await new Response(stream).json());
  }

  function index(data) {
    const entities = data.nodes;
    const opening = entities.filter((entity) => entity.x !== undefined).length;
    for (const entity of entities) {
      entity.own = []; // statements with it as subject or object
      entity.named = []; // statements that name it as place, source or qualifier
      entity.edges = [];
      entity.keys = [entity.label, ...entity.aliases].map(folded);
    }
    data.statements.forEach((statement, number) => {
      statement.number = number;
      statement.documents = new Set(statement.evidence?.map(([quote]) => data.quotes[quote][0]));
      for (const end of ends(statement)) entities[end].own.push(number);
      for (const other of others(statement)) {
        if (!ends(statement).includes(other)) entities[other].named.push(number);
      }
    });
    for (const edge of data.edges) {
      for (const end of new Set([edge.from, edge.to])) entities[end].edges.push(edge);
    }
    return { ...data, entities, opening };
  }

  function ends(statement) {
    const { subject, object } = statement;
    return object === undefined || object === subject ? [subject] : [subject, object];
  }

  function others(statement) {
    const parts = [statement.place, statement.attribution, ...(statement.qualifiers ?? [])];
    return new Set(parts.filter((part) => part?.entity !== undefined).map((part) => part.entity));
  }

  /** Letters without accents and case, for comparing names. */
  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function everything() {
    return { statuses: new Set(Object.keys(STATUSES)), hidden: new Set(), relation: null, document: null };
  }

  function passes(graph, statement, filter) {
    return filter.statuses.has(statement.status)
      && (filter.relation === null || statement.relation === filter.relation)
      && (filter.document === null || statement.documents.has(filter.document))
      && ends(statement).every((end) => !filter.hidden.has(graph.entities[end].type));
  }

  /** The `limit` entities with most statements among those that pass; ties keep the file's order. */
  function foremost(graph, filter, limit) {
    const degree = new Map();
    for (const statement of graph.statements) {
      if (!passes(graph, statement, filter)) continue;
      const { subject, object } = statement;
      degree.set(subject, (degree.get(subject) ?? 0) + 1);
      if (object !== undefined) degree.set(object, (degree.get(object) ?? 0) + 1);
    }
    const ranked = [...degree].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, limit).map(([id]) => id);
  }

  /** Up to `limit` entities whose name or alias holds every word of the query, best first. */
  function search(graph, query, limit) {
    const wanted = folded(query).trim();
    if (!wanted) return graph.entities.slice(0, limit);
    const words = wanted.split(/\s+/);
    const found = [];
    for (const entity of graph.entities) {
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

  function neighbours(graph, id) {
    const found = new Set(graph.entities[id].edges.map((edge) => (edge.from === id ? edge.to : edge.from)));
    found.delete(id);
    return [...found].sort((a, b) => a - b);
  }

  return { read, ends, everything, passes, foremost, search, neighbours };
})();
