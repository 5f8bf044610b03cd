"""Addresses of the rights, below `/administration/rights/`."""

from django.urls import path

from agencies.rights import views

urlpatterns = [
    path("", views.rights, name="rights"),
    path("export.xlsx", views.rights_export, name="rights_export"),
]
