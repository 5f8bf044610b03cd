"""Addresses of the lists of agencies."""

from django.urls import path

from agencies.groups import member_views, views

urlpatterns = [
    path("", views.group_list, name="group_list"),
    path("export.xlsx", views.group_list_export, name="group_list_export"),
    path("new/", views.group_new, name="group_new"),
    path("<slug:key>/", views.group_detail, name="group_detail"),
    path("<slug:key>/edit/", views.group_edit, name="group_edit"),
    path("<slug:key>/members/", member_views.group_members, name="group_members"),
    path("<slug:key>/remove/", views.group_remove, name="group_remove"),
]
