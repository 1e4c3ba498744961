"""The pages, served: a readable graph and one with hostile words."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

import pytest
from pages_corpus import hostile, readable
from pages_site import StoreSource, serving

from kg.store import Store


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


Get = Callable[..., Answer]


def fetch(address: str, accept: str = "text/html", data: bytes | None = None, **headers: str) -> Answer:  # fmt: skip
    request = urllib.request.Request(address, data, {"Accept": accept, **headers})
    try:
        with urllib.request.build_opener(_Staying).open(request, timeout=60) as reply:
            return Answer(reply.status, reply.headers, reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


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
