"""Of a store on disk: what it holds, what a build would do, removing documents, a copy, and whether it keeps its promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.api.building import Counts, Finished, Record, copied, exports_left, finish, record_of
from kg.errors import ReadError, StoreError
from kg.model import Document
from kg.pipeline import Pipeline, Progress
from kg.store import Current, Kept, Store, StoreDirectory, store_at


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build of the same paths would do, by document id: read new ones, read changed ones again, read again
    those whose reading is of another version of kg or its model, keep the same ones, drop those that are gone.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]
    errors: tuple[ReadError, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds. `record` is None, and `plan` with it, before the first build is finished.

    `kept` counts documents with a reading, those of an unfinished build included; sizes are in bytes;
    `exports` are the names of export files that are not as the last build left them.
    """

    path: Path
    kept: int
    document_bytes: int
    graph_bytes: int
    record: Record | None
    plan: Plan | None
    exports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, and what does not hold, a line each; `unread` are documents whose source was not there to compare."""

    counts: Counts
    faults: tuple[str, ...]
    unread: tuple[str, ...]


def status(graph: Path | str) -> Status:
    """What the store of a build folder holds, and what a build of the same paths would do.

    Raises StoreError where there is no store.
    """
    room = _room(graph)
    documents, triples = room.size()
    with room.documents() as kept:
        current, count = room.current(), kept.count()
        if current is None:
            return Status(room.path, count, documents, triples, None, None, ())
        record = record_of(current)
        plan = _plan(record, kept, current)
        output = record.settings.exports(room.path)
        left = exports_left(room, current.corpus, output) if output else ()
        return Status(room.path, count, documents, triples, record, plan, tuple(left))


def remove(
    documents: Iterable[str],
    graph: Path | str,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Finished:
    """Take documents, by id, out of a graph: the store and its exports are those of a corpus without them.

    Their files are left alone: where they still lie under the paths of the build, the next build reads them
    again. Raises StoreError for an id that the store has not, and where no document would be left.
    """
    room = _room(graph)
    with room.writing() as kept:
        current = _current(room)
        record, keys = record_of(current), kept.keys(current.corpus)
        wanted = dict.fromkeys(documents)
        _known(wanted, keys, graph)
        left = [kept.document(key) for id_, key in keys.items() if id_ not in wanted]
        if not left:
            raise StoreError(f"{room.path}: no document would be left; to be rid of all, remove the folder")  # fmt: skip
        pipeline = Pipeline(record.settings.config)
        brought = pipeline.brought(record.settings.paths)
        taken = pipeline.take(left, brought, kept=kept, on_progress=progress)
        return finish(room, kept, taken, record.settings, pipeline=pipeline)


def backup(graph: Path | str, target: Path | str) -> Path:
    """Copy a store, as its last finished build left it, to a new folder that is itself a store.

    Raises StoreError where there is no store, or the target exists or cannot be written.
    """
    room = _room(graph)
    room.backup(Path(target), copied)
    return Path(target)


def verify(graph: Path | str) -> Verified:
    """Check the promises of a store against the documents themselves.

    Every document is read again from its source and compared with the text that is kept; every quote must stand
    at its span, every bare triple have its plain statement and the other way round, every statement its
    evidence, and every export be as the build left it. Raises StoreError where there is no store, or where it is too damaged to be opened.
    """
    room = _room(graph)
    with room.open() as store, room.documents() as kept:
        current = _current(room)
        record, keys = record_of(current), kept.keys(current.corpus)
        found, _ = _sources(record)
        texts = {id_: kept.document(key).text for id_, key in keys.items()}
        faults = [f"{kept.path}: {line}" for line in kept.damage()]
        faults += store.faults(texts.get)
        faults += _missing(store, keys)
        changed = (id_ for id_ in sorted(keys) if id_ in found and found[id_].text != texts[id_])
        faults += [f"{id_}: its source has another text now; build again" for id_ in changed]
        if output := record.settings.exports(room.path):
            left = exports_left(room, current.corpus, output)
            faults += [f"{output / each}: not as the build left it; build again" for each in left]
        unread = tuple(id_ for id_ in sorted(keys) if id_ not in found)
        return Verified(record.counts, tuple(faults), unread)


def _missing(store: Store, keys: Mapping[str, str]) -> Iterator[str]:
    """Documents that only the graph has, or only what is kept."""
    ids = {header.id for header in store.headers()}
    for id_ in sorted(ids ^ set(keys)):
        where = "graph" if id_ in ids else "documents"
        yield f"{id_}: only the {where} of the store has it"


def _plan(record: Record, kept: Kept, current: Current) -> Plan:
    found, errors = _sources(record)
    pipeline = Pipeline(record.settings.config)
    former, keys = kept.keys(current.corpus), pipeline.keys(found.values())
    other = [id_ for id_ in found if id_ in former and keys[id_] != former[id_]]
    changed = {id_ for id_ in other if kept.document(former[id_]) != found[id_]}
    return Plan(
        new=tuple(id_ for id_ in found if id_ not in former),
        changed=tuple(id_ for id_ in other if id_ in changed),
        stale=tuple(id_ for id_ in other if id_ not in changed),
        same=tuple(id_ for id_ in found if former.get(id_) == keys[id_]),
        gone=tuple(id_ for id_ in former if id_ not in found),
        errors=tuple(errors),
    )


def _sources(record: Record) -> tuple[dict[str, Document], list[ReadError]]:
    """The documents under the paths of a build as they are now, by id."""
    errors: list[ReadError] = []
    pipeline = Pipeline(record.settings.config)
    documents = pipeline.documents(record.settings.paths, on_error=errors.append)
    return {each.id: each for each in documents}, errors


def _known(wanted: Iterable[str], keys: Mapping[str, str], graph: Path | str) -> None:
    for id_ in wanted:
        if id_ not in keys:
            stem = Path(id_).stem.casefold()
            near = [each for each in keys if stem in each.casefold()][:5]
            hint = f"; perhaps {', '.join(near)}" if near else f"; kg query documents -g {graph} lists them"  # fmt: skip
            raise StoreError(f"{id_}: the store has no document of that id{hint}")


def _room(graph: Path | str) -> StoreDirectory:
    room = store_at(Path(graph))
    if room is None and Path(graph).is_file():
        raise StoreError(f"{graph}: a file; the folder of a build, or its store, is wanted")
    if room is None:
        raise StoreError(f"{graph}: no store there; make one with: kg build PATH... -o {graph}")
    return room


def _current(room: StoreDirectory) -> Current:
    current = room.current()
    if current is None:
        raise StoreError(f"{room.path}: no build of this store was finished yet; build again")
    return current
