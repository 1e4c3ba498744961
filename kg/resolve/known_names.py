"""The names of known things, kept only as far as a corpus asks for them, and what they fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from unicodedata import combining, normalize

from kg.lexicon import rows
from kg.model import Entity, EntityType, KnownThing, Mention
from kg.resolve.names import Key, name_key, without_legal_form

# How likely a thing of such a name is meant, were it the only one: the same words; the same but for
# accents, hyphens and apostrophes; the same but for a legal form.
SAME_WORDS: Final = 0.95
SAME_LETTERS: Final = 0.9
SAME_BODY: Final = 0.85

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("-‐‑–", " ")
    | dict.fromkeys("'’‘`ʼ", "")
)
_NAMELESS: Final = frozenset({None, "Thing"})  # types that tell nothing


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity: its key, its words, the first mention that has them."""

    key: Key
    text: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Fit:
    """A known thing, how it is called where it fits a name, and how well it fits."""

    thing: KnownThing
    called: str
    likeness: float


def agree(left: EntityType | None, right: EntityType | None) -> bool:
    """Whether a thing can be of both types: a group of people may be an organisation.

    >>> agree("Person", "Thing"), agree("Person", "Place")
    (True, False)
    """
    if left in _NAMELESS or right in _NAMELESS or left == right:
        return True
    return {left, right} == {"Group", "Organization"}


@lru_cache(maxsize=1 << 16)
def plain(key: Key) -> str:
    """The words of a key without accents, hyphens and apostrophes.

    >>> plain(("jean-luc", "o’søren", "ávila"))
    'jean luc osoren avila'
    """
    return _plain(key)


def _plain(key: Key) -> str:
    text = " ".join(key)
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return text.translate(_LETTERS)


@cache
def _doubtful_titles() -> frozenset[str]:
    """Titles that names of other things begin with, too: "General Motors", "Queen Mary"."""
    return frozenset(title for title, *other in rows("titles") if other)


def title_of(name: str) -> str:
    """The title before a name that may be a part of it, in lower case; "" where there is none.

    >>> title_of("General Kettles"), title_of("Mr Vance"), title_of("General")
    ('general', '', '')
    """
    first, _, rest = name.strip().casefold().removeprefix("the ").partition(" ")
    return first.rstrip(".") if rest and first in _doubtful_titles() else ""


class KnownNames:
    """Known things by the names that the entities of a corpus have; the others are let go."""

    def __init__(self, things: Iterable[KnownThing], entities: Sequence[Entity]) -> None:
        self._places = {
            (m.document, m.span.start): m
            for entity in entities
            for m in entity.mentions
            if m.kind == "name" and m.type == "Place"
        }
        names = [name for e in entities for name in (*self.of(e), *self.located(e))]
        self._wanted = {plain(key) for n in names for key in (n.key, without_legal_form(n.key))}
        self._last = {text.rpartition(" ")[2] for text in self._wanted}
        self._single = {plain(n.key) for n in names if len(n.key) == 1}
        self._full: defaultdict[str, list[tuple[Key, str, KnownThing]]] = defaultdict(list)
        self._bodies: defaultdict[str, list[tuple[str, KnownThing]]] = defaultdict(list)
        self._surnames: defaultdict[str, set[str]] = defaultdict(set)
        for thing in things:
            for called in (thing.label, *thing.aliases):
                self._take(thing, called)

    def _may_be_wanted(self, thing: KnownThing, called: str) -> bool:
        """Whether the last word lets a name be one that is wanted: most of a million are ruled out so."""
        last = called[called.rfind(" ") + 1 :]
        if not (last.isascii() and last.isalnum()):
            return True
        word = last.casefold()
        form = thing.type == "Organization" and without_legal_form(("", word)) == ("",)
        return form or word in self._last

    def _take(self, thing: KnownThing, called: str) -> None:
        if not self._may_be_wanted(thing, called):
            return
        key: Key = name_key.__wrapped__(called)  # a million names would only flush the cache
        text = _plain(key)
        if text in self._wanted:
            self._full[text].append((key, called, thing))
        if thing.type == "Organization":
            body = without_legal_form(key)
            if body != key and (text := _plain(body)) in self._wanted:
                self._bodies[text].append((called, thing))
        elif len(key) > 1 and (thing.type in _NAMELESS or thing.type == "Person"):
            surname = _plain(key[-1:])
            if surname in self._single:
                self._surnames[surname].add(thing.iri)

    def of(self, entity: Entity) -> list[Name]:
        """The names of an entity, each once, in the order of its mentions; none for what has no name."""
        found: dict[Key, Name] = {}
        own = [m for m in entity.mentions if m.kind == "name"]
        for mention in own:
            name = Name(name_key(mention.text), mention.text, mention)
            found.setdefault(name.key, name)
        if own:
            label = Name(name_key(entity.label), entity.label, own[0])
            found.setdefault(label.key, label)
        found.pop((), None)
        return list(found.values())

    def located(self, entity: Entity) -> list[Name]:
        """The names of a place together with the place named right after it: "Dublin, Ohio".

        In a list ("Dublin, Cork and Galway") there is none. Mentions hold no text between them: two
        characters are taken for a comma and a space.
        """
        found: dict[Key, Name] = {}
        for mention in entity.mentions:
            if mention.kind != "name" or mention.type != "Place":
                continue
            next_ = self._after(mention, 2)
            if next_ and not (self._after(next_, 2) or self._after(next_, 5)):
                key = (*name_key(mention.text), *name_key(next_.text))
                found.setdefault(key, Name(key, f"{mention.text}, {next_.text}", mention))
        return list(found.values())

    def _after(self, mention: Mention, gap: int) -> Mention | None:
        return self._places.get((mention.document, mention.span.end + gap))

    def fits(self, name: Name, type_: EntityType) -> dict[str, Fit]:
        """The known things that a name of something of that type fits, of whatever type, by IRI."""
        found: dict[str, Fit] = {}

        def take(thing: KnownThing, called: str, likeness: float) -> None:
            if title_of(called) != title_of(name.text):
                people = type_ == "Person" and thing.type in {"Person", None}
                if len(name.key) == 1 or not people:  # "Kettles" is not "General Kettles"
                    return
            fit, before = Fit(thing, called, likeness), found.get(thing.iri)
            if not before or (-likeness, called) < (-before.likeness, before.called):
                found[thing.iri] = fit

        text = plain(name.key)
        for key, called, thing in self._full.get(text, ()):
            take(thing, called, SAME_WORDS if key == name.key else SAME_LETTERS)
        if type_ == "Organization":
            for called, thing in self._bodies.get(text, ()):
                take(thing, called, SAME_BODY)
            body = without_legal_form(name.key)
            if body != name.key:
                for _, called, thing in self._full.get(plain(body), ()):
                    if thing.type == "Organization":
                        take(thing, called, SAME_BODY)
        return dict(sorted(found.items()))

    def best(self, name: Name, type_: EntityType) -> dict[str, Fit]:
        """The things of an agreeing type that fit a name best.

        A name without accents may stand for one with accents as well as for itself.
        """
        fits = {i: f for i, f in self.fits(name, type_).items() if agree(type_, f.thing.type)}
        most = max((f.likeness for f in fits.values()), default=0.0)
        if most == SAME_WORDS and plain(name.key) == " ".join(name.key):
            most = SAME_LETTERS
        return {iri: fit for iri, fit in fits.items() if fit.likeness >= most}

    def surnamed(self, name: Name) -> set[str]:
        """The known things, people as far as is told, whose longer names end with this one word."""
        return self._surnames.get(plain(name.key), set()) if len(name.key) == 1 else set()
