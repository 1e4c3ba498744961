"""Floors hold, rise by themselves, and are lowered only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import floors, measures, table
from .__main__ import main

FLOORS = {"floors": {"carb.f1": 0.4, "gold.false_assertions": 0.0}, "lowered": []}


def test_a_figure_at_its_floor_holds():
    assert list(floors.violations({"carb.f1": 0.4, "gold.false_assertions": 0.0}, FLOORS)) == []


def test_a_figure_that_is_worse_is_one_line_each_way():
    told = list(floors.violations({"carb.f1": 0.39, "gold.false_assertions": 0.01}, FLOORS))
    assert len(told) == 2
    assert "under its floor" in told[0]
    assert "over its ceiling" in told[1]


def test_a_floor_that_nothing_measures_does_not_hold():
    assert len(list(floors.violations({"carb.f1": 0.4}, FLOORS))) == 1


def test_raising_takes_what_is_better_and_lowers_nothing():
    after = floors.raised({"carb.f1": 0.41, "gold.false_assertions": 0.02, "carb.words": 9}, FLOORS)
    assert after["floors"] == {"carb.f1": 0.41, "gold.false_assertions": 0.0}


def test_lowering_keeps_the_reason():
    after = floors.lowered({"carb.f1": 0.3}, FLOORS, "carb.f1", "shorter arguments")
    assert after["floors"]["carb.f1"] == 0.3
    assert after["lowered"] == [
        {"name": "carb.f1", "from": 0.4, "to": 0.3, "because": "shorter arguments"}
    ]


@pytest.mark.parametrize(
    ("name", "value", "because"),
    [("carb.f1", 0.3, " "), ("carb.f1", 0.5, "why"), ("carb.f3", 0.1, "why")],
)
def test_lowering_needs_a_known_floor_a_reason_and_a_worse_figure(name, value, because):
    with pytest.raises(ValueError, match=r"carb\.f"):
        floors.lowered({"carb.f1": value}, FLOORS, name, because)


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path):
    floors.write(FLOORS, tmp_path / "baseline.json")
    assert floors.read(tmp_path / "baseline.json") == FLOORS


def test_every_floor_in_the_repository_is_a_measure_that_can_be_better():
    kept = floors.read()["floors"]
    assert set(kept) == {each.name for each in measures.MEASURES if each.better}


def test_peers_are_measured_by_what_we_measure():
    assert {m for figures in table.peers().values() for m in figures} <= set(measures.BY_NAME)


def test_without_the_gold_data_the_measurement_is_skipped_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("KG_SHARED", str(tmp_path))
    assert main([]) == 0
    told = capsys.readouterr().out
    assert told.startswith("quality: skipped")
    assert told.count("\n") == 1
