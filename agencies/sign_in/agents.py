"""What a browser calls itself, in the words of its owner: "Chrome, Windows"."""

import re

from django.utils.translation import gettext as _

# The first that matches counts: Edge, Opera and Cốc Cốc call themselves Chrome too, and Chrome Safari.
_BROWSERS = (
    ("Cốc Cốc", r"coc_coc_browser/"),
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"(OPR|Opera)[/ ]"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS|Chromium)/"),
    ("Safari", r"Version/.* Safari/"),
    ("Internet Explorer", r"(MSIE |Trident/)"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)


def device(agent: str) -> str:
    """Browser and system by their families; the versions are nobody's business on a page."""
    found = [_first(_BROWSERS, agent), _first(_SYSTEMS, agent)]
    return ", ".join(filter(None, found)) or _("Unknown device")


def _first(families: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in families if re.search(pattern, agent)), "")
