"""An expired sign-in loses nothing that was typed.

A POST by somebody signed out is answered with the sign-in page, which carries what was posted as one signed
field. After the sign-in the page where it was typed shows it again, marked as not saved; nothing is applied
unasked.
Passwords, tokens and files are never carried. Scripts are told 401 and keep what they hold.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import LoginForm
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import LoginView
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

FIELD = "carried"
SESSION_KEY = "carried"
FORGET = "forget"
SALT = "agencies.expiry"
LIMIT = 500_000
"""Bytes of the signed field; a plan's longest chapter is a tenth of it."""
KEPT_SECONDS = 12 * 3600

# Marks of one page or one session, of no use after another sign-in.
_LEFT_BEHIND = frozenset({"csrfmiddlewaretoken", "once", "next", FIELD})
# Fields that no person types, so they are not shown to be copied.
_HIDDEN = re.compile("(row_version|seen|version|line|path|direction|membership|language)(:.*)?")


@dataclass
class Carried:
    """What was typed on `page` before the sign-in expired. `shown` is set by whoever shows it in a form."""

    page: str
    fields: dict[str, list[str]]
    shown: bool = field(default=False, compare=False)

    @property
    def data(self) -> QueryDict:
        """The fields as they were posted."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    @property
    def words(self) -> list[str]:
        """What a person can have typed, for a page that has no form to show it in."""
        typed = (values for name, values in self.fields.items() if not _HIDDEN.fullmatch(name))
        return [value for values in typed for value in values if value.strip()]


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which reads JSON; a browser's own request never names it."""
    return "application/json" in request.headers.get("accept", "")


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The answer to somebody signed out: the sign-in page, with what was posted; 401 to a script."""
    if wants_json(request):
        message = _("You are signed out. Sign in in another window, then save again.")
        return JsonResponse({"status": "signed_out", "message": message}, status=401)
    if getattr(request, "htmx", False):
        return HttpResponse(status=401)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    page = _page_of(request)
    token = _pack(request, page)
    return _sign_in_page(request, page, token) if token else redirect_to_login(page)


def _page_of(request: HttpRequest) -> str:
    """Where the form stood: that page can be shown again, an address that only takes posts cannot."""
    referer = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return request.path


def _pack(request: HttpRequest, page: str) -> str:
    """The posted fields, signed; "" when there is nothing to carry or too much of it."""
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in _LEFT_BEHIND and "password" not in name and any(values)
    }
    if not Carried(page, fields).words:
        return ""
    token = signing.dumps({"page": urlsplit(page).path, "fields": fields}, salt=SALT, compress=True)
    return token if len(token) <= LIMIT else ""


def _sign_in_page(request: HttpRequest, page: str, token: str) -> HttpResponse:
    view = SignInView()
    view.setup(request)
    carried = [(FIELD, token)] if token else []
    context = view.get_context_data(form=LoginForm(request=request), carried=carried)
    context["redirect_field"] = format_html('<input type="hidden" name="next" value="{}">', page)
    response = view.render_to_response(context, status=401)
    add_never_cache_headers(response)
    return response.render()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page from before another sign-in: what it posted from this very site is shown again, not applied."""
    if wants_json(request) or not _from_this_site(request):
        return render(request, "403_csrf.html", status=403)
    if request.path == reverse("account_login"):
        token, page = request.POST.get(FIELD, ""), request.POST.get("next", "")
        page = page if url_has_allowed_host_and_scheme(page, None) else "/"
        if not request.user.is_authenticated:
            return _sign_in_page(request, page, token)
    elif not request.user.is_authenticated:
        return ask_to_sign_in(request)
    else:
        page = _page_of(request)
        token = _pack(request, page)
    _keep(request, token)
    return redirect(page)


def _from_this_site(request: HttpRequest) -> bool:
    source = request.headers.get("origin") or request.headers.get("referer", "")
    return source != "null" and url_has_allowed_host_and_scheme(
        source, {request.get_host()}, request.is_secure()
    )


class SignInView(LoginView):
    """Sign-in that hands on what was typed before it, through mistyped passwords and the second step."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "carried" not in context and (token := self.request.POST.get(FIELD)):
            context["carried"] = [(FIELD, token)]
        return context

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        arrived = request.user.is_authenticated or get_pending_stage(request) is not None
        if arrived and (token := request.POST.get(FIELD)):
            _keep(request, token)  # the session outlasts a second step
        return response


def _keep(request: HttpRequest, token: str) -> None:
    try:
        carried = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return
    request.session[SESSION_KEY] = carried | {"until": int(time.time()) + KEPT_SECONDS}


def carried_to(request: HttpRequest) -> Carried | None:
    """What was typed on this very page before the sign-in; it stays until it is saved or thrown away."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["page"] != request.path or kept["until"] < time.time():
        return None
    return Carried(kept["page"], kept["fields"])


def forget_carried(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def settle(request: HttpRequest) -> HttpResponse | None:
    """Before a view of somebody signed in: find what was carried here, or let it go once it is posted."""
    carried = None
    if SESSION_KEY in request.session:
        if request.method == "GET":
            carried = carried_to(request)
        elif not wants_json(request):
            page = _page_of(request)
            if urlsplit(page).path == request.session[SESSION_KEY]["page"]:
                forget_carried(request)
                if request.POST.get(FIELD) == FORGET:
                    return redirect(page)
    request.carried = carried  # type: ignore[attr-defined]
    return None


@contextmanager
def only_on_own_pages(request: HttpRequest) -> Iterator[None]:
    """What was typed is shown on no page of refusal: another person may have signed in."""
    try:
        yield
    except Exception:
        request.carried = None  # type: ignore[attr-defined]
        raise
