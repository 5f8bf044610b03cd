"""How a report stands to its reader: state, whose turn, until when, why it is locked."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.answering import name_of_answering
from agencies.models import Membership, Role
from core.findings import Text
from plans.standing import Standing as Band
from plans.standing import charge_of, time_left
from reports.cycles.granting import exempted_by
from reports.filing.workflow import LOOK, TURN
from reports.keeping import OPEN_STATES
from reports.models import Filing, FilingState, Report


def live_filing(report: Report, membership: Membership) -> Filing | None:
    """The filing that is open or counts, as the reader may see it: a draft is its agency's own affair."""
    filings = report.filings.exclude(state=FilingState.RETURNED).select_related("in_charge__user")
    filing = filings.order_by("number").last()
    own = report.agency_id in membership.agency_ids
    if filing is None or (filing.state == FilingState.DRAFT and not own):
        return None
    filing.report = report
    return filing


def band_of(report: Report, filing: Filing | None, membership: Membership) -> Band:
    """The band under the title; `filing` is the live one as the reader may see it."""
    if report.exempt:
        return Band("none", "–", _("Exempt"), locked=exempted_by(report))
    state = filing.state if filing else FilingState.DRAFT
    family, sign = LOOK[state] if filing else ("none", "○")
    turn, mine = _turn(report, filing, membership)
    until = _until(report, filing)
    return Band(
        family=family,
        sign=sign,
        word=_word(report, filing),
        turn=turn,
        mine=mine,
        until=until,
        left=time_left(until) if until else "",
        locked=_locked(filing, membership),
        **(charge_of("filing", filing, membership) if filing and filing.state in OPEN_STATES else {}),
    )


def _word(report: Report, filing: Filing | None) -> Text:
    if filing is None:
        return _("Returned") if report.first_submitted_at else _("Not begun")
    if filing.is_editable and filing.ready_for_approver:
        return _("With the leader")
    if filing.is_editable and filing.number > 1:
        return ngettext("Returned, to be mended", "Returned %(n)d times, to be mended", filing.number - 1) % {
            "n": filing.number - 1
        }
    return filing.get_state_display()


def _turn(report: Report, filing: Filing | None, membership: Membership) -> tuple[Text, bool]:
    whose = TURN[filing.state] if filing else "own"
    if whose == "own":
        own = report.agency_id in membership.agency_ids
        who = name_of_answering(report.agency)
        if filing is not None and filing.ready_for_approver:
            return _("the leader of %(agency)s") % {"agency": who}, own and membership.role == Role.APPROVER
        return who, own and membership.role == Role.EDITOR
    if whose == "lead":
        lead = report.cycle.programme.lead
        return name_of_answering(lead), lead.pk in membership.agency_ids and membership.role == Role.REVIEWER
    return "", False


def _until(report: Report, filing: Filing | None) -> date | None:
    """The deadline, as long as nothing was submitted; a return sets none."""
    return report.due_on if report.first_submitted_at is None else None


def _locked(filing: Filing | None, membership: Membership) -> Text:
    if filing is None:
        return ""
    if filing.is_editable:
        return _("Locked until the leader hands it back") if filing.ready_for_approver else ""
    return _("A submitted report never changes; a return opens a new one")
