"""Addresses of the indicators pages."""

from django.urls import URLPattern, URLResolver, include, path

from indicators import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/export.xlsx", views.indicator_list_export, name="indicator_list_export"),
    path("administration/indicators/", include("indicators.keeping.urls")),
    path("indicators/<slug:code>/", views.indicator_detail, name="indicator_detail"),
    path("administration/programmes/<slug:code>/", include("indicators.asking.urls")),
]
