"""What each part of the reading is worth: the figures on gold with one part switched off at a time.

    python benchmarks/ablation.py GOLD.jsonl [GOLD.jsonl ...]

Prints a Markdown table of F1: first as it ships, then the difference in hundredths that each part's absence makes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from readout.evaluating import score
from readout.extracting import acts, continuation, encounters, statements
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.resolving.discourse import Discourse

SHOWN = (
    "encounters_reported", "encounter_date", "participants", "attribution", "speaker", "statements", "acts",
    "statements_continued_recall", "statements_issuer_recall", "toward", "commitments", "relations",
)  # fmt: skip


@contextmanager
def without(*swaps: tuple[object, str, object]) -> Iterator[None]:
    """The program with some names swapped for what does nothing."""
    with ExitStack() as stack:
        for where, name, instead in swaps:
            stack.enter_context(patch.object(where, name, instead))
        yield


def _none(*_: object, **__: object) -> None:
    return None


def _nothing(*_: object, **__: object) -> list[Any]:
    return []


def _no_actors(*_: object, **__: object) -> tuple[()]:
    return ()


PARTS: dict[str, tuple[tuple[object, str, object], ...]] = {
    "long mentions shown to the parser as one word": ((Reader, "_long_mentions", _nothing),),
    "uncued speech (continuation, issuer voice, quotes)": ((statements.StatementFinder, "_uncued", _none),),
    "author of a first-person or unsigned text": (
        (statements, "author_of", _no_actors),
        (continuation, "author_of", _no_actors),
    ),
    "credit lines (according to, as told)": ((statements.StatementFinder, "_credit_span", _none),),
    "act by the content": (
        (acts, "act_of_content", lambda *_: "assess"),
        (statements, "act_of_content", lambda *_: "assess"),
    ),
    "splitting of joined contents": (
        (statements.StatementFinder, "_split", lambda self, report, sentence: [report.content]),
    ),
    "exchange told by the headline": ((encounters.EncounterFinder, "_from_title", _none),),
    "exchange told by the lead": ((encounters.EncounterFinder, "_from_lead", _none),),
    "merging of one exchange told twice": (
        (encounters.EncounterFinder, "_same", lambda self, a, b, main: False),
    ),
    "whom a statement is toward": ((statements, "toward_of", _no_actors),),
    "persons: named, told apart, matched to office holders": ((Discourse, "_name_persons", _none),),
    "pronouns": (
        (Discourse, "_singular", _no_actors),
        (Discourse, "_plural", _no_actors),
    ),
}  # fmt: skip


def main() -> None:
    """Read the gold's documents once with everything and once without each part."""
    gold = [json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text(encoding="utf-8").splitlines()]
    documents = [from_mapping({k: g.get(k) for k in ("id", "text", "title", "date", "issuer", "url")}) for g in gold]
    reader = Reader.open()

    def figures() -> dict[str, float]:
        found = {}
        for document in documents:
            try:
                record = next(iter(reader.read_documents([document])))
            except Exception as error:  # a part switched off may leave another without its ground: told, not hidden
                print(f"<!-- {getattr(document, 'id', '?')}: {type(error).__name__}: {error} -->", file=sys.stderr)
                continue
            row = record.to_json()
            found[row["id"]] = row
        scores = score(gold, found)
        return {name: scores.figure(name) for name in SHOWN}

    whole = figures()
    print("| without | " + " | ".join(SHOWN) + " |")
    print("| --- |" + " ---: |" * len(SHOWN))
    print("| nothing (as it ships) | " + " | ".join(f"{whole[n]:.3f}" for n in SHOWN) + " |", flush=True)
    for part, swaps in PARTS.items():
        with without(*swaps):
            less = figures()
        cells = (f"{100 * (less[n] - whole[n]):+.1f}" if abs(less[n] - whole[n]) > 0.0005 else "·" for n in SHOWN)
        print(f"| {part} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
