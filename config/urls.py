"""Every address. An app's own pages stand in its `urls.py`; nothing here needs a right of its own."""

from django.urls import include, path

from agencies.expiry import SignInView
from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("agencies.urls")),
    path("", include("plans.urls")),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]
