"use strict";
// The text of a document, as far as the page knows it, with a quote marked and the places of the other quotes.

const kgReader = (() => {
  const AROUND = 30_000; // characters shown before and after the quote at first
  const { el, plural } = kgParts;

  /** The text around a quote, and what it says; `read` goes to another, `close` back to what was there before. */
  async function show(panel, graph, { document: document_, start, end }, { read, close }) {
    await kgTexts.ready();
    const { title, id, date } = graph.documents[document_];
    const pieces = kgTexts.known(document_);
    const whole = pieces.length === 1 && pieces[0].start === 0;
    const quotes = places(graph, document_);
    const here = quotes.find((quote) => quote.start === start && quote.end === end);
    const text = el("div", { class: "text", tabindex: "0", role: "document", "aria-label": `Text of ${title || id}` });
    panel.replaceChildren(el("div", { class: "reader" },
      el("button", { type: "button", id: "close-text", onclick: close }, "← Back"),
      el("h2", {}, title || id),
      el("p", { class: "about" }, [title && title !== id ? id : null, date, plural(quotes.length, "quote")].filter(Boolean).join(" · ")),
      whole ? "" : el("p", { class: "note" }, "Only the quotes of this text are in the page."),
      el("div", { class: "says" }, ...[
        here ? el("h3", {}, "This quote says ", el("small", {}, String(here.statements.length))) : el("p", { class: "hint" }, "A click on a quote, which is underlined, lists what it says."),
        ...(here ? kgPanel.list(here.statements) : [])].filter(Boolean)),
      text,
    ));
    const go = (quote) => read({ document: document_, start: quote.start, end: quote.end });
    for (const piece of pieces) text.append(...shown(document_, piece, { start, end }, quotes, go));
    text.querySelector(".quoted")?.scrollIntoView({ block: "center" });
    text.focus({ preventScroll: true });
  }

  /** The quotes of a document in order, each with the statements that it is the evidence of. */
  function places(graph, document_) {
    const found = new Map();
    for (const statement of graph.statements) {
      for (const [place, start, end] of statement.evidence) {
        if (place !== document_) continue;
        const key = `${start} ${end}`;
        if (!found.has(key)) found.set(key, { start, end, statements: [] });
        found.get(key).statements.push(statement);
      }
    }
    return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** A piece of the text in runs, cut where it is far from the quote. */
  function shown(document_, { start: begin, length }, quote, quotes, go) {
    const low = Math.max(begin, quote.start - AROUND);
    const high = Math.min(begin + length, quote.end + AROUND);
    if (low >= high) return [];
    const cuts = new Set([low, high]);
    for (const { start, end } of [quote, ...quotes]) for (const at of [start, end]) if (at > low && at < high) cuts.add(at);
    const at = [...cuts].sort((a, b) => a - b);
    const runs = at.slice(0, -1).map((from, turn) => run(document_, from, at[turn + 1], quote, quotes, go));
    return [low > begin ? gap(document_, begin, low) : "", ...runs, high < begin + length ? gap(document_, high, begin + length) : el("p", {})];
  }

  function run(document_, from, to, quote, quotes, go) {
    const words = kgTexts.words(document_, from, to);
    if (quote.start <= from && to <= quote.end) return el("mark", { class: "quoted" }, words);
    const over = quotes.filter(({ start, end }) => start <= from && to <= end);
    if (!over.length) return words;
    const nearest = over.reduce((best, each) => (each.end - each.start < best.end - best.start ? each : best));
    const span = el("span", { class: "also", role: "button", tabindex: "0", onclick: () => go(nearest) }, words);
    span.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      go(nearest);
    });
    return span;
  }

  /** A button in place of text that is far away. */
  function gap(document_, from, to) {
    const button = el("button", { type: "button", onclick: () => button.replaceWith(kgTexts.words(document_, from, to)) }, `Show ${plural(to - from, "character")} more`);
    return button;
  }

  return { show };
})();
