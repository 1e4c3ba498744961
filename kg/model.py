"""The nouns: what flows between the rooms. Frozen, complete, standard library only.

Offsets are Unicode code points into `Document.text`, half-open. Token positions are indices into
`AnnotatedDocument.tokens`, counted over the whole document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

Polarity = OneOf["positive", "negative"]
Certainty = OneOf["certain", "possible", "unknown"]
MentionKind = OneOf["name", "nominal", "pronoun"]
Judgement = OneOf["same", "different", "unsure"]
EntityType = OneOf[
    "Person", "Organization", "Place", "Event", "CreativeWork", "Product", "Group", "Thing"
]

ENTITY_TYPES: Final[tuple[EntityType, ...]] = (
    "Person", "Organization", "Place", "Event", "CreativeWork", "Product", "Group", "Thing",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """[start, end) in code points."""

    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words the span covers.

        >>> Span(0, 6).of("Oswald met Kostikov")
        'Oswald'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a document besides its text. `date` is EDTF (`2017-10-27`, `2017-10`) or None."""

    id: str
    source: str
    title: str | None = None
    date: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its header. `text` is never altered after reading."""

    header: Header
    text: str

    @property
    def id(self) -> str:
        return self.header.id


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the parse.

    `tag` is the Penn Treebank tag, `part` the universal part of speech, `dependency` a label of the
    ClearNLP scheme that spaCy's English pipelines use. `head` and `index` are document-wide token
    indices; a root is its own head. `sentence` is the index of its sentence. The token and all that
    depends on it lie in tokens[left:right].
    """

    index: int
    span: Span
    text: str
    lemma: str
    tag: str
    part: str
    head: int
    dependency: str
    sentence: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span in the text and its tokens, `tokens[first:last]` of the document."""

    index: int
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer. `head` is a token index; `id` is `document#char=start,end`.

    `span` is the name or the short noun phrase ("a phone call"); `extent` starts where it starts and
    takes in the complements ("a phone call in Mexico City"). `text` are the words of the extent.
    """

    id: str
    document: str
    span: Span
    extent: Span
    text: str
    head: int
    type: EntityType
    kind: MentionKind

    @property
    def short(self) -> str:
        """The words of the span."""
        return self.text[: self.span.end - self.span.start]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A time expression and its value in EDTF, normalised against the document's date."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its parse, mentions and dates; mentions and dates are sorted by place."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is no entity. `datatype` is a CURIE (`xsd:date`, `xsd:string`); `text` are the words."""

    value: str
    datatype: str
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate. `lemma` names it (`meet with`); `label` is how the text says it (`met with`)."""

    lemma: str
    label: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A further role-value on a statement: role `in`, text `in Mexico City`; `value` a mention or
    entity id, a literal, or None where the words are all there is.
    """

    role: str
    text: str
    value: str | Literal | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say it. `source` is a mention id, after resolution an entity id, or plain words
    where the source is no entity ("critics say" in a passive without agent: the cue itself).
    """

    source: str | Literal
    cue: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided a status: `kind` (negation, modal, question, reporting, factive, ...) and where."""

    kind: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where a statement stands. `span` and `quote` are the sentence, exactly."""

    document: str
    sentence: int
    span: Span
    quote: str
    subject: Span
    relation: tuple[Span, ...]
    object: Span
    cues: tuple[Cue, ...] = ()
    extractor: str = "clause"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, how, and where.

    Ends are mention ids as extracted and entity ids once resolved. `id` is "" until then; it is a
    digest of what is said: ends, relation, qualifiers, status, time and place.
    """

    subject: str
    relation: Relation
    object: str | Literal
    evidence: tuple[Evidence, ...]
    qualifiers: tuple[Qualifier, ...] = ()
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    attribution: Attribution | None = None
    time: str | None = None
    place: str | None = None
    score: float = 1.0
    id: str = ""

    @property
    def plain(self) -> bool:
        """Positive, certain and unattributed: only then is it a bare triple."""
        return (
            self.polarity == "positive" and self.certainty == "certain" and self.attribution is None
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement on two mention ids, with its score and the reason in words."""

    left: str
    right: str
    judgement: Judgement
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing meant. `id` is the local name of its IRI (`Lee_Harvey_Oswald`).

    `exact` is the IRI of the known thing that it was linked to, None where it was to none.
    """

    id: str
    label: str
    type: EntityType
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing of a knowledge base that the user brings; `type` is None where none is told."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    type: EntityType | None = None


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A judgement on an entity, given by the mention whose name was compared, and a known thing."""

    mention: str
    iri: str
    judgement: Judgement
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that a store holds: the projection of documents, statements and links.

    `known` are the judgements on known things, where the user brought any.
    """

    headers: tuple[Header, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    links: tuple[Link, ...]
    known: tuple[KnownLink, ...] = ()
