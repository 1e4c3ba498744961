"use strict";
// The time slider: two ends on a scale of days, months or years, over the statements that have a time.

const kgTimes = (() => {
  const YEAR = 372; // days, as kg/export/view/times.py counts them: no calendar, only an order
  const MONTH = 31;
  const BARS = 40;
  const { el } = kgParts;

  /** The slider in `box`; `changed` hears {from, to, undated}. Gives a function that shows a state, null without times. */
  function slider(graph, box, changed) {
    const dated = graph.statements.filter(({ days }) => days).map(({ days }) => [days[0] ?? days[1], days[1] ?? days[0]]);
    if (!dated.length) {
      box.replaceChildren(el("p", { class: "hint" }, "No statement has a time."));
      return () => {};
    }
    const [low, high] = [sorted(dated.map(([first]) => first))[0], sorted(dated.map(([, last]) => last)).pop()];
    const unit = high - low <= 4 * MONTH ? 1 : high - low <= 12 * YEAR ? MONTH : YEAR;
    const [first, last] = [Math.floor(low / unit), Math.floor(high / unit)];
    const range = (name, value) => el("input", { type: "range", min: first, max: last, step: 1, value, "aria-label": name });
    const [early, late] = [range("From", first), range("To", last)];
    const shown = el("output", {});
    const undated = el("input", { type: "checkbox", id: "undated" });
    const days = () => {
      const [a, b] = [Number(early.value), Number(late.value)].sort((x, y) => x - y);
      return { from: a > first ? a * unit : null, to: b < last ? b * unit + unit - 1 : null, undated: undated.checked };
    };
    const tell = () => {
      const [a, b] = [Number(early.value), Number(late.value)].sort((x, y) => x - y);
      shown.textContent = a === b ? name(a, unit) : `${name(a, unit)} – ${name(b, unit)}`;
      early.setAttribute("aria-valuetext", name(Number(early.value), unit));
      late.setAttribute("aria-valuetext", name(Number(late.value), unit));
    };
    for (const input of [early, late]) input.addEventListener("input", tell);
    for (const input of [early, late, undated]) input.addEventListener("change", () => changed(days()));
    box.replaceChildren(bars(dated, first * unit, (last + 1) * unit), early, late, shown, el("label", { class: "choice" }, undated, "also those without a time"));
    return ({ from, to, undated: also }) => {
      early.value = from === null ? first : Math.floor(from / unit);
      late.value = to === null ? last : Math.floor(to / unit);
      undated.checked = also;
      tell();
    };
  }

  function sorted(numbers) {
    return [...numbers].sort((a, b) => a - b);
  }

  /** A drawing of how many statements begin when. */
  function bars(dated, low, high) {
    const counts = new Array(BARS).fill(0);
    for (const [first] of dated) counts[Math.min(BARS - 1, Math.floor(((first - low) / (high - low)) * BARS))] += 1;
    const most = Math.max(...counts);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${BARS * 5} 26`);
    svg.setAttribute("class", "bars");
    svg.setAttribute("aria-hidden", "true");
    counts.forEach((count, place) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const high_ = count ? Math.max(2, (count / most) * 26) : 0;
      for (const [key, value] of Object.entries({ x: place * 5, y: 26 - high_, width: 4, height: high_ })) bar.setAttribute(key, value);
      svg.append(bar);
    });
    return svg;
  }

  /** A day, month or year in words: 1963-09-28, 1963-09, 1963. */
  function name(number, unit) {
    const day = number * unit;
    const year = Math.floor(day / YEAR);
    const month = Math.floor((day - year * YEAR) / MONTH) + 1;
    const two = (value) => String(value).padStart(2, "0");
    const parts = [String(year), two(month), two(day - year * YEAR - (month - 1) * MONTH + 1)];
    return parts.slice(0, unit === YEAR ? 1 : unit === MONTH ? 2 : 3).join("-");
  }

  return { slider };
})();
