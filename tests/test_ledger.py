"""Every sentence ends in statements or in a reason, and the counts add up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.pipeline import Pipeline, Reading, settle

ROOT = Path(__file__).parent.parent
Run = Callable[..., Any]

ODD = {
    "list.md": "# The port of Genoa\n\n- crates of salt\n- two cranes\n\n* * *\n\nClara Moss left Genoa.\n",
    "short.txt": "Silence!\n\nNo comment.\n\nGo home.\n\nNobody came.\n\nThe ship sank.",
    "open.txt": "It sold the boat.\n\nRobert Sattler met Clara Moss.",
    "empty.txt": "",
}

GIVE = [
    ("***", "no-words"),
    ("The port of Genoa", "heading"),
    ("No comment.", "fragment"),
    ("Go home.", "no-subject"),
    ("Nobody came.", "empty-subject"),
    ("The ship sank.", "no-object"),
    ("The plant was treated as a weed.", "no-rule"),
    ("It sold himself.", "open-pronoun"),
    ("The director of the CIA resigned.", "unnamed-holder"),
]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name, text in ODD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "reason"), GIVE)
def test_a_sentence_without_statements_has_its_reason(
    reading: Callable[..., Reading], text: str, reason: str
) -> None:
    accounts = settle([reading(text)]).ledger
    assert [(a.text, a.statements, a.reason) for a in accounts] == [(text, (), reason)]


def test_a_statement_between_names_of_one_thing_is_left_out_for_it(
    reading: Callable[..., Reading],
) -> None:
    one = reading("Clara Moss praised Clara Moss.")
    assert len(one.statements) == 1
    assert [a.reason for a in settle([one]).ledger] == ["same-thing"]


def test_the_reasons_are_those_that_are_documented(kg: Run) -> None:
    told = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    shown = kg("extract", "--help").out
    for _, reason in [*GIVE, ("", "same-thing"), ("", "below-min-score")]:
        assert f"`{reason}`" in told
        assert reason in shown
    for text, _ in GIVE:
        assert text in told


def test_the_counts_of_odd_documents_add_up(pipeline: Pipeline, odd: Path) -> None:
    result = pipeline.run([odd])
    report = result.report
    assert len(report.errors) == 1
    assert report.sentences == len(result.ledger) == sum(len(r.sentences) for r in result.readings)
    assert report.with_statements + sum(number for _, number in report.reasons) == report.sentences
    assert Counter(a.reason for a in result.ledger if a.reason) == dict(report.reasons)
    for account in result.ledger:
        assert bool(account.statements) != bool(account.reason), account
    found = sum(len(r.statements) for r in result.readings)
    assert found == sum(len(s.evidence) for s in result.corpus.statements) + report.left_out


def test_a_ledger_names_the_statements_of_each_sentence(kg: Run, odd: Path, tmp_path: Path) -> None:
    done = kg("extract", odd, "--format", "jsonl", "--ledger", tmp_path / "ledger.jsonl")
    lines = [json.loads(row) for row in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    assert list(lines[0]) == [
        "document",
        "sentence",
        "start",
        "end",
        "text",
        "statements",
        "reason",
    ]
    said = {(r["document"], r["evidence"][0]["start"], r["id"]) for r in map(json.loads, done.out.splitlines())}  # fmt: skip
    assert {(x["document"], x["start"], i) for x in lines for i in x["statements"]} == said
    for x in lines:
        text = ODD[next(name for name in ODD if name.startswith(x["document"]))]
        assert text[x["start"] : x["end"]] == x["text"]
    summary = next(row for row in done.said if "with statements" in row)
    total, rest = summary.split(" sentences: ")
    assert int(total) == len(lines) == sum(int(part.split()[0]) for part in rest.split(", "))


def test_build_writes_the_same_ledger_as_extract(kg: Run, odd: Path, tmp_path: Path) -> None:
    built = kg("build", odd, "-o", tmp_path / "out", "--ledger", tmp_path / "built.jsonl")
    kg("extract", odd, "--ledger", tmp_path / "extracted.jsonl")
    assert (tmp_path / "built.jsonl").read_bytes() == (tmp_path / "extracted.jsonl").read_bytes()
    assert any("with statements" in row for row in built.said)


def test_statements_below_the_score_are_left_out_and_the_ledger_says_so(
    reading: Callable[..., Reading],
) -> None:
    good = reading("Robert Sattler met Clara Moss.")
    weak = replace(good, statements=tuple(replace(s, score=0.4) for s in good.statements))
    settled = settle([weak], min_score=0.5)
    assert settled.corpus.statements == ()
    assert [a.reason for a in settled.ledger] == ["below-min-score"]
    assert settled.left_out == len(weak.statements)
    assert settle([weak], min_score=0.4).corpus.statements


def test_the_best_evidence_of_a_statement_decides_whether_it_stays(
    reading: Callable[..., Reading],
) -> None:
    good = reading("Robert Sattler met Clara Moss.", "a")
    weak = reading("Robert Sattler met Clara Moss.", "b")
    weak = replace(weak, statements=tuple(replace(s, score=0.4) for s in weak.statements))
    settled = settle([good, weak], min_score=0.5)
    assert [len(s.evidence) for s in settled.corpus.statements] == [2]
    assert all(a.statements for a in settled.ledger)


def test_a_ledger_that_cannot_be_written_is_one_line(kg: Run, odd: Path, tmp_path: Path) -> None:
    done = kg("extract", odd / "open.txt", "--ledger", tmp_path / "nowhere" / "ledger.jsonl")
    assert done.status == 1
    assert len(done.said) == 1
    assert "cannot be written" in done.err


@pytest.mark.parametrize("score", ["2", "-1", "high"])
def test_a_score_outside_zero_and_one_is_wrong_usage(kg: Run, odd: Path, score: str) -> None:
    assert kg("extract", odd, "--min-score", score).status == 2
