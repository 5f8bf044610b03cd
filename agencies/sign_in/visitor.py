"""Where a request comes from, as the log and the list of sessions keep it."""

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from agencies.models.sign_in import AGENT_LENGTH


def address_of(request: HttpRequest) -> str | None:
    """The network address; behind proxies the one that the outermost of ours saw (PROXIES)."""
    try:
        address: str | None = get_client_ip(request)
    except ImproperlyConfigured:
        return None  # fewer proxies than PROXIES says: what the header holds is nobody's to believe
    return address


def agent_of(request: HttpRequest) -> str:
    return readable(request.headers.get("user-agent", ""))[:AGENT_LENGTH]


def readable(text: str) -> str:
    """The text without what no database or page should hold."""
    return "".join(letter for letter in text if letter.isprintable())
