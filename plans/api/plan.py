"""What every endpoint of one plan rests on: the version that the caller may see, its entity tag, its lock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, Max, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.base import Portal
from agencies.models import Membership
from agencies.workflow import lock
from core.api.etags import etag_of, extended, require_match, tagged
from core.findings import Place, WrongState
from plans.models import LineEdit, Plan, PlanStep

# What never changes, or follows from the rest, tells no version from the next.
_SAYS_NOTHING = {"created_at", "search_key", "sort_key"}
_FIELDS = tuple(one.attname for one in Plan._meta.concrete_fields if one.name not in _SAYS_NOTHING)


def _last(rows: Any) -> Subquery:
    """The id of the last of a plan's rows of a table that only grows."""
    of_plan = rows.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Subquery(of_plan.annotate(last=Max("id")).values("last"), output_field=IntegerField())


def plan_etag(plan: Plan) -> str:
    """The tag of a plan: its own fields as they were read, its last step and the last edit of its lines.

    Each edit of a line, draft values included, leaves a `LineEdit`, each transition a `PlanStep`. A draft
    that was handed back and over again and is what it was has the tag that it had. One query. Lines are read
    after it: they are then never older than the tag that stands for them, and a tag between two versions
    matches none.
    """
    said = [getattr(plan, name) for name in _FIELDS]
    last = Plan.objects.filter(pk=plan.pk).values_list(_last(LineEdit), _last(PlanStep)).first()
    return etag_of("plan", *said, *(last or ()))


def require_plan_match(request: Request, plan: Plan) -> None:
    """Lock the plan for this transaction; raise 428 without `If-Match`, 412 when it has changed since."""
    try:
        row = lock(plan)
    except WrongState:  # discarded meanwhile
        raise Http404 from None
    require_match(request, plan_etag(row))


def visible_plans(membership: Membership) -> QuerySet[Plan]:
    """The plans that the caller may see, with what every right asks for."""
    plans = Plan.objects.visible_to(membership).for_pages()
    return plans.prefetch_related("programme__review_scopes")


class PlanEndpoint(Portal):
    """Base of the endpoints of one version of a plan, `plans/<code>/<version>/...`.

    `self.plan` is that version, or a 404 where the caller may see none. What changes it does so inside
    `with self.matched() as plan:`, which is the transaction of the act.
    """

    @cached_property
    def plan(self) -> Plan:
        code, version = self.kwargs["code"], self.kwargs["version"]
        return get_object_or_404(visible_plans(self.membership), code=code, version=version)

    @contextmanager
    def matched(self) -> Iterator[Plan]:
        """The plan, locked and still as the caller read it (`If-Match`), until the end of the transaction.

        Actions called inside lock it again, which costs nothing. Entries of the audit are written at the end.
        """
        with audit.recording():
            require_plan_match(self.request, self.plan)
            yield self.plan

    def pointer_of(self, place: Place) -> str:
        """A place without a part names a field of the body; one of a part stands in the plan."""
        sent = isinstance(self.request.data, Mapping) and place.path.partition("/")[0] in self.request.data
        return f"/{place.path}" if sent and not place.part else ""

    def answer(self, data: Any, current: str = "", status: int = 200) -> Response:
        """An answer with the plan's tag, `current` if it was read before; 304 to whom has just this."""
        return tagged(self.request, data, extended(current or plan_etag(self.plan), data), status)
