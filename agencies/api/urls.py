"""Addresses of the API of people and agencies, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, include, path

from agencies.api.acts import INPUTS, AgencyAct
from agencies.api.addresses import stand_for
from agencies.api.agencies import AgencyViewSet, Me, SuccessionViewSet
from agencies.api.groups import GroupViewSet
from agencies.api.letters import LetterViewSet
from agencies.api.rights import Rights, RightsCheck
from agencies.api.search import Search
from agencies.api.sign_ins import SignInViewSet, UndeliveredViewSet
from agencies.api.work import Administration, WorkViewSet

stand_for({"group_edit": "group_detail", "group_members": "group_detail", "letter_edit": "letter_detail"})

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", Me.as_view(), name="me"),
    path("agencies/", AgencyViewSet.as_view({"get": "list"}), name="agency_list"),
    *(
        path(
            f"agencies/acts/{name}/",
            AgencyAct.as_view(act=name, serializer_class=stated),
            name=f"agency_act_{name.replace('-', '_')}",
        )
        for name, stated in INPUTS.items()
    ),
    path("agencies/<slug:key>/", AgencyViewSet.as_view({"get": "retrieve"}), name="agency_detail"),
    path("groups/", GroupViewSet.as_view({"get": "list", "post": "create"}), name="group_list"),
    path(
        "groups/<slug:key>/",
        GroupViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="group_detail",
    ),
    path("letters/", LetterViewSet.as_view({"get": "every"}), name="letter_list"),
    path(
        "letters/<slug:key>/",
        LetterViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="letter_detail",
    ),
    path("letters/<slug:key>/restore/", LetterViewSet.as_view({"post": "restore"}), name="letter_restore"),
    path("", include("agencies.api.people.urls")),
    path("undelivered-letters/", UndeliveredViewSet.as_view({"get": "list"}), name="undelivered_list"),
    path("sign-ins/", SignInViewSet.as_view({"get": "list"}), name="sign_in_list"),
    path("administration/", Administration.as_view(), name="administration"),
    path("search/", Search.as_view(), name="search"),
    path("work/", WorkViewSet.as_view({"get": "list"}), name="worklist"),
    path("rights/", Rights.as_view(), name="rights"),
    path("rights/check/", RightsCheck.as_view(), name="rights_check"),
    path("successions/", SuccessionViewSet.as_view({"get": "list"}), name="succession_list"),
]
