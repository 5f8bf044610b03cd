"""What of plans can be in somebody's hands: open versions, until they are decided."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from agencies.models.agency import CLASSES
from agencies.people.keeping import Keeper
from core.findings import Text
from plans.models import Plan, Programme
from plans.models.regime import ReportingRegime


def _open() -> QuerySet[Plan]:
    return Plan.objects.open().select_related("agency", "programme__lead").order_by("pk")


def _title(plan: Plan) -> Text:
    said = {"agency": plan.agency.short_name, "programme": plan.programme.short_name}
    return _("Plan of %(agency)s, %(programme)s") % said


OPEN_PLANS = Keeper(
    key="plan",
    label=gettext_lazy("Open plans"),
    model=Plan,
    open=_open,
    agency="agency",
    agency_of=lambda plan: plan.agency,
    title=_title,
    word=lambda plan: plan.get_state_display(),
    url=lambda plan: reverse("plan_detail", kwargs={"code": plan.code, "version": plan.version}),
)


def agencies_obliged(on: date) -> list[int]:
    """Ids of the agencies that plan or report in a programme that runs in the year of a day."""
    running = Programme.objects.filter(year_from__lte=on.year, year_to__gte=on.year).select_related("lead")
    classes = {one.pk: set(one.planning_classes) for one in running}
    for regime in ReportingRegime.objects.filter(programme__in=running):
        if regime.holds_on(on):
            classes[regime.programme_id].update(regime.obliged_classes)
    wanted = [(_kinds_of(classes[one.pk]), one.lead.parent_id) for one in running]
    return [
        one.pk
        for one in Agency.objects.in_force(on).only("id", "kind", "parent_id")
        if any(one.kind in kinds and one.parent_id in (None, parent) for kinds, parent in wanted)
    ]


def _kinds_of(classes: Iterable[str]) -> frozenset[str]:
    return frozenset(kind for name in classes for kind in CLASSES[name])
