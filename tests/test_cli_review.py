"""kg review: a list where nobody looks on, questions at a terminal, each answer in the file at once."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import api
from kg.resolve.decisions import parse

Run = Callable[..., Any]


@pytest.fixture
def graph(letters: Path, tmp_path: Path) -> Path:
    api.build([letters], tmp_path / "graph")
    return tmp_path / "graph"


def test_review_without_a_terminal_lists_and_asks_nothing(
    kg: Run, graph: Path, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (letters / "links.toml").read_text(encoding="utf-8")
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        done = kg("review", "-g", graph, "--links", letters / "links.toml")
    assert done.status == 0
    assert done.out.startswith(
        "1.  Ann Marlow · Person · courier\n    Ann Marlow · Person · herald\n"
    )
    assert "    0.50  2 things are called 'Ann Marlow'\n" in done.out
    assert "    courier 15-25: James Hale met [Ann Marlow] in Oslo.\n" in done.out
    assert "\t" not in done.out
    assert (letters / "links.toml").read_text(encoding="utf-8") == before


def test_review_lists_records(kg: Run, graph: Path, tmp_path: Path) -> None:
    done = kg("review", "-g", graph, "--links", tmp_path / "none.toml", "--format", "jsonl")
    records = [json.loads(row) for row in done.out.splitlines()]
    assert len(records) == 2
    assert list(records[0]) == ["left", "right", "score", "reason"]


def test_review_of_a_graph_without_doubts_says_so(
    kg: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.build([documents], tmp_path)
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        done = kg("review", "-g", tmp_path, "--links", tmp_path / "links.toml")
    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert done.out.startswith("No pair to decide")


class Terminal:
    """`kg review` as a person meets it."""

    def __init__(self, graph: Path, links: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "kg.cli",
            "review",
            "-g",
            str(graph),
            "--links",
            str(links),
        ]
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.seen = ""

    def wait(self, words: str, times: int = 1) -> None:
        """Read until the words have come so many times."""
        end = time.monotonic() + 60
        while self.seen.count(words) < times:
            assert time.monotonic() < end, self.seen
            if select.select([self._ours], [], [], 1)[0]:
                try:
                    self.seen += os.read(self._ours, 65536).decode("utf-8")
                except OSError:
                    break
        assert self.seen.count(words) >= times, self.seen

    def say(self, words: str) -> None:
        os.write(self._ours, f"{words}\n".encode())

    def interrupt(self) -> None:
        """Ctrl-C, once the process waits for an answer; again where it came a moment before that."""
        for _ in range(10):
            time.sleep(1)
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)
                return

    def end(self) -> int:
        status = self.process.wait(timeout=60)
        while True:
            try:
                chunk = os.read(self._ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            self.seen += chunk.decode("utf-8")
        os.close(self._ours)
        return status


ASKED = "same / different / skip / quit"


def test_review_at_a_terminal_writes_each_answer_and_a_build_follows_it(
    kg: Run, graph: Path, letters: Path
) -> None:
    links = letters / "links.toml"
    before = links.read_text(encoding="utf-8")
    person = Terminal(graph, links)
    person.wait(ASKED)
    person.say("s")
    person.wait("say one of same, different, skip, quit")
    person.say("same")
    person.wait("1 decision added")
    assert person.end() == 0
    text = links.read_text(encoding="utf-8")
    assert text.startswith(before)
    assert parse(text)[-1].verb == "join"
    assert "Traceback" not in person.seen
    kg("build", letters, "-o", graph)
    with api.open_graph(graph) as store:
        parts = {frozenset(m.document for m in e.mentions if m.short == "Ann Marlow") for e in store.entities()}  # fmt: skip
    assert parts - {frozenset()} == {frozenset({"courier", "herald"}), frozenset({"gazette"})}


def test_skip_and_quit_write_nothing(graph: Path, letters: Path) -> None:
    links = letters / "links.toml"
    before = links.read_text(encoding="utf-8")
    person = Terminal(graph, links)
    person.wait(ASKED)
    person.say("sk")
    person.wait(ASKED, times=2)
    person.say("q")
    assert person.end() == 0
    assert links.read_text(encoding="utf-8") == before


def test_ctrl_c_in_review_leaves_the_file_whole(graph: Path, letters: Path) -> None:
    links = letters / "links.toml"
    before = links.read_text(encoding="utf-8")
    person = Terminal(graph, links)
    person.wait(ASKED)
    person.say("different")
    person.wait(ASKED, times=2)
    person.interrupt()
    assert person.end() == 130
    assert "interrupted; no file was left half-written" in person.seen
    text = links.read_text(encoding="utf-8")
    assert text.startswith(before)
    assert [each.verb for each in parse(text)] == ["join", "separate", "separate"]
    assert [p.name for p in letters.iterdir() if p.suffix not in {".txt", ".toml"}] == []
