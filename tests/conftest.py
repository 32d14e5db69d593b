"""One reader for all tests, and one PostgreSQL server: each is started once a session, when first asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from postgres_server import Server, programs, running
from readout.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The whole pipeline with the embedded actor base and no user layer."""
    return Reader.open()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server, thrown away afterwards; without one the tests skip, but never where CI is set."""
    folder = programs()
    if folder is None:
        told = "PostgreSQL's server (initdb, pg_ctl) is not installed; `bash scripts/test` installs it with apt-get"
        if os.environ.get("CI", "").lower() not in ("", "0", "false"):
            pytest.fail(told)
        pytest.skip(told)
    with running(folder) as started:
        yield started
