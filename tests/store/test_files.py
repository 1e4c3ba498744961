"""Files: equal bytes for equal content, equal content for every reader, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from corpora import oswald

from kg.errors import StoreError
from kg.model import Corpus
from kg.store import Store
from kg.vocab import Namespaces

KINDS = ("facts.ttl", "graph.ttl", "graph.trig", "graph.nq")
FORMATS = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads"}
OTHER = Namespaces("https://data.example.net/x/")

RDFLIB_WARNS_OF_ITSELF = pytest.mark.filterwarnings(
    "ignore:(Dataset|Conjunctive).* is deprecated:DeprecationWarning"
)
WRITE = """
import hashlib, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from corpora import oswald
from kg.store import Store
store = Store()
store.load(oswald())
for kind in sys.argv[2:]:
    with tempfile.TemporaryDirectory() as room:
        store.write(Path(room, kind), kind)
        print(hashlib.sha256(Path(room, kind).read_bytes()).hexdigest())
"""


@pytest.fixture
def store() -> Store:
    loaded = Store()
    loaded.load(oswald())
    return loaded


def written(store: Store, directory: Path) -> dict[str, bytes]:
    for kind in KINDS:
        store.write(directory / kind, kind)
    return {kind: (directory / kind).read_bytes() for kind in KINDS}


def test_the_bytes_do_not_depend_on_the_hash_seed(store: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE, str(Path(__file__).parent), *KINDS]
    here = [hashlib.sha256(each).hexdigest() for each in written(store, tmp_path).values()]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == here


def test_the_bytes_do_not_depend_on_order_history_or_place(store: Store, tmp_path: Path) -> None:
    corpus = oswald()
    turned = Corpus(*(tuple(reversed(getattr(corpus, part))) for part in corpus.__slots__))
    with Store.open(tmp_path / "store") as other:
        other.load(replace(corpus, statements=corpus.statements[:3]))
        other.load(turned)
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        assert written(other, tmp_path / "a") == written(store, tmp_path / "b")


@RDFLIB_WARNS_OF_ITSELF
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("names", [Namespaces(), OTHER], ids=["default base", "other base"])
def test_both_engines_read_the_same_quads(kind: str, names: Namespaces, tmp_path: Path) -> None:
    store = Store(names)
    store.load(oswald())
    store.write(tmp_path / kind, kind)
    ours, theirs = Store.read(tmp_path / kind), rdflib.Dataset()
    theirs.parse(data=(tmp_path / kind).read_bytes(), format=FORMATS[Path(kind).suffix])
    assert len(ours) == len(list(theirs.quads())) > 0
    assert set(ours.to_rdflib().quads()) == set(theirs.quads())
    assert ours.names.base == names.base


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_file_that_holds_everything_gives_back_the_corpus(
    store: Store, kind: str, tmp_path: Path
) -> None:
    store.write(tmp_path / kind, kind)
    assert Store.read(tmp_path / kind).corpus() == store.corpus()


def test_a_file_written_from_a_file_is_the_same_file(store: Store, tmp_path: Path) -> None:
    for kind in KINDS[2:]:
        store.write(tmp_path / kind, kind)
        assert written(Store.read(tmp_path / kind), tmp_path) == written(store, tmp_path)


def test_facts_hold_bare_triples_with_labels_and_types_and_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    store.write(tmp_path / "facts.ttl", "facts.ttl")
    facts = Store.read(tmp_path / "facts.ttl")
    used = facts.query("SELECT DISTINCT ?p { ?s ?p ?o }").readable(facts.names)
    assert {each for (each,) in used} == {
        "rdf:type",
        "rdfs:label",
        "skos:altLabel",
        "skos:prefLabel",
        "rel:be_member_of",
        "rel:be_old",
        "rel:meet_with",
        "rdfs:subPropertyOf",
    }
    ends = "{ ?x ?p ?y } UNION { ?y ?p ?x } ?p a rdf:Property FILTER(isIRI(?x))"
    bare = f"SELECT ?x {{ {ends} FILTER NOT EXISTS {{ ?x rdfs:label ?label ; a ?class }} }}"
    assert facts.query(bare).rows == ()
    assert "Castro" not in (tmp_path / "facts.ttl").read_text()


def test_turtle_is_grouped_by_subject_and_declares_the_prefixes_it_uses(
    store: Store, tmp_path: Path
) -> None:
    store.write(tmp_path / "facts.ttl", "facts.ttl")
    text = (tmp_path / "facts.ttl").read_text(encoding="utf-8")
    assert (
        ":Lee_Harvey_Oswald a schema:Person ;\n"
        '    rdfs:label "Lee Harvey Oswald" ;\n'
        '    skos:altLabel "Oswald" ;\n'
        '    skos:prefLabel "Lee Harvey Oswald" ;\n'
        "    rel:be_old 23 ;\n"
        "    rel:meet_with :Valeriy_Kostikov .\n"
    ) in text
    assert "@prefix oa:" not in text
    assert "\\#" not in text


def test_trig_puts_every_graph_in_braces(store: Store, tmp_path: Path) -> None:
    store.write(tmp_path / "graph.trig", "graph.trig")
    lines = (tmp_path / "graph.trig").read_text(encoding="utf-8").splitlines()
    assert [each for each in lines if each.endswith("{")] == [
        "{",
        "doc:jfk-files {",
        "doc:memo_7_b-6d7d356a {",
    ]
    assert lines.count("}") == 3


def test_the_archive_is_sorted_lines(store: Store, tmp_path: Path) -> None:
    store.write(tmp_path / "graph.nq", "graph.nq")
    lines = (tmp_path / "graph.nq").read_text(encoding="utf-8").split("\n")[:-1]
    assert lines == sorted(set(lines))
    assert len(lines) == len(store)


def test_a_file_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        store.write(tmp_path / "graph.ttl", "graph.ttl")
    assert [each.name for each in tmp_path.iterdir()] == ["graph.ttl"]


def test_an_unknown_kind_lists_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no file kind 'x'; known: facts\.ttl, graph\.ttl"):
        store.write(tmp_path / "x", "x")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xyz", "", r"a\.xyz: no RDF file; known endings: \.nq"),
        ("a.ttl", ":a :b", r"a\.ttl:1: "),
        ("missing.ttl", None, r"missing\.ttl: cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_on_one_line(
    name: str, text: str | None, message: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(StoreError, match=message) as caught:
        Store.read(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_file_that_kg_did_not_write_has_no_statements_but_can_be_asked(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<http://a/b> <http://a/c> "d"@en, _:e .')
    store = Store.read(tmp_path / "a.ttl")
    assert list(store.statements()) == []
    assert len(store.query("SELECT * { ?s ?p ?o }").rows) == 2
    assert len(store.to_rdflib()) == 2


def test_a_file_with_holes_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "<https://example.org/kg/statement/1> a <https://example.org/kg/vocab#Statement> ."
    )
    with pytest.raises(StoreError, match="statement/1> has no rdf:predicate"):
        list(Store.read(tmp_path / "a.ttl").statements())
