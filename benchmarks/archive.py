# ruff: noqa: E501, B008
"""How an archive behaves with many statements: adding, looking up, full text, pages of two sides, memory.

    python benchmarks/archive.py [STATEMENTS] [FILE]      100,000 where not given; docs/archive.md has 1,000,000

The records are synthetic, twenty statements a document, drawn with a fixed seed from 60 sides, 600 persons and 4,000
words, sides and words with Zipf-like frequencies. A document tells of one exchange of two sides; one in three is a further
account of an exchange that an earlier one told of, and repeats half of its statements; one in twelve is a summit of six.
A fifth of the statements is directed at a third side. Adding is one transaction a document.

Beside each tenth a fixed piece of work is timed that has nothing to do with the archive: 40,000 rows into an empty SQLite
file, twenty a transaction. Where it is slower too, the machine was, not the archive.
"""

from __future__ import annotations

import datetime
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from readout.charting import dyad_in
from readout.querying import find
from readout.records import (
    FAMILY,
    Actor,
    Confidence,
    DateInterval,
    Encounter,
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
ACTS = sorted(FAMILY)
A_DOCUMENT = 20
SIDES = [f"S{n:02}" for n in range(60)]
OFTEN = list(itertools.accumulate(1 / (n + 5) for n in range(60)))
Vocabulary = tuple[list[str], list[float]]
KINDS = ("phone_call", "meeting", "visit", "message", "video_call")
LABELS = (("strategic_partnership", "strategic partners"), ("neighbour", "good neighbours"), ("alliance", "allies"))
TOPICAL = "trade energy border water grain visa railway security student loan press health".split()
AT_ONCE = 250
ASKED = 200
# in milliseconds at the 95th percentile, what the project wants at a million
LOOKUP, DYAD, FOUND = 50, 300, 200


def sentence(draw: random.Random, vocabulary: Vocabulary) -> str:
    """Fourteen words, without the mark at the end."""
    return " ".join(draw.choices(vocabulary[0], cum_weights=vocabulary[1], k=14))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Whose archive is made: the sides and how often each comes, what they say, how much of it, who speaks.

    ``elsewhere`` is the share of the statements that are directed at a side which need not be there.
    """

    sides: list[str]
    often: list[float]
    a_document: int = A_DOCUMENT
    elsewhere: float = 0.2
    sentence: Callable[[random.Random, Vocabulary], str] = sentence
    name: Callable[[int, int], str] = "Person {} {}".format
    paper: str = "{}"


WORLD = World(sides=SIDES, often=OFTEN)


def words() -> Vocabulary:
    """4,000 made-up words and twelve that name topics, and how often each comes, before the others' share."""
    draw = random.Random(1)
    made = ["".join(draw.choice("bdgklmnprst") + draw.choice("aeiou") for _ in range(3)) for _ in range(4000)]
    made[100:340:20] = TOPICAL
    return made, list(itertools.accumulate(1 / (n + 10) for n in range(4000)))


def two(draw: random.Random, world: World = WORLD) -> tuple[str, str]:
    """Two sides, the frequent ones more often."""
    while True:
        one, other = draw.choices(world.sides, cum_weights=world.often, k=2)
        if one != other:
            return one, other


def person(draw: random.Random, side: str, world: World = WORLD) -> Actor:
    """One of ten persons of a side."""
    name = world.name(world.sides.index(side), draw.randrange(10))
    return Actor(person=name, office="foreign_minister", of=side)


def record(number: int, vocabulary: Vocabulary, world: World = WORLD) -> Record:
    """The n-th document."""
    own = random.Random(number)
    is_account = number % 3 == 2
    draw = random.Random(number - 1) if is_account else own  # a further account tells of the exchange before it
    summit = draw.random() < 1 / 12
    sides = (*two(draw, world), *draw.sample(world.sides[30:], 4)) if summit else two(draw, world)
    day = datetime.date(2005, 1, 1) + datetime.timedelta(days=draw.randrange(7300))
    kind = "multilateral" if summit else draw.choice(KINDS)
    people = [person(draw, side, world) for side in sides]
    many = world.a_document
    told = [f"{world.sentence(draw, vocabulary)} {n}." for n in range(many)]
    if is_account:
        own.random()
        told[many // 2 :] = [f"{world.sentence(own, vocabulary)}." for _ in range(many // 2)]
    label = draw.choice(LABELS) if not summit and draw.random() < 1 / 3 else None
    opening = f"The sides spoke, as is told in paper {world.paper.format(number)}."
    sentences = [opening, *told, *([f"They are {label[1]}."] if label else [])]
    whole = " ".join(sentences)
    digest, at, said = text_digest(whole), len(opening) + 1, []
    for n, line in enumerate(told):
        speaker = own.choice(people) if n >= many // 2 else people[n % len(people)]
        target = own.choice(world.sides if own.random() < world.elsewhere else [s for s in sides if s != speaker.of])
        span = Span(at, at + len(line))
        at += len(line) + 1
        said.append(
            Statement(
                id=item_id(digest, "statement", span, n), attribution="explicit", content=span, act=own.choice(ACTS),
                speakers=(speaker,), toward=(target,), confidence=SURE,
            )
        )  # fmt: skip
    evidence = Span(0, len(opening))
    met = Encounter(
        id=item_id(digest, "encounter", evidence, 0), kind=kind, status="reported", evidence=evidence, confidence=SURE,
        participants=tuple(Participant(actor=p) for p in people), date=DateInterval.day(day),
    )  # fmt: skip
    relations = ()
    if label:
        span = Span(whole.index(label[1], at), len(whole) - 1)
        relations = (
            Relation(
                id=item_id(digest, "relation", span, 0), between=sides, kind=label[0], label=span, confidence=SURE
            ),
        )
    return Record(
        id=f"d{number}", text=whole, date=day, issuer=f"Ministry {sides[0]}", issuer_of=sides[0], encounters=(met,),
        statements=tuple(said), relations=relations,
    )  # fmt: skip


def timed(name: str, asks: list[Callable[[], object]], most: int) -> bool:
    """Print the median, the 95th percentile and the longest of a list of questions, in milliseconds; whether it is well."""
    times = []
    for ask in asks:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name}: n={len(times)} median {statistics.median(times):.1f} p95 {p95:.1f} max {max(times):.1f} ms "
        f"({'below' if p95 < most else 'NOT BELOW'} {most})", flush=True,
    )  # fmt: skip
    return p95 < most


def reference(folder: Path) -> float:
    """Rows a second of a fixed piece of work: 40,000 into an empty SQLite file, twenty a transaction."""
    path = folder / "reference.sqlite"
    path.unlink(missing_ok=True)
    draw = random.Random(3)
    rows = [(n, draw.randbytes(8).hex(), "w" * 120) for n in range(40_000)]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE r (id INTEGER PRIMARY KEY, key TEXT UNIQUE, words TEXT)")
    start = time.perf_counter()
    for n in range(0, len(rows), 20):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO r VALUES (?, ?, ?)", rows[n : n + 20])
        connection.execute("COMMIT")
    took = time.perf_counter() - start
    connection.close()
    path.unlink()
    return len(rows) / took


def resident() -> float:
    """The memory that the process holds now, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def size(path: Path) -> float:
    """The file with its log, in MiB."""
    log = path.with_name(path.name + "-wal")
    return (path.stat().st_size + (log.stat().st_size if log.exists() else 0)) / 2**20


def build(path: Path, many: int, vocabulary: tuple[list[str], list[float]]) -> None:
    """Add the documents, and tell the rate of each tenth."""
    documents = many // A_DOCUMENT
    tenths: list[float] = []
    steady: list[float] = []
    with Archive.open(path, write=True, create=True) as archive:
        for tenth in range(10):
            first, last = tenth * documents // 10, (tenth + 1) * documents // 10
            steady.append(reference(path.parent))
            took = 0.0
            for n in range(first, last, AT_ONCE):
                made = [record(m, vocabulary) for m in range(n, min(n + AT_ONCE, last))]
                start = time.perf_counter()
                for item in made:
                    archive.put(item)
                took += time.perf_counter() - start
            tenths.append((last - first) * A_DOCUMENT / took)
            print(
                f"tenth {tenth + 1}: {tenths[-1]:,.0f} statements/s, memory {resident():.0f} MiB, file {size(path):.0f} MiB, "
                f"reference {steady[-1]:,.0f} rows/s", flush=True,
            )  # fmt: skip
    change, machine = tenths[-1] / tenths[0] - 1, steady[-1] / steady[0] - 1
    print(f"{documents:,} documents, {many:,} statements, {size(path):.0f} MiB; last tenth against first {change:+.0%} "
          f"(the reference {machine:+.0%}; {'within' if abs(change) <= 0.2 else 'NOT WITHIN'} 20 %)", flush=True)  # fmt: skip


def ask(path: Path, documents: int, vocabulary: tuple[list[str], list[float]]) -> None:
    """Ask 200 questions of each kind, and tell how long they took."""
    draw = random.Random(7)
    common, rare = vocabulary[0][:50], vocabulary[0][500:]
    sides = [two(draw) for _ in range(ASKED)]
    people = [person(draw, draw.choices(SIDES, cum_weights=OFTEN)[0]).person for _ in range(ASKED)]
    years = [draw.randrange(2005, 2024) for _ in range(ASKED)]
    with Archive.open(path) as archive:
        timed(
            "one document by name", [lambda n=draw.randrange(documents): archive.record(f"d{n}") for _ in years], LOOKUP
        )
        timed("statements of a person, 20", [
            lambda p=p: find(archive, "statements", person=p, limit=20) for p in people
        ], LOOKUP)  # fmt: skip
        timed("statements of a side toward another in a year, 20", [
            lambda a=a, b=b, y=y: find(archive, "statements", side=a, with_=b, since=f"{y}-01-01", until=f"{y}-12-31", limit=20)
            for (a, b), y in zip(sides, years, strict=True)
        ], LOOKUP)  # fmt: skip
        timed("encounters of two sides, 20", [
            lambda a=a, b=b: find(archive, "encounters", side=a, with_=b, limit=20) for a, b in sides
        ], LOOKUP)  # fmt: skip
        timed("documents of a side in a month, 20", [
            lambda a=a, y=y: find(archive, "documents", side=a, since=f"{y}-03-01", until=f"{y}-03-31", limit=20)
            for (a, _), y in zip(sides, years, strict=True)
        ], LOOKUP)  # fmt: skip
        asked = [draw.choice(rare) for _ in range(80)] + [
            f"{draw.choice(rare)} {draw.choice(common)}" for _ in range(60)
        ]
        asked += [f'"{draw.choice(common)} {draw.choice(common)}"' for _ in range(40)]
        asked += [draw.choice(common) for _ in range(20)]
        timed("full text, statements, 20 (80 rare, 60 rare+common, 40 phrases, 20 common)", [
            lambda q=q: find(archive, "statements", text=q, limit=20) for q in asked
        ], FOUND)  # fmt: skip
        timed("full text, documents, 20 (the same mix)", [
            lambda q=q: find(archive, "documents", text=q, limit=20) for q in asked
        ], FOUND)  # fmt: skip
        forms = [{"by": "year"}, {"by": "quarter"}, {"by": "month", "since": datetime.date(2015, 5, 12)}]
        timed("page of two sides (a third each by year, quarter, month since a day)", [
            lambda a=a, b=b, f=forms[n % 3]: dyad_in(archive, a, b, **f) for n, (a, b) in enumerate(sides)
        ], DYAD)  # fmt: skip
        timed("the page of the two most frequent sides", [lambda: dyad_in(archive, *SIDES[:2], by="month")] * 20, DYAD)
        page = dyad_in(archive, *SIDES[:2], by="month")
        print(f"these two: {page.documents:,} documents, {sum(p.statements for p in page.periods):,} statements counted, "
              f"{len(page.exchanges):,} exchanges")  # fmt: skip
    print(f"memory after all questions {resident():.0f} MiB")


def main() -> None:
    """Build, then ask; a file that is there already is only asked."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "bench.sqlite"
    vocabulary = words()
    if not path.exists():
        build(path, many, vocabulary)
    ask(path, many // A_DOCUMENT, vocabulary)


if __name__ == "__main__":
    main()
