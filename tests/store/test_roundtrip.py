"""Any corpus comes back, from every file that holds everything, in either engine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import (
    ENTITY_TYPES,
    Attribution,
    Corpus,
    Cue,
    Entity,
    Evidence,
    Header,
    KnownLink,
    Link,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)
from kg.store import Store, canonical

FORMATS = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads"}
ODD = "\x00\x01\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800\"'\\\n\r\t<>{}|^`#%@.;,()é漢😀"
WORDS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=12)
NAMES = st.sampled_from(["a", "b", "Lee_Harvey_Oswald", "x-1", "9"])
DOCUMENTS = st.one_of(st.sampled_from(["jfk-files", "memo 7/b", "-", "a#char=1,2"]), WORDS)
DATES = st.one_of(
    st.none(),
    st.sampled_from(["1963", "1963-09", "1963-09-28", "1963-02-30", "196X", "0000"]),
    WORDS,
)
SCORES = st.floats(0, 1)
TYPES = st.sampled_from(ENTITY_TYPES)
IRIS = st.sampled_from(
    ["http://www.wikidata.org/entity/Q42", "urn:x:1", "https://example.org/é?a=b%20c#d", "https://schema.org/A", "https://example.org/kg/entity/a"]
)  # fmt: skip
DATATYPES = ["string", "integer", "decimal", "double", "date", "gYear", "gYearMonth", "boolean"]
LITERALS = st.builds(
    Literal,
    st.one_of(WORDS, DATES.filter(bool), st.sampled_from(["007", "1.50", "-0.0", "1e3", "true"])),
    st.sampled_from([*(f"xsd:{each}" for each in DATATYPES), "edtf:EDTF", "kg:mile"]),
    WORDS,
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 99))
    return Span(start, start + draw(st.integers(0, 99)))


@st.composite
def evidences(draw: st.DrawFn, documents: list[str]) -> Evidence:
    document, span = draw(st.sampled_from(documents)), draw(spans())
    kinds = st.sampled_from(["negation", "modal"])
    return Evidence(
        document=document,
        sentence=draw(st.integers(0, 9)),
        span=span,
        quote=f"{document} {span} {ODD}",
        subject=draw(spans()),
        relation=tuple(draw(st.lists(spans(), max_size=3))),
        object=draw(spans()),
        cues=tuple(draw(st.lists(st.builds(Cue, kinds, spans(), WORDS), max_size=2))),
        extractor=draw(WORDS),
    )


@st.composite
def statements(draw: st.DrawFn, documents: list[str], ids: list[str]) -> Statement:
    entities = st.sampled_from(ids)
    ends = st.one_of(entities, LITERALS)
    qualifiers = st.builds(Qualifier, WORDS, WORDS, st.one_of(st.none(), ends))
    return Statement(
        subject=draw(entities),
        relation=draw(st.builds(Relation, WORDS, WORDS)),
        object=draw(ends),
        evidence=tuple(draw(st.lists(evidences(documents), min_size=1, max_size=2))),
        qualifiers=tuple(draw(st.lists(qualifiers, max_size=2))),
        polarity=draw(st.sampled_from(["positive", "negative"])),
        certainty=draw(st.sampled_from(["certain", "possible", "unknown"])),
        attribution=draw(st.one_of(st.none(), st.builds(Attribution, ends, WORDS))),
        time=draw(DATES),
        place=draw(st.one_of(st.none(), entities)),
        score=draw(SCORES),
    )


@st.composite
def mentions(draw: st.DrawFn, documents: list[str], number: int) -> Mention:
    document, span = draw(st.sampled_from(documents)), Span(number, number + 1)
    return Mention(
        id=f"{document}#char={span.start},{span.end}",
        document=document,
        span=span,
        extent=draw(spans()),
        text=draw(WORDS),
        head=draw(st.integers(0, 9)),
        type=draw(TYPES),
        kind=draw(st.sampled_from(["name", "nominal", "pronoun"])),
    )


def safe(text: str) -> str:
    """A document id stays unique when it is cleaned."""
    return "".join(each for each in text if each in "\t\n\r" or "\x1f" < each < "\ud800")


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    documents = draw(st.lists(DOCUMENTS.map(safe), min_size=1, max_size=3, unique=True))
    ids = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    sources = st.one_of(WORDS, st.sampled_from(["https://example.org/a?b=%20c", "http://x:y:z/"]))
    optional = st.one_of(st.none(), WORDS)
    headers = [Header(each, draw(sources), draw(optional), draw(DATES)) for each in documents]
    every = [draw(mentions(documents, number)) for number in range(draw(st.integers(0, 4)))]
    entities = [
        Entity(
            each,
            draw(WORDS),
            draw(TYPES),
            tuple(draw(st.lists(WORDS, max_size=2))),
            tuple(every[number :: len(ids)]),
            draw(st.one_of(st.none(), IRIS)),
        )
        for number, each in enumerate(ids)
    ]
    judgements = st.sampled_from(["same", "different", "unsure"])
    place = st.sampled_from([each.id for each in every] or [f"{documents[0]}#char=0,1"])
    links = draw(st.lists(st.builds(Link, place, place, judgements, SCORES, WORDS), max_size=2))
    known = draw(st.lists(st.builds(KnownLink, place, IRIS, judgements, SCORES, WORDS), max_size=2))
    said = draw(st.lists(statements(documents, ids), max_size=3))
    return Corpus(tuple(headers), tuple(entities), tuple(said), tuple(links), tuple(known))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_a_store_gives_back_the_corpus(corpus: Corpus) -> None:
    store = Store()
    store.load(corpus)
    assert store.corpus() == canonical(corpus)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
@pytest.mark.filterwarnings("ignore:(Dataset|Conjunctive).* is deprecated:DeprecationWarning")
def test_every_file_loads_equally_in_both_engines(corpus: Corpus) -> None:
    store = Store()
    store.load(corpus)
    with tempfile.TemporaryDirectory() as directory:
        for kind in ("facts.ttl", "graph.ttl", "graph.trig", "graph.nq"):
            path = Path(directory, kind)
            store.write(path, kind)
            again = Store.read(path)
            theirs = rdflib.Dataset()
            theirs.parse(data=path.read_bytes(), format=FORMATS[path.suffix])
            ours = again.to_rdflib()
            assert set(theirs.quads()) == set(ours.quads()), kind
            assert len(again) == len(list(theirs.quads()))
            if kind != "facts.ttl":
                assert again.corpus() == store.corpus(), kind
