"""Addresses of the pages of people, below /administration/people/, and of what people keep themselves."""

from django.urls import URLPattern, URLResolver, path

from agencies.people.views import charge, delegations, lists, people

urlpatterns: list[URLPattern | URLResolver] = [
    path("administration/people/", lists.people_list, name="people_list"),
    path("administration/people/export.xlsx", lists.people_list_export, name="people_list_export"),
    path("administration/people/invite/", people.person_invite, name="person_invite"),
    path("administration/people/lacking/", lists.people_lacking, name="people_lacking"),
    path(
        "administration/people/lacking/export.xlsx", lists.people_lacking_export, name="people_lacking_export"
    ),
    path("administration/people/<int:pk>/", people.person_detail, name="person_detail"),
    path("administration/people/<int:pk>/acts/<slug:name>/", people.person_act, name="person_act"),
    path(
        "administration/people/<int:pk>/memberships/<int:membership>/acts/<slug:name>/",
        people.membership_act,
        name="membership_act",
    ),
    path("delegations/new/<int:giver>/", delegations.delegation_new, name="delegation_new"),
    path("delegations/<int:pk>/withdraw/", delegations.delegation_withdraw, name="delegation_withdraw"),
    path("in-charge/<slug:kind>/<int:pk>/", charge.in_charge, name="in_charge"),
]
