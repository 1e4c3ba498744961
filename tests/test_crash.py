"""A build that is killed leaves the last graph, loses no finished document, and the next one ends as if nothing had been."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kg import api
from kg.errors import KgError
from kg.store import StoreDirectory, open_graph
from tests.bench.kills import trial
from tests.conftest import TEXTS, Run


def test_killed_builds_lose_nothing(tmp_path: Path) -> None:
    done = trial(tmp_path, kills=3, documents=12)
    assert done.kills == 3
    assert (done.failed_reads, done.read_twice, done.equal) == ((), (), True)


@pytest.mark.parametrize("where", ["kg.store.directory.Store.load", "kg.store.directory._replace", "kg.api.building.export"])  # fmt: skip
def test_a_disk_that_fills_up_leaves_the_last_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: Run, where: str
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    api.build([tmp_path / "a.txt"], tmp_path / "out")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        done = kg("build", tmp_path / "a.txt", tmp_path / "b.md", "-o", tmp_path / "out")
    assert (done.status, len(done.said)) == (1, 1)
    assert "No space left on device" in done.err
    with open_graph(tmp_path / "out") as store:
        ids = [header.id for header in store.headers()]
    assert ids == (["a", "b"] if where.endswith("export") else ["a"])
    assert api.build([tmp_path / "a.txt", tmp_path / "b.md"], tmp_path / "out").read == 0


def test_what_was_read_before_an_error_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = [tmp_path / name for name in TEXTS]

    def failing(*_: object, **__: object) -> None:
        raise KgError("no")

    with monkeypatch.context() as patch:
        patch.setattr("kg.pipeline.run.settle", failing)
        with pytest.raises(KgError):
            api.build(given, tmp_path / "out")
    assert StoreDirectory(tmp_path / "out" / "store").exists
    assert api.build(given, tmp_path / "out").read == 0
