"""Word lists as TSV. Each file's header comment says what it holds and where it comes from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from kg.errors import KgError


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `NAME.tsv`, comments and blank lines left out, cells stripped.

    >>> len(rows("attitudes")[0])
    2
    """
    path = files(__package__) / f"{name}.tsv"
    if not path.is_file():
        raise KgError(f"no word list {name!r} in kg/lexicon")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(cell.strip() for cell in line.split("\t"))
        for line in lines
        if line.strip() and not line.startswith("#")
    )


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `NAME.tsv` as a set."""
    return frozenset(row[0] for row in rows(name))


@cache
def table(name: str) -> dict[str, str]:
    """The first two columns of `NAME.tsv` as a mapping."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """The rows of `NAME.tsv` as a set, for phrases of several words."""
    return frozenset(rows(name))


def in_calendar(word: str) -> bool:
    """Whether a word names a day of the week or a month: a time even where no date can be worked out.

    >>> in_calendar("Tuesday"), in_calendar("Tues.")
    (True, False)
    """
    return table("date_names").get(word.lower()) in {"month", "weekday"}


def first_name(word: str) -> str:
    """The gender that a first name usually goes with (m, f, mf); "" where the word is none. Accents do not count.

    >>> first_name("Jérôme"), first_name("Ann"), first_name("Genoa")
    ('m', 'f', '')
    """
    bare = "".join(c for c in normalize("NFD", word.casefold()) if not combining(c))
    return table("first_names").get(bare.translate(_PLAIN), "")


_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})
