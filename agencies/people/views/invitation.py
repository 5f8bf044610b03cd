"""The page of an invitation's link: whoever was asked to come chooses a password; nobody is signed in."""

from allauth.account.forms import ResetPasswordKeyForm
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from agencies.models import SignInKind
from agencies.people.invitations import accept_invitation, by_key
from agencies.sign_in import events
from core.findings import Refused


@never_cache
def invitation_accept(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows who is asked for what, POST opens the account; a void link says why."""
    if limited := ratelimit.consume_or_429(request, action="reset_password_from_key"):
        answer: HttpResponse = limited
        return answer
    try:
        invitation = by_key(key)
        form = ResetPasswordKeyForm(request.POST or None, user=invitation.user, temp_key=key)
        if form.is_bound and form.is_valid():
            person = accept_invitation(key, form.cleaned_data["password1"])
            events.record(request, SignInKind.PASSWORD, user=person)
            return render(request, "agencies/people/welcome.html", {"person": person})
    except Refused as refused:
        return render(request, "agencies/people/link_void.html", {"reason": refused.text}, status=410)
    memberships = invitation.user.memberships.select_related("agency").order_by("id")
    context = {"invitation": invitation, "memberships": memberships, "form": form}
    return render(request, "agencies/people/accept.html", context, status=422 if form.is_bound else 200)
