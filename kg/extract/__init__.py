"""AnnotatedDocument -> Statement: clauses and noun phrases; status, time and place."""

from kg.extract.extractor import extract

__all__ = ["extract"]
