"""Mentions and dates as JSON records, one a document: what `kg extract --format mentions` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import DateExpression, Entity, Mention


def mention_record(
    document: str,
    mentions: Iterable[Mention],
    dates: Iterable[DateExpression],
    owners: Mapping[str, Entity],
) -> dict[str, Any]:
    """The record of one document; `owners` maps mention ids to entities.

    A name has the type of its entity, which all mentions of it decide; a noun phrase or pronoun its own.
    A pronoun that nothing was found for has no entity and is left out.

    >>> mention_record("d", [], [], {})
    {'id': 'd', 'mentions': [], 'dates': []}
    """
    return {
        "id": document,
        "mentions": [
            {
                "start": mention.extent.start,
                "end": mention.extent.end,
                "type": owners[mention.id].type if mention.kind == "name" else mention.type,
                "entity": owners[mention.id].id,
                "kind": mention.kind,
            }
            for mention in mentions
            if mention.id in owners
        ],
        "dates": [
            {"start": date.span.start, "end": date.span.end, "value": date.value} for date in dates
        ],
    }
