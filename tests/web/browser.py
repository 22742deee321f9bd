"""A real browser: starting it quietly, and asking axe what shuts people out."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page

WIDTHS = {"narrow": 320, "wide": 1280}
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-gpu")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

PICTURES = Path(os.environ.get("TIMVIS_PICTURES") or "var/pictures")
"""Where screenshots are laid."""


def chromium() -> str | None:
    """Return the browser's program: $CHROMIUM, or the one on the path."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def arguments() -> list[str]:
    """Return what the browser is started with: no calls of its own, and no sandbox where root would refuse one."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def axe(page: Page) -> None:
    """Fail with every violation that axe finds on a page, told so that it can be mended."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async rules => (await axe.run(rules)).violations", RULES)
    told = [
        f"{one['id']}: {one['help']}\n    " + "\n    ".join(node["html"][:200] for node in one["nodes"])
        for one in violations
    ]
    assert not told, f"{page.url}\n  " + "\n  ".join(told)


def no_sideways_scroll(page: Page) -> None:
    """Fail with what sticks out when a page is wider than its window."""
    wide: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > width + 1)
                .map((one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
        }"""
    )
    assert not wide, f"{page.url} scrolls sideways: {wide[:8]}"


def screenshot(page: Page, name: str) -> Path:
    """Take a picture of the whole page and return its file."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=True)
    return file


class Handler(WSGIRequestHandler):
    """A request to the server of the tests; no line is logged of it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the application on the loopback, each request in a thread with a connection of its own."""
    with ThreadedWSGIServer(("127.0.0.1", 0), Handler) as server:
        server.set_app(get_wsgi_application())
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
