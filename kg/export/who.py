"""Who is who, in words: what an entity is called where, each judgement that made it, and open pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.model import Entity, KnownLink, Link, Mention
from kg.store import split_place

# What stands before the other end of a link that goes out of the entity.
BESIDE = {"same": "joined with", "different": "not", "unsure": "perhaps"}
Owned = Mapping[str, tuple[Entity, Mention]]


def explain_entity(
    entity: Entity, links: Sequence[Link], owned: Owned, *, statements: int, limit: int = 10
) -> Iterator[str]:
    """An entity with its names, its mentions folded by their words, and each judgement with its reason.

    `owned` gives the entity and mention of the ends of the links by mention id. Of documents,
    mentions and judgements at most `limit` are shown, all where it is 0.
    """
    yield f"{entity.label} · {entity.type}"
    yield f"  entity    {entity.id}"
    if entity.aliases:
        yield f"  also      {', '.join(entity.aliases)}"
    places = Counter(mention.document for mention in entity.mentions)
    found = [f"{document} {n}" for document, n in places.items()]
    yield f"  mentions  {len(entity.mentions)}: {_some(found, limit)}"
    yield from _shown(_mentions(entity, limit), limit, "other words")
    yield f"  stands in {statements} statements"
    yield from _shown(_judgements(entity, links, owned), limit, "other judgements")


def explain_pair(record: Mapping[str, Any], number: int) -> Iterator[str]:
    """Two things that may be one: what each is called, the score and the reason, and quotes of both."""
    sides = record["left"], record["right"]
    for mark, side in zip((f"{number}.", ""), sides, strict=True):
        yield f"{mark:<4}{side['label']} · {side['type']} · {side['document']}"
    yield f"    {record['score']:.2f}  {record['reason']}"
    for side in sides:
        place = f"{side['document']} {side['start']}-{side['end']}"
        first, *others = side["quotes"] or [f"[{side['text']}], in a sentence without statements"]
        yield f"    {place}: {first}"
        for quote in others:
            yield f"    {side['document']}: {quote}"


def at(mention: Mention) -> str:
    """Where a mention stands.

    >>> from kg.model import Span
    >>> at(Mention("d#char=0,4", "d", Span(0, 4), Span(0, 4), "Hale", 0, "Person", "name"))
    'd 0-4'
    """
    return f"{mention.document} {mention.span.start}-{mention.span.end}"


def _mentions(entity: Entity, limit: int) -> Iterator[str]:
    """The mentions by their words, the most frequent first."""
    by_words: dict[str, list[Mention]] = defaultdict(list)
    for mention in entity.mentions:
        by_words[_words(mention)].append(mention)
    for words, group in sorted(by_words.items(), key=lambda item: (-len(item[1]), item[0])):
        times = f" ({len(group)} times)" if len(group) > 1 else ""
        yield f"            {words!r}{times}: {_some([at(m) for m in group], limit)}"


def _judgements(entity: Entity, links: Sequence[Link], owned: Owned) -> Iterator[str]:
    """The judgements, the surest first; those that say the same of one other entity are told once."""
    groups: dict[tuple[float, str, str, str], list[Link]] = defaultdict(list)
    for link in links:
        ids = (owned[i][0].id for i in (link.left, link.right) if i in owned)
        other = next((id_ for id_ in ids if id_ != entity.id), "")
        groups[-link.score, link.judgement, link.reason, other].append(link)
    for (score, judgement, reason, other), group in sorted(groups.items()):
        times = f" ({len(group)} times)" if len(group) > 1 else ""
        words = f"  {judgement:<9} {-score:.2f}  {reason}{times}"
        first = min(group, key=lambda link: (split_place(link.left), split_place(link.right)))
        places = f"{_end(first.left, owned)} and {_end(first.right, owned)}"
        if other:
            places = f"{BESIDE[judgement]} {_label(first, other, owned)} ({other}): {places}"
        yield f"{words}\n            {places}"


def _end(id_: str, owned: Owned) -> str:
    if id_ in owned:
        return f"{_words(owned[id_][1])!r} {at(owned[id_][1])}"
    document, span = split_place(id_)
    return f"{document} {span.start}-{span.end}"


def _label(link: Link, id_: str, owned: Owned) -> str:
    """The label of the entity of that id at one end of the link."""
    ends = (owned[i][0] for i in (link.left, link.right) if i in owned)
    return next(entity.label for entity in ends if entity.id == id_)


def _words(mention: Mention) -> str:
    return " ".join(mention.short.split())


def _some(parts: Sequence[str], limit: int) -> str:
    shown = parts[: limit or None]
    more = f" and {len(parts) - len(shown)} more" if len(parts) > len(shown) else ""
    return ", ".join(shown) + more


def _shown(lines: Iterable[str], limit: int, rest: str) -> Iterator[str]:
    every = list(lines)
    yield from every[: limit or None]
    if limit and len(every) > limit:
        yield f"            {len(every) - limit} {rest}: --limit 0 shows all"


def explain_known(links: Sequence[KnownLink]) -> Iterator[str]:
    """Which things of a knowledge base an entity was compared with, and why it was linked or not."""
    for link in sorted(links, key=lambda each: (-each.score, each.iri, each.reason)):
        yield f"  {link.judgement:<9} {link.score:.2f}  <{link.iri}>  {link.reason}"
