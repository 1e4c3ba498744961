"""Judgements as JSON records, one a line: who was joined with whom, who was not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.model import Entity, Link, Mention
from kg.store import split_place
from kg.vocab import Namespaces

Record = dict[str, Any]
Owned = Mapping[str, tuple[Entity, Mention]]


def link_records(
    links: Iterable[Link], entities: Iterable[Entity], names: Namespaces | None = None
) -> Iterator[Record]:
    """The record of each judgement, sorted by the places of its two mentions.

    `entity` is the IRI of what the words mean, null with empty `text` where they mean no entity.

    >>> list(link_records([], []))
    []
    """
    names = names or Namespaces()
    owned = owners(entities)
    for link in sorted(links, key=_order):
        yield {
            "left": _end(link.left, owned, names),
            "right": _end(link.right, owned, names),
            "judgement": link.judgement,
            "score": link.score,
            "reason": link.reason,
        }


def owners(entities: Iterable[Entity]) -> dict[str, tuple[Entity, Mention]]:
    """Mention id -> the entity that it means, and the mention."""
    return {mention.id: (entity, mention) for entity in entities for mention in entity.mentions}


def _order(link: Link) -> tuple[object, ...]:
    places = *split_place(link.left), *split_place(link.right)
    return *places, link.judgement, -link.score, link.reason


def _end(id_: str, owned: Owned, names: Namespaces) -> Record:
    document, span = split_place(id_)
    entity, mention = owned.get(id_, (None, None))
    return {
        "document": document,
        "start": span.start,
        "end": span.end,
        "text": mention.short if mention else "",
        "entity": names.iri(f":{entity.id}") if entity else None,
    }
