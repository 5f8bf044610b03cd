"""Acts on many agencies of a period, and their receipts."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from reports.bulk.acts import BULK
from reports.bulk.choosing import chosen
from reports.bulk.doing import act_on_many
from reports.bulk.page import Place, answer
from reports.bulk.shapes import Prospect
from reports.bulk.weighing import reports_of
from reports.models import BulkAct
from reports.reminders.letters import report_letters
from reports.views.access import cycle_url, led_cycle


@acting_required
def cycle_bulk(request: ActingRequest, programme: str, cycle: str, name: str) -> HttpResponse:
    """GET asks, a POST shows what happens to each agency, a confirmed one does it."""
    found = led_cycle(request, programme, cycle)
    if name not in BULK:
        raise Http404
    kind = BULK[name]
    require(request.membership, kind.permission, found)
    back_url = f"{cycle_url('cycle_detail', found)}#obligations"
    crumbs = [(_("Reports"), reverse("cycle_list")), (found.programme.short_name, "")]
    place = Place(
        kind=kind,
        keys=request.POST.getlist("agency") if request.method == "POST" else chosen(request.GET, found),
        weigh=lambda keys, stated: kind.weigh(reports_of(found, keys), stated, request.membership),
        perform=partial(act_on_many, found, name),
        back_url=back_url,
        context={
            "title": f"{kind.label}: {found.title}",
            "crumbs": [*crumbs, (found.title, cycle_url("cycle_detail", found))],
            "current_programme": found.programme,
            "programme_url": reverse("cycle_list"),
            "illustrative": found.illustrative,
        },
        letter=_letter if kind.name is BulkAct.Name.REMIND else None,
    )
    return answer(request, place)


def _letter(prospect: Prospect) -> Any:
    assert prospect.report is not None
    report, filing = prospect.report, prospect.filing
    return report_letters([report], {report.pk: filing} if filing else {})[report.pk]
