"""The states of a filing and every step between them."""

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from reports.models import FilingState

S = FilingState

FILING_WORKFLOW: Workflow[FilingState] = Workflow(
    "filing",
    (
        Transition("submit", (S.DRAFT,), S.SUBMITTED, "filing.submit", _("Submit the report")),
        Transition("accept", (S.SUBMITTED,), S.ACCEPTED, "filing.review", _("Accept"), four_eyes=True),
        Transition(
            "return_",
            (S.SUBMITTED, S.ACCEPTED),
            S.RETURNED,
            "filing.review",
            _("Return"),
            needs_comment=True,
            four_eyes=True,
            verb="return",
        ),
    ),
)

TURN: dict[str, str] = {S.DRAFT: "own", S.SUBMITTED: "lead", S.ACCEPTED: "", S.RETURNED: "own"}

LOOK: dict[str, tuple[str, str]] = {
    S.DRAFT: ("work", "✎"),
    S.SUBMITTED: ("work", "→"),
    S.ACCEPTED: ("ok", "✓"),
    S.RETURNED: ("wait", "↩"),
}
