"""Repairs of noun phrases: appositions, coordination, prefixes."""

from __future__ import annotations

from typing import Final

from kg.annotate.block import Block
from kg.lexicon import first_name, table

_PREFIXES: Final = frozenset(
    {"ex", "co", "vice", "anti", "pro", "non", "mid", "then", "half", "step", "great"}
)
_TIMES: Final = frozenset({"now", "then", "formerly", "previously", "currently", "today", "later"})


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


def close_apposition(block: Block) -> None:
    """Make "the schooner Lady Ann" one phrase, where the parser gave the verb two subjects."""
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


def person_apposition(block: Block) -> None:
    """Give "the owner of the mill, Ann Lee" its person, where the parser made Ann Lee the mill."""
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
        if not first_name(block.texts[first]):
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
    """Give "she and the mayor, Mr Lee" its apposition back: it describes the mayor, not her."""
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


def fronted_description(block: Block) -> None:
    """Make a description before the subject its apposition: "The niece of a baker, she read law"."""
    for noun, label in enumerate(block.labels):
        if label not in {"nsubj", "nsubjpass"} or not block.tags[noun].startswith("NN"):
            continue
        verb = block.heads[noun]
        others = [k for k in block.children(verb, "nsubj", "nsubjpass") if k > noun]
        if len(others) != 1 or not any(block.texts[k] == "," for k in range(noun, others[0])):
            continue
        subject = others[0]
        if block.tags[subject] == "PRP" or (
            block.tags[noun] == "NN" and block.tags[subject] == "NNP"
        ):
            block.attach(noun, subject, "appos")


def coordinated_after_description(block: Block) -> None:
    """Coordinate names over a description: "founded by Ann Lee, a weaver, and Bo Ray"."""
    for name, label in enumerate(block.labels):
        noun = block.heads[name]
        if label != "conj" or block.tags[name] != "NNP" or block.tags[noun] != "NN":
            continue
        first = block.heads[noun]
        if block.labels[noun] != "appos" or block.tags[first] != "NNP":
            continue
        block.attach(name, first)
        for k in list(block.children(noun, "cc", "punct")):
            if noun < k < name:
                block.attach(k, first)


def later_affiliation(block: Block) -> None:
    """Give "Ann Lee, now at the mill" its person, where the parser gave the phrase to what stands before."""
    for preposition, label in enumerate(block.labels):
        if label != "prep" or preposition < 3:
            continue
        adverb, comma, name = preposition - 1, preposition - 2, preposition - 3
        if (
            block.texts[adverb].lower() in _TIMES
            and block.texts[comma] == ","
            and block.tags[name] == "NNP"
            and block.heads[preposition] != name
            and not block.tags[block.heads[preposition]].startswith("VB")
        ):
            block.attach(preposition, name)
            block.attach(adverb, preposition)
            block.attach(comma, name)


def noun_for_verb(block: Block) -> None:
    """Tag "feed" of "cattle feed" a noun, where the tagger took the object of a preposition for a verb."""
    for i, label in enumerate(block.labels):
        if label != "pobj" or block.tags[i] not in {"VB", "VBP", "VBZ"}:
            continue
        if block.has(i, "det", "compound", "amod", "poss", "nummod"):
            block.tags[i] = "NNS" if block.tags[i] == "VBZ" else "NN"


def loose_apposition(block: Block) -> None:
    """Give "by the chair, Prof. Ann Lee" its apposition, where the parser hung the name further out."""
    for name, label in enumerate(block.labels):
        if label not in {"npadvmod", "appos"} or block.tags[name] != "NNP":
            continue
        first = min([name, *block.children(name, "compound")])
        noun, holder = first - 2, block.heads[name]
        if noun < 0 or noun == holder or block.texts[first - 1] != ",":
            continue
        if block.tags[noun] != "NN" or (holder > noun and label == "appos"):
            continue
        kinds = table("noun_types")
        kind = kinds.get(block.lemmas[noun])
        known = {"Person"} if label == "appos" else {"Person", "Organization"}
        if kind in known and kind != kinds.get(block.lemmas[holder]):
            block.attach(name, noun, "appos")
            block.attach(first - 1, noun)


def name_of_description(block: Block) -> None:
    """Make Ada Lee the niece in "his niece, the painter Ada Lee", and the painter her title."""
    for name, label in enumerate(block.labels):
        noun = block.heads[name]
        if label != "appos" or block.tags[name] != "NNP" or block.labels[noun] != "appos":
            continue
        first = min([name, *block.children(name, "compound")])
        outer = block.heads[noun]
        if first != noun + 1 or block.tags[outer] != "NN" or block.tags[noun] != "NN":
            continue
        for k in list(block.children(noun)):
            if k != name:
                block.attach(k, name if block.labels[k] != "det" else noun)
        block.attach(name, outer, "appos")
        block.attach(noun, name, "nmod")


def coordinated_roles(block: Block) -> None:
    """Coordinate the roles in "Lee, chair of the mill's owners, and a friend of Ray": it is Lee who is the friend."""
    kinds = table("noun_types")
    for noun, label in enumerate(block.labels):
        if label != "conj" or kinds.get(block.lemmas[noun]) != "Person":
            continue
        if not any(block.texts[k].lower() in {"a", "an"} for k in block.children(noun, "det")):
            continue
        first = block.heads[noun]
        above = block.heads[block.heads[first]]
        role = block.labels[above] == "appos" and kinds.get(block.lemmas[above]) == "Person"
        if role and block.labels[first] == "pobj" and block.tags[first] == "NNS":
            block.attach(noun, above)
