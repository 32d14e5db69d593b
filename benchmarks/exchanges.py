"""How well exchanges are joined: pairwise F1 over the documents with a `pair`, every join beyond with its reason.

    python benchmarks/exchanges.py GOLD.jsonl... [--negatives FILE] [--gold-encounters]

Each text is read by the pipeline; with `--gold-encounters` the encounters of the gold stand in for those that
were read, which measures the joining alone. Two documents count as joined where both report, or both announce, one
encounter.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

from readout.comparing import Exchange, exchanges
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Actor, Confidence, DateInterval, Encounter, Participant, Record, Span, item_id

FIELDS = ("id", "text", "title", "date", "issuer", "url")


def rows_of(paths: list[Path]) -> list[dict[str, Any]]:
    """The documents of JSON Lines files."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def read_rows(rows: list[dict[str, Any]]) -> list[Record]:
    """Their records, as the pipeline reads them; refusals are left out."""
    documents = [from_mapping({k: row[k] for k in FIELDS if row.get(k) is not None}) for row in rows]
    return [found for found in Reader.open().read_documents(documents) if isinstance(found, Record)]


def gold_record(row: dict[str, Any], read: Record) -> Record:
    """The record with the gold's encounters in place of its own."""
    from dataclasses import replace

    out = []
    for n, e in enumerate(row["encounters"]):
        people = tuple(
            Participant(actor=Actor(person=p["person"], office=p["office"], of=p["of"]), part=p["part"])
            for p in e["participants"]
            if p["person"] or p["office"] or p["of"]
        )
        if not people:
            continue
        span = Span(*e["evidence"])
        out.append(
            Encounter(
                id=item_id(read.digest, "encounter", span, n),
                kind=e["kind"],
                status=e["status"],
                participants=people,
                evidence=span,
                date=DateInterval.from_iso(e["date"]) if e["date"] else None,
                place=e["place"],
                confidence=Confidence(value=1.0, reason="gold"),
            )
        )
    return replace(read, encounters=tuple(out))


def joined(found: list[Exchange]) -> dict[frozenset[str], str]:
    """Every pair of documents that tell of one exchange, with the reason of the join."""
    out: dict[frozenset[str], str] = {}
    for exchange in found:
        for one, other in combinations(exchange.accounts, 2):
            if one.role == other.role != "mention":
                reason = next(
                    (f"{j.score:.2f}: " + "; ".join(j.reasons) for j in exchange.joins
                     if {j.one, j.other} == {one.place, other.place}), "through a third document",
                )  # fmt: skip
                pair = frozenset((one.document, other.document))
                out[pair] = f"{one.encounter.kind} {one.encounter.status}, {reason}" + (
                    f" | {out[pair]}" if pair in out else ""
                )
    return out


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--negatives", type=Path)
    parser.add_argument("--gold-encounters", action="store_true", dest="by_gold")
    given = parser.parse_args()
    rows = rows_of(given.gold)
    records = {r.id: r for r in read_rows(rows)}
    if given.by_gold:
        records = {row["id"]: gold_record(row, records[row["id"]]) for row in rows if row["id"] in records}
    paired = [row for row in rows if row.get("pair")]
    want = {frozenset((a["id"], b["id"])) for a, b in combinations(paired, 2) if a["pair"] == b["pair"]}
    every = joined(exchanges(records.values()))
    names = {row["id"] for row in paired}
    said = {pair: why for pair, why in every.items() if pair <= names}
    right = len(want & set(said))
    precision, recall = right / max(1, len(said)), right / len(want)
    f1 = 2 * right / max(1, len(said) + len(want))
    print(f"documents with a pair: {len(paired)}, pairs {len(want)}")
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    for pair in sorted(want - set(said), key=sorted):
        print("missed:", " + ".join(sorted(pair)))
    for pair, why in sorted(every.items(), key=lambda x: sorted(x[0])):
        if pair not in want:
            print("beyond:" if pair <= names else "beyond, among the others:", " + ".join(sorted(pair)), "\n    ", why)
    if given.negatives:
        among = joined(exchanges(read_rows(rows_of([given.negatives]))))
        print(f"joins among the negatives: {len(among)}")
        for pair, why in among.items():
            print("   ", " + ".join(sorted(pair)), why)


if __name__ == "__main__":
    main()
