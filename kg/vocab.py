"""Prefixes, CURIE <-> IRI, and our own terms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anyascii import anyascii

from kg.errors import KgError
from kg.model import Literal, Qualifier, Statement

DEFAULT_BASE: Final = "https://example.org/kg/"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "oa": "http://www.w3.org/ns/oa#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

CLASS_OF_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Person": "schema:Person",
        "Organization": "schema:Organization",
        "Place": "schema:Place",
        "Event": "schema:Event",
        "CreativeWork": "schema:CreativeWork",
        "Product": "schema:Product",
        "Group": "kg:Group",
        "Thing": "schema:Thing",
    }
)

# datatypes of dates and times
DATES: Final = frozenset({"xsd:date", "xsd:gYear", "xsd:gYearMonth", "edtf:EDTF"})

# local name -> (class or property, label, comment)
TERMS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "Document": ("class", "document", "A text; its named graph says where things are said."),
        "Statement": ("class", "statement", "What is said: subject, relation, object, and how."),
        "Evidence": ("class", "evidence", "A place in a document where a statement stands."),
        "Reading": ("class", "reading", "How a statement was read off one evidence: words and cues."),
        "Qualifier": ("class", "qualifier", "A further role and value on a statement."),
        "Link": ("class", "link", "A judgement that two mentions are the same entity, with its reason."),
        "KnownLink": ("class", "known link", "A judgement that an entity is a thing of a knowledge base, with its reason."),
        "Group": ("class", "group", "A nationality, party, faith or other kind of people."),
        "Positive": ("individual", "positive", "The text says that it is so."),
        "Negative": ("individual", "negative", "The text says that it is not so."),
        "Certain": ("individual", "certain", "Said without hedge."),
        "Possible": ("individual", "possible", "Hedged, probable, planned, expected or ordered."),
        "Unknown": ("individual", "unknown", "Asked, conditional, hypothetical, or not committed to."),
        "polarity": ("property", "polarity", "kg:Positive or kg:Negative."),
        "certainty": ("property", "certainty", "kg:Certain, kg:Possible or kg:Unknown."),
        "attributedTo": ("property", "attributed to", "Who is said to say it; prov:wasAttributedTo would mean us."),
        "attributionCue": ("property", "attribution cue", "The words that name the source."),
        "score": ("property", "score", "0..1: how likely a careful reader accepts the statement."),
        "time": ("property", "time", "When, in EDTF; xsd:date, xsd:gYearMonth or xsd:gYear where one fits."),
        "place": ("property", "place", "Where."),
        "qualifier": ("property", "qualifier", "A further role and value."),
        "role": ("property", "role", "The preposition or part a qualifier plays."),
        "text": ("property", "text", "The words."),
        "value": ("property", "value", "The entity or literal that a qualifier's words mean."),
        "relationLabel": ("property", "relation label", "How the text says the relation."),
        "statement": ("property", "of statement", "The statement that was read."),
        "evidence": ("property", "from evidence", "The evidence it was read from."),
        "subjectSpan": ("property", "subject span", "char=start,end of the subject's words."),
        "relationSpan": ("property", "relation span", "char=start,end of the relation's words, each run of them, in reading order."),
        "objectSpan": ("property", "object span", "char=start,end of the object's words."),
        "sentence": ("property", "sentence", "The index of the sentence in its document."),
        "cue": ("property", "cue", "Words that decided the status: kind char=start,end words."),
        "extractor": ("property", "extractor", "The part that read it."),
        "literalText": ("property", "literal text", "How the text says a literal object or value."),
        "mention": ("property", "mention", "Kind, type, extent, head and words of the mention at this place."),
        "mentionCount": ("property", "mention count", "How many mentions mean the entity."),
        "documentCount": ("property", "document count", "In how many documents it is mentioned."),
        "entity": ("property", "entity", "The entity that the mention at this place means."),
        "named": ("property", "named", "The mention of the entity whose name was compared."),
        "known": ("property", "known", "The thing of a knowledge base that it was compared with."),
        "left": ("property", "left", "A mention of the link."),
        "right": ("property", "right", "The other mention of the link."),
        "judgement": ("property", "judgement", "same, different or unsure."),
        "reason": ("property", "reason", "Why, in words."),
    }
)  # fmt: skip


class Namespaces:
    """The prefixes of one dataset; `base` is the user's and ends in `/` or `#`.

    >>> names = Namespaces("https://example.org/kg/")
    >>> names.iri("rel:meet")
    'https://example.org/kg/relation/meet'
    >>> names.curie("https://example.org/kg/entity/Oswald")
    ':Oswald'
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
            raise KgError(f"base {base!r}: an http(s) IRI that ends in / or # is wanted")
        self.base = base
        self.prefixes: Mapping[str, str] = MappingProxyType(
            {
                "": base + "entity/",
                "doc": base + "document/",
                "kg": base + "vocab#",
                "rel": base + "relation/",
                "stmt": base + "statement/",
                **PREFIXES,
            }
        )

    def iri(self, curie: str) -> str:
        """The IRI of a CURIE; KgError for an unknown prefix."""
        prefix, _, local = curie.partition(":")
        if prefix not in self.prefixes:
            raise KgError(f"{curie}: unknown prefix; known: {', '.join(sorted(self.prefixes))}")
        return self.prefixes[prefix] + local

    def curie(self, iri: str) -> str:
        """The shortest CURIE of an IRI, or the IRI itself where none is clean."""
        best = iri
        for prefix, namespace in self.prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?", local):
                best = min(best, f"{prefix}:{local}", key=len)
        return best


def slug(text: str) -> str:
    """A local name of [A-Za-z0-9_] with inner hyphens that every RDF tool reads back.

    Latin letters lose their accents, other scripts are transliterated; text that leaves nothing
    gives a digest.

    >>> slug("Jiří Horák"), slug("U.S.A."), slug("Hartmann & Söhne")
    ('Jiri_Horak', 'USA', 'Hartmann_Sohne')
    """
    plain = re.sub(r"['’.]", "", anyascii(text))
    joined = re.sub(r"[^A-Za-z0-9-]+", "_", plain)
    trimmed = re.sub(r"-{2,}", "-", joined).strip("_-")
    return trimmed[:80].rstrip("_-") or "x" + digest(text)


def digest(*parts: object, length: int = 12) -> str:
    """The first `length` hex digits of the SHA-256 of the parts, each prefixed with its length.

    Twelve digits are 48 bits: among 100,000 statements two collide with odds of 1 in 56,000.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    digest_ = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8")
        digest_.update(b"%d:" % len(data))
        digest_.update(data)
    return digest_.hexdigest()[:length]


def statement_id(statement: Statement) -> str:
    """The digest of what is said: the id of a statement.

    Hashed are the ends, the relation's lemma, the qualifiers in any order, polarity, certainty, the
    source it is attributed to, time and place; not the evidence, the score, or how it is worded.

    >>> from kg.model import Relation
    >>> met = Statement("Oswald", Relation("meet", "met"), "Kostikov", ())
    >>> statement_id(met) == statement_id(Statement("Oswald", Relation("meet", "meets"), "Kostikov", ()))
    True
    """
    source = statement.attribution.source if statement.attribution else None
    return digest(
        statement.subject,
        statement.relation.lemma,
        *_what(statement.object),
        statement.polarity,
        statement.certainty,
        *_what(source),
        statement.time or "",
        statement.place or "",
        *(part for each in sorted(map(_role, statement.qualifiers)) for part in each),
    )


def _what(end: str | Literal | None) -> tuple[str, str]:
    """An end as two parts to hash: an entity, a literal by datatype and value, or nothing."""
    if isinstance(end, Literal):
        return end.datatype, end.value
    return ("", "") if end is None else ("entity", end)


def _role(qualifier: Qualifier) -> tuple[str, str, str]:
    if qualifier.value is None:
        return qualifier.role, "words", qualifier.text
    return qualifier.role, *_what(qualifier.value)
