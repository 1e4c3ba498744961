"use strict";
// Statements as Turtle: of the triples that the project writes for them, those that the page knows.

const kgTurtle = (() => {
  const FIRST = ["a", "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object"]; // what people look for
  const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$/; // what every tool reads after a prefix
  const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu; // as the store has it
  const UNFIT = /[\x00-\x20\x7f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/g; // what no IRI may hold
  const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const CERTAINTIES = { possible: "kg:Possible", unknown: "kg:Unknown" };

  /** Turtle for some of the graph's statements; `words` gives the quote of a document, a start and an end. */
  function turtle(graph, statements, words) {
    const writer = started(graph, words);
    for (const each of statements) statement(writer, each);
    for (const number of writer.named) entity(writer, graph.entities[number]);
    for (const number of writer.told) relation(writer, graph.relations[number]);
    for (const number of writer.sources) source(writer, graph.documents[number]);
    return written(writer);
  }

  function started(graph, words) {
    return {
      graph, words,
      prefixes: new Map(Object.entries(graph.names).map(([prefix, namespace]) => [namespace, prefix])),
      used: new Set(), // prefixes
      facts: new Map(), // subject -> predicate -> objects
      named: new Set(), // entities by number, as all below
      ends: new Set(), // of these the page knows the type
      told: new Set(), // relations
      sources: new Set(), // documents
    };
  }

  // -- what is said ---------------------------------------------------------------------------------

  function statement(writer, each) {
    const iri = writer.graph.names.stmt + each.id;
    const node = term(writer, iri);
    const from = end(writer, each.from);
    const to = each.literal ? literal(writer, each.literal) : end(writer, each.to);
    const { iri: predicate } = writer.graph.relations[each.relation];
    writer.told.add(each.relation);
    if (each.status === "asserted") say(writer, from, term(writer, predicate), to);
    describe(writer, node, [
      ["a", "kg:Statement"],
      ["a", "rdf:Statement"],
      ["rdf:subject", { is: from }],
      ["rdf:predicate", { is: term(writer, predicate) }],
      ["rdf:object", { is: to }],
      ["kg:relationLabel", { is: text(each.label) }],
      ["kg:polarity", each.status === "denied" ? "kg:Negative" : "kg:Positive"],
      ["kg:certainty", CERTAINTIES[each.certainty] ?? "kg:Certain"],
    ]);
    if (has(each.score)) describe(writer, node, [["kg:score", { is: score(writer, each.score) }]]);
    if (has(each.literal?.label)) describe(writer, node, [["kg:literalText", { is: text(each.literal.label) }]]);
    if (has(each.time)) describe(writer, node, [["kg:time", { is: date(writer, each.time) }]]);
    if (has(each.place?.entity)) describe(writer, node, [["kg:place", { is: named(writer, each.place.entity) }]]);
    if (each.attribution) attribution(writer, node, each.attribution);
    (each.qualifiers ?? []).forEach((qualifier, place) => role(writer, node, `${iri}#q${place + 1}`, qualifier));
    for (const [document_, start, stop] of each.evidence) evidence(writer, node, document_, start, stop);
  }

  function attribution(writer, node, { entity: number, label, cue }) {
    const who = has(number) ? named(writer, number) : has(label) ? text(label) : null;
    if (who !== null) describe(writer, node, [["kg:attributedTo", { is: who }]]);
    if (has(cue)) describe(writer, node, [["kg:attributionCue", { is: text(cue) }]]);
  }

  function role(writer, node, iri, qualifier) {
    const own = term(writer, iri);
    describe(writer, node, [["kg:qualifier", { is: own }]]);
    describe(writer, own, [["a", "kg:Qualifier"]]);
    if (has(qualifier.role)) describe(writer, own, [["kg:role", { is: text(qualifier.role) }]]);
    if (has(qualifier.text)) describe(writer, own, [["kg:text", { is: text(qualifier.text) }]]);
    if (has(qualifier.entity)) describe(writer, own, [["kg:value", { is: named(writer, qualifier.entity) }]]);
    if (!has(qualifier.value)) return;
    describe(writer, own, [["kg:value", { is: literal(writer, qualifier) }]]);
    if (has(qualifier.label)) describe(writer, own, [["kg:literalText", { is: text(qualifier.label) }]]);
  }

  function evidence(writer, node, number, start, stop) {
    const { iri } = writer.graph.documents[number];
    const quote = term(writer, `${iri}#char=${start},${stop}`);
    writer.sources.add(number);
    describe(writer, node, [["prov:wasDerivedFrom", { is: quote }]]);
    describe(writer, quote, [
      ["a", "kg:Evidence"],
      ["a", "oa:SpecificResource"],
      ["oa:hasSource", { is: term(writer, iri) }],
      ["oa:exact", { is: text(writer.words(number, start, stop)) }],
      ["oa:start", { is: String(start) }],
      ["oa:end", { is: String(stop) }],
    ]);
  }

  // -- what it is said of ---------------------------------------------------------------------------

  /** An entity that is only a place, a source or a value has a type that the page does not know. */
  function entity(writer, { id, iri, label, type, aliases }) {
    const node = term(writer, iri);
    if (writer.ends.has(id)) describe(writer, node, [["a", type === "Group" ? "kg:Group" : `schema:${type}`]]);
    if (label === iri) return; // the page's own name for what has none
    describe(writer, node, [["rdfs:label", { is: text(label) }], ["skos:prefLabel", { is: text(label) }]]);
    for (const alias of aliases ?? []) describe(writer, node, [["skos:altLabel", { is: text(alias) }]]);
  }

  function relation(writer, { iri, lemma }) {
    describe(writer, term(writer, iri), [["a", "rdf:Property"], ["rdfs:label", { is: text(lemma) }]]);
  }

  function source(writer, { id, iri, title, date: day }) {
    const node = term(writer, iri);
    describe(writer, node, [["a", "kg:Document"], ["dcterms:identifier", { is: text(id) }]]);
    if (has(title)) describe(writer, node, [["dcterms:title", { is: text(title) }]]);
    if (has(day)) describe(writer, node, [["dcterms:date", { is: date(writer, day) }]]);
  }

  function end(writer, number) {
    writer.ends.add(number);
    return named(writer, number);
  }

  function named(writer, number) {
    writer.named.add(number);
    return term(writer, writer.graph.entities[number].iri);
  }

  // -- terms ----------------------------------------------------------------------------------------

  function has(value) {
    return value !== undefined && value !== null;
  }

  /** An IRI, short where its last part is plain. */
  function term(writer, iri) {
    const cut = Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1;
    const prefix = writer.prefixes.get(iri.slice(0, cut));
    if (prefix === undefined || !LOCAL.test(iri.slice(cut))) return `<${fit(iri)}>`;
    writer.used.add(prefix);
    return `${prefix}:${iri.slice(cut)}`;
  }

  function fit(iri) {
    return clean(iri).replace(UNFIT, (letter) => "%" + letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));
  }

  /** A term given by prefix and local name: our own words and datatypes. */
  function word(writer, curie) {
    const at = curie.indexOf(":");
    const namespace = Object.hasOwn(writer.graph.names, curie.slice(0, at)) ? writer.graph.names[curie.slice(0, at)] : null;
    return term(writer, namespace === null ? curie : namespace + curie.slice(at + 1));
  }

  function clean(words) {
    return String(words).replace(UNWRITABLE, "\ufffd");
  }

  function text(words) {
    return `"${clean(words).replace(/[\\"\n\r\t]/g, (letter) => ESCAPES[letter])}"`;
  }

  function literal(writer, { value, datatype }) {
    const plain = !datatype || datatype === "xsd:string";
    return plain ? text(value) : `${text(value)}^^${word(writer, datatype)}`;
  }

  function score(writer, number) {
    return literal(writer, { value: String(Number(number.toFixed(4))), datatype: "xsd:decimal" });
  }

  function date(writer, value) {
    return literal(writer, { value, datatype: dateType(value) });
  }

  /** As the store types EDTF: by an XSD datatype where the value is exactly such. */
  function dateType(value) {
    if (/^0000/.test(value)) return "edtf:EDTF";
    if (/^[0-9]{4}$/.test(value)) return "xsd:gYear";
    if (/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(value)) return "xsd:gYearMonth";
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return "edtf:EDTF";
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? "xsd:date" : "edtf:EDTF";
  }

  // -- the file -------------------------------------------------------------------------------------

  /** Pairs of a predicate and an object: either as a word of ours, or as {is: term}. */
  function describe(writer, node, pairs) {
    for (const [predicate, object] of pairs) {
      const verb = predicate === "a" ? "a" : word(writer, predicate);
      say(writer, node, verb, object.is ?? word(writer, object));
    }
  }

  function say(writer, subject, predicate, object) {
    if (!writer.facts.has(subject)) writer.facts.set(subject, new Map());
    const pairs = writer.facts.get(subject);
    if (!pairs.has(predicate)) pairs.set(predicate, new Set());
    pairs.get(predicate).add(object);
  }

  function written({ graph, used, facts }) {
    const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${fit(graph.names[prefix])}> .\n`);
    const blocks = [...facts.keys()].sort().map((subject) => block(subject, facts.get(subject)));
    return head.join("") + blocks.join("");
  }

  function block(subject, pairs) {
    const rank = (predicate) => (FIRST.includes(predicate) ? FIRST.indexOf(predicate) : FIRST.length);
    const verbs = [...pairs.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    const lines = verbs.map((verb) => `${verb} ${[...pairs.get(verb)].sort().join(", ")}`);
    return `\n${subject} ${lines.join(" ;\n    ")} .\n`;
  }

  return { turtle };
})();
