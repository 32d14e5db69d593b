"""One reader for all tests: the model and the tables are loaded once a session, when first asked for."""

from __future__ import annotations

import pytest

from readout.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The whole pipeline with the embedded actor base and no user layer."""
    return Reader.open()
