"""Addresses of the API of people, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from agencies.api.people.acts import (
    DOINGS,
    DOINGS_OF_MEMBERSHIP,
    Delegating,
    DelegationWithdraw,
    MembershipAct,
    PersonAct,
    PersonInvite,
)
from agencies.api.people.reading import LackingViewSet, PersonViewSet

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", PersonViewSet.as_view({"get": "list"}), name="people_list"),
    path("people/acts/invite/", PersonInvite.as_view(), name="person_invite"),
    path("people/<int:id>/", PersonViewSet.as_view({"get": "retrieve"}), name="person_detail"),
    *(
        path(
            f"people/<int:id>/acts/{name}/",
            PersonAct.as_view(doing=doing, serializer_class=doing.told),
            name=f"person_{name.replace('-', '_')}",
        )
        for name, doing in DOINGS.items()
    ),
    *(
        path(
            f"people/<int:id>/memberships/<int:membership>/acts/{name}/",
            MembershipAct.as_view(doing=one, serializer_class=one.told),
            name=f"membership_{name}",
        )
        for name, one in DOINGS_OF_MEMBERSHIP.items()
    ),
    path("agencies-lacking-people/", LackingViewSet.as_view({"get": "list"}), name="people_lacking"),
    path("delegations/", Delegating.as_view({"get": "list", "post": "create"}), name="delegation_list"),
    path("delegations/<int:id>/withdraw/", DelegationWithdraw.as_view(), name="delegation_withdraw"),
]
