"use strict";
// The panel: an entity, or what is said between two, by relation, each statement with its quotes.

const kgPanel = (() => {
  const DOCUMENTS = 12; // of the list before "show more"
  const FIRST = 40; // statements of a group before "show more"
  const { el, plural, symbol, stroke, link, literal, named, sentence, article, key } = kgParts;
  let graph;
  let panel;
  let read; // shows a place of a document

  function start(element, wholeGraph, reader) {
    panel = element;
    graph = wholeGraph;
    read = reader;
  }

  function show(...children) {
    panel.replaceChildren(...children.flat(Infinity).filter(Boolean));
    panel.scrollTop = 0;
  }

  /** A button that brings the rest of a list. */
  function rest(items) {
    const button = el("button", { type: "button", onclick: () => { button.previousElementSibling.append(...items); button.remove(); } }, `Show ${items.length.toLocaleString("en")} more`);
    return button;
  }

  function welcome() {
    const first = graph.linked.slice(0, 10);
    const { entities, statements } = graph.out;
    const documents = graph.documents.map(({ title, id, date }, place) =>
      el("li", {}, el("button", { type: "button", class: "entity", onclick: () => read({ document: place, start: 0, end: 0 }) }, title || id), el("small", {}, date ?? "")));
    show(
      el("h2", {}, "How to read this"),
      el("p", { class: "about" }, "Every line is what documents say of two things, drawn the way they say it. Click an entity or a line for its statements and the exact words they come from. Zoom in, and more come into view."),
      entities || statements ? el("p", { class: "note", id: "left-out" }, `Left out of this page: ${plural(entities, "entity", "entities")} that less is said about, and ${plural(statements, "statement")} with them. The graph itself has them all.`) : null,
      graph.whole < graph.documents.length ? el("p", { class: "note" }, `Of ${plural(graph.documents.length - graph.whole, "document")} this page holds the quotes, not the whole text.`) : null,
      el("h3", {}, "Foremost"),
      el("ul", { class: "plain" }, ...first.map((entity) => el("li", {}, symbol(entity.type), link(entity.id), el("small", {}, plural(entity.own.length, "statement"))))),
      el("h3", {}, "Documents ", el("small", {}, graph.documents.length.toLocaleString("en"))),
      el("ul", { class: "plain" }, ...documents.slice(0, DOCUMENTS)),
      documents.length > DOCUMENTS ? rest(documents.slice(DOCUMENTS)) : null,
    );
  }

  /** An entity; `passes` says which statements the filters let through, `actions` what can be done with it. */
  function entity(id, passes, actions) {
    const { label, type, aliases, iri, own, named: mentions } = graph.entities[id];
    const told = own.map((n) => graph.statements[n]).filter(passes);
    const said = mentions.map((n) => graph.statements[n]).filter(passes);
    const hidden = own.length - told.length;
    show(
      el("h2", {}, symbol(type), label),
      el("p", { class: "about" }, TYPES[type].name + (aliases ? " · also called " + aliases.join(", ") : "")),
      el("p", { class: "iri" }, iri),
      el("div", { class: "actions" }, ...actions.map(([name, act, pressed]) => el("button", { type: "button", onclick: act, "aria-pressed": pressed === undefined ? undefined : String(pressed) }, name))),
      el("div", { id: "path-to" }),
      byRelation(told, id),
      said.length ? [el("h3", {}, "Named as place, source or circumstance ", el("small", {}, String(said.length))), list(said, id)] : [],
      hidden ? el("p", { class: "hint" }, `${plural(hidden, "statement")} hidden by the filters`) : null,
      key(),
    );
  }

  function byRelation(told, here) {
    const groups = new Map();
    for (const statement of told) {
      const { lemma } = graph.relations[statement.relation];
      const name = statement.from === here ? lemma : `${lemma} (by others)`;
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(statement);
    }
    const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    return sorted.flatMap(([name, members]) => [el("h3", {}, name, " ", el("small", {}, String(members.length))), list(members, here)]);
  }

  /** Statements by time, then as the texts have them; each opens to its quotes. */
  function list(members, here) {
    const sorted = [...members].sort((a, b) => (a.days?.[0] ?? a.days?.[1] ?? Infinity) - (b.days?.[0] ?? b.days?.[1] ?? Infinity) || a.n - b.n);
    const box = el("div", { class: "list" }, ...sorted.slice(0, FIRST).map((statement) => row(statement, here)));
    const rest = sorted.slice(FIRST);
    const more = rest.length ? el("button", { type: "button", onclick: () => { box.append(...rest.map((statement) => row(statement, here))); more.remove(); } }, `Show ${rest.length} more`) : null;
    return [box, more];
  }

  function row(statement, here) {
    const { from, to, label, status, time, attribution } = statement;
    const name = (id) => (id === here ? null : graph.entities[id].label);
    const words = [name(from), status === "denied" && !NEGATED.test(label) ? `not ${label}` : label, to === undefined ? literal(statement.literal) : name(to)];
    const facts = [time, attribution && `says ${named(attribution)}`].filter(Boolean).join(" · ");
    const details = el("details", { class: "row " + status, "data-statement": statement.id },
      el("summary", {}, el("span", { class: "how", title: STATUSES[status] }, stroke(status), el("span", { class: "unseen" }, STATUSES[status] + ": ")), el("span", {}, words.filter(Boolean).join(" ")), facts ? el("small", {}, facts) : null));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(article(statement, here));
    });
    return details;
  }

  /** What is said between two: that of the bundle first, then in other ways. */
  function pair(id, status, passes) {
    const told = graph.pairs[id].statements.map((n) => graph.statements[n]).filter(passes);
    const first = told.filter((statement) => statement.status === status);
    const rest = told.filter((statement) => statement.status !== status);
    const { left, right } = graph.pairs[id];
    show(
      el("h2", {}, left === right ? graph.entities[left].label : `${graph.entities[left].label} and ${graph.entities[right].label}`),
      el("h3", {}, stroke(status), STATUSES[status], " ", el("small", {}, String(first.length))),
      el("div", {}, ...first.slice(0, FIRST).map((statement) => article(statement))),
      first.length > FIRST ? list(first.slice(FIRST)) : [],
      rest.length ? [el("h3", {}, "Said otherwise ", el("small", {}, String(rest.length))), list(rest)] : [],
      key(),
    );
  }

  /** A path: each step with what is said between the two. */
  function path(way, ends, passes) {
    const names = ends.map((id) => graph.entities[id].label);
    if (!way) {
      show(el("h2", {}, "No path"), el("p", { class: "about" }, `Nothing that passes the filters leads from ${names[0]} to ${names[1]}.`));
      return;
    }
    const steps = way.slice(1).flatMap((id, turn) => {
      const told = graph.entities[id].pairs.get(way[turn]).statements.map((n) => graph.statements[n]).filter(passes);
      return [el("h3", {}, `${turn + 1}. ${graph.entities[way[turn]].label} – ${graph.entities[id].label} `, el("small", {}, String(told.length))), list(told)];
    });
    show(el("h2", {}, `From ${names[0]} to ${names[1]}`), el("p", { class: "about" }, plural(way.length - 1, "step")), ...steps, key());
  }

  return { start, welcome, entity, pair, path, list };
})();
