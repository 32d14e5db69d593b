"""Debian's Chromium over an archive that is served: every page that a test opens is watched.

A page must not ask for anything outside the server, say anything on the console, break its content security policy or
throw: what it did so is a fault, and a test with a fault fails when it ends.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from gallery import FLAGS, serve
from playwright.sync_api import Browser, sync_playwright
from visiting import Visits

from readout.pipeline import Reader


@pytest.fixture(scope="session")
def served(gallery: Path, reader: Reader) -> Iterator[str]:
    """The address of the gallery."""
    with serve(gallery, reader) as address:
        yield address


@pytest.fixture
def fresh(reader: Reader, tmp_path: Path) -> Iterator[str]:
    """The address of an archive that is not there yet, for the tests that write."""
    with serve(tmp_path / "fresh.sqlite", reader) as address:
        yield address


@pytest.fixture
def copied(gallery: Path, reader: Reader, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the gallery, for the tests that change it."""
    shutil.copy(gallery, tmp_path / "copied.sqlite")
    with serve(tmp_path / "copied.sqlite", reader) as address:
        yield address


# one a module, not one a session: while it is open no other test of this thread could run an event loop
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser; the tests are skipped where there is none, but in CI they fail."""
    path = shutil.which("chromium")
    if path is None:
        assert os.environ.get("CI") != "true", "chromium is not there; scripts/test installs it"
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens watched pages; fails a test whose pages did what they must not."""
    visits = Visits(browser)
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.faults == []
