"""What makes two readings, or two corpora, the same: the keys that a store keeps them by.

A reading depends on the text and header of its document, on the language model, and on our own code and word lists;
a corpus on its readings, on what people decided, on the known things, and on the settings. All of it is hashed, the
source of the package included, so that nothing old is ever taken for new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import msgspec

from kg.annotate import model_version
from kg.errors import StoreError
from kg.model import Document
from kg.pipeline.nouns import Reading

# The rooms whose code and word lists decide a reading; the others come after it.
_READING: Final = frozenset({"annotate", "extract", "resolve", "lexicon", "pipeline", "model.py", "vocab.py"})  # fmt: skip
_DIGITS: Final = (
    32  # of a key: 128 bits, so that among a million documents two share one by a chance of 1e-27
)
_CORPUS_DIGITS: Final = 16  # of the name of a corpus, of which a store has a few


def reader_version(model: str) -> str:
    """All but the document that decides a reading, as a digest."""
    spacy = version("spacy")
    return _digest([_code(_READING), model, model_version(model), spacy], _DIGITS)


def reading_key(document: Document, reader: str) -> str:
    """The key of what a reader, by its version, reads off a document."""
    return _digest([document.header, document.text, reader], _DIGITS)


def corpus_id(keys: Iterable[str], settings: Iterable[object]) -> str:
    """The name of a corpus: of which readings, joined and written how."""
    engine = version("pyoxigraph")
    return _digest([sorted(keys), *settings, _code(None), engine], _CORPUS_DIGITS)


def pack(reading: Reading) -> bytes:
    """A reading as JSON."""
    return msgspec.json.encode(reading)


def unpack(data: bytes, where: str) -> Reading:
    """The reading that was packed; StoreError for damaged data, told to be `where`."""
    try:
        return _decoder().decode(data)
    except msgspec.DecodeError as error:
        raise StoreError(f"{where}: damaged: {error}; remove the store and build again") from error


@cache
def _decoder() -> msgspec.json.Decoder[Reading]:
    return msgspec.json.Decoder(Reading)


def _digest(parts: object, digits: int) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:digits]


@cache
def _code(rooms: frozenset[str] | None) -> str:
    """A digest of the package's source and word lists, all of it or those of some rooms."""
    top = [each for each in files("kg").iterdir() if rooms is None or each.name in rooms]
    found = {name: data for each in top for name, data in _sources(each, each.name)}
    return _digest([(name, hashlib.sha256(found[name]).hexdigest()) for name in sorted(found)], _DIGITS)  # fmt: skip


def _sources(file: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    if file.is_dir():
        for each in file.iterdir():
            yield from _sources(each, f"{name}/{each.name}")
    elif name.endswith((".py", ".tsv")):
        yield name, file.read_bytes()
