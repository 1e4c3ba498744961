"""Names as keys: what one name can stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.compare import SURE
from kg.resolve.names import (
    Key,
    Near,
    is_initials,
    is_short_organization,
    is_short_person,
    name_key,
)
from kg.resolve.people import person_fit, person_name


def key(text: str) -> Key:
    return tuple(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Global Seed Trust", "global seed trust"),
        ("Dr. Petra Novak", "petra novak"),
        ("Petra Novak’s", "petra novak"),
        ("the engineers'", "engineers"),
        ("U.N.", "un"),
        ("Senator", "senator"),
        ("“Big” Jim Hale", "big jim hale"),
        ("O'Brien", "o'brien"),
        ("ÉMILE Zidi", "émile zidi"),
        ("  Hugo   Vance ", "hugo vance"),
    ],
)
def test_a_key_leaves_out_what_is_no_part_of_the_name(text: str, expected: str) -> None:
    assert name_key(text) == key(expected)


@given(st.text())
def test_a_key_is_made_of_any_text_and_is_its_own_key(text: str) -> None:
    once = name_key(text)
    assert all(part and part.strip() == part for part in once)
    assert name_key(text.strip()) == once


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("vance", "hugo edgar vance", True),
        ("hugo", "hugo edgar vance", True),
        ("hugo vance", "hugo edgar vance", True),
        ("edgar", "hugo edgar vance", False),
        ("clara vance", "hugo edgar vance", False),
        ("hugo vance", "hugo vance", False),
        ("hugo edgar vance", "hugo vance", False),
        ("vance", "hugo vance jr", True),
        ("hugo vance jr", "hugo vance", False),
    ],
)
def test_a_short_personal_name_keeps_an_end_of_the_full_one(
    short: str, full: str, expected: bool
) -> None:
    assert is_short_person(key(short), key(full)) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("gst", "global seed trust", True),
        ("moh", "ministry of health", True),
        ("gs", "global seed trust", False),
        ("g", "global", False),
        ("trust", "global seed trust", False),
    ],
)
def test_initials_are_one_letter_of_each_word(short: str, full: str, expected: bool) -> None:
    assert is_initials(key(short), key(full)) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("corbin freight", "corbin freight ltd", True),
        ("ministry", "ministry of health", False),
        ("university", "university of lyon", False),
        ("freight", "corbin freight", False),
        ("corbin freight", "corbin freight", False),
    ],
)
def test_a_short_organisation_starts_like_the_full_one_unless_many_do(
    short: str, full: str, expected: bool
) -> None:
    assert is_short_organization(key(short), key(full)) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("robert sattler", "robert j sattler", True),
        ("robert john sattler", "robert j sattler", True),
        ("robert j sattler", "robert k sattler", False),
        ("robert john sattler", "robert karl sattler", False),
        ("robert sattler", "anna sattler", False),
        ("robert sattler", "robert vance", False),
        ("sattler", "robert sattler", False),
        ("dmitri orlov", "dmitry orlov", True),
        ("jean moss", "joan moss", False),
        ("robert sattler", "robert sattler jr", False),
    ],
)
def test_spellings_of_one_name_differ_in_a_letter_or_a_middle_name(
    left: str, right: str, expected: bool
) -> None:
    for one, other in ((left, right), (right, left)):
        fit = person_fit(person_name(key(one)), person_name(key(other)))
        assert (fit is not None and fit.kind == "full" and fit.prior >= SURE) is expected


def test_a_name_without_words_is_short_for_nothing():
    assert not is_short_organization((), ("hartmann", "&", "söhne"))


@given(
    keys=st.lists(
        st.lists(
            st.sampled_from(["ann", "b", "lee", "jr", "of", "ltd", "&", "abl", "trust"]),
            min_size=1,
            max_size=4,
        ).map(tuple)
    )
)
def test_no_fuller_name_is_overlooked(keys):
    near = Near(keys)
    for short in keys:
        fuller = {full for full in keys if is_short_person(short, full) or is_initials(short, full)}
        fuller |= {full for full in keys if is_short_organization(short, full)}
        assert fuller <= set(near.fuller(short))
