"""What every page knows of programmes: the switch at the top, and the one that lists are filtered to."""

from typing import Any, cast

from django.http import HttpRequest

from agencies.acting import ActingRequest
from plans.models import Programme


def programmes_of(request: ActingRequest) -> list[Programme]:
    """All programmes, read once a request."""
    if not hasattr(request, "all_programmes"):
        request.all_programmes = list(Programme.objects.select_related("lead"))  # type: ignore[attr-defined]
    found: list[Programme] = getattr(request, "all_programmes")  # noqa: B009 - kept on the request, not declared
    return found


def programmes(request: HttpRequest) -> dict[str, Any]:
    """`programmes` and `current_programme`; a page of one plan puts its own in place of the latter."""
    if getattr(request, "membership", None) is None:
        return {}
    known = programmes_of(cast(ActingRequest, request))
    asked = request.GET.get("programme", "")
    return {
        "programmes": known,
        "current_programme": next((one for one in known if one.code == asked), None),
    }
