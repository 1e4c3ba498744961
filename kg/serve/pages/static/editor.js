// The editor: Ace with completion of what this graph knows. The plain text field below it stays the
// one that is sent, and is all there is without JavaScript.

const KEYWORDS = (
  "SELECT DISTINCT WHERE ASK CONSTRUCT DESCRIBE FILTER OPTIONAL UNION GRAPH BIND VALUES MINUS EXISTS AS ORDER BY "
  + "ASC DESC LIMIT OFFSET GROUP HAVING COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG DATATYPE BOUND IF COALESCE "
  + "REGEX CONTAINS STRSTARTS STRENDS STRLEN LCASE UCASE CONCAT YEAR MONTH DAY isIRI isLiteral sameTerm IN NOT a"
).split(" ");
const WORD = /[\w:?$\-\u00c0-\uffff]/;
const REST = 140; // ms without a keystroke before the graph is asked
const CLASSES = ["schema:Person", "schema:Organization", "schema:Place", "schema:Event", "schema:CreativeWork", "schema:Product", "schema:Thing", "kg:Group", "kg:Statement", "kg:Document", "kg:Evidence", "kg:Reading", "kg:Qualifier"];
const PROPERTIES = ["rdf:subject", "rdf:predicate", "rdf:object", "rdf:type", "rdfs:label", "skos:altLabel", "skos:exactMatch", "kg:polarity", "kg:certainty", "kg:attributedTo", "kg:attributionCue", "kg:time", "kg:place", "kg:score", "kg:relationLabel", "kg:literalText", "kg:qualifier", "kg:role", "kg:text", "kg:value", "kg:statement", "kg:evidence", "kg:mention", "kg:entity", "kg:mentionCount", "kg:documentCount", "prov:wasDerivedFrom", "oa:exact", "oa:start", "oa:end", "oa:hasSource", "dcterms:identifier", "dcterms:title", "dcterms:date", "kg:Positive", "kg:Negative", "kg:Certain", "kg:Possible", "kg:Unknown"];

export function openEditor({ host, field, label, prefixes, onRun }) {
  const { ace } = window;
  ace.config.set("useStrictCSP", true);
  ace.config.set("basePath", "/assets/ace");
  host.hidden = false;
  field.hidden = true;
  const editor = ace.edit(host, {
    mode: "ace/mode/sparql", value: field.value, useWorker: false, showPrintMargin: false, tabSize: 2, useSoftTabs: true,
    enableBasicAutocompletion: true, enableLiveAutocompletion: true, enableKeyboardAccessibility: true, enableMobileMenu: false,
    displayIndentGuides: false, minLines: 8, maxLines: 22, wrap: true, indentedSoftWrap: false,
  });
  editor.textInput.getElement().setAttribute("aria-labelledby", label);
  editor.textInput.setAriaOptions?.({ inline: false });
  editor.completers = [local(prefixes), remote()];
  editor.commands.addCommand({ name: "run", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter|Ctrl-Enter" }, exec: onRun });
  askAgain(editor);
  let wrong = null;

  function clear() {
    editor.session.clearAnnotations();
    if (wrong !== null) editor.session.removeMarker(wrong);
    wrong = null;
  }

  editor.session.on("change", () => { field.value = editor.getValue(); clear(); });
  document.getElementById(label).addEventListener("click", () => editor.focus());

  return {
    get: () => editor.getValue(),
    set: (text) => { editor.session.setValue(text); clear(); field.value = text; },
    focus: () => editor.focus(),
    /** Mark a place, both counted from 1, to the end of its line. */
    mark(line, column, reason) {
      clear();
      const row = Math.min(line, editor.session.getLength()) - 1;
      const end = editor.session.getLine(row).length;
      const start = Math.min(column - 1, Math.max(end - 1, 0));
      const { Range } = ace.require("ace/range");
      editor.session.setAnnotations([{ row, column: start, text: reason, type: "error" }]);
      wrong = editor.session.addMarker(new Range(row, start, row, Math.max(end, start + 1)), "ace_wrong", "text");
    },
    go(line, column) {
      editor.gotoLine(line, column - 1);
      editor.focus();
    },
  };
}

/** What needs no question: keywords, prefixes, the variables of this query, the terms of every graph. */
function local(prefixes) {
  const fixed = [
    ...KEYWORDS.map((word) => ({ value: word, meta: "keyword", score: 40 })),
    ...Object.entries(prefixes).map(([prefix, iri]) => ({ caption: `${prefix}:`, value: `${prefix}:`, meta: shortened(iri), score: 60 })),
    ...CLASSES.map((name) => ({ value: name, meta: "class", score: 50 })),
    ...PROPERTIES.map((name) => ({ value: name, meta: "term", score: 50 })),
  ];
  return {
    identifierRegexps: [WORD],
    getCompletions(editor, session, position, prefix, done) {
      const variables = new Set(session.getValue().match(/[?$]\w+/g) ?? []);
      variables.delete(prefix);
      const own = [...variables].map((name) => ({ value: name, meta: "variable", score: 90 }));
      done(null, [...own, ...fixed].filter(({ value }) => begins(value, prefix.toLowerCase())));
    },
  };
}

/** Whether a name begins so, or what follows its prefix does. */
function begins(name, words) {
  const low = name.toLowerCase();
  return low.startsWith(words) || (!/[:?$]/.test(words) && low.slice(low.indexOf(":") + 1).startsWith(words));
}

/** What the graph knows by that name: relations and entities, found by any word of their names. */
function remote() {
  let turn = 0;
  return {
    identifierRegexps: [WORD],
    async getCompletions(editor, session, position, prefix, done) {
      const [, room, rest] = /^([\w-]*:)?(.*)$/.exec(prefix) ?? [];
      const kind = room === "rel:" ? "relation" : room === ":" ? "entity" : room === undefined ? null : undefined;
      if (kind === undefined || rest.length < 2 || /^[?$]/.test(prefix)) return done(null, []);
      const mine = ++turn;
      await new Promise((resolve) => setTimeout(resolve, REST));
      if (mine !== turn) return; // a later question has taken over: an empty answer would close its list
      const question = new URLSearchParams({ q: rest.replaceAll("_", " "), ...(kind ? { kind } : {}) });
      try {
        const answer = await fetch(`/complete?${question}`);
        const found = answer.ok ? (await answer.json()).map(offered) : [];
        if (mine === turn) done(null, found);
      } catch {
        done(null, []);
      }
    },
  };
}

function offered({ curie, label, kind, type, count }, place) {
  const said = curie.replace(/^(rel)?:/, "").replaceAll("_", " ") === label ? "" : ` ${shortened(label)}`;
  return { caption: curie, value: curie, meta: `${type ?? kind}${count ? " · " + count : ""}${said}`, score: 1000 - place, skipFilter: true };
}

/** Ace filters the first answer while one types on, and closes its list when nothing is left of it; a
 * graph has more names than one answer, so ask anew after each pause. */
function askAgain(editor) {
  const { Autocomplete } = window.ace.require("ace/autocomplete");
  let waiting;
  editor.commands.on("afterExec", ({ command }) => {
    if (command.name !== "insertstring" && command.name !== "backspace") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const { row, column } = editor.getCursorPosition();
      const before = editor.session.getLine(row).slice(0, column);
      const open = editor.completer?.activated;
      if (!editor.isFocused() || (!open && !/[^\W\d_]{2,}$/.test(before))) return;
      const completer = Autocomplete.for(editor);
      completer.autoShown = true;
      completer.stickySelection = false; // the first of the new names is chosen, not what was before
      if (open) completer.updateCompletions(false, {});
      else completer.showPopup(editor);
    }, REST);
  });
}

function shortened(text) {
  return text.length > 34 ? text.slice(0, 33) + "…" : text;
}
