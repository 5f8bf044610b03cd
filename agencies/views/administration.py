"""*Quản trị*: the page from which an administrator keeps the portal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.administration import missing_for, subjects_for
from core.findings import NotAllowed


@acting_required
def administration(request: ActingRequest) -> HttpResponse:
    """What is missing, and everything that this person keeps."""
    subjects = subjects_for(request.membership)
    if not subjects:
        raise NotAllowed(_("Your role keeps nothing here. Administrators do."), code="not_allowed")
    counted = [(one, one.count(request.membership) if one.count else None) for one in subjects]
    context = {"subjects": counted, "missing": missing_for(request.membership)}
    return render(request, "agencies/administration.html", context)
