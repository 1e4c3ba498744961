"""A fresh clone installs the same thing everywhere, and `make` and CI say what they do."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\d[A-Za-z0-9.]*)")
TARGETS = {
    "help",
    "demo",
    "exports",
    "test",
    "quality",
    "bench",
    "bench-resolve",
    "bench-store",
    "bench-view",
    "bench-clients",
    "clients",
    "train-coreference",
    "train-score",
    "train-types",
    "lint",
    "format-check",
    "types",
    "check",
    "clean",
}
UNPINNED = {"pip", "setuptools"}  # every environment brings its own

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins() -> dict[str, str]:
    return dict(line.split("==") for line in read("constraints.txt").splitlines())


def direct_requirements() -> list[Requirement]:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return [Requirement(line) for line in lines]


def all_requirements() -> set[str]:
    """Names of all that is installed because of pyproject.toml, here and now."""
    found: set[str] = set()
    waiting = [(r.name, "") for r in direct_requirements()]
    while waiting:
        name, extra = waiting.pop()
        if (key := canonicalize_name(name)) in found and not extra:
            continue
        found.add(key)
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            continue  # needed on another platform or Python only
        for requirement in map(Requirement, lines):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                waiting += [(requirement.name, e) for e in ["", *requirement.extras]]
    return found


def test_constraints_are_names_and_versions_only():
    lines = read("constraints.txt").splitlines()
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert lines == sorted(set(lines))


def test_every_direct_requirement_is_pinned_to_a_version_it_allows():
    pinned = pins()
    loose = [str(r) for r in direct_requirements() if canonicalize_name(r.name) not in pinned]
    wrong = [
        str(r)
        for r in direct_requirements()
        if not r.specifier.contains(pinned.get(canonicalize_name(r.name), "0"), prereleases=True)
    ]
    assert loose == []
    assert wrong == []


def test_every_requirement_of_a_requirement_is_pinned():
    assert all_requirements() - set(pins()) - UNPINNED == set()


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "constraints.txt"])
def test_pip_keeps_its_own_configuration(name):
    """No address and no pip option that would overrule what a user has set up."""
    assert not re.search(r"://|PIP_|-index|--isolated|find-links|trusted-host", read(name))


@needs_make
def test_help_lists_every_target():
    said = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, check=True, text=True)
    assert set(re.findall(r"^make (\S+)", said.stdout, re.MULTILINE)) == TARGETS


def make_venv(folder: Path, python: Path | str) -> str:
    """What `make` says when it has only `python` to make a .venv with. It must fail."""
    venv = folder / "venv"
    command = ["make", "-s", f"VENV={venv}", f"PYTHON={python}", f"{venv}/.made"]
    plain = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=plain)
    assert done.returncode != 0
    assert not venv.exists()
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("make"))


def fake_python(folder: Path, script: str) -> Path:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@needs_make
@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_python_too_old_or_missing_is_one_clear_line(tmp_path, python):
    message = make_venv(tmp_path, python)
    assert message == f"kg: needs Python 3.11 or newer, and none of these is: {python}"


@needs_make
def test_a_python_without_venv_names_the_package_to_install(tmp_path):
    script = 'case "$2" in *ensurepip*) exit 1;; *print*) echo python3.11-venv;; esac'
    message = make_venv(tmp_path, fake_python(tmp_path, script))
    assert message.endswith("has no venv: run 'apt-get install python3.11-venv'")
    assert "\n" not in message


def test_ci_runs_every_test_and_every_check():
    script = read(".ci/run")
    assert "set -euo pipefail" in script
    steps = re.findall(r"^make (\S+)$", script, re.MULTILINE)
    assert steps == ["test", "quality", "lint", "format-check", "types", "exports"]
    assert "git diff --exit-code -- exports" in script


def test_ci_is_a_script_that_bash_can_read():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
