"""The shell: asked, completed, corrected and left, through a pipe and once in a real terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from kg import api
from kg.cli.answers import FORMATS
from kg.cli.completion import Words
from kg.cli.shell import COMMANDS, Shell, history_file

DOWN = "\x04"  # Ctrl-D
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
Typed = Callable[[str], list[str]]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[api.Graph]:
    with api.open(graph) as there:
        yield there


@pytest.fixture
def typed(opened: api.Graph, capsys: pytest.CaptureFixture[str]) -> Typed:
    """The lines that the shell prints when keys are typed, answers and remarks apart by stream."""

    def type_(keys: str) -> list[str]:
        with create_pipe_input() as given:
            given.send_text(keys)
            Shell(opened, given=given, out=DummyOutput()).run()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return (told.out + told.err).splitlines()

    return type_


def test_a_question_is_asked_by_name_with_its_values(typed: Typed) -> None:
    lines = typed('who-met-whom person="Clara Moss"\r' + DOWN)
    assert "Robert Sattler\tClara Moss\t1990-05-03\tGenoa" in lines
    assert "1 answer" in lines


def test_sparql_goes_on_until_its_braces_close(typed: Typed) -> None:
    lines = typed("SELECT ?who {\r ?who rel:meet ?whom\r }\r" + DOWN)
    assert lines[:2] == ["who", ":Robert_Sattler"]


def test_commands_set_format_labels_and_limit(typed: Typed) -> None:
    select = "SELECT ?p { ?p a schema:Person }\r"
    lines = typed(f".labels on\r.limit 1\r{select}.format csv\r.labels off\r{select}" + DOWN)
    assert "Clara Moss (:Clara_Moss)" in lines
    assert "https://example.org/kg/entity/Clara_Moss" in lines
    assert "1 answer; there are more: a larger --limit gives them" in lines


def test_off_takes_a_limit_away(typed: Typed) -> None:
    select = "SELECT ?p { ?p a schema:Person }\r"
    lines = typed(f".limit 1\r.timeout 5\r.limit off\r.timeout off\r{select}" + DOWN)
    assert not any("there are more" in line for line in lines)


def test_the_commands_tell_what_there_is(typed: Typed) -> None:
    lines = typed(".help\r.queries\r.prefixes\r" + DOWN)
    assert any(".timeout" in line for line in lines)
    assert any(line.startswith("about\t") and line.endswith("person=ENTITY") for line in lines)
    assert "rel:\thttps://example.org/kg/relation/" in lines


def test_quit_leaves(typed: Typed) -> None:
    assert typed(".quit\r.help\r")[0].endswith("Ctrl-D leaves.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("who-knows", "no query 'who-knows'; known: about"),
        ("about", "about: person is missing; it takes person=ENTITY"),
        ("about Clara", "'Clara': a parameter is given as person=ENTITY"),
        ('about person="Clara', "a quote is not closed"),
        (".format pdf", ".format: one of table, csv"),
        (".limit many", ".limit: a number or off"),
        (".timeout 0", ".timeout: a number of seconds"),
        (".labels", ".labels: on or off"),
        (".nonsense", ".nonsense: no such command; known: .format"),
        ("SELECT ?x { ?x rel:meet }", "line 1, column 25: '}' does not fit here"),
    ],
)
def test_an_error_is_told_and_the_shell_goes_on(typed: Typed, line: str, told: str) -> None:
    lines = typed(f"{line}\rASK {{ :Clara_Moss ?p ?o }}\r" + DOWN)
    assert any(told in each for each in lines)
    assert "yes" in lines


def test_an_error_in_a_query_has_its_caret(typed: Typed) -> None:
    lines = typed("SELECT ?x { ?x rel:meet }\r" + DOWN)
    at = next(n for n, line in enumerate(lines) if "does not fit" in line)
    assert lines[at + 1 : at + 3] == ["    SELECT ?x { ?x rel:meet }", " " * 28 + "^"]


def test_a_query_over_its_time_is_stopped(typed: Typed) -> None:
    lines = typed(f".timeout 1\r{ENDLESS}\rASK {{}}\r" + DOWN)
    assert any("took longer than 1 seconds" in line for line in lines)
    assert "yes" in lines


def test_ctrl_c_drops_the_line_that_is_typed(typed: Typed) -> None:
    lines = typed("SELECT ?broken {\x03ASK { :Clara_Moss ?p ?o }\r" + DOWN)
    assert "yes" in lines
    assert not any("query:" in line for line in lines)


def test_lines_are_kept_in_the_state_of_the_user(typed: Typed, state: Path) -> None:
    typed("ASK {}\r" + DOWN)
    assert history_file() == state / "kg" / "history"
    assert "+ASK {}" in history_file().read_text(encoding="utf-8")
    assert history_file().stat().st_mode & 0o077 == 0
    assert typed("\x1b[A\r" + DOWN).count("yes") == 1


def test_where_lines_cannot_be_kept_it_is_told(
    typed: Typed, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (state / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(state / "file"))
    assert any("lines are not kept" in line for line in typed("ASK {}\r" + DOWN))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("who-m", "who-met-whom"),
        (".for", ".format"),
        (".format t", "turtle"),
        ("about per", "person="),
        ("about person=Cla", '"Clara Moss"'),
        ('about person="Clara M', '"Clara Moss"'),
        ("relation relation=wor", '"work for"'),
        ("document document=", '"a"'),
        ("SELECT ?x { ?x re", "rel:"),
        ("SELECT ?x { ?x rel:work", "rel:work_for"),
        ("SELECT ?x { ?x work", "rel:work_for"),
        ("SELECT ?x { ?x rel:meet Moss", ":Clara_Moss"),
        ("SELECT ?x { ?x rel:meet :Cla", ":Clara_Moss"),
        ("SELECT ?x { ?x a Pers", "schema:Person"),
        ("SELECT ?x { OPT", "OPTIONAL"),
    ],
)
def test_tab_completes(opened: api.Graph, text: str, wanted: str) -> None:
    words = Words(opened.store, COMMANDS, FORMATS)
    found = [each.text for each in words.get_completions(Document(text), CompleteEvent())]
    assert wanted in found


def test_a_real_terminal_completes_stops_a_query_and_leaves(graph: Path, state: Path) -> None:
    environment = {
        **os.environ,
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "XDG_STATE_HOME": str(state),
    }
    command = ["-m", "kg.cli", "query", "-i", "-g", str(graph)]
    shell = pexpect.spawn(sys.executable, command, env=environment, timeout=30, encoding="utf-8")  # type: ignore[arg-type]
    try:
        shell.expect("kg>")
        shell.send("who-m\t")
        shell.expect("et-whom")
        shell.send(' person="Clara Moss"\r')
        shell.expect("Robert Sattler")
        shell.expect("1 answer")
        shell.send(f"{ENDLESS}\r")
        time.sleep(3)  # it runs now; Ctrl-C before that would only drop the line
        shell.sendintr()
        shell.expect("stopped")
        shell.send("ASK { :Clara_Moss ?p ?o }\r")
        shell.expect("yes")
        shell.expect("kg>")
        shell.sendeof()
        shell.expect(pexpect.EOF)
        shell.wait()
        assert shell.exitstatus == 0
    finally:
        shell.close(force=True)
