"""What people decide holds before all that is judged, wherever it stands, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations

import pytest

from kg.errors import DecisionError
from kg.model import Corpus, Entity
from kg.pipeline import Joined, Reading, settle
from kg.resolve.decisions import parse

HERALD = "Max Hale bought the ferry Osprey in Lund. Hale sold it to Ann Marlow."
COURIER = "James Hale met Ann Marlow in Oslo. Hale praised Marlow. Sattler owns the yard."
GAZETTE = "Ann Marlow sued Sattler. Marlow lives in Bergen."
DIARY = "Ann Marlow sings in Rome."
DOCUMENTS = {"courier": COURIER, "diary": DIARY, "gazette": GAZETTE, "herald": HERALD}

Settled = Callable[..., Joined]


@pytest.fixture
def settled(reading: Callable[..., Reading]) -> Settled:
    """Documents by name (all four without) under the decisions of a links file."""

    def run(text: str = "", documents: Iterable[str] = DOCUMENTS, **options: object) -> Joined:
        readings = [reading(DOCUMENTS[name], name) for name in documents]
        return settle(readings, decisions=parse(text), **options)  # type: ignore[arg-type]

    return run


def entity(corpus: Corpus, words: str, document: str) -> Entity:
    """The entity that the first mention of the words in a document means."""
    found = [
        (m.span, e) for e in corpus.entities for m in e.mentions
        if m.document == document and m.short == words
    ]  # fmt: skip
    return min(found, key=lambda pair: pair[0])[1]


def things(*names: str) -> str:
    """Names as a list of TOML; `Max Hale @ herald` is one in a document."""
    parts = [name.split(" @ ") for name in names]
    tables = (f'{{name = "{p[0]}"' + (f', document = "{p[1]}"' if p[1:] else "") + "}" for p in parts)  # fmt: skip
    return f"things = [{', '.join(tables)}]\n"


def join(*names: str) -> str:
    return "[[join]]\n" + things(*names)


def separate(*names: str) -> str:
    return "[[separate]]\n" + things(*names)


def test_without_decisions_the_two_hales_are_not_one(settled: Settled) -> None:
    corpus = settled().corpus
    assert entity(corpus, "Max Hale", "herald") != entity(corpus, "James Hale", "courier")


def test_a_join_makes_one_of_two_names_and_says_where_it_was_decided(settled: Settled) -> None:
    corpus = settled(join("Max Hale @ herald", "James Hale")).corpus
    hale = entity(corpus, "Max Hale", "herald")
    assert hale == entity(corpus, "James Hale", "courier") == entity(corpus, "Hale", "herald")
    (link,) = [link for link in corpus.links if "links.toml" in link.reason]
    assert (link.judgement, link.score, link.reason) == ("same", 1.0, "links.toml, line 1: join")


def test_a_join_takes_more_than_two_things_of_whatever_types(settled: Settled) -> None:
    corpus = settled(join("Max Hale", "James Hale", "Sattler", "Oslo")).corpus
    hale = entity(corpus, "Max Hale", "herald")
    assert {hale} == {entity(corpus, name, "courier") for name in ("James Hale", "Sattler", "Oslo")}


def test_a_noun_phrase_can_be_named_too(settled: Settled) -> None:
    corpus = settled(join("the yard", "Osprey")).corpus
    assert entity(corpus, "the yard", "courier") == entity(corpus, "Osprey", "herald")


def test_a_separation_holds_against_the_same_name(settled: Settled) -> None:
    before = settled().corpus
    assert entity(before, "Ann Marlow", "gazette") == entity(before, "Ann Marlow", "courier")
    corpus = settled(separate("Ann Marlow @ courier", "Ann Marlow @ gazette")).corpus
    ours, other = (entity(corpus, "Ann Marlow", name) for name in ("courier", "gazette"))
    assert ours != other
    assert entity(corpus, "Marlow", "gazette") == other
    assert [link.judgement for link in corpus.links if link.score == 1.0 and "line 1" in link.reason] == ["different"]  # fmt: skip


@pytest.mark.parametrize("odd", ["courier", "gazette", "herald"])
def test_one_of_a_name_is_set_apart_and_the_others_stay_one(settled: Settled, odd: str) -> None:
    corpus = settled(separate("Ann Marlow", f"Ann Marlow @ {odd}")).corpus
    marlows = {name: entity(corpus, "Ann Marlow", name).id for name in DOCUMENTS}
    alone = marlows.pop(odd)
    assert len(set(marlows.values())) == 1
    assert alone not in marlows.values()


def test_who_else_bears_a_name_that_two_bear_is_not_guessed(settled: Settled) -> None:
    corpus = settled(separate("Ann Marlow @ courier", "Ann Marlow @ gazette")).corpus
    marlows = {name: entity(corpus, "Ann Marlow", name).id for name in DOCUMENTS}
    assert len(set(marlows.values())) == 3
    assert marlows["diary"] == marlows["herald"]
    unsure = [link for link in corpus.links if link.judgement == "unsure"]
    ends = [{end.partition("#")[0] for end in (link.left, link.right)} for link in unsure]
    assert sorted(map(sorted, ends)) == [["courier", "diary"], ["diary", "gazette"]]


def test_a_separation_parts_names_that_a_document_joins(settled: Settled) -> None:
    before = settled(documents=["herald"]).corpus
    assert entity(before, "Max Hale", "herald") == entity(before, "Hale", "herald")
    corpus = settled(separate("Max Hale", "Hale"), ["herald"]).corpus
    assert entity(corpus, "Max Hale", "herald") != entity(corpus, "Hale", "herald")
    unsure = [link for link in corpus.links if link.judgement == "unsure"]
    assert any("other judgements are against it" in link.reason for link in unsure)


def test_no_chain_of_joins_goes_around_a_separation(settled: Settled) -> None:
    corpus = settled(separate("James Hale", "Ann Marlow") + join("James Hale", "Hale")).corpus
    assert entity(corpus, "James Hale", "courier") != entity(corpus, "Ann Marlow", "courier")


def test_a_mention_at_a_place_can_be_named_alone(settled: Settled) -> None:
    start = COURIER.index("Hale praised")
    alone = f'[[separate]]\nthings = [{{name = "Hale", document = "courier", start = {start}}}, "James Hale"]'
    corpus = settled(alone).corpus
    assert entity(corpus, "Hale", "courier") != entity(corpus, "James Hale", "courier")
    assert settled(alone.replace(str(start), "2")).idle == (
        "links.toml, line 1: this separate no longer applies: nothing is called 'Hale' in 'courier' at 2",
    )


def test_a_join_against_a_separation_is_refused_where_only_the_documents_show_it(
    settled: Settled,
) -> None:
    text = join("Ann Marlow", "Sattler") + separate("Ann Marlow @ gazette", "Sattler @ gazette")
    with pytest.raises(DecisionError, match=r"line 3: this separate .* the join of .* line 1"):
        settled(text)


def test_what_names_nothing_is_told_and_the_rest_is_done(settled: Settled) -> None:
    text = join("Max Hale", "Nobody Such", "James Hale") + '[[type]]\nthing = "Zeno"\ntype = "Place"\n'  # fmt: skip
    done = settled(text + separate("Ann Marlow @ nowhere", "Sattler"))
    assert done.idle == (
        "links.toml, line 1: this join no longer applies: nothing is called 'Nobody Such'",
        "links.toml, line 6: this separate no longer applies: nothing is called 'Ann Marlow' in 'nowhere'",
        "links.toml, line 3: this type no longer applies: nothing is called 'Zeno'",
    )
    assert entity(done.corpus, "Max Hale", "herald") == entity(done.corpus, "James Hale", "courier")


def test_what_is_so_already_is_silent(settled: Settled) -> None:
    text = '[[rename]]\nthing = "Ann Marlow"\nlabel = "Ann Marlow"\n' + separate("Ann Marlow", "Sattler")  # fmt: skip
    done = settled(text)
    assert done.idle == ()
    assert done.corpus.entities == settled().corpus.entities


def test_a_rename_gives_label_and_id_and_keeps_the_old_label_as_alias(settled: Settled) -> None:
    text = join("Max Hale", "James Hale") + '[[rename]]\nthing = "Max Hale"\nlabel = "J. T. Hale"\n'
    hale = entity(settled(text).corpus, "Max Hale", "herald")
    assert (hale.label, hale.id) == ("J. T. Hale", "J_T_Hale")
    assert {"James Hale", "Max Hale"} <= set(hale.aliases)


def test_a_rename_to_a_label_that_another_bears_leaves_both_an_id(settled: Settled) -> None:
    corpus = settled('[[rename]]\nthing = "Max Hale"\nlabel = "James Hale"\n').corpus
    hales = [e for e in corpus.entities if e.label == "James Hale"]
    assert len({e.id for e in hales}) == len(hales) == 2
    named = {
        end for s in corpus.statements for end in (s.subject, s.object) if isinstance(end, str)
    }
    assert {e.id for e in hales} <= named <= {e.id for e in corpus.entities}


def test_a_type_is_that_of_the_whole_entity(settled: Settled) -> None:
    corpus = settled('[[type]]\nthing = "Sattler"\ntype = "Organization"\n').corpus
    assert entity(corpus, "Sattler", "gazette").type == "Organization"


def test_an_entity_can_be_named_by_its_id(settled: Settled) -> None:
    corpus = settled('[[type]]\nthing = "Max_Hale"\ntype = "Group"\n').corpus
    assert entity(corpus, "Max Hale", "herald").type == "Group"


def test_a_short_name_of_several_is_not_guessed(settled: Settled) -> None:
    done = settled('[[rename]]\nthing = "Hale"\nlabel = "Hale the Elder"\n')
    assert done.corpus.entities == settled().corpus.entities
    assert done.idle == ("links.toml, line 1: 'Hale' may be James Hale, Max Hale; say which, or in which document",)  # fmt: skip


def test_two_labels_for_one_entity_are_refused(settled: Settled) -> None:
    text = join("Max Hale", "James Hale") + "".join(
        f'[[rename]]\nthing = "{name}"\nlabel = "{label}"\n'
        for name, label in (("Max Hale @ herald", "A"), ("James Hale", "B"))
    ).replace('"Max Hale @ herald"', '{name = "Max Hale", document = "herald"}')
    with pytest.raises(DecisionError, match=r"line 6: this rename goes against the rename of .* line 3"):  # fmt: skip
        settled(text)


def test_strict_joins_across_documents_by_choice_alone(settled: Settled) -> None:
    corpus = settled(join("Max Hale", "James Hale"), identity="strict").corpus
    several = {e.label for e in corpus.entities if len({m.document for m in e.mentions}) > 1}
    assert several == {"Max Hale"}
    assert entity(corpus, "Hale", "courier") == entity(corpus, "James Hale", "courier")
    inside = [link for link in corpus.links if "links.toml" not in link.reason]
    assert all(link.left.split("#")[0] == link.right.split("#")[0] for link in inside)


DECIDED = (
    join("Max Hale", "James Hale")
    + separate("Ann Marlow", "Ann Marlow @ gazette")
    + separate("Sattler @ courier", "Sattler @ gazette")
    + '[[rename]]\nthing = "Max Hale"\nlabel = "J. T. Hale"\n[[type]]\nthing = "Sattler"\ntype = "Place"\n'
)


@pytest.mark.parametrize("identity", ["merged", "strict"])
def test_the_order_of_documents_changes_nothing(settled: Settled, identity: str) -> None:
    first, *others = (
        settled(DECIDED, order, identity=identity) for order in permutations(DOCUMENTS)
    )
    assert all(other == first for other in others)


def test_the_order_of_decisions_changes_no_entity(settled: Settled) -> None:
    blocks = ["[[" + block for block in DECIDED.split("[[")[1:]]
    corpora = [settled("".join(order)).corpus for order in permutations(blocks)]
    assert {corpus.entities for corpus in corpora} == {corpora[0].entities}
    assert {corpus.statements for corpus in corpora} == {corpora[0].statements}


def test_a_document_that_is_gone_leaves_no_trace(settled: Settled) -> None:
    """Building is a function of what is there: no state is kept between builds."""
    remaining = ["courier", "gazette", "herald"]
    with_all = settled(DECIDED)
    assert settled(DECIDED, remaining) == settled(DECIDED, reversed(remaining)) != with_all
