"""The command line as a process: equal bytes, pipes, Ctrl-C, a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg import api
from kg.errors import StoreError
from kg.store import StoreDirectory

Run = Callable[..., Any]

KG = [sys.executable, "-c", "from kg.cli import main; main()"]
PATIENCE = 60  # seconds that a process of ours may take before a test gives up


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


def test_a_reader_that_goes_away_is_no_error(graph: Path) -> None:
    assert leave_early(graph)[0] == 0


def kept(store: StoreDirectory) -> int:
    """How many documents a store has that a build is filling; 0 where there is none yet."""
    try:
        with store.documents() as documents:
            return documents.count()
    except StoreError:
        return 0


def test_interrupting_a_build_leaves_no_file_half_written(
    tmp_path: Path, texts: dict[str, str]
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.txt").write_text(texts["a.txt"] * 100, encoding="utf-8")
    process = start("build", folder, "-o", out, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    store, deadline = StoreDirectory(out / "store"), time.monotonic() + PATIENCE
    while not kept(store) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is None, "the build ended before it could be interrupted"
    process.send_signal(signal.SIGINT)
    printed, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert printed == b""
    assert [row for row in err.decode().splitlines() if row] == [
        "kg: what was read so far is kept; the same command goes on from there",
        "kg: interrupted; no file was left half-written",
    ]
    assert [path.name for path in out.iterdir()] == ["store"]
    assert not (out / "store" / "current").exists()
    assert not list((out / "store" / "graphs").iterdir())


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


def test_a_terminal_sees_documents_and_statements_go_by(
    tmp_path: Path, texts: dict[str, str]
) -> None:
    for n in range(8):
        (tmp_path / f"{n}.txt").write_text(texts["a.txt"] * 40, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    status, seen = seen_on_a_terminal("build", tmp_path, "-o", tmp_path / "out")
    assert status == 1
    assert re.search(r"[1-8]/8 documents, \d+ statements", seen)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
    assert sum("empty.txt" in row for row in plain.splitlines()) == 1
    assert "stated as fact" in plain
