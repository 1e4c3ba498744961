"""AnnotatedDocument -> statements at mention level."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.circumstances import Circumstances
from kg.extract.clauses import find_clauses
from kg.extract.drafts import Drafts
from kg.extract.ends import Ends
from kg.extract.judge import Judge
from kg.extract.nominal import Nominal
from kg.extract.proposition import Proposition
from kg.extract.relations import joined
from kg.extract.status import Source
from kg.extract.tree import Tree
from kg.extract.verbal import verbal
from kg.model import AnnotatedDocument, Attribution, Evidence, Literal, Mention, Relation, Statement


def extract(annotated: AnnotatedDocument) -> tuple[Statement, ...]:
    """What the document says, in text order; ends are mention ids, statements have no id yet."""
    return tuple(map(joined, _Extraction(annotated).statements()))


class _Extraction:
    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.tree = Tree(annotated)
        self.ends = Ends(self.tree)
        self.judge = Judge(self.tree)
        self.circumstances = Circumstances(self.tree, self.ends)

    def statements(self) -> Iterator[Statement]:
        drafts = Drafts(self.tree, self.ends)
        nominal = Nominal(self.tree, self.ends, self.judge)
        for sentence in self.tree.annotated.sentences:
            for clause in find_clauses(self.tree, sentence.first, sentence.last):
                status = self.judge.status(clause.verb)
                for proposition in verbal(drafts, clause, status):
                    yield self._statement(proposition)
            for i in range(sentence.first, sentence.last):
                for proposition in nominal.propositions(i):
                    yield self._statement(proposition)

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
        )

    def _label(self, proposition: Proposition) -> str:
        """The words of the relation; where a noun phrase says it without a verb, "is" and its normal form."""
        if proposition.rule in {"apposition", "title", "age"}:
            return "is" + proposition.lemma.removeprefix("be")
        words = sorted(set(proposition.relation))
        return " ".join(self.tree.tokens[i].text for i in words)

    def _evidence(self, proposition: Proposition) -> Evidence:
        tree = self.tree
        sentence = tree.annotated.sentences[tree.tokens[proposition.predicate].sentence]
        return Evidence(
            tree.document.id,
            sentence.index,
            sentence.span,
            sentence.span.of(tree.text),
            self.ends.span(proposition.subject_head, proposition.subject),
            tree.spans(proposition.relation),
            self.ends.span(proposition.object_head, proposition.object),
            proposition.status.cues,
            proposition.rule,
        )

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
