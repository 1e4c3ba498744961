"""One function a verb. The command line calls these and prints."""

from kg.api.documents import Built, Watch, build, extract, mention_records, write_ledger
from kg.api.graph import (
    BUILD_FILES,
    EXPORT_FILES,
    VIEW_FILE,
    Explanation,
    export,
    query,
    questions,
    review,
    sparql,
    why,
)
from kg.store import open_graph

__all__ = [
    "BUILD_FILES",
    "EXPORT_FILES",
    "VIEW_FILE",
    "Built",
    "Explanation",
    "Watch",
    "build",
    "export",
    "extract",
    "mention_records",
    "open_graph",
    "query",
    "questions",
    "review",
    "sparql",
    "why",
    "write_ledger",
]
