"""Document -> AnnotatedDocument: tokens, sentences, parse, mentions, dates."""

from kg.annotate.pipeline import DEFAULT_MODEL, Annotator

__all__ = ["DEFAULT_MODEL", "Annotator"]
