"use strict";
// What a reader takes along: statements as CSV, the picture as SVG and PNG, and the way to the disk.

const kgSave = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu; // XML refuses them
  const FONT = "system-ui, sans-serif";
  const LETTER = 0.56; // width of a letter as a share of the size, about
  const LEGEND = { size: 12, line: 20, sample: 28, gap: 18, rim: 12 };
  const ARROW = { long: 9, wide: 4 };
  const LOOP = 14; // radius of a line from an entity to itself
  const KEPT = 60_000; // milliseconds that a browser has to write a file

  // -- CSV ------------------------------------------------------------------------------------------

  const COLUMNS = [
    "id", "subject", "relation", "object", "status", "time", "place", "source", "score", "document", "quote",
    "subject_iri", "relation_iri", "object_iri",
  ];

  /** A row a statement (RFC 4180); where it has several quotes, they stand in one cell, as do their documents. */
  function csv(graph, statements, words) {
    const rows = [COLUMNS, ...statements.map((each) => row(graph, each, words))];
    return "\ufeff" + rows.map((cells) => cells.map(cell).join(",") + "\r\n").join("");
  }

  function row(graph, each, words) {
    const { entities, relations, documents } = graph;
    const label = (part) => (part ? entities[part.entity]?.label ?? part.label ?? part.text : "");
    return [
      each.id, entities[each.from].label, each.label, each.literal ? each.literal.label ?? each.literal.value : entities[each.to].label,
      each.status, each.time, label(each.place), label(each.attribution), each.score,
      each.evidence.map(([document_]) => documents[document_].id).join("\n"),
      each.evidence.map(([document_, start, end]) => words(document_, start, end)).join("\n"),
      entities[each.from].iri, relations[each.relation].iri, each.literal ? each.literal.value : entities[each.to].iri,
    ];
  }

  function cell(value) {
    const text = String(value ?? "");
    const number = /^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]+)?$/i.test(text);
    const inert = !number && /^[=+\-@\t\r\n]/.test(text) ? "'" + text : text; // a spreadsheet would run it
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  }

  // -- SVG ------------------------------------------------------------------------------------------

  /**
   * The picture as a file of its own. A line ends at the rim of a symbol whose middle it was given; a
   * positive bend is to the right of its way. A name's place is the middle of its upper rim.
   */
  function svg(picture) {
    const { width, height, paper, ink, legend } = picture;
    const rows = wrapped(legend, width);
    const below = LEGEND.rim + (rows.length + Boolean(picture.note)) * LEGEND.line;
    const file = document.implementation.createDocument(SVG, "svg", null);
    const root = file.documentElement;
    set(root, { viewBox: `0 0 ${n(width)} ${n(height + below)}`, width: n(width), height: n(height + below), "font-family": FONT, role: "img" });
    const child = (parent, name, attributes, text) => grown(file, parent, name, attributes, text);
    child(root, "title", {}, picture.title ?? "");
    if (picture.note) child(root, "desc", {}, picture.note);
    child(root, "rect", { width: "100%", height: "100%", fill: paper });
    const part = (id) => child(root, "g", { id });
    const radii = new Map(picture.symbols.map(({ x, y, r }) => [`${x} ${y}`, r]));
    const [lines, symbols, labels, names, foot] = ["lines", "symbols", "labels", "names", "legend"].map(part);
    for (const each of picture.lines) line(child, lines, labels, each, radii, paper);
    for (const each of picture.symbols) symbol(child, symbols, each);
    for (const each of picture.names) name(child, names, each, paper);
    rows.forEach((row_, place) => sampled(child, foot, row_, height + place * LEGEND.line, ink));
    if (picture.note) {
      const y = n(height + rows.length * LEGEND.line + LEGEND.size);
      child(foot, "text", { x: n(LEGEND.rim), y, fill: ink, "font-size": n(LEGEND.size) }, picture.note);
    }
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(file);
  }

  function grown(file, parent, name_, attributes, text) {
    const made = file.createElementNS(SVG, name_);
    set(made, attributes);
    if (text !== undefined) made.textContent = String(text).replace(UNWRITABLE, "\ufffd");
    return parent.appendChild(made);
  }

  function set(element, attributes) {
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) element.setAttribute(key, value);
    }
  }

  /** A number as short as a picture needs it. */
  function n(number) {
    return String(Math.round(number * 100) / 100);
  }

  function line(child, lines, labels, each, radii, paper) {
    const look = { fill: "none", stroke: each.colour, "stroke-width": n(each.width), "stroke-dasharray": each.dashes?.map(n).join(" ") };
    if (each.x1 === each.x2 && each.y1 === each.y2) {
      loop(child, lines, labels, each, radii, look, paper);
      return;
    }
    const [dx, dy] = [each.x2 - each.x1, each.y2 - each.y1];
    const bend = each.bend ?? 0;
    const via = { x: (each.x1 + each.x2) / 2 - bend * dy, y: (each.y1 + each.y2) / 2 + bend * dx };
    const start = rim(each.x1, each.y1, via, radii);
    const stop = rim(each.x2, each.y2, via, radii);
    child(lines, "path", { d: `M${n(start.x)} ${n(start.y)}Q${n(via.x)} ${n(via.y)} ${n(stop.x)} ${n(stop.y)}`, ...look });
    if (each.arrowTo) arrow(child, lines, stop, each);
    if (each.arrowFrom) arrow(child, lines, start, each);
    label(child, labels, each, (start.x + 2 * via.x + stop.x) / 4, (start.y + 2 * via.y + stop.y) / 4, paper);
  }

  function loop(child, lines, labels, each, radii, look, paper) {
    const turn = -Math.PI / 4 + (each.bend ?? 0) * 2;
    const reach = (radii.get(`${each.x1} ${each.y1}`) ?? 0) + LOOP * 0.7;
    const [x, y] = [each.x1 + reach * Math.cos(turn), each.y1 + reach * Math.sin(turn)];
    child(lines, "circle", { cx: n(x), cy: n(y), r: n(LOOP), ...look });
    label(child, labels, each, x + LOOP * Math.cos(turn), y + LOOP * Math.sin(turn), paper);
  }

  /** Where a line leaves the symbol in whose middle it was given, and which way it points there. */
  function rim(x, y, via, radii) {
    const long = Math.hypot(x - via.x, y - via.y) || 1;
    const way = { x: (x - via.x) / long, y: (y - via.y) / long };
    const back = Math.min(radii.get(`${x} ${y}`) ?? 0, long);
    return { x: x - way.x * back, y: y - way.y * back, way };
  }

  function arrow(child, lines, { x, y, way }, { colour, width }) {
    const long = ARROW.long + width;
    const wide = ARROW.wide + width / 2;
    const corner = (side) => `${n(x - way.x * long - side * way.y * wide)} ${n(y - way.y * long + side * way.x * wide)}`;
    child(lines, "polygon", { points: `${n(x)} ${n(y)} ${corner(1)} ${corner(-1)}`, fill: colour });
  }

  function label(child, labels, each, x, y, paper) {
    if (!each.label) return;
    const size = 11;
    child(labels, "text", { x: n(x), y: n(y + size * 0.35), "font-size": n(size), "text-anchor": "middle", fill: each.colour, ...halo(paper) }, each.label);
  }

  function halo(paper) {
    return { stroke: paper, "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke" };
  }

  const CORNERS = { // corners, radius as a share of the symbol's, angle of the first, share that it stands lower
    triangle: [3, 1.33, -Math.PI / 2, 0.3],
    triangleDown: [3, 1.33, Math.PI / 2, -0.3],
    diamond: [4, 1, 0, 0],
    hexagon: [6, 1, 0, 0],
    star: [10, 1.07, -Math.PI / 2, 0.08],
  };

  function symbol(child, symbols, { x, y, r, shape, colour, border }) {
    const look = { fill: colour, stroke: border };
    if (shape === "square") child(symbols, "rect", { x: n(x - r), y: n(y - r), width: n(2 * r), height: n(2 * r), ...look });
    else if (!Object.hasOwn(CORNERS, shape)) child(symbols, "circle", { cx: n(x), cy: n(y), r: n(r), ...look });
    else {
      const [many, share, first, lower] = CORNERS[shape];
      const corner = (_, place) => {
        const far = r * (shape === "star" && place % 2 ? 0.42 : share);
        const angle = first + (2 * Math.PI * place) / many;
        return `${n(x + far * Math.cos(angle))},${n(y + r * lower + far * Math.sin(angle))}`;
      };
      child(symbols, "polygon", { points: Array.from({ length: many }, corner).join(" "), ...look });
    }
  }

  function name(child, names, { x, y, lines, size, colour }, paper) {
    const text = child(names, "text", { "font-size": n(size), "text-anchor": "middle", fill: colour, ...halo(paper) });
    lines.forEach((words, place) => child(text, "tspan", { x: n(x), y: n(y + size * (0.85 + 1.2 * place)) }, words));
  }

  // -- the legend -----------------------------------------------------------------------------------

  function wide(text) {
    return LEGEND.sample + 6 + [...text].length * LEGEND.size * LETTER + LEGEND.gap;
  }

  /** The legend in rows that fit the width, each entry with its place. */
  function wrapped(legend, width) {
    const rows = [];
    let x = LEGEND.rim;
    for (const each of legend) {
      if (!rows.length || x + wide(each.label) > width) {
        rows.push([]);
        x = LEGEND.rim;
      }
      rows.at(-1).push({ ...each, x });
      x += wide(each.label);
    }
    return rows;
  }

  function sampled(child, foot, row_, top, ink) {
    const y = top + LEGEND.size;
    for (const each of row_) {
      const stop = each.x + LEGEND.sample;
      child(foot, "path", { d: `M${n(each.x)} ${n(y - 4)}H${n(stop)}`, stroke: each.colour, "stroke-width": "2", "stroke-dasharray": each.dashes?.map(n).join(" ") });
      child(foot, "text", { x: n(stop + 6), y: n(y), fill: ink, "font-size": n(LEGEND.size) }, each.label);
    }
  }

  // -- PNG ------------------------------------------------------------------------------------------

  /** The canvas on paper, its legend in one line below; the Promise fails where the picture is too large. */
  function png(canvas, paper, legend) {
    const rows = wrapped(legend, Infinity);
    const dense = canvas.clientWidth ? canvas.width / canvas.clientWidth : 1;
    const long = legend.reduce((sum, { label: text }) => sum + wide(text), 2 * LEGEND.rim);
    const scale = Math.min(dense, canvas.width / long);
    const sheet = document.createElement("canvas");
    sheet.width = canvas.width;
    sheet.height = canvas.height + (rows.length ? Math.ceil(scale * (LEGEND.line + LEGEND.rim)) : 0);
    const context = sheet.getContext("2d");
    context.fillStyle = paper;
    context.fillRect(0, 0, sheet.width, sheet.height);
    const ink = dark(context) ? "#f4f4f4" : "#1a1a1a";
    context.drawImage(canvas, 0, 0);
    context.translate(0, canvas.height);
    context.scale(scale, scale);
    for (const each of rows.flat()) drawn(context, each, ink);
    return new Promise((resolve, reject) => {
      const done = (blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large for this browser to save.")));
      sheet.toBlob(done, "image/png");
    });
  }

  /** Whether what was filled last is dark; of the first point, which is paper. */
  function dark(context) {
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  function drawn(context, { x, label: text, colour, dashes }, ink) {
    const y = LEGEND.rim / 2 + LEGEND.size;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dashes || []);
    context.beginPath();
    context.moveTo(x, y - 4);
    context.lineTo(x + LEGEND.sample, y - 4);
    context.stroke();
    context.fillStyle = ink;
    context.font = `${LEGEND.size}px ${FONT}`;
    context.fillText(text, x + LEGEND.sample + 6, y);
  }

  // -- to the disk ----------------------------------------------------------------------------------

  function download(name_, content, type) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name_;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), KEPT);
  }

  return { csv, svg, png, download };
})();
