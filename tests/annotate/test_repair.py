"""Repairs: what they mend in a parse, and what they leave alone."""

from __future__ import annotations

import pytest

from kg.annotate.block import Block
from kg.annotate.repair import REPAIRS, repair

Rows = list[tuple[str, str, str, int, str]]  # text, tag, lemma, head, label


def mended(rows: Rows, name: str = "") -> list[tuple[int, str]]:
    """Heads and labels after all repairs, or after one."""
    texts, tags, lemmas, heads, labels = (list(column) for column in zip(*rows, strict=True))
    (REPAIRS[name] if name else repair)(Block(texts, tags, lemmas, heads, labels))
    return list(zip(heads, labels, strict=True))


def unchanged(rows: Rows) -> list[tuple[int, str]]:
    return [(head, label) for *_, head, label in rows]


SPEECH: Rows = [  # Reporters said Vance was ill
    ("Reporters", "NNS", "reporter", 1, "nsubj"),
    ("said", "VBD", "say", 1, "ROOT"),
    ("Vance", "NNP", "Vance", 1, "dobj"),
    ("was", "VBD", "be", 1, "conj"),
    ("ill", "JJ", "ill", 3, "acomp"),
]


def test_an_object_before_a_finite_verb_becomes_the_subject_of_what_is_said() -> None:
    fixed = mended(SPEECH, "zero_that")
    assert fixed[2] == (3, "nsubj")
    assert fixed[3] == (1, "ccomp")
    assert fixed[:2] == unchanged(SPEECH)[:2]


def test_the_subject_of_a_passive_is_called_so() -> None:
    passive: Rows = [
        ("Reporters", "NNS", "reporter", 1, "nsubj"),
        ("said", "VBD", "say", 1, "ROOT"),
        ("Vance", "NNP", "Vance", 1, "dobj"),
        ("was", "VBD", "be", 4, "auxpass"),
        ("seen", "VBD", "see", 1, "conj"),
    ]
    assert mended(passive, "zero_that")[2] == (4, "nsubjpass")


@pytest.mark.parametrize(
    "rows",
    [
        [*SPEECH[:1], ("sold", "VBD", "sell", 1, "ROOT"), *SPEECH[2:]],
        [*SPEECH[:3], ("and", "CC", "and", 1, "cc"), ("left", "VBD", "leave", 1, "conj")],
        [*SPEECH[:3], ("he", "PRP", "he", 4, "nsubj"), ("was", "VBD", "be", 1, "conj")],
    ],
    ids=["verb of no speech", "true coordination", "verb with a subject"],
)
def test_verbs_that_are_truly_coordinated_stay_so(rows: Rows) -> None:
    assert mended(rows, "zero_that") == unchanged(rows)


def test_a_noun_coordinated_with_a_verb_goes_to_the_phrase_like_it() -> None:
    rows: Rows = [  # described him as a spy and a member
        ("described", "VBD", "describe", 0, "ROOT"),
        ("him", "PRP", "he", 0, "dobj"),
        ("as", "IN", "as", 0, "prep"),
        ("a", "DT", "a", 4, "det"),
        ("spy", "NN", "spy", 2, "pobj"),
        ("and", "CC", "and", 0, "cc"),
        ("a", "DT", "a", 7, "det"),
        ("member", "NN", "member", 0, "conj"),
    ]
    assert mended(rows, "parallel_noun")[7] == (4, "conj")


def test_a_noun_with_a_subject_of_its_own_stays_with_the_verb() -> None:
    rows: Rows = [
        ("sold", "VBD", "sell", 0, "ROOT"),
        ("boats", "NNS", "boat", 0, "dobj"),
        ("he", "PRP", "he", 3, "nsubj"),
        ("pilot", "NN", "pilot", 0, "conj"),
    ]
    assert mended(rows, "parallel_noun") == unchanged(rows)


def test_the_noun_after_a_prefix_becomes_the_head() -> None:
    rows: Rows = [  # the ex-soldier left
        ("the", "DT", "the", 1, "det"),
        ("ex", "NN", "ex", 4, "nsubj"),
        ("-", "HYPH", "-", 1, "punct"),
        ("soldier", "NN", "soldier", 1, "appos"),
        ("left", "VBD", "leave", 4, "ROOT"),
    ]
    fixed = mended(rows, "hyphenated_prefix")
    assert fixed[3] == (4, "nsubj")
    assert fixed[1] == (3, "compound")
    assert fixed[0] == (3, "det")


def test_a_word_that_is_no_prefix_stays_the_head() -> None:
    rows: Rows = [
        ("ship", "NN", "ship", 0, "ROOT"),
        ("-", "HYPH", "-", 0, "punct"),
        ("owner", "NN", "owner", 0, "appos"),
    ]
    assert mended(rows, "hyphenated_prefix") == unchanged(rows)


def test_all_repairs_leave_a_tree() -> None:
    for rows in (SPEECH, SPEECH[::-1]):
        rows = [(t, g, m, min(h, len(rows) - 1), d) for t, g, m, h, d in rows]
        for i, (head, _) in enumerate(mended(rows)):
            seen, above = {i}, head
            while above not in seen:
                seen.add(above)
                above = mended(rows)[above][0]
            assert mended(rows)[above][0] == above


def test_a_thing_handed_to_somebody_is_no_name_of_theirs() -> None:
    rows: Rows = [
        ("Ann", "NNP", "Ann", 1, "nsubj"),
        ("gave", "VBD", "give", 1, "ROOT"),
        ("Lee", "NNP", "Lee", 1, "dobj"),
        ("the", "DT", "the", 4, "det"),
        ("key", "NN", "key", 2, "appos"),
    ]
    fixed = mended(rows, "two_objects")
    assert fixed[2] == (1, "dative")
    assert fixed[4] == (1, "dobj")
    rows[3] = (",", ",", ",", 2, "punct")
    assert mended(rows, "two_objects") == unchanged(rows)


def test_a_question_goes_back_to_the_verb_that_asks() -> None:
    rows: Rows = [
        ("asked", "VBD", "ask", 0, "ROOT"),
        ("guards", "NNS", "guard", 0, "dobj"),
        ("who", "WP", "who", 3, "nsubj"),
        ("answered", "VBD", "answer", 1, "relcl"),
        ("whether", "IN", "whether", 5, "mark"),
        ("left", "VBD", "leave", 3, "ccomp"),
    ]
    assert mended(rows, "asked_clause")[5] == (0, "ccomp")
    rows[4] = ("that", "IN", "that", 5, "mark")
    assert mended(rows, "asked_clause") == unchanged(rows)


def test_a_vessel_and_its_name_are_one_subject() -> None:
    rows: Rows = [
        ("the", "DT", "the", 1, "det"),
        ("vessel", "NN", "vessel", 3, "nsubj"),
        ("Kestrel", "NNP", "Kestrel", 3, "nsubj"),
        ("sank", "VBD", "sink", 3, "ROOT"),
    ]
    assert mended(rows, "close_apposition")[2] == (1, "appos")
    bare = [("old", "JJ", "old", 1, "amod"), *rows[1:]]
    assert mended(bare, "close_apposition") == unchanged(bare)


def test_a_person_is_the_director_and_not_the_dam() -> None:
    rows: Rows = [
        ("the", "DT", "the", 1, "det"),
        ("director", "NN", "director", 1, "ROOT"),
        ("of", "IN", "of", 1, "prep"),
        ("the", "DT", "the", 4, "det"),
        ("city", "NN", "city", 2, "pobj"),
        (",", ",", ",", 4, "punct"),
        ("Ann", "NNP", "Ann", 7, "compound"),
        ("Lee", "NNP", "Lee", 4, "appos"),
    ]
    assert mended(rows, "person_apposition")[7] == (1, "appos")
    place = [*rows[:6], ("Larkhill", "NNP", "Larkhill", 7, "compound"), rows[7]]
    assert mended(place, "person_apposition") == unchanged(place)


def test_a_name_in_a_list_describes_the_noun_before_it() -> None:
    rows: Rows = [
        ("she", "PRP", "she", 0, "ROOT"),
        ("and", "CC", "and", 0, "cc"),
        ("the", "DT", "the", 3, "det"),
        ("minister", "NN", "minister", 0, "conj"),
        (",", ",", ",", 3, "punct"),
        ("Lee", "NNP", "Lee", 0, "appos"),
    ]
    assert mended(rows, "apposition_in_list")[5] == (3, "appos")


def test_a_place_after_the_first_time_belongs_to_the_verb() -> None:
    rows: Rows = [
        ("seen", "VBN", "see", 0, "ROOT"),
        ("for", "IN", "for", 0, "prep"),
        ("days", "NNS", "day", 1, "pobj"),
        ("in", "IN", "in", 2, "prep"),
        ("Turin", "NNP", "Turin", 3, "pobj"),
    ]
    assert mended(rows, "time_holds_nothing")[3] == (0, "prep")
    held = [*rows[:2], ("towers", "NNS", "tower", 1, "pobj"), *rows[3:]]
    assert mended(held, "time_holds_nothing") == unchanged(held)


def test_down_right_after_its_verb_is_a_particle() -> None:
    rows: Rows = [
        ("stepped", "VBD", "step", 0, "ROOT"),
        ("down", "RB", "down", 0, "advmod"),
        ("quickly", "RB", "quickly", 0, "advmod"),
    ]
    assert [label for _, label in mended(rows, "loose_particle")] == ["ROOT", "prt", "advmod"]


def test_who_says_it_in_an_aside_is_not_who_did_it() -> None:
    rows: Rows = [
        ("Ann", "NNP", "Ann", 2, "nsubj"),
        (",", ",", ",", 2, "punct"),
        ("says", "VBZ", "say", 2, "ROOT"),
        ("Bo", "NNP", "Bo", 2, "nsubj"),
        (",", ",", ",", 2, "punct"),
        ("left", "VBD", "leave", 2, "advcl"),
    ]
    fixed = mended(rows, "inverted_aside")
    assert [fixed[k] for k in (0, 2, 3, 5)] == [
        (5, "nsubj"), (5, "parataxis"), (2, "nsubj"), (5, "ROOT"),
    ]  # fmt: skip
    plain = [rows[0], ("and", "CC", "and", 2, "cc"), *rows[2:]]
    assert mended(plain, "inverted_aside") == unchanged(plain)
