"""The order of the rooms: read, annotate, extract, resolve, store. The only part that knows it."""

from kg.pipeline.nouns import (
    DEFAULT_MAX_CHARS,
    Account,
    Config,
    Identity,
    Joined,
    Progress,
    Reading,
    Report,
    Result,
    Taken,
)
from kg.pipeline.run import Pipeline
from kg.pipeline.settling import join, settle

__all__ = [
    "DEFAULT_MAX_CHARS",
    "Account",
    "Config",
    "Identity",
    "Joined",
    "Pipeline",
    "Progress",
    "Reading",
    "Report",
    "Result",
    "Taken",
    "join",
    "settle",
]
