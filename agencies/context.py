"""What every page knows: for whom the person acts, the navigation, the clock when it is not the real one."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from agencies import navigation
from agencies.acting import ActingRequest
from agencies.sign_in import limits
from core import clock


def acting(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    return {
        "acting": membership,
        "memberships": getattr(request, "memberships", []),
        "navigation": navigation.shown(cast(ActingRequest, request)) if membership else [],
        "not_saved": _not_saved(request),
        "session_end": _session_end(request),
        "open_data_public": settings.OPEN_DATA_PUBLIC,
        "clock_notice": clock.today() if clock.is_illustrative() else None,
    }


def _session_end(request: HttpRequest) -> dict[str, Any] | None:
    """For components/session_end.html: how long the sign-in lasts, and when to warn."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or limits.SIGNED_IN_AT not in request.session:
        return None
    left = limits.left(request.session)
    return {"left": left.seconds, "fixed": left.fixed, "warning": limits.warning_seconds()}


def _not_saved(request: HttpRequest) -> list[str]:
    """What was typed here before the sign-in expired, on a page that shows it in no form of its own."""
    carried = getattr(request, "carried", None)
    return carried.words if carried and not carried.shown else []
