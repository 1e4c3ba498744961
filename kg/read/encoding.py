"""Bytes -> text, exactly: only a byte order mark is dropped, newlines stay as they stand.

So offsets into the text are those of `open(file, newline="", encoding=...).read()`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final

from charset_normalizer import CharsetMatch, from_bytes

from kg.errors import ReadError

BOMS: Final[dict[bytes, str]] = {  # UTF-32 first: its little-endian mark begins with UTF-16's
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

KINDS: Final[dict[bytes, str]] = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive, or a Word, Excel, OpenDocument or EPUB file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Word, Excel or PowerPoint file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"\x1f\x8b\x08": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
}

CONTROLS: Final = bytes({*range(32), 127} - {*b"\t\n\v\f\r"})

CONTROL_SHARE: Final = 0.1
"""Share of control bytes from which content is binary. Origin: random bytes hold 0.11, terminal
logs full of colour codes about 0.05. When it changes: tests/read/test_read_encoding.py."""

LEGACY: Final = (
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp1251", "koi8_r", "cp1253",
    "cp932", "euc_jp", "gb18030", "big5", "cp949", "mac_roman", "cp437",
)  # fmt: skip
"""Encodings worth guessing, the commoner in English texts first; among equals the first is taken.
Origin: the legacy encodings of the WHATWG Encoding Standard that hold most non-UTF-8 web pages,
and the two DOS and Mac ones. When it changes: tests/read/test_read_encoding.py."""


BROKEN: Final = re.compile(
    r"(?<=[^\W\d_])[\x80-\x9f¡-¬®-¶¸-¿×÷‚„†‡ˆ‰‹›˛˙˘˝˜™](?=[^\W\d_])"
    r"|(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ](?![A-ZÀ-ÞŠŽŒŸ])"
)
"""A sign within a word, or a capital at its end: `Wa³êsa`, `JosŽ`. No language writes so, which the
library does not see in short texts."""

SAMPLE: Final = 100_000  # code points that are searched for broken words; enough of any language


def by_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark names.

    >>> by_mark("Wien".encode("utf-16")), by_mark(b"Wien")
    ('utf-16', None)
    """
    return next((name for mark, name in BOMS.items() if data.startswith(mark)), None)


def by_form(data: bytes) -> str | None:
    """UTF-8, when the bytes are well-formed: other encodings almost never are by chance.

    >>> by_form("Genève".encode()), by_form("Genève".encode("cp1252"))
    ('utf-8', None)
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def by_statistics(data: bytes) -> str | None:
    """The legacy encoding that gives the least mess and the most words.

    The library's own order decides near-ties by chance; here words must not be broken, and then
    the commoner encoding wins.

    >>> by_statistics("Señor Muñoz left São Paulo – naïve.".encode("cp1252"))
    'cp1252'
    """
    matches = from_bytes(data, cp_isolation=list(LEGACY))
    return min(matches, key=_rank).encoding if matches else None


def _rank(match: CharsetMatch) -> tuple[int, float, float, int]:
    broken = len(BROKEN.findall(str(match)[:SAMPLE]))
    order = LEGACY.index(match.encoding)
    return broken, round(match.chaos, 2), -round(match.coherence, 2), order


ENCODINGS: Final[dict[str, Callable[[bytes], str | None]]] = {
    "byte order mark": by_mark,
    "well-formed UTF-8": by_form,
    "statistics": by_statistics,
}


def binary_kind(data: bytes) -> str | None:
    """What kind of binary content this is, or None when it may be text.

    >>> binary_kind(b"%PDF-1.7 ...")
    'a PDF file'
    >>> binary_kind(b"Oswald met Kostikov.") is None
    True
    """
    if by_mark(data):
        return None
    for magic, kind in KINDS.items():
        if data.startswith(magic):
            return kind
    controls = len(data) - len(data.translate(None, CONTROLS))
    if b"\0" in data or controls > CONTROL_SHARE * len(data):
        return "binary content"
    return None


def decode(data: bytes, name: str) -> str:
    r"""The text of `data`, exactly, without its byte order mark. `name` is where errors point to.

    Raises ReadError: empty, binary, malformed, or in an encoding that cannot be told.

    >>> decode(b"\xef\xbb\xbfOne.\r\nTwo.", "a.txt")
    'One.\r\nTwo.'
    >>> decode(b"\0\1\2", "a.txt")
    Traceback (most recent call last):
    kg.errors.ReadError: a.txt: binary content, not text; give it as .txt, .md or .jsonl
    """
    kind = binary_kind(data)
    if kind:
        raise ReadError(name, f"{kind}, not text; give it as .txt, .md or .jsonl")
    encoding = next(filter(None, (tell(data) for tell in ENCODINGS.values())), None)
    if encoding is None:
        raise ReadError(name, "an encoding that cannot be told; save it as UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"malformed {encoding} at byte {error.start}; save it as UTF-8"
        raise ReadError(name, reason) from error
    if not text.strip():
        raise ReadError(name, "empty; it holds no text")
    return text
