"""Names -> IRIs. Every IRI is a pure function of what it names.

| of | IRI |
|---|---|
| document, relation | the slug of its id or lemma; where the slug loses something, a digest follows |
| entity, statement | its id |
| evidence, mention | the document's with `#char=start,end` (RFC 5147) |
| qualifier | the statement's with `#q1`, `#q2`, ... in canonical order |
| reading | the statement's with `#r` and the digest of place, spans, cues and extractor |
| link, known link | the digest of mentions or mention and known thing, judgement, score and reason |
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.model import Evidence, KnownLink, Link
from kg.store.notation import chars, cue_line, place
from kg.vocab import Namespaces, digest, slug

LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
DIGITS: Final = 8  # of a digest beside a slug: it only tells names of equal slug apart


def is_local_name(text: str) -> bool:
    """Whether text can stand after a prefix in every RDF tool.

    >>> is_local_name("Lee_Harvey_Oswald"), is_local_name("U.S.")
    (True, False)
    """
    return LOCAL_NAME.fullmatch(text) is not None


def document_iri(names: Namespaces, id_: str) -> str:
    """The IRI of a document, which is also the name of its graph.

    >>> document_iri(Namespaces(), "jfk-files")
    'https://example.org/kg/document/jfk-files'
    """
    name = slug(id_)
    return names.iri(f"doc:{name}" if name == id_ else f"doc:{name}-{digest(id_, length=DIGITS)}")


def relation_iri(names: Namespaces, lemma: str) -> str:
    """The IRI of a relation; lemmas that differ never share one ("work in C", "work in C++").

    >>> names = Namespaces()
    >>> relation_iri(names, "meet with"), relation_iri(names, "work in C++")[-19:]
    ('https://example.org/kg/relation/meet_with', '/work_in_C-3d3ccbd3')
    """
    name = slug(lemma)
    same = name.replace("_", " ") == lemma
    return names.iri(f"rel:{name}" if same else f"rel:{name}-{digest(lemma, length=DIGITS)}")


def reading_iri(statement: str, evidence: Evidence) -> str:
    """The IRI of how a statement, given by IRI, was read off the evidence."""
    parts = (
        place(evidence.document, evidence.span),
        chars(evidence.subject),
        *map(chars, evidence.relation),
        chars(evidence.object),
        *map(cue_line, evidence.cues),
        evidence.sentence,
        evidence.extractor,
    )
    return f"{statement}#r{digest(*parts)}"


def link_iri(names: Namespaces, link: Link) -> str:
    """The IRI of a judgement."""
    parts = link.left, link.right, link.judgement, link.score, link.reason
    return f"{names.base}link/{digest(*parts)}"


def known_link_iri(names: Namespaces, link: KnownLink) -> str:
    """The IRI of a judgement on a known thing."""
    parts = "known", link.mention, link.iri, link.judgement, link.score, link.reason
    return f"{names.base}link/{digest(*parts)}"


def is_iri(text: str) -> bool:
    """Whether text is an absolute IRI as RDF 1.1 wants it (RFC 3987).

    >>> is_iri("https://example.org/Ann"), is_iri("https://example.org/Ann Lee"), is_iri("Ann")
    (True, False, False)
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
