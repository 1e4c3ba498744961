"""README shows what really happens: each `$ kg` command in it is run and its output compared."""

import os
import pty
import re
import shlex
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [
    (command, output)
    for block in BLOCKS
    for command, output in re.findall(r"^\$ (kg .*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(arguments: list[str], columns: int = 100) -> str:
    """What `kg` prints where standard output is a terminal of that width."""
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "kg.cli", *arguments], environment)
    printed = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # the terminal is gone when the process is
            break
        if not chunk:
            break
        printed += chunk
    os.waitpid(process, 0)
    os.close(terminal)
    return ESCAPES.sub("", printed.decode("utf-8")).replace("\r\n", "\n")


def tidy(text: str) -> list[str]:
    """Lines without trailing space, and without seconds, which differ."""
    lines = [re.sub(r"\(\d+\.\d s\)", "(… s)", line).rstrip() for line in text.splitlines()]
    return [line for line in lines if line]


def test_readme_shows_a_session():
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_a_command_of_readme_prints_what_readme_shows(command, output, tmp_path):
    arguments = shlex.split(command)[1:]
    if arguments[0] == "build":
        shown = arguments[arguments.index("-o") + 1]
        arguments[arguments.index("-o") + 1] = str(tmp_path)
        output = output.replace(shown, str(tmp_path))
    printed = on_a_terminal(arguments, 400 if arguments[0] == "build" else 100)
    if arguments[0] == "build":  # the progress bar comes first
        printed = printed[re.search(r"\d+ documents, \d+ entities", printed).start() :]
    assert tidy(printed) == tidy(output)
