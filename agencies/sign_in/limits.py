"""How long a sign-in lasts: SESSION_IDLE_MINUTES without activity, SESSION_HOURS in all.

Real time, never business time, and the server decides. The last activity stands in the session and is written
at most once a minute; to ask how long is left is no activity.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.expiry import wants_json
from agencies.models import SignInKind
from agencies.sign_in.sessions import ACTIVE_AT, SIGNED_IN_AT, idle_seconds, seen

WARNING_SECONDS = 5 * 60
WRITTEN_EVERY = 60  # seconds


@dataclass(frozen=True, slots=True)
class Left:
    """How many seconds a sign-in still lasts; `fixed`: activity does not prolong it."""

    seconds: int
    fixed: bool

    @property
    def over(self) -> bool:
        return self.seconds <= 0


def left(session: SessionBase) -> Left:
    now = time.time()
    idle = session[ACTIVE_AT] + idle_seconds() - now
    whole = session[SIGNED_IN_AT] + settings.SESSION_COOKIE_AGE - now
    return Left(round(min(idle, whole)), fixed=whole <= idle)


def warning_seconds() -> int:
    """How long before the end a page warns; a third of a very short time."""
    return min(WARNING_SECONDS, idle_seconds() // 3)


class SessionLimits:
    """Ends a sign-in that has lasted too long, before any view; notes activity in the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session = request.session
            if SIGNED_IN_AT not in session:  # signed in before there were limits
                session[SIGNED_IN_AT] = session[ACTIVE_AT] = int(time.time())
            remaining = left(session)
            if remaining.over:
                _sign_out(request, remaining)
            elif not _only_asks(request) and _is_due(session):
                seen(request, request.user)
        return self.get_response(request)


def _only_asks(request: HttpRequest) -> bool:
    return request.method == "GET" and request.path == reverse("session_left")


def _is_due(session: SessionBase) -> bool:
    due: float = session[ACTIVE_AT] + min(WRITTEN_EVERY, idle_seconds() // 10)
    return time.time() >= due


def _sign_out(request: HttpRequest, remaining: Left) -> None:
    """What was posted with this request is carried through the sign-in by agencies.expiry."""
    request.signed_out_by = SignInKind.TIMED_OUT  # type: ignore[attr-defined]
    logout(request)
    if not (wants_json(request) or getattr(request, "htmx", False)):
        messages.info(request, _why(remaining))


def _why(remaining: Left) -> str:
    if remaining.fixed:
        hours = settings.SESSION_COOKIE_AGE // 3600
        text = ngettext("A sign-in lasts %(n)d hour.", "A sign-in lasts %(n)d hours.", hours) % {"n": hours}
        return f"{text} {_('Sign in again to go on.')}"
    minutes = max(1, idle_seconds() // 60)
    return ngettext(
        "You were signed out after %(n)d minute without activity.",
        "You were signed out after %(n)d minutes without activity.",
        minutes,
    ) % {"n": minutes}
