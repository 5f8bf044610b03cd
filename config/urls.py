"""Every address. An app's own pages stand in its `urls.py`; nothing here needs a right of its own."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path

from agencies.expiry import SignInView
from config.health import healthz


def not_offered(request: HttpRequest) -> NoReturn:
    """The sign-in address is the administrator's to change: it is how a person is known here."""
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    path("accounts/email/", not_offered),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("agencies.urls")),
    path("", include("plans.urls")),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]
