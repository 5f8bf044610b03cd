"""What the pages of acts share: what was typed, the form, the receipt of an invitation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest
from agencies.models import User
from agencies.people.filters import people_of
from agencies.people.forms import PersonForm
from agencies.people.invitations import mail_goes_out
from agencies.permissions import require
from core.findings import Finding, Refused, Text, error

Crumbs = list[tuple[Text, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page with a form says besides the form."""

    title: Text
    label: Text
    back_url: str
    crumbs: Crumbs
    text: Text = ""
    facts: Sequence[tuple[Text, Any]] = ()
    danger: bool = False


def person_or_404(request: ActingRequest, pk: int) -> User:
    """Somebody whom the reader keeps; who keeps nobody is told why."""
    require(request.membership, "people.manage")
    return get_object_or_404(people_of(request.membership), pk=pk)


def crumbs_of(person: User | None = None) -> Crumbs:
    found: Crumbs = [(_("Administration"), reverse("administration")), (_("People"), reverse("people_list"))]
    if person is not None:
        found.append((str(person), reverse("person_detail", args=[person.pk])))
    return found


def typed(request: ActingRequest) -> Any:
    """What was posted, or what was typed here before the sign-in expired."""
    if request.method == "POST":
        return request.POST
    if request.carried:
        request.carried.shown = True
        return request.carried.data
    return None


def is_sent(request: ActingRequest, form: PersonForm) -> bool:
    """Whether the act itself is asked for; else what was typed is shown unjudged."""
    if request.method == "POST" and "more" not in request.POST:
        form.is_valid()
        return True
    if form.is_bound:
        form.leave_unchecked()
    return False


def form_page(request: ActingRequest, form: PersonForm, page: Page) -> HttpResponse:
    faults: list[tuple[Finding, str]] = form.faults if form.is_bound else []
    context = {"form": form, "page": page, "faults": faults, "crumbs": page.crumbs}
    return render(request, "agencies/people/form.html", context, status=422 if faults else 200)


def blame(form: PersonForm, refused: Refused) -> None:
    form.blame(refused.findings or [error(refused.code, str(refused))])


def invited_page(request: ActingRequest, person: User, link: str) -> HttpResponse:
    """The receipt of an invitation; where its letter does not go out it shows the link, this once."""
    undelivered = person.invitation.undelivered
    sent = mail_goes_out() and undelivered is None
    context = {
        "person": person,
        "invitation": person.invitation,
        "undelivered": undelivered,
        "link": "" if sent else request.build_absolute_uri(link),
        "crumbs": crumbs_of(person),
    }
    return render(request, "agencies/people/invited.html", context)
