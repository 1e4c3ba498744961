"""Markdown's markup blanked: every offset into the result is one into the file.

Markup is replaced by spaces one for one, white space stays. Each rule of `RULES` is a pure function
from the shape of the text to a shape of the same length, where what is blanked has become a space
and what later rules must not touch (code, escaped characters) has become `x`. After CommonMark
0.31 and the tables and strikethrough of GitHub Flavored Markdown 0.29; indented code stays, since
only a full parse can tell it from a list's paragraph. All patterns take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

Rule = Callable[[str], str]

BOL: Final = r"(?<![^\r\n])"
EOL: Final = r"(?![^\r\n])"
NL: Final = r"(?>\r\n?|\n)"

_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_NUMBER = re.compile(r"[ \t]*[0-9]{1,9}[.)](?=\s)")
_HASHES = re.compile(rf"{BOL}[ \t]*+\#{{1,6}}(?=[ \t]|{EOL})[^\r\n]*+")
_CODE = (
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|(?<!`)(?P<ticks>`++)(?P<code>(?:[^\r\n]|{NL}(?![ \t]*[\r\n])){{1,1000}}?)(?<!`)(?P=ticks)(?!`)"
)
_INLINE = re.compile(_CODE)
_INLINE_OR_COMMENT = re.compile(rf"{_CODE}|(?P<comment><!--(?s:.*?)-->)")
_DEFINITION = re.compile(
    rf"{BOL} {{0,3}}\[(?P<label>[^\[\]\r\n^][^\[\]\r\n]*+)\]:[ \t]*+(?=\S*[/#<:])\S++"
    rf"(?:[ \t]++(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'|\([^()\r\n]*+\)))?[ \t]*+{EOL}"
)
_WORDS = r"(?:[^\[\]]++|\[[^\[\]]*+\])*+"
_TARGET = (
    r"\([ \t]*+(?:<[^<>\r\n]*+>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?[ \t]*+\)"
)
_REFERENCE = re.compile(rf"\[(?P<keep>{_WORDS})\](?:\[(?P<label>[^\[\]]*+)\])?")
_FRONT = re.compile(
    rf"(?P<fence>---|\+\+\+)[ \t]*+{NL}(?P<fields>(?=[\w\"'-]+[ \t]*[:=]|\#)(?s:.*?))"
    rf"{BOL}(?P=fence)[ \t]*+{EOL}"
)


def blanks(text: str) -> str:
    r"""As many spaces, with white space left as it is.

    >>> blanks("# A\n")
    '   \n'
    """
    return re.sub(r"\S", " ", text)


def erased(pattern: str) -> Rule:
    r"""The rule that blanks each match of `pattern`, but for its group `keep` if it has one.

    >>> erased(r"<(?P<keep>\w+)>")("to <Wien>.")
    'to  Wien .'
    """
    return partial(re.compile(pattern).sub, _erase)


def _erase(match: re.Match[str]) -> str:
    if "keep" not in match.re.groupindex:
        return blanks(match[0])
    left, right = match.start("keep") - match.start(), match.end("keep") - match.start()
    return blanks(match[0][:left]) + match[0][left:right] + blanks(match[0][right:])


def fields(text: str) -> str:
    r"""The front matter: what stands between `---` (YAML) or `+++` (TOML) lines at the very start.

    >>> fields("---\ntitle: Dams\n---\nText.")
    'title: Dams\n'
    """
    match = _FRONT.match(text)
    return match["fields"] if match else ""


def front_matter(shape: str) -> str:
    """Blanks the front matter."""
    match = _FRONT.match(shape)
    return blanks(match[0]) + shape[match.end() :] if match else shape


def inline(shape: str) -> str:
    """Blanks comments, backslashes and backticks; hides what is escaped or code from later rules.

    Past the last `-->` no comment is looked for: each would be sought to the end of the text.
    """
    last = shape.rfind("-->") + len("-->")
    cut = last if last >= len("-->") else 0
    return _INLINE_OR_COMMENT.sub(_inline, shape[:cut]) + _INLINE.sub(_inline, shape[cut:])


def _inline(match: re.Match[str]) -> str:
    if match.lastgroup == "comment":
        return blanks(match[0])
    if match.lastgroup == "escaped":
        return " x"
    ticks = " " * len(match["ticks"])
    return ticks + re.sub(r"\S", "x", match["code"]) + ticks


def tables(shape: str) -> str:
    r"""Blanks the pipes of tables: a row, a delimiter row below it, and the rows that follow.

    >>> tables("a | b\n--|--\n1 | 2\n\nx | y\n")
    'a   b\n-- --\n1   2\n\nx | y\n'
    """
    lines = _LINES.split(shape)
    inside = False
    for row, line in enumerate(lines):
        delimiter = "|" in line and "-" in line and not line.strip("|:- \t\r\n")
        if delimiter and row and "|" in lines[row - 1]:
            lines[row - 1] = lines[row - 1].replace("|", " ")
            inside = True
        inside = inside and "|" in line
        if inside:
            lines[row] = line.replace("|", " ")
    return "".join(lines)


def numbers(shape: str) -> str:
    r"""Blanks the numbers of ordered lists; a list begins after a blank line, so that the `1963.`
    of a wrapped paragraph stays.

    >>> numbers("1. One\n2. Two\n\nIt was in\n1963. Then")
    '   One\n   Two\n\nIt was in\n1963. Then'
    """
    lines = _LINES.split(shape)
    free = True
    for index, line in enumerate(lines):
        match = _NUMBER.match(line)
        if match and free:
            lines[index] = blanks(match[0]) + line[match.end() :]
        else:
            free = not line.strip() or (free and line[0] in " \t")
    return "".join(lines)


def headings(shape: str) -> str:
    r"""Blanks the hashes before and after a heading.

    >>> headings("## Dams ##\n#no\n")
    '   Dams   \n#no\n'
    """
    return _HASHES.sub(_heading, shape)


def _heading(match: re.Match[str]) -> str:
    line = match[0].lstrip(" \t").lstrip("#")
    opened = " " * (len(match[0]) - len(line))
    words = line.rstrip(" \t").rstrip("#")
    closed = not words or words[-1] in " \t"
    return opened + (words + blanks(line[len(words) :]) if closed else line)


def references(shape: str) -> str:
    """Blanks link definitions, and the brackets of what they define: `[dam]`, `[the dam][dam]`.

    Other brackets are the text's own (`[sic]`).
    """
    labels = {_key(match["label"]) for match in _DEFINITION.finditer(shape)}
    if not labels:
        return shape

    def refer(match: re.Match[str]) -> str:
        known = _key(match["label"] or match["keep"]) in labels
        return _erase(match) if known else match[0]

    return _REFERENCE.sub(refer, _DEFINITION.sub(_erase, shape))


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


VERBATIM: Final[dict[str, Rule]] = {
    "front matter": front_matter,
    "fenced code": erased(
        rf"{BOL}[ \t>]*+(?P<fence>`{{3,}}+(?=[^`\r\n]*+{EOL})|~{{3,}}+)[^\r\n]*+"
        rf"(?s:.*?)(?:{BOL}[ \t>]*+(?P=fence)[`~]*+[ \t]*+{EOL}|\Z)"
    ),
    "comments, escapes and code": inline,
}

RULES: Final[dict[str, Rule]] = {
    **VERBATIM,
    "tables": tables,
    "rules and underlines": erased(rf"{BOL}[-=*_|:+ \t]++{EOL}"),
    "quotes and bullets": erased(
        rf"{BOL}(?:[ \t]*+(?:>|[-*+][ \t]++\[[ xX]\](?=[ \t])|[-*+](?=[ \t])))++"
    ),
    "list numbers": numbers,
    "headings": headings,
    "footnotes": erased(rf"{BOL}[ \t]*+\[\^[^\[\]\s]++\]:|\[\^[^\[\]\s]++\]"),
    "images": erased(rf"!\[{_WORDS}\](?:{_TARGET}|\[[^\[\]]*+\])"),
    "links": erased(rf"\[(?P<keep>{_WORDS})\]{_TARGET}"),
    "references": references,
    "addresses": erased(r"<(?P<keep>[A-Za-z][\w+.-]{1,31}:[^\s<>]*+|[^\s<>@]++@[^\s<>]++)>"),
    "tags": erased(r"</?[A-Za-z][\w-]*+(?:\s[^<>]*+)?/?>"),
    "struck out": erased(r"~~(?=\S)[^~\r\n]++~~"),
    "strong": erased(r"(?<!\*)(?:(?<=[^\s*])\*{2,}+|\*{2,}+(?=[^\s*]))"),
    "emphasis": erased(r"(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"),
    "underscores": erased(r"(?<!\w)_{1,3}+(?=[^\s_])|(?<=[^\s_])_{1,3}+(?!\w)"),
}


def shape_of(text: str, rules: dict[str, Rule]) -> str:
    """The text's shape after all of `rules`, in their order."""
    for rule in rules.values():
        text = rule(text)
    return text


def blank(text: str) -> str:
    """The text with its markup blanked, as long as before.

    >>> blank("**Oswald** met [Kostikov](https://example.org).")
    '  Oswald   met  Kostikov                      .'
    """
    shape = shape_of(text, RULES)
    return "".join(" " if form == " " else sign for form, sign in zip(shape, text, strict=True))
