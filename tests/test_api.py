"""The Python face of every verb: files written, loaded, asked and explained."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg import api
from kg.errors import KgError, ModelError, QueryError, ReadError, StoreError
from kg.pipeline import Config, Progress

TEXTS = {
    "a.txt": "Robert Sattler met Clara Moss in Genoa on 3 May 1990. Moss said that he sold the boat “Aurora”.",
    "b.md": "# The port\n\nSattler did not sell the port. Clara Moss works for Corbin Freight.",
    "c.txt": "Clara Moss denied that Robert Sattler owned the ferry. Was Sattler in Lyon?",
}
# of required parameters, by type
VALUES = {"entity": "Clara Moss", "relation": "meet", "document": "a"}
FORMATS = {
    "facts.ttl": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    "graph.ttl": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    "graph.trig": ("trig", pyoxigraph.RdfFormat.TRIG),
    "graph.nq": ("nquads", pyoxigraph.RdfFormat.N_QUADS),
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> api.Built:
    return api.build([documents], tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def graph(built: api.Built) -> Path:
    return built.files[0].parent


def test_a_build_writes_the_files_it_names_and_a_store(built: api.Built, graph: Path) -> None:
    assert [file.name for file in built.files] == list(api.BUILD_FILES)
    assert sorted(file.name for file in graph.iterdir()) == sorted([*api.BUILD_FILES, "store"])
    assert all(file.stat().st_size > 100 for file in built.files)


def test_a_build_counts_what_its_files_hold(built: api.Built, graph: Path) -> None:
    records = [
        json.loads(row)
        for row in (graph / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    plain = [
        r
        for r in records
        if r["polarity"] == "positive" and r["certainty"] == "certain" and not r["attribution"]
    ]
    assert (built.documents, built.statements, built.plain) == (3, len(records), len(plain))
    assert 0 < built.plain < built.statements
    ends = {r["subject"]["id"] for r in records} | {
        r["object"]["id"] for r in records if "id" in r["object"]
    }
    assert built.entities == len(ends)


@pytest.mark.parametrize("name", FORMATS)
def test_two_rdf_libraries_load_every_file_with_equal_counts(
    name: str, graph: Path, tmp_path: Path
) -> None:
    with api.open_graph(graph) as store:
        (file,) = api.export(store, tmp_path, [name])
    form, oxigraph_form = FORMATS[name]
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside parse()
        dataset.parse(data=file.read_text(encoding="utf-8"), format=form)
    quads = set(dataset.quads())
    other = set(pyoxigraph.parse(path=str(file), format=oxigraph_form))
    assert len(quads) == len(other) > 20
    if name in api.BUILD_FILES:
        assert file.read_bytes() == (graph / name).read_bytes()


def test_bare_triples_are_just_the_plain_statements(graph: Path) -> None:
    facts = rdflib.Graph().parse(data=(graph / "facts.ttl").read_text(encoding="utf-8"))
    bare = {(local(s), local(p), local(o)) for s, p, o in facts if "/relation/" in p}
    records = [
        json.loads(row)
        for row in (graph / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    plain = {
        (local(r["subject"]["id"]), local(r["relation"]["id"]), local(r["object"].get("id") or r["object"]["value"]))
        for r in records
        if r["polarity"] == "positive" and r["certainty"] == "certain" and not r["attribution"]
    }  # fmt: skip
    assert bare == plain
    assert ("Robert_Sattler", "meet", "Clara_Moss") in bare
    assert not {p for _, p, _ in bare} & {"sell", "own", "be_in"}


def local(term: object) -> str:
    return str(term).rpartition("/")[2]


def test_evidence_is_exact_in_the_records(graph: Path) -> None:
    texts = {Path(name).stem: text for name, text in TEXTS.items()}
    for row in (graph / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        for evidence in json.loads(row)["evidence"]:
            text = texts[evidence["document"]]
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]
            for end in (evidence["subject"], evidence["object"]):
                assert text[end["start"] : end["end"]] == end["text"]
                assert end["text"] in evidence["text"]


def test_extract_gives_mentions_with_the_entities_they_belong_to(documents: Path) -> None:
    result = api.extract([documents])
    records = {record["id"]: record for record in api.mention_records(result)}
    assert list(records) == ["a", "b", "c"]
    first = records["a"]["mentions"][0]
    assert (first["start"], first["end"], first["type"], first["kind"]) == (0, 14, "Person", "name")
    assert "Robert_Sattler" in first["entity"]
    date = records["a"]["dates"][0]
    assert TEXTS["a.txt"][date["start"] : date["end"]] == "3 May 1990"
    assert date["value"] == "1990-05-03"


def test_nothing_to_read_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    heard: list[ReadError] = []
    with pytest.raises(ReadError, match="1 source failed"):
        api.build([tmp_path / "empty.txt"], tmp_path / "out", watch=api.Watch(error=heard.append))
    assert len(heard) == 1
    assert not (tmp_path / "out").exists()


def test_a_model_that_is_missing_writes_nothing(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        api.build([documents], tmp_path / "out", config=Config(model="no_such_model"))
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_stops_before_the_work(documents: Path) -> None:
    steps: list[Progress] = []
    with pytest.raises(StoreError, match="in the way"):
        api.build([documents], documents / "a.txt", watch=api.Watch(progress=steps.append))
    assert steps == []
    assert (documents / "a.txt").read_text(encoding="utf-8") == TEXTS["a.txt"]


def test_the_base_names_entities_and_relations(documents: Path, tmp_path: Path) -> None:
    api.build([documents / "b.md"], tmp_path, base="https://port.example/kg/")
    text = (tmp_path / "facts.ttl").read_text(encoding="utf-8")
    assert "https://port.example/kg/entity/" in text
    assert "https://example.org/kg/entity/" not in text
    answer, _ = api.query("ASK { <https://port.example/kg/entity/Clara_Moss> ?p ?o }", tmp_path)
    assert answer.truth is True


@pytest.mark.parametrize("name", [name for name, _ in api.questions()])
def test_every_known_query_runs_on_a_small_graph(name: str, graph: Path) -> None:
    given = {each.name: VALUES[each.type] for each in api.named()[name].parameters if each.required}
    answer, names = api.query(name, graph, given)
    assert answer.rows or not given
    assert all(len(row) == len(answer.variables) for row in answer.readable(names))


def test_who_met_whom_is_answered(graph: Path) -> None:
    answer, names = api.query("who-met-whom", graph)
    assert ("Robert Sattler", "Clara Moss", "1990-05-03", "Genoa") in [
        tuple(row) for row in answer.readable(names)
    ]


def test_a_question_may_be_a_name_a_file_or_sparql(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    file.write_text("ASK { :Clara_Moss rel:work_for :Corbin_Freight }", encoding="utf-8")
    assert api.query(str(file), graph)[0].truth is True
    assert api.query("ASK { :Clara_Moss rel:sell ?port }", graph)[0].truth is False
    with pytest.raises(QueryError, match=r"known: .*who-met-whom"):
        api.query("who-knows", graph)
    with pytest.raises(QueryError, match="cannot be read"):
        api.query(str(tmp_path / "none.rq"), graph)
    file.write_bytes(b"ASK { ?s ?p \xff }")
    with pytest.raises(QueryError, match="not UTF-8"):
        api.query(str(file), graph)


def test_updates_are_refused_and_change_nothing(graph: Path) -> None:
    before = (graph / "graph.trig").read_bytes()
    with pytest.raises(QueryError):
        api.query("DELETE WHERE { ?s ?p ?o }", graph)
    assert (graph / "graph.trig").read_bytes() == before


@pytest.mark.parametrize(
    "key",
    [
        "Robert Sattler",
        "sattler",
        "Robert_Sattler",
        ":Robert_Sattler",
        "https://example.org/kg/entity/Robert_Sattler",
    ],
)
def test_why_takes_a_label_an_alias_an_id_or_an_iri(key: str, graph: Path) -> None:
    told = api.why(key, graph)
    assert told.entity is not None
    assert told.entity.id == "Robert_Sattler"
    assert {s.relation.lemma for s in told.statements} >= {"meet", "sell", "own"}
    assert [r["id"] for r in told.records] == [s.id for s in told.statements]
    assert told.links


def test_why_takes_a_statement_by_id_or_its_beginning(graph: Path) -> None:
    wanted = api.why("Clara Moss", graph).statements[0]
    for key in (wanted.id, wanted.id[:8], f"stmt:{wanted.id}"):
        told = api.why(key, graph)
        assert told.entity is None
        assert told.statements == (wanted,)
        assert set(told.headers) == {"a", "b", "c"}


def test_why_of_something_unknown_offers_what_is_near(graph: Path) -> None:
    with pytest.raises(StoreError, match="Robert Sattler"):
        api.why("bert Satt", graph)
    for key in ("Nobody Known", "", "000000000000"):
        with pytest.raises(StoreError, match="no statement or entity"):
            api.why(key, graph)


def test_an_unknown_export_lists_the_known(graph: Path, tmp_path: Path) -> None:
    with api.open_graph(graph) as store, pytest.raises(KgError, match=r"known: .*facts.ttl"):
        api.export(store, tmp_path, ["graph.docx"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        api.open_graph(tmp_path)


@pytest.mark.parametrize("name", ["graph.trig", "graph.ttl"])
def test_a_graph_is_opened_from_its_file_too(name: str, graph: Path) -> None:
    answer, _ = api.query("ASK { :Clara_Moss rel:work_for :Corbin_Freight }", graph / name)
    assert answer.truth is True
