"""A page as tests read it."""

from __future__ import annotations

from html.parser import HTMLParser

from pages_site import StoreSource


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
