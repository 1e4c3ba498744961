"""The pages, served: a readable graph and one with hostile words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest

from kg.store import Store
from pages.corpus import hostile, readable
from pages.seen import Answer, fetch
from pages.site import StoreSource, serving

Get = Callable[..., Answer]


def _loaded(corpus: Any) -> StoreSource:
    store = Store()
    store.load(corpus)
    return StoreSource(store)


@pytest.fixture(scope="session")
def source() -> StoreSource:
    return _loaded(readable())


@pytest.fixture(scope="session")
def address(source: StoreSource) -> Iterator[str]:
    with serving(source) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_address() -> Iterator[str]:
    with serving(_loaded(hostile())) as found:
        yield found


@pytest.fixture
def get(address: str) -> Get:
    """GET a path of the readable graph, or POST to it where there are data."""

    def asked(path: str, *arguments: Any, **more: Any) -> Answer:
        return fetch(address + path, *arguments, **more)

    return asked


@dataclass
class Visit:
    """A page, and all that it asked for or complained about."""

    page: Any
    address: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def watch(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.route("**/*", self._guard)

    def _guard(self, route: Any) -> None:
        if route.request.url.startswith((self.address + "/", "blob:", "data:")):
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page

    def ask(self, query: str, view: str = "table") -> Any:
        """The query page with the answer to a query."""
        self.go(f"/query#query={quote(query)}&view={view}")
        return self.answered()

    def answered(self) -> Any:
        self.page.wait_for_function(
            "() => / in \\d/.test(document.getElementById('summary').textContent)"
        )
        return self.page


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Open the pages; they must end without a foreign request or an unexpected complaint."""
    visits: list[Visit] = []

    def opened(at: str = address, *, expected: tuple[str, ...] = (), **options: Any) -> Visit:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 860}} | options))
        visits.append(Visit(context.new_page(), at, expected=expected))
        visits[-1].watch()
        return visits[-1]

    yield opened
    for each in visits:
        each.page.context.close()
        assert each.foreign == []
        assert [
            said for said in each.complaints if not said.startswith(each.expected or "\0")
        ] == []
