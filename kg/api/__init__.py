"""One function a verb. The command line calls these and prints."""

from kg.api.asking import ask, hints, question_of, readable, written
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
    write_text,
)
from kg.api.kept import Plan, Status, Verified, backup, remove, status, verify
from kg.api.opened import Graph, open  # noqa: A004  (as in gzip.open)
from kg.api.viewed import View
from kg.export.view import MOST_NODES, TITLE
from kg.push import Login, Patience, Pushed, Settings, Target, address, planned, push
from kg.push import Plan as PushPlan
from kg.push import Watch as PushWatch
from kg.push.pushing import CHUNK
from kg.store import open_graph, texts_of
from kg.store.queries import named
from kg.store.tokens import tokens

__all__ = [
    "BUILD_FILES",
    "CHUNK",
    "EXPORT_FILES",
    "MOST_NODES",
    "TITLE",
    "VIEW_FILE",
    "Built",
    "Explanation",
    "Graph",
    "Login",
    "Patience",
    "Plan",
    "PushPlan",
    "PushWatch",
    "Pushed",
    "Settings",
    "Status",
    "Target",
    "Verified",
    "View",
    "Watch",
    "address",
    "ask",
    "backup",
    "build",
    "export",
    "extract",
    "hints",
    "mention_records",
    "named",
    "open",
    "open_graph",
    "planned",
    "push",
    "query",
    "question_of",
    "questions",
    "readable",
    "remove",
    "review",
    "sparql",
    "status",
    "texts_of",
    "tokens",
    "verify",
    "why",
    "write_ledger",
    "write_text",
    "written",
]
