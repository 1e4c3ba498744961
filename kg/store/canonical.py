"""The one order and form of a corpus: what a store holds and gives back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kg.errors import StoreError
from kg.model import (
    Attribution,
    Corpus,
    Cue,
    Entity,
    Evidence,
    Header,
    KnownLink,
    Link,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)
from kg.store.iris import is_iri, is_local_name
from kg.store.literals import canonical_literal, clean, decimal
from kg.store.notation import place, split_place
from kg.store.order import (
    cue_key,
    evidence_key,
    known_link_key,
    link_key,
    mention_key,
    qualifier_key,
)
from kg.vocab import statement_id


def canonical(corpus: Corpus) -> Corpus:
    """The corpus sorted, joined, cleaned and checked; a fixed point of itself.

    Statements of equal id join their evidence and keep the best score and the wording of the one
    with most evidence; a statement without id gets its digest. Scores keep four digits. Text is
    cleaned of what RDF cannot hold (`clean`), a label is no alias, literals get canonical forms (`canonical_literal`).

    Raises StoreError for a document, entity or mention that occurs twice or that is named but not
    in the corpus, and for a statement without evidence.

    >>> canonical(Corpus((Header("b", "b.txt"), Header("a", "a.txt")), (), (), ())).headers[0].id
    'a'
    """
    headers = sorted(map(_header, corpus.headers), key=lambda each: each.id)
    documents = _unique("document", (each.id for each in headers))
    entities = sorted(map(_entity, corpus.entities), key=lambda each: each.id)
    known = _unique("entity", (each.id for each in entities))
    mentions = [mention for entity in entities for mention in entity.mentions]
    _unique("mention", (each.id for each in mentions))
    for mention in mentions:
        _known("mention", mention.id, (mention.document,), "document", documents)
    statements = _joined(map(_statement, corpus.statements))
    for statement in statements:
        where = [each.document for each in statement.evidence]
        if not where:
            raise StoreError(f"statement {statement.id}: it has no evidence")
        _known("statement", statement.id, where, "document", documents)
        _known("statement", statement.id, _entities_of(statement), "entity", known)
    _one_quote_a_place(statements)
    links = sorted(set(map(_link, corpus.links)), key=link_key)
    for link in links:
        where = [split_place(end)[0] for end in (link.left, link.right)]
        _known("link", link.left, where, "document", documents)
    judged = sorted(set(map(_known_link, corpus.known)), key=known_link_key)
    for each in judged:
        document = split_place(each.mention)[0]
        _known("known link", each.mention, (document,), "document", documents)
    return Corpus(tuple(headers), tuple(entities), tuple(statements), tuple(links), tuple(judged))


def _unique(kind: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise StoreError(f"{kind} {each!r}: it occurs twice in the corpus; ids must be unique")
        seen.add(each)
    return seen


def _known(kind: str, id_: str, names: Iterable[str], what: str, known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise StoreError(f"{kind} {id_!r}: its {what} {name!r} is not in the corpus")


def _one_quote_a_place(statements: Iterable[Statement]) -> None:
    quotes: dict[tuple[str, Span], str] = {}
    for evidence in (each for statement in statements for each in statement.evidence):
        quote = quotes.setdefault((evidence.document, evidence.span), evidence.quote)
        if quote != evidence.quote:
            where = place(evidence.document, evidence.span)
            raise StoreError(f"evidence {where!r}: it has two quotes, {quote!r} and another")


def _entities_of(statement: Statement) -> Iterator[str]:
    source = statement.attribution.source if statement.attribution else None
    values = (each.value for each in statement.qualifiers)
    for end in (statement.subject, statement.object, source, statement.place, *values):
        if isinstance(end, str):
            yield end


def _words(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _header(header: Header) -> Header:
    return Header(
        clean(header.id),
        clean(header.source),
        _words(header.title),
        _words(header.date),
        clean(header.language),
    )


def _entity(entity: Entity) -> Entity:
    if not is_local_name(entity.id):
        raise StoreError(f"entity {entity.id!r}: its id is no local name; make one with vocab.slug")
    if entity.exact is not None and not is_iri(entity.exact):
        raise StoreError(f"entity {entity.id!r}: it is linked to {entity.exact!r}, which is no IRI")
    label = clean(entity.label)
    aliases = tuple(sorted({clean(alias) for alias in entity.aliases} - {label}))
    mentions = sorted(map(_mention, entity.mentions), key=mention_key)
    return replace(entity, label=label, aliases=aliases, mentions=tuple(mentions))


def _mention(mention: Mention) -> Mention:
    document = clean(mention.document)
    id_ = place(document, mention.span)
    if clean(mention.id) != id_:
        raise StoreError(f"mention {mention.id!r}: its id should be {id_!r}")
    return replace(mention, id=id_, document=document, text=clean(mention.text))


def _link(link: Link) -> Link:
    score = float(decimal(link.score))
    left, right, reason = clean(link.left), clean(link.right), clean(link.reason)
    return Link(left, right, link.judgement, score, reason)


def _known_link(link: KnownLink) -> KnownLink:
    if not is_iri(link.iri):
        raise StoreError(f"known link {link.mention!r}: {link.iri!r} is no IRI")
    score = float(decimal(link.score))
    return KnownLink(clean(link.mention), link.iri, link.judgement, score, clean(link.reason))


def _statement(statement: Statement) -> Statement:
    tidy = replace(
        statement,
        relation=Relation(clean(statement.relation.lemma), clean(statement.relation.label)),
        object=_end(statement.object),
        evidence=_places(statement.evidence),
        qualifiers=tuple(sorted(set(map(_qualifier, statement.qualifiers)), key=qualifier_key)),
        attribution=_attribution(statement.attribution),
        time=_words(statement.time),
        score=float(decimal(statement.score)),
    )
    named = tidy if tidy.id else replace(tidy, id=statement_id(tidy))
    if not is_local_name(named.id):
        raise StoreError(f"statement {named.id!r}: its id is no local name; use statement_id")
    return named


def _end(end: str | Literal) -> str | Literal:
    return canonical_literal(end) if isinstance(end, Literal) else end


def _qualifier(qualifier: Qualifier) -> Qualifier:
    value = None if qualifier.value is None else _end(qualifier.value)
    return Qualifier(clean(qualifier.role), clean(qualifier.text), value)


def _attribution(attribution: Attribution | None) -> Attribution | None:
    """A source that is no entity is its words and nothing else."""
    if attribution is None:
        return None
    source = attribution.source
    if isinstance(source, Literal):
        words = clean(source.text or source.value)
        source = Literal(words, "xsd:string", words)
    return Attribution(source, clean(attribution.cue))


def _places(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(map(_evidence, evidence)), key=evidence_key))


def _evidence(evidence: Evidence) -> Evidence:
    cues = {Cue(clean(each.kind), each.span, clean(each.text)) for each in evidence.cues}
    return replace(
        evidence,
        document=clean(evidence.document),
        quote=clean(evidence.quote),
        relation=tuple(dict.fromkeys(evidence.relation)),
        cues=tuple(sorted(cues, key=cue_key)),
        extractor=clean(evidence.extractor),
    )


def _joined(statements: Iterable[Statement]) -> list[Statement]:
    """One statement an id, in the order of ids."""
    same: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        same[statement.id].append(statement)
    return [_join(same[id_]) for id_ in sorted(same)]


def _join(same: list[Statement]) -> Statement:
    if len(same) == 1:
        return same[0]
    first = min(same, key=lambda each: (-len(each.evidence), repr(each)))
    evidence = {place for each in same for place in each.evidence}
    score = max(each.score for each in same)
    return replace(first, evidence=tuple(sorted(evidence, key=evidence_key)), score=score)
