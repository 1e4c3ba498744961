"use strict";
// The words of the documents: unpacked when first asked for, cut by code points.

const kgTexts = (() => {
  let element;
  let waiting = null;
  let pieces = null;

  function start(block) {
    element = block;
  }

  /** Fulfilled when the texts can be read. */
  function ready() {
    waiting ??= kgData.unpacked(element).then((texts) => {
      pieces = texts.map((document_) => document_.map(([start_, words]) => ({ start: start_, text: letters(words) })));
    });
    return waiting;
  }

  /** A string where each letter is one code unit, an array of letters where one is not. */
  function letters(text) {
    return /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
  }

  function cut(text, from, to) {
    return typeof text === "string" ? text.slice(from, to) : text.slice(from, to).join("");
  }

  /** The words of a document from one code point to another, as far as they are known. */
  function words(document_, start_, end) {
    const piece = pieces[document_].find((each) => each.start <= start_ && end <= each.start + each.text.length);
    return piece ? cut(piece.text, start_ - piece.start, end - piece.start) : "";
  }

  /** What is known of a document: pieces with `start` and `length`; one from 0 where it is known whole. */
  function known(document_) {
    return pieces[document_].map(({ start: start_, text }) => ({ start: start_, length: text.length }));
  }

  return { start, ready, words, known, letters, cut };
})();
