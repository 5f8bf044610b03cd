"""The log of sign-ins for administrators: as a page and as a workbook."""

from collections.abc import Iterator
from itertools import islice

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agencies.acting import ActingRequest, acting_required
from agencies.models import Membership, SignInEvent
from agencies.people.scope import accounts_kept, keeps_all
from agencies.permissions import require
from agencies.sign_in.agents import device
from agencies.sign_in.filters import SignInFilter
from core import clock
from core.notation import format_datetime
from core.spreadsheets import CONTENT_TYPE, CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook

PAGE_SIZE = 50
MOST_ROWS = 50_000


def events_kept(actor: Membership) -> QuerySet[SignInEvent]:
    """Of the people whose whole account the actor keeps: nobody signs in for one agency alone.

    What was tried with an address that is nobody's is for who keeps the portal.
    """
    found = SignInEvent.objects.select_related("user").order_by("-at", "-id")
    return found if keeps_all(actor) else found.filter(user__in=accounts_kept(actor))


@acting_required
def sign_in_list(request: ActingRequest) -> HttpResponse:
    """Sign-ins and failures, the newest first."""
    require(request.membership, "people.manage")
    found = SignInFilter(request.GET, queryset=events_kept(request.membership))
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "crumbs": [(_("Administration"), reverse("administration"))],
        "filter": found,
        "page": page,
        "rows": [(event, device(event.agent) if event.agent else "") for event in page.object_list],
        "count": ngettext("%(n)d entry", "%(n)d entries", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("sign_in_list_export"))],
    }
    return render(request, "agencies/sign_in/list.html", context)


@acting_required
def sign_in_list_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX; of a very long log the newest entries."""
    require(request.membership, "people.manage")
    events = SignInFilter(request.GET, queryset=events_kept(request.membership)).qs
    headers = {"Content-Disposition": 'attachment; filename="nhat-ky-dang-nhap.xlsx"'}
    return HttpResponse(_workbook(events), content_type=CONTENT_TYPE, headers=headers)


@override("vi")
def _workbook(events: QuerySet[SignInEvent]) -> bytes:
    """Vietnamese in either language of the pages, as are all files; dated in real time."""
    columns = (
        SheetColumn(_("Time"), CellKind.DATETIME),
        SheetColumn(_("What happened"), width=30),
        SheetColumn(_("Person"), width=30),
        SheetColumn(_("E-mail address as typed"), width=34),
        SheetColumn(_("Network address"), width=24),
        SheetColumn(_("Device"), width=26),
        SheetColumn(_("Browser's own name"), width=60),
    )
    now = clock.real_now()
    as_of = _("as of %(time)s") % {"time": format_datetime(now)}
    cut = _("the newest %(n)d entries") % {"n": MOST_ROWS}
    titles = (_("Log of sign-ins"), f"{as_of}, {cut}" if events.count() > MOST_ROWS else as_of)
    spec = SheetSpec(_("Log of sign-ins"), columns, titles=titles, frozen_columns=1)
    return write_workbook([Sheet(spec, _rows(events))], created=now, title=_("Log of sign-ins"))


def _rows(events: QuerySet[SignInEvent]) -> Iterator[tuple[Value, ...]]:
    for event in islice(events.iterator(chunk_size=2000), MOST_ROWS):
        yield (
            event.at,
            event.get_kind_display(),
            str(event.user or ""),
            event.email,
            event.address or "",
            device(event.agent) if event.agent else "",
            event.agent,
        )
