"""Fit the weights of `comparing.weighing` and write `src/readout/comparing/data/aligning.json`.

    python scripts/fit_aligning.py [SHARED] [--print]

Pairs: the written ones of `tests/comparing/pairs.yaml`, on the statements given and as the program reads them, and the
judged real ones; never those of `held_out.yaml`. What is printed is F1 on pairs that were left out, one exchange at a
time; the thresholds are those with the greatest F1 so found over all links.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from readout.comparing import Embedder
from readout.comparing.aligning import linked
from readout.comparing.nearwords import Matrix
from readout.comparing.weighing import BY_MEANING, FEATURES, claims, features, weights
from readout.records import Record

HOME = Path(__file__).resolve().parents[1]
TABLE = HOME / "src" / "readout" / "comparing" / "data" / "aligning.json"
RIDGE = 10.0
PAIRED = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
JOINED = (0.5, 0.6, 0.7, 0.8, 0.9)
KINDS = ("given", "read", "real")
WAYS = {"words": FEATURES, "with_meaning": BY_MEANING}


@dataclass
class Pair:
    """Two accounts: features of every two statements, their names in the judgement, and the links wanted."""

    kind: str
    exchange: str
    names: tuple[list[Any], list[Any]]
    wanted: set[Any]
    told: dict[str, Matrix]

    @property
    def right(self) -> Matrix:
        """1 where two statements are linked."""
        flat = [[(a, b) in self.wanted for b in self.names[1]] for a in self.names[0]]
        return np.array(flat, dtype=np.float64).reshape(len(self.names[0]), len(self.names[1]))


def benchmark() -> ModuleType:
    """`benchmarks/compare.py`, which knows the pairs."""
    spec = importlib.util.spec_from_file_location("benchmark_compare", HOME / "benchmarks" / "compare.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pair_of(kind: str, exchange: str, both: tuple[Record, Record], names: dict[str, Any], wanted: set[Any]) -> Pair:
    """A pair with its features; a statement without a name keeps its id."""
    one, other = claims(both[0]), claims(both[1])
    near = Embedder.open().nearness((c.text for c in one), (c.text for c in other))
    told = features(one, other, weights([one, other]), near)
    ids = ([c.statement.id for c in one], [c.statement.id for c in other])
    return Pair(kind, exchange, ([names.get(x, x) for x in ids[0]], [names.get(x, x) for x in ids[1]]), wanted, told)


def written_pairs(bench: ModuleType) -> list[Pair]:
    """The written pairs to fit on, given and as read."""
    out = []
    written = bench.pairs_of(bench.PAIRS)
    golden = {p["id"]: (bench.golden_record(p, 0), bench.golden_record(p, 1)) for p in written}
    read = bench.read_written(written)
    for p in written:
        both = golden[p["id"]]
        wanted = bench.golden_links(p, *both)
        out.append(pair_of("given", p["id"], both, {}, wanted))
        as_read = (read[both[0].id], read[both[1].id])
        out.append(pair_of("read", p["id"], as_read, bench.golden_names(as_read, both), wanted))
    return out


def pairs(shared: Path) -> list[Pair]:
    """Every pair to fit on."""
    bench = benchmark()
    out = written_pairs(bench)
    for judged in bench.judged_pairs(shared / "gold" / "dev"):
        exchange = "iran-us-rome" if judged.pair.startswith("iran-us-rome") else judged.pair
        out.append(pair_of("real", exchange, judged.records, judged.names, judged.same))
    return out


def fit(told: Matrix, right: Matrix) -> tuple[Matrix, float]:
    """Weights and base of a logistic regression, with a ridge on standardised features, by Newton's method."""
    middle, spread = told.mean(axis=0), told.std(axis=0) + 1e-9
    scaled = np.hstack([(told - middle) / spread, np.ones((len(told), 1))])
    ridge = RIDGE * np.eye(scaled.shape[1])
    ridge[-1, -1] = 1e-6
    found = np.zeros(scaled.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-scaled @ found))
        step = np.linalg.solve(
            (scaled.T * (p * (1 - p) + 1e-9)) @ scaled + ridge, scaled.T @ (right - p) - ridge @ found
        )
        found += step
        if np.abs(step).max() < 1e-8:
            break
    out = found[:-1] / spread
    return out, float(found[-1] - out @ middle)


def flat(pair: Pair, names: tuple[str, ...]) -> Matrix:
    """A row of features for every two statements."""
    return np.stack([pair.told[name].ravel() for name in names], axis=1)


def left_out(every: list[Pair], names: tuple[str, ...]) -> list[Matrix]:
    """The likeness of each pair's statements by weights that were fitted without its exchange."""
    by_exchange = {}
    for exchange in {p.exchange for p in every}:
        rest = [p for p in every if p.exchange != exchange]
        by_exchange[exchange] = fit(np.concatenate([flat(p, names) for p in rest]),
                                    np.concatenate([p.right.ravel() for p in rest]))  # fmt: skip
    out = []
    for p in every:
        weight, base = by_exchange[p.exchange]
        out.append((1 / (1 + np.exp(-(flat(p, names) @ weight + base)))).reshape(p.right.shape))
    return out


def figures(every: list[Pair], alike: list[Matrix], paired: float, joined: float) -> dict[str, float]:
    """F1 by kind of pair."""
    count: Counter[tuple[str, str]] = Counter()
    for pair, matrix in zip(every, alike, strict=True):
        got = {(pair.names[0][x.one], pair.names[1][x.other]) for x in linked(matrix, paired, joined)}
        for kind in (pair.kind, "all"):
            count[kind, "right"] += len(got & pair.wanted)
            count[kind, "said"] += len(got) + len(pair.wanted)
    return {kind: 2 * count[kind, "right"] / max(1, count[kind, "said"]) for kind in (*KINDS, "all")}


def precise(every: list[Pair], alike: list[Matrix]) -> dict[str, float]:
    """Average precision of the likeness by kind of pair: it needs no threshold."""
    out = {}
    for kind in KINDS:
        p = np.concatenate([m.ravel() for m, x in zip(alike, every, strict=True) if x.kind == kind])
        right = np.concatenate([x.right.ravel() for x in every if x.kind == kind])
        ranked = right[np.argsort(-p, kind="stable")]
        out[kind] = float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked == 1].mean())
    return out


def chosen(every: list[Pair], alike: list[Matrix]) -> tuple[float, float]:
    """The thresholds with the greatest F1 over the links of all kinds together; of equal ones the middle."""
    tried = [(figures(every, alike, t, j)["all"], t, j) for t in PAIRED for j in JOINED]
    best = max(tried)[0]
    ties = [(t, j) for value, t, j in tried if value > best - 1e-9]
    return ties[len(ties) // 2]


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=HOME.parent / "shared")
    parser.add_argument("--print", action="store_true", dest="only_print")
    given = parser.parse_args()
    every = pairs(given.shared)
    out = {}
    for way, names in WAYS.items():
        alike = left_out(every, names)
        paired, joined = chosen(every, alike)
        for what, found in (
            ("average precision", precise(every, alike)),
            ("F1", figures(every, alike, paired, joined)),
        ):
            print(f"{way}: {what} on pairs left out: " + ", ".join(f"{k} {v:.3f}" for k, v in found.items()))
        weight, base = fit(np.concatenate([flat(p, names) for p in every]),
                           np.concatenate([p.right.ravel() for p in every]))  # fmt: skip
        out[way] = {"paired": paired, "joined": joined, "base": round(base, 3),
                    "features": {n: round(float(w), 3) for n, w in zip(names, weight, strict=True)}}  # fmt: skip
        print(f"  paired {paired}, joined {joined}")
    if not given.only_print:
        TABLE.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
