"""Compilations: frozen figures, what arrived since, and the files issued from them."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.offering import Offer
from agencies.permissions import require
from core import clock
from core.findings import Refused, WrongState
from core.notation import format_datetime
from reports.compiling import compile_cycle, differences, issue_report
from reports.figures import compliance as figures_of
from reports.figures.attributed import attributed
from reports.figures.presenting import presented
from reports.filters import CompilationFilter
from reports.forms import CopyForm, IssueForm, say_at_field
from reports.issued import MEDIA_TYPES, file_name, issued_as, stored_bytes
from reports.models import Compilation, Cycle, Filing, IssuedFile
from reports.views.access import compilation_of, cycle_url, issued_file_of, leads, led_cycle
from reports.views.attribution import AttributionForm
from reports.views.cycles import frame
from reports.views.offers import compilation_offers

PAGE_SIZE = 50


@acting_required
def compilation_list(request: ActingRequest) -> HttpResponse:
    """Compiled and issued reports: the lead's own, and everything issued."""
    found = (
        Compilation.objects.visible_to(request.membership)
        .select_related("cycle__programme", "by")
        .prefetch_related("issued_files")
        .defer("figures")
    )
    narrowed = CompilationFilter(request.GET, queryset=found.order_by("-as_of", "-id"))
    page = Paginator(narrowed.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "page": page,
        "count": ngettext("%(n)d compilation", "%(n)d compilations", total) % {"n": total},
        "programme_url": reverse("compilation_list"),
    }
    return render(request, "reports/compilation_list.html", context)


@acting_required
def cycle_compile(request: ActingRequest, programme: str, cycle: str) -> HttpResponse:
    """Asks before it freezes what counts now."""
    found = led_cycle(request, programme, cycle)
    require(request.membership, "report.compile", found)
    if request.method == "POST":
        compilation = compile_cycle(found, actor=request.membership)
        messages.success(request, _("The report is compiled."))
        return redirect("compilation_detail", pk=compilation.pk)
    return render(request, "components/confirm_page.html", _question(found))


def _question(cycle: Cycle) -> dict[str, Any]:
    counting = Filing.objects.counting(cycle, clock.now())
    total, accepted = counting.count(), counting.filter(accepted_at__isnull=False).count()
    url = cycle_url("cycle_detail", cycle)
    return frame(cycle) | {
        "heading": _("Compile the report of %(title)s") % {"title": cycle.title},
        "text": _(
            "The reports that count now are frozen with the figures made of them. What arrives later is "
            "listed as a difference, and the report can be compiled anew."
        ),
        "facts": [
            (_("Agencies that owe a report"), str(cycle.reports.count())),
            (_("Reports that count"), str(total)),
            (_("of which accepted"), str(accepted)),
            (_("As of"), format_datetime(clock.now())),
        ],
        "label": _("Compile"),
        "cancel_url": url,
        "url": "",
        "fields": {"next": url},
    }


@acting_required
def compilation_detail(request: ActingRequest, pk: int) -> HttpResponse:
    """The frozen figures, their hash, the files issued, and for the lead what arrived later."""
    found = compilation_of(request, pk)
    form = AttributionForm(request.GET or None)
    figures = attributed(figures_of.frozen(found), found.cycle, form.attribution())
    led = leads(request.membership, found.cycle)
    changed = differences(found, clock.now()) if led else []
    files = sorted(found.issued_files.all(), key=lambda one: one.format)
    crumbs = [(_("Compilations"), reverse("compilation_list")), (found.cycle.programme.short_name, "")]
    context = frame(found.cycle) | {
        "crumbs": [*crumbs, (found.cycle.title, cycle_url("cycle_detail", found.cycle))],
        "compilation": found,
        "figures": figures,
        "shown": presented(figures),
        "files": files,
        "issued": files[0] if files else None,
        "differences": changed,
        "led": led,
        "intact": hashlib.sha256(found.figures.encode()).hexdigest() == found.sha256,
        "illustrative": found.illustrative,
        "offers": _offers(found, request, changed=bool(changed)),
        "form": form,
        "as_agencies": form.attribution().words,
    }
    return render(request, "reports/compilation_detail.html", context)


def _offers(compilation: Compilation, request: ActingRequest, *, changed: bool) -> dict[str, Offer]:
    """Compiling anew is offered only where it would change anything."""
    found = compilation_offers(compilation, request.membership)
    return {name: one for name, one in found.items() if changed or name != "compile"}


@acting_required
def compilation_issue(request: ActingRequest, pk: int) -> HttpResponse:
    """Number, date and signer make the compilation an issued report."""
    found = compilation_of(request, pk)
    require(request.membership, "report.issue", found)
    posted = request.method == "POST"
    form = IssueForm(
        request.POST if posted else None,
        illustrative=found.illustrative,
        initial={"issued_on": clock.today()},
    )
    if posted and form.is_valid():
        try:
            issue_report(found, actor=request.membership, **form.cleaned_data)
        except Refused as refused:
            say_at_field(form, refused)
        else:
            messages.success(request, _("The report is issued."))
            return redirect("compilation_detail", pk=found.pk)
    if not posted and found.issued_files.exists():
        raise WrongState(_("This compilation is issued already. Compile anew to issue again."), code="issued")
    context = _issue_question(found) | {"form": form}
    return render(request, "components/confirm_page.html", context, status=422 if posted else 200)


def _issue_question(compilation: Compilation) -> dict[str, Any]:
    url = reverse("compilation_detail", args=[compilation.pk])
    return frame(compilation.cycle) | {
        "heading": _("Issue the report of %(title)s") % {"title": compilation.cycle.title},
        "text": _(
            "PDF and XLSX are made and stored for good, with their SHA-256 and the head of the audit chain. "
            "Everyone signed in can read them from then on."
        ),
        "facts": [
            (_("Compilation"), str(compilation.number)),
            (_("As of"), format_datetime(compilation.as_of)),
            (_("Reports that count"), str(compilation.filings.count())),
        ],
        "label": _("Issue"),
        "cancel_url": url,
        "url": "",
        "fields": {"next": url},
        "illustrative": compilation.illustrative,
        "crumbs": [(_("Compilations"), reverse("compilation_list")), (compilation.cycle.title, url)],
    }


@acting_required
def issued_file(request: ActingRequest, pk: int) -> HttpResponse:
    """An issued file as it was stored; one that no longer has its SHA-256 is refused."""
    found = issued_file_of(pk)
    body = stored_bytes(found)
    disposition = content_disposition_header("view" not in request.GET, file_name(found)) or "attachment"
    return HttpResponse(
        body,
        content_type=MEDIA_TYPES[IssuedFile.Format(found.format)],
        headers={"Content-Disposition": disposition},
    )


@acting_required
def verify_copy(request: ActingRequest) -> HttpResponse:
    """Whether a copy of a file is the issued one, by its SHA-256."""
    posted = request.method == "POST"
    form = CopyForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [(_("Compilations"), reverse("compilation_list"))],
    }
    if posted and form.is_valid():
        copy = form.cleaned_data["copy"]
        digest = hashlib.sha256()
        for chunk in copy.chunks():
            digest.update(chunk)
        context |= {
            "checked": True,
            "name": copy.name,
            "hash": digest.hexdigest(),
            "found": issued_as(digest.hexdigest()),
        }
    status = 422 if posted and not form.is_valid() else 200
    return render(request, "reports/verify_copy.html", context, status=status)
