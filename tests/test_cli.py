"""The command line: data on standard output, words on standard error, exit 0, 1, 2 or 130."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pytest

from kg import api, cli
from kg.export.text import row_of

TEXTS = {
    "a.txt": "Robert Sattler met Clara Moss in Genoa on 3 May 1990. Moss said that he sold the boat.",
    "b.md": "# The port\n\nSattler did not sell the port. Clara Moss works for Corbin Freight.",
}
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
PATIENCE = 60  # seconds that a process of ours may take before a test gives up


@dataclass(frozen=True)
class Outcome:
    status: int | str | None
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Outcome]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process."""

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as left:
            cli.main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Outcome(left.value.code, told.out, told.err)

    return run


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    api.build([documents], folder)
    return folder


# -- build ----------------------------------------------------------------------------------------


def test_build_prints_its_files_and_says_what_it_found(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    done = kg("build", documents, "-o", tmp_path)
    assert done.status == 0
    assert done.out.splitlines() == [str(tmp_path / name) for name in api.BUILD_FILES]
    assert "2 documents" in done.said[0]
    assert re.search(r"\d+ stated as fact, \d+ denied, hedged or claimed", done.said[0])
    assert len(done.said) == 2
    assert "\x1b" not in done.err
    assert "\r" not in done.err


def bad_sources(folder: Path) -> dict[str, str]:
    """Sources that cannot be read, each with words that its error must hold."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "broken.jsonl").write_text('{"id": "x", "text": \n', encoding="utf-8")
    (folder / "line.txt").write_text("x" * 5_000_000, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    return {
        "empty.txt": "empty", "blank.txt": "", "binary.txt": "", "broken.txt": "", "broken.jsonl": "",
        "line.txt": "--max-chars", "pipe.txt": "", "missing.txt": "no such file",
    }  # fmt: skip


def test_bad_sources_are_one_line_each_and_the_others_are_built(kg: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    expected = bad_sources(folder)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    started = time.monotonic()
    done = kg("build", *sorted(folder.iterdir()), folder / "missing.txt", "-o", tmp_path / "out")
    assert time.monotonic() - started < 20
    assert done.status == 1
    for name, words in expected.items():
        told = [row for row in done.said if name in row]
        assert len(told) == 1, (name, done.err)
        assert told[0].startswith("kg: ")
        assert words in told[0]
    assert "8 sources failed" in done.said[-1]
    assert len(done.said) == 8 + 3
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(api.BUILD_FILES)
    assert '"Clara Moss"' in (tmp_path / "out" / "facts.ttl").read_text(encoding="utf-8")


def test_one_missing_path_alone_writes_nothing(kg: Run, tmp_path: Path) -> None:
    done = kg("build", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert done.status == 1
    assert done.out == ""
    assert "no such file" in done.said[0]
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_one_line(kg: Run, documents: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("Secret.", encoding="utf-8")
    locked.chmod(0)
    done = kg("build", documents, locked, "-o", tmp_path / "out")
    assert done.status == 1
    assert sum("locked.txt" in row for row in done.said) == 1


def test_a_missing_model_is_one_line_with_the_command_that_installs_it(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    done = kg("build", documents, "-o", tmp_path / "out", "--model", "no_such_model_md")
    assert done.status == 1
    assert len(done.said) == 1
    assert "python -m pip install no-such-model-md" in done.err
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_made_is_one_line(
    kg: Run, documents: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        done = kg("build", documents, "-o", place)
        assert (done.status, done.out, len(done.said)) == (1, "", 1)


# -- extract --------------------------------------------------------------------------------------


def test_extract_prints_one_record_a_line(kg: Run, documents: Path) -> None:
    done = kg("extract", documents, "--format", "jsonl")
    records = [json.loads(row) for row in done.out.splitlines()]
    assert done.status == 0
    assert done.err == ""
    assert {r["document"] for r in records} == {"a", "b"}
    texts = {Path(name).stem: text for name, text in TEXTS.items()}
    for record in records:
        assert list(record) == [
            "id",
            "document",
            "subject",
            "relation",
            "object",
            "qualifiers",
            "polarity",
            "certainty",
            "attribution",
            "time",
            "place",
            "score",
            "evidence",
        ]
        for evidence in record["evidence"]:
            assert (
                texts[evidence["document"]][evidence["start"] : evidence["end"]] == evidence["text"]
            )


def test_extract_as_a_table_has_the_words_of_the_records(kg: Run, documents: Path) -> None:
    done = kg("extract", documents)
    heads, *rows = (row.split("\t") for row in done.out.splitlines())
    assert heads == ["document", "subject", "relation", "object", "status", "time"]
    records = [
        json.loads(row) for row in kg("extract", documents, "--format", "jsonl").out.splitlines()
    ]
    assert rows == [list(row_of(record)) for record in records]
    assert ["b", "Robert Sattler", "sell", "port", "not, certain", ""] in rows


def test_extract_prints_mentions_a_document_a_line(kg: Run, documents: Path) -> None:
    records = [
        json.loads(row) for row in kg("extract", documents, "--format", "mentions").out.splitlines()
    ]
    assert [r["id"] for r in records] == ["a", "b"]
    assert set(records[0]["mentions"][0]) == {"start", "end", "type", "entity", "kind"}


def test_extract_of_a_bad_source_still_prints_the_others(kg: Run, documents: Path) -> None:
    done = kg("extract", documents, documents / "missing.txt", "--format", "jsonl")
    assert done.status == 1
    assert done.out
    assert len(done.said) == 2


# -- query ----------------------------------------------------------------------------------------

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
        (["who-knows"], "known: claims-by-source"),
        (["SELECT {"], "line 1"),
        (["SELECT ?x WHERE { ?x no:prefix ?y }"], "no:"),
        (["DELETE WHERE { ?s ?p ?o }"], ""),
        (["SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"], ""),
        ([SELECT, "--format", "turtle"], ""),
        ([CONSTRUCT, "--format", "json"], ""),
        (["nowhere.rq"], "nowhere.rq"),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_line(
    kg: Run, graph: Path, arguments: list[str], words: str
) -> None:
    done = kg("query", *arguments, "-g", graph)
    assert (done.status, done.out, len(done.said)) == (1, "", 1)
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
    assert "part of the name" in done.out or "the only fuller name" in done.out
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


def start(*arguments: object, seed: str = "0", **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [*KG, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, **options)  # type: ignore[call-overload, no-any-return]


def test_the_same_documents_give_the_same_bytes(documents: Path, tmp_path: Path) -> None:
    paths = sorted(documents.iterdir())
    runs = [
        start(
            "build",
            *order,
            "-o",
            tmp_path / seed,
            seed=seed,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed, order in (("1", paths), ("2", paths[::-1]))
    ]
    for run in runs:
        _, err = run.communicate(timeout=PATIENCE)
        assert run.returncode == 0, err
    for name in api.BUILD_FILES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def leave_early(graph: Path) -> tuple[int, bytes]:
    """Exit status and words of a query whose reader takes one line and goes, as `head -1` does."""
    everything = "SELECT ?a ?b ?c ?d ?e ?f WHERE { ?a ?b ?c . ?d ?e ?f }"
    process = start(
        "query",
        everything,
        "-g",
        graph,
        "--format",
        "csv",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    first = process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert first.strip() == b"a,b,c,d,e,f"
    return process.wait(PATIENCE), err


def test_a_reader_that_goes_away_hears_nothing(graph: Path) -> None:
    assert leave_early(graph)[1] == b""


@pytest.mark.xfail(strict=True, reason="click turns a broken pipe into exit 1 before kg sees it")
def test_a_reader_that_goes_away_is_no_error(graph: Path) -> None:
    assert leave_early(graph)[0] == 0


def test_interrupting_a_build_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.txt").write_text(TEXTS["a.txt"] * 100, encoding="utf-8")
    process = start(
        "build", folder, "-o", tmp_path / "out", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(4)
    assert process.poll() is None, "the build ended before it could be interrupted"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert out == b""
    assert [row for row in err.decode().splitlines() if row] == [
        "kg: interrupted; no file was left half-written"
    ]
    assert not list(tmp_path.glob("out/**/*"))


def seen_on_a_terminal(*arguments: object) -> tuple[int, str]:
    """The exit status, and all that a process writes to a terminal of 120 columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "30"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [*KG, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs, env=environment
    )
    os.close(theirs)
    seen = b""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            more = os.read(ours, 65536) if ready else b""
        except OSError:  # Linux: the other end is closed
            break
        seen += more
        if not more and process.poll() is not None:
            break
    os.close(ours)
    return process.wait(PATIENCE), seen.decode(errors="replace")


def test_a_terminal_sees_documents_and_statements_go_by(tmp_path: Path) -> None:
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(TEXTS["a.txt"] * 40, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    status, seen = seen_on_a_terminal("build", tmp_path, "-o", tmp_path / "out")
    assert status == 1
    assert re.search(r"[1-8]/8 documents, \d+ statements", seen)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
    assert sum("empty.txt" in row for row in plain.splitlines()) == 1
    assert "stated as fact" in plain
