"""Where a parser may cut a text: paragraphs, list items, headings, and what heads a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Span

# Characters handed to the parser at once; a longer block is cut at white space. The parser's memory
# grows with it; a paragraph of prose is far shorter, so that only text without paragraphs is cut.
BLOCK_LIMIT: Final = 20_000

_DATE_LABEL = re.compile(r"\s*(?:date|published|updated)\s*:?\s+\d{4}-\d\d-\d\d(?=\s)\s*", re.I)
_DATELINE = re.compile(
    r"\s*[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’-]*|\d{1,4})){0,7},?(?:\s*\([^()\n]{2,40}\))?\s*(?:—|–|--)\s+"
)
# A line that only dates the document: a date with or without a label and a weekday.
_DATE_LINE = re.compile(
    r"(?:(?:date|dated|published|updated|posted|first published)\b:?\s*)?(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    r"(?:\d{4}-\d\d(?:-\d\d)?|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?\s+\d{4})\.?",
    re.I,
)
_DAY = re.compile(
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
)
# How many of the first blocks may be a title, byline, date or dateline.
_HEAD: Final = 4
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(r"[^\S\n]+\S|[-*•–—]\s|\d{1,3}[.)]\s")
_FULL_STOP = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")


def blocks(text: str) -> Iterator[Span]:
    r"""The spans of text that a sentence never leaves, in order; white space and heads left out.

    A date label, a line that is only a date, and a dateline before the first sentence belong to the
    document and not to a sentence.

    >>> [s.of("date 2017-10-27 Was it?\n\nNo.") for s in blocks("date 2017-10-27 Was it?\n\nNo.")]
    ['Was it?', 'No.']
    """
    label = _DATE_LABEL.match(text)
    pieces = (
        piece
        for paragraph in _split(text, label.end() if label else 0)
        for piece in _cut(text, paragraph)
    )
    for number, piece in enumerate(pieces):
        start = _body_start(text, piece) if number < _HEAD else piece.start
        if start < piece.end:
            yield Span(start, piece.end)


def _body_start(text: str, block: Span) -> int:
    """Where prose starts in one of the first blocks: after a dateline in capitals such as `TBILISI, March 5 —`."""
    if _DATE_LINE.fullmatch(text, block.start, block.end):
        return block.end
    line = _DATELINE.match(text, block.start, block.end)
    dated = line and (re.match(r"\s*[A-Z]{3,}", line.group()) or _DAY.search(line.group()))
    return line.end() if line and dated else block.start


def _split(text: str, start: int) -> Iterator[Span]:
    """Paragraphs, then their lines where a line starts an item or ends a heading."""
    for found in [*_PARAGRAPH.finditer(text, start), None]:
        end = found.start() if found else len(text)
        yield from _lines(text, start, end)
        if found:
            start = found.end()


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    lines = text[start:end].split("\n")
    widest = max(map(len, lines))
    block, offset = start, start
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        offset += len(line) + 1
        heading = len(line) < 0.6 * widest and not _FULL_STOP.search(line) and after[:1].isupper()
        indented_heading = line[:1].isspace() and after[:1].isupper() and len(line.strip()) < 100
        stops = _FULL_STOP.search(line) is not None and len(line) < 0.6 * widest
        if _ITEM.match(after) or heading or indented_heading or stops:
            yield Span(block, min(offset, end))
            block = offset
    if block < end:
        yield Span(block, end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The span without outer white space, in pieces of at most BLOCK_LIMIT characters."""
    start, end = span.start, span.end
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > BLOCK_LIMIT:
            space = max(text.rfind(mark, start, start + BLOCK_LIMIT) for mark in (". ", " "))
            stop = space + 1 if space > start else start + BLOCK_LIMIT
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield Span(start, last)
        start = stop
