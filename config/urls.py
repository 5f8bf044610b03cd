"""Every address. An app's own pages stand in its `urls.py`; nothing here needs a right of its own."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from agencies.expiry import SignInView
from agencies.people.views.invitation import invitation_accept
from agencies.sign_in.views import SecondStepView
from config import api
from config.health import healthz
from config.superusers.site import site as superusers

# Who came too often is told until when to wait.
handler429 = "agencies.sign_in.waiting.too_many"


def not_offered(request: HttpRequest, **kwargs: str) -> NoReturn:
    """The sign-in address is the administrator's to change: it is how a person is known here.

    So nobody confirms one, nor signs in by a code sent to it.
    """
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    path("accounts/", RedirectView.as_view(pattern_name="account")),
    path("accounts/email/", not_offered),
    re_path("^accounts/confirm-email/", not_offered),
    path("accounts/login/code/confirm/", not_offered),
    path("accounts/invitation/<str:key>/", invitation_accept, name="invitation_accept"),
    path("accounts/2fa/", SecondStepView.as_view(), name="mfa_index"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include((api.urlpatterns, "api"))),
    path("superuser/", superusers.urls),
    path("", include("agencies.urls")),
    path("", include("plans.urls")),
    path("", include("budgets.urls")),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]

handler400 = "config.api.bad_request"
handler500 = "config.api.server_error"
