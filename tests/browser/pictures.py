"""The pictures of README.md, 1280 px wide, of the world that test_screens.py looks at: `bin/pictures`."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models stand only after setup
from PIL import Image, ImageOps  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from pytest_django.live_server_helper import LiveServer  # noqa: E402

from reports.models import IssuedFile  # noqa: E402
from tests.browser import world as told  # noqa: E402
from tests.browser.portal import Portal, business_time  # noqa: E402
from tests.browser.screens import SCREENS  # noqa: E402
from tests.browser.world import World  # noqa: E402

WIDTH = 1280
LIMIT = 200_000
"""Bytes of one picture: the README is read over slow lines too."""

PAGES: Mapping[str, tuple[str, int]] = {
    "worklist": ("work list of a reviewer", 640),
    "grid": ("grid", 960),
    "cycle": ("cycle", 1150),
}
"""Picture -> which screen, and how high."""


def main(folder: Path, chromium: str, scratch: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("load_sources", verbosity=0)
    world = told.tell()
    with business_time(told.NOW):
        _pages(world, folder, chromium)
    _report(world, folder, scratch)


def _pages(world: World, folder: Path, chromium: str) -> None:
    screens = {screen.name: screen for screen in SCREENS}
    server = LiveServer("localhost")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        portal = Portal(server.url, browser)
        for name, (of, height) in PAGES.items():
            page = portal.seat(screens[of].who(world), viewport={"width": WIDTH, "height": height})
            page.goto(screens[of].where(world))
            page.screenshot(path=folder / f"{name}.png")
            _compress(folder / f"{name}.png")
        portal.clear()
        browser.close()
    server.stop()


def _report(world: World, folder: Path, scratch: Path) -> None:
    """The first two pages of the issued PDF side by side."""
    issued = next(file for file in world.issued if file.format == IssuedFile.Format.PDF)
    printed = scratch / "report.pdf"
    printed.write_bytes(issued.file.read())
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-l", "2", printed, scratch / "page"], check=True)
    sheets = [Image.open(found).convert("RGB") for found in sorted(scratch.glob("page*.png"))]
    gap = 16
    height = max(sheet.height for sheet in sheets) + 2 * gap
    ground = Image.new("RGB", (sum(sheet.width + gap for sheet in sheets) + gap, height), "#d9d7d0")
    left = gap
    for sheet in sheets:
        ground.paste(sheet, (left, gap))
        left += sheet.width + gap
    target = folder / "report.png"
    ImageOps.contain(ground, (WIDTH, WIDTH)).save(target)
    _compress(target)


def _compress(picture: Path) -> None:
    for colours in (256, 128, 64, 32):
        with Image.open(picture) as image:
            small = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        small.save(picture, optimize=True)
        if picture.stat().st_size < LIMIT:
            return
    raise SystemExit(f"{picture} has {picture.stat().st_size} bytes; make it lower.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
