"""Which words are near one another, and how common they are: a table made once; no language model runs.

``data/words.npz`` holds a vector of 48 small whole numbers for each of some 15 000 stems of English, and how common
eight hundred of them are in statements. ``scripts/build_words.py`` makes it; decision 0032 tells from what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from readout.comparing.words import Term

_FAR, _NEAR = 0.40, 0.90
_MOST = 0.9
_PREFIXES = ("inter", "counter", "trans", "multi", "under", "over", "anti", "semi", "fore", "dis", "non", "mis", "pre",
             "sub", "uni", "tri", "un", "re", "de", "bi", "co")  # fmt: skip
_LEAST_LEFT = 4
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Unit vectors by stem, and the weight of the stems that statements often have."""

    rows: dict[str, int]
    vectors: Matrix
    common: dict[str, float]

    def weight(self, key: str) -> float:
        """How much a stem tells, in (0, 1]; 1 for one that few statements have."""
        return self.common.get(key, 1.0)

    def vector(self, term: Term) -> Matrix:
        """The vector of a term, or of what a prefix leaves of it; zeros for a name, a figure, an unknown word."""
        row = self.rows.get(term.root)
        if row is None and not term.is_named:
            left = (term.root[len(p) :] for p in _PREFIXES if term.root.startswith(p))
            row = next((self.rows[x] for x in left if len(x) >= _LEAST_LEFT and x in self.rows), None)
        if row is None or term.root.isdigit():
            return np.zeros(self.vectors.shape[1])
        found: Matrix = self.vectors[row]
        return found

    def near(self, one: Sequence[Term], other: Sequence[Term]) -> Matrix:
        """How near every term of ``one`` is to every term of ``other``: 1 the same, at most 0.9 for another word."""
        if not one or not other:
            return np.zeros((len(one), len(other)))
        mine, theirs = (np.stack([self.vector(t) for t in terms]) for terms in (one, other))
        near = np.clip((mine @ theirs.T - _FAR) / (_NEAR - _FAR), 0.0, 1.0) * _MOST
        for i, a in enumerate(one):
            for j, b in enumerate(other):
                if a.key == b.key:
                    near[i, j] = 1.0
        return near


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """The table, read once a process."""
    with resources.files("readout.comparing").joinpath("data", "words.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        stems, vectors = str(data["stems"]).split("\n"), data["vectors"].astype(np.float64)
        common, weights = str(data["common"]).split("\n"), data["weights"]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordTable({s: n for n, s in enumerate(stems)}, vectors,
                     {w: float(x) for w, x in zip(common, weights, strict=True)})  # fmt: skip
