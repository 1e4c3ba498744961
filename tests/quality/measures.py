"""The measures: where each stands in what a scorer says, and which way is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: its name, its head in the table, its keys in the scorer's JSON after the set's name.

    `better` is +1 where more is better, -1 where less is, 0 where it is only shown.
    """

    name: str
    head: str
    keys: tuple[str, ...]
    better: int = 1

    @property
    def set(self) -> str:
        """The gold set it comes from."""
        return self.name.partition(".")[0]


MEASURES: Final = (
    Measure("gold.core_recall", "core recall", ("core_recall",)),
    Measure("gold.recall", "recall", ("recall",)),
    Measure("gold.status_accuracy", "status", ("status_accuracy",)),
    Measure("gold.polarity_accuracy", "polarity", ("polarity_accuracy",)),
    Measure("gold.certainty_accuracy", "certainty", ("certainty_accuracy",)),
    Measure("gold.attribution_accuracy", "attribution", ("attribution_accuracy",)),
    Measure("gold.time_accuracy", "time", ("time_accuracy",)),
    Measure("dated.time_accuracy", "time", ("time_accuracy",)),
    Measure("gold.false_assertions", "false assertions", ("false_assertions",), -1),
    Measure("dated.false_assertions", "false assertions", ("false_assertions",), -1),
    Measure("gold.entity_split", "entities split", ("entity_split",), -1),
    Measure("gold.entity_merged", "entities merged", ("entity_merged",), -1),
    Measure("gold.pronoun_ends", "pronoun ends", ("pronoun_ends",), -1),
    Measure("gold.identity_precision", "one node, one thing", ("identity", "named", "precision")),
    Measure("gold.identity_recall", "one thing, one node", ("identity", "named", "recall")),
    Measure("gold.identity_b_cubed", "across documents B³", ("identity", "named", "b_cubed")),
    Measure("gold.identity_all", "B³ with unnamed things", ("identity", "all", "b_cubed")),
    Measure("gold.evidence_exact", "quotes exact", ("evidence_exact",)),
    Measure("said.coverage", "coverage", ("coverage",)),
    Measure("said.certainty", "certainty", ("certainty", "accuracy")),
    Measure("said.attribution", "attribution F1", ("attribution", "f1")),
    Measure("said.false_plain", "false plain", ("false_plain",), -1),
    Measure("said.plain_kept", "plain kept", ("plain_kept",)),
    Measure("carb.f1", "F1", ("carb", "f1")),
    Measure("carb.precision", "P", ("carb", "precision"), 0),
    Measure("carb.recall", "R", ("carb", "recall"), 0),
    Measure("carb.auc", "AUC", ("carb", "auc")),
    Measure("carb.f1_1to1", "1-1 F1", ("carb_1to1", "f1")),
    Measure("carb.extractions", "a sentence", ("extractions_per_sentence",), 0),
    Measure("carb.words", "words each", ("words_per_extraction",), 0),
    Measure("benchie.f1", "F1", ("f1",)),
    Measure("benchie.precision", "P", ("precision",), 0),
    Measure("benchie.recall", "R", ("recall",), 0),
    Measure("benchie.extractions", "a sentence", ("extractions_per_sentence",), 0),
    *(
        Measure(f"{name}.unexplained", "no reason", ("sentences_without_reason",), -1)
        for name in ("gold", "dated", "said", "carb", "benchie")
    ),
)  # fmt: skip

BY_NAME: Final = {each.name: each for each in MEASURES}


def figures(said: Mapping[str, Any]) -> dict[str, float]:
    """Each measure by name, from what the scorers say; four decimals."""
    found = {}
    for each in MEASURES:
        value: Any = said[each.set]
        for key in each.keys:
            value = value[key]
        found[each.name] = round(float(value), 4)
    return found
