"""What only a person can decide: the open pairs of a graph, and answers appended to a links file."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DecisionError, StoreError
from kg.model import Corpus
from kg.read import read_toml
from kg.resolve.decisions import Decision, block_of, check, parse
from kg.resolve.review import OpenPairs, Pair, Side
from kg.store.files import replaced
from kg.vocab import Namespaces

HEAD = "# What people decided on who is who; kg build reads it.\n"


@dataclass(frozen=True, slots=True)
class Review:
    """The open pairs of a graph, for `append` to write what a person says of them, and its prefixes."""

    pairs: OpenPairs
    names: Namespaces


def review_of(corpus: Corpus, names: Namespaces, links: Path | None) -> Review:
    """What is unsure in a graph and not settled by the links file, where there is one.

    Raises ReadError or DecisionError for a links file that cannot be used.
    """
    decisions: tuple[Decision, ...] = ()
    if links is not None and links.exists():
        decisions = parse(read_toml(links), links.name)
    return Review(OpenPairs(corpus, decisions), names)


def append(decision: Decision, path: Path) -> None:
    """Add a decision at the end of a links file, made if need be; what stands in it stays as it is.

    The file is written whole or not at all. Raises DecisionError where the decision goes against
    one that is there, and StoreError where the file cannot be written.
    """
    target = path.resolve()
    try:
        before = target.read_bytes() if target.exists() else HEAD.encode()
        gap = b"\n" if before.endswith(b"\n") else b"\n\n"
        after = (
            before + gap + block_of(decision).encode() if before else block_of(decision).encode()
        )
        _usable(after, path)
        with replaced(target) as whole:
            whole.write_bytes(after)
            if target.exists():
                shutil.copymode(target, whole)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def pair_record(pair: Pair, names: Namespaces) -> dict[str, Any]:
    """A pair as a JSON record."""
    return {
        "left": _side(pair.left, names),
        "right": _side(pair.right, names),
        "score": pair.score,
        "reason": pair.reason,
    }


def _usable(content: bytes, path: Path) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: not UTF-8, which TOML is to be") from error
    check(parse(text, path.name))


def _side(side: Side, names: Namespaces) -> dict[str, Any]:
    mention = side.mention
    return {
        "entity": names.iri(f":{side.entity.id}"),
        "label": side.entity.label,
        "type": side.entity.type,
        "document": mention.document,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": " ".join(mention.short.split()),
        "quotes": list(side.quotes),
    }
