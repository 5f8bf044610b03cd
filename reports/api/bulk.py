"""Acts on many agencies at once, their receipts, and the reminders that were sent."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal, PortalViewSet
from agencies.api.idempotency import KEY_HEADER, idempotent
from agencies.permissions import require
from core.api.schema import describes
from plans.models import Programme
from reports.api.base import Act
from reports.api.bulk_shapes import (
    BulkAcceptInput,
    BulkActDetail,
    BulkActRow,
    BulkExemptInput,
    BulkExtendInput,
    BulkOutcomeData,
    BulkRemindInput,
    ReminderDetail,
    ReminderRow,
    WithoutPlanData,
)
from reports.bulk.acts import BULK, BulkKind
from reports.bulk.doing import act_on_many, refuse_what_changed, refuse_what_is_stated
from reports.bulk.filters import BulkActFilter, ReminderFilter
from reports.bulk.shapes import Prospect, Stated
from reports.bulk.weighing import reports_of
from reports.bulk.wording import reason_words
from reports.models import BulkAct, BulkRow, Reminder
from reports.reminders.plans import plan_reminders, programmes_to_remind, remind_of_plans
from reports.reminders.undelivered import undelivered
from reports.views.access import led_cycle

INPUTS: Mapping[str, Any] = {
    "extend": BulkExtendInput,
    "exempt": BulkExemptInput,
    "remind": BulkRemindInput,
    "accept": BulkAcceptInput,
}


class Bulk(Act):
    """Base of acts on many agencies."""

    kind: BulkKind = BULK["extend"]

    def outcome(self, request: Request, weigh: Any, perform: Any) -> Response:
        """What the act brings about, or with `dry_run` would bring about, as the page shows it first."""
        said = self.said(request)
        agencies, leave_out = said.pop("agencies"), said.pop("leave_out")
        dry_run, seen = said.pop("dry_run"), said.pop("seen", None)
        stated = Stated(**{name: value for name, value in said.items() if value})
        if dry_run:
            prospects = weigh(agencies, stated)
            refuse_what_changed(prospects, seen)
            refuse_what_is_stated(self.kind, agencies, prospects, stated, leave_out=True)
            done = sum(1 for one in prospects if not one.refusal)
            return self._answer([_of_prospect(one) for one in prospects], done)
        key = request.headers.get(KEY_HEADER, "")
        act = perform(
            agencies,
            actor=self.membership,
            stated=stated,
            token=f"api {key or secrets.token_urlsafe(12)}"[:100],
            seen=seen,
            leave_out=leave_out,
        )
        shown = BulkAct.objects.with_counts().get(pk=act.pk)
        return self._answer(rows_of(shown), shown.done, shown)  # type: ignore[attr-defined]

    def _answer(self, rows: Sequence[Any], done: int, act: BulkAct | None = None) -> Response:
        data = {
            "dry_run": act is None,
            "done": done,
            "left_out": len(rows) - done,
            "act": act,
            "rows": rows,
        }
        return Response(BulkOutcomeData(data).data)


def _of_prospect(one: Prospect) -> dict[str, Any]:
    said = {"before": one.before, "after": one.after, "refusal": one.refusal, "seen": one.seen}
    return {"agency": one.agency, "reason": one.reason, **said}


def rows_of(act: BulkAct) -> list[dict[str, Any]]:
    """What became of each agency; one query."""
    rows: Any = BulkRow.objects.filter(act=act).select_related("agency")
    return [
        {
            "agency": one.agency,
            "before": one.before,
            "after": one.after,
            "refusal": one.refusal,
            "reason": reason_words(one.refusal),
            "seen": "",
        }
        for one in rows
    ]


class CycleBulk(Bulk):
    """One act on many obligations of a period; which one is said by the address."""

    @extend_schema(responses=BulkOutcomeData)
    @idempotent
    def post(self, request: Request, programme: str, code: str) -> Response:
        """Do it to all or, with a finding for each that cannot, to none. 409 when a row has changed."""
        cycle = led_cycle(self, programme, code)
        require(self.membership, self.kind.permission, cycle)

        def weigh(agencies: Sequence[str], stated: Stated) -> list[Prospect]:
            return self.kind.weigh(reports_of(cycle, agencies), stated, self.membership)

        def perform(agencies: Sequence[str], **said: Any) -> BulkAct:
            return act_on_many(cycle, self.kind.name, agencies, **said)

        return self.outcome(request, weigh, perform)


def programme_to_remind(view: Portal, code: str) -> Programme:
    """A programme whose agencies the caller may remind of their plans; else a 404, or 403 with the reason."""
    found = get_object_or_404(Programme.objects.select_related("lead"), code=code)
    require(view.membership, "report.remind", found)
    return get_object_or_404(
        Programme.objects.filter(pk__in=[one.pk for one in programmes_to_remind(view.membership)]),
        pk=found.pk,
    )


class WithoutPlan(Portal):
    """Agencies that plan in a programme and have submitted no plan."""

    @extend_schema(responses=WithoutPlanData)
    def get(self, request: Request, programme: str) -> Response:
        """Who owes a plan, when each was reminded last, and who would get the letter."""
        found = programme_to_remind(self, programme)
        rows = plan_reminders(found, None, Stated(again=True, paper=True), self.membership)
        data = {"programme": found.code, "due_on": found.plan_deadline, "agencies": rows}
        return Response(WithoutPlanData(data).data)


class RemindOfPlans(Bulk):
    """Remind agencies that have submitted no plan."""

    kind = BULK["remind"]
    serializer_class = BulkRemindInput

    @extend_schema(responses=BulkOutcomeData)
    @idempotent
    def post(self, request: Request, programme: str) -> Response:
        """A letter to everybody who drafts or submits for these agencies."""
        found = programme_to_remind(self, programme)

        def weigh(agencies: Sequence[str], stated: Stated) -> list[Prospect]:
            return plan_reminders(found, agencies, stated, self.membership)

        def perform(agencies: Sequence[str], **said: Any) -> BulkAct:
            return remind_of_plans(found, agencies, **said)

        return self.outcome(request, weigh, perform)


class BulkActViewSet(PortalViewSet):
    """Acts on many agencies of the programmes that the caller's agency leads."""

    lookup_field = "pk"
    filterset_class = BulkActFilter
    serializers = {"list": BulkActRow, "retrieve": BulkActDetail}

    def get_queryset(self) -> Any:
        return BulkAct.objects.visible_to(self.membership).with_counts()

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with what became of each agency."""
        if self.action == "retrieve":
            rows[0].shown_rows = rows_of(rows[0])
        return rows

    @describes(tagged=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """The receipt of one act."""
        return super().retrieve(request, **kwargs)


class ReminderViewSet(PortalViewSet):
    """Reminders to the caller's agency, and all of programmes that it leads; the newest first."""

    lookup_field = "pk"
    filterset_class = ReminderFilter
    serializers = {"list": ReminderRow, "retrieve": ReminderDetail}

    def get_queryset(self) -> Any:
        found = Reminder.objects.visible_to(self.membership)
        return found.select_related("programme", "agency", "report__cycle__programme", "by").order_by("-id")

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        missed = undelivered(rows)
        for one in rows:
            one.missed = missed.get(one.pk, [])
        return rows
