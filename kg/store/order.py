"""The order of what has no id of its own; `canonical` writes it, `recall` reads it back."""

from __future__ import annotations

from kg.model import Cue, Evidence, KnownLink, Link, Mention, Qualifier, Span
from kg.store.notation import cue_line


def mention_key(mention: Mention) -> tuple[str, Span]:
    return mention.document, mention.span


def link_key(link: Link) -> tuple[str, str, str, float, str]:
    return link.left, link.right, link.judgement, link.score, link.reason


def known_link_key(link: KnownLink) -> tuple[str, str, str, float, str]:
    return link.mention, link.iri, link.judgement, link.score, link.reason


def cue_key(cue: Cue) -> tuple[Span, str, str]:
    return cue.span, cue.kind, cue.text


def qualifier_key(qualifier: Qualifier) -> tuple[str, str, str]:
    return qualifier.role, qualifier.text, repr(qualifier.value)


def evidence_key(evidence: Evidence) -> tuple[object, ...]:
    where = evidence.document, evidence.span, evidence.subject, evidence.relation, evidence.object
    how = tuple(map(cue_line, evidence.cues))
    return *where, evidence.sentence, evidence.extractor, evidence.quote, how
