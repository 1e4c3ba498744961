"""Across documents: which clusters of different documents are one thing. Block, compare, cluster.

Equal names first, then other forms of full names, then initials, then parts of names: the surest first, and what
is joined early tells more when the less sure is judged. A part of a name that fits several is joined to none
of them unless what it shares with one is clear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

from kg.model import Judgement, Link, Statement
from kg.resolve.blocking import pairs
from kg.resolve.clusters import Clusters
from kg.resolve.compare import (
    OPEN,
    SURE,
    a_kind,
    conflict,
    doubts,
    equal_prior,
    fit,
    likelihood,
    mixed_prior,
    shared,
)
from kg.resolve.context import Cluster, Context, no_relation, read_statements
from kg.resolve.groups import Group, are_told_apart, is_single, now, telling
from kg.resolve.names import Key
from kg.resolve.people import SURNAME_ALONE, NameFit
from kg.resolve.spelling import plain

# By how much the log-odds of the best must exceed those of the next, to choose: .75 of a rare name.
_CLEAR: Final = 1.5
# Judgements other than "same" that one group gets at most: enough to review, and bounded.
_MOST_OPEN: Final = 4
_MOST_TRIED: Final = 24
_NEAREST: Final = 8


class Judged(NamedTuple):
    """A comparison: the score in [0, 1], the other group, and the reason in words."""

    score: float
    group: Group
    reason: str


def across(
    members: Iterable[Cluster], statements: Iterable[Statement], clusters: Clusters
) -> list[Link]:
    """The judgements between clusters of different documents; what they join is joined in `clusters`."""
    found = _Across(members, statements, clusters).links
    # What was open and has been settled by others is open no more.
    return [k for k in found if k.judgement != "unsure" or clusters.root(k.left) != clusters.root(k.right)]  # fmt: skip


class _Across:
    def __init__(
        self, members: Iterable[Cluster], statements: Iterable[Statement], clusters: Clusters
    ) -> None:
        named = [c for c in members if c.key]
        owner = {m.id: c for c in named for m in c.mentions}
        apart = no_relation(read_statements(statements, owner))
        context = Context(named)
        self.links: list[Link] = []
        self._clusters, self._context = clusters, context
        self._open: dict[str, int] = defaultdict(int)
        for link in sorted(apart, key=lambda k: (k.left, k.right)):
            if clusters.bar(link.left, link.right):
                self.links.append(link)
        groups = sorted((Group(c, context) for c in named), key=lambda g: g.place)
        self._equal([g for g in groups if not is_single(g)])
        self._variants(groups)
        self._singles([g for g in groups if is_single(g) and g.into is None])

    # -- judgements -------------------------------------------------------------------------------

    def _judge(self, left: Group, right: Group, prior: float, names: str) -> Judged:
        amount, in_words = shared(left, right, self._context)
        factor, doubt = doubts(left, right)
        reason = f"{left.first.text!r} and {right.first.text!r}: {names}"
        reason += f"; both with {' and '.join(in_words)}" if in_words else ""
        reason += f"; but {doubt}" if doubt else ""
        return Judged(round(likelihood(prior * factor, amount), 4), right, reason)

    def _say(self, left: Group, right: Group, judgement: Judgement, score: float, why: str) -> None:
        """Record that two are not joined, unless one of them has enough such records."""
        if (
            left is right
            or max(self._open[left.first.id], self._open[right.first.id]) >= _MOST_OPEN
        ):
            return
        for group in (left, right):
            self._open[group.first.id] += 1
        ends = sorted((left.first.id, right.first.id))
        if judgement == "different" and not self._clusters.bar(*ends):
            return
        self.links.append(Link(ends[0], ends[1], judgement, score, why))

    def _join(self, left: Group, judged: Judged) -> bool:
        """Join two groups, if no barrier stands between them; whether they are one now."""
        right = now(judged.group)
        if left is right:
            return True
        ends = sorted((left.first.id, right.first.id))
        link = Link(ends[0], ends[1], "same", judged.score, judged.reason)
        if not self._clusters.join(link):
            return False
        self.links.append(link)
        large, small = (left, right) if len(left.clusters) >= len(right.clusters) else (right, left)
        large.take(small)
        return True

    def _forbidden(self, left: Group, right: Group) -> str:
        """What forbids to join two groups, in words; a barrier set before is known without words."""
        if self._clusters.are_apart(left.first.id, right.first.id):
            return "-"
        return conflict(left, right)

    # -- equal names ------------------------------------------------------------------------------

    def _equal(self, groups: Sequence[Group]) -> None:
        buckets: dict[Key, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
        for group in groups:
            buckets[tuple(map(plain, group.key))][group.type].append(group)
        for key in sorted(buckets):
            for kind in sorted(buckets[key]):
                same = buckets[key][kind]
                self._alike(same, equal_prior(same[0]))
            if len(buckets[key]) > 1:
                self._of_two_types(buckets[key])

    def _alike(self, groups: Sequence[Group], prior: float) -> None:
        """Things of one name and type: all to the first where nothing speaks against it."""
        kept, others = self._clusters.kept_apart(groups, lambda group: group.first.id)
        if len(kept) > 1:
            for part in (*kept, others):
                self._as_one(part, prior)
            for other in others[:1]:
                for part in kept:
                    self._say(part[0], other, "unsure", 0.5, f"{len(kept)} things are called {other.first.text!r}")  # fmt: skip
            return
        self._as_one(groups, prior)

    def _as_one(self, groups: Sequence[Group], prior: float) -> None:
        if len(groups) < 2:
            return
        if prior >= SURE and not are_told_apart(groups):
            for other in groups[1:]:
                reason = f"{groups[0].first.text!r} and {other.first.text!r}: the same name"
                self._join(now(groups[0]), Judged(prior, other, reason))
            return
        self._gather(groups, prior, "the same name")

    def _gather(self, groups: Sequence[Group], prior: float, names: str) -> None:
        """Things of one name, each to those that it shares most with; those that tell most come first."""
        placed: list[Group] = []
        holders: dict[str, list[int]] = defaultdict(list)
        for group in sorted(groups, key=telling):
            features = sorted(group.features, key=lambda f: (-self._context.weight(f), f))
            tried = dict.fromkeys(range(min(len(placed), _NEAREST)))
            for feature in features[:_MOST_TRIED]:
                tried.update(dict.fromkeys(holders[feature][:_NEAREST]))
            others = {id(g): g for g in (now(placed[n]) for n in list(tried)[: 2 * _MOST_TRIED])}
            self._place(group, list(others.values()), prior, names)
            for feature in features[:_MOST_TRIED]:
                holders[feature].append(len(placed))
            placed.append(group)

    def _place(self, group: Group, others: Sequence[Group], prior: float, names: str) -> None:
        judged = []
        for other in others:
            wrong = self._forbidden(group, other)
            if not wrong:
                judged.append(self._judge(group, other, prior, names))
            elif wrong != "-":
                self._say(group, other, "different", 0.95, _why(group, other, names, wrong))
        judged.sort(key=_surest)
        rivals = [j for j in judged[1:] if conflict(judged[0].group, j.group)]
        if judged and judged[0].score >= SURE and _is_clear(judged[0], rivals):
            for each in judged:
                ours, other = now(group), now(each.group)
                if each.score >= SURE and (ours is other or not self._forbidden(ours, other)):
                    self._join(ours, each)
            return
        for each in judged[:2]:
            if each.score >= OPEN:
                self._say(group, each.group, "unsure", each.score, each.reason)

    def _of_two_types(self, by_type: dict[str, list[Group]]) -> None:
        """One name that documents take for things of different types."""
        heads = {k: list(dict.fromkeys(map(now, held))) for k, held in by_type.items()}
        found = []
        for n, kind in enumerate(sorted(heads)):
            for other in sorted(heads)[n + 1 :]:
                for left in heads[kind][:_NEAREST]:
                    for right in heads[other][:_NEAREST]:
                        found.append((left, right, NameFit(mixed_prior(left, right), "full", f"the same name, taken for {a_kind(kind)} and {a_kind(other)}")))  # fmt: skip
        self._in_order(found)

    # -- other forms of names ---------------------------------------------------------------------

    def _variants(self, groups: Sequence[Group]) -> None:
        heads = [g for g in groups if g.into is None]
        by_kind: dict[str, list[tuple[Group, Group, NameFit]]] = defaultdict(list)
        for left, right in pairs(heads):
            found = fit(left, right)
            if found and not (is_single(left) and is_single(right)):
                by_kind[found.kind].append((left, right, found))
        self._in_order(by_kind["full"])
        self._shorter(by_kind["initial"])
        self._shorter(by_kind["short"])

    def _in_order(self, found: Iterable[tuple[Group, Group, NameFit]]) -> None:
        """Judge pairs whose names are as full as each other, the surest first."""
        judged = [(self._judge(left, right, f.prior, f.reason), left, f) for left, right, f in found]  # fmt: skip
        for first, start, name in sorted(judged, key=lambda j: (*_surest(j[0]), j[1].place)):
            left, right = now(start), now(first.group)
            if left is right:
                continue
            wrong = self._forbidden(left, right)
            if wrong:
                if wrong != "-" and name.prior >= SURNAME_ALONE:
                    self._say(left, right, "different", 0.9, _why(left, right, name.reason, wrong))
                continue
            again = self._judge(left, right, name.prior, name.reason)
            joined = again.score >= SURE and self._join(left, again)
            if not joined and again.score >= OPEN:
                self._say(left, right, "unsure", again.score, again.reason)

    def _shorter(self, found: Iterable[tuple[Group, Group, NameFit]]) -> None:
        """Judge shorter names: each is joined to the one fuller name that fits, or clearly fits best."""
        fuller: dict[int, list[tuple[Group, NameFit]]] = defaultdict(list)
        shorts: dict[int, Group] = {}
        for left, right, name in found:
            short, full = sorted((left, right), key=lambda g: (sum(map(len, g.key)), g.place))
            shorts[id(short)] = short
            fuller[id(short)].append((full, name))
        for short in sorted(shorts.values(), key=lambda g: g.place):
            self._choose(short, fuller[id(short)])

    def _choose(self, start: Group, fuller: Iterable[tuple[Group, NameFit]]) -> None:
        best: dict[int, Judged] = {}
        short = now(start)
        for full, name in fuller:
            other = now(full)
            if other is short or self._forbidden(short, other):
                continue
            judged = self._judge(short, other, name.prior, name.reason)
            if id(other) not in best or _surest(judged) < _surest(best[id(other)]):
                best[id(other)] = judged
        ranked = sorted(best.values(), key=_surest)
        clear = ranked and ranked[0].score >= SURE and _is_clear(ranked[0], ranked[1:])
        if clear and self._join(short, ranked[0]):
            return
        for each in ranked[:_MOST_OPEN]:
            if each.score >= OPEN:
                more = f"; {len(ranked)} fuller names fit" if len(ranked) > 1 else ""
                self._say(short, each.group, "unsure", min(each.score, SURE - 0.01), each.reason + more)  # fmt: skip

    def _singles(self, groups: Sequence[Group]) -> None:
        """Surnames and given names by themselves that no fuller name has taken."""
        buckets: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            name = group.clusters[0].person
            buckets[f"{name.family} {name.suffix}"].append(group)
        for words_ in sorted(buckets):
            same = buckets[words_]
            self._alike(same, equal_prior(same[0]))


def _surest(judged: Judged) -> tuple[object, ...]:
    return -judged.score, judged.group.place


def _is_clear(best: Judged, others: Sequence[Judged]) -> bool:
    """Whether the best is by far the best."""
    next_best = max((other.score for other in others), default=0.0)
    return next_best < OPEN / 2 or _logit(best.score) - _logit(next_best) >= _CLEAR


def _logit(score: float) -> float:
    kept = min(max(score, 0.001), 0.995)
    return log(kept / (1 - kept))


def _why(left: Group, right: Group, names: str, wrong: str) -> str:
    return f"{left.first.text!r} and {right.first.text!r}: {names}, but {wrong}"
