"""Which acts a report offers to whom: the filing's workflow, and one literal table of acts without a state.

Pages draw their buttons from `offered()`, and `filing_act` performs nothing that does not stand here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, Role
from agencies.permissions import GRANTS, can
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
BESIDE = ("extend", "exempt", "receipt")

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
        if not _concerns(act, report, membership) or not act.possible(report, filing):
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


def _concerns(act: Act, report: Report, membership: Membership) -> bool:
    """Whether any role of the reader's agency may do it: else the button would tell nobody there anything."""
    relations = report.relation_to(membership)
    return any(
        permission == act.permission and role is not Role.SYSTEM and relations & granted
        for (role, permission), granted in GRANTS.items()
    )
