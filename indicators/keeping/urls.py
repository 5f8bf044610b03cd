"""Addresses at which the catalogue of indicators is kept."""

from django.urls import path

from indicators.keeping import views

urlpatterns = [
    path("", views.kept_indicator_list, name="kept_indicator_list"),
    path("export.xlsx", views.kept_indicator_list_export, name="kept_indicator_list_export"),
    path("new/", views.indicator_new, name="indicator_new"),
    path("<slug:code>/", views.indicator_edit, name="indicator_edit"),
    path("<slug:code>/retire/", views.indicator_retire, name="indicator_retire"),
    path("<slug:code>/revive/", views.indicator_revive, name="indicator_revive"),
    path("<slug:code>/remove/", views.indicator_remove, name="indicator_remove"),
]
