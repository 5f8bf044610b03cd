"""Addresses of the API of planned money, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from agencies.api.addresses import stand_for
from budgets.api.sources import SourceViewSet

stand_for({"source_list": "funding_source_list", "source_edit": "funding_source_detail"})

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "funding-sources/",
        SourceViewSet.as_view({"get": "list", "post": "create"}),
        name="funding_source_list",
    ),
    path(
        "funding-sources/<slug:code>/",
        SourceViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="funding_source_detail",
    ),
    path(
        "funding-sources/<slug:code>/retire/",
        SourceViewSet.as_view({"post": "retire"}),
        name="funding_source_retire",
    ),
]
