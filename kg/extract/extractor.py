"""AnnotatedDocument -> statements at mention level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from kg.extract.affiliations import Affiliations
from kg.extract.circumstances import Circumstances
from kg.extract.clauses import find_clauses
from kg.extract.deverbal import Deverbal
from kg.extract.drafts import Drafts
from kg.extract.ends import Ends
from kg.extract.judge import Judge
from kg.extract.nominal import Nominal
from kg.extract.predicates import helpers_of
from kg.extract.proposition import Proposition
from kg.extract.relations import joined
from kg.extract.score import score
from kg.extract.status import Source
from kg.extract.tree import Tree
from kg.extract.verbal import verbal
from kg.model import AnnotatedDocument, Attribution, Evidence, Literal, Mention, Relation, Statement

# Rules for what stands in a noun phrase without any word for the relation.
OWNED: Final = "object and owner"  # "held the agency's contract": held contract of
_LABELS: Final = {"be": "is", "die in": "died in"}
UNSAID: Final = frozenset({"apposition", "title", "age", "affiliation", "holder", "life"})


def extract(annotated: AnnotatedDocument) -> tuple[Statement, ...]:
    """What the document says, in text order; ends are mention ids, statements have no id yet."""
    return tuple(map(joined, _Extraction(annotated).statements()))


def propositions(annotated: AnnotatedDocument) -> tuple[Proposition, ...]:
    """What the statements of `extract` were made of, one for one: for training."""
    return tuple(_Extraction(annotated).propositions())


class _Extraction:
    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.tree = Tree(annotated)
        self.ends = Ends(self.tree)
        self.judge = Judge(self.tree)
        self.circumstances = Circumstances(self.tree, self.ends)

    def statements(self) -> Iterator[Statement]:
        return map(self._statement, self.propositions())

    def propositions(self) -> Iterator[Proposition]:
        drafts = Drafts(self.tree, self.ends)
        nominal = Nominal(self.tree, self.ends, self.judge)
        deverbal = Deverbal(self.tree, self.ends, self.judge)
        affiliations = Affiliations(self.tree, self.ends, self.judge)
        for sentence in self.tree.annotated.sentences:
            for clause in find_clauses(self.tree, sentence.first, sentence.last):
                status = self.judge.status(clause.verb)
                yield from verbal(drafts, clause, status)
            for i in range(sentence.first, sentence.last):
                yield from chain(
                    nominal.propositions(i), deverbal.propositions(i), affiliations.propositions(i)
                )

    def _statement(self, proposition: Proposition) -> Statement:
        status = proposition.status
        obj = proposition.object
        return Statement(
            proposition.subject.id,
            Relation(proposition.lemma, self._label(proposition)),
            obj.id if isinstance(obj, Mention) else obj,
            (self._evidence(proposition),),
            self.circumstances.qualifiers(proposition),
            status.polarity,
            status.certainty,
            self._attribution(status.source),
            self.circumstances.time(proposition),
            self.circumstances.place(proposition),
            score(self.tree, proposition),
        )

    def _label(self, proposition: Proposition) -> str:
        """The words of the relation; where a noun phrase says it without a verb, "is" and its normal form."""
        if proposition.rule in UNSAID:
            said = proposition.lemma.removeprefix("be ")
            return f"is {said}".strip() if said != proposition.lemma else _LABELS.get(said, said)
        words = sorted(set(proposition.relation))
        while len(words) > 1 and self.tree.tokens[words[0]].part == "ADP":
            words.append(words.pop(0))  # "In May he moved", "at which he stayed"
        label = " ".join(self.tree.tokens[i].text for i in words)
        return f"{label} of" if proposition.rule == OWNED else label

    def _evidence(self, proposition: Proposition) -> Evidence:
        tree = self.tree
        sentence = tree.annotated.sentences[tree.tokens[proposition.predicate].sentence]
        return Evidence(
            tree.document.id,
            sentence.index,
            sentence.span,
            sentence.span.of(tree.text),
            self.ends.span(proposition.subject_head, proposition.subject),
            tree.spans(self._said(proposition)),
            self.ends.span(proposition.object_head, proposition.object),
            proposition.status.cues,
            proposition.rule,
        )

    def _said(self, proposition: Proposition) -> list[int]:
        """The tokens of the relation with the auxiliaries and negators of its verbs, in reading order."""
        tree, said = self.tree, []
        if proposition.rule in UNSAID:
            return []
        for i in proposition.relation:
            if tree.tokens[i].part in {"VERB", "AUX"}:
                said += [k for k in helpers_of(tree, i) if k not in proposition.relation]
            said.append(i)
        verbs = [i for i in said if tree.tokens[i].part in {"VERB", "AUX", "PART"}]
        return sorted(verbs) + [i for i in said if i not in verbs]

    def _attribution(self, source: Source | None) -> Attribution | None:
        if source is None:
            return None
        cue = source.cue.text
        end = self.ends.end(source.head)
        if isinstance(end, Mention):
            return Attribution(end.id, cue)
        if isinstance(end, Literal):
            return Attribution(end, cue)
        text = self.ends.words(source.head)
        return Attribution(text, cue)
