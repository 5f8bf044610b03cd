"""The acts on a report: one page asks, one address performs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.models import Membership
from agencies.models.delegation import in_one_line, signature_of
from agencies.permissions import require
from core.findings import Finding, NotAllowed, Refused, Text, WrongState
from core.notation import format_date
from core.templatetags.components import place_id
from reports.cycles.granting import exempt, extend, record_receipt
from reports.filing.actions import (
    accept_filing,
    begin_filing,
    hand_back_filing,
    hand_over_filing,
    return_filing,
    submit_filing,
)
from reports.filing.acts import ACTS, Act, why_not
from reports.filing.band import live_filing
from reports.filing.checks import check_filing
from reports.forms import (
    ActForm,
    ExemptionForm,
    ExtensionForm,
    LetterForm,
    NoteForm,
    ReasonForm,
    ReceiptForm,
    ReminderForm,
    say_at_field,
)
from reports.models import Filing, Report
from reports.reminders.actions import remind
from reports.views.access import cycle_url, own_or_led_report, report_url
from reports.views.reports import frame

Perform = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Handling:
    """How an act is asked and performed: on the filing, or where `on_report` is true on the obligation."""

    perform: Perform
    done: Text
    form: type[ActForm] = ActForm
    text: Text = ""
    on_report: bool = False
    shows_findings: bool = False


HANDLING: Mapping[str, Handling] = {
    "begin": Handling(begin_filing, gettext_lazy("The report is begun."), on_report=True),
    "hand_over": Handling(hand_over_filing, gettext_lazy("The report lies with the leader.")),
    "hand_back": Handling(
        hand_back_filing,
        gettext_lazy("The report went back to the editor."),
        NoteForm,
        gettext_lazy("The editor can change it again."),
    ),
    "submit": Handling(
        submit_filing,
        gettext_lazy("The report is submitted."),
        LetterForm,
        gettext_lazy("What is submitted never changes. The first submission fixes whether it was on time."),
        shows_findings=True,
    ),
    "accept": Handling(accept_filing, gettext_lazy("The report is accepted.")),
    "return_": Handling(
        return_filing,
        gettext_lazy("The report is returned."),
        ReasonForm,
        gettext_lazy("The agency mends a copy. The return does not change whether the report was on time."),
    ),
    "extend": Handling(extend, gettext_lazy("The deadline is extended."), ExtensionForm, on_report=True),
    "exempt": Handling(
        exempt,
        gettext_lazy("The agency is exempt from this report."),
        ExemptionForm,
        gettext_lazy("The agency owes no report in this period, and counts neither as late nor as missing."),
        on_report=True,
    ),
    "remind": Handling(
        remind,
        gettext_lazy("The reminder is sent."),
        ReminderForm,
        gettext_lazy("Everybody who drafts or submits for the agency gets the letter by e-mail."),
        on_report=True,
    ),
    "receipt": Handling(
        record_receipt,
        gettext_lazy("The receipt of the paper is recorded."),
        ReceiptForm,
        gettext_lazy("The day of receipt stands for the submission where it is earlier."),
        on_report=True,
    ),
}


@acting_required
def filing_act(request: ActingRequest, programme: str, cycle: str, key: str, name: str) -> HttpResponse:
    """GET asks, POST performs; who may not is told why."""
    report = own_or_led_report(request, programme, cycle, key)
    if name not in ACTS:
        raise Http404
    act, handling = ACTS[name], HANDLING[name]
    require(request.membership, act.permission, report)
    filing = live_filing(report, request.membership)
    posted = request.method == "POST"
    if not posted or (filing is None and not handling.on_report):
        _refuse_the_impossible(act, report, filing, request.membership)
    signed_as = signature_of(request.membership) if name == "submit" else ""
    initial = {"signer": request.user.full_name} if signed_as else {}
    form = handling.form(request.POST if posted else None, initial=initial)
    findings = check_filing(filing) if handling.shows_findings and filing and not posted else []
    if posted and form.is_valid():
        try:
            handling.perform(
                report if handling.on_report else filing, actor=request.membership, **form.arguments()
            )
        except Refused as refused:
            if not refused.findings:
                say_at_field(form, refused)
            findings = refused.findings
        else:
            messages.success(request, str(handling.done))
            return redirect(_after(name, report))
    if findings and act.permission == "filing.hand_over":
        messages.error(request, _("Errors bar this. Mend them first."))
        return redirect(report_url("filing_form", report) + "?check=1")
    context = _question(act, handling, report, signed_as) | {
        "form": form if form.fields or form.errors else None,
        "findings": [(one, _place_url(report, one)) for one in findings],
    }
    return render(request, "components/confirm_page.html", context, status=422 if posted else 200)


def _refuse_the_impossible(act: Act, report: Report, filing: Filing | None, membership: Membership) -> None:
    if not act.possible(report, filing):
        raise WrongState(
            _("“%(label)s” is not possible now. Reload the page of the report.") % {"label": act.label},
            code="wrong_state",
        )
    if reason := why_not(act, report, filing, membership):
        raise NotAllowed(reason, code="not_allowed")


def _question(act: Act, handling: Handling, report: Report, signed_as: str) -> dict[str, Any]:
    """What confirm_page.html asks with."""
    url = report_url("report_detail", report)
    facts = [
        (_("Agency"), report.agency.name),
        (_("Period"), report.cycle.title),
        (_("Deadline"), format_date(report.due_on)),
        *([(_("Signed as"), in_one_line(signed_as))] if signed_as else []),
    ]
    return frame(report) | {
        "heading": act.label,
        "text": handling.text,
        "facts": facts,
        "label": act.label,
        "cancel_url": url,
        "url": "",
        "fields": {"next": url},
        "illustrative": report.cycle.illustrative,
    }


def _place_url(report: Report, finding: Finding) -> str:
    return f"{report_url('filing_form', report)}?check=1#{place_id(finding.place)}"


def _after(name: str, report: Report) -> str:
    """The page that follows: the form once it is begun, the list of the period after deciding on a report."""
    if name == "begin":
        return report_url("filing_form", report)
    if name in ("accept", "return_"):
        return cycle_url("cycle_detail", report.cycle) + "?state=submitted#obligations"
    return report_url("report_detail", report)
