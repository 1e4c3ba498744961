// The query page: ask the endpoint, show the answer, and keep both in the address.

import { copy, el, plural } from "./dom.js";
import { openEditor } from "./editor.js";
import { Network } from "./network.js";
import { Names, read, table } from "./results.js";

const ENDPOINT = "/sparql";
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const FORMS = {
  select: [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"], ["JSON", "application/sparql-results+json", "json"]],
  ask: [["JSON", "application/sparql-results+json", "json"]],
  construct: [["Turtle", "text/turtle", "ttl"], ["N-Triples", "application/n-triples", "nt"], ["JSON-LD", "application/ld+json", "jsonld"]],
};
const LONGEST_LINK = 60_000; // characters of an address that browsers and mail programs bear

const at = (id) => document.getElementById(id);
const settings = JSON.parse(at("settings").textContent);
const names = new Names(settings);
const network = new Network({ drawing: at("drawing"), columns: at("columns"), picked: at("picked"), names });
const editor = openEditor({ host: at("editor"), field: at("query"), label: "editor-label", prefixes: settings.prefixes, onRun: () => run() });
const state = { answer: null, asked: "", view: "table", table: null, running: null };

async function run() {
  const asked = editor.get();
  state.running?.abort();
  const running = new AbortController();
  state.running = running;
  at("stop").hidden = false;
  at("error").hidden = true;
  at("results").hidden = false;
  at("results").setAttribute("aria-busy", "true");
  at("summary").textContent = "Asking …";
  const begun = performance.now();
  try {
    const answer = await ask(asked, ACCEPT, running.signal);
    const text = await answer.text();
    const took = performance.now() - begun;
    const media = answer.headers.get("content-type") ?? "";
    if (!answer.ok) return fail(text, answer.status);
    await show(read(text, media), asked, took);
  } catch (error) {
    if (running.signal.aborted) stopped(running);
    else fail(String(error.message ?? error), 0);
  } finally {
    if (state.running === running) {
      state.running = null;
      at("stop").hidden = true;
      at("results").removeAttribute("aria-busy");
    }
  }
}

function ask(query, accept, signal) {
  return fetch(ENDPOINT, { method: "POST", headers: { accept }, body: new URLSearchParams({ query }), signal });
}

async function show(answer, asked, took) {
  Object.assign(state, { answer, asked });
  const what = answer.kind === "ask" ? "Answered" : answer.kind === "construct" ? plural(answer.rows.length, "triple") : plural(answer.rows.length, "row");
  at("summary").textContent = `${what} in ${took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`}`;
  document.querySelector(".downloads").replaceChildren(...FORMS[answer.kind].map(([name, media, suffix]) =>
    el("button", { type: "button", onclick: (event) => download(asked, media, suffix, event.target), "aria-label": `Download as ${name}` }, name)));
  state.table = table(at("table"), answer, names);
  keep();
  await views();
  if (await names.learn(answer.rows.slice(0, 2000)) && state.answer === answer) {
    state.table.draw();
    await views();
  }
}

async function views() {
  const fits = Network.fits(state.answer);
  const drawn = fits && state.view === "network";
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String((button.dataset.view === "network") === drawn));
    button.disabled = button.dataset.view === "network" && !fits;
  }
  at("table").hidden = drawn;
  at("network").hidden = !drawn;
  if (drawn) await network.show(state.answer);
}

function fail(text, status) {
  at("results").hidden = true;
  const reason = text.trim().slice(0, 2000) || `The endpoint answered with status ${status} and no reason.`;
  const place = /line (\d+), column (\d+)/.exec(reason);
  const parts = [el("p", {}, reason)];
  if (place) {
    const [line, column] = [Number(place[1]), Number(place[2])];
    editor.mark(line, column, reason);
    parts.push(el("button", { type: "button", onclick: () => editor.go(line, column) }, `Go to line ${line}, column ${column}`));
  }
  at("error").replaceChildren(...parts);
  at("error").hidden = false;
}

function stopped(running) {
  if (state.running === running) at("summary").textContent = "Stopped waiting; the endpoint ends the query at its own limit.";
}

async function download(query, media, suffix, button) {
  button.disabled = true;
  try {
    const answer = await ask(query, media);
    if (!answer.ok) return fail(await answer.text(), answer.status);
    const address = URL.createObjectURL(await answer.blob());
    el("a", { href: address, download: `results.${suffix}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  } catch (error) {
    fail(String(error.message ?? error), 0);
  } finally {
    button.disabled = false;
  }
}

/** The query and the view into the address, so that a reload or a link shows the same. */
function keep() {
  const kept = new URLSearchParams({ query: state.asked });
  if (state.view === "network") kept.set("view", "network");
  const hash = `#${kept}`;
  at("share").hidden = hash.length > LONGEST_LINK;
  history.replaceState(null, "", hash.length > LONGEST_LINK ? location.pathname : location.pathname + hash);
}

function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const query = kept.get("query");
  if (!query) return;
  state.view = kept.get("view") === "network" ? "network" : "table";
  editor.set(query);
  mark(null);
  run();
}

function mark(name) {
  for (const link of document.querySelectorAll("[data-example]")) {
    if (link.dataset.example === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

at("ask").addEventListener("submit", (event) => { event.preventDefault(); run(); });
at("stop").addEventListener("click", () => state.running?.abort());
at("share").addEventListener("click", (event) => copy(location.href, event.target));
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => { state.view = button.dataset.view; keep(); views(); });
}
for (const link of document.querySelectorAll("[data-example]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    editor.set(settings.examples[link.dataset.example]);
    mark(link.dataset.example);
    run();
  });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (state.answer) views(); });
if (matchMedia("(max-width: 900px)").matches) document.querySelector(".examples details").open = false;
mark(Object.keys(settings.examples).find((name) => settings.examples[name] === editor.get()));
addEventListener("hashchange", recall);
recall();
document.documentElement.dataset.ready = "true";
