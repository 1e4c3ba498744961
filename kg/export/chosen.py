"""The statements that an answer is about, so that it can be seen as a network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.store import Answer
from kg.vocab import Namespaces

Record = dict[str, Any]
End = tuple[str, ...]  # of a statement: the IRI of an entity, or value and words of a literal


def chosen(records: Iterable[Record], answer: Answer, names: Namespaces) -> list[Record]:
    """Those of `records` that a SELECT or CONSTRUCT answer tells of, in their order.

    A row that names statements by IRI means these. Another row means the statements between two things that
    it names, by IRI, id or label, with the row's relation where it names one. Rows with one thing alone mean
    what is said among these things, and all that is said of one that has nothing to do with the others.
    """
    told = _Told(records, names)
    picked: set[str] = set()
    alone: set[End] = set()
    for row in answer.rows:
        words = {term.value for term in row if term and term.kind != "blank"}
        ends = told.ends(words)
        if found := told.statements(words) or told.between(ends, told.relations(words)):
            picked.update(record["id"] for record in found)
        elif len(entities := {end for end in ends if len(end) == 1}) == 1:
            alone |= entities
    among = told.between(alone)
    reached = {end for record in among for end in ends_of(record)}
    among += [record for end in alone - reached for record in told.of[end]]
    picked.update(record["id"] for record in among)
    return [record for record in told.records if record["id"] in picked]


def ends_of(record: Record) -> tuple[End, End]:
    """Both ends of a statement."""
    return _end(record["subject"]), _end(record["object"])


def _end(part: Mapping[str, Any]) -> End:
    return (part["id"],) if "id" in part else (str(part["value"]), str(part.get("label")))


class _Told:
    """Records by what they name."""

    def __init__(self, records: Iterable[Record], names: Namespaces) -> None:
        self.records = list(records)
        self.of: dict[End, list[Record]] = defaultdict(list)
        self._statements: dict[str, Record] = {}
        self._ends: dict[str, set[End]] = defaultdict(set)
        self._relations: dict[str, set[str]] = defaultdict(set)
        base = names.prefixes[""]
        for record in self.records:
            self._statements[names.prefixes["stmt"] + record["id"]] = record
            relation = record["relation"]
            for name in (relation["id"], relation["label"], relation.get("lemma")):
                self._relations[name or ""].add(relation["id"])
            for end, part in zip(ends_of(record), (record["subject"], record["object"]), strict=True):  # fmt: skip
                self.of[end].append(record)
                for name in (*end, end[0].removeprefix(base), str(part.get("label"))):
                    self._ends[name].add(end)

    def statements(self, words: Iterable[str]) -> list[Record]:
        return [self._statements[word] for word in words if word in self._statements]

    def ends(self, words: Iterable[str]) -> set[End]:
        return {end for word in words for end in self._ends.get(word, ())}

    def relations(self, words: Iterable[str]) -> set[str]:
        """The IRIs of relations named."""
        return {iri for word in words for iri in self._relations.get(word, ())}

    def between(self, ends: Collection[End], relations: Collection[str] = ()) -> list[Record]:
        """Statements with both ends among `ends`, with one of `relations` where there are any."""
        return [
            record
            for end in ends
            for record in self.of.get(end, ())
            if (both := ends_of(record))[0] == end
            and both[1] in ends
            and (not relations or record["relation"]["id"] in relations)
        ]
