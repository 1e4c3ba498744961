"""Mentions -> links -> entities: who is who, in and across documents; statements over entities."""

from kg.resolve.document import document_links
from kg.resolve.entities import resolve
from kg.resolve.ground import ground

__all__ = ["document_links", "ground", "resolve"]
