"use strict";
// Legend and filters in one: what they offer, and how they show a state.

const kgControls = (() => {
  const { el, symbol, stroke } = kgParts;
  const LONGEST = 60; // letters of an option

  /** Boxes, lists and sliders that change the state; gives a function that shows a state in them. */
  function filters(graph, change) {
    const statuses = tally(graph.statements.map(({ status }) => status));
    const types = tally(graph.linked.map(({ type }) => type));
    const status = choices("statuses", Object.keys(STATUSES), stroke, (each) => STATUSES[each], statuses, (off) => change({ off }));
    const type = choices("types", Object.keys(TYPES).filter((each) => types.has(each)), symbol, (each) => TYPES[each].name, types, (off) => change({ types: off }));
    const relation = list("relation", "All relations", tally(graph.statements.map((each) => each.relation)), (n) => graph.relations[n].lemma, (value) => change({ relation: value }));
    const document_ = list("document", "All documents", tally(graph.statements.flatMap((each) => each.documents)), (n) => graph.documents[n].title || graph.documents[n].id, (value) => change({ document: value }));
    const score = range("score", graph, (value) => change({ score: value }));
    const time = kgTimes.slider(graph, document.getElementById("times"), change);
    return (state) => {
      status(state.off);
      type(state.types);
      relation(state.relation);
      document_(state.document);
      score(state.score);
      time(state);
    };
  }

  function tally(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  function choices(group, keys, picture, name, counts, changed) {
    const boxes = keys.map((key) => {
      const box = el("input", { type: "checkbox", value: key });
      box.addEventListener("change", () => changed(boxes.filter((each) => !each.checked).map((each) => each.value)));
      document.getElementById(group).append(el("label", { class: "choice" }, box, picture(key), name(key), el("small", {}, (counts.get(key) ?? 0).toLocaleString("en"))));
      return box;
    });
    return (off) => { for (const box of boxes) box.checked = !off.includes(box.value); };
  }

  function list(id, all, counts, name, changed) {
    const select = document.getElementById(id);
    const known = [...counts].map(([number, count]) => [name(number), number, count]);
    known.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
    const short = (text) => (text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text);
    select.append(el("option", { value: "" }, all));
    select.append(...known.map(([label, number, count]) => el("option", { value: String(number) }, `${short(label)} (${count})`)));
    select.addEventListener("change", () => changed(select.value === "" ? null : Number(select.value)));
    return (value) => { select.value = value === null ? "" : String(value); };
  }

  function range(id, graph, changed) {
    const input = document.getElementById(id);
    const shown = document.getElementById("score-shown");
    const tell = () => { shown.textContent = Number(input.value) ? `${Number(input.value)} or more` : "any"; };
    input.disabled = !graph.statements.some(({ score }) => score !== undefined);
    input.addEventListener("input", tell);
    input.addEventListener("change", () => changed(Number(input.value)));
    return (value) => {
      input.value = String(value);
      tell();
    };
  }

  return { filters };
})();
