"""In which membership a signed-in person acts, kept in the session and checked on every request."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies import expiry
from agencies.models import Membership, User
from core import clock

SESSION_KEY = "acting_membership"


class ActingRequest(HttpRequest):
    """A request of a signed-in person who acts for an agency."""

    user: User
    membership: Membership
    memberships: list[Membership]
    carried: expiry.Carried | None


def memberships_of(user: User) -> list[Membership]:
    """The memberships valid on the business day, agency by agency."""
    return list(
        Membership.objects.active(clock.today())
        .filter(user=user)
        .select_related("agency", "user")
        .order_by("agency__position", "agency__sort_key", "role", "id")
    )


def choose(request: HttpRequest, membership: Membership) -> None:
    request.session[SESSION_KEY] = membership.pk


class ActingMiddleware:
    """Puts `membership` (or None) and `memberships` on the request of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast(ActingRequest, request)
        acting.memberships = []
        chosen: Membership | None = None
        if request.user.is_authenticated:
            acting.memberships = memberships_of(acting.user)
            wanted = request.session.get(SESSION_KEY)
            chosen = next((one for one in acting.memberships if one.pk == wanted), None)
            chosen = chosen or next(iter(acting.memberships), None)
        acting.membership = chosen  # type: ignore[assignment]
        return self.get_response(request)


View = Callable[..., HttpResponse]


def acting_required(view: View) -> View:
    """Sign-in first, without losing what was posted; without any valid membership one is told whom to ask."""

    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return expiry.ask_to_sign_in(request)
        if (settled := expiry.settle(request)) is not None:
            return settled
        if cast(ActingRequest, request).membership is None:
            return render(request, "agencies/no_membership.html", status=403)
        with expiry.only_on_own_pages(request):
            return view(request, *args, **kwargs)

    inner.__name__ = view.__name__
    inner.__doc__ = view.__doc__
    inner.__module__ = view.__module__
    return inner
