"""The annotator: offsets, sentences, and language models that cannot be used."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.annotate import Annotator
from kg.errors import ModelError
from kg.model import AnnotatedDocument, Document, Header
from kg.pipeline import Pipeline


@pytest.fixture
def annotate(pipeline: Pipeline) -> Annotator:
    pipeline.read_document(Document(Header("d", "d"), "Warm."))
    assert pipeline._annotator is not None
    return pipeline._annotator


def annotated(annotate: Annotator, text: str) -> AnnotatedDocument:
    return annotate(Document(Header("d", "d.txt"), text))


TEXTS = [
    "Hugo Vance left Genoa. He sold 𝄞 the boat.\n\n- Clara\u00a0Moss\u2028stayed.\n- “Why?” she asked.",
    "A\tB\x0bC\x1cD\u0085E don't can't",
    "date 2017-10-27 Was it?\n\nNo.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_and_sentences_are_spans_of_the_unaltered_text(
    annotate: Annotator, text: str
) -> None:
    found = annotated(annotate, text)
    assert found.document.text == text
    for i, token in enumerate(found.tokens):
        assert token.index == i
        assert len(token.span.of(text)) == len(token.text)
        assert found.sentences[token.sentence].first <= i < found.sentences[token.sentence].last
        assert token.left <= i < token.right
        assert (
            found.sentences[token.sentence].first
            <= token.head
            < found.sentences[token.sentence].last
        )
    for sentence in found.sentences:
        assert sentence.span.of(text).strip()
        assert found.tokens[sentence.first].span in sentence.span
    words = "".join(token.span.of(text) for token in found.tokens)
    body = text[found.tokens[0].span.start :]
    assert "".join(words.split()) == "".join(body.split())


def test_nothing_gives_nothing(annotate: Annotator) -> None:
    for text in ("", " \n\t "):
        found = annotated(annotate, text)
        assert (found.tokens, found.sentences, found.mentions, found.dates) == ((), (), (), ())


def test_a_sentence_never_crosses_a_paragraph(annotate: Annotator) -> None:
    found = annotated(annotate, "Hugo Vance left\n\nClara Moss stayed")
    assert [s.span.of(found.document.text) for s in found.sentences] == [
        "Hugo Vance left",
        "Clara Moss stayed",
    ]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package that can be imported and is no language model."""
    (tmp_path / "no_pipeline_here.py").write_text("WORDS = 3\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "no_pipeline_here"
    sys.modules.pop("no_pipeline_here", None)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("no_such_model_md", "pip install no-such-model-md"),
        ("no-such-model-md", "pip install no-such-model-md"),
        pytest.param(
            "json",
            "no spaCy pipeline",
            marks=pytest.mark.xfail(
                strict=True, raises=TypeError, reason="any load() is called as if it were spaCy's"
            ),
        ),
        ("..", "no such package name"),
        ("", ""),
        ("no such.model", ""),
    ],
)
def test_a_model_that_cannot_be_used_is_one_line_that_names_it(model: str, told: str) -> None:
    with pytest.raises(ModelError) as caught:
        Annotator(model)
    message = str(caught.value)
    assert told in message
    assert repr(model) in message
    assert "\n" not in message


def test_a_package_without_load_is_no_pipeline(package: str) -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        Annotator(package)


def test_a_pipeline_without_a_parser_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "import spacy\ndef load():\n    return spacy.blank({!r})\n"
    for language, told in (("en", "lacks ner, parser, tagger"), ("de", "lacks")):
        name = f"blank_{language}_pipeline"
        (tmp_path / f"{name}.py").write_text(source.format(language), encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        with pytest.raises(ModelError, match=told):
            Annotator(name)
        sys.modules.pop(name, None)
