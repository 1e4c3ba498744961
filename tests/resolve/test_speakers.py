"""Who "I" and "you" are on the two sides of an interview."""

from __future__ import annotations

from collections.abc import Callable

from kg.pipeline import Reading, join

Read = Callable[..., Reading]

INTERVIEW = """The Courier spoke with Maren Bly about her bridge.

When did you build the bridge?

I built the bridge in 1931. You can see the tower from here.

Have you ever left Lyon?

I left Lyon once. You forget a town slowly.

Will you sell your mill?

I have sold my mill.
"""


def test_who_answers_is_who_is_interviewed_and_who_is_addressed_there_is_not(reading: Read) -> None:
    said = reading(INTERVIEW)
    owner = {m.id: e.label for e in join([said]).entities for m in e.mentions}
    voices = [(m.short, owner[m.id]) for m in said.mentions if m.short in {"I", "you", "You"}]
    assert {label for word, label in voices if word in {"I", "you"}} == {"Maren Bly"}
    assert "Maren Bly" not in {label for word, label in voices if word == "You"}
