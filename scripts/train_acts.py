"""Trains the small model of acts and writes its weights and card.

    python scripts/train_acts.py            # cross-validated figures, nothing written
    python scripts/train_acts.py --write    # and the weights into src/readout/extracting/weights/acts.json

Data: statements of the development gold beside the checkout that the extractor finds (its own spans, the gold's act),
and the golden records and hard cases of this project. Folds are fixed: documents are sorted by a digest of their pair
name or id, so that documents of one pair stay together; whole issuers are held out in turn as a second reading.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from readout.extracting.acts import act_features
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import FAMILY, Record

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "gold" / "dev"
TARGET = ROOT / "src" / "readout" / "extracting" / "weights" / "acts.json"
FOLDS = 10


def overlap(text: str, a: tuple[int, int], b: tuple[int, int]) -> float:
    """Words of two spans: intersection over union."""
    x, y = (
        {a[0] + m.start() for m in re.finditer(r"\w+", text[a[0] : a[1]])},
        {b[0] + m.start() for m in re.finditer(r"\w+", text[b[0] : b[1]])},
    )
    return len(x & y) / len(x | y) if x | y else 0.0


def lemma_of(why: tuple[str, ...]) -> str:
    """The cue's base form as the statement remembers it."""
    return why[0].split("'")[1] if why and why[0].startswith("cue '") else ""


def rule_of(why: tuple[str, ...]) -> str:
    """The act that the rules gave, as the statement remembers it."""
    return next((w.removeprefix("rule: ") for w in why if w.startswith("rule: ")), "")


def gather(reader: Reader, documents: list[dict[str, Any]]) -> list[tuple[str, str, list[str], str, str]]:
    """(group, issuer, features, gold act, rule act) of every statement that is found."""
    rows = []
    records = reader.read_documents(
        [from_mapping({k: d.get(k) for k in ("id", "text", "title", "date", "issuer", "url")}) for d in documents]
    )
    for gold, record in zip(documents, records, strict=True):
        if not isinstance(record, Record):
            continue
        used: set[int] = set()
        for s in record.statements:
            best, score = None, 0.5
            for n, g in enumerate(gold["statements"]):
                value = overlap(record.text, tuple(g["content"]), (s.content.start, s.content.end))
                if n not in used and value >= score:
                    best, score = n, value
            if best is None:
                continue
            used.add(best)
            if "act by content" not in s.why:
                continue
            features = act_features(
                s.content.of(record.text),
                lemma_of(s.why),
                rule_of(s.why),
                s.attribution,
                len(s.speakers),
                len(s.toward),
                record.issuer_kind != "side",
            )
            group = gold.get("pair") or gold["id"]
            rows.append((group, str(gold.get("issuer")), features, gold["statements"][best]["act"], rule_of(s.why)))
    return rows


def fold_of(group: str) -> int:
    """A fixed fold by digest."""
    return int(hashlib.blake2b(group.encode(), digest_size=4).hexdigest(), 16) % FOLDS


def matrix(rows: list[list[str]], index: dict[str, int]) -> np.ndarray:
    x = np.zeros((len(rows), len(index)), dtype=np.float32)
    for n, features in enumerate(rows):
        for f in features:
            k = index.get(f)
            if k is not None:
                x[n, k] = 1.0
    return x


def vocabulary(rows: list[list[str]], least: int) -> dict[str, int]:
    counts = collections.Counter(f for r in rows for f in set(r))
    kept = sorted(f for f, n in counts.items() if n >= least)
    return {f: k for k, f in enumerate(kept)}


def fit(rows: list[list[str]], acts: list[str], strength: float) -> tuple[LogisticRegression, dict[str, int]]:
    index = vocabulary(rows, 3)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix(rows, index), acts)
    return model, index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--strength", type=float, default=0.25)
    arguments = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not there: the gold lies beside the checkout")
    reader = Reader.open(use_models=False)
    documents = [
        json.loads(line)
        for name in ("gold.jsonl", "own.jsonl")
        for line in (SHARED / name).read_text(encoding="utf-8").splitlines()
    ]
    own = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "tests" / "golden").glob("*.gold.json"))]
    rows = gather(reader, documents)
    extra = gather(reader, own)
    figures: dict[str, Any] = {}
    for name, key in (("by document", lambda r: fold_of(r[0])), ("by issuer", lambda r: r[1])):
        right = rule_right = family = rule_family = 0
        by_fold = {}
        for fold in sorted({key(r) for r in rows}, key=str):
            train = [r for r in rows if key(r) != fold] + extra
            test = [r for r in rows if key(r) == fold]
            model, index = fit([r[2] for r in train], [r[3] for r in train], arguments.strength)
            said = model.predict(matrix([r[2] for r in test], index))
            hits = sum(a == r[3] for a, r in zip(said, test, strict=True))
            by_fold[str(fold)] = [hits, len(test)]
            right += hits
            family += sum(FAMILY[a] == FAMILY[r[3]] for a, r in zip(said, test, strict=True))
            rule_right += sum(r[4] == r[3] for r in test)
            rule_family += sum(FAMILY[r[4]] == FAMILY[r[3]] for r in test)
        n = len(rows)
        figures[name] = {
            "statements": n,
            "accuracy": round(right / n, 4),
            "families": round(family / n, 4),
            "rules alone": round(rule_right / n, 4),
            "rules alone, families": round(rule_family / n, 4),
            "folds": by_fold if name == "by document" else {k: v for k, v in by_fold.items() if v[1] >= 20},
        }
        print(name, json.dumps({k: v for k, v in figures[name].items() if k != "folds"}))
    if arguments.write:
        everything = rows + extra
        model, index = fit([r[2] for r in everything], [r[3] for r in everything], arguments.strength)
        weights = {
            f: [round(float(w), 3) for w in model.coef_[:, k]]
            for f, k in sorted(index.items())
            if np.abs(model.coef_[:, k]).max() >= 0.02
        }
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(
            json.dumps(
                {
                    "classes": [str(c) for c in model.classes_],
                    "intercept": [round(float(b), 3) for b in model.intercept_],
                    "weights": weights,
                    "card": {
                        "data": f"{len(rows)} statements of the development gold, {len(extra)} of our own",
                        "cross-validation": figures,
                        "limits": "trained on readouts and short press reports in English; rare acts lean on the rules",
                    },
                },
                ensure_ascii=False,
                separators=(",", ":"),
            )
            + "\n",
            encoding="utf-8",
        )
        print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes, {len(weights)} features")


if __name__ == "__main__":
    main()
