"""Resolution of generated documents: seconds, memory, pairs and links by the number of clusters.

    python -m tests.bench.resolve [COUNT ...]

The documents are drawn from a seeded source: people, firms and places whose names are common as names are (a
few surnames are very frequent), told in full, by initials, by surname and in other spellings. Each size runs in
a process of its own, so that the peak of memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import accumulate
from math import log
from random import Random
from typing import Final

from kg.lexicon import rows, words
from kg.model import Mention, Span
from kg.resolve import across as stage
from kg.resolve import resolve
from kg.resolve.groups import Group

SIZES: Final = (10_000, 20_000, 50_000, 100_000)
_A_DOCUMENT: Final = 12  # clusters of a document: eight people, two firms, two places
_SYLLABLES: Final = [a + b for a in "bdfghjklmnprstvwz" for b in "aeiou"]


def generated(count: int, seed: int = 7) -> list[Mention]:
    """Mentions of about `count` clusters, one or two a cluster where it is one name; no links are needed."""
    dice = Random(seed)
    world = _World(dice, count)
    mentions: list[Mention] = []
    for number in range(count // _A_DOCUMENT):
        topic = dice.randrange(world.topics)
        place = 0
        for kind in ("Person",) * 8 + ("Organization",) * 2 + ("Place",) * 2:
            text = world.called(kind, topic)
            name = f"document-{number:06d}"
            span = Span(place, place + len(text))
            mentions.append(Mention(f"{name}#char={span.start},{span.end}", name, span, span, text, place, kind, "name"))  # type: ignore[arg-type]  # fmt: skip
            place += len(text) + 1
    return mentions


class _World:
    """People, firms and places by topic; a document is of one topic, with one in five from anywhere."""

    def __init__(self, dice: Random, count: int) -> None:
        self.topics = max(count // 100, 1)
        self._dice = dice
        common = sorted(words("common_surnames"))
        rare = sorted({self._word(3).title() for _ in range(max(count // 20, 50))})
        self._surnames = [*(each.title() for each in common), *rare]
        self._given = [row[0].title() for row in rows("first_names")]
        self._shares = {
            "surname": list(accumulate(1 / (n + 3) for n in range(len(self._surnames)))),
            "given": list(accumulate(1 / (n + 10) for n in range(len(self._given)))),
        }
        dice.shuffle(self._given)
        self._people = [[self._person() for _ in range(12)] for _ in range(self.topics)]
        self._firms = [[self._firm() for _ in range(3)] for _ in range(self.topics)]
        self._places = [[self._word(3).title() for _ in range(3)] for _ in range(self.topics)]

    def _word(self, syllables: int) -> str:
        return "".join(self._dice.choice(_SYLLABLES) for _ in range(syllables))

    def _person(self) -> tuple[str, str]:
        given, surname = (self._dice.choices(names, cum_weights=self._shares[k])[0] for k, names in (("given", self._given), ("surname", self._surnames)))  # fmt: skip
        return given, surname

    def _firm(self) -> tuple[str, str]:
        return f"{self._word(3).title()} {self._dice.choice(['Freight', 'Mills', 'Printing', 'Foods'])}", self._dice.choice(["Ltd", "AG", "Group", "Inc"])  # fmt: skip

    def called(self, kind: str, topic: int) -> str:
        """A name of one of the topic's people, firms or places, in one of its forms."""
        dice = self._dice
        near = topic if dice.random() < 0.8 else dice.randrange(self.topics)
        if kind == "Place":
            return dice.choice(self._places[near])
        if kind == "Organization":
            name, form = dice.choice(self._firms[near])
            return f"{name} {form}" if dice.random() < 0.4 else name
        given, surname = dice.choice(self._people[near])
        form = dice.random()
        if form < 0.65:
            return f"{given} {surname}"
        if form < 0.8:
            return f"{given[0]}. {surname}"
        return surname if form < 0.95 else f"{given} {surname.replace('v', 'w').replace('k', 'q')}"


def measured(count: int) -> dict[str, float]:
    """Seconds, megabytes at the peak, pairs compared and links of one run."""
    mentions = generated(count)
    compared = 0
    original = stage.fit

    def counting(left: Group, right: Group) -> object:
        nonlocal compared
        compared += 1
        return original(left, right)

    stage.fit = counting  # type: ignore[assignment]
    started = time.perf_counter()
    entities, links = resolve(mentions, ())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    same = sum(link.judgement == "same" for link in links)
    return {"clusters": len(mentions), "seconds": seconds, "memory": peak, "pairs": compared, "links": len(links), "same": same, "entities": len(entities)}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; one line a size, the exponent of growth from the line before."""
    told = list(arguments if arguments is not None else sys.argv[1:])
    if told[:1] == ["--one"]:
        sys.stdout.write(json.dumps(measured(int(told[1]))) + "\n")
        return 0
    say(f"{'clusters':>9}{'seconds':>9}{'MB':>7}{'pairs':>11}{'links':>9}{'same':>9}{'entities':>10}{'growth':>8}")  # fmt: skip
    before: dict[str, float] | None = None
    for count in map(int, told or SIZES):
        command = [sys.executable, "-m", "tests.bench.resolve", "--one", str(count)]
        row = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        growth = log(row["seconds"] / before["seconds"]) / log(row["clusters"] / before["clusters"]) if before else None  # fmt: skip
        end = f"{growth:>8.2f}" if growth is not None else f"{'–':>8}"
        say(f"{row['clusters']:>9,}{row['seconds']:>9.1f}{row['memory']:>7.0f}{row['pairs']:>11,}{row['links']:>9,}{row['same']:>9,}{row['entities']:>10,}{end}")  # fmt: skip
        before = row
    return 0


def say(line: str) -> None:
    """Print to standard output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
