"""A person's sessions: begun at sign-in, seen while they are used, ended here or from elsewhere."""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest

from agencies.models import User, UserSession
from agencies.sign_in.visitor import address_of, agent_of
from core import clock

SIGNED_IN_AT = "signed_in_at"
ACTIVE_AT = "active_at"


def begin(request: HttpRequest, user: User) -> None:
    """A sign-in: from now on its limits run, and its person can see it."""
    session = request.session
    session[SIGNED_IN_AT] = session[ACTIVE_AT] = int(time.time())
    if session.session_key is None:  # somebody else's was thrown away in this very request
        session.save()
    seen(request, user)


def seen(request: HttpRequest, user: User) -> None:
    """Somebody works in this session; called once in a while, not on every request."""
    session, now = request.session, clock.real_now()
    session[ACTIVE_AT] = int(now.timestamp())
    here = {"seen": now, "address": address_of(request), "agent": agent_of(request)}
    key = session.session_key or ""
    if not UserSession.objects.filter(key=key, user=user).update(**here):
        since = datetime.fromtimestamp(session[SIGNED_IN_AT], UTC)
        UserSession.objects.create(key=key, user=user, since=since, **here)


def idle_seconds() -> int:
    return round(settings.SESSION_IDLE_MINUTES * 60)


def alive() -> QuerySet[UserSession]:
    """Sessions within both limits; what is beyond them is ended at its next request."""
    now = clock.real_now()
    return UserSession.objects.filter(
        since__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        seen__gt=now - timedelta(seconds=idle_seconds()),
        key__in=Session.objects.filter(expire_date__gt=now).values("session_key"),
    )


def of(user: User) -> QuerySet[UserSession]:
    """The person's sessions, the one last used first."""
    return alive().filter(user=user).order_by("-seen", "-id")


def end(sessions: QuerySet[UserSession]) -> None:
    """Whoever sits there is signed out at the next click."""
    Session.objects.filter(session_key__in=list(sessions.values_list("key", flat=True))).delete()
    sessions.delete()


def end_all(user: User, *, keep: str | None = None) -> int:
    """End the person's sessions, all but `keep` (a session key); gives how many were alive."""
    count = of(user).exclude(key=keep or "").count()
    end(UserSession.objects.filter(user=user).exclude(key=keep or ""))
    return count


def forget(key: str | None) -> None:
    """The session has ended by itself."""
    UserSession.objects.filter(key=key or "").delete()


def clear_dead() -> int:
    """Remove what is beyond the limits; gives how many."""
    dead = UserSession.objects.exclude(pk__in=alive().values("pk"))
    count = dead.count()
    end(dead)
    return count
