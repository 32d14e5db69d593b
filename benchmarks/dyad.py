"""How long the dyad over time takes: DOCUMENTS synthetic documents of one dyad, three accounts an exchange.

    python benchmarks/dyad.py [DOCUMENTS ...]

Prints for each number the seconds of the whole from records (``readout.charting.dyad``), its exchanges, the peak of
memory, and the page as an archive keeps it (``dyad_in``).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from readout.charting import dyad, dyad_in
from readout.records import Actor, Confidence, DateInterval, Encounter, Participant, Record, Span, Statement
from readout.storing import Archive

ACTS = ("thank", "support", "criticise", "commit", "inform", "request")
WORDS = "trade energy border water grain visa railway security student loan press health".split()
SURE = Confidence(value=0.9, reason="synthetic")


def synthetic(count: int, seed: int = 7) -> list[Record]:
    """``count`` records over ten years; every three in a row tell of one call."""
    chance = random.Random(seed)
    out = []
    for n in range(count):
        day = date(2014, 1, 1) + timedelta(days=(n // 3) * 3650 // max(1, count // 3))
        sentences = [" ".join(chance.choices(WORDS, k=12)) + f" {n}-{k}." for k in range(6)]
        text = "One called the other. " + " ".join(sentences)
        statements = []
        for k, sentence in enumerate(sentences):
            start = text.index(sentence)
            statements.append(
                Statement(
                    id=f"s{k}", speakers=(Actor(of=("CHN", "KAZ")[k % 2]),), attribution="explicit",
                    content=Span(start, start + len(sentence)), act=chance.choice(ACTS),
                    toward=(("KAZ", "CHN")[k % 2],), confidence=SURE,
                )
            )  # fmt: skip
        call = Encounter(
            id="e", kind="phone_call", status="reported", evidence=Span(0, 20), date=DateInterval.day(day),
            participants=tuple(
                Participant(actor=Actor(of=x, office="foreign_minister")) for x in ("CHN", "KAZ")
            ),
            confidence=SURE,
        )  # fmt: skip
        out.append(Record(id=f"{n:06}", text=text, date=day, encounters=(call,), statements=tuple(statements)))
    return out


def main() -> None:
    for count in [int(x) for x in sys.argv[1:]] or [300, 3_000]:
        records = synthetic(count)
        start = time.perf_counter()
        made = dyad(records, "CHN", "KAZ", by="month")
        took = time.perf_counter() - start
        with (
            tempfile.TemporaryDirectory() as folder,
            Archive.open(Path(folder) / "a", write=True, create=True) as archive,
        ):
            start = time.perf_counter()
            for record in records:
                archive.put(record)
            added = (time.perf_counter() - start) / count
            start = time.perf_counter()
            dyad_in(archive, "CHN", "KAZ", by="month")
            kept = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count} documents: {took:.2f} s, {len(made.exchanges)} exchanges, peak {peak} MiB; "
              f"kept by an archive: {1000 * kept:.0f} ms, adding {1000 * added:.1f} ms a document")  # fmt: skip


if __name__ == "__main__":
    main()
