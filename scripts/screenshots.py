"""Pictures of every page, made in Debian's Chromium from an archive of the examples, into docs/screenshots.

    python scripts/screenshots.py                     all
    python scripts/screenshots.py document compare    some

``PAGES`` names every page with an address in that archive; the browser tests open the same.
"""

from __future__ import annotations

import shutil
import socket
import struct
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
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
    "desk": "/",
    "document": "/documents/{document}",
    "item": "/documents/{document}/items/{item}",
    "queue": "/queue",
    "search": "/search?kind=statements&text=fisheries",
    "exchanges": "/exchanges",
    "exchange": "/exchanges/{document}/{encounter}",
    "compare": "/compare?document={document}&document={other}",
    "compare-start": "/compare",
    "dyads": "/dyad",
    "dyad": "/dyad?one=FRA&other=SEN",
    "ledger": "/ledger?one=FRA&other=SEN",
    "ledger-all": "/ledger",
    "phrases": "/phrases?side=FRA&least=2",
    "person": "/person?name=Jean-Yves+Le+Drian",
    "persons": "/person",
    "world": "/world",
    "digest": "/digest?since=2023-01-01",
    "rest": "/api",
}
"""Every page by a name of ours, with an address that shows something; in braces what ``addresses`` finds."""

EMPTY = ("desk",)
"""Pages that are also shown over an empty archive."""

ALSO = {"dark": ("document", "world"), "narrow": ("document", "search", "compare")}
"""Pages that are also shown in the dark scheme, or as on a telephone."""


def fill(path: Path, reader: Any) -> None:
    """Make an archive of the examples."""
    from readout.reading import from_mapping
    from readout.reading.examples import example_archive
    from readout.storing import Archive

    with reader.turn, Archive.open(path, write=True, create=True) as opened:
        for found in reader.read_documents([from_mapping(x) for x in example_archive()]):
            opened.put(found)


@contextmanager
def serve(archive: Path, reader: Any, around: Callable[[Any], Any] | None = None, **serving: Any) -> Iterator[str]:
    """Serve an archive on a free port of this machine; its address without the last slash.

    ``around`` makes another application of it; ``serving`` are values of ``Serving``.
    """
    import uvicorn

    from readout.serving import Serving, create_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app: Any = create_app(archive, Serving(port=port, **serving), reader)
    app = around(app) if around else app
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
        one, other = archive.key_of("fra-sen-2022-11-fra"), archive.key_of("fra-sen-2022-11-sen")
        record = archive.record(one)
    met = next(e for e in record.encounters if e.kind == "meeting")
    asked = {"document": one, "other": other, "encounter": met.id, "item": record.statements[0].id}
    return {name: page.format(**asked) for name, page in PAGES.items()}


def packed(png: bytes) -> bytes:
    """A PNG of true colour as one of its 256 most frequent colours, the rest by the nearest; a third of its size."""
    import numpy

    at, data, wide, high, channels = 8, b"", 0, 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            wide, high, _, colour = struct.unpack(">IIBB", png[at + 8 : at + 18])
            channels = 4 if colour == 6 else 3
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += 12 + size
    rows = numpy.frombuffer(zlib.decompress(data), numpy.uint8).reshape(high, 1 + wide * channels)
    image = numpy.zeros((high, wide, channels), numpy.uint8)
    above = numpy.zeros((wide, channels), numpy.int64)
    for y, row in enumerate(rows):
        above = _unfiltered(row[0], row[1:].reshape(wide, channels).astype(numpy.int64), above)
        image[y] = above
    flat = image[:, :, :3].reshape(-1, 3).astype(numpy.uint32)
    codes = flat[:, 0] << 16 | flat[:, 1] << 8 | flat[:, 2]
    seen, back, counts = numpy.unique(codes, return_inverse=True, return_counts=True)
    kept = numpy.sort(seen[numpy.argsort(-counts, kind="stable")[:256]])
    palette = numpy.stack([kept >> 16 & 255, kept >> 8 & 255, kept & 255], axis=1).astype(numpy.int64)
    nearest = numpy.empty(len(seen), numpy.uint8)
    for n, code in enumerate(seen):
        away = palette - numpy.array([code >> 16 & 255, code >> 8 & 255, code & 255], numpy.int64)
        nearest[n] = int((away * away).sum(axis=1).argmin())
    lines = numpy.zeros((high, wide + 1), numpy.uint8)
    lines[:, 1:] = nearest[back.reshape(-1)].reshape(high, wide)
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0), b"PLTE": palette.astype(numpy.uint8).tobytes(),
        b"IDAT": zlib.compress(lines.tobytes(), 9), b"IEND": b"",
    }  # fmt: skip
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts.items()
    )


def _unfiltered(kind: int, row: Any, above: Any) -> Any:
    """One line of a PNG without its filter (PNG specification, section 9)."""
    import numpy

    if kind == 0:
        return row
    if kind == 2:
        return (row + above) & 255
    if kind == 1:
        return numpy.cumsum(row, axis=0) & 255
    out, left, corner = numpy.zeros_like(row), [0] * row.shape[1], [0] * row.shape[1]
    for x, (pixel, up) in enumerate(zip(row.tolist(), above.tolist(), strict=True)):
        for c, value in enumerate(pixel):
            a, b, d = left[c], up[c], corner[c]
            if kind == 3:
                guess = (a + b) // 2
            else:
                p = a + b - d
                near = (abs(p - a), abs(p - b), abs(p - d))
                guess = a if near[0] <= near[1] and near[0] <= near[2] else b if near[1] <= near[2] else d
            pixel[c] = (value + guess) & 255
        left, corner = pixel, up
        out[x] = pixel
    return out


def main() -> int:
    """Make the pictures that were asked for; the exit code."""
    from playwright.sync_api import sync_playwright

    from readout.pipeline import Reader

    path = shutil.which("chromium")
    if path is None:
        print("there is no chromium here; apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted, reader = sys.argv[1:], Reader.open()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "examples.sqlite"
        fill(archive, reader)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with serve(archive, reader) as full, serve(Path(folder) / "new.sqlite", reader) as empty:
            shots = [(name, full + at, 1280, False) for name, at in addresses(archive).items()]
            for kind, wide, dark in (("dark", 1280, True), ("narrow", 390, False)):
                shots += [(f"{n}-{kind}", at, wide, dark) for n, at, _, _ in shots if n in ALSO[kind]]
            shots += [(f"{name}-empty", empty + PAGES[name], 1280, False) for name in EMPTY]
            for name, address, wide, dark in shots:
                if wanted and name not in wanted:
                    continue
                page = browser.new_page(
                    viewport={"width": wide, "height": 800},
                    color_scheme="dark" if dark else "light",
                    reduced_motion="reduce",
                )
                page.goto(address)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(400)
                (FOLDER / f"{name}.png").write_bytes(packed(page.screenshot()))
                page.close()
                print(f"{name}.png {(FOLDER / f'{name}.png').stat().st_size // 1000} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
