"""What an entity is called: its label, its other names, its type, and a readable id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.lexicon import rows, table
from kg.model import Entity, EntityType, Mention
from kg.resolve.names import LEADING, common_type, is_title
from kg.vocab import digest, slug

_DROPPED: Final = LEADING | {"no", "any", "some", "whose"}
_POSSESSIVES: Final = frozenset({"his", "her", "its", "their", "whose"})
Labelled = tuple[str, tuple[str, ...], list[Mention]]


def means_something(members: Sequence[Mention]) -> bool:
    """Whether there is a name, a noun phrase, or a pronoun that tells what kind of thing it stands for."""
    return any(m.kind != "pronoun" or m.text.lower() in table("unnamed") for m in members)


def named(groups: list[list[Mention]]) -> tuple[Entity, ...]:
    """Entities of the groups of mentions, with labels, types and ids as of `identified`."""
    labelled = _owned([(*_label(members), members) for members in groups])
    return identified(
        Entity("", label, type_of(members), aliases, tuple(members))
        for label, aliases, members in labelled
    )


def identified(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities by new ids: the slug of the label, a digest added where two would share it."""
    claims: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        claims[slug(entity.label)].append(entity)
    found = []
    for name, holders in claims.items():
        owner = _owner(holders)
        for entity in holders:
            first = entity.mentions[0]
            own = f"{name}-{digest(first.document, first.span.start, first.span.end, length=6)}"
            found.append(replace(entity, id=name if entity is owner else own))
    return tuple(sorted(found, key=lambda e: e.id))


def _owned(labelled: list[Labelled]) -> list[Labelled]:
    """Say whose: "his wife" is labelled "Hugo Vance's wife" where "his" stands for a name."""
    owners = {
        (m.document, m.span.start): label
        for label, _, members in labelled
        if any(m.kind == "name" for m in members)
        for m in members
        if m.kind == "pronoun" and m.text.lower() in _POSSESSIVES
    }
    return [_with_owner(each, owners) for each in labelled]


def _with_owner(labelled: Labelled, owners: Mapping[tuple[str, int], str]) -> Labelled:
    label, aliases, members = labelled
    if any(m.kind == "name" for m in members):
        return labelled
    for mention in members:
        owner = owners.get((mention.document, mention.span.start))
        words_ = mention.text.split(maxsplit=1)
        if owner and mention.kind == "nominal" and words_[0].lower() in _POSSESSIVES:
            others = tuple(sorted({*aliases, label}))
            return f"{owner}’s {_clean(words_[1])}", others, members
    return labelled


def _owner(holders: list[Entity]) -> Entity | None:
    """Who keeps the bare slug: the only holder, or the only one with a name."""
    named = [h for h in holders if any(m.kind == "name" for m in h.mentions)]
    if len(holders) == 1:
        return holders[0]
    return named[0] if len(named) == 1 else None


def _label(members: Sequence[Mention]) -> tuple[str, tuple[str, ...]]:
    """The fullest name, or the fullest description of what has none; the other forms as aliases."""
    names = Counter(_clean(m.text) for m in members if m.kind == "name")
    if names:
        label = max(names, key=lambda n: (_fullness(n, type_of(members)), names[n], n))
        titles = {_clean(m.short) for m in members if is_title(m)}
        return label, tuple(sorted({*names, *titles} - {label}))
    nominals = [m for m in members if m.kind == "nominal"]
    if not nominals:
        return _unnamed(members)[1], ()
    longer = {_clean(m.text) for m in nominals}
    label = min(longer, key=lambda n: (-len(n.split()), n))
    shorter = {_clean(m.short) for m in nominals}
    return label, tuple(sorted((longer | shorter) - {label}))


def _unnamed(members: Sequence[Mention]) -> tuple[str, ...]:
    """Pronoun, label and type of a thing that only pronouns stand for."""
    told = {row[0]: row for row in rows("unnamed")}
    return next(told[m.text.lower()] for m in members if m.text.lower() in told)


def _fullness(name: str, kind: EntityType) -> int:
    """How much of a full name this is: its words, an acronym least."""
    parts = name.split()
    return 0 if len(parts) == 1 and name.replace(".", "").isupper() else len(parts)


def _clean(text: str) -> str:
    """A name as a label: single spaces, no leading determiner or possessor pronoun, no possessive mark."""
    parts = text.strip(" “”\"'‘’,").split()
    while len(parts) > 1 and parts[0].lower() in _DROPPED and parts[1].lower() != "of":
        parts.pop(0)
    return " ".join(parts).removesuffix("’s").removesuffix("'s")


def type_of(members: Sequence[Mention]) -> EntityType:
    """The type of what the mentions stand for; where all are pronouns, the type that they tell."""
    if all(m.kind == "pronoun" for m in members) and means_something(members):
        return _unnamed(members)[2]  # type: ignore[return-value]
    return common_type(members)
