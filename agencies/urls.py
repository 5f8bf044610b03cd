"""Addresses of the agencies pages: the work list as home, agencies, and for whom one acts."""

from django.urls import path

from agencies import views

urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("act-as/", views.act_as, name="act_as"),
    path("agencies/", views.agency_list, name="agency_list"),
    path("agencies/export.xlsx", views.agency_list_export, name="agency_list_export"),
    path("agencies/<slug:key>/", views.agency_detail, name="agency_detail"),
]
