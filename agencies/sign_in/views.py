"""A person's own account: memberships, password, second step, sessions, last sign-ins."""

from typing import Any

from allauth.mfa.base.views import IndexView
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies.acting import ActingRequest, signed_in_required
from agencies.models import SignInEvent, SignInKind, UserSession
from agencies.people.reading import coming_of, delegations_shown
from agencies.permissions import can
from agencies.sign_in import events, limits, second_step, sessions
from agencies.sign_in.agents import device

LAST_SIGN_INS = 10


@never_cache
@signed_in_required
def account(request: ActingRequest) -> HttpResponse:
    """Tài khoản của tôi."""
    here = request.session.session_key
    found = [(one, device(one.agent), one.key == here) for one in sessions.of(request.user)]
    log = SignInEvent.objects.filter(user=request.user).order_by("-at", "-id")[:LAST_SIGN_INS]
    context = {
        "second_step": second_step.is_set_up(request.user),
        "needing_roles": second_step.roles_that_need_it(request.user),
        "sessions": sorted(found, key=lambda one: not one[2]),
        "others": any(not mine for _one, _device, mine in found),
        "last_sign_ins": [(event, device(event.agent)) for event in log],
        "sees_log": request.membership is not None and bool(can(request.membership, "people.manage")),
        "delegations": delegations_shown(request.user),
        "coming": coming_of(request.user),
    }
    return render(request, "agencies/sign_in/account.html", context)


class SecondStepView(IndexView):
    """Đăng nhập hai bước: whether it is set up, and whether it may be taken off."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        needing = second_step.roles_that_need_it(self.request.user)
        return {**super().get_context_data(**kwargs), "needing_roles": needing}


@require_POST
@signed_in_required
def session_end(request: ActingRequest, pk: int) -> HttpResponse:
    """Sign out one of one's sessions; the own one is signed out as by the menu."""
    ended = sessions.of(request.user).filter(pk=pk)
    session = ended.first()
    if session is None:
        raise Http404
    if session.key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    sessions.end(UserSession.objects.filter(pk=pk))
    events.record(request, SignInKind.ENDED, user=request.user)
    messages.success(request, _("%(device)s is signed out.") % {"device": device(session.agent)})
    return redirect("account")


@require_POST
@signed_in_required
def session_end_others(request: ActingRequest) -> HttpResponse:
    """Sign out everywhere else."""
    count = sessions.end_all(request.user, keep=request.session.session_key)
    if count:
        events.record(request, SignInKind.ENDED, user=request.user)
    text = ngettext("%(n)d other session is signed out.", "%(n)d other sessions are signed out.", count)
    messages.success(request, text % {"n": count} if count else _("There was no other session."))
    return redirect("account")


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in_required
def session_left(request: HttpRequest) -> HttpResponse:
    """How long the sign-in still lasts. A POST comes from who wants to stay; SessionLimits has noted it."""
    remaining = limits.left(request.session)
    answer = {"left": remaining.seconds, "fixed": remaining.fixed, "user": str(request.user.pk)}
    return JsonResponse(answer)
