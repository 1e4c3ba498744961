"""The page as text: same bytes, nothing executable from documents, nothing dropped."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import KgError
from kg.export.view import network_graph, status, view, write_view
from kg.export.view.growing import grown
from kg.export.view.layout import positions
from kg.export.view.page import SCRIPTS
from kg.model import Header

HOSTILE = "</script><script>alert(1)</script><!--\u2028\u2029\"'{{7*7}}{% raw %}\ud800\x00&amp;"


class Scripts(HTMLParser):
    """The elements of a page as a browser's parser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.texts[-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.tags if each == tag]


def block(html: str, name: str) -> Any:
    found = re.search(rf'<script type="([^"]+)" id="{name}">([^<]*)</script>', html)
    assert found
    kind, text = found.groups()
    if kind == "application/json":
        return json.loads(text)
    return json.loads(zlib.decompress(base64.b64decode(text)))


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    keys = list(columns)
    values = zip(*columns.values(), strict=True)
    return [{k: v for k, v in zip(keys, row, strict=True) if v is not None} for row in values]


def data_of(html: str) -> Any:
    """What the page is given, its columns as rows; `statements` are in the order of the texts."""
    data = block(html, "kg-data")
    told = {
        name: rows(data[name])
        for name in ("entities", "edges", "literals", "relations", "documents")
    }
    statements = sorted([*told["edges"], *told["literals"]], key=lambda row: row["n"])
    return {**data, **told, "statements": statements, "texts": block(html, "kg-texts")}


@pytest.mark.parametrize(
    ("polarity", "certainty", "source", "word"),
    [
        ("positive", "certain", None, "asserted"),
        ("positive", "possible", None, "possible"),
        ("positive", "unknown", None, "asked"),
        ("positive", "certain", {"label": "x"}, "claimed"),
        ("positive", "possible", {"label": "x"}, "claimed"),
        ("negative", "certain", None, "denied"),
        ("negative", "possible", {"label": "x"}, "denied"),
    ],
)
def test_a_status_is_one_word(
    polarity: str, certainty: str, source: dict[str, str] | None, word: str
) -> None:
    told = {"polarity": polarity, "certainty": certainty, "attribution": source}
    assert status(told) == word


def test_the_bytes_do_not_depend_on_hash_seed_or_order(
    story: list[dict[str, Any]], crowd: Any, headers: tuple[Header, ...], tmp_path: Path
) -> None:
    program = (
        "import hashlib, json, sys; from kg.export.view import view;"
        "print(*(hashlib.sha256(view(json.load(open(each)), []).encode()).hexdigest() for each in sys.argv[1:]))"
    )
    digests = set()
    for seed in ("0", "1", "31337"):
        paths = []
        for name, records in (("story", story), ("crowd", crowd(200))):
            random.Random(seed).shuffle(records)
            paths.append(tmp_path / f"{name}-{seed}.json")
            paths[-1].write_text(json.dumps(records))
        environment = os.environ | {"PYTHONHASHSEED": seed}
        digests.add(
            subprocess.check_output([sys.executable, "-c", program, *paths], env=environment)
        )
    assert len(digests) == 1
    assert view(story, headers) == view(reversed(story), reversed(headers))


def test_only_scripts_with_an_admitted_digest_can_run(story: list[dict[str, Any]]) -> None:
    page = Scripts(view(story, []))
    policy = next(each["content"] for each in page.attributes("meta") if "http-equiv" in each)
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = list(zip(page.attributes("script"), page.texts, strict=True))
    code = [text for attributes, text in scripts if "type" not in attributes]
    assert len(code) == policy.count("sha256-") == 1 + len(SCRIPTS)
    for text in code:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert not any("src" in attributes for attributes, _ in scripts)
    assert all(each["href"] == "data:," for each in page.attributes("link"))


def test_hostile_words_stay_data(entity: Any, record: Any) -> None:
    evil = entity(HOSTILE, aliases=[HOSTILE], id="https://example.org/kg/entity/x")
    words = {"start": 0, "end": 5, "text": HOSTILE}
    evidence = {
        "document": HOSTILE, "start": 0, "end": len(HOSTILE), "text": HOSTILE, "cues": [],
        "subject": words, "object": words, "relation": {"text": HOSTILE, "spans": [[1, 3]]},
    }  # fmt: skip
    told = record(evil, HOSTILE, {"value": HOSTILE, "datatype": "xsd:string", "label": HOSTILE}, evidence=[evidence])  # fmt: skip
    html = view([told], [Header(id=HOSTILE, source=HOSTILE, title=HOSTILE)], title=HOSTILE)
    plain = Scripts(view([], []))
    assert [tag for tag, _ in Scripts(html).tags] == [tag for tag, _ in plain.tags]
    assert "<script>alert" not in html
    data = data_of(html)
    assert data["entities"][0]["label"] == data["texts"][0][0][1] == HOSTILE
    assert "{{7*7}}" in html


def test_asserted_and_denied_between_the_same_two_are_both_edges(entity: Any, record: Any) -> None:
    ends = entity("Tomas Vey"), entity("Ingrid Lindholm")
    told = [
        record(ends[0], "meet", ends[1], id="1"),
        record(ends[0], "meet", ends[1], id="2", polarity="negative"),
        record(ends[0], "meet", ends[1], id="3", time="2019"),
        record(ends[1], "meet", ends[0], id="4"),
    ]
    assert network_graph(told).number_of_edges() == 4
    edges = data_of(view(told, []))["edges"]
    found = sorted((edge["from"], edge["to"], edge["status"]) for edge in edges)
    assert len(found) == 4
    assert {edge[:2] for edge in found} == {(0, 1), (1, 0)}
    assert [edge[2] for edge in found].count("denied") == 1


def test_literals_are_no_nodes_but_are_told(story: list[dict[str, Any]]) -> None:
    data = data_of(view(story, []))
    told = [each for each in data["statements"] if "literal" in each]
    assert {each["literal"]["label"] for each in told} == {"3 May 1961", "84 million euros"}
    assert not {"3 May 1961", "1961-05-03"} & {node["label"] for node in data["entities"]}


def test_a_mere_place_or_source_can_be_found_but_has_no_degree(story: list[dict[str, Any]]) -> None:
    graph = network_graph(story)
    geneva = next(data for _, data in graph.nodes(data=True) if data["label"] == "Geneva")
    assert geneva["type"] == "Place"
    assert geneva["degree"] == 0


def test_records_of_one_statement_in_two_documents_join_their_evidence(entity: Any, record: Any) -> None:  # fmt: skip
    def evidence(document: str) -> dict[str, Any]:
        words = {"start": 0, "end": 1, "text": "A"}
        return {"document": document, "start": 0, "end": 9, "text": "A meets B", "subject": words, "object": words, "relation": {"text": "m", "spans": [[2, 7]]}}  # fmt: skip

    ends = entity("A"), entity("B")
    told = [record(ends[0], "meet", ends[1], id="1", evidence=[evidence(name)]) for name in "pq"]
    (statement,) = data_of(view(told, []))["statements"]
    assert len(statement["evidence"]) == 2


def test_every_linked_entity_of_a_large_graph_has_a_place_of_its_own(crowd: Any) -> None:
    data = data_of(view(crowd(2500), []))
    places = [(row["x"], row["y"]) for row in data["entities"]]
    assert len(set(places)) == len(places) > 2400
    assert len(data["opening"]) == 40


def test_the_foremost_are_the_ones_that_assertions_lead_to(entity: Any, record: Any) -> None:
    hub, denied = entity("Hub"), entity("Denied")
    told = [record(entity(f"Leaf {n}"), "know", hub, id=f"a{n}") for n in range(4)]
    told += [record(entity(f"Leaf {n}"), "know", denied, id=f"b{n}", polarity="negative") for n in range(4)]  # fmt: skip
    labels = [row["label"] for row in data_of(view(told, []))["entities"]]
    assert (labels[0], labels[-1]) == ("Hub", "Denied")


def test_what_is_beyond_the_most_entities_is_left_out_and_counted(crowd: Any) -> None:
    told = crowd(400)
    data = data_of(view(told, [], max_nodes=100))
    whole = len(data_of(view(told, []))["entities"])
    assert 90 < len(data["entities"]) <= 100
    assert data["out"] == {
        "entities": whole - len(data["entities"]),
        "statements": len(told) - len(data["statements"]),
    }


def test_a_document_is_told_whole_where_its_text_is_known_and_unchanged(entity: Any, record: Any) -> None:  # fmt: skip
    quote = {"document": "d", "start": 3, "end": 12, "text": "A meets B", "subject": {"start": 3, "end": 4}, "object": {"start": 11, "end": 12}, "relation": {"spans": [[5, 10]]}}  # fmt: skip
    told = [record(entity("A"), "meet", entity("B"), evidence=[quote])]
    assert data_of(view(told, [], texts={"d": "So A meets B."}.get))["texts"] == [[[0, "So A meets B."]]]  # fmt: skip
    assert data_of(view(told, [], texts={"d": "Later words."}.get))["texts"] == [[[3, "A meets B"]]]


def test_those_that_stand_keep_their_order_and_the_others_gather_around() -> None:
    graph = nx.star_graph(200)
    graph.add_edges_from([(300, 301), (301, 302)])
    places = grown(graph, {0: (0, 0), 1: (200, 0)}, dict.fromkeys(graph, (60, 30)))
    assert len(set(places.values())) == len(graph)
    assert places[0] == (0, 0)
    assert places[1][1] == 0 < places[1][0]


def test_an_empty_graph_is_a_page_too() -> None:
    assert data_of(view([], []))["entities"] == []


def test_writing_replaces_the_file_or_leaves_it(
    story: list[dict[str, Any]], headers: tuple[Header, ...], tmp_path: Path
) -> None:
    path = tmp_path / "graph.html"
    write_view(path, view(story, headers, title="Jiří \ud800"))
    assert "<title>Jiří ?</title>" in path.read_text(encoding="utf-8")
    assert os.listdir(tmp_path) == ["graph.html"]
    with pytest.raises(KgError, match=r"missing.graph\.html: cannot be written"):
        write_view(tmp_path / "missing" / "graph.html", "")


def test_places_are_integers_and_nobody_stands_on_anothers_label() -> None:
    graph = nx.disjoint_union_all([nx.star_graph(12), nx.cycle_graph(9), nx.empty_graph(6)])
    places = positions(graph, dict.fromkeys(graph, (120, 50)))
    for left in graph:
        for right in range(left):
            (x, y), (u, v) = places[left], places[right]
            assert abs(x - u) >= 115 or abs(y - v) >= 45, (left, right)


def test_components_are_packed_side_by_side() -> None:
    graph = nx.disjoint_union_all([nx.path_graph(2) for _ in range(200)])
    places = positions(graph, dict.fromkeys(graph, (100, 50)))
    assert len(set(places.values())) == 400
    wide, high = (max(side) - min(side) for side in zip(*places.values(), strict=True))
    assert 0.4 < wide / high < 2.5


def test_nobody_of_the_first_picture_is_without_the_one_it_is_tied_to(
    entity: Any, record: Any
) -> None:
    """Two hundred pairs, of which none is more than another."""
    told = [
        record(entity(f"A {n}"), "own", entity(f"B {n}"), id=f"{n:04d}") for n in range(200)
    ]  # fmt: skip
    data = data_of(view(told, []))
    labels = [data["entities"][number]["label"] for number in data["opening"]]
    assert len(labels) == 40
    assert {label[2:] for label in labels if label[0] == "A"} == {label[2:] for label in labels if label[0] == "B"}  # fmt: skip


def test_groups_of_a_crowd_stand_apart() -> None:
    graph = nx.planted_partition_graph(8, 25, 0.4, 0.004, seed=2)
    places = positions(graph, dict.fromkeys(graph, (60, 30)))

    def far(left: int, right: int) -> float:
        return float(sum((a - b) ** 2 for a, b in zip(places[left], places[right], strict=True)) ** 0.5)  # fmt: skip

    inside = [far(n, n + 5) for n in range(0, 200, 25)]
    outside = [far(n, (n + 25) % 200) for n in range(0, 200, 25)]
    assert sum(inside) < 0.5 * sum(outside)
