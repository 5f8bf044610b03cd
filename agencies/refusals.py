"""How what is refused is answered, the same on every page.

403 with the reason, back with what to mend, or 405 where an address takes no such request.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from core.findings import BusinessError, NotAllowed, WrongState


class RefusalMiddleware:
    """Turns a `BusinessError` that a view let through into an answer.

    Views catch only what they show themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:  # Django's own answer has no page
            only_form = request.method in ("GET", "HEAD")
            response.content = render_to_string("405.html", {"only_form": only_form}, request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, BusinessError):
            return None
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": exception.text}, status=403)
        status = 409 if isinstance(exception, WrongState) else 422
        if getattr(request, "htmx", False) or request.method != "POST":
            return render(request, "refused.html", {"refusal": exception}, status=status)
        messages.error(request, str(exception))
        return redirect(way_back(request))


def way_back(request: HttpRequest, default: str = "/") -> str:
    """The page to return to: the posted `next`, else where the person came from, if it is ours."""
    for url in (request.POST.get("next", ""), request.headers.get("referer", "")):
        if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
            return url
    return default
