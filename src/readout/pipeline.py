"""The composition: documents in, records out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from readout.annotating import Annotator
from readout.errors import ReadoutError
from readout.extracting import EncounterFinder, StatementFinder, commitments, occurrences, relations
from readout.extracting.encounters import with_speakers
from readout.knowing import ActorBase
from readout.lexicons import digests
from readout.reading import body_start, with_issuer
from readout.records import Document, Parse, Record, Refusal
from readout.resolving import Discourse, FormIndex, Scanner
from readout.settings import Settings


@dataclass(frozen=True)
class Toolbox:
    """What reading needs, loaded once: the model, the actor base, the index of its forms."""

    annotator: Annotator
    actors: ActorBase
    forms: FormIndex
    made_with: dict[str, str]


def analyse(document: Document, parse: Parse, tools: Toolbox) -> Record:
    """The record of one parsed document. Same input, same output: no clock, no network, no hidden state."""
    title = document.publication.title
    discourse = Discourse(parse, document, tools.actors, tools.forms)
    met = EncounterFinder(parse, discourse, document, title).find()
    said, notes = StatementFinder(parse, discourse, document, met, title).find()
    met = with_speakers(met, said)
    anchor = document.anchor
    return Record(
        id=document.id,
        text=document.text,
        title=title,
        date=anchor,
        issuer=document.publication.issuer,
        issuer_kind=document.publication.issuer_kind,
        issuer_of=document.publication.issuer_of,
        url=document.publication.url,
        encounters=tuple(met),
        statements=tuple(said),
        commitments=tuple(commitments(parse, discourse, said, document.digest, anchor)),
        relations=tuple(relations(parse, discourse, document, said)),
        occurrences=tuple(occurrences(parse, discourse, document, said, anchor)),
        unresolved=tuple(discourse.unresolved),
        notes=(*document.notes, *notes),
        made_with=tools.made_with,
    )


class Reader:
    """Reads documents into records; ``open`` loads model and tables once.

    The model serves one thread at a time: threads that share a reader hold ``turn`` while they read.
    """

    def __init__(self, tools: Toolbox, settings: Settings) -> None:
        self.tools = tools
        self.settings = settings
        self.turn = threading.Lock()

    @classmethod
    def open(cls, settings: Settings | None = None, user_actors: Path | None = None) -> Reader:
        """A reader with the model, the embedded actor base and the user's layer above it.

        Raises:
            ModelMissing, KnowledgeError, LexiconError: something of the installation is missing; the message mends.
        """
        settings = settings or Settings()
        base = ActorBase.open(user_layer=user_actors)
        annotator = Annotator.open()
        made_with = {
            "model": annotator.model,
            "actors": base.digest,
            **{f"lexicon {k}": v for k, v in digests().items()},
        }
        return cls(Toolbox(annotator, base, FormIndex(base), made_with), settings)

    def read_documents(self, documents: Iterable[Document | Refusal]) -> Iterator[Record | Refusal]:
        """Records of the documents in their order, in batches; a refusal stays where it stood."""
        stream = iter(documents)
        while batch := list(islice(stream, self.settings.batch_size)):
            whole = [with_issuer(d, self.tools.actors) if isinstance(d, Document) else d for d in batch]
            parses = self.tools.annotator.annotate_many(
                [(d, body_start(d)) for d in whole if isinstance(d, Document)],
                self.settings.batch_size,
                shorten=self._long_mentions,
            )
            for document in whole:
                if isinstance(document, Refusal):
                    yield document
                    continue
                parse = next(parses)
                try:
                    yield analyse(document, parse, self.tools)
                except ReadoutError as error:
                    yield Refusal.of(error, document.id)

    @staticmethod
    def read_in_parallel(
        documents: Iterable[Document | Refusal], workers: int, settings: Settings | None = None
    ) -> Iterator[Record | Refusal]:
        """As ``open`` and ``read_documents``, in ``workers`` processes; the same records in the same order.

        At most a few batches are read ahead. Each process loads the model and the tables once.
        """
        settings = settings or Settings()
        stream = iter(documents)
        waiting: deque[Future[list[Record | Refusal]]] = deque()
        # a fresh process: a forked one would share what threads of libraries hold
        with ProcessPoolExecutor(workers, get_context("spawn"), _open_reader, (settings,)) as pool:
            try:
                while True:
                    while len(waiting) < 2 * workers and (batch := list(islice(stream, _PARALLEL_BATCH))):
                        waiting.append(pool.submit(_read_batch, batch))
                    if not waiting:
                        return
                    yield from waiting.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _long_mentions(self, document: Document, raw: Parse) -> list[tuple[int, int, int]]:
        return Scanner(raw, self.tools.forms, document.anchor).long_mentions()


_PARALLEL_BATCH = 8
_readers: list[Reader] = []


def _open_reader(settings: Settings) -> None:
    _readers.append(Reader.open(settings))


def _read_batch(batch: list[Document | Refusal]) -> list[Record | Refusal]:
    return list(_readers[0].read_documents(batch))
