"""Addresses of the budgets pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("administration/sources/", include("budgets.sources.urls")),
]
