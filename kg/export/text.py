"""Statements and entities in words, for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.model import Entity, Evidence, Header, KnownLink, Link, Statement

Record = Mapping[str, Any]
# What surrounds the marked words of a quote: subject, relation, object.
MARKS = {"subject": ("[", "]"), "relation": ("{", "}"), "object": ("[", "]")}


def status_of(record: Record) -> str:
    """How a text says it: `certain`, `not, possible, according to Ann Lee`.

    >>> status_of({"polarity": "negative", "certainty": "possible", "attribution": {"label": "Ann Lee"}})
    'not, possible, according to Ann Lee'
    """
    parts = ["not"] if record["polarity"] == "negative" else []
    parts.append(record["certainty"])
    if record["attribution"]:
        parts.append(f"according to {record['attribution']['label']}")
    return ", ".join(parts)


def row_of(record: Record) -> tuple[str, str, str, str, str, str]:
    """A statement as a table row: document, subject, relation, object, status, time."""
    end = record["object"]
    return (
        record["document"],
        record["subject"]["label"],
        record["relation"]["lemma"],
        end["value"] if end.get("datatype") == "xsd:string" else end["label"],
        status_of(record),
        record["time"] or "",
    )


def marked(evidence: Evidence) -> str:
    """The quote with the words of the statement marked: [subject] {relation} [object].

    Words that lie inside words already marked are not marked again.
    """
    wanted = [("subject", evidence.subject), ("object", evidence.object)]
    wanted += [("relation", span) for span in evidence.relation]
    spots: list[tuple[int, int, str]] = []
    for part, span in sorted(wanted, key=lambda each: (each[1].start, -each[1].end)):
        start, end = span.start - evidence.span.start, span.end - evidence.span.start
        if 0 <= start < end <= len(evidence.quote) and (not spots or start >= spots[-1][1]):
            spots.append((start, end, part))
    text, at = "", 0
    for start, end, part in spots:
        opening, closing = MARKS[part]
        text += evidence.quote[at:start] + opening + evidence.quote[start:end] + closing
        at = end
    return " ".join((text + evidence.quote[at:]).split())


def explain_statement(
    statement: Statement, record: Record, headers: Mapping[str, Header]
) -> Iterator[str]:
    """A statement with its status, the cues that decided it, and where it stands."""
    _, subject, relation, end, status, when = row_of(record)
    yield f"{subject} · {relation} · {end}"
    yield f"  status    {status}{'  (a bare triple)' if statement.plain else '  (no bare triple)'}"
    if record["attribution"]:
        yield f"  source    {record['attribution']['label']} ({record['attribution']['cue']})"
    if when:
        yield f"  time      {when}"
    if record["place"]:
        yield f"  place     {record['place']['label']}"
    for qualifier in record["qualifiers"]:
        yield f"  with      {qualifier['text']}"
    yield f"  statement {statement.id}"
    for evidence in statement.evidence:
        yield from _place(evidence, headers)


def _place(evidence: Evidence, headers: Mapping[str, Header]) -> Iterator[str]:
    header = headers[evidence.document]
    about = ", ".join(part for part in (header.title, header.date, header.source) if part)
    yield f"  quote     {marked(evidence)}"
    yield f"            {evidence.document}, characters {evidence.span.start}-{evidence.span.end} ({about})"
    for cue in evidence.cues:
        yield f"            cue: {cue.kind} {cue.text!r}"
    yield f"            read by the rule {evidence.extractor!r}"


def explain_entity(entity: Entity, links: Sequence[Link], count: int) -> Iterator[str]:
    """An entity with its names, how often it is mentioned, and why its mentions were joined."""
    yield f"{entity.label} · {entity.type}"
    yield f"  entity    {entity.id}"
    if entity.aliases:
        yield f"  also      {', '.join(entity.aliases)}"
    places: dict[str, int] = {}
    for mention in entity.mentions:
        places[mention.document] = places.get(mention.document, 0) + 1
    found = ", ".join(f"{document} {n}" for document, n in places.items())
    yield f"  mentions  {len(entity.mentions)}: {found}"
    yield f"  stands in {count} statements"
    reasons: dict[tuple[str, str, float], int] = {}
    for link in links:
        key = (link.judgement, link.reason, link.score)
        reasons[key] = reasons.get(key, 0) + 1
    for (judgement, reason, score), times in sorted(
        reasons.items(), key=lambda r: (-r[0][2], r[0])
    ):
        again = f" ({times} times)" if times > 1 else ""
        yield f"  {judgement:<9} {score:.2f}  {reason}{again}"


def explain_known(links: Sequence[KnownLink]) -> Iterator[str]:
    """Which things of a knowledge base an entity was compared with, and why it was linked or not."""
    for link in sorted(links, key=lambda each: (-each.score, each.iri, each.reason)):
        yield f"  {link.judgement:<9} {link.score:.2f}  <{link.iri}>  {link.reason}"
