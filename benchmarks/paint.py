"""How soon Chromium paints every page of a served archive, over loopback.

    python benchmarks/paint.py FILE [LOADS] [ONLY ...]      3 loads a page

FILE is an archive such as ``benchmarks/pages.py`` makes; the addresses are its pages, each load another one in a
browser context of its own, so that nothing is cached. Told are the first contentful paint by
``PerformancePaintTiming``, from the beginning of the navigation, and when the answer's last byte had come. ONLY are
parts of names.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import statistics
import sys
import threading
from pathlib import Path

import uvicorn
from pages import ADDRESSES, Known
from playwright.sync_api import Page, sync_playwright

from readout.serving import Serving, create_app

PAINT_MS = 1_000
FILES = ("document's record",)
"""What a browser keeps as a file and does not paint."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
_TIMES = """() => new Promise(done => {
  const tell = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    if (!paint) return setTimeout(tell, 20)
    done([paint.startTime, performance.getEntriesByType('navigation')[0].responseEnd])
  }
  tell()
})"""


def painted(page: Page, address: str) -> tuple[float, float]:
    """Milliseconds until the first contentful paint, and until the page itself had come."""
    page.goto(address, wait_until="load", timeout=60_000)
    paint, came = page.evaluate(_TIMES)
    return float(paint), float(came)


def main() -> None:
    """Serve the archive in a thread, and load every page."""
    path, loads = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    only, draw = tuple(sys.argv[3:]), random.Random(12)
    known = Known.of(path, draw)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(path, Serving(port=port)), log_level="warning"))
    threading.Thread(target=server.run, args=([listening],), daemon=True).start()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; milliseconds of {loads} loads each")
    print(f"{'page':28} {'paint p50':>10} {'max':>8} {'come p50':>10} {'max':>8}")
    well = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for name, make in ADDRESSES.items():
            if name.startswith("REST") or name in FILES or (only and not any(part in name for part in only)):
                continue
            times = []
            for _ in range(loads):
                context = browser.new_context()
                times.append(painted(context.new_page(), f"http://127.0.0.1:{port}{make(draw, known)}"))
                context.close()
            paints, came = [t[0] for t in times], [t[1] for t in times]
            well = well and statistics.median(paints) < PAINT_MS
            late = "" if max(paints) < PAINT_MS else f"  NOT ALWAYS BELOW {PAINT_MS} ms"
            print(
                f"{name:28} {statistics.median(paints):10.0f} {max(paints):8.0f} {statistics.median(came):10.0f} "
                f"{max(came):8.0f}{late}", flush=True,
            )  # fmt: skip
        browser.close()
    server.should_exit = True
    print("every median below what is wanted" if well else "NOT every median below what is wanted")


if __name__ == "__main__":
    main()
