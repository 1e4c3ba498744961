"""Which form of an answer a client reads best: the Accept header, RFC 9110 section 12.5.1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.store.sparql import Forms

# Form -> its media types, its own one first. What stands first goes where a client has no wish.
TABLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    }
)
GRAPHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ttl": ("text/turtle", "application/x-turtle"),
        "nt": ("application/n-triples", "text/plain"),
        "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
        "jsonld": ("application/ld+json", "application/json"),
        "trig": ("application/trig",),
        "nq": ("application/n-quads",),
    }
)
TEXT: Final = ("text/", "application/n-triples", "application/n-quads", "application/trig")
PART: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
QUALITY: Final = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")

Ranges = list[tuple[str, float]]


def ranges(accept: str | None) -> Ranges:
    """The media ranges of a header and how much each is wanted; one that is malformed is nothing.

    >>> ranges("text/turtle, application/*;q=0.5, nonsense")
    [('text/turtle', 1.0), ('application/*', 0.5)]
    """
    found = []
    for part in PART.findall(accept or "*/*"):
        range_, *parameters = (each.strip() for each in part.split(";"))
        wish = next((each[2:] for each in parameters if each.lower().startswith("q=")), "1")
        if range_.count("/") == 1 and QUALITY.fullmatch(wish):
            found.append((range_.lower(), float(wish)))
    return found


def wish(media: str, wanted: Ranges) -> float:
    """How much a media type is wanted, 0 to 1: the narrowest range that covers it says so.

    >>> wish("text/csv", ranges("text/*;q=0.3, */*;q=0.1"))
    0.3
    """
    kind = media.partition("/")[0]
    for range_ in (media, f"{kind}/*", "*/*"):
        values = [value for each, value in wanted if each == range_]
        if values:
            return max(values)
    return 0.0


def chosen(accept: str | None, known: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """The form and media type that are wanted most; of equals the first. None where nothing fits.

    >>> chosen("application/xml;q=0.9, text/csv", TABLES)
    ('csv', 'text/csv')
    """
    wanted = ranges(accept)
    best, most = None, 0.0
    for form, types in known.items():
        for media in types:
            value = wish(media, wanted)
            if value > most:
                best, most = (form, media), value
    return best


def forms(accept: str | None) -> tuple[Forms, dict[str, str]]:
    """The forms to answer in, for either kind of query, and the media type of each."""
    table, graph = chosen(accept, TABLES), chosen(accept, GRAPHS)
    types = dict(each for each in (table, graph) if each)
    return Forms(table and table[0], graph and graph[0]), types


def content_type(media: str) -> str:
    """With its charset, where a reader would guess another one."""
    return f"{media}; charset=utf-8" if media.startswith(TEXT) else media


def all_types() -> str:
    """What there is, in words, for those who asked for something else."""
    tables, graphs = (", ".join(types[0] for types in each.values()) for each in (TABLES, GRAPHS))
    return f"SELECT and ASK come as {tables}; CONSTRUCT and DESCRIBE as {graphs}"
