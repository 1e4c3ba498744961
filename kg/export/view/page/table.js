"use strict";
// The statements as a table: those in the picture, or all that pass the filters.

const kgTable = (() => {
  const PAGE = 200; // rows before "show more"
  const { el, plural, stroke, link, named, literal } = kgParts;
  let graph;
  let actions;
  let all = false;
  let sorting = { column: null, down: false };

  const COLUMNS = [
    ["Subject", (each) => graph.entities[each.from].label],
    ["Relation", (each) => (each.status === "denied" && !NEGATED.test(each.label) ? `not ${each.label}` : each.label)],
    ["Object", (each) => (each.to === undefined ? literal(each.literal) : graph.entities[each.to].label)],
    ["Status", (each) => STATUSES[each.status]],
    ["Time", (each) => each.time ?? ""],
    ["Said by", (each) => (each.attribution ? named(each.attribution) : "")],
    ["Documents", (each) => each.documents.map((place) => graph.documents[place].id).join(", ")],
  ];

  function start(wholeGraph, given) {
    graph = wholeGraph;
    actions = given;
  }

  /** The statements that the table and the exports are of. */
  function statements() {
    return kgScene.statements(all);
  }

  function show(section) {
    const told = ordered(statements());
    const body = el("tbody", {}, ...told.slice(0, PAGE).map(row));
    const rest = told.slice(PAGE);
    const more = rest.length ? el("button", { type: "button", onclick: () => { body.append(...rest.splice(0, PAGE).map(row)); if (!rest.length) more.remove(); } }, "Show more") : null;
    section.replaceChildren(...[
      el("div", { class: "bar" },
        el("h2", {}, plural(told.length, "statement")),
        el("label", { class: "choice" }, box(section), "all that pass the filters, not only those in the picture"),
        el("button", { type: "button", onclick: actions.close }, "Close")),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of statements" }, el("table", {}, el("thead", {}, el("tr", {}, ...COLUMNS.map((column, place) => heading(section, column[0], place)))), body), more),
    ]);
  }

  function box(section) {
    const input = el("input", { type: "checkbox", id: "all-statements" });
    input.checked = all;
    input.addEventListener("change", () => {
      all = input.checked;
      show(section);
      section.querySelector("#all-statements").focus();
    });
    return input;
  }

  function heading(section, name, place) {
    const mine = sorting.column === place;
    const button = el("button", { type: "button", onclick: () => {
      sorting = { column: place, down: mine && !sorting.down };
      show(section);
      section.querySelectorAll("th button")[place].focus();
    } }, name + (mine ? (sorting.down ? " ↓" : " ↑") : ""));
    return el("th", { scope: "col", "aria-sort": mine ? (sorting.down ? "descending" : "ascending") : undefined }, button);
  }

  function ordered(told) {
    if (sorting.column === null) return told;
    const [, value] = COLUMNS[sorting.column];
    const keyed = told.map((each) => [value(each), each]);
    const sign = sorting.down ? -1 : 1;
    keyed.sort((a, b) => sign * (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) || a[1].n - b[1].n);
    return keyed.map(([, each]) => each);
  }

  function row(statement) {
    const cells = COLUMNS.map(([name, value]) => {
      if (name === "Status") return el("td", {}, el("span", { class: "how" }, stroke(statement.status), value(statement)));
      if (name === "Subject") return el("td", {}, link(statement.from));
      if (name === "Object" && statement.to !== undefined) return el("td", {}, link(statement.to));
      if (name === "Documents") {
        const [document_, start_, end] = statement.evidence[0];
        return el("td", {}, el("button", { type: "button", class: "entity", onclick: () => actions.read({ document: document_, start: start_, end }) }, value(statement)));
      }
      return el("td", {}, value(statement));
    });
    return el("tr", { class: statement.status }, ...cells);
  }

  return { start, show, statements };
})();
