"""Mends errors that the parser makes regularly. Each repair is a small function in the table `REPAIRS`.

A repair may change heads and labels of one block in place; token positions are block-wide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.lexicon import table, words


@dataclass(frozen=True, slots=True)
class Block:
    """The parse of one block, a list entry a token; repairs change `heads` and `labels` in place."""

    texts: Sequence[str]
    tags: Sequence[str]
    lemmas: Sequence[str]
    heads: list[int]
    labels: list[str]


def repair(block: Block) -> None:
    """Apply every repair, in order, to heads and labels; one that would tie a loop is taken back."""
    for mend in REPAIRS.values():
        heads, labels = block.heads[:], block.labels[:]
        mend(block)
        if block.heads != heads and _loops(block.heads):
            block.heads[:], block.labels[:] = heads, labels


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


def zero_that(block: Block) -> None:
    """Make a noun phrase between a speech verb and a finite verb the subject of a complement clause.

    "indicated Smith, the owner, was there" is often read as object plus coordinated verb:
    `was` is then a conjunct without a conjunction. The phrase must start right after the speech verb
    and end right before the finite verb.
    """
    for verb, label in enumerate(block.labels):
        if label != "conj" or block.tags[verb] not in {"VBD", "VBZ", "VBP"}:
            continue
        own = [i for i, head in enumerate(block.heads) if head == verb and i != verb]
        if any(block.labels[i] in {"nsubj", "nsubjpass", "expl", "csubj", "mark"} for i in own):
            continue
        start = min(
            [verb, *(i for i in own if block.labels[i] in {"aux", "auxpass", "neg"} and i < verb)]
        )
        last = start - 1 - (block.texts[start - 1] == ",")
        if last < 0 or block.tags[last] == "CC":
            continue
        noun = last
        while (
            block.labels[noun] in {"compound", "appos", "pobj", "prep", "det", "amod"}
            and block.heads[noun] != noun
        ):
            noun = block.heads[noun]
        speech = block.heads[noun]
        if (
            block.labels[noun] == "dobj"
            and block.lemmas[speech] in words("clause_takers")
            and speech < noun < verb
        ):
            passive = any(block.labels[i] == "auxpass" for i in own)
            block.heads[noun], block.labels[noun] = verb, "nsubjpass" if passive else "nsubj"
            block.heads[verb], block.labels[verb] = speech, "ccomp"


def parallel_noun(block: Block) -> None:
    """Coordinate a noun phrase with a noun phrase where the parser coordinated it with a verb.

    In "described him as a spy, said X, and a member of Y" the noun `member` goes with the nearest
    phrase before it, among those that the verb governs, that has the same kind of determiner.
    """
    for noun, label in enumerate(block.labels):
        verb = block.heads[noun]
        if (
            label != "conj"
            or not block.tags[noun].startswith("NN")
            or not block.tags[verb].startswith("VB")
        ):
            continue
        if any(
            block.labels[i] in {"nsubj", "cop", "nsubjpass"}
            for i, h in enumerate(block.heads)
            if h == noun
        ):
            continue
        wanted = _determiner(block, noun)
        for other in range(noun - 1, verb, -1):
            argument = block.labels[other] in {"dobj", "attr"} and block.heads[other] == verb
            governed = block.labels[other] == "pobj" and block.heads[block.heads[other]] == verb
            if (argument or governed) and _determiner(block, other) == wanted:
                block.heads[noun] = other
                break


def _determiner(block: Block, noun: int) -> str:
    """The kind of determiner of a noun: indefinite, other, or none."""
    for i in range(noun - 1, max(noun - 8, -1), -1):
        if block.heads[i] == noun and block.labels[i] in {"det", "poss"}:
            return "indefinite" if block.texts[i].lower() in {"a", "an"} else "other"
    return ""


def hyphenated_prefix(block: Block) -> None:
    """Make the noun the head of "ex-soldier", where the tokenizer cut it and the parser chose the prefix."""
    for i in range(len(block.texts) - 2):
        noun = i + 2
        if (
            block.texts[i].lower() not in _PREFIXES
            or block.texts[i + 1] != "-"
            or not block.tags[noun].startswith("NN")
        ):
            continue
        if block.heads[i] != noun:
            block.heads[noun], block.labels[noun] = (
                (block.heads[i], block.labels[i]) if block.heads[i] != i else (noun, "ROOT")
            )
            for k, head in enumerate(block.heads):
                if head == i and k not in {i, noun}:
                    block.heads[k] = noun
        block.heads[i], block.labels[i] = noun, "compound"
        block.heads[i + 1], block.labels[i + 1] = noun, "punct"


def two_objects(block: Block) -> None:
    """Give "handed Ann Lee the key" its two objects, where the parser made the key an apposition of Ann Lee."""
    for thing, label in enumerate(block.labels):
        person = block.heads[thing]
        verb = block.heads[person]
        if (
            label != "appos"
            or block.labels[person] != "dobj"
            or block.lemmas[verb] not in words("ditransitives")
        ):
            continue
        between = range(person + 1, thing)
        determined = any(
            block.heads[k] == thing and block.labels[k] in {"det", "poss", "nummod"}
            for k in between
        )
        if determined and not any(block.labels[k] == "punct" for k in between):
            block.heads[thing], block.labels[thing], block.labels[person] = verb, "dobj", "dative"


def close_apposition(block: Block) -> None:
    """Make "the vessel Alma Regina" one phrase, where the parser gave the verb two subjects."""
    for name, label in enumerate(block.labels):
        if label not in {"nsubj", "nsubjpass"} or block.tags[name] not in {"NNP", "NNPS"}:
            continue
        first = min([name, *(k for k, head in enumerate(block.heads) if head == name)])
        noun = first - 1
        if (
            noun < 0
            or block.heads[noun] != block.heads[name]
            or block.labels[noun] != label
            or block.tags[noun] != "NN"
        ):
            continue
        if any(block.heads[k] == noun and block.labels[k] == "det" for k in range(noun)):
            block.heads[name], block.labels[name] = noun, "appos"


def asked_clause(block: Block) -> None:
    """Give "asked the man who answered the phone whether ..." its question back from the relative clause."""
    for clause, label in enumerate(block.labels):
        if label != "ccomp" or block.labels[block.heads[clause]] != "relcl":
            continue
        person = block.heads[block.heads[clause]]
        verb = block.heads[person]
        asked = any(
            block.heads[k] == clause and block.texts[k].lower() == "whether"
            for k in range(len(block.heads))
        )
        if asked and block.labels[person] in {"dobj", "dative"} and block.lemmas[verb] == "ask":
            block.heads[clause] = verb


def person_apposition(block: Block) -> None:
    """Give "the director of the dam, Ann Lee" its person, where the parser made Ann Lee the dam."""
    kinds = table("noun_types")
    for name, label in enumerate(block.labels):
        thing = block.heads[name]
        if (
            label != "appos"
            or block.tags[name] != "NNP"
            or kinds.get(block.lemmas[thing]) == "Person"
            or not (block.lemmas[thing] in kinds or block.tags[thing] == "NNP")
        ):
            continue
        first = min(
            [name, *(k for k, head in enumerate(block.heads) if head == name and k > thing)]
        )
        if block.texts[first].lower() not in words("first_names"):
            continue
        above = thing
        while block.labels[above] == "pobj" and block.labels[block.heads[above]] == "prep":
            above = block.heads[block.heads[above]]
            if kinds.get(block.lemmas[above]) == "Person":
                block.heads[name] = above
                for mark, head in enumerate(block.heads):
                    if head == thing and mark > thing and block.labels[mark] == "punct":
                        block.heads[mark] = above
                break


def apposition_in_list(block: Block) -> None:
    """Give "she and the minister, Mr Lee" its apposition back: it describes the minister, not her."""
    for name, label in enumerate(block.labels):
        first = block.heads[name]
        if label != "appos" or block.tags[first] != "PRP":
            continue
        for noun in range(first + 1, name):
            if (
                block.heads[noun] == first
                and block.labels[noun] == "conj"
                and block.tags[noun].startswith("NN")
            ):
                block.heads[name] = noun


def time_holds_nothing(block: Block) -> None:
    """Give "seen for the first time in Turin" its place back from the noun "time"."""
    for preposition, label in enumerate(block.labels):
        noun = block.heads[preposition]
        if label != "prep" or block.texts[preposition].lower() not in {"in", "at", "on", "by"}:
            continue
        if block.lemmas[noun] not in words("times") or block.labels[noun] != "pobj":
            continue
        verb = block.heads[block.heads[noun]]
        if block.tags[verb].startswith("VB"):
            block.heads[preposition] = verb


def loose_particle(block: Block) -> None:
    """Make "down" the particle of "stepped down as chair", where the parser made it an adverb."""
    for particle, label in enumerate(block.labels):
        verb = block.heads[particle]
        if label != "advmod" or verb != particle - 1 or not block.tags[verb].startswith("VB"):
            continue
        alone = all(head != particle for k, head in enumerate(block.heads) if k != particle)
        if alone and block.texts[particle].lower() in _PARTICLES:
            block.labels[particle] = "prt"


def inverted_aside(block: Block) -> None:
    """Give "Ann, says Bo, left" its subject back, where the parser gave Ann to "says"."""
    heads, labels = block.heads, block.labels
    found: dict[int, list[int]] = {}
    for k, head in enumerate(heads):
        if labels[k] == "nsubj":
            found.setdefault(head, []).append(k)
    for aside, subjects in found.items():
        between = len(subjects) == 2 and subjects[0] < aside < subjects[1]
        if not between or block.texts[aside - 1] != ",":
            continue
        below = [k for k, head in enumerate(heads) if head == aside and k > subjects[1]]
        above = heads[aside] if labels[aside] == "parataxis" else None
        verb = next((k for k in below if labels[k] in {"advcl", "ccomp", "conj"}), above)
        if verb is None or verb < aside or not block.tags[verb].startswith("VB"):
            continue
        if verb in found:
            continue
        if verb != above:
            heads[verb], labels[verb] = heads[aside], labels[aside]
            if heads[verb] == aside:
                heads[verb] = verb
            heads[aside], labels[aside] = verb, "parataxis"
        heads[subjects[0]] = verb


_PARTICLES: Final = frozenset({"down", "up", "out", "off"})
_PREFIXES: Final = frozenset(
    {"ex", "co", "vice", "anti", "pro", "non", "mid", "then", "half", "step", "great"}
)

REPAIRS: Final[dict[str, Callable[[Block], None]]] = {
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
    "inverted_aside": inverted_aside,
}
