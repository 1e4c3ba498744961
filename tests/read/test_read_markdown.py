"""Markdown: markup becomes spaces, words and offsets stay."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read import read
from kg.read.markdown import parse
from kg.read.markup import RULES, blank

BLANKED = {
    "a heading": ("## Dams ##\nText.", "Dams Text."),
    "an underlined heading": ("Dams\n====\nText.", "Dams Text."),
    "a hashtag is no heading": ("#dams rose", "#dams rose"),
    "emphasis": ("*a* **b** ***c*** _d_ __e__", "a b c d e"),
    "no emphasis": ("2 * 3, 2*3, snake_case_name, ____", "2 * 3, 2*3, snake_case_name, ____"),
    "code in a line": ("Use `a*b*` and ``c`d``.", "Use a*b* and c`d ."),
    "fenced code": ("A.\n```python\nx = [1](2)\n```\nB.", "A. B."),
    "fenced code with tildes": ("A.\n~~~\n```\n~~~\nB.", "A. B."),
    "a fence that is never closed": ("A.\n```\nB.", "A."),
    "a link": ("See [the *report*](http://x.org/a_(b) 'T') now.", "See the report now."),
    "a link around brackets": ("[see [1]](http://x.org)", "see [1]"),
    "an editor's brackets": (
        "[He] (the man) said [sic][laughs]",
        "[He] (the man) said [sic][laughs]",
    ),
    "a remark is no target": ("[He](then president) left", "[He](then president) left"),
    "references": ("[The dam][d], [D][] and [no].\n\n[d]: http://x 'T'\n", "The dam , D and [no]."),
    "a speaker is no definition": ("[Host]: Hello there.", "[Host]: Hello there."),
    "an image": ("A ![a *dam*](d.png) B", "A B"),
    "a linked image": ("[![dam](d.png)](http://x) B", "B"),
    "an address": ("<https://x.org/a> and <a@b.org>", "https://x.org/a and a@b.org"),
    "tags": ("A<br/><b class='x'>B</b> 1 < 2 > 0", "A B 1 < 2 > 0"),
    "comments": ("A <!-- *no*\n\nno --> B `<!--` C", "A B <!-- C"),
    "a quotation": ("> > Dams\n> rose", "Dams rose"),
    "lists": ("- a\n* b\n  + c\n- [x] d\n", "a b c d"),
    "numbers": ("1. a\n   x\n2) b\n\nIn\n1963. Then -5", "a x b In 1963. Then -5"),
    "a rule": ("A\n\n* * *\n\nB", "A B"),
    "a table": ("| a | b |\n|---|:-:|\n| c | d |\n\nx | y", "a b c d x | y"),
    "footnotes": ("Dams[^1] rose.\n\n[^1]: In 1963.", "Dams rose. In 1963."),
    "escapes": (r"\*a\* \# 1\. C:\dir", "*a * # 1 . C:\\dir"),
    "struck out": ("He ~~won~~ lost, ~5 of ~6.", "He lost, ~5 of ~6."),
    "front matter": ("---\ntitle: T\n---\nText.", "Text."),
    "a rule at the top is no front matter": ("---\nText.\n---\nMore.", "Text. More."),
}


@pytest.mark.parametrize(("text", "words"), BLANKED.values(), ids=BLANKED.keys())
def test_markup_is_blanked_and_words_stay(text: str, words: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        variant = text.replace("\n", newline)
        plain = blank(variant)
        assert plain.split() == words.split()
        assert all(old == new or new == " " for old, new in zip(variant, plain, strict=True))


MARKUP = st.lists(
    st.sampled_from(
        [*"*_`~#>|-=+[]()!<>\\:^. \t\n\r\"'ab1", "\r\n", "```", "~~~", "---\n", "<!--", "-->", "](",
         "[^a]", "[a]: /b\n", "\n\n", "1. ", "|-|\n", "\u2028", "\x0b", "\x1c", "\U0001f600"]
    )
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(MARKUP)
def test_blanking_keeps_length_lines_and_every_character_it_does_not_blank(text: str) -> None:
    plain = blank(text)
    assert len(plain) == len(text)
    assert len(plain.splitlines()) == len(text.splitlines())
    for old, new in zip(text, plain, strict=True):
        assert new == old or (new == " " and not old.isspace())


@settings(deadline=None)
@given(st.text())
def test_any_text_keeps_its_length_under_each_rule(text: str) -> None:
    for rule in RULES.values():
        assert len(rule(text)) == len(text)


@settings(deadline=None)
@given(st.from_regex(r"\A[A-Z][a-z]{1,8}( [a-z]{1,8}){1,8}\.\Z"))
def test_prose_without_markup_is_not_touched(text: str) -> None:
    assert blank(text) == text


@pytest.mark.parametrize(
    "part",
    ["[", "](", "`", "``a`", "<!--", "<a ", "*", "[[x]", "| - ", "- ", "[a](b ", "~~a", "\\`"],
)
def test_hostile_markup_takes_linear_time(part: str) -> None:
    start = time.perf_counter()
    blank(part * (300_000 // len(part)))
    assert time.perf_counter() - start < 5  # seconds; about 0.3, and hours if it were quadratic


TITLES = {
    "# The *files*\n\nText.": "The files",
    "Intro.\n\nThe files\n---\nText.": "The files",
    '---\ntitle: "Dams: a history"\n---\n# Other': "Dams: a history",
    "+++\ntitle = 'Dams'\n+++\n# Other": "Dams",
    "```\n# no\n```\n<!--\n# no\n-->\n## Yes #\nText.": "Yes",
    "- item\n---\nText.": None,
    "#\n\n> # quoted\n\nText.": None,
}


@pytest.mark.parametrize(("text", "title"), TITLES.items())
def test_the_title_is_the_front_matters_or_the_first_heading(text: str, title: str | None) -> None:
    assert parse(text).title == title


DATES = {
    "date: 2017-10-27": "2017-10-27",
    "date: '2017-10-27T09:00:00+02:00'": "2017-10-27",
    "date: October 27, 2017 # draft": "2017-10-27",
    "date: 2017-10": "2017-10",
    "date: 2017-02-30": None,
    "date: {{ now }}": None,
}


@pytest.mark.parametrize(("field", "date"), DATES.items())
def test_the_date_is_the_front_matters(field: str, date: str | None) -> None:
    assert parse(f"---\n{field}\n---\nText.").date == date


def test_a_labelled_date_in_the_text_counts_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Dams\n\n**Date:** October 27, 2017\n\nText.")
    [document] = read([tmp_path])
    assert (document.header.title, document.header.date) == ("Dams", "2017-10-27")


def test_a_file_of_nothing_but_code_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("```\nx = 1\n```\n")
    with pytest.raises(ReadError, match="no text besides markup and code"):
        list(read([tmp_path]))
