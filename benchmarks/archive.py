# ruff: noqa: E501, B008
"""How an archive behaves with many statements: adding, looking up, full text, tallies of two sides, memory.

    python benchmarks/archive.py [STATEMENTS] [FILE]      100,000 where not given; the issue asks for 1,000,000

The records are synthetic, twenty statements a document, drawn with a fixed seed from 60 sides, 600 persons and 4,000
words with a Zipf-like frequency. Adding is one transaction a document.
"""

from __future__ import annotations

import datetime
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from readout.querying import find
from readout.records import FAMILY, Actor, Confidence, Record, Span, Statement, item_id, text_digest
from readout.storing import Archive

SURE = Confidence(value=0.9, reason="synthetic")
ACTS = sorted(FAMILY)
A_DOCUMENT = 20


def words() -> tuple[list[str], list[float]]:
    """4,000 made-up words and how often each comes, before the others' share."""
    draw = random.Random(1)
    made = ["".join(draw.choice("bdgklmnprst") + draw.choice("aeiou") for _ in range(3)) for _ in range(4000)]
    return made, [1 / (n + 10) for n in range(4000)]


def record(number: int, vocabulary: tuple[list[str], list[float]]) -> Record:
    """The n-th document."""
    draw = random.Random(number)
    sentences = [" ".join(draw.choices(*vocabulary, k=14)) + f" {number}." for _ in range(A_DOCUMENT)]
    whole = " ".join(sentences)
    digest, at, said = text_digest(whole), 0, []
    for n, sentence in enumerate(sentences):
        side = draw.randrange(60)
        span = Span(at, at + len(sentence))
        at += len(sentence) + 1
        said.append(
            Statement(
                id=item_id(digest, "statement", span, n), attribution="explicit", content=span, act=draw.choice(ACTS),
                speakers=(Actor(person=f"Person {side} {draw.randrange(10)}", office="foreign_minister", of=f"S{side:02}"),),
                toward=(f"S{draw.randrange(60):02}",), confidence=SURE,
            )
        )  # fmt: skip
    day = datetime.date(2005, 1, 1) + datetime.timedelta(days=draw.randrange(7300))
    return Record(
        id=f"d{number}", text=whole, date=day, issuer=f"Ministry {draw.randrange(60)}", statements=tuple(said)
    )


def timed(name: str, asks: list[Callable[[], object]]) -> None:
    """Print the median, the 95th percentile and the longest of a list of questions, in milliseconds."""
    times = []
    for ask in asks:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name}: n={len(times)} median {statistics.median(times):.1f} p95 {p95:.1f} max {max(times):.1f} ms",
        flush=True,
    )


def main() -> None:
    """Build, then ask."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "bench.sqlite"
    vocabulary = words()
    documents = many // A_DOCUMENT
    tenths: list[float] = []
    with Archive.open(path, write=True, create=True) as archive:
        for tenth in range(10):
            made = [record(n, vocabulary) for n in range(tenth * documents // 10, (tenth + 1) * documents // 10)]
            start = time.perf_counter()
            for item in made:
                archive.put(item)
            tenths.append(len(made) * A_DOCUMENT / (time.perf_counter() - start))
            print(f"tenth {tenth + 1}: {tenths[-1]:,.0f} statements/s", flush=True)
    print(f"{documents:,} documents, {many:,} statements, {path.stat().st_size / 2**20:.0f} MiB; last tenth against "
          f"first {tenths[-1] / tenths[0] - 1:+.0%}")  # fmt: skip
    draw = random.Random(7)
    common, rare = vocabulary[0][:50], vocabulary[0][500:]
    with Archive.open(path) as archive:
        timed("one document by name", [lambda n=draw.randrange(documents): archive.record(f"d{n}") for _ in range(200)])
        timed("statements of a person, 20", [
            lambda p=f"Person {draw.randrange(60)} {draw.randrange(10)}": find(archive, "statements", person=p, limit=20)
            for _ in range(200)
        ])  # fmt: skip
        timed("statements of a side toward a side in a year, 20", [
            lambda a=f"S{draw.randrange(60):02}", b=f"S{draw.randrange(60):02}", y=draw.randrange(2005, 2024): find(
                archive, "statements", side=a, with_=b, since=f"{y}-01-01", until=f"{y}-12-31", limit=20
            ) for _ in range(200)
        ])  # fmt: skip
        asked = [draw.choice(rare) for _ in range(80)] + [
            f"{draw.choice(rare)} {draw.choice(common)}" for _ in range(60)
        ]
        asked += [f'"{draw.choice(common)} {draw.choice(common)}"' for _ in range(40)]
        asked += [draw.choice(common) for _ in range(20)]
        timed("full text, 20 (80 rare, 60 rare+common, 40 phrases, 20 common)", [
            lambda q=q: find(archive, "statements", text=q, limit=20) for q in asked
        ])  # fmt: skip
        tally = text("SELECT month, act, count FROM tallies WHERE source = :a AND target = :b")

        def dyad(a: str, b: str) -> object:
            with archive.transaction() as connection:
                return connection.execute(tally, {"a": a, "b": b}).all()

        timed("tallies of two sides", [
            lambda a=f"S{draw.randrange(60):02}", b=f"S{draw.randrange(60):02}": dyad(a, b) for _ in range(200)
        ])  # fmt: skip
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
