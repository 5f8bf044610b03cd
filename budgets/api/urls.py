"""Addresses of the API of planned money, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from budgets.api.sources import SourceViewSet

urlpatterns: list[URLPattern | URLResolver] = [
    path("funding-sources/", SourceViewSet.as_view({"get": "list"}), name="funding_source_list"),
    path(
        "funding-sources/<slug:code>/",
        SourceViewSet.as_view({"get": "retrieve"}),
        name="funding_source_detail",
    ),
]
