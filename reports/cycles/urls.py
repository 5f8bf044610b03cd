"""Addresses on which reporting periods are kept, below /administration/cycles/."""

from django.urls import URLPattern, URLResolver, path

from reports.views import kept_cycles

urlpatterns: list[URLPattern | URLResolver] = [
    path("", kept_cycles.kept_cycle_list, name="kept_cycle_list"),
    path("export.xlsx", kept_cycles.kept_cycle_list_export, name="kept_cycle_list_export"),
    path("<slug:programme>/<slug:cycle>/", kept_cycles.kept_cycle, name="kept_cycle"),
    path(
        "<slug:programme>/<slug:cycle>/acts/<slug:name>/", kept_cycles.kept_cycle_act, name="kept_cycle_act"
    ),
]
