"""Scripts and styles: our own, and those of installed packages; a fixed list, nothing else.

The editor is Ace, as django-ace installs it; nothing of Django is imported. The network is drawn by
vis-network, as pyvis installs it, and named as in the page that `kg export` writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.export.view import library, page_file

OWN: Final = (
    "pages.css", "query.css", "icon.svg", "page.js", "query.js", "editor.js", "results.js",
    "network.js", "layout.js", "dom.js",
)  # fmt: skip
# what the page asks for, the search box (Ctrl+F) included; ace.css names the pictures
ACE: Final = (
    "ace.js", "mode-sparql.js", "ext-language_tools.js", "ext-searchbox.js", "css/ace.css",
    *(f"css/main-{number}.png" for number in (1, 2, 3, *range(13, 25), 26)),
    *(f"css/main-{number}.svg" for number in (*range(5, 13), 25)),
)  # fmt: skip
ACE_FOLDER: Final = "static/django_ace/ace"
MEDIA: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    media: str
    tag: str


def assets() -> dict[str, Asset]:
    """All that is served under /assets/, by the rest of the address.

    Raises KgError where an installed package lacks a file that the pages need.
    """
    own = resources.files("kg.serve.pages").joinpath("static")
    found = {name: _asset(name, own.joinpath(name).read_bytes()) for name in OWN}
    for name in ACE:
        found[f"ace/{name}"] = _asset(name, _ace(name))
    found["labels.js"] = _asset("labels.js", page_file("labels.js").encode("utf-8"))
    found["vis-network.js"] = _asset("vis-network.js", library().encode("utf-8"))
    return found


def _ace(name: str) -> bytes:
    spec = find_spec("django_ace")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise KgError("the editor of the query page is missing; install django-ace")
    file = Path(folders[0]) / ACE_FOLDER / name
    try:
        return file.read_bytes()
    except OSError as error:
        raise KgError(f"django-ace: {name} is missing; install django-ace 1.44") from error


def _asset(name: str, body: bytes) -> Asset:
    return Asset(body, MEDIA[Path(name).suffix], f'"{hashlib.sha256(body).hexdigest()[:20]}"')
