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
from kg.api.kept import Plan, Status, Verified, backup, remove, status, verify
from kg.store import open_graph

__all__ = [
    "BUILD_FILES",
    "EXPORT_FILES",
    "VIEW_FILE",
    "Built",
    "Explanation",
    "Plan",
    "Status",
    "Verified",
    "Watch",
    "backup",
    "build",
    "export",
    "extract",
    "mention_records",
    "open_graph",
    "query",
    "questions",
    "remove",
    "review",
    "sparql",
    "status",
    "verify",
    "why",
    "write_ledger",
]
