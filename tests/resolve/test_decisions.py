"""links.toml as text: what it may say, where it is wrong, and that what we write is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DecisionError
from kg.resolve.decisions import Decision, Thing, block_of, check, parse
from kg.resolve.names import name_key

FILE = """# who is who
[[join]]            # these are one thing
things = [{name = "Max Hale", document = "herald"}, "James  Hale", {name = "Hale", document = "log", start = 17}]
note = "the byline says so"

[[type]]
thing = {name = "Sattler"}
type = "Organization"

  [[ separate ]]
things = ["Ann Marlow", {name = "Ann Marlow", document = "gazette"}]
[[rename]]
thing = "Max Hale"
label = "James Hale"
"""


def test_every_kind_of_decision_is_read_in_the_order_of_the_file_with_its_line() -> None:
    assert parse(FILE) == (
        Decision(
            "join",
            (Thing("Max Hale", "herald"), Thing("James Hale"), Thing("Hale", "log", 17)),
            "links.toml, line 2",
            note="the byline says so",
        ),
        Decision("type", (Thing("Sattler"),), "links.toml, line 6", type="Organization"),
        Decision(
            "separate",
            (Thing("Ann Marlow"), Thing("Ann Marlow", "gazette")),
            "links.toml, line 10",
        ),
        Decision("rename", (Thing("Max Hale"),), "links.toml, line 12", label="James Hale"),
    )


def test_a_reason_names_file_line_verb_and_note() -> None:
    assert (
        parse(FILE, "b/links.toml")[0].reason == "b/links.toml, line 2: join (the byline says so)"
    )


def test_what_looks_like_a_header_in_a_string_does_not_shift_the_lines() -> None:
    text = '[[type]]\nthing = "A"\ntype = "Place"\nnote = """\n[[type]]\n"""\n[[type]]\nthing = "B"\ntype = "Event"\n'
    assert [each.place for each in parse(text)] == ["links.toml, line 1", "links.toml, line 7"]


def test_blocks_written_as_a_list_are_counted_where_no_line_can_be_told() -> None:
    text = 'join = [{things = ["A", "B"]}, {things = ["C", "D"]}]'
    assert [each.place for each in parse(text)] == ["links.toml, join 1", "links.toml, join 2"]


def test_an_empty_file_decides_nothing() -> None:
    assert parse("") == parse("# nothing yet\n") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[join]]\nthings = ["A", "B"\n[[join]]', "line 3"),
        ('\n[[joined]]\nthings = ["A", "B"]', "unknown key 'joined'; known: join, separate"),
        ('\n[[join]]\nthings = ["A", "B"]\nwhy = "x"', "line 2: unknown key 'why'; known: things, note"),
        ('[[join]]\nthings = ["A", {nam = "B"}]', "line 1: unknown key 'nam'; known: name, document"),
        ('[join]\nthings = ["A", "B"]', "[[join]]"),
        ("join = 3", "[[join]]"),
        ('[[join]]\nthings = ["A"]', "line 1: things is to be a list of two or more"),
        ('[[join]]\nthings = "A"', "line 1: things is to be a list"),
        ('[[join]]\nthings = ["A", 3]', "line 1: a thing is a name"),
        ('[[join]]\nthings = ["A", {document = "d"}]', "line 1: a thing is a name"),
        ('[[join]]\nthings = ["A", ""]', "line 1: '' is no name"),
        ('[[join]]\nthings = ["A", {name = "B", document = 7}]', "line 1: document is to be the id"),
        ('[[join]]\nthings = ["A", {name = "B", start = 7}]', "line 1: start is to be"),
        ('[[join]]\nthings = ["A", {name = "B", document = "d", start = -1}]', "line 1: start is to be"),
        ('[[join]]\nthings = ["A", {name = "B", document = "d", start = true}]', "line 1: start is to be"),
        ("[[separate]]\nnote = 'x'", "line 1: separate has no things"),
        ('[[rename]]\nthing = "A"', "line 1: rename has no label"),
        ('[[rename]]\nthing = "A"\nlabel = " "', "line 1: label is empty"),
        ('[[rename]]\nthing = "A"\nlabel = 1', "line 1: label is to be words in quotes"),
        ('[[type]]\nthing = "A"\ntype = "Firm"', "line 1: no type 'Firm'; known: Person, Organization"),
        ('[[type]]\nthing = "A"\ntype = ["Person"]', "line 1: no type"),
        ('[[join]]\nthings = ["A", "B"]\nnote = 1', "line 1: note is to be words"),
        ("x = " + "[" * 5000, "links.toml: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_what_is_known(text: str, words: str) -> None:
    with pytest.raises(DecisionError) as wrong:
        parse(text)
    assert words in str(wrong.value)
    assert str(wrong.value).startswith("links.toml")
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[[join]]\nthings = ["A", "B"]\n[[separate]]\nthings = ["B", "A"]', (3, 1)),
        ('[[separate]]\nthings = ["A", "C"]\n[[join]]\nthings = ["A", "B"]\n[[join]]\nthings = ["B", "c"]', (1, 3)),
        ('[[rename]]\nthing = "A"\nlabel = "X"\n[[rename]]\nthing = "A"\nlabel = "Y"', (4, 1)),
        ('[[type]]\nthing = "A"\ntype = "Place"\n[[type]]\nthing = "A"\ntype = "Event"', (4, 1)),
    ],
)  # fmt: skip
def test_decisions_that_go_against_one_another_are_both_named(
    text: str, lines: tuple[int, int]
) -> None:
    with pytest.raises(DecisionError) as wrong:
        check(parse(text))
    assert all(f"line {line}" in str(wrong.value) for line in lines)


def test_a_thing_cannot_be_separate_from_itself() -> None:
    with pytest.raises(DecisionError, match="line 1: 'A' is to be separate from itself"):
        check(parse('[[separate]]\nthings = ["A", {name = "a"}]'))


def test_saying_a_thing_twice_is_no_contradiction() -> None:
    check(parse('[[type]]\nthing = "A"\ntype = "Place"\n[[type]]\nthing = "A"\ntype = "Place"'))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(name_key)
THINGS = st.one_of(
    st.builds(Thing, NAMES),
    st.builds(Thing, NAMES, WORDS),
    st.builds(Thing, NAMES, WORDS, st.integers(0, 10**9)),
)


@given(st.tuples(THINGS, THINGS), NAMES, st.sampled_from(["join", "separate"]))
def test_a_block_that_is_written_is_read_back_whatever_the_names(things, note, verb) -> None:  # type: ignore[no-untyped-def]
    written = block_of(Decision(verb, things, note=note))
    (again,) = parse(f"# before\n\n{written}")
    assert again == Decision(verb, things, "links.toml, line 3", note=note)
