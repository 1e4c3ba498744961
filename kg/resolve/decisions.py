"""What people decide: `links.toml` as text in, decisions out; and a decision as text to append.

```toml
[[join]]                     # these are one thing
things = [{name = "Jim Hale", document = "herald"}, "James Hale"]
[[separate]]                 # these are not
things = ["Ann Marlow", {name = "Ann Marlow", document = "gazette"}]
[[rename]]
thing = "Jim Hale"
label = "James Hale"
[[type]]
thing = "Marlow"
type = "Organization"
note = "the shipyard; any decision may have a note"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal, cast

from kg.errors import DecisionError
from kg.model import ENTITY_TYPES, EntityType, Link
from kg.resolve.clusters import Clusters
from kg.resolve.names import name_key

Verb = Literal["join", "separate", "rename", "type"]

# Verb -> the keys that it must have; `note` may stand in each.
KEYS: Final[Mapping[Verb, tuple[str, ...]]] = {
    "join": ("things",),
    "separate": ("things",),
    "rename": ("thing", "label"),
    "type": ("thing", "type"),
}
_THING_KEYS: Final = ("name", "document", "start")
_HEADER: Final = re.compile(r"[ \t]*\[\[[ \t]*[\"']?(join|separate|rename|type)[\"']?[ \t]*\]\]")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Thing:
    """What a person calls a thing: its name or noun phrase, wherever it stands or in one document,
    or just the mention there that starts at a character.
    """

    name: str
    document: str | None = None
    start: int | None = None

    def __str__(self) -> str:
        where = f" in {self.document!r}" if self.document is not None else ""
        return f"{self.name!r}{where}" + (f" at {self.start}" if self.start is not None else "")

    @property
    def code(self) -> str:
        """Equal for two ways to write the same thing."""
        return repr((name_key(self.name), self.document, self.start))


@dataclass(frozen=True, slots=True)
class Decision:
    """One block of a links file; `place` says where it stands ("links.toml, line 3")."""

    verb: Verb
    things: tuple[Thing, ...]
    place: str = ""
    label: str = ""
    type: EntityType = "Thing"
    note: str = ""

    @property
    def reason(self) -> str:
        """What a link says that was made by this decision."""
        return f"{self.place}: {self.verb}" + (f" ({self.note})" if self.note else "")


def parse(text: str, source: str = "links.toml") -> tuple[Decision, ...]:
    r"""The decisions in the text of a links file, in its order; `source` is what messages call it.

    Raises DecisionError for broken TOML, an unknown key and a value of a wrong kind.

    >>> [each.verb for each in parse('[[join]]\nthings = ["Jim Hale", "James Hale"]')]
    ['join']
    """
    try:
        blocks = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DecisionError(f"{source}: {error}") from error
    _refuse_unknown(blocks, tuple(KEYS), source)
    for verb, given in blocks.items():
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise DecisionError(f"{source}: {verb} is to be written as [[{verb}]]")
    lines = _lines(text, blocks)
    found: list[tuple[int, Decision]] = []
    for verb in KEYS:
        for number, block in enumerate(blocks.get(verb, ())):
            line = lines[verb][number] if verb in lines else 0
            place = f"{source}, line {line}" if line else f"{source}, {verb} {number + 1}"
            found.append((line, _decision(verb, block, place)))
    return tuple(decision for _, decision in sorted(found, key=lambda pair: pair[0]))


def check(decisions: Sequence[Decision]) -> None:
    """Raise DecisionError where a decision goes against another, whatever the documents say."""
    said: dict[tuple[str, str], Decision] = {}
    joined, joins = Clusters(), [each for each in decisions if each.verb == "join"]
    for decision in joins:
        for left, right in combinations(decision.things, 2):
            joined.join(Link(left.code, right.code, "same", 1.0, ""))
    for decision in decisions:
        if decision.verb in {"rename", "type"}:
            other = said.setdefault((decision.verb, decision.things[0].code), decision)
            if (other.label, other.type) != (decision.label, decision.type):
                raise contradiction(decision, other, decision.things[0])
        for left, right in combinations(decision.things, 2) if decision.verb == "separate" else ():
            if left.code == right.code:
                raise DecisionError(f"{decision.place}: {left} is to be separate from itself")
            if joined.root(left.code) == joined.root(right.code):
                root = joined.root(left.code)
                other = next(j for j in joins if joined.root(j.things[0].code) == root)
                raise contradiction(decision, other, left, right)


def contradiction(left: Decision, right: Decision, *things: Thing) -> DecisionError:
    """The error that two decisions cannot both hold, and of what."""
    about = " and ".join(map(str, things))
    return DecisionError(
        f"{left.place}: this {left.verb} goes against the {right.verb} of {right.place}, for {about}; "
        "remove one of them, or say in which document each holds"
    )


def block_of(decision: Decision) -> str:
    """A join or separate as a block of TOML that `parse` reads back.

    >>> print(block_of(Decision("join", (Thing("Jim Hale", "herald"), Thing("James Hale")))), end="")
    [[join]]
    things = [
        {name = "Jim Hale", document = "herald"},
        {name = "James Hale"},
    ]
    """
    things = "".join(f"    {{{', '.join(_pairs(thing))}}},\n" for thing in decision.things)
    note = f"note = {_string(decision.note)}\n" if decision.note else ""
    return f"[[{decision.verb}]]\nthings = [\n{things}]\n{note}"


def _pairs(thing: Thing) -> Iterator[str]:
    yield f"name = {_string(thing.name)}"
    if thing.document is not None:
        yield f"document = {_string(thing.document)}"
    if thing.start is not None:
        yield f"start = {thing.start}"


def _string(text: str) -> str:
    """A basic string of TOML on one line."""
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04X}" if letter < " " or letter == "\x7f" else letter


def _lines(text: str, blocks: Mapping[str, Any]) -> dict[str, list[int]]:
    """Verb -> the line of each of its blocks; a verb whose headers cannot be told is left out."""
    rows = text.split("\n")
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        match = _HEADER.match(row)
        if match:
            found.setdefault(match[1], []).append(number)
    if any(len(found.get(verb, ())) != len(blocks.get(verb, ())) for verb in KEYS):
        found = {
            verb: [n for n in numbers if _is_whole("\n".join(rows[: n - 1]))]
            for verb, numbers in found.items()
        }
    return {v: lines for v, lines in found.items() if len(lines) == len(blocks.get(v, ()))}


def _is_whole(text: str) -> bool:
    """Whether no string is left open at the end, so that what looks like a header after it is one."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _decision(verb: Verb, block: Mapping[str, Any], place: str) -> Decision:
    _refuse_unknown(block, (*KEYS[verb], "note"), place)
    for key in KEYS[verb]:
        if key not in block:
            raise DecisionError(f"{place}: {verb} has no {key}")
    if "things" in KEYS[verb]:
        given = block["things"]
        if not isinstance(given, list) or len(given) < 2:
            raise DecisionError(f"{place}: things is to be a list of two or more")
    else:
        given = [block["thing"]]
    things = tuple(_thing(each, place) for each in given)
    note = _line(block.get("note", ""), "note", place)
    if verb == "rename":
        label = _line(block["label"], "label", place)
        if not label:
            raise DecisionError(f"{place}: label is empty")
        return Decision(verb, things, place, label=label, note=note)
    if verb == "type":
        if block["type"] not in ENTITY_TYPES:
            known = ", ".join(ENTITY_TYPES)
            raise DecisionError(f"{place}: no type {block['type']!r}; known: {known}")
        return Decision(verb, things, place, type=cast(EntityType, block["type"]), note=note)
    return Decision(verb, things, place, note=note)


def _thing(given: object, place: str) -> Thing:
    if isinstance(given, str):
        given = {"name": given}
    if not isinstance(given, dict):
        raise DecisionError(f"{place}: a thing is a name, or a table with a name")
    _refuse_unknown(given, _THING_KEYS, place)
    name, document, start = (given.get(key) for key in _THING_KEYS)
    if not isinstance(name, str):
        raise DecisionError(f"{place}: a thing is a name, or a table with a name")
    if not name_key(name):
        raise DecisionError(f"{place}: {name!r} is no name")
    if document is not None and not isinstance(document, str):
        raise DecisionError(f"{place}: document is to be the id of a document, in quotes")
    if start is not None and (type(start) is not int or start < 0 or document is None):
        raise DecisionError(f"{place}: start is to be a character's number, beside a document")
    return Thing(" ".join(name.split()), document, start)


def _line(given: object, key: str, place: str) -> str:
    if not isinstance(given, str):
        raise DecisionError(f"{place}: {key} is to be words in quotes")
    return " ".join(given.split())


def _refuse_unknown(given: Iterable[str], known: tuple[str, ...], place: str) -> None:
    for key in given:
        if key not in known:
            raise DecisionError(f"{place}: unknown key {key!r}; known: {', '.join(known)}")
