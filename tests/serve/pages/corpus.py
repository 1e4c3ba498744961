"""Graphs for the pages: a small one that people could read, and the same with hostile words in every text."""

from __future__ import annotations

from kg.model import (
    Attribution,
    Corpus,
    Cue,
    Entity,
    Evidence,
    Header,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)

TEXT = (
    "Clara Moss met Robert Sattler in Genoa in 1990. They spoke of a loan. "
    "Moss denied that Sattler sold the ferry. "
    "According to Moss, Sattler may work for Corbin Freight. "
    "Sattler was 52 years old."
)
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">{{7*7}}'`\\"


def readable() -> Corpus:
    """Two documents: one met, denied, hedged and reported, and one that says the meeting again."""
    return _corpus(TEXT, str)


def hostile() -> Corpus:
    """The same statements; every name, alias, title, wording and cue ends with what would run in a careless page."""
    return _corpus(TEXT.replace("loan", f"loan {HOSTILE}"), lambda words: f"{words} {HOSTILE}")


def crowded(statements: int, base: str = "person") -> Corpus:
    """One entity with that many statements, each of its own sentence of one document."""
    sentences = [f"Ann Hub met guest {number:04d}." for number in range(statements)]
    people = [
        _entity(f"guest_{number:04d}", f"guest {number:04d}", "Person")
        for number in range(statements)
    ]
    hub = _entity("Ann_Hub", "Ann Hub", "Person")
    told, start = [], 0
    for number, sentence in enumerate(sentences):
        spans = (
            Span(start, start + 7),
            (Span(start + 8, start + 11),),
            Span(start + 12, start + 22),
        )
        place = Span(start, start + len(sentence))
        evidence = Evidence("guests", number, place, sentence, *spans)
        told.append(Statement("Ann_Hub", Relation("meet", "met"), people[number].id, (evidence,)))
        start += len(sentence) + 1
    return Corpus((Header("guests", "guests.txt", "The guests", "2001"),), (hub, *people), tuple(told), ())  # fmt: skip


def _entity(id_: str, label: str, type_: str, *aliases: str, mentions: tuple[Mention, ...] = (), exact: str | None = None) -> Entity:  # fmt: skip
    return Entity(id_, label, type_, aliases, mentions, exact)  # type: ignore[arg-type]


def _at(text: str, words: str, after: str) -> Span:
    start = text.index(words, text.index(after))
    return Span(start, start + len(words))


def _sentence(text: str, start: str) -> tuple[Span, str]:
    first = text.index(start)
    last = text.find(". ", first)
    end = len(text) if last < 0 else last + 1
    return Span(first, end), text[first:end]


def _corpus(text: str, bent: object) -> Corpus:
    words = bent if callable(bent) else str

    def evidence(opening: str, subject: str, relation: str, object_: str, *cues: tuple[str, str], document: str = "report") -> Evidence:  # fmt: skip
        place, quote = _sentence(text, opening)
        return Evidence(
            document, 0, place, quote, _at(text, subject, opening), (_at(text, relation, opening),),
            _at(text, object_, opening),
            tuple(Cue(kind, _at(text, said, opening), said) for kind, said in cues),
        )  # fmt: skip

    spot = _at(text, "Clara Moss", "Clara")
    mention = Mention(f"report#char={spot.start},{spot.end}", "report", spot, spot, "Clara Moss", 0, "Person", "name")  # fmt: skip
    entities = (
        _entity("Clara_Moss", words("Clara Moss"), "Person", words("Moss"), mentions=(mention,), exact="https://www.wikidata.org/entity/Q1"),
        _entity("Robert_Sattler", words("Robert Sattler"), "Person", words("Bob the Ferryman"), exact="javascript:alert(1)"),
        _entity("Corbin_Freight", words("Corbin Freight"), "Organization"),
        _entity("ferry", words("the ferry"), "Product"),
        _entity("Genoa", words("Genoa"), "Place"),
    )  # fmt: skip
    met = Relation("meet", words("met"))
    statements = (
        Statement(
            "Clara_Moss", met, "Robert_Sattler",
            (evidence("Clara", "Clara Moss", "met", "Robert Sattler"), evidence("Clara", "Clara Moss", "met", "Robert Sattler", document="copy <7>")),
            (Qualifier("in", words("in Genoa"), "Genoa"), Qualifier("how", words("over lunch"))), time="1990", place="Genoa", score=0.93,
        ),
        Statement(
            "Robert_Sattler", Relation("sell", words("sold")), "ferry",
            (evidence("Moss denied", "Sattler", "sold", "the ferry", ("reporting", "denied")),),
            polarity="negative", attribution=Attribution("Clara_Moss", words("denied")), score=0.8,
        ),
        Statement(
            "Robert_Sattler", Relation("work for", words("may work for")), "Corbin_Freight",
            (evidence("According", "Sattler", "work for", "Corbin Freight", ("reporting", "According to"), ("modal", "may")),),
            certainty="possible", attribution=Attribution("Clara_Moss", words("According to")), score=0.7,
        ),
        Statement(
            "Robert_Sattler", Relation("be old", words("was old")), Literal("52", "xsd:integer", words("52 years")),
            (evidence("Sattler was", "Sattler", "was", "52 years"),), score=0.9,
        ),
    )  # fmt: skip
    headers = (
        Header("report", "javascript:alert(1)", words("The report"), "1991-02-03"),
        Header("copy <7>", "https://example.org/copy", words("A copy"), None),
    )
    return Corpus(headers, entities, statements, ())
