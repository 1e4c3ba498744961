"""What the page is given: entities, statements, quotes and texts, each told once, as columns.

Entities are numbered by importance, documents, relations and statements as they come. A statement is
`{n, id, from, to | literal, relation, label, status, certainty?, score, time?, days?, place?, attribution?,
qualifiers?, evidence}`; one evidence is `[document, start, end, mark, …]` and a mark `[role, start, end, kind?]`
with the role's place in `ROLES` and code points from the quote's start. Quotes are read off `texts`: for each
document the pieces that are known of it, `[start, words]`, which is one piece from 0 where it is known whole.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from kg.export.view.network import Record, status
from kg.export.view.times import days
from kg.model import Header
from kg.store import document_iri
from kg.vocab import Namespaces

Row = dict[str, Any]
Texts = Callable[[str], str | None]

ROLES: Final = ("subject", "relation", "object", "cue")
READABLE: Final = (
    200_000  # characters of JSON up to which it stays as it is; beyond, deflate and base64
)
WHOLE_TEXTS: Final = (
    20_000_000  # characters of documents that a page holds; of more, the quotes alone
)


def statement_rows(
    statements: Sequence[Record], number: Mapping[str, int], documents: Mapping[str, int]
) -> tuple[list[Row], list[Row]]:
    """The statements, and the relations that they name by place; `number` and `documents` give places."""
    relations: dict[str, Row] = {}
    places: dict[str, int] = {}
    rows = []
    for n, record in enumerate(statements):
        relation = record["relation"]
        place = places.setdefault(relation["id"], len(places))
        relations.setdefault(relation["id"], {"iri": relation["id"], "lemma": relation.get("lemma") or relation["label"]})  # fmt: skip
        time, certainty = record.get("time"), record["certainty"]
        row: Row = {
            "n": n,
            "id": record["id"],
            "from": number[record["subject"]["id"]],
            "relation": place,
            "label": relation["label"],
            "status": status(record),
            "certainty": None if certainty == "certain" else certainty,
            "score": record.get("score"),
            "time": time,
            "days": days(time) if time else None,
            "place": _named(record.get("place"), number),
            "attribution": _named(record["attribution"], number),
            "qualifiers": [_named(q, number) for q in record.get("qualifiers", ())] or None,
            "evidence": [_evidence(each, documents) for each in record["evidence"]],
        }
        end = record["object"]
        row |= {"to": number[end["id"]]} if "id" in end else {"literal": end}
        rows.append(row)
    return rows, list(relations.values())


def document_rows(
    headers: Iterable[Header], statements: Sequence[Record], names: Namespaces
) -> list[Row]:
    """The documents by id: those of the headers, and any that evidence names beside them.

    Their IRIs come along: the page cannot make them, for they transliterate and hash.
    """
    known = {header.id: header for header in headers}
    for record in statements:
        for evidence in record["evidence"]:
            id_ = evidence["document"]
            known.setdefault(id_, Header(id=id_, source=""))
    told = (known[id_] for id_ in sorted(known))
    return [
        {"id": header.id, "iri": document_iri(names, whole(header.id)), "title": header.title, "date": header.date}
        for header in told
    ]  # fmt: skip


def whole(text: str) -> str:
    """Text without lone surrogates, which no encoding of the web has."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def pieces(documents: Sequence[Row], statements: Sequence[Record], texts: Texts) -> list[Any]:
    """What is known of each document's text; whole where `texts` has it and all are not too much."""
    known = [texts(row["id"]) for row in documents]
    if sum(len(text) for text in known if text) > WHOLE_TEXTS:
        known = [None] * len(known)
    quotes: dict[str, set[tuple[int, str]]] = {}
    for record in statements:
        for evidence in record["evidence"]:
            quotes.setdefault(evidence["document"], set()).add((evidence["start"], evidence["text"]))  # fmt: skip
    return [
        [[0, text]] if text is not None and _holds(text, quotes.get(row["id"], ())) else _joined(quotes.get(row["id"], ()))
        for row, text in zip(documents, known, strict=True)
    ]  # fmt: skip


def _holds(text: str, quotes: Iterable[tuple[int, str]]) -> bool:
    """Whether the text is the one that was quoted, and not a later state of it."""
    return all(text[start : start + len(quote)] == quote for start, quote in quotes)


def _joined(quotes: Iterable[tuple[int, str]]) -> list[list[Any]]:
    """Quotes in order; one that begins within the one before goes on with it."""
    joined: list[list[Any]] = []
    for start, quote in sorted(quotes, key=lambda each: (each[0], -len(each[1]), each[1])):
        if joined and start <= (end := joined[-1][0] + len(joined[-1][1])):
            joined[-1][1] += quote[end - start :]
        else:
            joined.append([start, quote])
    return joined


def _named(part: Mapping[str, Any] | None, number: Mapping[str, int]) -> Row | None:
    """A place, source or qualifier with its entity's number in place of its IRI."""
    if part is None:
        return None
    dropped = ("id", "aliases")
    kept = {key: value for key, value in part.items() if key not in dropped and value is not None}
    if not part.get("id"):
        return kept
    kept.pop("label", None)
    return kept | {"entity": number[part["id"]]}


def _evidence(evidence: Mapping[str, Any], documents: Mapping[str, int]) -> list[Any]:
    base = evidence["start"]
    marks = [[0, evidence["subject"]["start"], evidence["subject"]["end"]]]
    marks += [[1, start, end] for start, end in evidence["relation"]["spans"]]
    marks += [[2, evidence["object"]["start"], evidence["object"]["end"]]]
    marks += [[3, cue["start"], cue["end"], cue["kind"]] for cue in evidence.get("cues", ())]
    moved = [[role, start - base, end - base, *rest] for role, start, end, *rest in marks]
    return [documents[evidence["document"]], base, evidence["end"], *moved]


def columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Rows as a column a key, None where a row has none; a key no row has a value for is left out.

    >>> columns([{"a": 1}, {"a": 2, "b": 3, "c": None}])
    {'a': [1, 2], 'b': [None, 3]}
    """
    keys = dict.fromkeys(key for row in rows for key, value in row.items() if value is not None)
    return {key: [row.get(key) for row in rows] for key in keys}


def packed(whole: Any) -> tuple[str, str]:
    """Kind and text of a data block: readable JSON that ends no element, or deflated and in base64."""
    text = json.dumps(whole, separators=(",", ":"))
    if len(text) <= READABLE:
        return "application/json", unmarked(text)
    squeezed = base64.b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")
    return "application/octet-stream", squeezed


def unmarked(text: str) -> str:
    r"""JSON that cannot end or open an element.

    >>> unmarked('"</script>"')
    '"\\u003c/script\\u003e"'
    """
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
