"""Corrections in an archive: kept beside the machine's records, never in them, and laid over them when asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from readout.errors import RecordError
from readout.exporting.annotations import brat_annotations, file_name, labelstudio_task
from readout.records import Record, Refusal
from readout.reviewing.comparing import corrections_between
from readout.reviewing.corrections import Correction, Reviewed, applied
from readout.reviewing.reading import Marked, Review, brat_marks, labelstudio_marks
from readout.storing import Archive, document_key
from readout.storing import schema as t


def import_reviews(
    archive: Archive, reviews: Iterable[Review], *, reviewer: str | None = None, at: str | None = None
) -> Counter[str]:
    """Keep what reviewers changed, each review in one transaction; the same file imported twice adds nothing.

    A review is compared with the marks that its file says were shown, else with the machine's record as it is now.

    Args:
        reviewer: who it was, where the file does not tell; where given it stands above what the file tells.
        at: when, as ISO date or time, likewise; without both it is the time of import.
    Returns:
        How many ``corrections`` were kept, ``same`` were there before, and ``unknown`` documents were left out.
    Raises:
        RecordError: nobody tells who the reviewer was.
    """
    counts: Counter[str] = Counter()
    keys: dict[str, str] | None = None
    for review in reviews:
        if keys is None:
            keys = {name: key for key, _ in archive.readings() for name in (key, file_name(key))}
        key = keys.get(review.document)
        if key is None:
            counts["unknown"] += 1
            continue
        with archive.transaction() as connection:
            record = archive.record(key)
            machine = review.machine if review.machine is not None else _machine_marks(record, review.source)
            found = corrections_between(
                machine, review.marks, record.text, reviewer=reviewer or review.reviewer or "",
                at=at or review.at or archive.now(), source=review.source,
            )  # fmt: skip
            new = _keep(archive, connection, key, record.id, found)
            counts["same"] += len(found) - new
            counts["corrections"] += new
    return counts


def keep_correction(archive: Archive, name: str, correction: Correction) -> bool:
    """Keep one correction of the document of a key or name; False where it was there.

    Raises:
        ArchiveError: no document, or several, have that name.
        RecordError: it cannot be laid over the record as it is now; the message says why.
    """
    with archive.transaction() as connection:
        key, record = archive.key_of(name), archive.record(name)
        laid = applied(record, [*(c for _, c in corrections_of(archive, name)), correction])
        for one in laid.attention:
            if one.correction == correction:
                raise RecordError(f"this correction cannot be kept: {one.reason}")
        return _keep(archive, connection, key, record.id, [correction]) > 0


def _keep(archive: Archive, connection: Connection, key: str, name: str, found: list[Correction]) -> int:
    """Keep those that are not there yet; how many these are."""
    c = t.CORRECTIONS.c
    id = connection.execute(select(t.DOCUMENTS.c.id).where(t.DOCUMENTS.c.key == key)).scalar_one()
    there = set(connection.execute(select(c.digest).where(c.document_id == id)).scalars())
    new = [x for x in found if x.digest not in there]
    if new:
        first = archive.next_number(connection, t.CORRECTIONS)
        connection.execute(
            insert(t.CORRECTIONS),
            [
                {"id": n, "document_id": id, "digest": x.digest, "reviewer": x.reviewer, "at": x.at,
                 "body": json.dumps(x.to_json(), ensure_ascii=True, sort_keys=True)}
                for n, x in enumerate({x.digest: x for x in new}.values(), start=first)
            ],
        )  # fmt: skip
        archive.note(connection, "corrections", key, name, f"{len(new)} from {new[0].source}")
    return len(new)


def _machine_marks(record: Record, source: str) -> tuple[Marked, ...]:
    """The marks that the record would be exported with."""
    if source == "brat":
        return tuple(brat_marks(record.text, brat_annotations(record), record.id))
    return labelstudio_marks(labelstudio_task("", record)["predictions"][0]["result"])


def corrections_of(archive: Archive, name: str | None = None) -> list[tuple[str, Correction]]:
    """Every correction with the key of its document, or those of one document; by key and time.

    Raises:
        ArchiveError: no document, or several, have that name.
    """
    c, d = t.CORRECTIONS.c, t.DOCUMENTS.c
    with archive.transaction() as connection:
        query = select(d.key, c.body).join(t.DOCUMENTS, d.id == c.document_id).order_by(d.key, c.at, c.digest)
        if name is not None:
            query = query.where(d.key == archive.key_of(name))
        return [(row[0], Correction.from_json(json.loads(row[1]))) for row in connection.execute(query)]


def reviewed(archive: Archive, name: str) -> Reviewed:
    """The record of a key or name with its corrections laid over it.

    Raises:
        ArchiveError: no document, or several, have that name.
    """
    return applied(archive.record(name), [c for _, c in corrections_of(archive, name)])


def all_reviewed(archive: Archive) -> Iterator[Record | Refusal]:
    """Everything in the archive in the order of its key, each record with its corrections laid over it."""
    by_key: dict[str, list[Correction]] = {}
    for key, correction in corrections_of(archive):
        by_key.setdefault(key, []).append(correction)
    for item in archive.everything():
        found = by_key.get(document_key(item)) if isinstance(item, Record) else None
        yield applied(item, found).record if found and isinstance(item, Record) else item
