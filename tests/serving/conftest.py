"""An archive of the examples and clients on it, for all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gallery import addresses, fill
from served import HERE, OWN, TOKEN

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.reading.examples import examples
from readout.serving import Serving, create_app
from readout.storing import Archive


@pytest.fixture(scope="module")
def archive(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "a.sqlite"
    with reader.turn, Archive.open(path, write=True, create=True) as opened:
        for found in reader.read_documents([from_mapping(x) for x in examples().values()]):
            opened.put(found)
    return path


@pytest.fixture(scope="session")
def client_of(reader: Reader) -> Callable[..., TestClient]:
    """A client on an archive, as if it came from ``address``; further values are of ``Serving``."""

    def made(path: Path, address: str = "127.0.0.1", **serving: Any) -> TestClient:
        app = create_app(path, Serving(**serving), reader)
        return TestClient(app, base_url=HERE, client=(address, 4000), raise_server_exceptions=False)

    return made


@pytest.fixture(scope="module")
def client(archive: Path, client_of: Callable[..., TestClient]) -> Iterator[TestClient]:
    with client_of(archive, token=TOKEN) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path, client_of: Callable[..., TestClient]) -> TestClient:
    """A client on an archive that is not there yet."""
    return client_of(tmp_path / "new.sqlite")


@pytest.fixture(scope="session")
def own() -> dict[str, str]:
    """The headers of a request from a page of ours."""
    return OWN


@pytest.fixture(scope="session")
def gallery(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example archive, for the tests that only look."""
    path = tmp_path_factory.mktemp("gallery") / "gallery.sqlite"
    fill(path, reader)
    return path


@pytest.fixture(scope="session")
def places(gallery: Path) -> dict[str, str]:
    """The address of every page in the gallery, by its name."""
    return addresses(gallery)
