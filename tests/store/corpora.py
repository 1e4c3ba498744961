"""A small corpus made by hand: two documents that agree, differ, hedge, deny and report."""

from __future__ import annotations

from kg.model import (
    Attribution,
    Corpus,
    Cue,
    Entity,
    Evidence,
    Header,
    Link,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)

TEXTS = {
    "jfk-files": (
        "Oswald met with Kostikov in Mexico City on Sept. 28, 1963. "
        "Hoover claimed that Oswald met with Castro. "
        "Oswald may have worked for the KGB. "
        "Kostikov was a member of the KGB. "
        "Oswald was 23 years old."
    ),
    "memo 7/b": (
        'Lee Harvey Oswald did not meet with "Kostikov".\nCritics say that Oswald worked for the CIA. '
        "Lee Harvey Oswald met with Kostikov in 1963."
    ),
}


def span(document: str, sentence: str, words: str) -> Span:
    start = TEXTS[document].index(sentence) + sentence.index(words)
    return Span(start, start + len(words))


def cue(kind: str, document: str, sentence: str, words: str) -> Cue:
    return Cue(kind, span(document, sentence, words), words)


def evidence(
    document: str, sentence: str, subject: str, relation: str, object_: str, *cues: Cue
) -> Evidence:
    return Evidence(
        document=document,
        sentence=TEXTS[document].count(". ", 0, TEXTS[document].index(sentence)),
        span=span(document, sentence, sentence),
        quote=sentence,
        subject=span(document, sentence, subject),
        relation=tuple(span(document, sentence, each) for each in relation.split(" ... ")),
        object=span(document, sentence, object_),
        cues=cues,
    )


def mention(document: str, sentence: str, words: str, type_: str, head: int) -> Mention:
    at = span(document, sentence, words)
    id_ = f"{document}#char={at.start},{at.end}"
    return Mention(id_, document, at, at, words, head, type_, "name")  # type: ignore[arg-type]


MET = "Oswald met with Kostikov in Mexico City on Sept. 28, 1963."
CLAIMED = "Hoover claimed that Oswald met with Castro."
MAY = "Oswald may have worked for the KGB."
MEMBER = "Kostikov was a member of the KGB."
OLD = "Oswald was 23 years old."
DENIED = 'Lee Harvey Oswald did not meet with "Kostikov".'
SAY = "Critics say that Oswald worked for the CIA."
AGAIN = "Lee Harvey Oswald met with Kostikov in 1963."


def oswald() -> Corpus:
    """Denied, hedged, claimed, dated, and asserted twice."""
    return Corpus(headers(), entities(), statements(), links())


def headers() -> tuple[Header, ...]:
    return (
        Header("jfk-files", "https://example.org/jfk files", "The files", "2017-10-27"),
        Header("memo 7/b", "memos/7 b.txt", None, "1964-21~", "en"),
    )


def entities() -> tuple[Entity, ...]:
    memo, files = "memo 7/b", "jfk-files"
    return (
        Entity(
            "Lee_Harvey_Oswald",
            "Lee Harvey Oswald",
            "Person",
            ("Oswald",),
            (
                mention(files, MET, "Oswald", "Person", 0),
                mention(memo, DENIED, "Lee Harvey Oswald", "Person", 2),
            ),
        ),
        Entity(
            "Valeriy_Kostikov",
            "Kostikov",
            "Person",
            (),
            (mention(files, MET, "Kostikov", "Person", 3),),
        ),
        Entity("Fidel_Castro", "Castro", "Person", (), ()),
        Entity("J_Edgar_Hoover", "Hoover", "Person", (), ()),
        Entity("KGB", "KGB", "Organization", (), ()),
        Entity("CIA", "CIA", "Organization", (), ()),
        Entity("Mexico_City", "Mexico City", "Place", (), ()),
    )


def statements() -> tuple[Statement, ...]:
    memo, files = "memo 7/b", "jfk-files"
    oswald_, kostikov, meet = (
        "Lee_Harvey_Oswald",
        "Valeriy_Kostikov",
        Relation("meet with", "met with"),
    )
    work = Relation("work for", "worked for")
    day, year = (
        Literal("1963-09-28", "xsd:date", "Sept. 28, 1963"),
        Literal("1963", "xsd:gYear", "1963"),
    )
    not_ = cue("negation", memo, DENIED, "not")
    claimed, say = cue("reporting", files, CLAIMED, "claimed"), cue("reporting", memo, SAY, "say")
    return (
        Statement(
            oswald_,
            meet,
            kostikov,
            (evidence(files, MET, "Oswald", "met with", "Kostikov"),),
            (
                Qualifier("on", "on Sept. 28, 1963", day),
                Qualifier("in", "in Mexico City", "Mexico_City"),
            ),
            time="1963-09-28",
            place="Mexico_City",
            score=0.93,
        ),
        Statement(
            oswald_,
            meet,
            "Fidel_Castro",
            (evidence(files, CLAIMED, "Oswald", "met with", "Castro", claimed),),
            attribution=Attribution("J_Edgar_Hoover", "claimed"),
            score=0.8125,
        ),
        Statement(
            oswald_,
            work,
            "KGB",
            (evidence(files, MAY, "Oswald", "worked for", "KGB", cue("modal", files, MAY, "may")),),
            certainty="possible",
            score=0.7,
        ),
        Statement(
            kostikov,
            Relation("be member of", "was a member of"),
            "KGB",
            (evidence(files, MEMBER, "Kostikov", "was ... a member of", "KGB"),),
            score=0.9,
        ),
        Statement(
            oswald_,
            Relation("be old", "was old"),
            Literal("23", "xsd:integer", "23 years"),
            (evidence(files, OLD, "Oswald", "was ... old", "23 years"),),
            score=0.9,
        ),
        Statement(
            oswald_,
            Relation("meet with", "did not meet with"),
            kostikov,
            (evidence(memo, DENIED, "Lee Harvey Oswald", "meet with", "Kostikov", not_),),
            polarity="negative",
            score=0.85,
        ),
        Statement(
            oswald_,
            work,
            "CIA",
            (evidence(memo, SAY, "Oswald", "worked for", "CIA", say),),
            attribution=Attribution(Literal("Critics", "xsd:string", "Critics"), "say"),
            score=0.6,
        ),
        Statement(
            oswald_,
            meet,
            kostikov,
            (
                evidence(memo, AGAIN, "Lee Harvey Oswald", "met with", "Kostikov"),
                evidence(files, MET, "Oswald", "met with", "Kostikov"),
            ),
            (Qualifier("in", "in 1963", year), Qualifier("how", "reportedly twice")),
            time="1963",
            score=1.0,
        ),
    )


def links() -> tuple[Link, ...]:
    memo, files = "memo 7/b", "jfk-files"
    short = mention(files, MET, "Oswald", "Person", 0).id
    long = mention(memo, DENIED, "Lee Harvey Oswald", "Person", 2).id
    other = mention(files, MET, "Kostikov", "Person", 3).id
    return (
        Link(short, long, "same", 0.97, "surname of a full name in the same corpus"),
        Link(short, other, "different", 0.02, "two persons in one clause"),
    )
