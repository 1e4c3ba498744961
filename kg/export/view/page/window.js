"use strict";
// A window for tests and the curious: it tells what is on the canvas, and alters nothing.

const kgWindow = (() => {
  function open(graph, network, canvas) {
    const at = ({ x, y }) => {
      const box = canvas.getBoundingClientRect();
      return { x: box.x + x, y: box.y + y };
    };
    window.kgView = Object.freeze({
      ready: performance.now(),
      counts: () => ({ entities: kgScene.drawn().points.size, statements: kgScene.statements(false).length, passing: kgScene.statements(true).length, edges: kgCanvas.edges.length, allEntities: graph.linked.length, allStatements: graph.statements.length }),
      labels: () => [...kgScene.drawn().points.keys()].map((id) => graph.entities[id].label),
      edges: () => kgCanvas.edges.map((edge) => ({
        from: graph.entities[edge.from].label, to: graph.entities[edge.to].label, label: edge.text, status: edge.status, both: edge.arrows.from.enabled,
        dashed: Boolean(edge.dashes), bend: edge.smooth ? [edge.smooth.type, edge.smooth.roundness] : null, statements: edge.statements.map((n) => graph.statements[n].id),
        at: at(network.canvasToDOM(kgCanvas.point(network, edge, 0.5))),
      })),
      written: kgLabels.written,
      captions: kgBackdrop.captions,
      scale: () => network.getScale(),
      picture: kgPicture.picture,
      where: (label) => {
        const id = [...kgScene.drawn().points.keys()].find((number) => graph.entities[number].label === label);
        return id === undefined ? null : at(network.canvasToDOM(network.getPositions([id])[id]));
      },
    });
  }

  return { open };
})();
