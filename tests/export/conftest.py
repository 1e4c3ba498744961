"""A small story as statement records, and a browser that may ask no host for anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export.view import view, write_view
from kg.model import Header
from tests.export.visiting import Visit

ENTITY = "https://example.org/kg/entity/"
RELATION = "https://example.org/kg/relation/"
HEADERS = (
    Header(id="harbour-wire", source="harbour-wire.txt", title="Ferry firm changes hands", date="2019-04-02"),
    Header(id="inquiry-notes", source="inquiry-notes.txt", title="Notes from the Lindholm inquiry", date="2020-11-17"),
    Header(id="profile", source="profile.md", title=None, date="2021"),
)  # fmt: skip
TYPES = {
    "Person": "Ingrid Lindholm;Tomas Vey;Marta Okafor;Piet Brandsma;Yusuf Demir;Clara Haas;Ola Lindholm;Jonas Reuter",
    "Organization": "Norrsund Ferries;Vey Capital;Halden Bank;Maritime Authority;Brandsma & Zonen;Port of Eskil;Transport Workers Union;Reuter Audit",
    "Place": "Eskil;Rotterdam;Geneva;Lofthavn;Kattegat",
    "Event": "Lindholm inquiry;strike of 2018",
    "CreativeWork": "safety report;purchase agreement",
    "Product": "MS Aurelia;MS Borealis",
    "Group": "Norwegians",
}  # fmt: skip
ALIASES = {"Ingrid Lindholm": ("Lindholm", "Ms Lindholm"), "Norrsund Ferries": ("Norrsund",), "Maritime Authority": ("the Authority",)}  # fmt: skip

# document | sentence | subject = words | relation lemma = words | object = words | further fields
STORY = """
0|Vey Capital bought Norrsund Ferries for 84 million euros on Monday.|Vey Capital|buy=bought|Norrsund Ferries|time=2019-04-01
0|Vey Capital bought Norrsund Ferries for 84 million euros on Monday.|Vey Capital|pay=for|#xsd:decimal 84000000=84 million euros|time=2019-04-01
0|Tomas Vey founded Vey Capital in Geneva in 2004.|Tomas Vey|found=founded|Vey Capital|time=2004;place=Geneva
0|Tomas Vey met Ingrid Lindholm in Rotterdam.|Tomas Vey|meet=met|Ingrid Lindholm|place=Rotterdam
0|Lindholm denied that she had met Vey in Rotterdam.|Ingrid Lindholm=she|meet=had met|Tomas Vey=Vey|not;by=Ingrid Lindholm/denied;place=Rotterdam
0|Norrsund Ferries runs the MS Aurelia and the MS Borealis.|Norrsund Ferries|run=runs|MS Aurelia
0|Norrsund Ferries runs the MS Aurelia and the MS Borealis.|Norrsund Ferries|run=runs|MS Borealis
0|The firm is based in Eskil.|Norrsund Ferries=The firm|be base in=is based in|Eskil
0|Halden Bank lent Vey Capital most of the sum.|Halden Bank|lend to=lent|Vey Capital
0|Halden Bank may sell the loan to Brandsma & Zonen.|Halden Bank|sell to=may sell|Brandsma & Zonen|possible
0|The Port of Eskil owns a tenth of Norrsund Ferries.|Port of Eskil|own=owns|Norrsund Ferries
0|The Transport Workers Union said Norrsund would close the Lofthavn line.|Norrsund Ferries=Norrsund|close line to=would close|Lofthavn|possible;by=Transport Workers Union/said
0|The Transport Workers Union said Vey Capital had threatened the crews.|Vey Capital|threaten=had threatened|Transport Workers Union=the crews|by=Transport Workers Union/said
0|Norrsund did not dismiss Marta Okafor.|Norrsund Ferries=Norrsund|dismiss=dismiss|Marta Okafor|not
0|Marta Okafor leads the Transport Workers Union.|Marta Okafor|lead=leads|Transport Workers Union
0|The union called the strike of 2018.|Transport Workers Union=The union|call=called|strike of 2018|time=2018
0|Okafor works for Norrsund Ferries.|Marta Okafor=Okafor|work for=works for|Norrsund Ferries
1|Jonas Reuter signed the safety report.|Jonas Reuter|sign=signed|safety report
1|Reuter works for Reuter Audit.|Jonas Reuter=Reuter|work for=works for|Reuter Audit
1|Reuter Audit examined the MS Borealis in the Kattegat.|Reuter Audit|examine=examined|MS Borealis|place=Kattegat
1|Reuter Audit examined the MS Borealis in the Kattegat.|MS Borealis|be in=in|Kattegat
1|The Maritime Authority ordered the safety report.|Maritime Authority|order=ordered|safety report
1|Clara Haas chairs the Lindholm inquiry.|Clara Haas|chair=chairs|Lindholm inquiry
1|Haas asked whether Vey had paid Reuter.|Tomas Vey=Vey|pay=had paid|Jonas Reuter=Reuter|unknown
1|According to Yusuf Demir, Vey paid Reuter twice.|Tomas Vey=Vey|pay=paid|Jonas Reuter=Reuter|by=Yusuf Demir/According to
1|Vey did not pay Reuter, the inquiry found.|Tomas Vey=Vey|pay=did not pay|Jonas Reuter=Reuter|not
1|Ola Lindholm is the brother of Ingrid Lindholm.|Ola Lindholm|be brother of=is the brother of|Ingrid Lindholm
1|Ola Lindholm worked for the Maritime Authority until 2017.|Ola Lindholm|work for=worked for|Maritime Authority|time=../2017
1|The Authority licensed Norrsund Ferries.|Maritime Authority=The Authority|license=licensed|Norrsund Ferries
1|Demir inspected the MS Aurelia.|Yusuf Demir=Demir|inspect=inspected|MS Aurelia
1|Yusuf Demir works for the Maritime Authority.|Yusuf Demir|work for=works for|Maritime Authority
1|Ingrid Lindholm testified at the Lindholm inquiry.|Ingrid Lindholm|testify at=testified at|Lindholm inquiry
1|Lindholm did not sign the purchase agreement.|Ingrid Lindholm=Lindholm|sign=did not sign|purchase agreement|not
1|Piet Brandsma signed the purchase agreement in Rotterdam.|Piet Brandsma|sign=signed|purchase agreement|place=Rotterdam
2|Ingrid Lindholm was born in Lofthavn on 3 May 1961.|Ingrid Lindholm|be bear in=was born in|Lofthavn|time=1961-05-03
2|Ingrid Lindholm was born in Lofthavn on 3 May 1961.|Ingrid Lindholm|be bear on=was born|#xsd:date 1961-05-03=3 May 1961
2|She has led Norrsund Ferries since 1999.|Ingrid Lindholm=She|lead=has led|Norrsund Ferries|time=1999/..
2|Piet Brandsma owns Brandsma & Zonen.|Piet Brandsma|own=owns|Brandsma & Zonen
2|Brandsma & Zonen of Rotterdam built the MS Aurelia.|Brandsma & Zonen|build=built|MS Aurelia
2|Brandsma & Zonen of Rotterdam built the MS Aurelia.|Brandsma & Zonen|be of=of|Rotterdam
2|Brandsma would perhaps advise Vey Capital.|Piet Brandsma=Brandsma|advise=would perhaps advise|Vey Capital|possible
2|Most of the crew are Norwegians.|MS Borealis=the crew|have crew of=are|Norwegians
2|Lofthavn lies on the Kattegat.|Lofthavn|lie on=lies on|Kattegat
"""


def make_entity(label: str, **more: Any) -> dict[str, Any]:
    kind = next((kind for kind, names in TYPES.items() if label in names.split(";")), "Thing")
    known = {"id": ENTITY + label.replace(" ", "_"), "label": label, "type": kind}
    return {**known, "aliases": list(ALIASES.get(label, ())), **more}


def make_record(
    subject: dict[str, Any], relation: str, object_: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """A plain statement; `more` overrides any field."""
    ends = f"{subject['label']}|{relation}|{object_.get('label')}|{sorted(more.items(), key=str)}"
    plain: dict[str, Any] = {
        "id": f"{abs(sum(ord(c) * 31**i for i, c in enumerate(ends))) % 16**12:012x}",
        "document": "harbour-wire", "subject": subject, "object": object_,
        "relation": {"id": RELATION + relation.replace(" ", "_"), "label": relation, "lemma": relation},
        "qualifiers": [], "polarity": "positive", "certainty": "certain", "attribution": None,
        "time": None, "place": None, "score": 0.9, "evidence": [],
    }  # fmt: skip
    return plain | more


def make_story() -> list[dict[str, Any]]:
    """Forty-odd statements about a ferry company, of every status."""
    ends = [0, 0, 0]
    seen: dict[str, int] = {}
    found = []
    for row in STORY.strip().splitlines():
        place, sentence, *fields = row.split("|")
        document = int(place)
        if sentence not in seen:
            seen[sentence] = ends[document]
            ends[document] += len(sentence) + 1
        found.append(_statement(HEADERS[document].id, seen[sentence], sentence, *fields))
    return found


def _statement(
    document: str, start: int, sentence: str, left: str, verb: str, right: str, extra: str = ""
) -> dict[str, Any]:
    (subject, left_words), (lemma, words), (object_, right_words) = (
        (part.split("=") * 2)[:2] for part in (left, verb, right)
    )
    options = dict((part.split("=") * 2)[:2] for part in extra.split(";") if part)
    spans = {
        role: {"start": start + sentence.index(text), "end": start + sentence.index(text) + len(text), "text": text}
        for role, text in (("subject", left_words), ("object", right_words))
    }  # fmt: skip
    at = start + sentence.index(words)
    cues = [{"kind": "negation", "start": at, "end": at + len(words), "text": words}]
    evidence = {
        "document": document, "start": start, "end": start + len(sentence), "text": sentence, **spans,
        "relation": {"text": words, "spans": [[at, at + len(words)]]}, "cues": cues if "not" in options else [],
    }  # fmt: skip
    more: dict[str, Any] = {"document": document, "evidence": [evidence]}
    if "by" in options:
        source, cue = options["by"].split("/")
        more["attribution"] = {"id": make_entity(source)["id"], "label": source, "cue": cue}
    if "place" in options:
        more["place"] = {"id": make_entity(options["place"])["id"], "label": options["place"]}
    more["time"] = options.get("time")
    more["polarity"] = "negative" if "not" in options else "positive"
    more["certainty"] = next((c for c in ("possible", "unknown") if c in options), "certain")
    if object_.startswith("#"):
        datatype, value = object_[1:].split(" ")
        right_end = {"value": value, "datatype": datatype, "label": right_words}
    else:
        right_end = make_entity(object_)
    found = make_record(make_entity(subject), lemma, right_end, **more)
    found["relation"]["label"] = words
    return found


def make_crowd(entities: int, seed: int = 5) -> list[dict[str, Any]]:
    """A clustered graph of that many entities with 2.5 statements each."""
    dice = random.Random(seed)
    kinds = list(TYPES)
    names = [make_entity(f"{dice.choice(['Ada', 'Ben', 'Cleo', 'Dov', 'Eve', 'Finn', 'Gus', 'Hal'])} {n:04d}", type=kinds[n % 7]) for n in range(entities)]  # fmt: skip
    found = []
    for turn in range(int(entities * 2.5)):
        left = turn % entities
        block = left // 30 * 30
        near = min(entities - 1, block + int(30 * dice.random() ** 2))
        right = near if dice.random() < 0.9 else dice.randrange(entities)
        if right != left:
            verb = dice.choice(["met", "paid", "works for", "owns", "visited", "advised"])
            mood = dice.choice(["positive"] * 9 + ["negative"])
            sentence = f"{names[left]['label']} {verb} {names[right]['label']}, in sentence {turn}."
            evidence = {
                "document": f"file-{turn % 40}", "start": 0, "end": len(sentence), "text": sentence,
                "subject": {"start": 0, "end": 8, "text": ""}, "object": {"start": 12, "end": 15, "text": ""},
                "relation": {"text": verb, "spans": [[9, 11]]}, "cues": [],
            }  # fmt: skip
            found.append(make_record(names[left], verb, names[right], polarity=mood, id=f"{turn:06d}", evidence=[evidence]))  # fmt: skip
    return found


@pytest.fixture
def entity() -> Callable[..., dict[str, Any]]:
    return make_entity


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    return make_record


@pytest.fixture
def crowd() -> Callable[..., list[dict[str, Any]]]:
    return make_crowd


@pytest.fixture
def story() -> list[dict[str, Any]]:
    return make_story()


@pytest.fixture(scope="session")
def story_page() -> str:
    return view(make_story(), HEADERS, title="Norrsund Ferries")


@pytest.fixture
def headers() -> tuple[Header, ...]:
    return HEADERS


@pytest.fixture(scope="session")
def story_texts() -> dict[str, str]:
    """The documents of the story whole, as `make_story` counts their letters."""
    found: dict[str, list[str]] = {header.id: [] for header in HEADERS}
    for row in STORY.strip().splitlines():
        place, sentence, *_ = row.split("|")
        known = found[HEADERS[int(place)].id]
        if sentence not in known:
            known.append(sentence)
    return {id_: " ".join(sentences) for id_, sentences in found.items()}


@pytest.fixture(scope="session")
def whole_page(story_texts: dict[str, str]) -> str:
    """The story with the whole texts of its documents."""
    return view(make_story(), HEADERS, title="Norrsund Ferries", texts=story_texts.get)


@pytest.fixture(scope="session")
def crowd_page() -> str:
    """A page of six hundred entities."""
    return view(make_crowd(600), [], title="A crowd")


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Open a page's text in the browser; its visit must end without a request or a complaint."""
    visits: list[Visit] = []

    def opened(html: str, **how: Any) -> Visit:
        path = tmp_path / f"view {len(visits)} é.html"
        write_view(path, html)
        visits.append(Visit(browser, path, **how))
        return visits[-1]

    yield opened
    for each in visits:
        each.context.close()
        assert each.requests == []
        assert each.complaints == []
