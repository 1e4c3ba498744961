"""Which mentions refer: adjectives where something is said of them, places inside the names of bodies."""

from __future__ import annotations

from collections.abc import Callable

from kg.pipeline import Reading

Read = Callable[..., Reading]


def names(reading: Reading) -> list[str]:
    """The names in the order of the text."""
    return [m.short for m in reading.mentions if m.kind == "name"]


def test_an_adjective_is_a_mention_only_where_something_is_said_of_it(reading: Read) -> None:
    assert names(reading("Maren Bly restored a Swedish painting.")) == ["Maren Bly"]
    assert "Swedish" in names(reading("The Swedish minister Maren Bly left."))


def test_a_place_inside_the_name_of_a_body_is_that_place_where_the_text_speaks_of_it(
    reading: Read,
) -> None:
    said = reading("Maren Bly lives in Lyon. The University of Lyon sued her.")
    assert names(said) == ["Maren Bly", "Lyon", "University of Lyon", "Lyon"]
    lyon = [m.id for m in said.mentions if m.short == "Lyon"]
    assert any({k.left, k.right} == set(lyon) and k.judgement == "same" for k in said.links)


def test_a_place_that_is_only_part_of_a_name_is_no_mention(reading: Read) -> None:
    assert names(reading("The University of Lyon sued Maren Bly.")) == ["University of Lyon", "Maren Bly"]  # fmt: skip
