"""Print category F1 on PLOVER's gold sentences: over all categories, over the verbal ones, and for each half.

    python scripts/measure_plover.py /path/to/plover_dev.jsonl

The lexicon was written with the sentences of even number in sight; those of odd number were only counted.
The gold is CC BY-SA 4.0 and is no part of the project; no sentence of it is printed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from readout.coding import SentenceCoder

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
VERBAL = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())


def figures(pairs: list[tuple[set[str], set[str]]], only: frozenset[str] | None = None) -> str:
    """Precision, recall and F1 over (gold, found) sets of categories."""
    counts: Counter[str] = Counter()
    for gold, found in pairs:
        g, f = (gold, found) if only is None else (gold & only, found & only)
        counts["right"] += len(g & f)
        counts["gold"] += len(g)
        counts["found"] += len(f)
    precision = counts["right"] / max(1, counts["found"])
    recall = counts["right"] / max(1, counts["gold"])
    f1 = 2 * counts["right"] / max(1, counts["gold"] + counts["found"])
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({counts['right']} of {counts['gold']})"


def main() -> None:
    """Measure the file named on the command line."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared/gold/plover_dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    coder = SentenceCoder.open()
    coded = coder.code([(str(n), row["text"].strip("{}")) for n, row in enumerate(rows)])
    pairs = []
    for row, (_, events) in zip(rows, coded, strict=True):
        gold = {RENAMED.get(e["code"], e["code"]) for e in row["expected"]}
        pairs.append((gold, {e.plover.code for e in events if e.plover and not e.negated}))
    for name, part in (("all", pairs), ("even: seen", pairs[0::2]), ("odd: unseen", pairs[1::2])):
        print(f"{name:12} every category    {figures(part)}")
        print(f"{name:12} verbal categories {figures(part, VERBAL)}")
    for category in sorted({c for gold, _ in pairs for c in gold}):
        print(f"  {category:10} {figures(pairs, frozenset({category}))}")


if __name__ == "__main__":
    main()
