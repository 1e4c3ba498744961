"""Statements as a network: who is in it, how important, in which group.

A networkx MultiDiGraph whose nodes are numbered by importance: PageRank (Page et al. 1999, Stanford InfoLab
1999-66) over what texts assert, direction aside. Groups are Louvain communities (Blondel et al. 2008,
doi:10.1088/1742-5468/2008/10/P10008). The same statements give the same network.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.model import ENTITY_TYPES

Record = Mapping[str, Any]

SEED: Final = 7
SHARE: Final = 9  # digits of a PageRank that count; beyond, sums in another order may differ
CAPTION: Final = 2  # names in the caption of a group


def status(record: Record) -> str:
    """How the text says it, in one word: asserted, possible, claimed, asked or denied.

    Asserted is a bare triple. A denial is shown as one whoever makes it, a claim as one however certain
    its source is; asked is whatever is left open: questions, conditions, hypotheses.

    >>> status({"polarity": "positive", "certainty": "possible", "attribution": None})
    'possible'
    """
    if record["polarity"] == "negative":
        return "denied"
    if record["attribution"] is not None:
        return "claimed"
    return {"certain": "asserted", "possible": "possible"}.get(record["certainty"], "asked")


def network_graph(statements: Sequence[Record]) -> Any:
    """A networkx MultiDiGraph: nodes 0, 1, … by falling importance with `iri`, `label`, `type`,
    `aliases` and `degree`; an edge a statement between entities, its key the place in `statements`.

    Entities that are only a place, a source or a qualifier are nodes of degree 0, and come last.
    """
    import networkx as nx

    entities = _entities(statements)
    degree: Counter[str] = Counter()
    for record in statements:
        degree.update({end["id"] for end in (record["subject"], record["object"]) if "id" in end})
    weight = _weights(statements)
    ranked = sorted(
        entities.values(),
        key=lambda e: (not degree[e["iri"]], -weight.get(e["iri"], 0.0), -degree[e["iri"]], e["label"], e["iri"]),
    )  # fmt: skip
    number = {entity["iri"]: index for index, entity in enumerate(ranked)}
    graph = nx.MultiDiGraph()
    for index, entity in enumerate(ranked):
        graph.add_node(index, **entity, degree=degree[entity["iri"]])
    for key, record in enumerate(statements):
        if "id" in record["object"]:
            ends = number[record["subject"]["id"]], number[record["object"]["id"]]
            graph.add_edge(*ends, key, relation=record["relation"], status=status(record))
    return graph


def foremost(statements: Sequence[Record], most: int | None) -> list[Record]:
    """The statements among the `most` foremost entities; all where there are no more."""
    if most is None or len(linked_iris(statements)) <= most:
        return list(statements)
    graph = network_graph(statements)
    kept = {data["iri"] for node, data in graph.nodes(data=True) if node < most}
    both = ((record, (record["subject"], record["object"])) for record in statements)
    return [
        record for record, pair in both if all(end["id"] in kept for end in pair if "id" in end)
    ]


def linked_iris(statements: Iterable[Record]) -> set[str]:
    """The entities that are an end of a statement."""
    return {
        end["id"] for each in statements for end in (each["subject"], each["object"]) if "id" in end
    }


def opening(graph: Any, linked: Sequence[int], most: int) -> list[int]:
    """Whom the first picture is about: the foremost third, the one foremost among the ties of each, and more ties,
    names before phrases.

    A picture of the foremost alone would be one of strangers: they are linked by others as a rule.
    """
    if len(linked) <= most:
        return list(linked)
    both = graph.to_undirected(as_view=True)

    def rank(node: int) -> tuple[bool, int]:
        return not is_name(graph.nodes[node]["label"]), node

    def near(node: int) -> list[int]:
        return sorted(set(both[node]) - {node}, key=rank)

    chosen = dict.fromkeys(linked[: most // 3])
    ties = {node: near(node) for node in chosen}
    for mine in ties.values():
        if mine and not chosen.keys() & mine:
            chosen[mine[0]] = None
    chosen |= dict.fromkeys(sorted({tie for mine in ties.values() for tie in mine}, key=rank))
    for node in linked:
        if len(chosen) >= most:
            break
        if node not in chosen:
            mine = near(node)
            lonely = mine and not chosen.keys() & mine
            chosen |= dict.fromkeys([node, mine[0]] if lonely else [node])
    return sorted(list(chosen)[:most])


def groups(graph: Any, nodes: Iterable[int]) -> dict[int, int]:
    """The group of each node that is linked to others, numbered by falling size."""
    import networkx as nx

    simple = simplified(graph.subgraph(nodes))
    found = nx.community.louvain_communities(simple, weight="weight", seed=SEED)
    ordered = sorted(map(sorted, found), key=lambda group: (-len(group), group[0]))
    return {node: index for index, group in enumerate(ordered) for node in group}


def named_groups(graph: Any, member: Mapping[int, int]) -> list[dict[str, Any]]:
    """What each group is called, by its foremost entities, those with a name before others; and its size."""
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for node in sorted(member):
        inside[member[node]].append(node)
    labels = ([graph.nodes[node]["label"] for node in inside[group]] for group in sorted(inside))
    return [{"names": _named_first(each)[:CAPTION], "size": len(each)} for each in labels]


def simplified(graph: Any) -> Any:
    """An undirected networkx Graph without loops, nodes and edges sorted, weighted by parallel edges."""
    import networkx as nx

    weights: Counter[tuple[int, int]] = Counter()
    for left, right in graph.edges():
        weights[min(left, right), max(left, right)] += 1
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph.nodes()))
    simple.add_weighted_edges_from(
        (left, right, weight**0.5)
        for (left, right), weight in sorted(weights.items())
        if left != right
    )
    return simple


def _named_first(labels: Sequence[str]) -> list[str]:
    return sorted(labels, key=lambda label: not is_name(label))


def is_name(label: str) -> bool:
    """Whether a label looks like a name; phrases ("a pilot") and unnamed things begin small.

    >>> is_name("Kostikov"), is_name("unnamed person"), is_name("1963")
    (True, False, False)
    """
    return label[:1].isupper()


def _weights(statements: Sequence[Record]) -> dict[str, float]:
    """PageRank over asserted statements, from names alone: a phrase is important by what names it links.

    It starts from each name by the root of its statements: evenly, it would pass over circles where all know all.
    """
    import networkx as nx

    links: Counter[tuple[str, str]] = Counter()
    names: dict[str, float] = {}
    for record in statements:
        ends = [end for end in (record["subject"], record["object"]) if "id" in end]
        names |= {end["id"]: float(is_name(end["label"])) for end in ends}
        if status(record) == "asserted" and len(ends) == 2 and ends[0]["id"] != ends[1]["id"]:
            left, right = sorted((ends[0]["id"], ends[1]["id"]))
            links[left, right] += 1
    simple = nx.Graph()
    simple.add_nodes_from(sorted(names))
    simple.add_weighted_edges_from((*pair, count**0.5) for pair, count in sorted(links.items()))
    if not simple:
        return {}
    begin = {name: own * simple.degree(name, weight="weight") ** 0.5 for name, own in names.items()}
    start = begin if any(begin.values()) else None
    ranks = nx.pagerank(simple, personalization=start, dangling=start)
    return {name: round(rank, SHARE) for name, rank in ranks.items()}


def _entities(statements: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """By IRI: every end of a statement, then whatever else a statement names with an id."""
    found: dict[str, dict[str, Any]] = {}
    for record in statements:
        for end in (record["subject"], record["object"]):
            if "id" in end:
                kind = end["type"] if end["type"] in ENTITY_TYPES else "Thing"
                known = found.setdefault(end["id"], _entity(end["id"], end["label"], kind))
                known["aliases"] = sorted({*known["aliases"], *end.get("aliases", ())})
    for record in statements:
        others = [(record.get("place"), "Place"), (record["attribution"], "Thing")]
        others += [(qualifier, "Thing") for qualifier in record.get("qualifiers", ())]
        for other, kind in others:
            if other and other.get("id"):
                entity = _entity(other["id"], other.get("label") or other["id"], kind)
                found.setdefault(other["id"], entity)
    return found


def _entity(iri: str, label: str, kind: str) -> dict[str, Any]:
    return {"iri": iri, "label": label, "type": kind, "aliases": []}
