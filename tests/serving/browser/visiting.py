"""What the browser tests open pages with, and the names and addresses of the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

# before anything else of a page: what is drawn and then moves, and what a payload would do
_WATCH = """
window.__shift = 0;
new PerformanceObserver(list => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.__shift += e.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visits:
    """Opens pages and keeps what they did wrong; a console line with a word of ``excused`` is let pass."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    excused: tuple[str, ...] = ()
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, address: str, *, width: int = 1280, dark: bool = False, **options: Any) -> Page:
        """A page at ``address``; ``options`` are those of a browser context."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", reduced_motion="reduce",
            locale="en-GB", **options,
        )  # fmt: skip
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(_WATCH)
        origin = "/".join(address.split("/")[:3])
        page = context.new_page()
        page.on(
            "request",
            lambda r: self._unless(r.url.startswith((origin + "/", "blob:" + origin)), f"asked {r.url[:200]}"),
        )
        page.on("console", lambda m: self._unless(m.type not in ("error", "warning"), f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: self._unless(False, f"threw {e}"))
        page.on("dialog", self._dialog)
        page.goto(address)
        return page

    def _unless(self, fine: bool, fault: str) -> None:
        if not fine and not any(word in fault for word in self.excused):
            self.faults.append(fault)

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"opened a dialog: {dialog.message}")
        dialog.dismiss()
