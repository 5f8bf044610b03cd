"""What the page of rights shows of reports: the workflow, the acts beside it, what a page is about."""

from collections.abc import Iterator

from django.urls import ResolverMatch
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.permissions import Related
from agencies.rights.workflows import ShownAct, ShownWorkflow
from core import clock
from reports.filing.acts import OTHER_ACTS, Act
from reports.filing.workflow import FILING_WORKFLOW
from reports.models import Compilation, Cycle, Filing, FilingState, Report

NOTHING = "none"
STATES = {NOTHING: _("nothing yet"), **dict(FilingState.choices)}


def _other_acts() -> Iterator[ShownAct]:
    """The acts that change no state, with the states of the live filing in which the table offers them."""
    for act in OTHER_ACTS:
        sources = [NOTHING] if act.possible(Report(), None) else []
        sources += [state.value for state in FilingState if _possible(act, state)]
        yield ShownAct(act.name, act.label, act.permission, sources)


def _possible(act: Act, state: FilingState) -> bool:
    """Whether the act is offered in the state, with the leader or not."""
    submitted = None if state == FilingState.DRAFT else clock.now()
    obligation = Report(first_submitted_at=submitted)
    # Filings that are never stored, to ask the table of acts about.
    fields = ["id", "state", "ready_for_approver"]
    filings = (Filing.from_db(None, fields, [0, state, ready]) for ready in (False, True))
    return any(act.possible(obligation, filing) for filing in filings)


FILINGS = ShownWorkflow(20, "filing", _("Reports: states and acts"), FILING_WORKFLOW, STATES, _other_acts)


def object_at(match: ResolverMatch, membership: Membership) -> Related | None:
    """The obligation, period or compilation of a page."""
    found = match.kwargs
    if {"programme", "cycle", "key"} <= set(found):
        reports = Report.objects.visible_to(membership).select_related("agency", "cycle__programme__lead")
        return reports.filter(
            cycle__programme__code=found["programme"],
            cycle__code=found["cycle"],
            agency__key=found["key"],
        ).first()
    if {"programme", "cycle"} <= set(found):
        cycles = Cycle.objects.select_related("programme__lead")
        return cycles.filter(programme__code=found["programme"], code=found["cycle"]).first()
    if match.url_name in ("compilation_detail", "compilation_issue"):
        compilations = Compilation.objects.visible_to(membership).select_related("cycle__programme__lead")
        return compilations.filter(pk=found["pk"]).first()
    return None
