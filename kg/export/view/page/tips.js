"use strict";
// The short form of what is under the pointer.

const kgTips = (() => {
  const { plural } = kgParts;

  /** Show a line beside the pointer, in `tip`, for the entity or the bundle that it is on. */
  function start(graph, network, canvas, tip) {
    let finger = false; // which does not hover: a tap would show it
    canvas.addEventListener("pointerdown", ({ pointerType }) => { finger = pointerType === "touch"; }, true);
    canvas.addEventListener("pointermove", ({ pointerType }) => { finger = pointerType === "touch"; }, true);
    const show = (words) => ({ pointer }) => {
      if (finger) return;
      const at = pointer.DOM;
      tip.textContent = words();
      tip.hidden = false;
      tip.style.left = `${Math.min(at.x + 14, canvas.clientWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${Math.max(4, at.y - tip.offsetHeight - 10)}px`;
    };
    const hide = () => { tip.hidden = true; };
    network.on("hoverNode", (event) => show(() => {
      const { label, type, own } = graph.entities[event.node];
      return `${label} · ${TYPES[type].name} · ${plural(own.length, "statement")}`;
    })(event));
    network.on("hoverEdge", (event) => show(() => {
      const { statements, status } = kgCanvas.edges.get(event.edge);
      const { from, label, to, time } = graph.statements[statements[0]];
      const said = status === "denied" && !NEGATED.test(label) ? `not ${label}` : label;
      const more = statements.length > 1 ? ` · and ${statements.length - 1} more` : "";
      return `${STATUSES[status]}: ${graph.entities[from].label} ${said} ${graph.entities[to].label}${time ? ` · ${time}` : ""}${more}`;
    })(event));
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hide);
    for (const event of ["mouseleave", "click"]) canvas.addEventListener(event, hide);
  }

  return { start };
})();
