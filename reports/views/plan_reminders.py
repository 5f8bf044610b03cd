"""Agencies that have submitted no plan of a programme, and reminding them."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import can, require
from core import clock
from plans.models import Programme
from plans.standing import time_left
from reports.bulk.acts import BULK
from reports.bulk.page import Place, answer
from reports.bulk.shapes import Prospect, Stated
from reports.bulk.wording import before_words
from reports.models import BulkAct
from reports.reminders.letters import plan_letters
from reports.reminders.plans import plan_reminders, programmes_to_remind, remind_of_plans, without_plan


@acting_required
def plan_remind(request: ActingRequest) -> HttpResponse:
    """The agencies that owe a plan; with some of them chosen, the reminder to these."""
    require(request.membership, "report.remind")
    programmes = programmes_to_remind(request.membership)
    if not programmes:
        raise Http404
    wanted = request.GET.get("programme", "")
    programme = next((one for one in programmes if one.code == wanted), programmes[0])
    if request.method == "POST":
        return _ask(request, programme, request.POST.getlist("agency"))
    if request.GET.get("scope") == "filtered":
        return _ask(request, programme, [one.key for one in without_plan(programme)])
    if "agency" in request.GET or "scope" in request.GET:
        return _ask(request, programme, request.GET.getlist("agency"))
    return render(request, "reports/bulk/plans.html", _list(request, programme, programmes))


def _list(request: ActingRequest, programme: Programme, programmes: list[Programme]) -> dict[str, Any]:
    """The context of the list: who owes a plan, reminded when, written to by whom."""
    rows = plan_reminders(programme, None, Stated(again=True, paper=True), request.membership)
    due = programme.plan_deadline
    return {
        "programme": programme,
        "programmes_to_remind": programmes,
        "rows": [(one, before_words(BulkAct.Name.REMIND, one.before)) for one in rows],
        "count": ngettext("%(n)d agency", "%(n)d agencies", len(rows)) % {"n": len(rows)},
        "due": due,
        "left": time_left(due) if due else "",
        "overdue": bool(due and due < clock.today()),
        "may_set": bool(can(request.membership, "programme.manage", programme)),
        "current_programme": programme,
        "programme_url": reverse("plan_remind"),
        "crumbs": [(_("Plans"), reverse("plan_list"))],
    }


def _ask(request: ActingRequest, programme: Programme, keys: list[str]) -> HttpResponse:
    back_url = f"{reverse('plan_remind')}?programme={programme.code}"
    kind = BULK["remind"]
    place = Place(
        kind=kind,
        keys=keys,
        weigh=lambda chosen, stated: plan_reminders(programme, chosen, stated, request.membership),
        perform=partial(remind_of_plans, programme),
        back_url=back_url,
        context={
            "title": _("Remind of plans: %(programme)s") % {"programme": programme.short_name},
            "crumbs": [(_("Plans"), reverse("plan_list")), (_("Without a plan"), back_url)],
            "current_programme": programme,
            "programme_url": reverse("plan_remind"),
        },
        letter=partial(_letter, programme),
    )
    return answer(request, place)


def _letter(programme: Programme, prospect: Prospect) -> Any:
    due = programme.plan_deadline or clock.today()
    return plan_letters(programme, [prospect.agency], due)[prospect.agency.pk]
