"use strict";
// Legend and filters in one, and the search box.

const kgControls = (() => {
  const { el, symbol, stroke } = kgPanel;
  const SUGGESTIONS = 12;

  /** Boxes and lists that change `filter` and call `changed`; gives a function that resets them. */
  function filters(graph, filter, changed) {
    const statuses = tally(graph.statements.map((statement) => statement.status));
    const types = tally(graph.entities.filter((entity) => entity.degree).map((entity) => entity.type));
    const boxes = [
      ...Object.entries(STATUSES).map(([status, name]) => choice("statuses", stroke(status), name, statuses.get(status) ?? 0, (on) => {
        if (on) filter.statuses.add(status);
        else filter.statuses.delete(status);
        changed();
      })),
      ...Object.keys(TYPES).filter((type) => types.has(type)).map((type) => choice("types", symbol(type), TYPES[type].name, types.get(type), (on) => {
        if (on) filter.hidden.delete(type);
        else filter.hidden.add(type);
        changed();
      })),
    ];
    const relations = tally(graph.statements.map((statement) => statement.relation));
    const documents = tally(graph.statements.flatMap((statement) => [...statement.documents]));
    const lists = [
      list("relation", "All relations", relations, (number) => graph.relations[number], filter, changed),
      list("document", "All documents", documents, (number) => graph.documents[number].title || graph.documents[number].id, filter, changed),
    ];
    return () => {
      for (const box of boxes) box.checked = true;
      for (const select of lists) select.value = "";
    };
  }

  function tally(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  function choice(group, picture, name, count, changed) {
    const box = el("input", { type: "checkbox", checked: "", "data-name": name });
    box.addEventListener("change", () => changed(box.checked));
    const label = el("label", { class: "choice" }, box, picture, name, el("small", {}, count.toLocaleString("en")));
    document.getElementById(group).append(label);
    return box;
  }

  function list(id, all, counts, name, filter, changed) {
    const select = document.getElementById(id);
    const known = [...counts].map(([number, count]) => [name(number), number, count]);
    known.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
    select.append(el("option", { value: "" }, all));
    select.append(...known.map(([label, number, count]) => el("option", { value: String(number) }, `${label} (${count})`)));
    select.addEventListener("change", () => {
      filter[id] = select.value === "" ? null : Number(select.value);
      changed();
    });
    return select;
  }

  /** The search box: arrows choose, Enter opens, Escape closes; `/` comes here from anywhere. */
  function search(graph, chosen) {
    const input = document.getElementById("search");
    const box = document.getElementById("suggestions");
    let found = [];
    let active = -1;

    function close() {
      box.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function pick(entity) {
      input.value = "";
      close();
      chosen(entity.id);
    }

    function suggest() {
      found = kgData.search(graph, input.value, SUGGESTIONS);
      const items = found.map((entity, place) => {
        const item = el("li", { role: "option", id: "suggestion-" + place, "aria-selected": "false" },
          symbol(entity.type), entity.label, el("small", {}, kgPanel.plural(entity.own.length, "statement")));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(entity); });
        return item;
      });
      box.replaceChildren(...(items.length ? items : [el("li", { class: "none" }, "No entity of that name")]));
      box.hidden = false;
      input.setAttribute("aria-expanded", "true");
      move(found.length && input.value ? 0 : -1);
    }

    function move(to) {
      active = to;
      [...box.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === to)));
      if (to < 0) return;
      box.children[to].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", "suggestion-" + to);
    }

    input.addEventListener("input", () => (input.value.trim() ? suggest() : close()));
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (box.hidden) suggest();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (found.length) move((Math.max(active, step > 0 ? -1 : 0) + step + found.length) % found.length);
      } else if (event.key === "Enter" && found[active] && !box.hidden) pick(found[active]);
      else if (event.key === "Escape") close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || /^(input|select|textarea)$/i.test(event.target.tagName)) return;
      event.preventDefault();
      input.focus();
    });
  }

  return { filters, search };
})();
