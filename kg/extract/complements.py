"""What a verb leaves of its complement: by its class, as a report, by its implications.

Implicatives follow Nairn, Condoravdi & Karttunen 2006 (aclanthology.org/W06-3907).
"""

from __future__ import annotations

from kg.extract.speakers import speaker
from kg.extract.status import Source, Status, attitude, cue, signatures
from kg.extract.tree import Tree
from kg.lexicon import words


def identified(tree: Tree, matrix: Status, verb: int) -> Status:
    """As in "the fact is that", "what it revealed is that"; "the theory is that" commits to nothing."""
    for subject in tree.kids(verb, "nsubj", "csubj", "attr"):
        factive = attitude(tree.lemma(subject), infinitive=False) in {"factive", "shown"}
        if factive or tree.lemma(subject) in words("factive_nouns"):
            return matrix.noted(cue(tree, "factive", subject))
    return matrix.affirmed().hedged("unknown", cue(tree, "embedding", verb))


def under(tree: Tree, matrix: Status, verb: int, kind: str) -> Status:
    """What a verb of a class leaves of its complement."""
    outer = matrix.affirmed()
    if kind in {"report", "claim", "belief", "deny"}:
        return reported(tree, matrix, verb, kind)
    mark = cue(tree, kind or "embedding", verb)
    if kind == "factive":
        return outer.noted(mark)
    if kind == "shown":
        if matrix.polarity == "negative" or matrix.certainty == "unknown":
            return outer.hedged("unknown", mark)
        return outer.noted(mark)  # as certain as what shows it
    if kind == "cause" and matrix.polarity == "positive":
        return matrix.noted(mark)
    if kind == "seem":
        return matrix.hedged("possible", mark)
    if kind == "plan":
        return outer.hedged("possible" if matrix.polarity == "positive" else "unknown", mark)
    return outer.hedged("unknown", mark)


def reported(tree: Tree, matrix: Status, verb: int, kind: str) -> Status:
    """Content of speech or thought; a denial is the negated content, said by the denier."""
    outer, mark = matrix.affirmed(), cue(tree, "reporting", verb)
    who = speaker(tree, verb)
    if who is None or (matrix.polarity == "negative" and kind != "belief"):
        return outer.hedged("unknown", mark)
    status = outer.said(Source(who, mark))
    if kind == "deny" or (kind == "belief" and matrix.polarity == "negative"):
        status = status.negated(mark)
    return status if kind in {"report", "deny"} else status.hedged("unknown", mark)


def implied(tree: Tree, matrix: Status, verb: int) -> Status | None:
    """What an implicative decides; None where it leaves the matter to its class, or is none."""
    particles = " ".join([tree.lemma(verb), *map(tree.word, tree.kids(verb, "prt"))])
    signature = signatures().get(particles) or signatures().get(tree.lemma(verb))
    if signature is None:
        return None
    follows = signature[0] if matrix.polarity == "positive" else signature[1]
    mark = cue(tree, "implicative", verb)
    if follows == "o":
        known = attitude(tree.lemma(verb), infinitive=True)
        return None if known else matrix.affirmed().hedged("unknown", mark)
    status = matrix.affirmed().noted(mark)
    return status if follows == "+" else status.negated(mark)
