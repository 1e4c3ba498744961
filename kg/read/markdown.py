"""Markdown -> Content: the text without its markup, and the title and date it states."""

from __future__ import annotations

import re
from typing import Final

from kg.read.dates import whole_date
from kg.read.entry import Content
from kg.read.markup import BOL, EOL, NL, VERBATIM, blank, fields, shape_of

_FIELD: Final = re.compile(
    rf"{BOL}[\"']?(?P<key>title|date)[\"']?[ \t]*[:=][ \t]*(?P<value>[^\r\n]+)"
)
_HEADING: Final = re.compile(
    rf"{BOL} {{0,3}}\#{{1,6}}[ \t]+(?P<atx>[^\r\n]+)"
    rf"|{BOL} {{0,3}}(?P<setext>(?![-*+][ \t]|[>|=])\S[^\r\n]*+){NL} {{0,3}}(?:=+|-+)[ \t]*+{EOL}"
)


def parse(text: str) -> Content:
    r"""The content of a Markdown text. `text` keeps its length, so that offsets are the file's.

    The title is the front matter's, else the first heading; the date is the front matter's where
    that is a calendar date (a template's `date: {{ now }}` is none).

    >>> parse("---\ndate: 2017-10-27\n---\n# The *files*\n\nThey were opened.").title
    'The files'
    """
    plain = blank(text)
    stated = {match["key"]: _value(match["value"]) for match in _FIELD.finditer(fields(text))}
    return Content(
        text=plain,
        title=stated.get("title") or _heading(text, plain),
        date=whole_date(stated.get("date", "")),
    )


def _heading(text: str, plain: str) -> str | None:
    """The first heading, without its markup."""
    for match in _HEADING.finditer(shape_of(text, VERBATIM)):
        start, end = match.span("atx" if match["atx"] else "setext")
        words = " ".join(plain[start:end].split())
        if words:
            return words
    return None


def _value(field: str) -> str:
    """The value of a YAML or TOML field: its quotes, or a comment after it, left out.

    >>> _value('"Dams: a history"'), _value("2017-10-27  # first draft")
    ('Dams: a history', '2017-10-27')
    """
    field = field.strip()
    quoted = re.fullmatch(r"(?P<mark>[\"'])(?P<value>.*)(?P=mark)", field)
    return quoted["value"] if quoted else re.sub(r"(?:^|\s+)#.*", "", field)
