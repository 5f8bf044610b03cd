"""Addresses on which programmes are kept, below /administration/programmes/."""

from django.urls import URLPattern, URLResolver, path

from plans.programmes.views import facts, lists, regimes, rows

urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.programme_list, name="programme_list"),
    path("export.xlsx", lists.programme_list_export, name="programme_list_export"),
    path("new/", facts.programme_new, name="programme_new"),
    path("<slug:code>/", lists.programme_detail, name="programme_detail"),
    path("<slug:code>/edit/", facts.programme_edit, name="programme_edit"),
    path("<slug:code>/lead/", facts.programme_lead, name="programme_lead"),
    path("<slug:code>/outline/", rows.programme_outline, name="programme_outline"),
    path("<slug:code>/outline/from/<slug:source>/", rows.programme_mapping, name="programme_mapping"),
    path("<slug:code>/checklist/", rows.programme_checklist, name="programme_checklist"),
    path("<slug:code>/regimes/new/", regimes.regime_new, name="regime_new"),
    path("<slug:code>/regimes/<int:pk>/", regimes.regime_edit, name="regime_edit"),
    path("<slug:code>/regimes/<int:pk>/remove/", regimes.regime_remove, name="regime_remove"),
]
