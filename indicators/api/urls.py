"""Addresses of the API of indicators and targets, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from indicators.api.indicators import IndicatorViewSet, TargetViewSet

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", IndicatorViewSet.as_view({"get": "list"}), name="indicator_list"),
    path("indicators/<slug:code>/", IndicatorViewSet.as_view({"get": "retrieve"}), name="indicator_detail"),
    path("targets/", TargetViewSet.as_view({"get": "list"}), name="target_list"),
]
