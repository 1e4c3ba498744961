"""A corpus that is hard to write down, and an empty page with the scripts that write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kg.export import view as module
from kg.export.records import records
from kg.export.view import page_file, view
from kg.export.view.columns import columns
from kg.model import (
    ENTITY_TYPES,
    Attribution,
    Corpus,
    Entity,
    Evidence,
    Header,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)
from kg.store import Store
from kg.vocab import Namespaces

HARD = "\"quoted\" 'single' back\\slash \\u0041 \U0001f98a\U00020bb7 é\u2028\u0085 </script><script>alert(1)</script> {{7*7}} #.;,@en^^<x>"
LINES = "first line\nsecond\r\nthird\ttab \"\"\" '''"
BASE = "https://kg.example/hard~%20/"
DOCUMENTS = (
    Header("memo 7/b </script>", "memo.txt", f"Title {HARD}", "1964-21~"),
    Header("plain", "plain.txt", None, "1963-09-28"),
    Header("Жук", "жук.txt", "", "2019-02"),
)
KG = "https://kg.example/hard~%20/vocab#"


# -- a corpus that is hard to write ---------------------------------------------------------------


def entity(id_: str, label: str, type_: Any = "Person", *aliases: str) -> Entity:
    at = Span(0, len(label))
    mention = Mention(f"plain#char=0,{len(label)}", "plain", at, at, label, 0, type_, "name")
    return Entity(id_, label, type_, aliases, (mention,) if id_ == "Ann" else ())


def said(
    subject: str, lemma: str, object_: str | Literal, quote: str, start: int, *documents: int, **more: Any
) -> Statement:  # fmt: skip
    evidence = tuple(
        Evidence(DOCUMENTS[number].id, 0, at, quote, Span(start, start + 1), (), Span(start, start + 1))
        for number in documents or (0,)
        for at in (Span(start, start + len(quote)),)
    )  # fmt: skip
    return Statement(subject, Relation(lemma, f"{lemma} {HARD}"), object_, evidence, **more)


def hard() -> Corpus:
    entities = (
        entity("Ann", HARD, "Person", LINES, "Ann", "\\"),
        entity("a-b_c", "", "Group"),
        entity("Nowhere", "=cmd|' /C calc'!A0", "Place"),
        entity("Source", LINES, "Organization", "never told"),
        *(entity(f"T{type_}", type_, type_) for type_ in ENTITY_TYPES),
    )
    values = (
        Literal("12", "xsd:integer", "a dozen"),
        Literal("-0.50", "xsd:decimal", "minus half"),
        Literal("1e3", "xsd:double", "thousand"),
        Literal("1963-02-30", "xsd:date", "Feb. 30"),
        Literal("1963-09-28", "xsd:date", "Sept. 28"),
        Literal("1963", "xsd:gYear", "1963"),
        Literal("1963-09", "xsd:gYearMonth", HARD),
        Literal("196X", "edtf:EDTF", "the sixties"),
        Literal("true", "xsd:boolean", "yes"),
        Literal(HARD + LINES, "xsd:string", LINES),
    )
    times = (
        "1963",
        "1963-13",
        "0000",
        "1900-02-29",
        "2000-02-29",
        "2001-04-31",
        "1963?",
        "../2017",
    )
    statements = (
        said("Ann", "meet", "a-b_c", HARD, 0, 0, 1, 2, score=0.8125, place="Nowhere"),
        said("Ann", "work in C++", "Ann", LINES, 500, 1, certainty="possible", time="1963-09", score=0.0001),
        said("Ann", "claim", "a-b_c", "one quote", 900, attribution=Attribution("Source", HARD)),
        said("Ann", "claim", "a-b_c", "one quote", 900, attribution=Attribution(Literal(HARD, "xsd:string", HARD), "\\")),
        said("Ann", "ask", "a-b_c", "what?", 1000, certainty="unknown", score=0),
        said("a-b_c", "deny", "Ann", "no", 1100, polarity="negative", time="2019-06-14"),
        said("a-b_c", "deny", "Ann", "no", 1100, polarity="negative", attribution=Attribution("Ann", "said")),
        said("Ann", "go", "Nowhere", "words of two", 1200, qualifiers=(
            Qualifier("in", LINES, "Nowhere"), Qualifier("on", "on day one", Literal("1963-09-28", "xsd:date", "day one")), Qualifier("how", HARD),
        )),
        *(said("Ann", "be", value, f"value {number}", 2000 + 50 * number) for number, value in enumerate(values)),
        *(said("Ann", "be at", "TPlace", f"time {number}", 3000 + 50 * number, time=time) for number, time in enumerate(times)),
        *(said(f"T{type_}", "know", "Ann", f"type {number}", 4000 + 50 * number) for number, type_ in enumerate(ENTITY_TYPES)),
    )  # fmt: skip
    return Corpus(DOCUMENTS, entities, statements, ())


# -- the same, as the page has it -----------------------------------------------------------------

Page = Mapping[str, Any]


def rows(told: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(told, row, strict=True)) for row in zip(*told.values(), strict=True)]


def page_data(found: Any, headers: Any, names: Namespaces | None = None) -> Page:
    """What `view` hands to its page, read as the page reads it."""
    caught: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "rendered", lambda *given: caught.extend(given) or "")
        view(found, headers, names=names)
    net, details, known = caught
    statements = rows(columns(net.edges)) + rows(details["literals"])
    graph = {
        "entities": rows(columns(net.nodes)),
        "relations": rows(details["relations"]),
        "documents": rows(details["documents"]),
        "names": details["names"],
    }
    return {"graph": graph, "statements": statements, "known": known}


WORDS = """(known) => (number, start, end) => {
  const piece = known[number].find(([at, text]) => at <= start && end <= at + [...text].length);
  return [...piece[1]].slice(start - piece[0], end - piece[0]).join("");
}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """An empty page under the view's own kind of policy, with the two scripts in it."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    policy = {"Content-Security-Policy": "default-src 'none'; img-src data:"}
    opened.route("**/*", lambda route: route.fulfill(body="<!DOCTYPE html><title>x</title>", headers=policy, content_type="text/html"))  # fmt: skip
    opened.goto("https://kg.example/")
    for name in "turtle", "save":
        part = f"kg{name.capitalize()}"
        opened.evaluate(f"{page_file(f'{name}.js')}\nwindow.{part} = {part}; null")
    yield opened
    context.close()


def asked(page: Any, call: str, given: Page) -> str:
    return str(page.evaluate(f"({{ graph, statements, known }}) => {call}(graph, statements, ({WORDS})(known))", given))  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    loaded = Store(Namespaces(BASE))
    loaded.load(hard())
    return loaded


@pytest.fixture(scope="module")
def data(store: Store) -> Page:
    return page_data(records(store.corpus(), store.names), store.headers(), store.names)
