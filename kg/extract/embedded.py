"""Propositions of verbs with clauses and infinitives: "want to buy X", "was ordered to leave X", "said that ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.constructions import is_separate
from kg.extract.drafts import Drafts, Frame, Phrase
from kg.extract.predicates import is_predicate
from kg.extract.proposition import Proposition
from kg.extract.questions import question_word
from kg.extract.status import attitude, signatures
from kg.extract.tree import FINITE_TAGS
from kg.lexicon import words
from kg.model import Literal

# Verbs that act on whom they make or let do something.
_DIRECTING: Final = frozenset({"allow", "order", "tell", "ask", "urge", "forbid", "permit", "instruct", "force", "persuade", "invite", "advise", "enable", "help", "let", "cause", "encourage", "require", "command", "summon", "compel", "authorise", "authorize"})  # fmt: skip
_ADDRESSED: Final = frozenset(
    {"warn", "tell", "inform", "remind", "assure", "persuade", "convince", "notify"}
)
# Classes of verbs that take "whether" and "who" clauses as what they ask, know, say, doubt or show.
_ASKING: Final = frozenset({"ask", "doubt", "factive", "shown", "report"})


def embedding(drafts: Drafts, frame: Frame, *, linking: bool) -> Iterator[Proposition]:
    """What a verb says with the clause or infinitive it governs."""
    tree, clause = drafts.tree, frame.clause
    for kid in tree.kids(clause.verb, "xcomp", "ccomp"):
        yet = any(tree.word(k) == "yet" for k in tree.kids(clause.verb, "advmod"))
        asking = tree.kids(kid, "advmod", "mark")
        how = [
            k for k in asking if tree.tokens[k].tag in {"WRB", "WP"} or tree.word(k) == "whether"
        ]
        denied = how or tree.kids(kid, "neg", "preconj")
        if linking or yet or denied or not is_predicate(tree, kid):
            continue
        told = tree.kids(clause.verb, "dobj") or tree.kids(kid, "nsubj")
        if told and not clause.passive:
            if tree.lemma(clause.verb) in _DIRECTING and not tree.kids(clause.verb, "dobj"):
                for subject in clause.subjects:
                    for one in tree.conjuncts(told[0]):
                        yield from drafts.make(frame, subject, frame.phrase, one, "control")
            continue  # "ordered them to burn it": whom, is the object; what they do, their own clause
        if tree.lemma(clause.verb) not in signatures() and tree.tokens[kid].dependency == "xcomp":
            yield from _chain(drafts, frame, kid)
    yield from _small(drafts, frame)
    if tree.lemma(clause.verb) not in {"seem", "appear"}:
        yield from _content(drafts, frame)


def _small(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "found her not guilty", "declared the firm bankrupt": what was made or said of an object."""
    tree, clause = drafts.tree, frame.clause
    for kid in tree.kids(clause.verb, "ccomp") if not clause.passive else ():
        things = tree.kids(kid, "nsubj")
        bare = tree.tokens[kid].tag == "JJ" and not tree.kids(kid, "aux", "cop", "mark")
        if not bare or not things or not clause.verb < things[0] < kid:
            continue
        said = (*tree.kids(kid, "neg"), kid)
        phrase = frame.phrase.plus(said, " ".join(map(tree.word, said)))
        for subject in clause.subjects:
            for thing in tree.conjuncts(things[0]):
                yield from drafts.make(frame, subject, phrase, thing, "small clause")


def _content(drafts: Drafts, frame: Frame) -> Iterator[Proposition]:
    """As in "said that he left": the words of the clause as a literal."""
    tree, clause = drafts.tree, frame.clause
    known = words("clause_takers") | words("attitudes") | words("content_verbs")
    if tree.lemma(clause.verb) not in known:
        return  # a clause that the parser took for an object: "call the village rang only once"
    for kid in tree.kids(clause.verb, "ccomp"):
        helpers = tree.kids(kid, "aux", "auxpass")
        finite = tree.tokens[kid].tag in FINITE_TAGS or helpers
        if not finite or not is_predicate(tree, kid) or is_separate(tree, kid):
            continue
        if any(tree.word(k) == "if" and k > clause.verb for k in tree.kids(kid, "mark")):
            continue  # a condition that the parser took for what is said
        kind = attitude(tree.lemma(clause.verb), infinitive=False)
        bare = not tree.kids(kid, "mark") and not tree.kids(clause.verb, "dobj")
        if bare and tree.lemma(clause.verb) in _ADDRESSED and kid > clause.verb:
            continue  # "warn Genoa never sounded": whom, not what
        if question_word(tree, kid) is not None and kind not in _ASKING:
            continue
        for speaker in clause.agents if clause.passive else clause.subjects:
            end = drafts.ends.thing(speaker)
            if end:
                content = drafts.ends.clause(kid)
                yield Proposition(
                    end, speaker, frame.phrase.words, frame.phrase.lemma, content, kid, clause.verb,
                    frame.status, "content",
                )  # fmt: skip


def _chain(drafts: Drafts, frame: Frame, kid: int) -> Iterator[Proposition]:
    """As in "wants to buy X", "was ordered to leave X": one relation."""
    tree, clause = drafts.tree, frame.clause
    kind = attitude(tree.lemma(clause.verb), infinitive=True)
    said = clause.passive and kind in {"report", "claim", "belief"}
    if kind == "seem" or (said and tree.lemma(clause.verb) != "tell"):
        return  # "is said to own": the infinitive says it, as open as it is
    to = tuple(k for k in tree.kids(kid, "aux") if tree.word(k) == "to")
    matrix = f"be {tree.word(clause.verb)}" if clause.passive else frame.phrase.lemma
    particles = tuple(tree.kids(kid, "prt"))
    verb = f"to {tree.lemma(kid)}" if to else tree.word(kid)
    if to and tree.kids(kid, "auxpass"):
        verb = f"to be {tree.word(kid)}"
    phrase = Phrase(frame.phrase.words, matrix).plus((*to, kid), verb)
    if particles:
        phrase = phrase.plus(particles, " ".join(map(tree.word, particles)))
    objects = [k for o in tree.kids(kid, "dobj") for k in tree.conjuncts(o)]
    more = tree.kids(kid, "xcomp", "ccomp", "attr", "acomp", "auxpass", "dative", "oprd")
    more += [k for k in tree.kids(kid, "prep") if tree.word(k) not in {"like", "as", "without"}]
    for subject in clause.subjects:
        for obj in objects:
            yield from drafts.make(frame, subject, phrase, obj, "infinitive")
        holder = drafts.ends.holder(subject)
        if to and holder and not objects and not more:
            plain = Phrase((*frame.phrase.words, *to), f"{matrix} to")
            span = tree.span(kid, max([kid, *particles]) + 1)
            deed = Literal(span.of(tree.text), "xsd:string", span.of(tree.text))
            yield Proposition(
                holder, subject, plain.words, plain.lemma, deed, kid, clause.verb, frame.status,
                "infinitive",
            )  # fmt: skip
        for preposition in () if objects else tree.kids(kid, "prep"):
            for obj in tree.kids(preposition, "pobj"):
                if not drafts.ends.date_at(obj):
                    full = phrase.plus((preposition,), tree.word(preposition))
                    yield from drafts.make(frame, subject, full, obj, "infinitive")
