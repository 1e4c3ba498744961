"""Status by scope: a predicate has the status its governors hand down, changed by its own cues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.extract.complements import identified, implied, reported, under
from kg.extract.constructions import (
    is_cleft,
    is_command,
    is_content,
    is_content_clause,
    is_due,
    is_forestalled,
    is_infinitive,
    is_open,
    is_prospective,
    is_purpose,
    is_separate,
)  # fmt: skip
from kg.extract.cues import OWN, modal
from kg.extract.framing import FRAMING
from kg.extract.predicates import is_predicate
from kg.extract.questions import question_mark, question_word
from kg.extract.speakers import quoted, utterer
from kg.extract.status import PLAIN, Status, attitude, cue, phrasal, signatures
from kg.extract.tree import FINITE_TAGS, Tree
from kg.lexicon import table, words

_HYPOTHETICAL: Final = frozenset(
    {"if", "unless", "whether", "lest", "provided", "assuming", "supposing"}
)
_EACH: Final = frozenset({"each", "every", "any", "whichever"})
_TEMPORAL: Final = frozenset({"by", "after", "before", "since", "while", "in", "upon", "on"})


class Judge:
    """Statuses of the predicates of one document, each judged once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._known: dict[int, Status] = {}
        self._scopes: dict[str, Callable[[int, int], Status]] = {
            "relcl": self._modifier,
            "acl": self._noun_complement,
            "pcomp": self._gerund,
            "advcl": self._adverbial,
            "ccomp": self._complement,
            "xcomp": self._complement,
            "csubj": self._complement,
            "csubjpass": self._complement,
        }

    def status(self, i: int) -> Status:
        """The status of what the predicate at token i says."""
        if i not in self._known:
            self._known[i] = PLAIN  # a circle in a broken parse ends here
            status = self.context(i)
            for judge in (*OWN.values(), *FRAMING.values()):
                status = judge(self.tree, i, status)
            self._known[i] = status
        return self._known[i]

    def nominal(self, i: int) -> Status:
        """The status of what a noun phrase takes for granted: only a source takes it back.

        A description inside a quotation or under "according to" is the source's; one in indirect
        speech is the writer's.
        """
        for above in self.tree.ancestors(i):
            if not is_predicate(self.tree, above.index):
                continue
            own = self.status(above.index)
            named = own.source is not None and own.source.cue.text.lower().startswith("according")
            if own.source and (named or self.tree.quotation(i)):
                return replace(PLAIN, source=own.source, cues=own.cues)
            return PLAIN
        return PLAIN

    def context(self, i: int) -> Status:
        """What the governors of a predicate hand down to it; what a quotation says, only somebody says."""
        return quoted(self.tree, i, self._inherited(i))

    def _inherited(self, i: int) -> Status:
        token = self.tree.tokens[i]
        if token.head == i or is_separate(self.tree, i):
            return self._unembedded(i)
        if token.dependency == "conj" and is_predicate(self.tree, token.head):
            return self._coordinated(i, token.head)
        if token.dependency in {"advcl", "ccomp"} and i < token.head and is_command(self.tree, i):
            outer = self._governing(token.head).affirmed()
            return outer.hedged("unknown", cue(self.tree, "imperative", i))
        scope = self._scopes.get(token.dependency)
        if scope:
            return scope(i, token.head)
        return self._governing(i).affirmed()

    def _unembedded(self, i: int) -> Status:
        """A main clause: asked before a question mark, commanded, or said in a quotation."""
        tree, status = self.tree, PLAIN
        for word in tree.kids(i, "mark"):
            if tree.word(word) in _HYPOTHETICAL:
                status = status.hedged("unknown", cue(tree, "condition", word))
            elif tree.word(word) == "that":  # "That the engines had started alone."
                status = status.hedged("unknown", cue(tree, "embedding", word))
        mark = question_mark(tree, i)
        if mark is not None:
            status = status.hedged("unknown", cue(tree, "question", mark))
        if is_command(tree, i):
            status = status.hedged("unknown", cue(tree, "imperative", i))
        quotation = tree.quotation(i)
        if quotation:
            source = utterer(tree, quotation)
            if source:
                return status.said(source)
            return status.hedged("unknown", cue(tree, "quotation", quotation[0]))
        return status

    def _coordinated(self, i: int, head: int) -> Status:
        """The context of the first verb; its modal, and its negation before "or", if the verb is bare."""
        tree, context = self.tree, self.context(head)
        own = tree.tokens[i].tag
        shared = own == tree.tokens[head].tag and own in {"VB", "VBN", "VBG"}
        bare = not tree.kids(i, "aux", "auxpass", "nsubj", "nsubjpass")
        helpers = {tree.word(k) for k in tree.kids(head, "aux")}
        past = bare and own in {"VBD", "VBN"} and "have" in helpers
        if past and helpers & {"could", "would", "should", "might"}:
            return context.hedged("unknown", cue(tree, "counterfactual", i))
        if shared and bare:
            for aux in tree.kids(head, "aux"):
                context = modal(tree, head, aux, context)
            linkers = {tree.word(k) for k in tree.kids(head, "cc")}
            for kid in tree.kids(head, "neg"):
                if "nor" not in linkers and ("or" in linkers or tree.word(kid) == "never"):
                    context = context.negated(cue(tree, "negation", kid))
        return context

    # -- complements ------------------------------------------------------------------------------

    def _complement(self, i: int, verb: int) -> Status:
        """A clause or infinitive under a verb, adjective or noun."""
        tree = self.tree
        if not is_predicate(tree, verb):
            return self._after_adjective(i, verb)
        lemma, matrix = tree.lemma(verb), self.status(verb)
        helpers = tree.kids(i, "aux", "auxpass")
        finite = tree.tokens[i].tag in FINITE_TAGS or any(
            tree.tokens[k].tag in FINITE_TAGS for k in helpers
        )
        asked = question_word(tree, i)
        kind = attitude(phrasal(tree, verb), infinitive=not finite)
        if tree.tokens[i].tag == "VBG" and lemma in {"remember", "forget"}:
            return matrix.affirmed().noted(cue(tree, "factive", verb))
        if not finite and asked is None:
            yet = [k for k in tree.kids(verb, "advmod") if tree.word(k) == "yet"]
            if lemma in {"be", "have"} and yet:
                return matrix.negated(cue(tree, "negation", yet[0]))
            if lemma == "be" or is_prospective(tree, verb):
                return matrix.hedged("possible", cue(tree, "plan", verb))
            if lemma == "keep" and tree.tokens[i].tag == "VBG":
                return matrix
            decided = implied(tree, matrix, verb)
            if decided:
                return decided
        if lemma == "be" and asked is None:
            adjectives = tree.kids(verb, "acomp")
            if adjectives:
                return self._after_adjective(i, adjectives[0])
            return identified(tree, matrix, verb)
        if is_infinitive(tree, i) and kind in {"report", "claim"} and tree.kids(verb, "dobj"):
            return matrix.affirmed().hedged("unknown", cue(tree, "embedding", verb))
        known = kind in {"factive", "shown"} and (
            asked is None or (finite and tree.tokens[asked].tag == "WRB")
        )  # "knows how to mend it" says not that it is mended
        if asked is not None and not known:
            return matrix.affirmed().hedged("unknown", cue(tree, "question", asked))
        return under(tree, matrix, verb, kind)

    def _after_adjective(self, i: int, head: int) -> Status:
        """As in "likely to win", "unable to pay", "sure that"."""
        tree, word, matrix = self.tree, self.tree.word(head), self._governing(head)
        decided = implied(tree, matrix, head)
        if decided:
            return decided
        mark = cue(tree, "adjective", head)
        if word in words("factive_adjectives"):
            return matrix.noted(mark)
        if word == "unlikely":
            return matrix.affirmed().hedged("possible", mark).negated(mark)
        infinitive = tree.tokens[i].tag == "VB"
        return matrix.affirmed().hedged("possible" if infinitive else "unknown", mark)

    def _noun_complement(self, i: int, noun: int) -> Status:
        """A participle describes its noun; an infinitive is only the content of "attempt" or "plan"."""
        tree = self.tree
        content = tree.kids(i, "mark", "nsubj", "nsubjpass")
        if tree.tokens[i].tag in {"VBG", "VBN"} and not content:
            return self._modifier(i, noun)
        matrix = self._governing(noun).affirmed()
        if content and tree.lemma(noun) in words("factive_nouns"):
            return matrix.noted(cue(tree, "factive", noun))
        verb = table("verbal_nouns").get(tree.lemma(noun), "")
        mark = cue(tree, "embedding", noun)
        plans = not any(tree.word(k) == "no" for k in tree.kids(noun, "det"))
        signature = signatures().get(verb, ("o", "o"))[0] if plans else "o"
        if signature != "o":
            return matrix.noted(mark) if signature == "+" else matrix.negated(mark)
        return matrix.hedged(
            "possible" if plans and attitude(verb, infinitive=True) == "plan" else "unknown", mark
        )

    def _gerund(self, i: int, preposition: int) -> Status:
        """As in "without paying", "stopped them from going", "credited with saving", "by travelling"."""
        tree = self.tree
        governor, word = tree.tokens[preposition].head, tree.word(preposition)
        matrix = self._governing(governor)
        mark = cue(tree, "embedding", preposition)
        before = tree.word(max(preposition - 1, 0))
        if word in {"without", "instead", "rather"} or before == "instead":
            return matrix.affirmed().negated(cue(tree, "negation", preposition))
        if word == "with" and tree.kids(i, "nsubj", "nsubjpass"):
            return matrix.affirmed()
        if word == "against":
            return matrix.affirmed().hedged("unknown", mark)
        if is_predicate(tree, governor):
            if word == "in" and tree.lemma(governor) in signatures():
                return implied(tree, matrix, governor) or matrix.affirmed()
            if word in _TEMPORAL:
                return matrix.affirmed()
            if word == "for" and tree.lemma(governor) in words("reasons"):
                return matrix.affirmed().noted(mark)
            if word == "of" and attitude(tree.lemma(governor), infinitive=False) == "claim":
                return reported(tree, matrix, governor, "claim")
            return implied(tree, matrix, governor) or matrix.affirmed().hedged("unknown", mark)
        if word == "by" and tree.lemma(governor) not in table("verbal_nouns"):
            return matrix.affirmed()
        return matrix.affirmed().hedged("unknown", mark)

    # -- adverbial and relative clauses -----------------------------------------------------------

    def _adverbial(self, i: int, head: int) -> Status:
        """Taken for granted after "because" or "when", open after "if", a purpose after "to"."""
        tree, token, matrix = self.tree, self.tree.tokens[i], self._governing(head)
        outer, marks = matrix.affirmed(), tree.kids(i, "mark")
        for mark in marks:
            as_if = tree.word(mark) == "as" and tree.word(mark + 1) in {"if", "though"}
            if tree.word(mark) in _HYPOTHETICAL or as_if:
                return outer.hedged("unknown", cue(tree, "condition", mark))
        if token.tag == "VB" and any(tree.word(k) == "to" for k in tree.kids(i, "aux")):
            lived = tree.lemma(head) == "live" and token.left == head + 1
            if lived or (is_predicate(tree, head) and tree.kids(head, "prt")):
                decided = implied(tree, matrix, head)
                if decided:
                    return decided
            return outer.hedged("possible", cue(tree, "purpose", i))
        first = token.left
        inverted = tree.word(first) in {"had", "were", "should"}
        if inverted and first in tree.kids(i, "aux", "auxpass"):
            return outer.hedged("unknown", cue(tree, "condition", first))
        past = "VBD" in {token.tag, *(tree.tokens[k].tag for k in tree.kids(i, "aux", "auxpass"))}
        if is_forestalled(tree, i, head):
            return outer.hedged("unknown", cue(tree, "before", marks[0]))
        until = any(tree.word(mark) in {"until", "till"} for mark in marks)
        if past and not until and question_mark(tree, head) is None:
            return replace(outer, certainty="certain")
        return outer

    def _modifier(self, i: int, noun: int) -> Status:
        """A relative clause holds of its noun whatever is said of the noun, unless the noun is open.

        In indirect speech it is the writer's; in a quotation the speaker's.
        """
        tree, matrix = self.tree, self._governing(noun)
        if is_content(tree, noun) or is_content_clause(tree, i, noun) or is_due(tree, noun):
            return matrix.affirmed().hedged("unknown", cue(tree, "embedding", noun))
        if is_cleft(tree, noun):
            return matrix
        if is_purpose(tree, i, noun):
            return self._noun_complement(i, noun)
        if any(tree.word(k) in _EACH for k in tree.kids(noun, "det")):
            return matrix.affirmed().hedged("unknown", cue(tree, "condition", noun))
        if is_infinitive(tree, i) and matrix.polarity == "negative":
            return matrix.affirmed().hedged("unknown", cue(tree, "embedding", noun))
        if is_open(tree, noun, i):
            if matrix.certainty != "certain":
                return matrix.affirmed()
            if matrix.polarity == "negative":
                return matrix.affirmed().hedged("unknown", cue(tree, "negation", noun))
        if matrix.source and tree.quotation(i):
            return replace(PLAIN, source=matrix.source, cues=matrix.cues)
        return PLAIN

    def _governing(self, i: int) -> Status:
        """The status of the nearest predicate at or above a token."""
        for place in (self.tree.tokens[i], *self.tree.ancestors(i)):
            if is_predicate(self.tree, place.index):
                return self.status(place.index)
        return self._unembedded(i)
