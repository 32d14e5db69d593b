"""How long the pages of a person and of what is new take in a large archive.

    python benchmarks/person.py [DOCUMENTS] [FILE]      20,000 where not given

The documents are synthetic, drawn with a fixed seed: 1,200 persons of 60 sides over twenty years, sides and persons
with Zipf-like frequencies, so that a few persons stand in very many documents. A document tells of one exchange, looks
back at another, and holds eight statements, a promise, one label in three and one happening in ten; one in three is a
further account of the exchange before it. Of the sums of two sides only the labels are kept: nothing else is read here.
"""

from __future__ import annotations

import datetime
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from readout.following import digest, person
from readout.records import (
    FAMILY,
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Occurrence,
    Participant,
    Record,
    Relation,
    Span,
    Statement,
    item_id,
    text_digest,
)
from readout.storing import Archive

SURE = Confidence(value=0.9, reason="synthetic")
SIDES = [f"S{n:02}" for n in range(60)]
OFTEN = list(itertools.accumulate(1 / (n + 5) for n in range(60)))
PEOPLE = list(itertools.accumulate(1 / (n + 1) for n in range(20)))
OFFICES = ("head_of_state", "foreign_minister", "head_of_government", "defence_minister", "ambassador")
KINDS = ("phone_call", "meeting", "visit", "message", "video_call")
LABELS = (("strategic_partnership", "strategic partners"), ("neighbour", "good neighbours"), ("alliance", "allies"))
HAPPENINGS = ("attack", "disaster", "unrest", "sanctions")
ACTS = sorted(FAMILY)
SAID = 8
FIRST, DAYS = datetime.date(2004, 1, 1), 7300
MOST = 300
"""Milliseconds at the 95th percentile that are wanted at 100,000 documents."""
_BETWEEN = (
    "FROM relations r JOIN sides a ON a.kind = 'relations' AND a.item_id = r.id JOIN sides b ON b.kind = a.kind "
    "AND b.item_id = a.item_id AND a.side < b.side"
)
LABELLED = (
    f"INSERT INTO dyads (one, other) SELECT DISTINCT a.side, b.side {_BETWEEN}",
    "INSERT INTO dyad_labels (dyad_id, document_id, kind, first_char, last_char, day, words) "
    f'SELECT d.id, r.document_id, r.kind, r.start, r."end", r.told, r.words {_BETWEEN} '
    "JOIN dyads d ON d.one = a.side AND d.other = b.side",
)
"""The labels of two sides, which an archive keeps as documents come."""


def actor(draw: random.Random, side: str) -> Actor:
    """One of twenty persons of a side, the first ones more often; their office goes with their number."""
    n = draw.choices(range(20), cum_weights=PEOPLE)[0]
    return Actor(person=f"Given{n} Family{side}x{n}", office=OFFICES[n % len(OFFICES)], of=side)


def two(draw: random.Random) -> tuple[str, str]:
    """Two sides, the frequent ones more often."""
    one, other = "", ""
    while one == other:
        one, other = draw.choices(SIDES, cum_weights=OFTEN, k=2)
    return one, other


def record(number: int) -> Record:
    """The n-th document."""
    own = random.Random(number)
    draw = random.Random(number - 1) if number % 3 == 2 else own
    sides = two(draw)
    day = FIRST + datetime.timedelta(days=draw.randrange(DAYS))
    kind, people = draw.choice(KINDS), [actor(draw, side) for side in sides]
    before, earlier = [actor(draw, side) for side in sides], day - datetime.timedelta(days=draw.randrange(5, 300))
    parts = [f"The sides spoke, as is told in paper {number}.", "They had met before."]
    said = [
        f"{own.choice('ABCDEFGH')}{own.randrange(9999)} is a matter of paper {number} line {n}." for n in range(SAID)
    ]
    label = draw.choice(LABELS) if draw.random() < 1 / 3 else None
    happening = draw.choice(HAPPENINGS) if draw.random() < 1 / 10 else None
    parts += [*said, *([f"They are {label[1]}."] if label else []), *(["A bridge fell."] if happening else [])]
    text, spans, at = " ".join(parts), [], 0
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    code = text_digest(text)

    def met(n: int, who: list[Actor], status: str, on: datetime.date) -> Encounter:
        return Encounter(
            id=item_id(code, "encounter", spans[n], 0), kind=kind, status=status, evidence=spans[n], confidence=SURE,
            participants=tuple(Participant(actor=a) for a in who), date=DateInterval.day(on),
        )  # fmt: skip

    statements = tuple(
        Statement(
            id=item_id(code, "statement", spans[2 + n], 0), attribution="explicit", content=spans[2 + n],
            act="commit" if n == 0 else own.choice(ACTS), speakers=(people[n % 2],), toward=(sides[1 - n % 2],),
            confidence=SURE,
        )
        for n in range(SAID)
    )  # fmt: skip
    promise = Commitment(
        id=item_id(code, "commitment", spans[2], 0), statement=statements[0].id, promisor=(sides[0],), action=spans[2],
        strength="firm", beneficiary=(sides[1],), confidence=SURE,
    )  # fmt: skip
    last = len(spans) - 1
    return Record(
        id=f"d{number}", text=text, date=day, issuer=f"Ministry {sides[0]}", issuer_of=sides[0],
        encounters=(met(0, people, "reported", day), met(1, before, "past", earlier)), statements=statements,
        commitments=(promise,),
        relations=(Relation(id=item_id(code, "relation", spans[2 + SAID], 0), between=sides, kind=label[0],
                            label=spans[2 + SAID], confidence=SURE),) if label else (),
        occurrences=(Occurrence(id=item_id(code, "occurrence", spans[last], 0), kind=happening, span=spans[last],
                                states=(sides[1],), confidence=SURE),) if happening else (),
    )  # fmt: skip


def fill(archive: Archive, documents: int) -> None:
    """Put the documents, a thousand in a transaction, without the sums of two sides."""
    archive._counts = False

    def items() -> Iterator[Record]:
        for n in range(documents):
            if n % 10_000 == 0:
                print(f"{n} documents", flush=True)
            yield record(n)

    for _ in archive.put_many(items(), per_transaction=1000):
        pass
    with archive.transaction() as connection:
        for statement in LABELLED:
            connection.exec_driver_sql(statement)


def timed(name: str, asks: list[Callable[[], object]]) -> None:
    """Print the median, the 95th percentile and the longest of a list of questions, in milliseconds."""
    times = []
    for ask in asks:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name}: n={len(times)} median {statistics.median(times):.1f} p95 {p95:.1f} max {max(times):.1f} ms "
          f"({'below' if p95 < MOST else 'NOT BELOW'} {MOST})", flush=True)  # fmt: skip


def main() -> None:
    """Fill an archive, or take the one that is there, and ask it."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "person.sqlite"
    if not path.is_file():
        with Archive.open(path, write=True, create=True) as archive:
            fill(archive, documents)
    draw = random.Random(5)
    drawn = [actor(draw, draw.choices(SIDES, cum_weights=OFTEN)[0]).person or "" for _ in range(100)]
    months = [FIRST + datetime.timedelta(days=draw.randrange(DAYS - 31)) for _ in range(100)]
    month = datetime.timedelta(days=30)
    with Archive.open(path) as archive:
        timed("a person, as often as they are told of", [lambda n=n: person(archive, n) for n in drawn])
        timed("the person told of most", [lambda: person(archive, "Given0 FamilyS00x0")] * 10)
        timed("a person by family name", [lambda n=n: person(archive, n.split()[1]) for n in drawn[:40]])
        timed("a person in a year", [
            lambda n=n, d=d: person(archive, n, since=d, until=d + 12 * month)
            for n, d in zip(drawn, months, strict=True)
        ])  # fmt: skip
        timed("what is new in a month", [lambda d=d: digest(archive, since=d, until=d + month) for d in months])
        timed("what is new of the most frequent side in a month", [
            lambda d=d: digest(archive, since=d, until=d + month, side="S00") for d in months[:40]
        ])  # fmt: skip


if __name__ == "__main__":
    main()
