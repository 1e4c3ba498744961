"""Repairs of clauses: what a verb governs, and what governs it."""

from __future__ import annotations

from typing import Final

from kg.annotate.block import Block
from kg.lexicon import words

_PARTICLES: Final = frozenset({"down", "up", "out", "off"})


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
