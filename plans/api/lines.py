"""The lines of a plan: read, added, changed, removed and moved by the same actions as on the pages.

Cells of extending parts stand nested in a line, {"allocations": {"2009": {"NSTW": "1500"}}}; a PATCH changes
what it names and leaves the rest (RFC 7396).
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import PortalViewSet
from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core.api.etags import extended, matches, tagged
from core.api.fields import ClosedSerializer
from core.api.problems import PreconditionFailed
from core.api.schema import describes
from core.findings import Conflict, Place
from plans.api.line_reading import LinesOf
from plans.api.line_shapes import (
    ReadLine,
    any_of,
    change_class,
    every_part,
    line_class,
    lined_parts,
    new_class,
)
from plans.api.line_values import read_line
from plans.api.plan import PlanEndpoint, visible_plans
from plans.content.bulk import change_line, create_line
from plans.content.editing import place_line, remove_line
from plans.models import Plan
from plans.parts.base import PlanPart

NO_VERSION = 0
"""A row version that no row has."""


def part_parameter(parts: Any) -> OpenApiParameter:
    keys = [part.key for part in parts()]
    return OpenApiParameter("part", {"type": "string", "enum": keys}, OpenApiParameter.PATH)


class PartEndpoint(PlanEndpoint):
    """Base of the endpoints of one part of a plan."""

    @cached_property
    def part(self) -> PlanPart[Any]:
        """The part of the address; where lines are written, one that has lines of its own. Else a 404."""
        reads_all = getattr(self, "action", "") == "list"
        for part in every_part() if reads_all else lined_parts():
            if part.key == self.kwargs["part"]:
                return part
        raise Http404

    @cached_property
    def plan(self) -> Plan:
        """The version that the caller may see, or a 404; to read it no right is prepared."""
        plans = visible_plans(self.membership)
        if self.request.method in SAFE_METHODS:
            plans = plans.prefetch_related(None)
        return get_object_or_404(plans, code=self.kwargs["code"], version=self.kwargs["version"])

    @property
    def lines(self) -> LinesOf:
        return LinesOf(self.plan, self.part)

    def require_edit(self) -> None:
        """Raise 404 without such a plan and part, 403 without the right; the state is asked by the action."""
        require(self.membership, "plan.edit", self.plan)
        self.part  # noqa: B018 - a 404

    def line_answer(self, line: UUID, status: int = 200, **headers: str) -> Response:
        """One line as it stands, with its tag."""
        found = self.lines.of(line)
        if found is None:
            raise Http404
        data = line_class(self.part.key)(found).data
        answer = tagged(self.request, data, extended(found.etag, data), status)
        for name, value in headers.items():
            answer[name] = value
        return answer

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""


LINE = any_of("Line", line_class, every_part)
OF_ANY = part_parameter(every_part)
OF_LINED = part_parameter(lined_parts)


class LineViewSet(PartEndpoint, PortalViewSet):
    """The rows of a part."""

    queryset = Plan.objects.none()

    @extend_schema(parameters=[OF_ANY], responses=LINE)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of the rows, in the plan's order. Of extending parts each row names its line."""
        part = self.part
        self.filter_queryset(self.queryset)
        rows = self.paginate_queryset(self.lines)
        return self.get_paginated_response(line_class(part.key)(rows, many=True).data)

    @extend_schema(
        parameters=[OF_LINED], request=any_of("NewLine", new_class, lined_parts), responses={201: LINE}
    )
    @describes(tagged=True)
    @idempotent
    def create(self, request: Request, code: str, version: int, part: str) -> Response:
        """Add a line; it gets its place by its number or group. 422 with everything that is wrong."""
        self.require_edit()
        with transaction.atomic():
            saved = create_line(self.plan, part, read_line(self.part, request.data), actor=self.membership)
            where = {"code": code, "version": version, "part": part, "line": saved.line}
            url = reverse("api:line_detail", kwargs=where, request=request)
            return self.line_answer(saved.line, 201, Location=url)

    @extend_schema(parameters=[OF_LINED], responses=LINE)
    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """One line. `unreadable` says what was typed on a page and cannot be stored."""
        self.part  # noqa: B018 - a 404 before anything is read
        return self.line_answer(kwargs["line"])

    @extend_schema(
        parameters=[OF_LINED], request=any_of("LineValues", change_class, lined_parts), responses=LINE
    )
    @describes(if_match=True, tagged=True)
    def partial_update(self, request: Request, code: str, version: int, part: str, line: UUID) -> Response:
        """Change the values that are named. 412 with yours and theirs when somebody else was first."""
        self.require_edit()
        row_version, sent = self._read_version(line), read_line(self.part, request.data, line)
        try:
            with transaction.atomic():
                change_line(self.plan, part, line, sent, actor=self.membership, row_version=row_version)
                return self.line_answer(line)
        except Conflict as conflict:
            self._refuse_old(line, conflict)

    @extend_schema(parameters=[OF_LINED], responses={204: None})
    @describes(if_match=True)
    def destroy(self, request: Request, code: str, version: int, part: str, line: UUID) -> Response:
        """Take a line out of the draft with all that hangs on it; earlier versions and history keep it."""
        self.require_edit()
        row_version = self._read_version(line)
        try:
            remove_line(self.plan, part, line, actor=self.membership, row_version=row_version)
        except Conflict as conflict:
            self._refuse_old(line, conflict)
        return Response(status=204)

    def _read_version(self, line: UUID) -> int:
        """The version that was read, `NO_VERSION` of an old one; the action asks again when it locks."""
        found = self._line(line)
        return found.row.row_version if matches(self.request, found.etag) else NO_VERSION

    def _line(self, line: UUID) -> ReadLine:
        found = self.lines.of(line)
        if found is None:
            raise Http404
        return found

    def _refuse_old(self, line: UUID, conflict: Conflict) -> NoReturn:
        """412: what was sent, and what stands there by now, at each path on which they differ."""
        stored = line_class(self.part.key)(self._line(line)).data
        typed = {one["path"]: one["typed"] for one in stored["unreadable"]}
        raise PreconditionFailed(
            yours={path: _at(self.request.data, path) for path in conflict.yours},
            theirs={path: typed.get(path, _at(stored, path)) for path in conflict.theirs},
            row_version=conflict.row_version,
        )


def _at(said: Any, path: str) -> Any:
    """The value at a path such as allocations/2009/NSTW; None where there is none."""
    for step in path.split("/"):
        said = said.get(step) if isinstance(said, Mapping) else None
    return said


class MoveInput(ClosedSerializer):
    """The place among all lines of the part, counted from 1; a project moves within its group."""

    position = serializers.IntegerField(min_value=1, max_value=1_000_000)


class LineMove(PartEndpoint):
    """The place of a line."""

    @extend_schema(parameters=[OF_LINED], request=MoveInput, responses=LINE)
    @describes(tagged=True)
    @idempotent
    def post(self, request: Request, code: str, version: int, part: str, line: UUID) -> Response:
        """Put the line at another place; its values and its version stay as they are."""
        self.require_edit()
        if self.lines.of(line) is None:
            raise Http404
        stated = MoveInput(data=request.data)
        stated.is_valid(raise_exception=True)
        position = stated.validated_data["position"]
        with transaction.atomic():
            place_line(self.plan, part, line, position=position, actor=self.membership)
            return self.line_answer(line)
