"""Document -> AnnotatedDocument: tokens, sentences, parse, mentions, dates."""

from kg.annotate.pipeline import DEFAULT_MODEL, Annotator, model_version
from kg.annotate.referring import referring

__all__ = ["DEFAULT_MODEL", "Annotator", "model_version", "referring"]
