"""Known things that the user brings: a table (.tsv), Turtle (.ttl) or N-Triples (.nt).

A table has a header line; its columns are found by name: `iri` and `label` are needed, `aliases`
(parted by ` | `) and `type` (one of ours) may be there, others are not looked at. There is no
quoting: a cell is what stands between two tabs. In RDF, labels, other names and classes are those of
RDFS, SKOS, schema.org, FOAF and Wikidata; what has no name there is no known thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.errors import GazetteerError
from kg.lexicon import table
from kg.model import ENTITY_TYPES, EntityType, KnownThing
from kg.store.iris import is_iri
from kg.store.literals import clean
from kg.vocab import PREFIXES

SEPARATOR: Final = " | "
NEEDED: Final = ("iri", "label")
COLUMNS: Final = (*NEEDED, "aliases", "type")
WHOLE: Final = ("urn:", "tag:", "info:", "did:", "ark:", "geo:", "doi:")  # IRIs without ://
FORMATS: Final = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
ENDINGS: Final = (".tsv", *FORMATS)

FOAF: Final = "http://xmlns.com/foaf/0.1/"
OLD_SCHEMA: Final = "http://schema.org/"
LABELS: Final = frozenset(
    {
        f"{PREFIXES['rdfs']}label",
        f"{PREFIXES['skos']}prefLabel",
        f"{PREFIXES['schema']}name",
        f"{OLD_SCHEMA}name",
        f"{FOAF}name",
    }
)
ALIASES: Final = frozenset(
    {
        f"{PREFIXES['skos']}altLabel",
        f"{PREFIXES['schema']}alternateName",
        f"{OLD_SCHEMA}alternateName",
    }
)
NAMES: Final = LABELS | ALIASES
TYPES: Final = frozenset({f"{PREFIXES['rdf']}type", f"{PREFIXES['wdt']}P31"})


def known_things(
    paths: Iterable[Path | str], *, on_empty: Callable[[Path], None] | None = None
) -> tuple[KnownThing, ...]:
    """The known things of the files, by IRI; what several lines or files tell of one is joined.

    It does not depend on the order of files and lines. Of several labels the least is kept, the
    English ones first, and the others are aliases; of two types that differ, none is. A file without
    a known thing is told to `on_empty`.

    Raises GazetteerError, with the line, for a file that is missing or malformed.
    """
    found: dict[str, KnownThing] = {}
    again: dict[str, set[KnownThing]] = {}
    for path in map(Path, paths):
        told = 0
        for thing in _things(path):
            told += 1
            first = found.setdefault(thing.iri, thing)
            if first is not thing:
                again.setdefault(thing.iri, {first}).add(thing)
        if not told and on_empty:
            on_empty(path)
    for iri, several in again.items():
        found[iri] = _joined(several)
    return tuple(found[iri] for iri in sorted(found))


def _things(path: Path) -> Iterator[KnownThing]:
    """The known things of a file; those of a table may come twice."""
    if path.suffix not in ENDINGS:
        raise GazetteerError(f"{path}: no gazetteer; known endings: {', '.join(ENDINGS)}")
    try:
        yield from _table(path) if path.suffix == ".tsv" else _graph(path)
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: not UTF-8 ({error.reason})") from error
    except SyntaxError as error:
        raise GazetteerError(f"{path}:{error.lineno}: {error.msg}") from error


def _joined(several: Iterable[KnownThing]) -> KnownThing:
    """What several places tell of one thing."""
    things = list(several)
    label = min(each.label for each in things)
    names = {name for each in things for name in (each.label, *each.aliases)}
    types = {each.type for each in things if each.type}
    return KnownThing(things[0].iri, label, tuple(sorted(names - {label})), _one_type(types))


def _one_type(types: set[EntityType]) -> EntityType | None:
    """The type that all agree on; "Thing" goes with every other."""
    narrow = types - {"Thing"} or types
    return narrow.copy().pop() if len(narrow) == 1 else None


def _table(path: Path) -> Iterator[KnownThing]:
    with path.open(encoding="utf-8-sig") as lines:
        head = [cell.strip() for cell in next(lines, "").rstrip("\n").split("\t")]
        missing = [name for name in NEEDED if head.count(name) != 1]
        if missing and head != [""]:
            raise GazetteerError(
                f"{path}:1: {'no' if missing[0] not in head else 'more than one'} column "
                f"{missing[0]!r}; the header line names the columns, parted by tabs: {', '.join(COLUMNS)}"
            )
        at = [head.index(name) if name in head else len(head) for name in COLUMNS]
        for number, line in enumerate(lines, 2):
            if line.strip():
                yield _row(line.rstrip("\n").split("\t"), head, at, f"{path}:{number}")


def _row(cells: list[str], head: Sequence[str], at: Sequence[int], where: str) -> KnownThing:
    if len(cells) > len(head):
        raise GazetteerError(f"{where}: {len(cells)} cells, and {len(head)} columns")
    cells += [""] * (len(head) + 1 - len(cells))
    iri, label, others, type_ = (cells[n].strip() for n in at)
    if not is_iri(iri):
        raise GazetteerError(f"{where}: {iri!r} is no IRI")
    if "://" not in iri and not iri.startswith(WHOLE):
        raise GazetteerError(f"{where}: {iri!r} is a short form; write the IRI in full")
    if not label:
        raise GazetteerError(f"{where}: <{iri}> has no label")
    if type_ and type_ not in ENTITY_TYPES:
        raise GazetteerError(f"{where}: no type {type_!r}; known: {', '.join(ENTITY_TYPES)}")
    label = clean(label)
    aliases = {clean(name.strip()) for name in others.split(SEPARATOR)} - {"", label}
    return KnownThing(iri, label, tuple(sorted(aliases)), cast(EntityType, type_ or None))


def _graph(path: Path) -> Iterator[KnownThing]:
    """The named things of an RDF file, read triple by triple."""
    labels: dict[str, list[str]] = {}
    aliases: dict[str, list[str]] = {}  # and labels of other languages than English
    types: dict[str, tuple[EntityType, ...]] = {}
    for triple in ox.parse(path=str(path), format=FORMATS[path.suffix]):
        predicate, subject, value = triple.predicate.value, triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode):
            continue
        if predicate in TYPES and isinstance(value, ox.NamedNode):
            type_ = type_of_class(value.value)
            if type_:
                types[subject.value] = (*types.get(subject.value, ()), type_)
        elif predicate in NAMES and isinstance(value, ox.Literal):
            name = clean(value.value).strip()
            english = not value.language or value.language.startswith("en")
            names = labels if english and predicate in LABELS else aliases
            if name:
                names.setdefault(subject.value, []).append(name)
    for iri in chain(labels, (each for each in aliases if each not in labels)):
        names_ = {*labels.get(iri, ()), *aliases.get(iri, ())}
        label = min(labels.get(iri) or names_)
        type_ = _one_type(set(types.get(iri, ())))
        yield KnownThing(iri, label, tuple(sorted(names_ - {label})), type_)


def type_of_class(iri: str) -> EntityType | None:
    """Our type for a class of a public vocabulary or of our own; None for one that tells nothing.

    >>> type_of_class("http://www.wikidata.org/entity/Q5"), type_of_class("https://example.org/Boat")
    ('Person', None)
    """
    if iri.startswith(OLD_SCHEMA):
        iri = PREFIXES["schema"] + iri.removeprefix(OLD_SCHEMA)
    if iri.endswith("/vocab#Group"):  # ours, whatever the base
        return "Group"
    return cast(EntityType | None, table("known_classes").get(iri))
