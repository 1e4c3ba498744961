"""`--gazetteer`: entities linked to a knowledge base, told in every output; errors before anything is built."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

HOME = "https://example.org/known/"
TABLE = (
    "iri\tlabel\taliases\ttype\n"
    f"{HOME}1\tClara Moss\tC. Moss\tPerson\n"
    f"{HOME}2\tRobert Sattler\t\tPerson\n"
    f"{HOME}3\tRobert Sattler\t\tPerson\n"
)
TURTLE = f"""
@prefix schema: <https://schema.org/> .
<{HOME}4> a schema:City ; schema:name "Genova" ; schema:alternateName "Genoa" .
"""


@pytest.fixture
def gazetteers(tmp_path: Path) -> tuple[Path, Path]:
    table, turtle = tmp_path / "people.tsv", tmp_path / "places.ttl"
    table.write_text(TABLE, encoding="utf-8")
    turtle.write_text(TURTLE, encoding="utf-8")
    return table, turtle


def test_build_links_entities_and_says_how_many(
    kg: Run, documents: Path, gazetteers: tuple[Path, Path], tmp_path: Path
) -> None:
    table, turtle = gazetteers
    output = tmp_path / "out"
    done = kg("build", documents, "-o", output, "--gazetteer", table, "--gazetteer", turtle)
    assert done.status == 0
    assert "known things: 4; entities linked to one: 2; unsure: 1" in done.said
    facts = (output / "facts.ttl").read_text(encoding="utf-8")
    whole = (output / "graph.ttl").read_text(encoding="utf-8")
    assert whole.count("skos:exactMatch <") == 2
    assert f"skos:exactMatch <{HOME}1>" in facts
    assert ":Clara_Moss a schema:Person" in facts
    why = kg("why", "Clara Moss", "-g", output).out
    assert f"same      0.95  <{HOME}1>  'Clara Moss' names 'Clara Moss'" in why
    why = kg("why", "Robert Sattler", "-g", output).out
    assert f"unsure    0.50  <{HOME}2>  'Robert Sattler' names 2 known things" in why
    ask = f"SELECT ?who {{ ?who skos:exactMatch <{HOME}1> }}"
    assert kg("query", ask, "-g", output).out.splitlines() == [
        "who",
        ":Clara_Moss",
    ]


def test_records_tell_the_known_thing_of_an_end_only_where_there_is_one(
    kg: Run, documents: Path, gazetteers: tuple[Path, Path]
) -> None:
    done = kg("extract", documents, "--format", "jsonl", "--gazetteer", gazetteers[0])
    ends = [
        json.loads(row)[side] for row in done.out.splitlines() for side in ("subject", "object")
    ]
    assert {end["label"] for end in ends if "exact" in end} == {"Clara Moss"}
    assert {end["exact"] for end in ends if end["label"] == "Clara Moss"} == {f"{HOME}1"}


def test_the_order_of_gazetteers_changes_no_byte(
    kg: Run, documents: Path, gazetteers: tuple[Path, Path], tmp_path: Path
) -> None:
    files = []
    for n, order in enumerate((gazetteers, gazetteers[::-1])):
        options = [part for path in order for part in ("--gazetteer", path)]
        kg("build", documents, "-o", tmp_path / str(n), *options)
        files.append(
            [
                (tmp_path / str(n) / name).read_bytes()
                for name in ("graph.trig", "statements.jsonl", "facts.ttl")
            ]
        )
    assert files[0] == files[1]


def test_an_empty_gazetteer_says_so_and_changes_nothing(
    kg: Run, documents: Path, graph: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.tsv"
    empty.write_text("iri\tlabel\n", encoding="utf-8")
    done = kg("build", documents, "-o", tmp_path / "out", "--gazetteer", empty)
    assert done.status == 0
    assert f"{empty}: no known thing in it" in done.said
    assert (tmp_path / "out" / "graph.trig").read_bytes() == (graph / "graph.trig").read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("missing.tsv", None, "No such file"),
        ("columns.tsv", "name\tiri\n", "no column 'label'"),
        ("iri.tsv", "iri\tlabel\nAnn\tAnn\n", "iri.tsv:2: 'Ann' is no IRI"),
        ("type.tsv", f"iri\tlabel\ttype\n{HOME}1\tAnn\tBoat\n", "type.tsv:2: no type 'Boat'"),
        ("broken.ttl", "<http://a/b> <http://a/c>\n.\n", "broken.ttl:2: "),
        ("other.xlsx", "", "known endings"),
    ],
)
def test_a_wrong_gazetteer_is_one_line_and_nothing_is_built(
    kg: Run, documents: Path, tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = kg("build", documents, "-o", tmp_path / "out", "--gazetteer", tmp_path / name)
    assert done.status == 1
    assert len(done.said) == 1
    assert words in done.err
    assert not (tmp_path / "out").exists()
