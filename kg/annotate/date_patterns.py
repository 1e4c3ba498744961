"""The forms of English time expressions: a table of named patterns, and one scan that tries them all.

At a place in the text the first pattern of the table that matches wins; longer forms stand before the
shorter forms they begin with, so that is also the longest. All repetitions are bounded: a scan is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.annotate.date_words import expand

_NUMERIC: Final = r"(?<![$£€¥#./:+-])(?<!\d[,.])"
_END: Final = r"(?![\w%°])(?![,.]\d)"
_WHICH_YEAR: Final = r"(?:<SP>|,<SP>)(?:of<SP>|in<SP>)?(?P<which><WHICH>)<SP>year\b"
_YEAR_OR: Final = rf"(?:(?:,<SP>?|<SP>|,?<SP>(?:of|in)<SP>)(?P<year><YEAR>){_END}|{_WHICH_YEAR})"
_BEFORE_STOP: Final = r"(?=[^\S\n]?(?:[.,;:!?)\]\n”\"]|$))"

PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("iso_day", _NUMERIC + r"(?P<year><YEAR>)([-/.])(?P<month>0?\d|1[0-2])[-/.](?P<day>\d\d?)"
     r"(?:[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"),
    ("slashed", _NUMERIC + r"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year><YEAR>)(?![\w/])"),
    ("dotted", _NUMERIC + r"(?P<first>\d\d?)\.(?P<second>\d\d?)\.(?P<year><YEAR>)(?![\w/])(?!\.\d)"),
    ("day_month", _NUMERIC + r"(?P<day><DAY>)<ORD>(?:(?:<DASH>|<SP>(?P<and>and|to)<SP>)(?P<last><DAY>)<ORD>)?"
     rf"<SP>(?:of<SP>)?(?P<month><MONTH>){_YEAR_OR}?(?!\w)"),
    ("month_day", r"(?P<month><MONTH>)<SP>(?:the<SP>)?(?P<day><DAY>)(?P<ordinal><ORD>)"
     rf"(?:<DASH>(?P<last><DAY>)<ORD>)?(?:{_YEAR_OR}|(?!\w)(?!,\d\d\d)(?!<SP>?%)(?![-–]\w))"),
    ("month_year", rf"(?P<month><MONTH>){_YEAR_OR}"),
    ("season_year", r"(?P<season><SEASON>)(?:,?<SP>(?:of<SP>|in<SP>)?)"
     rf"(?:(?P<year><YEAR>)(?:[-–/]\d\d(?:\d\d)?)?{_END}|(?P<which><WHICH>)<SP>year\b)"),
    ("quarter", r"(?:(?P<nth>(?i:first|second|third|fourth|last|final))<SP>(?P<size>quarter|half)(?:<SP>of)?<SP>|Q(?P<figure>[1-4])<SP>?)"
     rf"(?:(?P<year><YEAR>){_END}|(?P<which><WHICH>)<SP>year\b)"),
    ("century", r"(?P<nth><ORDINAL>)(?P<more>(?:<DASH>|,?<SP>(?:to|and|or)<SP>(?:the<SP>)?(?:early<SP>|late<SP>)?)(?P<last><ORDINAL>))?"
     r"(?:-|<SP>)[Cc]entur(?:y|ies)\b(?:<SP>(?P<era>B\.C\.(?:E\.)?|BCE?|A\.D\.|AD|C\.E\.|CE)(?!\w))?"),
    ("decade", _NUMERIC + r"(?P<decade>(?:1\d|20)\d0)['’]?s\b"),
    ("short_decade", r"['’‘](?P<tens>[1-9])0['’]?s\b"),
    ("named_decade", r"(?<=\b[Tt]he )(?:(?:early|late|mid)[- ])?(?P<tens><TENS>)"),
    ("era_year", r"(?:A\.?D\.?<SP>?(?P<after>\d{1,4})(?![\w,.]\d?\w)|" + _NUMERIC
     + r"(?P<number>\d{1,4})<SP>?(?P<era>B\.C\.(?:E\.)?|BCE?|A\.D\.|AD|C\.E\.|CE)(?![\w]))"),
    ("count", _NUMERIC + r"(?P<number><NUMBER>)<SP>(?P<unit><UNIT>)<SP>(?P<side>ago|later|earlier|afterwards?|previously|hence"
     rf"|(?:before|after|on){_BEFORE_STOP})(?!\w)"),
    ("which_day", r"(?P<which>(?i:that|this|last|next|same|following|previous|preceding))<SP>(?:very<SP>|past<SP>|same<SP>|coming<SP>)?"
     r"(?:(?P<weekday><WEEKDAY>)(?:<SP><PART>)?|(?P<month><FULLMONTH>)|(?P<season><SEASON>)|(?P<holiday><HOLIDAY>)"
     r"|(?P<unit>day|morning|afternoon|evening|night|weekend|week|month|year|decade|century)\b)(?!<SP>(?:ago|later|earlier)\b)"),
    ("beside_unit", rf"(?P<unit>day|night|week|month|year)<SP>(?P<side>before|after)(?:{_BEFORE_STOP}|(?P<deictic><SP>(?:yesterday|tomorrow)\b))"),
    ("deictic", r"(?P<word>(?i:today|tonight|yesterday|tomorrow))(?:<SP><PART>)?(?![\w-])"),
    ("holiday", r"(?P<holiday><HOLIDAY>)(?:,?<SP>(?:of<SP>|in<SP>)?(?P<year><YEAR>)" + _END + r")?"),
    ("weekday", r"(?P<weekday><WEEKDAY>)(?:<SP>(?P<part><PART>))?(?:<SP>(?P<side>last|next)\b)?(?![\w-])(?!\.\w)(?!<SP>(?:mornings|afternoons|evenings|nights)\b)"),
    ("short_weekday", r"(?P<weekday><SHORTDAY>)(?=,?<SP>(?:<DAY><ORD><SP>(?:of<SP>)?)?<MONTH>)"),
    ("clock", _NUMERIC + r"(?P<hour>[01]?\d|2[0-3])(?:(?:[:.](?P<minute>[0-5]\d))?<SP>?(?P<half>[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b)"
     r"|:(?P<exact>[0-5]\d)(?::[0-5]\d)?(?![\w:])(?:<SP>(?:hours|hrs|GMT|UTC|local<SP>time)\b)?)"),
    ("military", r"(?:(?<=\bat )(?P<early>0\d[0-5]\d)(?![\w,]|\.\d)(?:<SP>(?:hours|hrs)\b)?"
     r"|(?P<late>[012]\d[0-5]\d)<SP>(?:hours|hrs)\b)"),
    ("noon", r"(?P<noon>noon|midday|midnight)\b"),
    ("years", _NUMERIC + rf"(?P<first><YEAR>)(?P<mark><THROUGH>|/)(?P<second><YEAR>|\d\d){_END}(?![-/])"),
    ("year_named", r"year<SP>(?P<year>[1-9]\d{1,3})(?![\w,.%]\d?\w)(?!<SP>(?:old|BC|AD))"),
    ("month", r"(?P<month><FULLMONTH>)(?![\w-])"),
    ("year", _NUMERIC + rf"(?P<year><YEAR>)(?:(?=[a-f]\b)|{_END})"),
)  # fmt: skip

_MINOR: Final = re.compile(r"\(\?P<\w+>")
_EXPANDED: Final = {name: expand(template) for name, template in PATTERNS}
_SINGLE: Final = {name: re.compile(source) for name, source in _EXPANDED.items()}
_ANY: Final = re.compile(
    r"(?<!\w)(?=[\w'’‘])(?:"
    + "|".join(f"(?P<{name}>{_MINOR.sub('(?:', source)})" for name, source in _EXPANDED.items())
    + ")"
)


class Match(NamedTuple):
    """A pattern's name and its match, with the groups the pattern names."""

    name: str
    found: re.Match[str]


def scan(text: str) -> Iterator[Match]:
    """The matches of the table, from left to right, disjoint.

    >>> [(name, found[0]) for name, found in scan("On 28 Sept. 1963, two years later")]
    [('day_month', '28 Sept. 1963'), ('count', 'two years later')]
    """
    for place in _ANY.finditer(text):
        name = place.lastgroup or ""
        found = _SINGLE[name].match(text, place.start())
        if found:
            yield Match(name, found)
