"""Statements of sentences: cases as data, and what holds of any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.relations import common_name
from kg.model import Corpus, Document, Header, Literal, Span, Statement
from kg.pipeline import Pipeline, Reading, join

CASES = Path(__file__).parent.parent / "cases"
FILES = (
    "statements.tsv", "statements_more.tsv", "nominal.tsv", "status.tsv", "arguments.tsv",
)  # fmt: skip
EXPECTATIONS = {"must", "must-plain", "must-not", "must-not-plain"}
KNOWN_FAILURES = 0.25  # of the sentences; more of them would hide what the extractor cannot do


class Case(NamedTuple):
    """One line of the file; an empty string says that the line asks nothing of it, `*` that anything will do."""

    id: str
    text: str
    expectation: str
    subject: str
    relation: str
    object: str
    polarity: str
    certainty: str
    source: str
    circumstance: str
    failure: str

    @property
    def negative(self) -> bool:
        return self.expectation.startswith("must-not")


def lines() -> Iterator[Case]:
    for file in FILES:
        before = ("", "")
        for row in (CASES / file).read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("#"):
                name, text, *rest = row.split("\t")
                before = (name, text) if name else before
                yield Case(*before, *rest)


def cases(*, marked: bool = True) -> list[object]:
    found: list[object] = []
    for case in lines():
        number = sum(each.values[0].id == case.id for each in found) + 1  # type: ignore[attr-defined]
        marks = (
            [pytest.mark.xfail(strict=True, reason=case.failure)] if case.failure and marked else []
        )
        found.append(pytest.param(case, marks=marks, id=f"{case.id}-{number}"))
    return found


SENTENCES = list(dict.fromkeys(case.text for case in lines()))


@dataclass(frozen=True)
class Found:
    """A statement with all that its ends are called."""

    statement: Statement
    subject: frozenset[str]
    object: frozenset[str]
    source: str
    place: str

    def __str__(self) -> str:
        s = self.statement
        status = (
            f"{s.polarity}, {s.certainty}, by {self.source}"
            if self.source
            else f"{s.polarity}, {s.certainty}"
        )
        return f"{min(self.subject)} | {s.relation.lemma} | {min(self.object)} ({status}; {s.time}, {self.place})"


def found(corpus: Corpus, text: str) -> list[Found]:
    names = {entity.id: {entity.label, *entity.aliases} for entity in corpus.entities}
    labels = {entity.id: entity.label for entity in corpus.entities}

    def called(end: str | Literal, spans: list[Span]) -> frozenset[str]:
        known = {end.value, end.text} if isinstance(end, Literal) else names[end]
        return frozenset(known | {span.of(text) for span in spans})

    def source(statement: Statement) -> str:
        if statement.attribution is None:
            return ""
        who = statement.attribution.source
        return who.text if isinstance(who, Literal) else labels[who]

    return [
        Found(
            s,
            called(s.subject, [e.subject for e in s.evidence]),
            called(s.object, [e.object for e in s.evidence]),
            source(s),
            labels.get(s.place or "", ""),
        )
        for s in corpus.statements
    ]


def fits(one: Found, case: Case) -> bool:
    """Whether a statement is the one that a case speaks of."""
    s = one.statement
    ends = case.subject in {"*", *one.subject} and case.object in {"*", *one.object}
    name = common_name(case.relation, dated=case.object[:4].isdigit())
    if not ends or name not in {"*", s.relation.lemma}:
        return False
    if case.expectation in {"must-plain", "must-not-plain"} and not s.plain:
        return False
    if case.expectation == "must" and case.source != one.source:
        return False
    kind, _, value = case.circumstance.partition("=")
    if kind and {"time": s.time, "place": one.place}[kind] != value:
        return False
    return case.polarity in {"", s.polarity} and case.certainty in {"", s.certainty}


@pytest.mark.parametrize("case", cases())
def test_a_sentence_says_what_its_case_demands(case: Case, reading: Callable[..., Reading]) -> None:
    told = found(join([reading(case.text)]), case.text)
    hits = [str(one) for one in told if fits(one, case)]
    if case.negative:
        assert not hits, case.text
    else:
        assert hits, "\n".join([case.text, *map(str, told)])


@pytest.mark.parametrize("text", SENTENCES)
def test_evidence_is_the_sentence_to_the_letter(text: str, reading: Callable[..., Reading]) -> None:
    before = "Preface: nothing yet… 𝄞\n\n"
    check_evidence(join([reading(before + text)]), before + text)
    check_evidence(join([reading(text)]), text)


def check_evidence(corpus: Corpus, text: str) -> None:
    """Quotes and cues are the text at their spans; ends and relation lie inside the quote."""
    for statement in corpus.statements:
        for evidence in statement.evidence:
            assert evidence.span.of(text) == evidence.quote
            for span in (evidence.subject, evidence.object, *evidence.relation):
                assert span in evidence.span
                assert span.start < span.end
            for cue in evidence.cues:
                assert cue.span.of(text) == cue.text


def test_cases_are_well_formed() -> None:
    rows = list(lines())
    assert {row.expectation for row in rows} == EXPECTATIONS
    texts = {row.id: row.text for row in rows}
    assert len(texts) == len(SENTENCES)
    for row in rows:
        for end in (row.subject, row.object):
            literal = end[:1].isdigit()
            assert end == "*" or literal or end in row.text, (
                f"{row.id}: {end!r} is not in its sentence"
            )


def test_a_third_of_the_sentences_say_what_must_not_be_found() -> None:
    assert len({c.id for c in lines() if c.negative}) >= len(SENTENCES) / 3


def test_known_failures_are_few() -> None:
    assert len({c.id for c in lines() if c.failure}) <= KNOWN_FAILURES * len(SENTENCES)


FRAGMENTS = st.sampled_from(
    """Maren Bly met Tobias Wren|Kestrel Foods|said that|did not|, who|, which|and|or|nor|neither|if|the alleged|"|“|”|'|—|(|)|.|?|!
    ;|:|…|\n|\n\n|\t|\u00a0|\u2028|\u200b|\ufeff|é|e\u0301|𝄞|🙂|漢字|ß|ﬁ|- |* |1. |# |of|by|was|were|has been|to be|bought|whom|whose|that
    there|it|he|she|they|its|in 1990|on 3 May|$3 million|54|according to|without|according|had|would have|no|nobody|never|only
    the chief executive of|'s|’s|Mr.|Dr.|U.S.|etc.|e.g.|http://example.org/a?b=c|<b>|&amp;|A|I|\x00|\x1f""".replace(
        "\n    ", "|"
    ).split("|")
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=30), st.sampled_from(["", " "]))
def test_any_text_is_read_with_exact_evidence(
    pipeline: Pipeline, parts: list[str], gap: str
) -> None:
    text = gap.join(parts)
    reading = pipeline.read_document(Document(Header("d", "d.txt"), text))
    for mention in reading.mentions:
        assert mention.extent.of(text) == mention.text
    check_evidence(join([reading]), text)
