"""Predicates and who takes part in them: ClausIE's clauses, with arguments inherited.

Del Corro & Gemulla 2013, "ClausIE: clause-based open information extraction" (doi:10.1145/2488388.2488420).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.tree import RELATIVE_TAGS, Tree
from kg.lexicon import rows, words

_CLAUSAL: Final = frozenset(
    {"ROOT", "conj", "ccomp", "xcomp", "relcl", "acl", "advcl", "pcomp", "csubj", "parataxis", "dep", "appos", "csubjpass"}
)  # fmt: skip
_SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "csubjpass")


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional argument: the words before it, their tokens, and the head of what they govern."""

    role: str
    prepositions: tuple[int, ...]
    head: int
    holder: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its arguments, all token positions. `inherited` tells that the subject stands elsewhere."""

    verb: int
    subjects: tuple[int, ...]
    inherited: bool
    passive: bool
    agents: tuple[int, ...]
    objects: tuple[int, ...]
    datives: tuple[int, ...]
    attributes: tuple[int, ...]
    obliques: tuple[Oblique, ...]
    particles: tuple[int, ...]


def is_predicate(tree: Tree, i: int) -> bool:
    """Whether the token heads a clause: a verb that is no auxiliary and no mere modifier."""
    token = tree.tokens[i]
    if token.part not in {"VERB", "AUX"} or token.dependency not in _CLAUSAL:
        return False
    if token.dependency == "conj":
        return tree.tokens[token.head].dependency not in {"amod", "compound"}
    return token.tag != "MD"


def find_clauses(tree: Tree, first: int, last: int) -> Iterator[Clause]:
    """The clauses of tokens[first:last], in text order."""
    for i in range(first, last):
        if is_predicate(tree, i):
            yield _clause(tree, i)


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive, or a bare participle that modifies."""
    if tree.kids(verb, "auxpass", "nsubjpass", "agent"):
        return True
    token = tree.tokens[verb]
    if token.tag != "VBN" or tree.kids(verb, "aux", "nsubj"):
        return False
    if token.dependency == "conj":
        return not tree.kids(verb, *_SUBJECTS) and is_passive(tree, token.head)
    return token.dependency in {"acl", "advcl", "relcl"} and not tree.kids(verb, "dobj")


def helpers_of(tree: Tree, verb: int) -> list[int]:
    """Auxiliaries and negators of a verb, those it shares with the verb before it included."""
    token = tree.tokens[verb]
    own = [
        k for k in tree.kids(verb, "aux", "auxpass", "neg")
        if tree.word(k) != "to" or token.dependency == "ROOT"
    ]  # fmt: skip
    bare = token.dependency == "conj" and token.tag in {"VB", "VBN", "VBG"}
    if bare and not own and not tree.kids(verb, *_SUBJECTS):
        if tree.tokens[token.head].tag == token.tag:
            return [k for k in helpers_of(tree, token.head) if k < token.head]
    return own


def antecedent(tree: Tree, verb: int) -> int | None:
    """The noun that the relative clause of this verb modifies."""
    token = tree.tokens[verb]
    while (
        token.dependency in {"conj", "ccomp", "xcomp", "pcomp", "prep"}
        and token.head != token.index
    ):
        token = tree.tokens[token.head]
    return _who(tree, verb, token.head) if token.dependency == "relcl" else None


def _who(tree: Tree, verb: int, noun: int) -> int:
    """The noun itself; where "who" follows a thing that belongs to a person, the person ("a man with a case who")."""
    named = [
        k for k in tree.kids(verb, "nsubj", "nsubjpass", "dobj") if tree.word(k) in {"who", "whom"}
    ]
    mention = tree.mention_at.get(noun)
    if not named or mention is None or mention.type in {"Person", "Group", "Organization"}:
        return noun
    for above in tree.ancestors(noun):
        owner = tree.mention_at.get(above.index)
        if owner and owner.type == "Person":
            return above.index
        if above.dependency not in {"prep", "pobj"}:
            break
    return noun


def _clause(tree: Tree, verb: int) -> Clause:
    passive = is_passive(tree, verb)
    subjects, inherited = subjects_of(tree, verb)
    return Clause(
        verb,
        subjects,
        inherited,
        passive,
        agents_of(tree, verb),
        _objects(tree, verb, passive),
        _all(tree, [d for d in tree.kids(verb, "dative") if tree.tokens[d].part != "ADP"]),
        _all(tree, tree.kids(verb, "attr", "acomp", "oprd")),
        tuple(_obliques(tree, verb)),
        tuple(tree.kids(verb, "prt")),
    )


def agents_of(tree: Tree, verb: int) -> tuple[int, ...]:
    """Heads of the "by" phrase of a passive."""
    phrases = [pobj for by in tree.kids(verb, "agent") for pobj in tree.kids(by, "pobj")]
    return _all(tree, phrases)


def _all(tree: Tree, heads: list[int]) -> tuple[int, ...]:
    return tuple(end for head in heads for end in tree.conjuncts(head))


def subjects_of(tree: Tree, verb: int) -> tuple[tuple[int, ...], bool]:
    """Heads of the subject, and whether it was inherited from another clause."""
    own = tree.kids(verb, *_SUBJECTS)
    if own:
        head = own[0]
        if tree.tokens[head].tag in RELATIVE_TAGS or (
            tree.word(head) == "that" and antecedent(tree, verb) is not None
        ):
            noun = antecedent(tree, verb)
            return ((), True) if noun is None else ((noun,), True)
        return tuple(tree.conjuncts(head)), False
    if tree.kids(verb, "expl"):
        return (), False
    return _inherited_subjects(tree, verb), True


def _inherited_subjects(tree: Tree, verb: int) -> tuple[int, ...]:
    """The subject of a verb without one: by coordination, control, participle or purpose."""
    token = tree.tokens[verb]
    label, head = token.dependency, token.head
    if label == "conj" and is_predicate(tree, head):
        return subjects_of(tree, head)[0]
    if label == "acl":
        if token.tag in {"VBG", "VBN"}:
            return (head,)
        return _possessors(tree, head)
    if label in {"xcomp", "ccomp"}:
        controllers = tree.kids(head, "dobj", "dative")
        if controllers and tree.lemma(head) not in {"promise", "threaten", "vow"}:
            return tuple(tree.conjuncts(controllers[0]))
        if label == "ccomp" and token.tag not in {"VB", "VBG", "VBN"}:
            return ()
        return _governor_subjects(tree, head)
    if label == "advcl":
        if token.tag == "VBN" and verb > head and not tree.kids(verb, "mark"):
            noun = _noun_before(tree, verb, head)
            if noun is not None:
                return (noun,)
        return _governor_subjects(tree, head)
    if label == "pcomp":
        preposition = tree.tokens[head]
        governor = preposition.head
        if is_predicate(tree, governor):
            controllers = tree.kids(governor, "dobj")
            if controllers and tree.word(head) in {"from", "of", "for", "into"}:
                return tuple(tree.conjuncts(controllers[0]))
            return _governor_subjects(tree, governor)
        return _possessors(tree, governor)
    return ()


def _noun_before(tree: Tree, verb: int, head: int) -> int | None:
    """The argument of the governing verb that ends right before a participle ("a man in town called X")."""
    first = tree.tokens[verb].left
    for argument in (
        *tree.kids(head, "dobj", "attr"),
        *(o for p in tree.kids(head, "prep") for o in tree.kids(p, "pobj")),
    ):
        if tree.tokens[argument].right == first:
            return argument
    return None


def _governor_subjects(tree: Tree, head: int) -> tuple[int, ...]:
    """The subject of the clause that governs, also through an adjective ("was able to")."""
    if is_predicate(tree, head):
        return subjects_of(tree, head)[0]
    token = tree.tokens[head]
    if token.dependency in {"acomp", "attr", "oprd"}:
        return subjects_of(tree, token.head)[0]
    if token.dependency in {"dobj", "pobj"} and tree.kids(head, "poss"):
        return _possessors(tree, head)
    return ()


def _possessors(tree: Tree, noun: int) -> tuple[int, ...]:
    """Who a noun belongs to ("his attempt"), or who has it as object ("made an attempt")."""
    owners = tree.kids(noun, "poss")
    if owners:
        return tuple(owners)
    token = tree.tokens[noun]
    if token.dependency == "dobj" and is_predicate(tree, token.head):
        return subjects_of(tree, token.head)[0]
    return ()


def _objects(tree: Tree, verb: int, passive: bool) -> tuple[int, ...]:
    """Direct objects; a relative pronoun or a gap gives the antecedent."""
    found: list[int] = []
    noun = antecedent(tree, verb)
    for kid in tree.kids(verb, "dobj"):
        if tree.tokens[kid].tag in RELATIVE_TAGS or (tree.word(kid) == "that" and noun is not None):
            found += [noun] if noun is not None else []
        else:
            found += tree.conjuncts(kid)
    if not found and not passive and noun is not None and _has_gap(tree, verb, noun):
        found.append(noun)
    return tuple(found)


def _has_gap(tree: Tree, verb: int, noun: int) -> bool:
    """Whether a relative clause without a pronoun lacks its object ("the man he met")."""
    token = tree.tokens[verb]
    if token.dependency != "relcl" or token.lemma == "be":
        return False
    subject = tree.kids(verb, "nsubj")
    if (
        not subject
        or tree.tokens[subject[0]].tag in RELATIVE_TAGS
        or tree.word(subject[0]) == "that"
    ):
        return False
    if tree.lemma(noun) in words("gap_nouns"):
        return False
    if any(tree.tokens[k].tag in RELATIVE_TAGS for k in range(token.left, verb)):
        return False
    stranded = any(not tree.children[p] for p in tree.kids(verb, "prep"))
    return not stranded and not tree.kids(verb, "ccomp", "xcomp", "attr", "acomp", "dative")


def _obliques(tree: Tree, verb: int) -> Iterator[Oblique]:
    """Prepositional arguments of the verb and of its particles; "according to" is no argument."""
    holders = [verb, *tree.kids(verb, "prt", "advmod")]
    for holder in holders:
        for preposition in (
            tree.kids(holder, "prep", "agent") if holder == verb else tree.kids(holder, "prep")
        ):
            if tree.tokens[preposition].dependency == "agent" and is_passive(tree, verb):
                continue
            yield from _governed(tree, verb, (preposition,))
    for dative in tree.kids(verb, "dative"):
        if tree.tokens[dative].part == "ADP":
            yield from _governed(tree, verb, (dative,))


def _governed(tree: Tree, verb: int, chain: tuple[int, ...]) -> Iterator[Oblique]:
    """What a chain of prepositions governs ("out of the house")."""
    last = chain[-1]
    if tree.word(last) in {"according", "including", "despite", "given"}:
        return
    role = " ".join(tree.word(p) for p in chain)
    objects = tree.kids(last, "pobj")
    for inner in tree.kids(last, "prep"):
        if len(chain) < 3 and not objects:
            yield from _governed(tree, verb, (*chain, inner))
    noun = antecedent(tree, verb)
    for kid in objects:
        whole = _complex(tree, last, kid)
        if whole is not None:
            longer = (*chain, *((kid - 1,) if tree.word(kid - 1) == "the" else ()), kid, whole)
            long_role = f"{role} {tree.word(kid)} {tree.word(whole)}"
            for inner in tree.kids(whole, "pobj"):
                for end in tree.conjuncts(inner):
                    yield Oblique(long_role, longer, end, verb)
        elif _set_phrase(tree, last, kid):
            continue
        elif tree.tokens[kid].tag in RELATIVE_TAGS:
            if noun is not None:
                yield Oblique(role, chain, noun, verb)
        else:
            for end in tree.conjuncts(kid):
                yield Oblique(role, chain, end, verb)
    if not objects and not tree.children[last] and noun is not None and _is_stranded(tree, verb):
        yield Oblique(role, chain, noun, verb)


def _complex(tree: Tree, preposition: int, noun: int) -> int | None:
    """The second preposition of "in honor of", "at the request of"; None where the words are no such phrase."""
    known = (tree.word(preposition), tree.word(noun))
    for second in tree.kids(noun, "prep"):
        if (*known, tree.word(second)) in rows("complex_prepositions") and _is_bare(tree, noun):
            return second
    return None


def _set_phrase(tree: Tree, preposition: int, noun: int) -> bool:
    """Whether the phrase is an adverb in all but form: "in order", "for example"."""
    return (tree.word(preposition), tree.word(noun)) in rows("set_phrases") and not tree.children[
        noun
    ]


def _is_bare(tree: Tree, noun: int) -> bool:
    """Whether nothing but "the" stands before the noun."""
    before = [k for k in tree.children[noun] if k < noun]
    return all(tree.word(k) == "the" for k in before)


def _is_stranded(tree: Tree, verb: int) -> bool:
    """Whether the relative clause has its own subject, so that a bare preposition takes the antecedent."""
    subject = tree.kids(verb, "nsubj", "nsubjpass")
    return bool(subject) and tree.tokens[subject[0]].tag not in RELATIVE_TAGS
