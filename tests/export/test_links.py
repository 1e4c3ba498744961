"""Every judgement is a line that says who, how sure and why."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path

from kg.export.rdf import export
from kg.model import Link
from kg.store import Store

CORPORA = runpy.run_path(str(Path(__file__).parents[1] / "store" / "corpora.py"))
OSWALD, KOSTIKOV = (f"https://example.org/kg/entity/{id_}" for id_ in ("Lee_Harvey_Oswald", "Valeriy_Kostikov"))  # fmt: skip


def lines(folder: Path, *more: Link) -> list[dict[str, object]]:
    corpus = CORPORA["oswald"]()
    with Store() as store:
        store.load(replace(corpus, links=(*more, *corpus.links)))
        (path,) = export(store, folder, ("links.jsonl",))
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def test_a_judgement_has_both_mentions_with_their_entities(tmp_path: Path) -> None:
    different, same = lines(tmp_path)
    assert same == {
        "left": {"document": "jfk-files", "start": 0, "end": 6, "text": "Oswald", "entity": OSWALD},
        "right": {"document": "memo 7/b", "start": 0, "end": 17, "text": "Lee Harvey Oswald", "entity": OSWALD},
        "judgement": "same",
        "score": 0.97,
        "reason": "surname of a full name in the same corpus",
    }  # fmt: skip
    assert (different["judgement"], different["right"]["entity"]) == ("different", KOSTIKOV)  # type: ignore[index]


def test_a_mention_that_means_no_entity_is_given_by_its_place(tmp_path: Path) -> None:
    open_ = Link("jfk-files#char=7,10", "jfk-files#char=0,6", "unsure", 0.1, "who knows")
    (left,) = (row["left"] for row in lines(tmp_path, open_) if row["judgement"] == "unsure")
    assert left == {"document": "jfk-files", "start": 7, "end": 10, "text": "", "entity": None}


def test_lines_are_sorted_by_place_as_numbers(tmp_path: Path) -> None:
    ids = [f"jfk-files#char={start},{start + 1}" for start in (100, 20, 3)]
    given = [Link(id_, "jfk-files#char=0,6", "unsure", 0.5, "x") for id_ in ids]
    starts = [row["left"]["start"] for row in lines(tmp_path, *given)]  # type: ignore[index]
    assert starts == [0, 0, 3, 20, 100]
