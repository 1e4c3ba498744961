"""When and where: time expressions and places attached to the predicates they belong to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Final

from kg.extract.ends import Ends
from kg.extract.obliques import Oblique
from kg.extract.predicates import is_predicate
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import words
from kg.model import DateExpression, Literal, Mention, Qualifier, Span

_PLACE_ROLES: Final = frozenset(
    {"in", "at", "near", "outside", "inside", "within", "off", "across", "through", "throughout"}
)
_PASSABLE: Final = frozenset({"prep", "pobj", "npadvmod", "nummod", "advmod", "pcomp", "appos", "nmod", "compound", "dep", "conj", "amod", "det", "punct", "quantmod", "advcl", "tmod"})  # fmt: skip
_CARRIERS: Final = frozenset({"dobj", "pobj", "attr", "dative", "nsubjpass", "nsubj"})


class Circumstances:
    """Times and places of the predicates of one document."""

    def __init__(self, tree: Tree, ends: Ends) -> None:
        self.tree = tree
        self.ends = ends
        self._dates: dict[int, list[DateExpression]] = defaultdict(list)
        starts = [token.span.start for token in tree.tokens]
        for date in tree.annotated.dates:
            i = bisect_left(starts, date.span.start)
            if i < len(tree.tokens) and tree.tokens[i].span.start < date.span.end:
                self._dates[self._carrier(i, date)].append(date)

    def time(self, proposition: Proposition) -> str | None:
        """The EDTF value of the proposition's time."""
        i = proposition.predicate
        if isinstance(proposition.object, Literal):
            if proposition.rule == "life":
                return proposition.object.value
            date = self.ends.date_at(proposition.object_head)
            if date:
                return date.value
        if self._dates_the_start(proposition):
            return None
        return self._time_of(i)

    def _dates_the_start(self, proposition: Proposition) -> bool:
        """As in "rose from two in 1961 to seven": the date says when it was two, not when it rose to seven."""
        tree, i = self.tree, proposition.predicate
        ends = [k for k in tree.kids(i, "prep") if tree.word(k) == "to"]
        starts = [k for k in tree.kids(i, "prep") if tree.word(k) == "from"]
        if not ends or not starts or not set(ends) & set(proposition.relation):
            return False
        between = Span(tree.tokens[starts[0]].span.end, tree.tokens[ends[0]].span.start)
        return any(date.span in between for date in self._dates.get(i, []))

    def _time_of(self, i: int) -> str | None:
        own = self._dates.get(i)
        if own:
            return max(own, key=lambda d: (len(d.value), -d.span.start)).value
        token = self.tree.tokens[i]
        head = token.head
        dated = self._before_when(i)
        if dated:
            return dated
        if head != i and is_predicate(self.tree, head) and is_predicate(self.tree, i):
            shared = self._dates.get(head, [])
            bare = not self.tree.kids(i, "mark", "aux", "auxpass")
            participle = token.dependency == "advcl" and token.tag in {"VBG", "VBN"} and bare
            fronted = token.dependency == "conj" and any(
                d.span.end <= self.tree.tokens[head].span.start for d in shared
            )
            if shared and (participle or fronted or token.dependency == "xcomp"):
                return self._time_of(head)
        return None

    def _before_when(self, i: int) -> str | None:
        """As in "in 2021, when she won": the date that a "when" clause takes up; of an open interval its start."""
        whens = [k for k in self.tree.kids(i, "advmod") if self.tree.word(k) == "when"]
        last = whens[0] - 1 if whens else -1
        if last > 0 and self.tree.tokens[last].text == ",":
            last -= 1
        date = self.ends.date_at(last) if last > 0 else None
        return date.value.removesuffix("/..") if date else None

    def place(self, proposition: Proposition) -> str | None:
        """The mention id of the place where it happened."""
        for oblique in proposition.obliques:
            end = self.ends.end(oblique.head)
            if oblique.role in _PLACE_ROLES and isinstance(end, Mention) and self._located(end):
                return end.id
        for preposition in self.tree.kids(proposition.object_head, "prep"):
            if self.tree.word(preposition) in {"in", "at"} and isinstance(
                proposition.object, Mention
            ):
                for noun in self.tree.kids(preposition, "pobj"):
                    end = self.ends.end(noun)
                    happens = (
                        proposition.object.kind == "name" or proposition.object.type == "Event"
                    )
                    if _is_place(end) and happens and isinstance(end, Mention):
                        return end.id
        return None

    def _located(self, end: Mention) -> bool:
        """A place with a name, or a place described with one ("the village of X")."""
        whole = self.tree.tokens[end.head]
        inside = (self.tree.mention_at.get(k) for k in range(whole.left, whole.right))
        named = end.type == "Place" and any(
            m.kind == "name" and m.span in end.extent for m in inside if m and m is not end
        )
        return _is_place(end) or named

    def qualifiers(self, proposition: Proposition) -> tuple[Qualifier, ...]:
        """The further arguments of the predicate, in text order."""
        found: list[tuple[int, Qualifier]] = []
        taken = {o.prepositions for o in proposition.obliques if o.head == proposition.object_head}
        for oblique in proposition.obliques:
            if oblique.head == proposition.subject_head or oblique.prepositions in taken:
                continue
            qualifier = self._qualifier(oblique)
            if qualifier:
                found.append((oblique.prepositions[0], qualifier))
        for kid in self.tree.kids(proposition.predicate, "npadvmod"):
            date = self.ends.date_at(kid)
            if date and proposition.object_head != kid:
                text = date.span.of(self.tree.text)
                value = self.ends.end(kid)
                found.append(
                    (kid, Qualifier("when", text, value if isinstance(value, Literal) else None))
                )
        return tuple(q for _, q in sorted(found, key=lambda pair: pair[0]))

    def _qualifier(self, oblique: Oblique) -> Qualifier | None:
        end = self.ends.end(oblique.head)
        if (
            isinstance(end, Mention)
            and end.kind == "pronoun"
            and end.text.lower() in {"it", "this", "that"}
        ):
            return None
        where = self.ends.phrase(oblique.head) if end is None else self.ends.span(oblique.head, end)
        text = where.of(self.tree.text)
        value = end.id if isinstance(end, Mention) else end
        lead = " ".join(self.tree.tokens[p].text for p in oblique.prepositions)
        return Qualifier(oblique.role, " ".join(f"{lead} {text}".split()), value)

    def _carrier(self, i: int, date: DateExpression) -> int:
        """The predicate or noun that a time expression dates."""
        tree = self.tree
        while tree.tokens[i].head != i and tree.tokens[tree.tokens[i].head].span in _around(date):
            i = tree.tokens[i].head
        while tree.tokens[i].head != i:
            token = tree.tokens[i]
            if is_predicate(tree, i):
                return i
            above = token.head
            if is_predicate(tree, above) and token.dependency in _PASSABLE:
                return above
            if (
                token.dependency in _CARRIERS
                and not self.ends.date_at(i)
                and tree.lemma(i) not in words("times")
            ):
                before = date.span.end <= token.span.start
                if (
                    token.dependency in {"nsubj", "nsubjpass"}
                    or before
                    or not is_predicate(tree, above)
                ):
                    return i
                return above
            i = above
        return i


def _around(date: DateExpression) -> Span:
    return date.span


def _is_place(end: object) -> bool:
    return isinstance(end, Mention) and end.type == "Place" and end.kind == "name"
