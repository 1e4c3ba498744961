"""kg query: parameters, formats, labels, limits, files, and what is said beside an answer."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest

Run = Callable[..., Any]

SELECT = "SELECT ?who ?whom { ?who rel:meet ?whom }"
CONSTRUCT = "CONSTRUCT { ?who rel:meet ?whom } WHERE { ?who rel:meet ?whom }"
DESCRIBE = "DESCRIBE :Clara_Moss"
ASK = "ASK { :Clara_Moss ?p ?o }"
ENTITY = "https://example.org/kg/entity/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


# -- parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["Clara Moss", "moss", ":Clara_Moss", f"{ENTITY}Clara_Moss"])
def test_a_named_question_takes_values(kg: Run, graph: Path, person: str) -> None:
    done = kg("query", "who-met-whom", f"person={person}", "-g", graph)
    assert done.out.splitlines()[1].startswith("Robert Sattler\tClara Moss")
    assert done.said == ["1 answer"]


def test_about_tells_status_and_quote(kg: Run, graph: Path) -> None:
    out = kg("query", "about", "person=Sattler", "-g", graph).out
    assert "Robert Sattler\tmet\tClara Moss\tcertain\t1990-05-03\ta\t" in out
    assert "did not sell the port." in out
    assert "\tcertain, according to Clara Moss\t" in out


def test_a_value_that_comes_twice_is_two_values(kg: Run, graph: Path) -> None:
    done = kg("query", "related", "relation=meet", "relation=work for", "-g", graph)
    assert {row.split("\t")[1] for row in done.out.splitlines()[1:]} == {"meet", "work for"}


def test_the_list_of_questions_tells_what_they_take(kg: Run) -> None:
    rows = [row.split("\t") for row in kg("query").out.splitlines()]
    assert rows[0] == ["name", "question", "takes"]
    takes = {row[0]: row[2] for row in rows}
    assert takes["between"] == "one=ENTITY other=ENTITY"
    assert takes["timeline"] == "[about=ENTITY] [since=DATE] [until=DATE]"


def test_a_file_of_the_user_may_have_parameters(kg: Run, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    text = (
        "# Who?\n# param name text = Clara Moss: a label\nSELECT ?who { ?who rdfs:label ?name }\n"
    )
    file.write_text(text, encoding="utf-8")
    assert kg("query", file, "-g", graph).out == "who\n:Clara_Moss\n"
    assert kg("query", file, "name=Robert Sattler", "-g", graph).out == "who\n:Robert_Sattler\n"
    assert kg("query", file, 'name=x" } #', "-g", graph).out == "who\n"


def test_sparql_comes_from_standard_input(
    kg: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"# param p entity: who\n{SELECT.replace('}', 'FILTER(?whom = ?p) }')}"
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert (
        kg("query", "-", "p=Moss", "-g", graph).out == "who\twhom\n:Robert_Sattler\t:Clara_Moss\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["about"], "about: person is missing; it takes person=ENTITY"),
        (["about", "who=Moss"], "no parameter 'who'; it takes person=ENTITY"),
        (["about", "Moss"], "'Moss': a parameter is given as person=ENTITY"),
        (["about", "person=Mossy"], "perhaps :Clara_Moss (Clara Moss)"),
        ([SELECT, "x=1"], "query: no parameter 'x'; it takes none"),
        ([SELECT, "--format", "turtle"], "turtle cannot hold the answer of SELECT; known: table, csv, tsv, json, xml"),
        ([CONSTRUCT, "--format", "xml"], "known: table, turtle, ntriples, csv, tsv"),
        ([ASK, "--format", "ntriples"], "known: table, csv, tsv, json, xml"),
        ([ENDLESS, "--timeout", "0.5"], "took longer than 0.5 seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_line(
    kg: Run, graph: Path, arguments: list[str], words: str
) -> None:
    done = kg("query", *arguments, "-g", graph)
    assert (done.status, done.out, len(done.said)) == (1, "", 1)
    assert words in done.err


def test_a_mistake_is_shown_with_a_caret(kg: Run, graph: Path) -> None:
    done = kg("query", "SELECT ?x {\n  ?x rel:meet }", "-g", graph)
    assert done.said[0].startswith("kg: query: line 2, column 15: '}' does not fit here; wanted: ")
    assert done.said[1:] == ["      ?x rel:meet }", " " * 18 + "^"]


# -- formats --------------------------------------------------------------------------------------


def test_csv_and_tsv_are_those_of_the_w3c(kg: Run, graph: Path) -> None:
    rows = list(csv.reader(io.StringIO(kg("query", SELECT, "-g", graph, "--format", "csv").out)))
    assert rows == [["who", "whom"], [f"{ENTITY}Robert_Sattler", f"{ENTITY}Clara_Moss"]]
    tsv = kg("query", SELECT, "-g", graph, "--format", "tsv").out
    assert tsv == f"?who\t?whom\n<{ENTITY}Robert_Sattler>\t<{ENTITY}Clara_Moss>\n"


def test_xml_and_json_say_the_same(kg: Run, graph: Path) -> None:
    xml = ElementTree.fromstring(kg("query", SELECT, "-g", graph, "--format", "xml").out)
    told = json.loads(kg("query", SELECT, "-g", graph, "--format", "json").out)
    assert [each.text for each in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")] == [
        cell["value"] for row in told["results"]["bindings"] for cell in row.values()
    ]
    assert json.loads(kg("query", ASK, "-g", graph, "--format", "json").out)["boolean"] is True
    assert "<boolean>true" in kg("query", ASK, "-g", graph, "--format", "xml").out


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_triples_come_in_every_form_that_fits(kg: Run, graph: Path, query: str) -> None:
    forms = {"turtle": pyoxigraph.RdfFormat.TURTLE, "ntriples": pyoxigraph.RdfFormat.N_TRIPLES}
    sets = []
    for form, parser in forms.items():
        out = kg("query", query, "-g", graph, "--format", form).out
        sets.append({str(triple) for triple in pyoxigraph.parse(out, format=parser)})
    rows = kg("query", query, "-g", graph, "--format", "csv").out.splitlines()
    assert rows[0] == "subject,predicate,object"
    assert len(sets[0]) == len(sets[1]) == len(rows) - 1 > 0
    assert sets[0] == sets[1]


def test_labels_stand_beside_iris(kg: Run, graph: Path) -> None:
    table = kg("query", SELECT, "-g", graph, "--labels").out
    assert table == "who\twhom\nRobert Sattler (:Robert_Sattler)\tClara Moss (:Clara_Moss)\n"
    (row,) = csv.DictReader(
        io.StringIO(kg("query", SELECT, "-g", graph, "--labels", "--format", "csv").out)
    )
    assert list(row) == ["who", "whoLabel", "whom", "whomLabel"]
    assert (row["whoLabel"], row["whomLabel"]) == ("Robert Sattler", "Clara Moss")
    turtle = kg("query", CONSTRUCT, "-g", graph, "--labels", "--format", "turtle").out
    assert ':Clara_Moss rdfs:label "Clara Moss" .' in turtle
    counts = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    plain = kg("query", counts, "-g", graph, "--format", "csv").out
    assert kg("query", counts, "-g", graph, "--labels", "--format", "csv").out == plain


def test_a_limit_cuts_and_says_so(kg: Run, graph: Path) -> None:
    done = kg("query", "documents", "-g", graph, "--limit", 1)
    assert len(done.out.splitlines()) == 2
    assert done.said == ["1 answer; there are more: a larger --limit gives them"]
    assert kg("query", "documents", "-g", graph, "--limit", 2).said == ["2 answers"]
    cut = kg("query", DESCRIBE, "-g", graph, "--limit", 1, "--format", "ntriples")
    assert (cut.out.count("\n"), len(cut.said)) == (1, 1)


def test_a_timeout_changes_no_answer(kg: Run, graph: Path) -> None:
    asked = ("query", "about", "person=Moss", "-g", graph)
    assert kg(*asked, "--timeout", 60).out == kg(*asked).out


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_a_file_gets_what_would_be_printed(kg: Run, graph: Path, tmp_path: Path, form: str) -> None:
    asked = ("query", "who-met-whom", "-g", graph, "--format", form)
    done = kg(*asked, "-o", tmp_path / "answer")
    assert (done.out, done.said) == ("", ["1 answer"])
    assert (tmp_path / "answer").read_bytes().replace(b"\r", b"") == kg(*asked).out.encode().replace(b"\r", b"")  # fmt: skip


def test_a_query_that_fails_leaves_the_file_as_it_was(kg: Run, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer"
    file.write_text("before", encoding="utf-8")
    assert kg("query", "SELECT {", "-g", graph, "-o", file).status == 1
    assert kg("query", ASK, "-g", graph, "--format", "turtle", "-o", file).status == 1
    assert file.read_text(encoding="utf-8") == "before"
    done = kg("query", ASK, "-g", graph, "-o", tmp_path / "none" / "answer")
    assert (done.status, len(done.said)) == (1, 1)


def test_no_answer_hints_at_what_the_graph_has_not(kg: Run, graph: Path) -> None:
    done = kg(
        "query", "SELECT ?x { ?x rel:works_for :Clara_Moos . ?x a schema:Persn }", "-g", graph
    )
    assert done.status == 0
    assert done.said == [
        "No answer: the graph holds nothing that fits.",
        "The graph has no rel:works_for; near it: rel:work_for (work for)",
        "The graph has no :Clara_Moos; near it: :Clara_Moss (Clara Moss)",
        "The graph has no schema:Persn",
    ]


# -- what a terminal would obey -------------------------------------------------------------------


EVIL = "Eve \x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    file = tmp_path / "evil.nt"
    label = EVIL.replace("\x1b", "\\u001B").replace("\x07", "\\u0007")
    rdfs = "http://www.w3.org/2000/01/rdf-schema#label"
    file.write_text(f'<{ENTITY}Eve> <{rdfs}> "{label}" .\n<{ENTITY}Eva> <{rdfs}> "{label}" .\n', encoding="utf-8")  # fmt: skip
    return file


def on_a_terminal(arguments: list[str]) -> str:
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "dumb"
        os.execv(sys.executable, [sys.executable, "-m", "kg.cli", *arguments])

    def chunks() -> Iterator[bytes]:
        while True:
            try:
                yield os.read(terminal, 65536)
            except OSError:  # the terminal is gone when the process is
                return

    printed = b"".join(chunks())
    os.waitpid(process, 0)
    os.close(terminal)
    return printed.decode("utf-8")


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_a_terminal_gets_nothing_that_it_would_obey(evil: Path, form: str) -> None:
    query = "SELECT ?l { ?x rdfs:label ?l }"
    printed = on_a_terminal(["query", query, "-g", str(evil), "--format", form])
    assert "Eve" in printed
    assert not set(printed) & set("\x07\x9b\u202e")
    assert "\x1b]" not in printed
    assert "\x1b[2J" not in printed


def test_an_error_tells_names_tame(kg: Run, evil: Path) -> None:
    (line,) = kg("query", "about", f"person={EVIL}", "-g", evil).said
    assert "2 entities are called" in line
    assert not set(line) & set("\x07\x9b\u202e\x1b")


def test_a_pipe_gets_the_text_as_it_is(kg: Run, evil: Path) -> None:
    out = kg("query", "SELECT ?l { ?x rdfs:label ?l } LIMIT 1", "-g", evil, "--format", "csv").out
    assert EVIL in out


def test_an_endless_query_is_stopped_soon_after_its_time(kg: Run, graph: Path) -> None:
    begun = time.monotonic()
    assert kg("query", ENDLESS, "-g", graph, "--timeout", 1).status == 1
    assert time.monotonic() - begun < 10


def test_a_graph_of_bare_triples_says_that_it_is_one(kg: Run, graph: Path) -> None:
    done = kg("query", "who-met-whom", "-g", graph / "facts.ttl")
    assert done.said == [
        "No answer: the graph holds nothing that fits.",
        "It has bare triples only, as facts.ttl does; ask the folder of the build, or its graph.ttl or graph.trig.",
    ]


@pytest.mark.parametrize("date", ["1999-13", "1999-00", "1999-01-32"])
def test_what_is_no_date_is_told(kg: Run, graph: Path, date: str) -> None:
    done = kg("query", "timeline", f"since={date}", "-g", graph)
    assert done.status == 1
    assert f"'{date}' is no date" in done.err


def test_a_name_with_a_slip_is_guessed(kg: Run, graph: Path) -> None:
    assert "no query 'abuot'; perhaps about; known:" in kg("query", "abuot", "-g", graph).err
