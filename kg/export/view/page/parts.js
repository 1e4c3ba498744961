"use strict";
// Pieces that the panels are made of: elements, symbols, statements, quotes. Text only, never markup.

const kgParts = (() => {
  const HEDGES = { possible: "possible, planned or expected", unknown: "asked, conditional or open" };
  const ROLES = ["subject", "relation", "object", "cue"];
  let graph;
  let go; // {entity, read}: what a click on a name or a quote does

  function start(wholeGraph, actions) {
    graph = wholeGraph;
    go = actions;
  }

  function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") element.addEventListener("click", value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
    return element;
  }

  function plural(number, one, many = one + "s") {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
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
    return drawing("line", "0 0 34 12", { d: "M0 6h34", style: `stroke: var(--${status})`, "stroke-width": 2.4, "stroke-dasharray": dashes });
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

  function link(id, here) {
    const name = graph.entities[id].label || "(no name)"; // a button without words could not be pressed
    if (id === here) return el("strong", {}, name);
    return el("button", { type: "button", class: "entity", onclick: () => go.entity(id) }, name);
  }

  /** The words of the text, and beside them the value that a date or a number has. */
  function literal({ value, label, datatype }) {
    return label && label !== value && !/[#:](string|langString)$/.test(datatype) ? `${label} (${value})` : String(label || value);
  }

  /** An entity's name or what else stands for it: a place, a source, a qualifier. */
  function named(part) {
    if (part.entity !== undefined) return graph.entities[part.entity].label;
    const words = part.label || part.text || "";
    const role = part.role && words.toLowerCase().startsWith(part.role.toLowerCase() + " ");
    return role ? words.slice(part.role.length + 1) : words;
  }

  function reference(part, here) {
    return part.entity === undefined ? named(part) : link(part.entity, here);
  }

  /** The statement in a line: subject, relation, object, with "not" where the text denies it. */
  function sentence(statement, here) {
    const { from, to, label, status } = statement;
    return el("p", {}, link(from, here), " ",
      status === "denied" && !NEGATED.test(label) ? el("span", { class: "not" }, "not ") : null,
      el("span", { class: "relation" }, label), " ", to === undefined ? literal(statement.literal) : link(to, here));
  }

  /** A statement whole: how, when, where, who says it, and every quote. */
  function article(statement, here) {
    const { status, certainty, attribution, place, time, score, qualifiers = [], evidence } = statement;
    const facts = [
      ["how", el("span", { class: "how" }, stroke(status), STATUSES[status] + (certainty && status !== "possible" && status !== "asked" ? `; ${HEDGES[certainty]}` : ""))],
      attribution && ["said by", el("span", {}, reference(attribution, here), attribution.cue ? ` (“${attribution.cue}”)` : "")],
      time && ["when", time],
      place && ["where", reference(place, here)],
      ...qualifiers.map((qualifier) => [qualifier.role || "also", reference(qualifier, here)]),
      score !== undefined && ["score", String(score)],
    ].filter(Boolean);
    return el("article", { class: "statement " + status, "data-statement": statement.id },
      sentence(statement, here),
      el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      ...evidence.map(quote));
  }

  function quote(evidence) {
    const [document_, start_, end, ...marks] = evidence;
    const { title, id, date } = graph.documents[document_];
    const words = el("blockquote", {}, "…");
    kgTexts.ready().then(() => words.replaceChildren(...marked(kgTexts.words(document_, start_, end), marks)));
    const source = [title || id, title && title !== id ? id : null, date].filter(Boolean).join(" · ");
    return el("figure", {}, words, el("figcaption", {},
      el("button", { type: "button", class: "source", onclick: () => go.read({ document: document_, start: start_, end }) }, source),
      ` · characters ${start_}–${end}`));
  }

  /** The quote in runs; spans count code points, so the text is cut by code points. */
  function marked(text, marks) {
    const letters = kgTexts.letters(text);
    const cuts = new Set([0, letters.length]);
    for (const [, start_, end] of marks) {
      for (const at of [start_, end]) if (at > 0 && at < letters.length) cuts.add(at);
    }
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(0, -1).map((from, turn) => {
      const to = places[turn + 1];
      const over = marks.filter(([, start_, end]) => start_ <= from && to <= end);
      const words = kgTexts.cut(letters, from, to);
      if (!over.length) return words;
      const cue = over.find(([role]) => ROLES[role] === "cue");
      return el("mark", { class: [...new Set(over.map(([role]) => ROLES[role]))].join(" "), title: cue && `cue: ${cue[3]}` }, words);
    });
  }

  function key() {
    return el("p", { class: "key" }, "In the quotes: ", ...ROLES.flatMap((name) => [el("mark", { class: name }, name), " "]));
  }

  return { start, el, plural, symbol, stroke, link, literal, named, sentence, article, key };
})();
