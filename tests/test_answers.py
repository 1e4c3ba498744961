"""What is unsure is asked of a person once, most useful first, and answers are added to the file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg import api
from kg.answers import append, pair_record
from kg.errors import DecisionError, ReadError, StoreError
from kg.model import Corpus, Entity, Evidence, Header, Link, Mention, Relation, Span, Statement
from kg.resolve.decisions import Decision, Thing, parse
from kg.store import Store

TEXTS = {
    "courier": "Max Hale sold the ferry. Orla Finch saw Hale.",
    "herald": "James Hale bought a yard. Finch wept.",
    "log": "J. Hale slept. It was late.",
}


def mention(document: str, words: str, kind: str = "name") -> Mention:
    start = TEXTS[document].index(words)
    at = Span(start, start + len(words))
    id_ = f"{document}#char={at.start},{at.end}"
    return Mention(id_, document, at, at, words, 0, "Person", kind)  # type: ignore[arg-type]


def entity(id_: str, *mentions: Mention) -> Entity:
    return Entity(id_, id_.replace("_", " "), "Person", (), mentions)


def unsure(left: Mention, right: Mention, score: float, reason: str = "alike") -> Link:
    return Link(left.id, right.id, "unsure", score, reason)


JIM, JAMES, J = (
    mention("courier", "Max Hale"),
    mention("herald", "James Hale"),
    mention("log", "J. Hale"),
)
HALE, ORLA, FINCH = mention("courier", "Hale."), mention("courier", "Orla Finch"), mention("herald", "Finch")  # fmt: skip
IT = mention("log", "It", "pronoun")
LINKS = (
    unsure(JIM, J, 0.4),
    unsure(JIM, ORLA, 0.9, "inside one document"),
    unsure(JIM, JAMES, 0.6),
    unsure(HALE, JAMES, 0.7, "the better reason"),
    unsure(JAMES, J, 0.5),
    unsure(JIM, HALE, 0.9, "both are one already"),
    unsure(J, IT, 0.2),
    Link(ORLA.id, FINCH.id, "different", 0.9, "no doubt"),
    unsure(mention("herald", "yard"), JIM, 0.9, "means no entity"),
)


def corpus(links: Iterable[Link] = LINKS) -> Corpus:
    quote = "Max Hale sold the ferry."
    evidence = Evidence("courier", 0, Span(0, 24), quote, JIM.span, (Span(9, 13),), Span(14, 23))
    entities = (
        entity("Max_Hale", JIM, mention("courier", "Hale.")),
        entity("James_Hale", JAMES),
        entity("J_Hale", J),
        entity("Orla_Finch", ORLA),
        entity("Finch", FINCH),
        entity("unnamed_thing", IT),
        entity("ferry"),
    )
    said = Statement("Max_Hale", Relation("sell", "sold"), "ferry", (evidence,))
    headers = tuple(Header(name, f"{name}.txt") for name in TEXTS)
    return Corpus(headers, entities, (said,), tuple(links))


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    store = Store()
    store.load(corpus())
    store.write(tmp_path / "graph.trig", "graph.trig")
    return tmp_path


def labels(review: api.Review) -> list[tuple[str, str, float]]:
    return [(p.left.entity.label, p.right.entity.label, p.score) for p in review.pairs]


def test_pairs_across_documents_come_first_and_the_likeliest_of_them(graph: Path) -> None:
    assert labels(api.review(graph)) == [
        ("Max Hale", "James Hale", 0.7),
        ("James Hale", "J Hale", 0.5),
        ("Max Hale", "J Hale", 0.4),
        ("Max Hale", "Orla Finch", 0.9),
        ("J Hale", "unnamed thing", 0.2),
    ]


def test_a_pair_is_shown_with_the_best_reason_and_the_sentences_of_its_sides(graph: Path) -> None:
    review = api.review(graph)
    pairs = {pair.right.entity.label: pair_record(pair, review.names) for pair in review.pairs}
    assert pairs["James Hale"]["reason"] == "the better reason"
    finch = pairs["Orla Finch"]
    assert finch["left"] == {
        "entity": "https://example.org/kg/entity/Max_Hale",
        "label": "Max Hale",
        "type": "Person",
        "document": "courier",
        "start": 0,
        "end": 8,
        "text": "Max Hale",
        "quotes": ["[Max Hale] sold the ferry."],
    }
    assert finch["right"]["quotes"] == []


def test_what_is_answered_settles_what_follows_from_it(graph: Path) -> None:
    asked = []
    review = api.review(graph)
    for pair in review.pairs:
        asked.append(pair.right.entity.label)
        review.pairs.answer(pair, "join" if pair.right.entity.label == "James Hale" else "separate")
    assert asked == ["James Hale", "J Hale", "Orla Finch", "unnamed thing"]


def test_an_answer_names_the_fullest_name_and_a_mention_without_one_by_its_place(
    graph: Path,
) -> None:
    review = api.review(graph)
    told = [review.pairs.answer(pair, "separate") for pair in review.pairs]
    assert told[0].things == (Thing("Max Hale", "courier"), Thing("James Hale", "herald"))
    assert told[-1].things == (
        Thing("J. Hale", "log"),
        Thing("It", "log", TEXTS["log"].index("It")),
    )


def test_a_pair_that_is_decided_is_not_asked_again(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    review = api.review(graph, path)
    for number, pair in enumerate(review.pairs):
        append(review.pairs.answer(pair, "separate" if number % 2 else "join"), path)
    assert labels(api.review(graph, path)) == []


def test_an_answer_is_added_below_what_a_person_wrote(tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    mine = '# mine\r\n[[type]]\nthing = "A"   # sure\ntype = "Place"'
    path.write_bytes(mine.encode())
    path.chmod(0o640)
    decision = Decision("join", (Thing('Q "x" \\ y', "d"), Thing("B")))
    append(decision, path)
    append(Decision("separate", (Thing("B"), Thing("C"))), path)
    written = path.read_bytes().decode()
    assert written.startswith(mine + "\n\n[[join]]\n")
    assert [each.verb for each in parse(written)] == ["type", "join", "separate"]
    assert parse(written)[1].things == decision.things
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["links.toml"]


def test_a_new_file_says_what_it_is_for(tmp_path: Path) -> None:
    append(Decision("join", (Thing("A"), Thing("B"))), tmp_path / "links.toml")
    assert (tmp_path / "links.toml").read_text(encoding="utf-8").startswith("# What people decided")


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("", encoding="utf-8")
    (tmp_path / "links.toml").symlink_to("real.toml")
    append(Decision("join", (Thing("A"), Thing("B"))), tmp_path / "links.toml")
    assert (tmp_path / "links.toml").is_symlink()
    assert parse((tmp_path / "real.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "before",
    ['[[separate]]\nthings = ["A", "B"]\n', 'join = [{things = ["C", "D"]}]\n', "[[join\n"],
)
def test_an_answer_that_would_break_the_file_is_an_error_and_leaves_it(
    tmp_path: Path, before: str
) -> None:
    path = tmp_path / "links.toml"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(DecisionError, match=r"links\.toml"):
        append(Decision("join", (Thing("A"), Thing("B"))), path)
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        append(Decision("join", (Thing("A"), Thing("B"))), tmp_path / "links.toml")
    tmp_path.chmod(0o700)


def test_a_links_file_that_cannot_be_used_is_an_error(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    path.write_text("[[join]]", encoding="utf-8")
    with pytest.raises(DecisionError, match="line 1: join has no things"):
        api.review(graph, path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ReadError, match="not UTF-8"):
        api.review(graph, path)
