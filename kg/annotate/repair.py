"""Mends errors that the parser makes regularly. Each repair is a small function in the table `REPAIRS`.

A repair may change heads and labels of one block in place; token positions are block-wide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kg.lexicon import table, words


def repair(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Apply every repair, in order, to `heads` and `labels`; one that would tie a loop is taken back."""
    for mend in REPAIRS.values():
        before = heads[:], labels[:]
        mend(texts, tags, lemmas, heads, labels)
        if heads != before[0] and _loops(heads):
            heads[:], labels[:] = before


def _loops(heads: Sequence[int]) -> bool:
    """Whether some token does not lead to a root."""
    safe: set[int] = set()
    for i in range(len(heads)):
        path: list[int] = []
        seen: set[int] = set()
        while i not in safe and heads[i] != i:
            if i in seen:
                return True
            seen.add(i)
            path.append(i)
            i = heads[i]
        safe.update(path)
    return False


def zero_that(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Make a noun phrase between a speech verb and a finite verb the subject of a complement clause.

    "indicated Smith, the owner, was there" is often read as object plus coordinated verb:
    `was` is then a conjunct without a conjunction. The phrase must start right after the speech verb
    and end right before the finite verb.
    """
    for verb, label in enumerate(labels):
        if label != "conj" or tags[verb] not in {"VBD", "VBZ", "VBP"}:
            continue
        own = [i for i, head in enumerate(heads) if head == verb and i != verb]
        if any(labels[i] in {"nsubj", "nsubjpass", "expl", "csubj", "mark"} for i in own):
            continue
        start = min(
            [verb, *(i for i in own if labels[i] in {"aux", "auxpass", "neg"} and i < verb)]
        )
        last = start - 1 - (texts[start - 1] == ",")
        if last < 0 or tags[last] == "CC":
            continue
        noun = last
        while (
            labels[noun] in {"compound", "appos", "pobj", "prep", "det", "amod"}
            and heads[noun] != noun
        ):
            noun = heads[noun]
        speech = heads[noun]
        if (
            labels[noun] == "dobj"
            and lemmas[speech] in words("clause_takers")
            and speech < noun < verb
        ):
            passive = any(labels[i] == "auxpass" for i in own)
            heads[noun], labels[noun] = verb, "nsubjpass" if passive else "nsubj"
            heads[verb], labels[verb] = speech, "ccomp"


def parallel_noun(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Coordinate a noun phrase with a noun phrase where the parser coordinated it with a verb.

    In "described him as a spy, said X, and a member of Y" the noun `member` goes with the nearest
    phrase before it, among those that the verb governs, that has the same kind of determiner.
    """
    for noun, label in enumerate(labels):
        verb = heads[noun]
        if label != "conj" or not tags[noun].startswith("NN") or not tags[verb].startswith("VB"):
            continue
        if any(
            labels[i] in {"nsubj", "cop", "nsubjpass"} for i, h in enumerate(heads) if h == noun
        ):
            continue
        wanted = _determiner(texts, heads, labels, noun)
        for other in range(noun - 1, verb, -1):
            argument = labels[other] in {"dobj", "attr"} and heads[other] == verb
            governed = labels[other] == "pobj" and heads[heads[other]] == verb
            if (argument or governed) and _determiner(texts, heads, labels, other) == wanted:
                heads[noun] = other
                break


def _determiner(
    texts: Sequence[str], heads: Sequence[int], labels: Sequence[str], noun: int
) -> str:
    """The kind of determiner of a noun: indefinite, other, or none."""
    for i in range(noun - 1, max(noun - 8, -1), -1):
        if heads[i] == noun and labels[i] in {"det", "poss"}:
            return "indefinite" if texts[i].lower() in {"a", "an"} else "other"
    return ""


def hyphenated_prefix(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Make the noun the head of "ex-soldier", where the tokenizer cut it and the parser chose the prefix."""
    for i in range(len(texts) - 2):
        noun = i + 2
        if (
            texts[i].lower() not in _PREFIXES
            or texts[i + 1] != "-"
            or not tags[noun].startswith("NN")
        ):
            continue
        if heads[i] != noun:
            heads[noun], labels[noun] = (heads[i], labels[i]) if heads[i] != i else (noun, "ROOT")
            for k, head in enumerate(heads):
                if head == i and k not in {i, noun}:
                    heads[k] = noun
        heads[i], labels[i] = noun, "compound"
        heads[i + 1], labels[i + 1] = noun, "punct"


def two_objects(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Give "handed Ann Lee the key" its two objects, where the parser made the key an apposition of Ann Lee."""
    for thing, label in enumerate(labels):
        person = heads[thing]
        verb = heads[person]
        if (
            label != "appos"
            or labels[person] != "dobj"
            or lemmas[verb] not in words("ditransitives")
        ):
            continue
        between = range(person + 1, thing)
        determined = any(
            heads[k] == thing and labels[k] in {"det", "poss", "nummod"} for k in between
        )
        if determined and not any(labels[k] == "punct" for k in between):
            heads[thing], labels[thing], labels[person] = verb, "dobj", "dative"


def close_apposition(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Make "the vessel Alma Regina" one phrase, where the parser gave the verb two subjects."""
    for name, label in enumerate(labels):
        if label not in {"nsubj", "nsubjpass"} or tags[name] not in {"NNP", "NNPS"}:
            continue
        first = min([name, *(k for k, head in enumerate(heads) if head == name)])
        noun = first - 1
        if noun < 0 or heads[noun] != heads[name] or labels[noun] != label or tags[noun] != "NN":
            continue
        if any(heads[k] == noun and labels[k] == "det" for k in range(noun)):
            heads[name], labels[name] = noun, "appos"


def asked_clause(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Give "asked the man who answered the phone whether ..." its question back from the relative clause."""
    for clause, label in enumerate(labels):
        if label != "ccomp" or labels[heads[clause]] != "relcl":
            continue
        person = heads[heads[clause]]
        verb = heads[person]
        asked = any(heads[k] == clause and texts[k].lower() == "whether" for k in range(len(heads)))
        if asked and labels[person] in {"dobj", "dative"} and lemmas[verb] == "ask":
            heads[clause] = verb


def person_apposition(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Give "the director of the dam, Ann Lee" its person, where the parser made Ann Lee the dam."""
    kinds = table("noun_types")
    for name, label in enumerate(labels):
        thing = heads[name]
        if label != "appos" or tags[name] != "NNP" or kinds.get(lemmas[thing]) in {None, "Person"}:
            continue
        first = min([name, *(k for k, head in enumerate(heads) if head == name and k > thing)])
        if texts[first].lower() not in words("first_names"):
            continue
        above = thing
        while labels[above] == "pobj" and labels[heads[above]] == "prep":
            above = heads[heads[above]]
            if kinds.get(lemmas[above]) == "Person":
                heads[name] = above
                break


def apposition_in_list(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Give "she and the minister, Mr Lee" its apposition back: it describes the minister, not her."""
    for name, label in enumerate(labels):
        first = heads[name]
        if label != "appos" or tags[first] != "PRP":
            continue
        for noun in range(first + 1, name):
            if heads[noun] == first and labels[noun] == "conj" and tags[noun].startswith("NN"):
                heads[name] = noun


def time_holds_nothing(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Give "seen for the first time in Turin" its place back from the noun "time"."""
    for preposition, label in enumerate(labels):
        noun = heads[preposition]
        if label != "prep" or texts[preposition].lower() not in {"in", "at", "on", "by"}:
            continue
        if lemmas[noun] not in words("times") or labels[noun] != "pobj":
            continue
        verb = heads[heads[noun]]
        if tags[verb].startswith("VB"):
            heads[preposition] = verb


def loose_particle(
    texts: Sequence[str],
    tags: Sequence[str],
    lemmas: Sequence[str],
    heads: list[int],
    labels: list[str],
) -> None:
    """Make "down" the particle of "stepped down as chair", where the parser made it an adverb."""
    for particle, label in enumerate(labels):
        verb = heads[particle]
        if label != "advmod" or verb != particle - 1 or not tags[verb].startswith("VB"):
            continue
        alone = all(head != particle for k, head in enumerate(heads) if k != particle)
        if alone and texts[particle].lower() in _PARTICLES:
            labels[particle] = "prt"


_PARTICLES: Final = frozenset({"down", "up", "out", "off"})
_PREFIXES: Final = frozenset(
    {"ex", "co", "vice", "anti", "pro", "non", "mid", "then", "half", "step", "great"}
)

REPAIRS: Final[dict[str, Callable[..., None]]] = {
    "zero_that": zero_that,
    "parallel_noun": parallel_noun,
    "hyphenated_prefix": hyphenated_prefix,
    "two_objects": two_objects,
    "asked_clause": asked_clause,
    "close_apposition": close_apposition,
    "person_apposition": person_apposition,
    "apposition_in_list": apposition_in_list,
    "time_holds_nothing": time_holds_nothing,
    "loose_particle": loose_particle,
}
