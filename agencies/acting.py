"""In which membership a signed-in person acts, kept in the session and checked on every request."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from agencies import expiry
from agencies.answering import Answering, answering, has_ended
from agencies.models import Membership, User
from agencies.sign_in import second_step
from core import clock

SESSION_KEY = "acting_membership"


class ActingRequest(HttpRequest):
    """A request of a signed-in person who acts for an agency.

    `held_back` is the membership in which nothing may be done before two-step sign-in is set up.
    """

    user: User
    membership: Membership
    memberships: list[Membership]
    held_back: Membership | None
    carried: expiry.Carried | None


def memberships_of(user: User) -> list[Membership]:
    """The memberships valid on the business day, agency by agency, the own before the delegated."""
    active = Membership.objects.active(clock.today()).filter(user=user)
    active = active.select_related("agency", "user", "delegation")
    own_first = F("delegation").asc(nulls_first=True)
    ordered = active.order_by("agency__position", "agency__sort_key", own_first, "role", "id")
    return list(second_step.noted(ordered))


def ended_agencies_of(user: User) -> list[Answering]:
    """The agencies that a person would still act for had they not ended, and who succeeded them."""
    entered = Membership.objects.own_period_on(clock.today()).filter(user=user).select_related("agency")
    ended = {one.agency_id: one.agency for one in entered.order_by("agency__sort_key", "id")}
    return [answering(agency) for agency in ended.values() if has_ended(agency)]


def choose(request: HttpRequest, membership: Membership) -> None:
    request.session[SESSION_KEY] = membership.pk


class ActingMiddleware:
    """Puts `membership` (or None), `held_back` and `memberships` on the request of a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast(ActingRequest, request)
        acting.memberships = []
        acting.held_back = None
        chosen: Membership | None = None
        if request.user.is_authenticated:
            acting.memberships = memberships_of(acting.user)
            wanted = request.session.get(SESSION_KEY)
            chosen = next((one for one in acting.memberships if one.pk == wanted), None)
            chosen = chosen or next(iter(acting.memberships), None)
        if chosen is not None and second_step.missing(chosen):
            acting.held_back, chosen = chosen, None
        if chosen is not None:
            chosen.__dict__["read_for_page"] = {}
        acting.membership = chosen  # type: ignore[assignment]
        return self.get_response(request)


T = TypeVar("T")


def once(membership: Membership, name: str, read: Callable[[], T]) -> T:
    """What several parts of one page ask, read once for the page; outside a page, each time."""
    page: dict[str, T] | None = membership.__dict__.get("read_for_page")
    if page is None:
        return read()
    if name not in page:
        page[name] = read()
    return page[name]


View = Callable[..., HttpResponse]


def signed_in_required(view: View) -> View:
    """Sign-in first, without losing what was posted. For what a person may do acting for nobody."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return expiry.ask_to_sign_in(request)
        if (settled := expiry.settle(request)) is not None:
            return settled
        with expiry.only_on_own_pages(request):
            return view(request, *args, **kwargs)

    return inner


def member_required(view: View) -> View:
    """Sign-in, and somebody to act for; who acts for no agency is told why and whom to ask."""

    @signed_in_required
    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not cast(ActingRequest, request).memberships:
            context = {"ended": ended_agencies_of(cast(User, request.user))}
            return render(request, "agencies/no_membership.html", context, status=403)
        return view(request, *args, **kwargs)

    return inner


def acting_required(view: View) -> View:
    """Everything of `member_required`, and the second step of sign-in where the role needs it."""

    @member_required
    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if cast(ActingRequest, request).membership is None:
            return _ask_for_second_step(cast(ActingRequest, request))
        return view(request, *args, **kwargs)

    return inner


def _ask_for_second_step(request: ActingRequest) -> HttpResponse:
    """Nothing is done and nothing is shown in this role; the page says why and leads to the set-up."""
    if expiry.wants_json(request):
        message = _("Your role needs two-step sign-in. Set it up under “My account”, then save again.")
        return JsonResponse({"status": "second_step", "message": message}, status=403)
    others = [one for one in request.memberships if not second_step.missing(one)]
    context = {"held_back": request.held_back, "others": others}
    return render(request, "agencies/second_step_needed.html", context, status=403)
