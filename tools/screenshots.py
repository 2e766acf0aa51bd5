"""Pictures of the pages for README, taken from a fresh Chapar with the documents of seeds/.

    .venv/bin/python tools/screenshots.py            # into docs/images
    .venv/bin/python tools/screenshots.py --into /tmp/pictures --chromium /usr/bin/chromium

Starts the service on a free port with a store of its own, waits until the inbox is published, drives Chromium, stops
the service. Nothing of the desk's own settings or store is read or touched.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
PHONE, DESKTOP = (390, 844), (1100, 800)
PATIENCE_SECONDS = 120
PROVINCE = "قم"
"""The owner's own document is about it."""


@dataclass(frozen=True)
class Shot:
    """A picture of one page."""

    name: str
    path: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"
    post: str = ""
    """Words of the post that the preview shall show."""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    options = parser.parse_args()
    if not options.chromium:
        sys.exit("no Chromium was found: install it, or say where it is with --chromium")
    options.into.mkdir(parents=True, exist_ok=True)
    with service() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        for shot in shots(site):
            take(browser, site, shot, options.into / f"{shot.name}.png")
            print(options.into / f"{shot.name}.png")
        browser.close()


def shots(site: str) -> tuple[Shot, ...]:
    """The pictures: an article, its post, and the pages around it."""
    link = re.search(r'<h2><a href="(/a/[0-9a-f]{16})">', httpx.get(f"{site}/search?q={PROVINCE}").text)
    if link is None:
        sys.exit(f"there is no article about {PROVINCE} in seeds/")
    title = re.search(r"<title>(.*?) \|", httpx.get(f"{site}{link[1]}").text)
    post = unescape(title[1]) if title else ""
    return (
        Shot("preview", "/preview", PHONE, post=post),
        Shot("preview-dark", "/preview", PHONE, "dark", post=post),
        Shot("article", link[1], PHONE),
        Shot("article-dark", link[1], PHONE, "dark"),
        Shot("home", "/", DESKTOP),
        Shot("home-phone", "/", PHONE),
        Shot("search", f"/search?q={PROVINCE}", PHONE),
        Shot("provinces", "/provinces", DESKTOP),
    )


def take(browser: Browser, site: str, shot: Shot, path: Path) -> None:
    """Take one picture, at twice the density for sharp letters."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=shot.scheme, device_scale_factor=2, locale="fa-IR"
    )
    page = context.new_page()
    page.goto(f"{site}{shot.path}", wait_until="load")
    if shot.post:
        page.locator(".post", has_text=shot.post).first.evaluate("post => post.scrollIntoView({block: 'start'})")
    page.screenshot(path=path)
    context.close()


@contextmanager
def service() -> Iterator[str]:
    """A fresh Chapar on the documents of seeds/; gives its address."""
    with tempfile.TemporaryDirectory(prefix="chapar-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        settings = {
            "PATH": os.environ["PATH"],
            "SEEDS_DIR": str(ROOT / "seeds"),
            "FEEDS_DIR": f"{folder}/feeds",
            "DATABASE_URL": f"sqlite:///{folder}/chapar.db",
            "HTTP_ADDRESS": site.removeprefix("http://"),
        }
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=settings)
        try:
            wait_until_published(site)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_published(site: str) -> None:
    """Wait until the preview holds a post and no more are coming."""
    ends, before = time.monotonic() + PATIENCE_SECONDS, ""
    while time.monotonic() < ends:
        time.sleep(2)
        try:
            preview = httpx.get(f"{site}/preview").text
        except httpx.TransportError:
            continue
        if "bubble" in preview and preview == before:
            return
        before = preview
    sys.exit(f"no post appeared on {site}/preview within {PATIENCE_SECONDS} s")


if __name__ == "__main__":
    main()
