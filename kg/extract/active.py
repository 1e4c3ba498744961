"""Propositions of active clauses: objects, prepositional arguments, roles after "as", mutual verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from kg.extract.drafts import Drafts, Frame, Phrase
from kg.extract.obliques import Oblique
from kg.extract.proposition import Proposition
from kg.extract.status import Source, attitude, cue
from kg.extract.tree import Tree
from kg.lexicon import table, words
from kg.model import Literal, Mention

# Verbs whose object says of what an amount is: "had revenues of £2m".
_HAVING: Final = frozenset({"have", "report", "post", "make", "earn", "record", "owe", "own", "hold", "book", "face", "suffer", "show", "register"})  # fmt: skip
_ALONE: Final = frozenset({"itself", "themselves", "himself", "herself"})
_DIRECTIONS: Final = frozenset({"home", "abroad", "overseas", "ashore", "upstairs", "downstairs", "north", "south", "east", "west", "northward", "southward", "inland", "offshore", "underground", "aboard", "backstage", "downtown"})  # fmt: skip
_RELATING: Final = frozenset({"in", "on", "to", "with", "over", "against"})


def active(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """What an active clause says of its subjects."""
    clause, phrase = frame.clause, frame.phrase
    objects = [o for o in clause.objects if drafts.ends.end(o) is not None]
    called = drafts.tree.kids(clause.verb, "oprd") if objects else []
    for subject in clause.subjects:
        for obj in objects:
            if called:
                yield from _called(drafts, frame, subject, obj, called[0])
                continue
            yield from drafts.make(frame, subject, phrase, obj, "object")
            yield from _of_object(drafts, frame, subject, obj)
        for oblique in clause.obliques:
            yield from _oblique(drafts, frame, subject, oblique)
        for attribute in clause.attributes if not called else ():
            yield from drafts.role(frame, subject, phrase, attribute)
        if not clause.objects:
            yield from drafts.gerund(frame, subject, phrase)
    if not objects:
        yield from _mutual(drafts, frame)
        yield from drafts.dated(frame, phrase)
        yield from _how(drafts, frame)


def _oblique(drafts: Drafts, frame: Frame, subject: int, oblique: Oblique) -> Iterator[Proposition]:
    """A prepositional argument: an end of its own, after the object's noun where there is one."""
    clause, ends = frame.clause, drafts.ends
    if ends.end(oblique.head) is None or ends.date_at(oblique.head):
        return
    if oblique.role == "as":
        yield from _as(drafts, frame, subject, oblique)
    elif oblique.role in words("adjunct_prepositions"):
        return
    elif not clause.objects:
        full = frame.phrase.plus(oblique.prepositions, oblique.role)
        yield from drafts.make(frame, subject, full, oblique.head, "oblique")
        for preposition, head in named_complements(drafts, oblique.head):
            longer = replace(frame, phrase=full)
            yield from through(drafts, longer, subject, oblique.head, (preposition,), head)
    else:
        noun = clause.objects[0]
        if noun < oblique.head:
            yield from through(drafts, frame, subject, noun, oblique.prepositions, oblique.head)


def through(
    drafts: Drafts, frame: Frame, subject: int, noun: int, preposition: tuple[int, ...], head: int
) -> Iterator[Proposition]:
    """As in "took payments from X", "holds a stake in X": a relation through the object's noun."""
    mention, end = drafts.ends.thing(noun), drafts.ends.end(head)
    if end is None or mention is None or not _is_common(mention):
        return
    if isinstance(end, Literal):
        if drafts.ends.date_at(head) or not any(c.isdigit() for c in end.value):
            return
    elif end.kind == "pronoun":
        return
    full = frame.phrase.plus((noun,), drafts.tree.lemma(noun))
    full = full.plus(preposition, " ".join(map(drafts.tree.word, preposition)))
    yield from drafts.make(frame, subject, full, head, "object and oblique")


def _called(
    drafts: Drafts, frame: Frame, subject: int, obj: int, said: int
) -> Iterator[Proposition]:
    """As in "called the plan a disaster", "elected Ann Lee president", "named the boat Kestrel"."""
    tree = drafts.tree
    name = drafts.ends.thing(said)
    if name and name.kind == "name":
        lemma = f"be {participle(tree, frame.clause.verb)}"
        yield from drafts.make(frame, obj, Phrase(frame.phrase.words, lemma), said, "small clause")
        yield from drafts.make(frame, subject, frame.phrase, obj, "object")
        return
    phrase = frame.phrase.plus((said,), tree.lemma(said))
    yield from drafts.make(frame, subject, phrase, obj, "small clause")


def _how(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "worked perfectly", "flew home": how or where to, where nothing else is said."""
    tree, clause = drafts.tree, frame.clause
    if clause.objects or clause.attributes or clause.particles:
        return
    if tree.kids(clause.verb, "ccomp", "xcomp", "dobj", "acomp"):
        return
    found: list[tuple[int, Literal]] = []
    for k in tree.kids(clause.verb, "advmod") if not clause.obliques else ():
        word = tree.word(k)
        manner = word.endswith("ly") and word not in table("adverbs")
        if k == clause.verb + 1 and not tree.children[k] and (manner or word in _DIRECTIONS):
            found.append((k, drafts.ends.words(k)))
    for k in tree.kids(clause.verb, "prep"):
        alone = any(tree.word(p) in _ALONE for p in tree.kids(k, "pobj"))
        if tree.word(k) == "by" and alone:
            found.append((k, drafts.ends.clause(k)))
    for subject in clause.subjects:
        holder = drafts.ends.holder(subject)
        if holder is None:
            continue
        for k, value in found:
            yield Proposition(
                holder, subject, frame.phrase.words, frame.phrase.lemma, value, k, clause.verb,
                frame.status, "manner",
            )  # fmt: skip


def _is_common(mention: Mention) -> bool:
    """Whether a noun can be a word of a relation: no name, unless of a language or a subject ("taught French")."""
    return mention.kind == "nominal" or (mention.kind == "name" and mention.type == "Thing")


def _of_object(drafts: Drafts, frame: Frame, subject: int, noun: int) -> Iterator[Proposition]:
    """The same where the preposition belongs to the noun ("an interest in X"); "of" says whose, not with whom."""
    tree = drafts.tree
    for owner in tree.kids(noun, "poss"):
        end, owned = drafts.ends.thing(owner), drafts.ends.thing(noun)
        body = end and end.kind == "name" and end.type in {"Organization", "Person"}
        if body and owned and owned.type != "Person":
            phrase = frame.phrase.plus((noun,), f"{tree.lemma(noun)} of")
            yield from drafts.make(frame, subject, phrase, owner, "object and owner")
    for preposition in tree.kids(noun, "prep"):
        word = tree.word(preposition)
        amounts = word == "of" and frame.phrase.lemma in _HAVING
        if word in _RELATING or amounts:
            for head in (k for p in tree.kids(preposition, "pobj") for k in tree.conjuncts(p)):
                yield from through(drafts, frame, subject, noun, (preposition,), head)


def named_complements(drafts: Drafts, noun: int) -> Iterator[tuple[int, int]]:
    """Names after a noun without "the": "from Ann Lee" of "lives on money from Ann Lee"."""
    tree = drafts.tree
    if any(tree.word(k) not in {"a", "an"} for k in tree.kids(noun, "det", "poss", "nummod")):
        return
    for preposition in tree.kids(noun, "prep"):
        for head in (k for p in tree.kids(preposition, "pobj") for k in tree.conjuncts(p)):
            end = drafts.ends.thing(head)
            if end and end.kind == "name" and tree.word(preposition) != "of":
                yield preposition, head


def _as(drafts: Drafts, frame: Frame, subject: int, oblique: Oblique) -> Iterator[Proposition]:
    """As in "served as consul", a role of the subject; "described him as a spy", a role of the object.

    What a verb of speech calls somebody is only said by its subject.
    """
    tree, clause = drafts.tree, frame.clause
    if not drafts.is_role(oblique.head):
        return
    if not clause.objects:
        full = frame.phrase.plus(oblique.prepositions, "as")
        yield from drafts.role(frame, subject, full, oblique.head)
        return
    if attitude(tree.lemma(clause.verb), infinitive=False) in {"report", "claim", "belief"}:
        source = Source(subject, cue(tree, "reporting", clause.verb))
        frame = frame.under(frame.status.said(source))
    lemma = f"be {participle(tree, clause.verb)} as"
    full = Phrase((*frame.phrase.words, *oblique.prepositions), lemma)
    for obj in clause.objects:
        yield from drafts.role(frame, obj, full, oblique.head)


def _mutual(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "X and Y met": each with the other."""
    clause, lemma = frame.clause, frame.phrase.lemma
    preposition = table("symmetric").get(lemma)
    paired = any(oblique.role == "with" for oblique in clause.obliques)
    if preposition is None or paired:
        return
    phrase = frame.phrase if preposition == "-" else frame.phrase.plus((), preposition)
    for left, right in combinations(clause.subjects, 2):
        yield from drafts.make(frame, left, phrase, right, "mutual")


def participle(tree: Tree, verb: int) -> str:
    """The past participle of a verb, as far as its form in the text tells."""
    if tree.tokens[verb].tag in {"VBN", "VBD"}:
        return tree.word(verb)
    lemma = tree.lemma(verb)
    return lemma + "d" if lemma.endswith("e") else lemma + "ed"
