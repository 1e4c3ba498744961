"""HTML out of templates that escape everything, under a policy that runs nothing but our own files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",  # no-referrer would hide the origin of a plain form, too
    "x-content-type-options": "nosniff",
}


def html(template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of `templates/`; all that is put in is escaped."""
    text = _environment().get_template(f"{template}.html").render(context)
    return HTMLResponse(text.encode("utf-8", errors="replace"), status, dict(HEADERS))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.serve.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web"] = _is_web
    environment.filters["thousands"] = _thousands
    environment.filters["plural"] = _plural
    return environment


def _is_web(address: str) -> bool:
    """Whether a link may lead there: documents may name `javascript:` and the like."""
    return address.startswith(("http://", "https://"))


def _thousands(number: int | str) -> str:
    return f"{int(number):,}"


def _plural(number: int | str, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> _plural(1, "statement"), _plural("1200", "entity", "entities")
    ('1 statement', '1,200 entities')
    """
    return f"{_thousands(number)} {one if int(number) == 1 else many or one + 's'}"
