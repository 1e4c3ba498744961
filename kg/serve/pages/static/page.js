// What a page of a thing does besides being read: copy its IRI, and find a quote that an IRI points at.

import { copy } from "./dom.js";

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy).textContent, button));
}

// An evidence IRI followed as it stands (#char=120,188) may point at a later part of its document.
const passages = document.querySelector(".passages");
const place = /^#char=(\d{1,9}),\d{1,9}$/.exec(location.hash);
if (passages && place && !document.getElementById(location.hash.slice(1))) {
  const from = String(Number(place[1]));
  if (new URLSearchParams(location.search).get("from") !== from) {
    location.replace(`${passages.dataset.path}?from=${from}${location.hash}`);
  }
}

// On a phone a long list of relations stands before the statements: folded there.
if (matchMedia("(max-width: 760px)").matches) {
  for (const list of document.querySelectorAll(".sided details")) list.open = false;
}
