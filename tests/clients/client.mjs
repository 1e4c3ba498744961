// Asks an endpoint with fetch-sparql-endpoint. In: {endpoint, cases: [{kind, query, accept, how}]}; out: what each gave.
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";

const text = await new Response(process.stdin).text();
const { endpoint, cases } = JSON.parse(text);

const all = (stream) => new Promise((done, failed) => {
  const found = [];
  stream.on("data", (each) => found.push(each));
  stream.on("error", failed);
  stream.on("end", () => done(found));
});
const term = ({ termType, value, language, datatype }) => [termType, value, language ?? "", datatype?.value ?? ""];

async function answer({ kind, query, accept, how }) {
  const options = { GET: { method: "GET" }, form: { method: "POST" }, direct: { method: "POST", directPost: true } }[how];
  let media = "";
  const fetcher = new SparqlEndpointFetcher({
    ...options,
    fetch: async (address, init) => {
      const headers = new Headers(init.headers);
      if (accept) headers.set("Accept", accept);
      const reply = await fetch(address, { ...init, headers });
      media = reply.headers.get("Content-Type");
      return reply;
    },
  });
  try {
    if (kind === "ask") return { found: await fetcher.fetchAsk(endpoint, query), media };
    if (kind === "update") return { found: await fetcher.fetchUpdate(endpoint, query), media };
    if (kind === "select") {
      const rows = await all(await fetcher.fetchBindings(endpoint, query));
      return { media, found: rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, each]) => [key, term(each)]))) };
    }
    const triples = await all(await fetcher.fetchTriples(endpoint, query));
    return { media, found: triples.map((each) => [term(each.subject), term(each.predicate), term(each.object)]) };
  } catch (error) {
    return { media, error: String(error.message) };
  }
}

const found = [];
for (const each of cases) found.push(await answer(each));
process.stdout.write(JSON.stringify(found));
