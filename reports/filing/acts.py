"""Which acts a report offers to whom: the filing's workflow, and one literal table of acts without a state.

Pages draw their buttons from `offered()`, and `filing_act` performs nothing that does not stand here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.offering import ObjectAct, Offer, concerns, offers
from agencies.permissions import can
from core.findings import Text
from reports.filing.workflow import FILING_WORKFLOW
from reports.models import Filing, FilingState, Report


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a report. `asks` is true when a form comes first; `possible` reads the live filing."""

    name: str
    label: Text
    permission: str
    possible: Callable[[Report, Filing | None], bool]
    asks: bool = True
    four_eyes: bool = False


def _draft(ready: bool) -> Callable[[Report, Filing | None], bool]:
    return lambda report, filing: (
        filing is not None and filing.is_editable and filing.ready_for_approver is ready
    )


def _in_states(states: tuple[FilingState, ...]) -> Callable[[Report, Filing | None], bool]:
    return lambda report, filing: filing is not None and filing.state in states


def _owed(report: Report, filing: Filing | None) -> bool:
    """No exemption, and neither submitted nor received; or returned, so that the agency mends it."""
    if report.first_submitted_at is None:
        return not report.exempt and report.received_on is None
    return not report.exempt and (filing is None or filing.is_editable)


OTHER_ACTS: tuple[Act, ...] = (
    Act(
        "begin",
        _("Begin the report"),
        "filing.edit",
        lambda report, filing: filing is None and not report.exempt,
        asks=False,
    ),
    Act("hand_over", _("Hand to the leader"), "filing.hand_over", _draft(False), asks=False),
    Act("hand_back", _("Hand back to the editor"), "filing.hand_back", _draft(True)),
    Act("extend", _("Extend the deadline"), "report.extend", lambda report, filing: not report.exempt),
    Act("exempt", _("Exempt"), "report.extend", lambda report, filing: not report.exempt),
    Act("remind", _("Remind"), "report.remind", _owed),
    Act("receipt", _("Record a paper report"), "report.extend", lambda report, filing: not report.exempt),
)
_WITHOUT_A_FORM = {"accept"}

ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        *(
            Act(
                step.name,
                step.label,
                step.permission,
                _in_states(step.sources),
                asks=step.name not in _WITHOUT_A_FORM,
                four_eyes=step.four_eyes,
            )
            for step in FILING_WORKFLOW
        ),
        *OTHER_ACTS,
    )
}

# The order in which buttons stand; the next act goes last, where the hand looks for it.
MAIN = ("hand_back", "return_", "begin", "hand_over", "submit", "accept")
BESIDE = ("remind", "extend", "exempt", "receipt")

_NEXT: Mapping[tuple[str, bool], str] = {
    ("", False): "begin",
    (FilingState.DRAFT, False): "hand_over",
    (FilingState.DRAFT, True): "submit",
    (FilingState.SUBMITTED, False): "accept",
}


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """A button: `refused` says why it is shut, `next` that it is the page's one filled button."""

    name: str
    label: Text
    asks: bool
    next: bool
    refused: Text = ""


def offered(report: Report, filing: Filing | None, membership: Membership) -> list[OfferedAct]:
    """The acts possible now that somebody of the reader's agency may do, others' shut with the reason."""
    state = (filing.state, filing.ready_for_approver) if filing else ("", False)
    following = _NEXT.get(state, "")
    found = []
    for name in (*BESIDE, *MAIN):
        act = ACTS[name]
        if not concerns(act.permission, report, membership) or not act.possible(report, filing):
            continue
        refused = why_not(act, report, filing, membership)
        found.append(OfferedAct(name, act.label, act.asks, name == following and not refused, refused))
    return found


def why_not(act: Act, report: Report, filing: Filing | None, membership: Membership) -> Text:
    """Why the person may not, or "": the right, or four eyes."""
    decision = can(membership, act.permission, report)
    if not decision:
        return decision.reason
    if act.four_eyes and filing is not None and membership.user_id in filing.people_who_made_it():
        return _("Who drafted or submitted it cannot decide on it. Ask another member of your agency.")
    return ""


def _with_the_leader(report: Report) -> Text:
    """Asked only of a report whose live filing lies with the leader."""
    return _("It lies with the leader. It can be edited again once it is handed back.")


def edit_offer(report: Report, filing: Filing | None, membership: Membership) -> Offer | None:
    """Filling in a draft: open, or shut with the reason; None where there is no draft to fill in."""
    if filing is None or not filing.is_editable:
        return None
    bar = _with_the_leader if filing.ready_for_approver else (lambda report: "")
    act = ObjectAct("edit", _("Fill in the report"), "filing.edit", bar=bar)
    return offers((act,), report, membership, lambda name: "").get("edit")
