"""Receipts of acts on many agencies: the list of them, one with all its rows, and the letters sent."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.models import Agency
from core.findings import Text
from core.notation import format_datetime
from core.spreadsheets import CONTENT_TYPE
from reports.bulk.acts import BULK
from reports.bulk.filters import BulkActFilter
from reports.bulk.sheet import acts_workbook, document_words, receipt_workbook
from reports.bulk.wording import after_words, before_words, reason_words
from reports.models import BulkAct
from reports.reminders.printed import letters_pdf
from reports.reminders.undelivered import undelivered
from reports.views.access import cycle_url

PAGE_SIZE = 50
MOST_ROWS = 5000


def _found(request: ActingRequest) -> BulkActFilter:
    acts = BulkAct.objects.visible_to(request.membership).with_counts()
    return BulkActFilter(request.GET, queryset=acts, request=request)


@acting_required
def bulk_act_list(request: ActingRequest) -> HttpResponse:
    """Acts on many agencies of the programmes that one leads, the newest first."""
    found = _found(request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "filter": found,
        "page": page,
        "count": ngettext("%(n)d act", "%(n)d acts", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("bulk_act_list_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "programme_url": reverse("bulk_act_list"),
        "crumbs": [(_("Reports"), reverse("cycle_list"))],
    }
    return render(request, "reports/bulk/list.html", context)


@acting_required
def bulk_act_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    body = acts_workbook(_found(request).qs[:MOST_ROWS])
    headers = {"Content-Disposition": 'attachment; filename="thao-tac-hang-loat.xlsx"'}
    return HttpResponse(body, content_type=CONTENT_TYPE, headers=headers)


def _receipt_of(request: ActingRequest, pk: int) -> BulkAct:
    acts = BulkAct.objects.visible_to(request.membership)
    return get_object_or_404(acts.select_related("by", "cycle__programme", "programme__lead"), pk=pk)


@acting_required
def bulk_receipt(request: ActingRequest, pk: int) -> HttpResponse:
    """What one keeps of an act on many: when, by which document, and what became of each agency."""
    act = _receipt_of(request, pk)
    rows = list(act.rows.select_related("agency"))
    done = [(one, before_words(act.name, one.before), after_words(act.name, one.after)) for one in rows]
    context: dict[str, Any] = {
        "act": act,
        "kind": BULK[act.name],
        "done": [row for row in done if not row[0].refusal],
        "left": [(one, reason_words(one.refusal)) for one in rows if one.refusal],
        "facts": _facts(act, rows),
        "undelivered": _undelivered(act),
        "reminders": act.name == BulkAct.Name.REMIND,
        "back_url": _back(act),
        "current_programme": act.programme,
        "crumbs": [
            (_("Reports"), reverse("cycle_list")),
            (_("Acts on many agencies"), f"{reverse('bulk_act_list')}?programme={act.programme.code}"),
        ],
        "illustrative": act.cycle.illustrative if act.cycle else False,
    }
    return render(request, "reports/bulk/receipt.html", context)


def _facts(act: BulkAct, rows: list[Any]) -> list[tuple[Text, Text]]:
    done = sum(1 for one in rows if not one.refusal)
    count = ngettext("%(n)d agency", "%(n)d agencies", done) % {"n": done}
    left = len(rows) - done
    facts: list[tuple[Text, Text]] = [
        (_("Of"), str(act.cycle or act.programme)),
        (_("Done for"), count),
        *([(_("Left out"), ngettext("%(n)d agency", "%(n)d agencies", left) % {"n": left})] if left else []),
        (_("Time"), format_datetime(act.at)),
        (_("By"), str(act.by)),
    ]
    if act.document:
        facts.append((_("Document"), document_words(act)))
    if act.reason:
        facts.append((_("Reason"), act.reason))
    return facts


def _undelivered(act: BulkAct) -> list[tuple[Agency, list[str]]]:
    """Agencies with those whom the reminder did not reach; none of other acts."""
    if act.name != BulkAct.Name.REMIND:
        return []
    reminders = list(act.reminders.select_related("agency").order_by("id"))
    missed = undelivered(reminders)
    return [(one.agency, missed[one.pk]) for one in reminders if one.pk in missed]


def _back(act: BulkAct) -> str:
    if act.cycle is None:
        return f"{reverse('plan_remind')}?programme={act.programme.code}"
    return f"{cycle_url('cycle_detail', act.cycle)}#obligations"


@acting_required
def bulk_receipt_export(request: ActingRequest, pk: int) -> HttpResponse:
    """The receipt with all its rows, as XLSX."""
    act = _receipt_of(request, pk)
    body = receipt_workbook(act, list(act.rows.select_related("agency")))
    headers = {"Content-Disposition": f'attachment; filename="bien-nhan-{act.pk}.xlsx"'}
    return HttpResponse(body, content_type=CONTENT_TYPE, headers=headers)


@acting_required
def bulk_letters(request: ActingRequest, pk: int) -> HttpResponse:
    """The letters of a reminder in the official layout, one an agency, as one PDF."""
    act = _receipt_of(request, pk)
    reminders = list(
        act.reminders.select_related("agency", "programme__lead", "report__cycle").order_by("id")
    )
    if not reminders:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="don-doc-{act.pk}.pdf"'}
    return HttpResponse(letters_pdf(reminders), content_type="application/pdf", headers=headers)
