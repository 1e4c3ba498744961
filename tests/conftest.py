"""What tests share: one language model and one browser for the whole run, and the command line on two small documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg import api, cli
from kg.annotate import Annotator
from kg.model import AnnotatedDocument, Document, Header
from kg.pipeline import Pipeline, Reading
from tests.chromium import NAMES, QUIET, program


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """One pipeline for all tests: loading the language model takes longer than most of them."""
    return Pipeline()


@pytest.fixture(scope="session")
def reading(pipeline: Pipeline) -> Callable[..., Reading]:
    """Reads a text as a document by itself; the same text only once."""
    known: dict[tuple[str, str, str | None], Reading] = {}

    def read(text: str, name: str = "d", date: str | None = "2019-06-14") -> Reading:
        key = text, name, date
        if key not in known:
            known[key] = pipeline.read_document(
                Document(Header(name, f"{name}.txt", None, date), text)
            )
        return known[key]

    return read


TEXTS = {
    "a.txt": "Robert Sattler met Clara Moss in Genoa on 3 May 1990. Moss said that he sold the boat.",
    "b.md": "# The port\n\nSattler did not sell the port. Clara Moss works for Corbin Freight.",
}


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


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    api.build([documents], folder)
    return folder


# -- build ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The two small documents by file name."""
    return TEXTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two small documents, to be changed."""
    place = tmp_path / "in"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def remembered(pipeline: Pipeline) -> Iterator[None]:
    """Annotate each text once: what is tested is what a store keeps, not the parser."""
    known: dict[Document, AnnotatedDocument] = {}
    annotator = Annotator(pipeline.config.model)

    class Remembering:
        def __init__(self, model: str) -> None:
            pass

        def __call__(self, document: Document) -> AnnotatedDocument:
            if document not in known:
                known[document] = annotator(document)
            return known[document]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.pipeline.run.Annotator", Remembering)
        yield


# -- where people decide --------------------------------------------------------------------------


LETTERS = {
    "courier.txt": "James Hale met Ann Marlow in Oslo. Hale praised Marlow.",
    "gazette.txt": "Ann Marlow sued the yard. Ann Marlow lives in Bergen.",
    "herald.txt": "Max Hale bought the ferry Osprey in Lund. Hale sold it to Ann Marlow.",
}
LINKS = """# who is who
[[join]]
things = [{name = "Max Hale", document = "herald"}, "James Hale"]
[[separate]]
things = [{name = "Ann Marlow", document = "courier"}, {name = "Ann Marlow", document = "gazette"}]
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Three documents; of two who bear the name Ann Marlow it is decided that they are not one."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "links.toml").write_text(LINKS, encoding="utf-8")
    return folder


# -- a browser ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium with a fresh profile; skipped without one, a failure where CI=true.

    For one module: playwright keeps an event loop running, beside which no other can be started.
    """
    path = program()
    if path is None:
        reason = f"none of {', '.join(NAMES)} on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=list(QUIET))
        yield chromium
        chromium.close()
