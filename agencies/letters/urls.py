"""Addresses of the reference texts of letters."""

from django.urls import path

from agencies.letters import views

urlpatterns = [
    path("", views.letter_list, name="letter_list"),
    path("export.xlsx", views.letter_list_export, name="letter_list_export"),
    path("<slug:key>/", views.letter_edit, name="letter_edit"),
    path("<slug:key>/restore/", views.letter_restore, name="letter_restore"),
]
