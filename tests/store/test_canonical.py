"""A corpus has one order and form, and is refused where it contradicts itself."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from corpora import MET, evidence, oswald

from kg.errors import StoreError
from kg.model import Attribution, Corpus, Header, Literal, Qualifier, Relation, Statement
from kg.store import canonical
from kg.vocab import statement_id

SAID = Statement(
    "Lee_Harvey_Oswald",
    Relation("meet with", "met with"),
    "Valeriy_Kostikov",
    (evidence("jfk-files", MET, "Oswald", "met with", "Kostikov"),),
)


def with_statements(*statements: Statement) -> Corpus:
    return replace(oswald(), statements=statements)


def test_it_is_a_fixed_point() -> None:
    assert canonical(canonical(oswald())) == canonical(oswald())


def test_the_order_of_what_is_given_does_not_matter() -> None:
    corpus, shuffle = oswald(), random.Random(3).sample
    mixed = Corpus(
        *(
            tuple(shuffle(each, len(each)))
            for each in (corpus.headers, corpus.entities, corpus.statements, corpus.links)
        )
    )
    assert canonical(mixed) == canonical(corpus)


def test_equal_statements_join_their_evidence_and_keep_the_better_score() -> None:
    memo = evidence(
        "memo 7/b",
        "Lee Harvey Oswald met with Kostikov in 1963.",
        "Lee Harvey Oswald",
        "met with",
        "Kostikov",
    )
    other = replace(SAID, relation=Relation("meet with", "meets with"), evidence=(memo,), score=0.5)
    (joined,) = canonical(with_statements(replace(SAID, score=0.4), other, other)).statements
    assert [each.document for each in joined.evidence] == ["jfk-files", "memo 7/b"]
    assert joined.score == 0.5
    assert joined.id == statement_id(SAID)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, subject="Fidel_Castro"),
        replace(SAID, relation=Relation("meet", "met with")),
        replace(SAID, object=Literal("Kostikov", "xsd:string", "Kostikov")),
        replace(SAID, polarity="negative"),
        replace(SAID, certainty="possible"),
        replace(SAID, attribution=Attribution("J_Edgar_Hoover", "said")),
        replace(SAID, time="1963"),
        replace(SAID, place="Mexico_City"),
        replace(SAID, qualifiers=(Qualifier("in", "in Mexico City", "Mexico_City"),)),
        replace(SAID, qualifiers=(Qualifier("in", "in Mexico City"),)),
    ],
)
def test_what_is_said_decides_the_id(other: Statement) -> None:
    assert statement_id(other) != statement_id(SAID)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, evidence=()),
        replace(SAID, score=0.1),
        replace(SAID, relation=Relation("meet with", "was meeting with")),
    ],
)
def test_where_and_how_well_it_is_said_does_not(other: Statement) -> None:
    assert statement_id(other) == statement_id(SAID)


def test_the_order_of_qualifiers_does_not_decide_the_id() -> None:
    one, two = Qualifier("in", "in Mexico City", "Mexico_City"), Qualifier("how", "twice")
    both = replace(SAID, qualifiers=(one, two)), replace(SAID, qualifiers=(two, one))
    assert statement_id(both[0]) == statement_id(both[1])


def test_scores_keep_four_digits() -> None:
    (statement,) = canonical(with_statements(replace(SAID, score=2 / 3))).statements
    assert statement.score == 0.6667


def test_what_rdf_cannot_hold_is_replaced_point_by_point() -> None:
    bad = "a\x00b\x0cc\ufffed\uffffe\ud800f\tg\nh\ri"
    (header,) = canonical(Corpus((Header("d", bad, bad),), (), (), ())).headers
    assert header.title == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\tg\nh\ri"
    assert len(header.source) == len(bad)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("007", "xsd:integer"), ("7", "xsd:integer")),
        (("-0", "xsd:integer"), ("0", "xsd:integer")),
        (("1.50", "xsd:decimal"), ("1.5", "xsd:decimal")),
        (("-.0", "xsd:decimal"), ("0", "xsd:decimal")),
        (("1e3", "xsd:double"), ("1000", "xsd:decimal")),
        (("INF", "xsd:double"), ("INF", "xsd:string")),
        (("1e400000000", "xsd:double"), ("1e400000000", "xsd:string")),
        (("seven", "xsd:integer"), ("seven", "xsd:string")),
        (("1" * 5000, "xsd:integer"), ("1" * 5000, "xsd:string")),
        (("٣", "xsd:integer"), ("٣", "xsd:string")),
        (("1", "xsd:boolean"), ("true", "xsd:boolean")),
        (("1963-02-30", "xsd:date"), ("1963-02-30", "xsd:string")),
        (("1963-13", "xsd:gYearMonth"), ("1963-13", "xsd:string")),
        (("P1Y", "xsd:duration"), ("P1Y", "xsd:string")),
        (("196X", "edtf:EDTF"), ("196X", "edtf:EDTF")),
    ],
)
def test_literals_keep_the_form_that_both_engines_keep(
    given: tuple[str, str], kept: tuple[str, str]
) -> None:
    literal = replace(SAID, object=Literal(*given, text="words"))
    (statement,) = canonical(with_statements(literal)).statements
    assert statement.object == Literal(*kept, text="words")


def test_a_statement_without_evidence_is_refused() -> None:
    with pytest.raises(StoreError, match="no evidence"):
        canonical(with_statements(replace(SAID, evidence=())))


@pytest.mark.parametrize(
    "statement",
    [
        replace(SAID, subject="Nobody"),
        replace(SAID, object="Nobody"),
        replace(SAID, place="Nobody"),
        replace(SAID, attribution=Attribution("Nobody", "said")),
        replace(SAID, qualifiers=(Qualifier("in", "in nowhere", "Nobody"),)),
    ],
)
def test_an_entity_that_is_not_in_the_corpus_is_refused(statement: Statement) -> None:
    with pytest.raises(StoreError, match="entity 'Nobody' is not in the corpus"):
        canonical(with_statements(statement))


@pytest.mark.parametrize("part", ["headers", "entities"])
def test_what_occurs_twice_is_refused(part: str) -> None:
    twice = getattr(oswald(), part) * 2
    with pytest.raises(StoreError, match="occurs twice"):
        canonical(replace(oswald(), **{part: twice}))


def test_a_document_that_is_not_in_the_corpus_is_refused() -> None:
    with pytest.raises(StoreError, match="document 'memo 7/b' is not in the corpus"):
        canonical(replace(oswald(), headers=oswald().headers[:1]))


def test_two_quotes_of_one_place_are_refused() -> None:
    forged = tuple(replace(each, quote=each.quote.upper()) for each in SAID.evidence)
    other = replace(SAID, relation=Relation("greet", "greeted"), evidence=forged)
    with pytest.raises(StoreError, match="two quotes"):
        canonical(with_statements(SAID, other))


@pytest.mark.parametrize("id_", ["U.S.", "a b", "", "x-"])
def test_an_entity_id_that_is_no_local_name_is_refused(id_: str) -> None:
    bad = replace(oswald().entities[2], id=id_)
    with pytest.raises(StoreError, match="no local name"):
        canonical(replace(oswald(), entities=(bad,), statements=(), links=()))


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_is_refused(score: float) -> None:
    with pytest.raises(StoreError, match="finite"):
        canonical(with_statements(replace(SAID, score=score)))
