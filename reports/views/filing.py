"""The form of a report: the whole of it, and one field saved by itself."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from core import clock
from core.findings import BusinessError, Conflict, NotAllowed, WrongState
from core.templatetags.components import cell_id
from reports.filing.acts import BESIDE, offered
from reports.filing.band import band_of
from reports.filing.checks import check_filing, last_filing
from reports.filing.content import read_filing
from reports.filing.editing import SavedRows, save_row, save_rows
from reports.filing.form import Field, FilingForm, build_form
from reports.filing.pageshapes import PLACE
from reports.filing.posting import NOTHING_POSTED, VERSION, Posted, posted_rows, split
from reports.filing.shapes import FilingContent
from reports.models import Filing, Report
from reports.views.access import own_or_led_report, report_url
from reports.views.reports import frame


@acting_required
def filing_form(request: ActingRequest, programme: str, cycle: str, key: str) -> HttpResponse:
    """The form of the open draft; `?check` lists what is wrong. A post saves all that was touched."""
    report = own_or_led_report(request, programme, cycle, key)
    require(request.membership, "filing.edit", report)
    filing = report.filings.order_by("number").last()
    editable = filing is not None and filing.is_editable and not filing.ready_for_approver
    if filing is None or (not editable and request.method != "POST"):
        return redirect(report_url("report_detail", report))
    filing.report = report
    if request.method != "POST":
        return render(request, "reports/filing_form.html", _page(request, report, filing))
    posted = posted_rows(request.POST)
    saved = save_rows(filing, posted.rows, actor=request.membership, versions=posted.versions)
    if saved.conflicts:
        filing.refresh_from_db()
        context = _page(request, report, filing)
        context["conflicts"] = _conflicts(saved, context["form"])
        return render(request, "reports/filing_form.html", context, status=409)
    return _after(request, report, saved)


def _page(request: ActingRequest, report: Report, filing: Filing) -> dict[str, Any]:
    before = last_filing(filing)
    content = read_filing(filing)
    findings = check_filing(filing, content)
    content = _with_source(request, content)
    checking = "check" in request.GET
    posted = _typed_before_sign_in(request)
    form = build_form(filing, content, read_filing(before) if before else None, findings, posted)
    return frame(report) | {
        "filing": filing,
        "form": form,
        "band": band_of(report, filing, request.membership),
        "acts": [one for one in offered(report, filing, request.membership) if one.name not in BESIDE],
        "checking": checking,
        "findings": findings if checking else [],
        "errors": sum(1 for one in findings if one.bars),
        "last": before,
        "returned": report.filings.filter(number=filing.number - 1).first(),
        "illustrative": filing.illustrative,
        "carried_here": bool(posted.rows),
    }


def _with_source(request: ActingRequest, content: FilingContent) -> FilingContent:
    """Money fields of the source that was asked for in `?line=projects/…&source=…`."""
    return content.with_source(request.GET.get("line", ""), request.GET.get("source", ""))


def _typed_before_sign_in(request: ActingRequest) -> Posted:
    """What was typed here before the sign-in expired; shown again, never applied unasked."""
    if not request.carried:
        return NOTHING_POSTED
    request.carried.shown = True
    return posted_rows(request.carried.data)


def _conflicts(saved: SavedRows, form: FilingForm) -> list[dict[str, Any]]:
    """For each row that somebody else saved first, what components/conflict.html asks with."""
    fields: dict[str, Field] = {f"text/{name}": one for name, one in form.texts.items()}
    for section in form.sections:
        fields |= {one.path: one for line in section.lines for one in line.every_field}
    found = []
    for name, conflict in saved.conflicts.items():
        rows = [
            {
                "name": f"{name}/{field}",
                "label": fields[f"{name}/{field}"].label,
                "yours": yours,
                "theirs": conflict.theirs[field],
                "yours_words": _words(fields[f"{name}/{field}"], yours),
                "theirs_words": _words(fields[f"{name}/{field}"], conflict.theirs[field]),
            }
            for field, yours in conflict.yours.items()
            if yours != conflict.theirs[field]
        ]
        found.append({"rows": rows, "row_version": conflict.row_version, "version_name": f"{VERSION}{name}"})
    return found


def _words(field: Field, value: str) -> str:
    """The value as a person reads it: of a choice its words."""
    return str(dict(field.choices).get(value, value))


def _after(request: ActingRequest, report: Report, saved: SavedRows) -> HttpResponse:
    """Back to the form, with what could not be read; or on to the check."""
    bad = len(saved.invalid)
    if bad:
        text = ngettext(
            "Saved. %(n)d value could not be read; it is kept as typed and marked.",
            "Saved. %(n)d values could not be read; they are kept as typed and marked.",
            bad,
        )
        messages.warning(request, text % {"n": bad})
    else:
        messages.success(request, _("Saved."))
    url = report_url("filing_form", report)
    if (line := request.POST.get("add", "")) and (source := request.POST.get(f"source:{line}", "")):
        return redirect(f"{url}?{urlencode({'line': line, 'source': source})}#{cell_id(PLACE, line)}")
    checking = bad or "check" in request.POST
    return redirect(url + ("?check=1" if checking else ""))


@require_POST
@acting_required
def filing_row(request: ActingRequest, programme: str, cycle: str, key: str) -> HttpResponse:
    """One field, as filing.js posts it: `path` (row and field), `value`, and the row's `row_version`."""
    report = own_or_led_report(request, programme, cycle, key)
    path, value = request.POST.get("path", ""), request.POST.get("value", "")
    row, name = split(path)
    version = request.POST.get("row_version", "")
    try:
        require(request.membership, "filing.edit", report)
        filing = report.filings.order_by("number").last()
        if filing is None:
            raise WrongState(_("The report is not begun. Reload the page."), code="wrong_state")
        saved = save_row(
            filing,
            row,
            {name: value},
            actor=request.membership,
            row_version=int(version) if version.isdecimal() else 0,
        )
    except Conflict as conflict:
        theirs = conflict.theirs[name]
        return _answer("conflict", conflict.row_version, theirs, str(conflict), status=409)
    except (NotAllowed, WrongState) as refused:
        status = 403 if isinstance(refused, NotAllowed) else 409
        return _answer("locked", None, None, str(refused), status=status)
    except BusinessError as refused:
        return _answer("refused", None, None, str(refused), status=422)
    if path in saved.invalid:
        return _answer("invalid", saved.row_version, saved.values[name], saved.invalid[path])
    beside = {f"{row}/{one}": text for one, text in saved.values.items() if one != name}
    return _answer("saved", saved.row_version, saved.values[name], "", beside=beside)


def _answer(
    state: str,
    row_version: int | None,
    value: str | None,
    message: str,
    *,
    status: int = 200,
    beside: dict[str, str] | None = None,
) -> JsonResponse:
    """`beside` holds fields of the same row that changed with it: a day that went with a status."""
    said = {"status": state, "row_version": row_version, "value": value, "message": message}
    at = f"{clock.now().astimezone(clock.HANOI):%H:%M}"
    return JsonResponse(said | {"beside": beside or {}, "at": at}, status=status)
