"""One agency's report: its obligation, its filings, and what a filing says."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.answering import answering
from agencies.models import Membership
from agencies.models.delegation import signer_words
from core import clock
from core.findings import Finding, Text
from core.notation import format_date, format_datetime
from reports.cycles.granting import exempted_by, extended_by
from reports.cycles.timeliness import LOOK as TIMELINESS_LOOK
from reports.cycles.timeliness import timeliness_of, words
from reports.filing.acts import BESIDE, edit_offer, offered
from reports.filing.band import band_of, live_filing
from reports.filing.checks import check_filing, last_filing
from reports.filing.content import read_filing
from reports.filing.reading import reading_of
from reports.filing.workflow import LOOK
from reports.models import Filing, FilingState, Reminder, Report
from reports.reminders.undelivered import undelivered
from reports.views.access import cycle_url, report_of, report_url


@acting_required
def report_detail(request: ActingRequest, programme: str, cycle: str, key: str) -> HttpResponse:
    """The obligation with its filings; `?filing=2` shows an earlier one."""
    report = report_of(request, programme, cycle, key)
    filings = list(
        report.filings.visible_to(request.membership).select_related("submitted_by").order_by("-number")
    )
    for filing in filings:
        filing.report = report
    live = live_filing(report, request.membership)
    shown = _shown(request, filings, live)
    own = report.agency_id in request.membership.agency_ids
    acts = offered(report, live, request.membership)
    edit = edit_offer(report, live, request.membership) if own else None
    context = frame(report) | {
        "own": own,
        "taken_over": answering(report.agency).note,
        "live": live,
        "filings": [(filing, LOOK[filing.state]) for filing in filings],
        "shown": shown,
        "shown_look": LOOK[shown.state] if shown else ("", ""),
        "findings": _findings(report, shown),
        "reading": _reading(shown) if shown else None,
        "band": band_of(report, live, request.membership),
        "acts": [act for act in acts if act.name not in BESIDE],
        "beside": [act for act in acts if act.name in BESIDE],
        "editable": edit is not None and not edit.refused,
        "shut": [edit] if edit and edit.refused else [],
        "reminders": _reminders(report, request.membership),
        "timeliness": _timeliness(report),
        "facts": _facts(report),
        "receipt": _receipt(shown) if own and shown and shown.state == FilingState.SUBMITTED else None,
        "illustrative": report.cycle.illustrative or any(filing.illustrative for filing in filings),
    }
    return render(request, "reports/report_detail.html", context)


def _shown(request: ActingRequest, filings: list[Filing], live: Filing | None) -> Filing | None:
    """The filing whose content is shown: the one asked for, else the live one, else the newest submitted."""
    wanted = request.GET.get("filing", "")
    if wanted:
        found = next((one for one in filings if str(one.number) == wanted), None)
        if found is None:
            raise Http404
        return found
    return next((one for one in filings if live is None or one.pk == live.pk), None)


def _reading(filing: Filing) -> dict[str, Any]:
    before = last_filing(filing)
    return reading_of(filing, read_filing(filing), read_filing(before) if before else None)


def _findings(report: Report, filing: Filing | None) -> list[tuple[Finding, str]]:
    """What is wrong or doubtful in a draft that lies with the leader."""
    if filing is None or not filing.is_editable or not filing.ready_for_approver:
        return []
    return [(one, "") for one in check_filing(filing)]


def _reminders(report: Report, membership: Membership) -> list[tuple[Reminder, list[str]]]:
    """The letters that reminded the agency of it, the newest first, each with whom it did not reach.

    They are its own affair and its lead's.
    """
    found = list(report.reminders.visible_to(membership).select_related("by"))
    missed = undelivered(found)
    return [(one, missed.get(one.pk, [])) for one in found]


def _timeliness(report: Report) -> dict[str, Any]:
    judged = timeliness_of(report, clock.now())
    family, sign = TIMELINESS_LOOK[judged.standing]
    return {"family": family, "sign": sign, "word": words(judged)}


def _facts(report: Report) -> list[tuple[Text, Text]]:
    """The obligation: period, deadline, and what was granted or recorded, each with its document."""
    said: list[tuple[Text, Text]] = [
        (_("Period"), f"{format_date(report.cycle.window_from)}-{format_date(report.cycle.window_to)}"),
        (_("Deadline"), format_date(report.cycle.due_on)),
    ]
    if report.extended_to:
        granted = {"to": format_date(report.extended_to), "document": extended_by(report)}
        said.append((_("Extended"), _("to %(to)s, by %(document)s") % granted))
    if report.exempt:
        said.append((_("Exempt"), _("by %(document)s") % {"document": exempted_by(report)}))
    said.append((_("First submitted"), format_datetime(report.first_submitted_at)))
    if report.received_on:
        received = {"on": format_date(report.received_on), "document": report.received_document}
        said.append((_("Paper received"), _("%(on)s, number %(document)s") % received))
    return said


def _receipt(filing: Filing) -> dict[str, Any]:
    """What the agency keeps after a submission: when, as what, and the SHA-256 of what was frozen."""
    facts: list[tuple[Text, Text]] = [
        (_("Report"), f"{filing.report.agency.name}, {filing.report.cycle.title}"),
        (_("Number"), str(filing.number)),
        (_("Time"), format_datetime(filing.submitted_at)),
        (_("By"), str(filing.submitted_by)),
    ]
    if filing.letter_number:
        letter = {
            "number": filing.letter_number,
            "on": format_date(filing.letter_on),
            "signer": signer_words(filing.letter_signer, filing.signed_as),
        }
        facts.append((_("Cover letter"), _("%(number)s of %(on)s, signed by %(signer)s") % letter))
    return {"facts": facts, "hash": filing.sha256}


def frame(report: Report) -> dict[str, Any]:
    """What every page of one report shows in its head."""
    cycle = report.cycle
    return {
        "report": report,
        "cycle": cycle,
        "current_programme": cycle.programme,
        "programme_url": reverse("cycle_list"),
        "url": report_url("report_detail", report),
        "crumbs": [
            (_("Reports"), reverse("cycle_list")),
            (cycle.programme.short_name, ""),
            (cycle.title, cycle_url("cycle_detail", cycle)),
        ],
    }
