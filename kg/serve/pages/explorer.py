"""The network of the whole graph: the page that `kg export` writes, made once a graph."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import HTMLResponse

from kg.export.records import records
from kg.export.view import Texts, view
from kg.serve.pages.render import HEADERS
from kg.store import Store

MOST_DRAWN: Final = 200_000  # statements of a graph that is read and laid out within a request
OWN_POLICY: Final = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


def drawn(store: Store, texts: Texts) -> str:
    """The page of what a store holds; of very much, the foremost."""
    told = records(store.corpus(), store.names)
    return view(told, store.headers(), names=store.names, texts=texts)


def explorer_response(page: str) -> HTMLResponse:
    """The page under the policy that it states itself: its scripts by digest and nothing else."""
    stated = OWN_POLICY.search(page)
    policy = stated[1] if stated else "default-src 'none'"
    headers = {**HEADERS, "content-security-policy": f"{policy}; frame-ancestors 'none'"}
    return HTMLResponse(page.encode("utf-8", errors="replace"), headers=headers)
