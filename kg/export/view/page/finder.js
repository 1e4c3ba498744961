"use strict";
// A box that finds an entity by name or alias: arrows choose, Enter takes, Escape closes.

const kgFinder = (() => {
  const SUGGESTIONS = 12;
  const { el, symbol, plural } = kgParts;
  let boxes = 0;

  /** Make a combobox of an input; `chosen` gets the number of the entity. */
  function attach(graph, input, list, chosen) {
    const name = `found-${(boxes += 1)}`;
    let found = [];
    let active = -1;
    list.id = name;
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": name, autocomplete: "off", spellcheck: "false" })) {
      input.setAttribute(key, value);
    }

    function close() {
      list.hidden = true;
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
        const item = el("li", { role: "option", id: `${name}-${place}`, "aria-selected": "false" },
          symbol(entity.type), el("span", {}, entity.label), el("small", {}, plural(entity.own.length, "statement")));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(entity); });
        return item;
      });
      list.replaceChildren(...(items.length ? items : [el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No entity of that name")]));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      move(found.length && input.value ? 0 : -1);
    }

    function move(to) {
      active = to;
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === to)));
      if (to < 0) return;
      list.children[to].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", `${name}-${to}`);
    }

    input.addEventListener("input", () => (input.value.trim() ? suggest() : close()));
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) suggest();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (found.length) move((Math.max(active, step > 0 ? -1 : 0) + step + found.length) % found.length);
      } else if (event.key === "Enter" && found[active] && !list.hidden) pick(found[active]);
      else if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
    });
  }

  return { attach };
})();
