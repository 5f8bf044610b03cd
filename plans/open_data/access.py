"""Who may read open data: all where the setting says so, else who has signed in; strangers not too often."""

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.core.internal.ratelimit import consume, get_cache_key, get_rates
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from agencies.acting import ActingRequest, acting_required
from agencies.sign_in.waiting import advice

View = Callable[..., HttpResponseBase]
_APP, _ACT = "open_data", "read"


def open_to_readers(view: View) -> View:
    """`acting_required`; where open data is public, strangers too, as often as the limit allows.

    A stranger here is also who has signed in and acts for nobody, or has yet to set up two-step sign-in.
    """
    for_members = acting_required(cast("Callable[..., HttpResponse]", view))

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if cast(ActingRequest, request).membership is not None or not settings.OPEN_DATA_PUBLIC:
            return for_members(request, *args, **kwargs)
        return _too_often(request) or view(request, *args, **kwargs)

    return inner


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """429 for a network address that asks more than `OPEN_DATA_REQUESTS_PER_MINUTE` times a minute.

    Counted in the shared cache, so every process and machine counts the same requests.
    """
    limits = {_ACT: f"{settings.OPEN_DATA_REQUESTS_PER_MINUTE}/m/ip"}
    if consume(request, app=_APP, action=_ACT, config=limits, limit_get=True) is not None:
        return None
    wait = 1
    for rate in get_rates(app=_APP, action=_ACT, config=limits):
        asked: list[float] = cache.get(get_cache_key(request, app=_APP, action=_ACT, rate=rate), [])
        if len(asked) >= rate.amount:  # the newest first
            wait = max(wait, math.ceil(asked[rate.amount - 1] + rate.duration - time.time()))
    response = render(request, "429.html", {"advice": advice(wait)}, status=429)
    response["Retry-After"] = str(wait)
    return response
