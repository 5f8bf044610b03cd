"""The site: which tables stand on it, and who gets in. To everybody else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.apps import apps
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from agencies.models import User
from agencies.sign_in import second_step
from config.superusers import columns
from config.superusers.hidden import TABLES
from config.superusers.tables import table_of
from core.findings import Text

# The apps in the order of their layers; those of packages last.
APPS: dict[str, Text] = {
    "agencies": _("Agencies, people, acts"),
    "plans": _("Documents, programmes, plans"),
    "budgets": _("Money"),
    "indicators": _("Indicators and targets"),
    "reports": _("Reports and what is issued"),
    "account": _("Sign-in"),
    "mfa": _("Two-step sign-in"),
}

View = Callable[..., Any]


class SuperuserSite(AdminSite):
    """Django's admin, of which only reading is left, under the portal's own sign-in and in its own look."""

    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_authenticated and user.is_active and user.is_superuser)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """404 to who is no superuser; nothing but reading; and the second step first where roles need it."""

        @never_cache
        @csrf_exempt  # nothing that is posted is read
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if second_step.missing_for_superuser(cast(User, request.user)):
                return render(request, "agencies/second_step_needed.html", status=403)
            return view(request, *args, **kwargs)

        return inner

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The index, and a list and a row of each table. Nothing signs in or out here: the portal does."""
        tables = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(table.get_urls()))
            for model, table in self._registry.items()
        ]
        return [
            path("", self.admin_view(self.index), name="index"),
            *tables,
            re_path("", self.admin_view(self.nowhere), name="nowhere"),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return []  # index() has one of its own

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        groups = []
        for label, title in APPS.items():
            models = [model for model in self._registry if model._meta.app_label == label]
            named = [
                (one._meta.label, columns.name_of_table(one), columns.list_address_of(one)) for one in models
            ]
            groups.append((title, named))
        context = {**self.each_context(request), "groups": groups, "left_out": TABLES.items()}
        return TemplateResponse(request, "superusers/index.html", context)

    def nowhere(self, request: HttpRequest) -> HttpResponse:
        raise Http404


def _made() -> SuperuserSite:
    found = SuperuserSite(name="superuser")
    for model in apps.get_models():
        if model._meta.label not in TABLES:
            found.register(model, table_of(model))
    return found


site = _made()
