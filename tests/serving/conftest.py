"""What the tests of the server share."""

from __future__ import annotations

from pathlib import Path

import pytest
from gallery import addresses, fill

from readout.pipeline import Reader


@pytest.fixture(scope="session")
def gallery(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the examples, for the tests that only look."""
    path = tmp_path_factory.mktemp("gallery") / "gallery.sqlite"
    fill(path, reader)
    return path


@pytest.fixture(scope="session")
def places(gallery: Path) -> dict[str, str]:
    """The address of every page in the gallery, by its name."""
    return addresses(gallery)
