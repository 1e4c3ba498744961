"""Mentions and dates as JSON records, one a document: what `kg extract --format mentions` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import DateExpression, Mention


def mention_record(
    document: str,
    mentions: Iterable[Mention],
    dates: Iterable[DateExpression],
    owners: Mapping[str, str],
) -> dict[str, Any]:
    """The record of one document; `owners` maps mention ids to entity ids.

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
                "type": mention.type,
                "entity": owners[mention.id],
                "kind": mention.kind,
            }
            for mention in mentions
            if mention.id in owners
        ],
        "dates": [
            {"start": date.span.start, "end": date.span.end, "value": date.value} for date in dates
        ],
    }
