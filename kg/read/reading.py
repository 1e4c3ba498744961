"""Paths -> Documents, in the order of their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document, Header
from kg.plugins import find
from kg.read.entry import Content, Entry
from kg.read.formats import READERS, extensions
from kg.read.header import date_of, title_of
from kg.read.naming import ids
from kg.read.sources import Source, collect, reason


def read(
    paths: Iterable[Path | str], *, on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Document]:
    """The documents of the given files and folders, sorted by id, each file once.

    Folders are walked; hidden files and folders, and files with an extension that nobody reads,
    are left out. The result is a function of the set of paths and of what the files hold.

    - `Header.id` is the file's stem, or the record's `id` in JSON Lines. Where documents would
      share an id, all of them take their relative path (`a--notes`), with the extension if that
      is shared as well (`notes-md`).
    - `Header.source` is the path relative to the folder argument, or a file argument's name. Where
      two files would share it, both get the names of folders above them as needed.
    - `Document.text` is what the file holds, character by character; in Markdown, markup is
      replaced by spaces, one for one.

    Each source that gives no document is a ReadError: handed to `on_error`, after which reading
    goes on, or raised where there is none.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "jfk.txt").write_text("Oswald met Kostikov.")
    ...     [(document.id, document.text) for document in read([folder])]
    [('jfk', 'Oswald met Kostikov.')]
    """
    report = on_error or _fail
    given = [paths] if isinstance(paths, str | Path) else paths
    sources, errors = collect(given, extensions())
    for error in errors:
        report(error)
    entries: list[tuple[Source, Entry]] = []
    for source in sources:
        for found in _entries(source):
            if isinstance(found, ReadError):
                report(found)
            else:
                entries.append((source, found))
    names = ids([(source, entry.id) for source, entry in entries])
    for name, (source, entry) in sorted(zip(names, entries, strict=True), key=lambda pair: pair[0]):
        content = _load(source, entry)
        if isinstance(content, ReadError):
            report(content)
        else:
            yield _document(name, source, content)


def _fail(error: ReadError) -> None:
    raise error


def _entries(source: Source) -> Iterator[Entry | ReadError]:
    reader = find("reader", source.path.suffix.lower(), READERS)
    try:
        yield from reader(source.path)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(str(source.path), reason(error))


def _load(source: Source, entry: Entry) -> Content | ReadError:
    try:
        return entry.load()
    except ReadError as error:
        return error
    except OSError as error:
        return ReadError(str(source.path), reason(error))


def _document(name: str, source: Source, content: Content) -> Document:
    """The document, with a title and date from the text where the source gives none."""
    header = Header(
        id=name,
        source=content.source or source.name,
        title=content.title or title_of(content.text),
        date=content.date or date_of(content.text),
    )
    return Document(header, content.text)
