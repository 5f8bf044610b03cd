"""Addresses of the funding sources."""

from django.urls import path

from budgets.sources import views

urlpatterns = [
    path("", views.source_list, name="source_list"),
    path("export.xlsx", views.source_list_export, name="source_list_export"),
    path("new/", views.source_new, name="source_new"),
    path("<slug:code>/", views.source_edit, name="source_edit"),
    path("<slug:code>/retire/", views.source_retire, name="source_retire"),
    path("<slug:code>/remove/", views.source_remove, name="source_remove"),
]
