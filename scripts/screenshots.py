"""Pictures of every page, made in Debian's Chromium from an archive of the examples, into docs/screenshots.

    python scripts/screenshots.py                     all
    python scripts/screenshots.py document compare    some

``PAGES`` names every page with an address in that archive; the browser tests open the same.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
FOLDER = HOME / "docs" / "screenshots"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip

PAGES = {
    "rest": "/api",
}
"""Every page by a name of ours, with an address that shows something; in braces what ``names`` finds in the archive."""

EMPTY = ("desk",)
"""Pages that are also shown over an empty archive."""


def fill(path: Path, reader: Any) -> None:
    """Make an archive of the examples."""
    from readout.reading import from_mapping
    from readout.reading.examples import examples
    from readout.storing import Archive

    with Archive.open(path, write=True, create=True) as opened:
        for found in reader.read_documents([from_mapping(x) for x in examples().values()]):
            opened.put(found)


@contextmanager
def serve(archive: Path, reader: Any) -> Iterator[str]:
    """Serve an archive on a free port of this machine; its address without the last slash."""
    import uvicorn

    from readout.serving import Serving, create_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(archive, Serving(port=port), reader)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until, "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def addresses(path: Path) -> dict[str, str]:
    """The address of every page of ``PAGES`` in an archive of the examples."""
    from readout.storing import Archive

    with Archive.open(path) as archive:
        call, site = archive.key_of("press-call"), archive.key_of("presidential-site")
        encounter = archive.record(call).encounters[0].id
    return {name: page.format(call=call, site=site, encounter=encounter) for name, page in PAGES.items()}
