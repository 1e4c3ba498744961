// The network of an answer: two columns are nodes, a third may name the lines between them.

import { el, plural } from "./dom.js";
import { layout } from "./layout.js";
import { words } from "./results.js";

const MOST_NODES = 300; // more is a ball, not a picture
const MOST_EDGES = 900;
const LETTERS = 22; // of a line of a name
const ROOMS = { entity: "#0072b2", statement: "#e69f00", document: "#009e73", relation: "#cc79a7" };
const HINT = "Choose a node to see its name and page.";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

let library;

/** vis-network and the names of the network page, loaded when a network is first wanted. */
function load() {
  library ??= script("/assets/vis-network.js").then(() => {
    globalThis.kgCanvas = canvas();
    return script("/assets/labels.js");
  }).then(() => window.vis);
  return library;
}

function script(address) {
  return new Promise((resolve, reject) => {
    document.head.append(el("script", { src: address, onload: resolve, onerror: () => reject(new Error(`${address} did not load.`)) }));
  });
}

/** What labels.js asks of a canvas. */
function canvas() {
  const style = () => getComputedStyle(document.documentElement);
  return {
    nodes: new vis.DataSet(), edges: new vis.DataSet(),
    colour: (name) => style().getPropertyValue(`--${name}`).trim(),
    point(network, { id, from, to }, along) {
      const edge = network.body.edges[id];
      return from === to ? { x: edge.from.x + 34, y: edge.from.y - 34 } : edge.edgeType.getPoint(along);
    },
  };
}

/** The columns that are most likely nodes and names of lines: [from, label, to], -1 for no label. */
export function guess({ kind, variables, rows }, names) {
  if (kind === "construct") return [0, 1, 2];
  const sample = rows.slice(0, 50);
  const share = (column, test) => sample.filter((row) => row[column] && test(row[column])).length;
  const relation = `${names.base}relation/`;
  const columns = variables.map((_, column) => column);
  const named = /^(relation|predicate|property|p|said|how|words|via)$/i;
  const label = columns.find((column) => share(column, (term) => term.type === "uri" && term.value.startsWith(relation)) > sample.length / 2)
    ?? columns.find((column) => named.test(variables[column])) ?? -1;
  const nodes = columns.filter((column) => column !== label);
  const iris = nodes.filter((column) => share(column, (term) => term.type === "uri") > sample.length / 2);
  const things = iris.filter((column) => share(column, (term) => term.value.startsWith(`${names.base}entity/`)) > 0);
  const [from, to] = things.length > 1 ? things : iris.length > 1 ? iris : nodes;
  return [from, label, to];
}

export class Network {
  constructor({ drawing, columns, picked, names }) {
    Object.assign(this, { drawing, columns, picked, names, network: null, answer: null });
  }

  /** Whether an answer has two ends to draw. */
  static fits(answer) {
    return answer.variables.length > 1 && answer.rows.length > 0;
  }

  async show(answer) {
    const vis = await load();
    if (this.answer !== answer) {
      this.answer = answer;
      this.chosen = guess(answer, this.names);
    }
    this.choosers();
    this.draw(vis);
  }

  choosers() {
    const names = this.answer.variables;
    const chooser = (text, part, none) => {
      const select = el("select", { "data-part": part, onchange: (event) => { this.chosen[part] = Number(event.target.value); this.draw(window.vis); } },
        none && el("option", { value: -1 }, "no name"), ...names.map((name, column) => el("option", { value: column }, name)));
      select.value = String(this.chosen[part]);
      return el("label", {}, text, select);
    };
    const told = el("span", { class: "hint", id: "drawn" });
    if (this.answer.kind === "construct") this.columns.replaceChildren(told);
    else this.columns.replaceChildren(chooser("From", 0), chooser("line", 1, true), chooser("to", 2), told);
  }

  gather() {
    const [from, label, to] = this.chosen;
    const nodes = new Map();
    const edges = new Map();
    let left = 0;
    const key = (term) => `${term.type} ${term.value}`;
    for (const row of this.answer.rows) {
      const ends = [row[from], row[to]];
      const skipped = this.answer.kind === "construct" && (ends[1]?.type === "literal" || row[1]?.value === TYPE);
      const fresh = new Set(ends.filter((end) => end && !nodes.has(key(end))).map((end) => key(end)));
      if (!ends[0] || !ends[1] || skipped || nodes.size + fresh.size > MOST_NODES || edges.size >= MOST_EDGES) {
        left += 1;
        continue;
      }
      for (const end of ends) if (!nodes.has(key(end))) nodes.set(key(end), end);
      const pair = `${key(ends[0])}\n${key(ends[1])}`;
      if (!edges.has(pair)) edges.set(pair, { from: key(ends[0]), to: key(ends[1]), labels: new Set() });
      if (label >= 0 && row[label]) edges.get(pair).labels.add(words(row[label], this.names));
    }
    return { nodes, edges: [...edges.values()], left };
  }

  draw(vis) {
    const { nodes, edges, left } = this.gather();
    const degrees = new Map([...nodes.keys()].map((key) => [key, 0]));
    for (const edge of edges) for (const end of [edge.from, edge.to]) degrees.set(end, degrees.get(end) + 1);
    const ranked = [...nodes.keys()].sort((a, b) => degrees.get(b) - degrees.get(a));
    const number = new Map(ranked.map((key, rank) => [key, rank]));
    const points = layout(ranked, edges.map(({ from, to }) => [from, to]), this.drawing.clientWidth / this.drawing.clientHeight);
    const { colour } = kgCanvas;
    const drawn = ranked.map((key, id) => {
      const term = nodes.get(key);
      const background = term.type === "uri" ? ROOMS[this.room(term.value)] ?? "#56b4e9" : "#9aa3af";
      const ring = { background, border: colour("ink") };
      const { x, y } = points.get(key);
      return { id, x, y, size: Math.min(20, 8 + 2 * Math.sqrt(degrees.get(key))), text: wrapped(words(term, this.names)), color: { background, border: colour("paper"), highlight: ring, hover: ring } };
    });
    const lines = edges.map(({ from, to, labels }, id) => ({ id, from: number.get(from), to: number.get(to), text: named([...labels]), status: "asserted" }));
    this.network?.destroy();
    kgCanvas.nodes = new vis.DataSet(drawn);
    kgCanvas.edges = new vis.DataSet(lines);
    this.network = new vis.Network(this.drawing, { nodes: kgCanvas.nodes, edges: kgCanvas.edges }, options(colour));
    kgLabels.start(this.network);
    kgLabels.spotlight(null, null);
    this.network.fit({ maxZoomLevel: 1.6 });
    this.network.moveTo({ scale: this.network.getScale() * 0.86 }); // names stand beside the outermost nodes
    this.network.on("select", ({ nodes: [id] }) => this.pick(id, ranked.map((key) => nodes.get(key)), lines));
    this.drawing.setAttribute("aria-label", `Network of ${plural(nodes.size, "node")} and ${plural(lines.length, "line")}; the table has the same in words.`);
    document.getElementById("drawn").textContent = `${plural(nodes.size, "node")}, ${plural(lines.length, "line")}${left ? "; " + this.leftOut(left) : ""}`;
    this.picked.replaceChildren(HINT);
  }

  leftOut(left) {
    if (this.answer.kind === "construct") return `${plural(left, "triple")} not drawn: literals, types, and what is beyond ${MOST_NODES} nodes`;
    return `${plural(left, "row")} not drawn: an end is missing, or they are beyond ${MOST_NODES} nodes`;
  }

  /** Tell of a node, and let only what it touches stand out; of no node, bring all back. */
  pick(id, terms, lines) {
    if (id === undefined) {
      kgLabels.spotlight(null, null);
      this.picked.replaceChildren(HINT);
      return;
    }
    const touching = lines.filter(({ from, to }) => from === id || to === id);
    kgLabels.spotlight(new Set([id, ...touching.flatMap(({ from, to }) => [from, to])]), new Set(touching.map((line) => line.id)));
    const term = terms[id];
    const page = term.type === "uri" ? this.names.page(term.value) : null;
    const name = words(term, this.names);
    const curie = term.type === "uri" ? ` · ${this.names.curie(term.value)}` : "";
    this.picked.replaceChildren(page ? el("a", { href: page }, name) : name, `${curie} · ${plural(touching.length, "line")}`);
  }

  room(iri) {
    return iri.startsWith(this.names.base) ? iri.slice(this.names.base.length).split("/")[0] : "";
  }
}

function options(colour) {
  return {
    physics: false, layout: { improvedLayout: false }, interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false } },
    nodes: { shape: "dot", borderWidth: 1, borderWidthSelected: 3 },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, color: { color: colour("edge"), highlight: colour("accent"), hover: colour("accent") }, smooth: false, width: 1.6, selfReference: { size: 18 } },
  };
}

function named(labels) {
  if (!labels.length) return "";
  const first = labels[0].length > 28 ? labels[0].slice(0, 27) + "…" : labels[0];
  return labels.length > 1 ? `${first} +${labels.length - 1}` : first;
}

function wrapped(text) {
  const lines = [""];
  for (const word of (text.length > 60 ? text.slice(0, 59) + "…" : text).split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= LETTERS) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.join("\n");
}
