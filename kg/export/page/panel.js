"use strict";
// The panel: an entity or an edge, its statements by status, each with its quotes. Text only, never markup.

const kgPanel = (() => {
  const FIRST = 40; // statements of a group before "show more"
  const HEDGES = { possible: "possible, planned or expected", unknown: "asked, conditional or open" };
  let graph;
  let panel;
  let open;

  function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") element.addEventListener("click", value);
      else if (value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  }

  /** A legend's drawing, of the same shape and colour as on the canvas. */
  function symbol(type) {
    const paths = {
      dot: "M10 2a8 8 0 1 0 .01 0z", square: "M2 2h16v16H2z", triangle: "M10 2l9 16H1z", triangleDown: "M1 2h18l-9 16z",
      diamond: "M10 1l9 9-9 9-9-9z", star: "M10 1l2.8 6.3 6.7.6-5.1 4.5 1.6 6.6-6-3.5-6 3.5 1.6-6.6L.5 7.9l6.7-.6z",
      hexagon: "M5 2h10l4.5 8L15 18H5L.5 10z",
    };
    return drawing("shape", "0 0 20 20", { d: paths[TYPES[type].shape], fill: TYPES[type].colour });
  }

  function stroke(status) {
    const dashes = (DASHES[status] || []).join(" ") || "none";
    return drawing("line", "0 0 26 12", { d: "M0 6h26", style: `stroke: var(--${status})`, "stroke-width": 2.4, "stroke-dasharray": dashes });
  }

  function drawing(kind, box, attributes) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("class", kind);
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    svg.append(path);
    return svg;
  }

  function start(element, wholeGraph, onEntity) {
    panel = element;
    graph = wholeGraph;
    open = onEntity;
  }

  function show(...children) {
    panel.replaceChildren(...children.filter(Boolean));
    panel.scrollTop = 0;
  }

  function link(id, here) {
    const name = graph.entities[id].label;
    return el("button", { type: "button", class: id === here ? "entity here" : "entity", onclick: () => open(id) }, name);
  }

  function welcome() {
    const first = graph.entities.slice(0, 8).filter((entity) => entity.degree);
    show(
      el("h2", {}, "How to read this"),
      el("p", { class: "about" }, "Every line is a statement that a document makes, drawn the way the document makes it. Click an entity or a line for its statements and the exact words they come from."),
      el("h3", {}, "Most connected"),
      el("ul", { class: "plain" }, ...first.map((entity) => el("li", {}, symbol(entity.type), link(entity.id), el("small", {}, plural(entity.own.length, "statement"))))),
      el("h3", {}, "Documents ", el("small", {}, String(graph.documents.length))),
      el("ul", { class: "plain" }, ...graph.documents.slice(0, 12).map((document_) => el("li", {}, document_.title || document_.id, el("small", {}, document_.date ?? "")))),
      graph.documents.length > 12 ? el("p", { class: "hint" }, `and ${graph.documents.length - 12} more`) : null,
    );
  }

  function plural(number, one, many = one + "s") {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  }

  /** An entity; `keep` says which statements the filters let through, `more` how many neighbours are not drawn. */
  function entity(id, keep, more, expand) {
    const { label, type, aliases, iri, own, named } = graph.entities[id];
    const told = own.map((number) => graph.statements[number]).filter(keep);
    const hidden = own.length - told.length;
    show(
      el("h2", {}, symbol(type), label),
      el("p", { class: "about" }, TYPES[type].name + (aliases.length ? " · also called " + aliases.join(", ") : "")),
      el("p", { class: "iri" }, iri),
      more ? el("button", { type: "button", onclick: expand }, `Show ${plural(more, "more neighbour")}`) : null,
      attributes(told),
      ...groups(told, id),
      ...mentions(named.map((number) => graph.statements[number]).filter(keep), id),
      hidden ? el("p", { class: "hint" }, `${plural(hidden, "statement")} hidden by the filters`) : null,
      key(),
    );
  }

  function edge(numbers) {
    const told = numbers.map((number) => graph.statements[number]);
    show(el("h2", {}, plural(told.length, "statement")), ...groups(told), key());
  }

  function attributes(told) {
    const plain = told.filter((statement) => statement.literal && statement.status === "stated");
    if (!plain.length) return null;
    const rows = plain.flatMap((statement) => [el("dt", {}, statement.label), el("dd", {}, literal(statement.literal))]);
    return el("div", {}, el("h3", {}, "Attributes"), el("dl", {}, ...rows));
  }

  function literal({ value, label }) {
    return label && label !== value ? `${label} (${value})` : String(value ?? label);
  }

  function groups(told, here) {
    return Object.entries(STATUSES).flatMap(([status, name]) => {
      const members = told.filter((statement) => statement.status === status);
      return members.length ? group([stroke(status), name], members, here) : [];
    });
  }

  function mentions(told, here) {
    return told.length ? group(["Named as place, source or circumstance"], told, here) : [];
  }

  function group(heading, members, here) {
    const list = el("div", {}, ...members.slice(0, FIRST).map((statement) => article(statement, here)));
    const rest = members.slice(FIRST);
    const more = rest.length && el("button", { type: "button", onclick: () => { list.append(...rest.map((statement) => article(statement, here))); more.remove(); } }, `Show ${rest.length} more`);
    return [el("h3", {}, ...heading, " ", el("small", {}, String(members.length))), list, more || null];
  }

  function article(statement, here) {
    const { status, certainty, subject, object, attribution, place, time, qualifiers = [], evidence = [] } = statement;
    const hedged = certainty !== "certain" ? el("span", { class: "badge" }, HEDGES[certainty]) : null;
    const facts = [
      attribution && ["according to", entityOr(attribution, here)],
      time && ["when", time],
      place && ["where", entityOr(place, here)],
      ...qualifiers.map((qualifier) => [qualifier.role || "also", entityOr(qualifier, here)]),
    ].filter(Boolean);
    return el("article", { class: "statement " + status, "data-statement": statement.id },
      el("p", {}, link(subject, here), " ",
        status === "denied" && !NEGATED.test(statement.label) ? el("span", { class: "not" }, "not ") : null,
        el("span", { class: "relation" }, statement.label), " ",
        object === undefined ? literal(statement.literal) : link(object, here), hedged),
      facts.length ? el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])) : null,
      ...evidence.map(quote));
  }

  function entityOr(part, here) {
    if (part.entity !== undefined) return link(part.entity, here);
    const words = part.label || part.text || "";
    const role = part.role && words.toLowerCase().startsWith(part.role.toLowerCase() + " ");
    return role ? words.slice(part.role.length + 1) : words;
  }

  function quote([number, marks]) {
    const [document_, start, end, text] = graph.quotes[number];
    const { title, id, date } = graph.documents[document_];
    const source = [title || id, title && title !== id ? id : null, date, `characters ${start}–${end}`];
    return el("figure", { style: "margin:0" },
      el("blockquote", {}, ...marked(text, marks)),
      el("cite", {}, source.filter(Boolean).join(" · ")));
  }

  /** The quote in runs; spans count code points, so the text is cut by code points. */
  function marked(text, marks) {
    const letters = Array.from(text);
    const cuts = new Set([0, letters.length]);
    for (const [, start, end] of marks) {
      for (const at of [start, end]) if (at > 0 && at < letters.length) cuts.add(at);
    }
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(0, -1).map((from, turn) => {
      const to = places[turn + 1];
      const over = marks.filter(([, start, end]) => start <= from && to <= end);
      const words = letters.slice(from, to).join("");
      if (!over.length) return words;
      const cue = over.find(([role]) => role === "cue");
      return el("mark", { class: [...new Set(over.map(([role]) => role))].join(" "), title: cue && `cue: ${cue[3]}` }, words);
    });
  }

  function key() {
    const names = ["subject", "relation", "object", "cue"];
    return el("p", { class: "key" }, "In the quotes: ", ...names.flatMap((name) => [el("mark", { class: name }, name), " "]));
  }

  return { start, welcome, entity, edge, symbol, stroke, el, plural };
})();
