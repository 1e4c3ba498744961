"""Repairs of clauses: what a verb governs, and what governs it."""

from __future__ import annotations

from typing import Final

from kg.annotate.block import Block
from kg.lexicon import words

_PLAIN: Final = frozenset({"affect", "pretend", "manage", "fail", "try", "hope", "attempt", "decline", "refuse", "offer", "agree", "decide", "plan", "seek", "aim", "intend"})  # fmt: skip
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
    """Give "asked the guard who opened the door whether ..." its question back from the relative clause."""
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
    """Give "shown for the second time in Turin" its place back from the noun "time"."""
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


def reduced_relative(block: Block) -> None:
    """Give "farmers led by Ann Lee blocked the road" its verb: the participle with "by" only describes the subject."""
    for verb, tag in enumerate(block.tags):
        if tag not in {"VBD", "VBN"} or not block.has(verb, "agent"):
            continue
        if block.has(verb, "aux", "auxpass"):
            continue
        subjects = [k for k in block.children(verb, "nsubj", "nsubjpass") if k < verb]
        main = block.heads[verb]
        finite = block.tags[main] in {"VBD", "VBZ", "VBP"} and main > verb
        if len(subjects) != 1 or not finite or block.has(main, "nsubj"):
            continue
        subject = subjects[0]
        for k in list(block.children(verb, "advmod", "mark")):
            if k < subject:
                block.attach(k, main)
                if block.labels[main] == "conj":
                    block.labels[main] = "advcl"
        block.attach(subject, main, "nsubj")
        block.attach(verb, subject, "acl")
        block.tags[verb] = "VBN"


def parallel_perfect(block: Block) -> None:
    """Coordinate "had given" with "had been", not with the "was released" that stands between them."""
    for verb, label in enumerate(block.labels):
        between = block.heads[verb]
        if label != "conj" or block.labels[between] not in {"advcl", "relcl"}:
            continue
        first = block.heads[between]
        if (
            _is_perfect(block, verb)
            and _is_perfect(block, first)
            and not _is_perfect(block, between)
            and not block.has(verb, "nsubj", "nsubjpass")
            and first < between < verb
        ):
            block.attach(verb, first)


def _is_perfect(block: Block, verb: int) -> bool:
    return any(block.texts[k].lower() == "had" for k in block.children(verb, "aux"))


def neither_verb(block: Block) -> None:
    """Let "neither met X nor paid Y" deny its first verb, too."""
    for i, text in enumerate(block.texts[:-1]):
        if text.lower() != "neither":
            continue
        verb = i + 1
        while verb < len(block.tags) - 1 and block.tags[verb] in {"RB", "TO", "MD"}:
            verb += 1
        if block.tags[verb].startswith("VB") and block.heads[i] != verb:
            if block.labels[verb] in {"aux", "auxpass"}:
                verb = block.heads[verb]
            block.attach(i, verb, "preconj")


def gerund_for_adjective(block: Block) -> None:
    """Make "drilling" of "runs drilling rigs" an adjective: "run" takes no gerund."""
    for i, label in enumerate(block.labels):
        verb = block.heads[i]
        if label != "xcomp" or block.tags[i] != "VBG" or verb != i - 1:
            continue
        objects = list(block.children(i, "dobj"))
        if block.lemmas[verb] in words("gerund_takers") or objects != [i + 1]:
            continue
        noun = i + 1
        block.attach(noun, verb, "dobj")
        for k in list(block.children(i)):
            if k != noun:
                block.attach(k, noun)
        block.attach(i, noun, "amod")


def with_doing(block: Block) -> None:
    """Make Genoa the winner in "ended with Genoa winning", where the parser chose the subject of "ended"."""
    for verb, label in enumerate(block.labels):
        noun = verb - 1
        if (
            label != "advcl"
            or block.tags[verb] != "VBG"
            or noun < 1
            or block.labels[noun] != "pobj"
        ):
            continue
        preposition = block.heads[noun]
        if (
            block.texts[preposition].lower() == "with"
            and block.heads[preposition] == block.heads[verb]
        ):
            block.attach(verb, noun, "acl")


def headline_after(block: Block) -> None:
    """Give "Ferry halted after deckhand spots crack" its two clauses: it is the deckhand who spots it."""
    for verb, label in enumerate(block.labels):
        noun = verb - 1
        if label != "ROOT" or block.tags[verb] not in {"VBZ", "VBP"} or noun < 2:
            continue
        preposition = block.heads[noun]
        done = block.heads[preposition]
        if block.labels[noun] != "pobj" or block.texts[preposition].lower() not in {
            "after",
            "before",
            "as",
        }:
            continue
        subject = block.heads[done]
        if block.labels[done] != "acl" or block.tags[done] != "VBN" or block.heads[subject] != verb:
            continue
        block.heads[done], block.labels[done] = done, "ROOT"
        block.attach(subject, done, "nsubjpass")
        block.attach(noun, verb, "nsubj")
        block.attach(preposition, verb, "mark")
        block.attach(verb, done, "advcl")


def object_of_infinitive(block: Block) -> None:
    """Give "whom he pretended to hate" to "hate": "pretend" has no object beside an infinitive."""
    for i, label in enumerate(block.labels):
        verb = block.heads[i]
        if (
            label != "dobj"
            or block.tags[i] not in {"WP", "WDT"}
            or block.lemmas[verb] not in _PLAIN
        ):
            continue
        inner = [k for k in block.children(verb, "xcomp") if k > verb]
        if inner:
            block.attach(i, inner[0])


def finite_conjunct(block: Block) -> None:
    """Coordinate "has been ill" with "wants", not with the "to sing" between them: both are finite."""
    for verb, label in enumerate(block.labels):
        inner = block.heads[verb]
        if label != "conj" or block.labels[inner] != "xcomp" or block.tags[inner] != "VB":
            continue
        to = any(block.texts[k].lower() == "to" for k in block.children(inner, "aux"))
        helpers = [block.tags[k] for k in block.children(verb, "aux", "auxpass")]
        if to and {"VBZ", "VBP", "VBD"} & {block.tags[verb], *helpers}:
            block.attach(verb, block.heads[inner])
