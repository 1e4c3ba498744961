"""Mentions -> links -> entities: who is who, in and across documents; statements over entities."""

from kg.resolve.choices import Choices, choose, revise
from kg.resolve.decisions import Decision, check, parse
from kg.resolve.document import document_links
from kg.resolve.entities import resolve
from kg.resolve.ground import ends_of, ground
from kg.resolve.known import link_known, sum_known

__all__ = [
    "Choices",
    "Decision",
    "check",
    "choose",
    "document_links",
    "ends_of",
    "ground",
    "link_known",
    "parse",
    "resolve",
    "revise",
    "sum_known",
]
