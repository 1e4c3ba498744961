"""A page as tests read it."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from typing import Any

from pages.site import StoreSource


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


def fetch(address: str, accept: str = "text/html", data: bytes | None = None, **headers: str) -> Answer:  # fmt: skip
    request = urllib.request.Request(address, data, {"Accept": accept, **headers})
    try:
        with urllib.request.build_opener(_Staying).open(request, timeout=60) as reply:
            return Answer(reply.status, reply.headers, reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class Seen(HTMLParser):
    """The words, links, marks and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.said: list[str] = []
        self._open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.said.append(" ")
        if tag == "a" and known.get("href"):
            self.links.append(known["href"] or "")
        if known.get("id"):
            self.ids.append(known["id"] or "")
        if tag == "mark":
            self._open = known.get("class")

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if self._open:
            self.marks.append((self._open, data))
            self._open = None

    @property
    def words(self) -> str:
        return " ".join("".join(self.said).split())


def statement_of(source: StoreSource, relation: str) -> str:
    found = source.store.query(f"SELECT ?s {{ ?s a kg:Statement ; rdf:predicate rel:{relation} }}")
    (row,) = found.rows
    assert row[0] is not None
    return row[0].value.rpartition("/")[2]
