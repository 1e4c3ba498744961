"""The pages as clients get them: what they say, and in which form."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from kg.serve.pages.assets import OWN
from kg.serve.pages.describe import wanted
from kg.store import Store
from kg.vocab import Namespaces
from pages.corpus import TEXT, crowded, readable
from pages.seen import Seen, fetch, statement_of
from pages.site import StoreSource, serving

Get = Callable[..., Any]


def test_the_front_page_counts_and_leads_on(get: Get) -> None:
    page = Seen(get("/").text)
    assert "statements 4 entities 5 documents 2" in page.words
    assert {"/entity/Clara_Moss", "/document/report", "/query", "/explore"} <= set(page.links)


def test_an_entity_page_tells_its_statements_with_their_quotes(get: Get) -> None:
    page = Seen(get("/entity/Robert_Sattler").text)
    assert "Person Robert Sattler also called Bob the Ferryman" in page.words
    assert "Clara Moss met Robert Sattler asserted" in page.words
    assert "when 1990 where Genoa" in page.words
    assert "Robert Sattler not sold the ferry denied" in page.words
    assert "according to Clara Moss “denied”" in page.words
    assert "may work for Corbin Freight claimed possible, planned or expected" in page.words
    assert "Robert Sattler was old 52 years (52)" in page.words
    assert ("subject", "Clara Moss") in page.marks
    assert ("relation", "met") in page.marks
    assert ("object", "Robert Sattler") in page.marks
    assert ("cue", "denied") in page.marks
    assert "The report · 1991-02-03 · characters 0–47" in page.words


def test_an_entity_page_has_lists_for_its_other_parts(get: Get) -> None:
    assert "Robert Sattler not sold" in Seen(get("/entity/Clara_Moss?part=said").text).words
    assert "Clara Moss met Robert Sattler" in Seen(get("/entity/Genoa?part=named").text).words
    only = Seen(get("/entity/Robert_Sattler?relation=sell").text).words
    assert "the ferry" in only
    assert "was old" not in only


def test_a_statement_page_says_whether_it_is_a_triple(get: Get, source: StoreSource) -> None:
    met = Seen(get(f"/statement/{statement_of(source, 'meet')}").text)
    assert "A document asserts this" in met.words
    assert "A copy · characters 0–47" in met.words
    sold = Seen(get(f"/statement/{statement_of(source, 'sell')}").text)
    assert "No document asserts this" in sold.words


def test_a_link_of_a_quote_leads_to_its_place(get: Get, source: StoreSource) -> None:
    page = Seen(get(f"/statement/{statement_of(source, 'sell')}").text)
    (path,) = [link for link in page.links if link.startswith("/document/")]
    fragment = urlsplit(path).fragment
    assert fragment == "char=70,110"
    assert fragment in Seen(get(path).text).ids


def test_a_document_page_has_the_quotes_at_their_places(get: Get) -> None:
    page = Seen(get("/document/report").text)
    assert page.ids.index("char=0,47") < page.ids.index("char=70,110")
    assert "not whole texts" in page.words
    assert "They spoke of a loan." not in page.words


def test_a_document_page_has_the_text_where_it_is_kept(get: Get, source: StoreSource) -> None:
    source.texts["report"] = TEXT
    try:
        assert "They spoke of a loan." in Seen(get("/document/report").text).words
    finally:
        source.texts.clear()


def test_every_local_link_answers(get: Get) -> None:
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = get(path)
        assert answer.status == 200, path
        if answer.headers["content-type"].startswith("text/html") and path != "/explore":
            links = (urljoin(path, link).partition("#")[0] for link in Seen(answer.text).links)
            waiting += sorted(
                {each for each in links if each.startswith("/")} - seen - set(waiting)
            )
    assert len(seen) > 40


def test_no_link_leads_to_a_scheme_that_runs(get: Get) -> None:
    pages = ("/entity/Robert_Sattler", "/document/report", "/entity/Clara_Moss")
    links = [link for path in pages for link in Seen(get(path).text).links]
    assert "https://www.wikidata.org/entity/Q1" in links
    assert [link for link in links if not link.startswith(("/", "#", "https://", "?"))] == []


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples, text/html;q=0.5", "application/n-triples"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
    ],
)  # fmt: skip
def test_the_client_chooses_the_form(get: Get, accept: str, media: str) -> None:
    answer = get("/entity/Clara_Moss", accept)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, media)
    assert answer.headers["vary"] == "Accept"


def test_a_form_that_nobody_has_is_406_and_lists_the_known(get: Get) -> None:
    answer = get("/entity/Clara_Moss", "image/png")
    assert answer.status == 406
    assert "text/turtle" in answer.text


def test_weights_of_zero_refuse() -> None:
    assert wanted("text/html;q=0, text/turtle;q=0.1") == "ttl"
    assert wanted("text/html;q=zero") is None


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser
def test_three_forms_of_rdf_say_the_same(get: Get, source: StoreSource) -> None:
    from rdflib import Graph, URIRef

    kinds = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
    for path in ("entity/Clara_Moss", f"statement/{statement_of(source, 'meet')}", "relation/meet", "document/report"):  # fmt: skip
        graphs = [set(Graph().parse(data=get(f"/{path}.{form}").text, format=kind)) for form, kind in kinds.items()]  # fmt: skip
        assert graphs[0] == graphs[1] == graphs[2]
        assert URIRef(source.names.base + path) in {triple[0] for triple in graphs[0]}


def test_a_statement_in_rdf_brings_its_evidence(get: Get, source: StoreSource) -> None:
    turtle = get(f"/statement/{statement_of(source, 'meet')}", "text/turtle").text
    assert '"Clara Moss met Robert Sattler in Genoa in 1990."' in turtle
    assert "subjectSpan" in turtle


def test_a_thousand_statements_are_paged_with_few_and_bounded_queries() -> None:
    source = StoreSource(Store())
    source.store.load(crowded(1000))
    with serving(source) as address:
        told: list[str] = []
        for page in range(20):
            before = len(source.asked)
            seen = Seen(fetch(f"{address}/entity/Ann_Hub?page={page}").text)
            assert len(source.asked) - before <= 8
            told += re.findall(r"Statement ([0-9a-f]{12})", seen.words)
        assert len(told) == len(set(told)) == 1000
        assert "No statements here" in fetch(f"{address}/entity/Ann_Hub?page=20").text
        places = [fetch(f"{address}/document/guests?from={start}").text for start in (0, 20_000)]
        assert [len(re.findall(r'class="passage"', each)) for each in places] == [40, 40]
        first = fetch(f"{address}/entity/Ann_Hub.nt")
        assert first.body.count(b"\n") == 2000
        assert first.headers["link"] == '</entity/Ann_Hub.nt?page=1>; rel="next"'
        rest = fetch(f"{address}/entity/Ann_Hub.nt?page=1")
        assert rest.headers["link"] is None
        assert not set(first.body.splitlines()) & set(rest.body.splitlines())


def test_iris_under_the_served_base_can_be_followed() -> None:
    from rdflib import Graph, URIRef

    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    source = StoreSource(Store(Namespaces(base)))
    source.store.load(readable())
    found = source.store.query(
        "SELECT DISTINCT ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    )
    iris = sorted(row[0].value for row in found.rows if row[0] and row[0].value.startswith(base))
    followed = [each for each in iris if "#" not in each]
    assert len(followed) > 12
    with serving(source, listening):
        for iri in followed:
            answer = fetch(iri, "text/turtle")
            assert answer.status == 200, iri
            assert URIRef(iri) in set(Graph().parse(data=answer.text, format="turtle").subjects())
            assert fetch(iri).status == 200


def test_every_file_of_the_pages_is_listed() -> None:
    kept = files("kg.serve.pages").joinpath("static").iterdir()
    assert {each.name for each in kept} == set(OWN)


def test_our_own_terms_can_be_followed(get: Get) -> None:
    assert "polarity" in Seen(get("/vocab").text).ids
    assert "kg:Positive or kg:Negative." in get("/vocab", "text/turtle").text
    assert get("/kg/vocab.nt").headers["content-type"].startswith("application/n-triples")
    assert get("/vocab.exe").status == 404


def test_a_base_with_a_path_is_served_there_too(get: Get) -> None:
    assert get("/kg/entity/Clara_Moss").status == 200


def test_the_network_is_drawn_once(get: Get, source: StoreSource) -> None:
    before = source.drawings
    first, second = get("/explore"), get("/explore")
    assert first.body == second.body
    drawn = source.drawings
    assert drawn - before <= 1
    source.version += "+"  # the graph was built again
    assert get("/explore").status == 200
    assert source.drawings == drawn + 1
    assert "sha256-" in first.headers["content-security-policy"]


def test_a_network_too_large_to_draw_says_so(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.pages.addresses.MOST_DRAWN", 3)
    assert "up to 3 are drawn here" in get("/explore").text
