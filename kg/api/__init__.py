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
from kg.push import Login, Patience, Plan, Pushed, Settings, Target, planned, push
from kg.push import Watch as PushWatch
from kg.push.pushing import CHUNK
from kg.store import open_graph

__all__ = [
    "BUILD_FILES",
    "CHUNK",
    "EXPORT_FILES",
    "VIEW_FILE",
    "Built",
    "Explanation",
    "Login",
    "Patience",
    "Plan",
    "PushWatch",
    "Pushed",
    "Settings",
    "Target",
    "Watch",
    "build",
    "export",
    "extract",
    "mention_records",
    "open_graph",
    "planned",
    "push",
    "query",
    "questions",
    "review",
    "sparql",
    "why",
    "write_ledger",
]
