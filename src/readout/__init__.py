"""readout: diplomatic reporting turned into records in which every line points to the words it was read from.

    import readout

    record = readout.read(text, date="2022-01-10", issuer="Xinhua")
    for statement in record.statements:
        print(statement.act, statement.content.of(record.text))

Importing loads nothing; the language model and the actor base are opened by the first call that reads.
"""

from __future__ import annotations

import datetime as _datetime
import threading as _threading
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from readout.errors import ReadingError, ReadoutError, SchemaError
from readout.records import (
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Note,
    Occurrence,
    Participant,
    Record,
    Refusal,
    Relation,
    Span,
    Statement,
    Unresolved,
    dumps,
    loads,
)

if TYPE_CHECKING:
    from readout.pipeline import Reader
    from readout.records import Document

__all__ = [
    "Actor",
    "Commitment",
    "Confidence",
    "DateInterval",
    "Encounter",
    "Note",
    "Occurrence",
    "Participant",
    "ReadingError",
    "ReadoutError",
    "Record",
    "Refusal",
    "Relation",
    "SchemaError",
    "Span",
    "Statement",
    "Unresolved",
    "__version__",
    "dumps",
    "loads",
    "read",
    "read_many",
]

__version__ = "0.1.0"

_lock = _threading.RLock()  # the model serves one thread at a time
_opened: list[Reader] = []


def read(
    text: str,
    *,
    date: _datetime.date | str | None = None,
    issuer: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> Record:
    """The record of one text: who met whom, who said what, what was promised; each item with its words.

    Args:
        text: English plain text, kept exactly as given; every span counts in it.
        date: the day of publication, a ``datetime.date`` or ``YYYY-MM-DD``; relative dates count from it where the
            text has no dateline of its own.
        issuer: who published it: a name, or the code of a state or an organisation (``KAZ``, ``EU``).
        title, url, id: what else is known of it; ``id`` is ``text`` where none is given.
    Raises:
        ReadingError: the text cannot be read (empty, too long, not English ...); ``error.code`` says why.
        ModelMissing, KnowledgeError, LexiconError: a part of the installation is missing; the message mends.
    """
    given = {"text": text, "date": date, "issuer": issuer, "title": title, "url": url, "id": id}
    document = _document(given, "text")
    with _lock:
        found = next(iter(_reader().read_documents([document])))
    if isinstance(found, Refusal):
        raise _error_of(found)
    return found


def read_many(documents: Iterable[Mapping[str, Any] | str]) -> Iterator[Record | Refusal]:
    """The records of many documents in their order, read in batches as the iterator is drawn.

    Args:
        documents: texts, or mappings with ``text`` and, where known, ``id``, ``title``, ``date``, ``issuer``, ``url``.
            One without an ``id`` is named by its place: ``document-1``.
    Yields:
        A record, or a ``Refusal`` in the place of a document that cannot be read; the others are still read.
    """

    def stream() -> Iterator[Document | Refusal]:
        for number, given in enumerate(documents, start=1):
            name = f"document-{number}"
            whole: Any = {"text": given} if isinstance(given, str) else given
            try:
                yield _document(whole, name)
            except ReadingError as error:
                own = whole.get("id") if isinstance(whole, Mapping) else None
                yield Refusal.of(error, id=own if isinstance(own, str) and own else name)

    with _lock:
        records = _reader().read_documents(stream())
    while True:
        with _lock:
            found = next(records, None)
        if found is None:
            return
        yield found


def _document(given: Mapping[str, Any], name: str) -> Document:
    from readout.reading import from_mapping

    if isinstance(given, Mapping) and isinstance(day := given.get("date"), _datetime.date):
        given = {**given, "date": day.isoformat()[:10]}
    return from_mapping(given, id=name)


def _reader() -> Reader:
    from readout.pipeline import Reader

    if not _opened:
        _opened.append(Reader.open())
    return _opened[0]


def _error_of(refusal: Refusal) -> ReadoutError:
    from readout import errors

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ReadoutError)]
    kind = next((kind for kind in kinds if kind.code == refusal.code), ReadingError)
    return kind(refusal.message)
