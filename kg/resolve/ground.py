"""Statements over entities: mention ids become entity ids, equal statements join their evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kg.model import Attribution, Entity, Literal, Qualifier, Statement
from kg.vocab import statement_id

OPEN_PRONOUN: Final = "open-pronoun"
SAME_THING: Final = "same-thing"
UNNAMED_HOLDER: Final = "unnamed-holder"
BELOW_MIN_SCORE: Final = "below-min-score"

LeftOut = Callable[[Statement, str], None]


def ground(
    statements: Iterable[Statement],
    entities: Iterable[Entity],
    *,
    min_score: float = 0.0,
    on_left_out: LeftOut | None = None,
) -> tuple[Statement, ...]:
    """Statements whose ends are entities, sorted by id.

    Left out are statements with an end that is an unresolved pronoun, those that relate a thing to
    itself, those that say of nobody we can name that he holds a role ("the director of X"), and, once
    equal ones are joined, those of a score below `min_score`. Each is told to `on_left_out` with the
    code of the reason.
    """
    left_out = on_left_out or (lambda statement, reason: None)
    known = tuple(entities)
    owner = {mention.id: entity.id for entity in known for mention in entity.mentions}
    named = {e.id for e in known if any(mention.kind == "name" for mention in e.mentions)}
    merged: dict[str, Statement] = {}
    for statement in statements:
        grounded = _grounded(statement, owner, named)
        if isinstance(grounded, str):
            left_out(statement, grounded)
            continue
        before = merged.get(grounded.id)
        if before:
            evidence = {*before.evidence, *grounded.evidence}
            ordered = sorted(
                evidence,
                key=lambda e: (e.document, e.span, e.relation, e.subject, e.object, e.extractor),
            )
            label = min(before.relation, grounded.relation, key=lambda r: r.label)
            grounded = replace(
                before,
                evidence=tuple(ordered),
                score=max(before.score, grounded.score),
                relation=label,
            )
        merged[grounded.id] = grounded
    for statement in merged.values():
        if statement.score < min_score:
            left_out(statement, BELOW_MIN_SCORE)
    return tuple(merged[key] for key in sorted(merged) if merged[key].score >= min_score)


def ends_of(statement: Statement) -> Iterator[str]:
    """The ids of all that a statement names: its ends, qualifiers, source and place."""
    source = statement.attribution.source if statement.attribution else None
    values = (qualifier.value for qualifier in statement.qualifiers)
    for end in (statement.subject, statement.object, *values, source, statement.place):
        if isinstance(end, str):
            yield end


def _grounded(
    statement: Statement, owner: Mapping[str, str], named: Collection[str]
) -> Statement | str:
    """The statement over entities, or the code of the reason why there is none."""
    subject = owner.get(statement.subject)
    obj = statement.object if isinstance(statement.object, Literal) else owner.get(statement.object)
    if subject is None or obj is None:
        return OPEN_PRONOUN
    if subject == obj:
        return SAME_THING
    if statement.evidence[0].extractor == "holder" and subject not in named:
        return UNNAMED_HOLDER
    grounded = replace(
        statement,
        subject=subject,
        object=obj,
        qualifiers=tuple(_qualifier(q, owner) for q in statement.qualifiers),
        attribution=_attribution(statement.attribution, owner),
        place=owner.get(statement.place) if statement.place else None,
    )
    return replace(grounded, id=statement_id(grounded))


def _qualifier(qualifier: Qualifier, owner: Mapping[str, str]) -> Qualifier:
    if isinstance(qualifier.value, str):
        return replace(qualifier, value=owner.get(qualifier.value))
    return qualifier


def _attribution(attribution: Attribution | None, owner: Mapping[str, str]) -> Attribution | None:
    """The source as an entity; an unresolved pronoun stays the words of the cue."""
    if attribution is None or isinstance(attribution.source, Literal):
        return attribution
    entity = owner.get(attribution.source)
    if entity:
        return replace(attribution, source=entity)
    return replace(attribution, source=Literal("unnamed source", "xsd:string", attribution.cue))
