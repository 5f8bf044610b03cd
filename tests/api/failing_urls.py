"""Addresses whose endpoints refuse or fail in every way there is."""

from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from config.urls import handler400, handler500
from config.urls import urlpatterns as all_addresses
from core.findings import Conflict, NotAllowed, Place, Refused, WrongState, error, warning

__all__ = ["handler400", "handler500"]

REFUSALS: dict[str, Exception] = {
    "not-allowed": NotAllowed("Only an approver may submit.", code="not_allowed"),
    "wrong-state": WrongState("It was submitted already.", code="wrong_state"),
    "conflict": Conflict("Somebody saved first.", yours={"name": "B"}, theirs={"name": "A"}, row_version=4),
    "refused": Refused(
        "The plan cannot be submitted.",
        [
            error("money_missing", "No amount.", Place("projects", "l-1", "total_need"), "x"),
            warning("no_lead", "No lead."),
        ],
        code="check",
    ),
    "fault": RuntimeError("a fault of ours"),
}


class Failing(Portal):
    """Raises what its address names."""

    def get(self, request: Request, how: str) -> Response:
        raise REFUSALS[how]

    def post(self, request: Request, how: str) -> Response:
        return Response({"read": request.data})

    def pointer_of(self, place: Place) -> str:
        return f"/lines/0/{place.path}" if place.path else ""


urlpatterns: list[Any] = [path("api/v1/failing/<slug:how>/", Failing.as_view()), *all_addresses]
