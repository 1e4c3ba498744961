// Answers: read, shown as a table that sorts, and labelled.

import { el, plural } from "./dom.js";

const FIRST = 500; // rows drawn at once
const LABELLED = 500; // IRIs of one question for labels
const ORDER = new Intl.Collator("en", { numeric: true });
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long"].map((name) => XSD + name));
const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** {kind, variables, rows, truth}; a cell is null or {type, value, datatype?, language?}. */
export function read(text, media) {
  if (media.includes("sparql-results+json")) {
    const { head, results, boolean } = JSON.parse(text);
    if (typeof boolean === "boolean") return { kind: "ask", variables: [], rows: [], truth: boolean };
    const rows = results.bindings.map((row) => head.vars.map((name) => cell(row[name])));
    return { kind: "select", variables: head.vars, rows };
  }
  if (media.includes("n-triples")) return { kind: "construct", variables: ["subject", "predicate", "object"], rows: triples(text) };
  throw new Error(`The answer came in a form that this page cannot show (${media || "none told"}).`);
}

function cell(term) {
  if (!term) return null;
  const type = term.type === "typed-literal" ? "literal" : term.type;
  return { type, value: term.value, datatype: term.datatype, language: term["xml:lang"] };
}

function triples(text) {
  const rows = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const found = TRIPLE.exec(line.trim());
    if (!found) throw new Error("The answer holds a line that is no triple.");
    const [, subject, predicate, iri, blank, words, language, datatype] = found;
    const object = iri !== undefined ? { type: "uri", value: iri } : blank ? { type: "bnode", value: blank }
      : { type: "literal", value: unescaped(words), language, datatype };
    rows.push([subject.startsWith("<") ? { type: "uri", value: subject.slice(1, -1) } : { type: "bnode", value: subject }, { type: "uri", value: predicate }, object]);
  }
  return rows;
}

function unescaped(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, one) =>
    (one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(short ?? long, 16))));
}

/** IRIs as people read them: CURIEs, local pages, labels that the graph has. */
export class Names {
  constructor({ base, prefixes }) {
    this.base = base;
    this.prefixes = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
    this.labels = new Map();
  }

  curie(iri) {
    for (const [prefix, start] of this.prefixes) {
      const local = iri.startsWith(start) ? iri.slice(start.length) : "";
      if (/^\w(?:[\w-]*\w)?$/.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  }

  /** The local page of an IRI, or the IRI itself where it leads to the web, or null. */
  page(iri) {
    const rest = iri.startsWith(this.base) ? iri.slice(this.base.length) : "";
    const local = /^(entity|relation|statement|document)\/(\w(?:[\w-]*\w)?)(?:#(char=(\d+),\d+|[rq][0-9a-f]+))?$/.exec(rest);
    if (local) return `/${local[1]}/${local[2]}${local[4] ? `?from=${local[4]}` : ""}${local[3] ? `#${local[3]}` : ""}`;
    if (/^vocab#\w+$/.test(rest)) return "/" + rest;
    return /^https?:\/\//.test(iri) && !iri.startsWith(this.base) ? iri : null;
  }

  label(iri) {
    return this.labels.get(iri) ?? this.curie(iri);
  }

  /** Ask for the labels of these cells' IRIs; true where there are new ones. */
  async learn(rows) {
    const wanted = new Set();
    for (const row of rows) {
      for (const each of row) {
        if (each?.type === "uri" && each.value.startsWith(this.base) && !each.value.includes("#") && !this.labels.has(each.value)) wanted.add(each.value);
      }
    }
    const asked = [...wanted].slice(0, 4 * LABELLED);
    let learned = false;
    for (let turn = 0; turn < asked.length; turn += LABELLED) {
      const answer = await fetch("/labels", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked.slice(turn, turn + LABELLED)) });
      if (!answer.ok) return learned;
      for (const [iri, label] of Object.entries(await answer.json())) this.labels.set(iri, label);
      learned = true;
    }
    return learned;
  }
}

/** The table of an answer in a place; columns sort by value, numbers as numbers. */
export function table(place, answer, names) {
  let sorted = null;
  let rows = answer.rows;
  let shown = FIRST;

  function draw() {
    const body = el("tbody", {}, ...rows.slice(0, shown).map((row) => el("tr", {}, ...row.map((each) => data(each, names)))));
    const head = el("thead", {}, el("tr", {}, ...answer.variables.map(header)));
    const caption = el("caption", { class: "hidden" }, "Results");
    const rest = rows.length - shown;
    const more = rest > 0 && el("p", { class: "rest" }, el("button", { type: "button", onclick: () => { shown += FIRST; draw(); } }, `Show ${Math.min(rest, FIRST)} more of ${plural(rows.length, "row")}`));
    place.replaceChildren(el("table", {}, caption, head, body), ...(more ? [more] : []));
  }

  function header(name, column) {
    const way = sorted?.column === column ? sorted.way : 0;
    const arrow = el("span", { class: "arrow", "aria-hidden": "true" }, way > 0 ? "▲" : way < 0 ? "▼" : "");
    const button = el("button", { type: "button", "data-column": column, onclick: () => sort(column, way > 0 ? -1 : 1) }, name, arrow);
    return el("th", { scope: "col", "aria-sort": way > 0 ? "ascending" : way < 0 ? "descending" : "none" }, button);
  }

  function sort(column, way) {
    sorted = { column, way };
    const keyed = answer.rows.map((row) => ({ row, key: row[column] && key(row[column], names) }));
    rows = keyed.sort((a, b) => way * compare(a.key, b.key)).map(({ row }) => row);
    draw();
    place.querySelector(`[data-column="${column}"]`).focus();
  }

  if (answer.kind === "ask") place.replaceChildren(el("p", { class: "truth" }, answer.truth ? "Yes" : "No"));
  else if (!rows.length) place.replaceChildren(el("p", { class: "none" }, "The graph has no answer to this: no rows."));
  else draw();
  return { draw: () => { if (rows.length && answer.kind !== "ask") draw(); } };
}

/** What a cell sorts by: a number, or words. */
function key(term, names) {
  return isNumber(term) ? Number(term.value) : words(term, names);
}

/** Empty cells first, then numbers, then words. */
function compare(a, b) {
  if (typeof a === "string" && typeof b === "string") return ORDER.compare(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return rank(a) - rank(b);
}

function rank(value) {
  return { number: 1, string: 2 }[typeof value] ?? 0;
}

function isNumber(term) {
  return term?.type === "literal" && NUMBERS.has(term.datatype);
}

export function words(term, names) {
  return term.type === "uri" ? names.label(term.value) : term.value;
}

function data(term, names) {
  if (!term) return el("td");
  if (term.type !== "uri") {
    const kind = term.language ? `@${term.language}` : term.datatype && !isNumber(term) && term.datatype !== XSD + "string" ? names.curie(term.datatype) : "";
    return el("td", { class: isNumber(term) ? "number" : undefined }, term.value, kind && el("span", { class: "kind" }, ` ${kind}`));
  }
  const label = names.labels.get(term.value);
  const curie = names.curie(term.value);
  const page = names.page(term.value);
  const away = page && !page.startsWith("/") ? { rel: "noreferrer external" } : {};
  const name = page ? el("a", { href: page, ...away }, label ?? curie) : label ?? curie;
  return el("td", {}, name, label && label !== curie && el("span", { class: "curie" }, curie));
}
