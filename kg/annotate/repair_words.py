"""Repairs of single words: tags, and what the tokenizer cut."""

from __future__ import annotations

from typing import Final

from kg.annotate.block import Block

_MODALS: Final = frozenset(
    {"can", "could", "will", "would", "shall", "should", "may", "might", "must", "ought", "ca", "wo", "sha", "'ll", "’ll", "'d", "’d", "need", "dare"}
)  # fmt: skip
_VERB_PREFIXES: Final = frozenset({"re", "pre", "over", "under", "out", "un", "de", "mis", "dis", "co", "self"})  # fmt: skip


def finite_past(block: Block) -> None:
    """Tag "burst" of "a shell burst over" a past tense: it has a subject and no auxiliary."""
    for verb, tag in enumerate(block.tags):
        if tag != "VBN" or block.labels[verb] not in {"ROOT", "ccomp", "conj", "advcl", "relcl"}:
            continue
        subject = block.has(verb, "nsubj")
        if subject and not block.has(verb, "aux", "auxpass", "agent"):
            block.tags[verb] = "VBD"


def modal_name(block: Block) -> None:
    """Make "Maywood" of "Ann Maywood told" the name it is, where the tagger took it for a modal verb."""
    for i, tag in enumerate(block.tags):
        if tag != "MD" or not i or block.texts[i].lower() in _MODALS:
            continue
        first, verb = i - 1, block.heads[i]
        if (
            block.texts[i][:1].isupper()
            and block.tags[first] == "NNP"
            and block.heads[first] == verb
        ):
            block.tags[i] = "NNP"
            block.attach(i, verb, block.labels[first])
            for k in list(block.children(first)):
                block.attach(k, i)
            block.attach(first, i, "compound")


def vote(block: Block) -> None:
    """Keep "310 to 95" together, where the parser hung "to 95" on the verb."""
    for to in range(1, len(block.texts) - 1):
        first, second = to - 1, to + 1
        between = block.texts[to].lower() == "to" and block.labels[to] == "prep"
        numbers = block.tags[first] == block.tags[second] == "CD" and block.heads[second] == to
        if between and numbers and block.heads[to] == block.heads[first]:
            block.attach(to, first)
            if block.labels[first] == "npadvmod":
                block.labels[first] = "dobj"


def hyphenated_verb(block: Block) -> None:
    """Make one verb of "re-established", where the tokenizer cut it and the parser chose the prefix."""
    for i in range(len(block.texts) - 2):
        verb = i + 2
        cut = block.texts[i].lower() in _VERB_PREFIXES and block.texts[i + 1] == "-"
        if not cut or not block.tags[verb].startswith("VB") or block.heads[i] == verb:
            continue
        root = block.heads[i] == i
        block.heads[verb], block.labels[verb] = (verb, "ROOT") if root else (block.heads[i], block.labels[i])  # fmt: skip
        for k in list(block.children(i)):
            if k != verb:
                block.attach(k, verb)
        block.attach(i, verb, "compound")
        block.attach(i + 1, verb, "punct")
