"""Too many attempts, which allauth counts in the shared cache: until when one has to wait."""

import math
import time
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.clock import HANOI

_APP = "allauth.account"
# The limit that guards each page, in the words of ACCOUNT_RATE_LIMITS.
_LIMIT_OF = {
    "account_login": "login",
    "account_signup": "signup",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_set_password": "change_password",
    "account_reauthenticate": "reauthenticate",
    "mfa_reauthenticate": "reauthenticate",
}


def seconds(request: HttpRequest, limit: str, key: str | None = None) -> int:
    """How long until the next attempt counts again; 0 when it would now."""
    now, longest = time.time(), 0.0
    for rate in get_rates(app=_APP, action=limit):
        unknown = (rate.per == "key" and key is None) or (rate.per == "user" and request.user.is_anonymous)
        if unknown:
            continue
        name = get_cache_key(request, app=_APP, action=limit, rate=rate, key=key)
        attempts: list[float] = cache.get(name, [])  # the newest first
        if len(attempts) >= rate.amount:
            longest = max(longest, attempts[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)


def until(wait: int) -> datetime:
    """The moment in Hà Nội, rounded up to the minute that a page can show."""
    moment = clock.real_now().astimezone(HANOI) + timedelta(seconds=wait)
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def advice(wait: int) -> str:
    """When to try again, as a sentence."""
    minutes = max(1, math.ceil(wait / 60))
    return ngettext(
        "Try again at %(time)s, in %(n)d minute.", "Try again at %(time)s, in %(n)d minutes.", minutes
    ) % {"time": until(wait).strftime("%H:%M"), "n": minutes}


def refusal(request: HttpRequest, limit: str, key: str) -> str:
    """What a form says when an account is locked for a while."""
    return f"{_('Too many failed attempts for this account.')} {advice(seconds(request, limit, key))}"


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer 429 to whoever came too often."""
    match = request.resolver_match
    limit = _LIMIT_OF.get(match.url_name or "", "") if match else ""
    email = request.POST.get("email", "").lower() if limit == "reset_password" else None
    wait = max(1, seconds(request, limit, email)) if limit else 60
    response = render(request, "429.html", {"advice": advice(wait)}, status=429)
    response["Retry-After"] = str(wait)
    return response
