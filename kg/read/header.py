"""Title and date of a document, from its first lines. Better none than a wrong one.

Only a date that dates the document counts: what a sentence mentions is not its date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from kg.read.dates import DAYS, PARTS, RANGE, YEARLESS, YEARS, first_date

HEAD: Final = (
    600  # code points a head line may start in; a letterhead and a dateline fit. Tests as below
)
LINES: Final = 5  # head lines that are not blank. Tests: tests/read/test_read_header.py
TITLE: Final = 120  # code points: newspaper headlines stay below 110. Tests as above

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:(?:s|nes|rs|ur)?day|s|rs)?\.?\s*,?\s*)?"
_CLOCK = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
_PLACE = r"(?:[A-Z][\w.'’-]*(?:\s*[,/]\s*|\s+)){1,6}"  # TBILISI, Georgia,
_DASH = r"\s*(?:\([^()]{1,60}\)\s*)?(?:--|[—–-])"  # (Wire) —
_STOP = r"\s*$|\s*[—–|:]|\s+-|\.\s|\s+[A-Z“\"‘'(\[]"  # the sentence does not go on

_YEAR_LINE = re.compile(
    r"\W*([12]\d{3})\W*|\W*(?:©|\(c\)|copyright)(?:\W|\(c\))*([12]\d{3})\b.*", re.IGNORECASE
)

Finder = Callable[[Sequence[str]], str | None]
Forms = dict[str, re.Pattern[str]]


def _beside(lines: Sequence[str], *, forms: Forms, before: str, after: str) -> str | None:
    """The first line's date whose left side is all of `before` and whose right begins `after`."""
    for line in lines:
        dated = first_date(line[: 2 * TITLE], forms)
        if (
            dated
            and re.fullmatch(before, line[: dated.span.start])
            and re.match(after, line[dated.span.end :])
            and not RANGE.match(line, dated.span.end)
        ):
            return dated.value
    return None


def _opening(lines: Sequence[str]) -> str | None:
    """A date that begins the text, before the sentence does: `October 27, 2017 — The …`."""
    return _beside(lines[:1], forms=DAYS, before=rf"(?i:\W*{_WEEKDAY})", after=_STOP)


def _masthead(lines: Sequence[str]) -> str | None:
    """A date that ends a line begun in capitals: `GALWAY HERALD, 23 June 2016`.

    Where the month is in capitals too, the line may be a headline, and the date the event's.
    """
    name = r"\W*(?:[A-Z][A-Z'’&-]+\W+){2}.{,100}[,.|—–(]\s*"
    mixed = [line for line in lines if not line.isupper()]
    return _beside(mixed, forms=DAYS, before=name, after=r"[\s).]*$")


def _letter(lines: Sequence[str]) -> str | None:
    """The place and date over a salutation: `Dallas, November 24, 1963`, then `Dear Sir,`."""
    salutation = next((row for row, line in enumerate(lines) if line.startswith("Dear ")), 0)
    return _beside(lines[:salutation], forms=DAYS, before=rf"\W*{_PLACE}", after=r"\W*$")


def _yearless(lines: Sequence[str]) -> str | None:
    """A dateline without its year, when the other head lines give one year: `© 2018`, `2018`."""
    day = _beside(lines, forms=YEARLESS, before=rf"\W*{_PLACE}", after=_DASH)
    stated = (_YEAR_LINE.fullmatch(line) for line in lines)
    years = {match[1] or match[2] for match in stated if match}
    months = (first_date(line, PARTS) for line in lines)
    years |= {m.value[:4] for m in months if day and m and m.value[5:] == day[2:4]}
    return f"{years.pop()}{day[1:]}" if day and len(years) == 1 else None


_LABEL = r"\W*(?i:date|dated|published|posted|issued|released)(?i:\s+on)?"

DATES: Final[dict[str, Finder]] = {
    "labelled": partial(
        _beside, forms=DAYS | PARTS | YEARS, before=rf"{_LABEL}\s*[:=]\W*(?i:{_WEEKDAY})", after=""
    ),
    "labelled without colon": partial(
        _beside,
        forms=DAYS,
        before=rf"{_LABEL}\s+(?i:{_WEEKDAY})",
        after=r"(?!\s*,|\s+(?:is|was|has|had|will|would)\b)",
    ),
    "alone on a line": partial(
        _beside, forms=DAYS, before=rf"(?i:\W*{_WEEKDAY})", after=rf"(?i:{_CLOCK})\W*$"
    ),
    "at the very start": _opening,
    "dateline": partial(_beside, forms=DAYS, before=rf"\W*{_PLACE}", after=_DASH),
    "masthead": _masthead,
    "letter": _letter,
    "minutes": partial(
        _beside,
        forms=DAYS,
        before=rf"\W*(?:[A-Z][A-Z '&-]+\W+)?(?i:minutes) of .*(?:\bon|,)\s*(?i:{_WEEKDAY})",
        after=r"\W*$|\W+at\b",
    ),
    "dateline without year": _yearless,
    "month alone on a line": partial(_beside, forms=PARTS, before=r"\W*", after=r"\W*$"),
}
"""Where a document says its date, the surest first."""


def head_lines(text: str) -> list[str]:
    r"""The first lines that are not blank: at most `LINES`, begun within `HEAD` code points.

    >>> head_lines("Minutes\n\n  3 May 2018\n")
    ['Minutes', '3 May 2018']
    """
    lines, start = [], 0
    for line in text[: HEAD + 2 * TITLE].splitlines(keepends=True):
        if line.strip() and start < HEAD:
            lines.append(line.strip())
        start += len(line)
    return lines[:LINES]


def date_of(text: str) -> str | None:
    """The document's date in EDTF, None when its head says none.

    >>> date_of("date 2017-10-27 Was the Soviet Union behind it?")
    '2017-10-27'
    >>> date_of("TBILISI, March 5, 2018 (Wire) — The director was detained.")
    '2018-03-05'
    >>> date_of("On March 5, 2018 the director was detained.") is None
    True
    """
    lines = head_lines(text)
    return next(filter(None, (find(lines) for find in DATES.values())), None)


def title_of(text: str) -> str | None:
    r"""The first line where it is a title: short, without a full stop, a blank line below it.

    >>> title_of("Urban Legends and Their Origins\n\nUrban legends have been …")
    'Urban Legends and Their Origins'
    >>> title_of("27 October 2017\n\nThe files were opened.") is None
    True
    """
    match = re.match(
        rf"\s*+(\S[^\r\n]{{0,{TITLE - 1}}}+)(?>\r\n?|\n)[ \t]*(?>\r\n?|\n)\s*+\S", text
    )
    line = match[1].strip() if match else ""
    if not line or line[-1] in ".,;:" or line.startswith("By ") or date_of(line):
        return None
    return line
