"""One small tree of exceptions. A message says what, where and what next, on one line."""

from __future__ import annotations


class KgError(Exception):
    """Any failure a user can mend; its text is one line."""


class ReadError(KgError):
    """A path that gives no document: missing, unreadable, binary, empty, malformed."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ModelError(KgError):
    """A language model that is missing or cannot be used."""


class PluginError(KgError):
    """A part that nobody provides; the message lists the known names."""


class GazetteerError(KgError):
    """A file of known things that is missing or malformed."""


class StoreError(KgError):
    """A graph that cannot be opened, read or written."""


class QueryError(KgError):
    """A query that is malformed, refused, or names nothing known.

    `excerpt` shows the place in the query: its line, and below it a caret under the column.
    """

    def __init__(self, message: str, excerpt: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.excerpt = excerpt


class FormError(QueryError):
    """An answer in a form that its kind of query does not have; the message lists the known ones."""


class GraphError(QueryError):
    """A named graph that the store does not have."""


class LimitError(QueryError):
    """A query that was stopped: it went over its time, its memory, or the size of its answer."""


class BusyError(QueryError):
    """Too many queries wait already; the same query may be asked again a little later."""


class LostError(QueryError):
    """A query whose process ended, and nobody knows why."""


class DecisionError(KgError):
    """A links file that is broken, or decisions in it that go against one another."""


class PushError(KgError):
    """A server that cannot be reached, refuses what is sent, or ends up with something else."""
