"""Addresses of the API of people and agencies, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from agencies.api.acts import INPUTS, AgencyAct
from agencies.api.agencies import AgencyViewSet, GroupViewSet, Me, SuccessionViewSet

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
    path("groups/", GroupViewSet.as_view({"get": "list"}), name="group_list"),
    path("groups/<slug:key>/", GroupViewSet.as_view({"get": "retrieve"}), name="group_detail"),
    path("successions/", SuccessionViewSet.as_view({"get": "list"}), name="succession_list"),
]
