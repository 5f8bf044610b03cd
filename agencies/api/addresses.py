"""From a page to what the API says of the same thing: an endpoint is named like its page.

Where it has another name, the `urls.py` of the app's API says so by `stand_for`.
"""

from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse
from rest_framework.request import Request

_OTHER_NAMES: dict[str, str] = {}
_LINES: dict[str, str] = {}
_AT = "at-"


def stand_for(pages: dict[str, str], lines: dict[str, str] | None = None) -> None:
    """Endpoints by the names of pages, with the same arguments; `lines` for a place on a page ("#at-...")."""
    _OTHER_NAMES.update(pages)
    _LINES.update(lines or {})


def endpoint_of(page: str, request: Request) -> str | None:
    """The whole address in the API of what stands on a page of ours, or None where the API has none."""
    parts = urlsplit(page)
    try:
        match = resolve(f"/{parts.path.removeprefix(get_script_prefix())}")
    except Resolver404:
        return None
    name, arguments = match.url_name or "", list(match.kwargs.values())
    if parts.fragment.startswith(_AT) and name in _LINES:
        name, arguments = _LINES[name], [*arguments, parts.fragment.removeprefix(_AT)]
    try:
        found = reverse(f"api:{_OTHER_NAMES.get(name, name)}", args=arguments)
    except NoReverseMatch:
        return None
    return request.build_absolute_uri(found)


def page_of(page: str, request: Request) -> str:
    """The whole address of a page, for people."""
    return request.build_absolute_uri(page)
