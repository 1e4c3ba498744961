"""The command line on a graph: query, why, export; usage and help."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from kg import api

Run = Callable[..., Any]

SELECT = "SELECT ?who ?label WHERE { ?who rel:meet ?whom . ?who rdfs:label ?label }"
CONSTRUCT = "CONSTRUCT { ?s rel:meet ?o } WHERE { ?s rel:meet ?o }"


def test_query_without_a_question_lists_what_is_known(kg: Run) -> None:
    done = kg("query")
    names = [row.split("\t")[0] for row in done.out.splitlines()]
    assert names[0] == "name"
    assert {"who-met-whom", "denied", "timeline"} <= set(names)
    assert done.status == 0


def test_query_prints_a_table(kg: Run, graph: Path) -> None:
    done = kg("query", "who-met-whom", "-g", graph)
    assert done.out.splitlines()[1].split("\t") == [
        "Robert Sattler",
        "Clara Moss",
        "1990-05-03",
        "Genoa",
    ]
    assert done.said == ["1 answer"]


def test_query_prints_csv_that_a_reader_reads(kg: Run, graph: Path) -> None:
    done = kg("query", "who-met-whom", "-g", graph, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows == [
        {"who": "Robert Sattler", "whom": "Clara Moss", "when": "1990-05-03", "where": "Genoa"}
    ]
    assert done.said == []


def test_query_prints_sparql_json(kg: Run, graph: Path) -> None:
    told = json.loads(kg("query", SELECT, "-g", graph, "--format", "json").out)
    assert told["head"]["vars"] == ["who", "label"]
    assert [b["label"]["value"] for b in told["results"]["bindings"]] == ["Robert Sattler"]


def test_query_prints_turtle_of_a_construct(kg: Run, graph: Path) -> None:
    done = kg("query", CONSTRUCT, "-g", graph, "--format", "turtle")
    (triple,) = pyoxigraph.parse(done.out, format=pyoxigraph.RdfFormat.TURTLE)
    assert triple.predicate.value.endswith("/relation/meet")
    assert triple.object.value.endswith("/entity/Clara_Moss")


def test_query_says_yes_and_no(kg: Run, graph: Path) -> None:
    assert kg("query", "ASK { :Clara_Moss rel:work_for ?firm }", "-g", graph).out == "yes\n"
    assert kg("query", "ASK { ?who rel:sell ?what }", "-g", graph).out == "no\n"


def test_no_answer_is_no_error(kg: Run, graph: Path) -> None:
    done = kg("query", "SELECT ?x WHERE { ?x rel:swim_to ?y }", "-g", graph)
    assert (done.status, done.out) == (0, "x\n")
    assert "No answer" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["who-knows"], "known: about"),
        (["SELECT {"], "line 1"),
        (["SELECT ?x WHERE { ?x no:prefix ?y }"], "no:"),
        (["DELETE WHERE { ?s ?p ?o }"], "updates are refused"),
        (["SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"], "SERVICE is refused"),
        ([SELECT, "--format", "turtle"], "turtle cannot hold"),
        ([CONSTRUCT, "--format", "json"], "json cannot hold"),
        (["nowhere.rq"], "nowhere.rq"),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_line(
    kg: Run, graph: Path, arguments: list[str], words: str
) -> None:
    done = kg("query", *arguments, "-g", graph)
    place = [line for line in done.said if line.startswith("    ")]
    assert (done.status, done.out, len(done.said) - len(place)) == (1, "", 1)
    assert len(place) == (2 if ": line " in done.err else 0)
    assert done.err.startswith("kg: ")
    assert words in done.err


@pytest.mark.parametrize("verb", [["query", "denied"], ["why", "Clara Moss"], ["export"]])
def test_a_graph_that_is_not_there_or_broken_is_one_line(
    kg: Run, verb: list[str], tmp_path: Path
) -> None:
    for place, content in (
        (tmp_path / "none", None),
        (tmp_path / "broken.trig", "<a> <b> "),
        (tmp_path / "x.pdf", "%"),
    ):
        if content is not None:
            place.write_text(content, encoding="utf-8")
        done = kg(*verb, "-g", place)
        assert (done.status, done.out, len(done.said)) == (1, "", 1)
        assert place.name in done.err


# -- why and export -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["Robert Sattler", "Sattler", "Robert_Sattler"])
def test_why_an_entity_shows_its_names_joins_and_quotes(kg: Run, graph: Path, key: str) -> None:
    done = kg("why", key, "-g", graph)
    assert done.status == 0
    assert done.out.startswith("Robert Sattler · Person\n")
    assert "also      Sattler" in done.out
    assert "part of the name" in done.out or "by surname" in done.out
    assert "[Sattler] {did not sell} [the port]." in done.out or "{sell}" in done.out
    assert "b, characters" in done.out


def test_why_a_statement_shows_its_status_cue_and_quote(kg: Run, graph: Path) -> None:
    statements = api.why("Robert Sattler", graph).statements
    denied = next(s for s in statements if s.polarity == "negative")
    done = kg("why", denied.id[:9], "-g", graph)
    assert "Robert Sattler · sell · port" in done.out
    assert "not, certain" in done.out
    assert "“not”" in done.out or "not" in done.out.split("status")[1].splitlines()[0]
    assert "a bare triple" not in done.out


def test_why_keeps_to_the_limit_and_says_so(kg: Run, graph: Path) -> None:
    done = kg("why", "Robert Sattler", "-g", graph, "--limit", 1)
    assert done.out.count("status ") == 1
    assert "--limit 0" in done.err
    assert kg("why", "Robert Sattler", "-g", graph, "--limit", 0).out.count("status ") >= 3


def test_why_something_unknown_is_one_line(kg: Run, graph: Path) -> None:
    done = kg("why", "Nobody Known", "-g", graph)
    assert (done.status, done.out, len(done.said)) == (1, "", 1)
    assert "Nobody Known" in done.err


def test_export_writes_what_is_asked_and_names_it(kg: Run, graph: Path, tmp_path: Path) -> None:
    done = kg("export", "facts.ttl", "graph.nq", "-g", graph, "-o", tmp_path)
    assert done.out.split() == [str(tmp_path / "facts.ttl"), str(tmp_path / "graph.nq")]
    assert (tmp_path / "facts.ttl").read_bytes() == (graph / "facts.ttl").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["facts.ttl", "graph.nq"]


def test_export_of_everything_gives_the_bytes_of_the_build(
    kg: Run, graph: Path, tmp_path: Path
) -> None:
    assert kg("export", "-g", graph, "-o", tmp_path).status == 0
    for name in api.BUILD_FILES:
        assert (tmp_path / name).read_bytes() == (graph / name).read_bytes(), name


# -- usage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["build"], ["frobnicate"], ["extract", ".", "--format", "pdf"], ["build", ".", "--max-chars", "0"], ["why"],
     ["export", "graph.docx"], ["--no-such-option"]],
)  # fmt: skip
def test_wrong_usage_is_2_with_words_on_standard_error(kg: Run, arguments: list[str]) -> None:
    done = kg(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "Usage" in done.err or "Error" in done.err


def test_help_and_version_are_data(kg: Run) -> None:
    helped = kg("--help")
    assert helped.status == 0
    assert all(verb in helped.out for verb in ("build", "extract", "query", "why", "export"))
    assert kg("--version").out.startswith("kg")


# -- as a process ---------------------------------------------------------------------------------
