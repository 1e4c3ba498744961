"""AnnotatedDocument -> Statement: clauses and noun phrases; status, time and place."""

from kg.extract.extractor import extract
from kg.extract.ledger import reasons

__all__ = ["extract", "reasons"]
