"""Addresses of the API of indicators and targets, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from agencies.api.addresses import stand_for
from indicators.api.asking import ProgrammeStatusFigures
from indicators.api.baselines import IndicatorBaselines
from indicators.api.indicators import IndicatorViewSet
from indicators.api.targets import TargetViewSet

stand_for({"kept_indicator_list": "indicator_list", "programme_asked": "programme_status_figures"})

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", IndicatorViewSet.as_view({"get": "list", "post": "create"}), name="indicator_list"),
    path(
        "indicators/<slug:code>/",
        IndicatorViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="indicator_detail",
    ),
    path("indicators/<slug:code>/baselines/", IndicatorBaselines.as_view(), name="indicator_baselines"),
    path(
        "indicators/<slug:code>/retire/",
        IndicatorViewSet.as_view({"post": "retire"}),
        name="indicator_retire",
    ),
    path(
        "indicators/<slug:code>/revive/",
        IndicatorViewSet.as_view({"post": "revive"}),
        name="indicator_revive",
    ),
    path(
        "programmes/<slug:code>/status-figures/",
        ProgrammeStatusFigures.as_view(),
        name="programme_status_figures",
    ),
    path("targets/", TargetViewSet.as_view({"get": "list"}), name="target_list"),
]
