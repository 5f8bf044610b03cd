"""The states of a plan and every step between them.

Buttons, API, documentation and tests are derived from this.
"""

from django.utils.translation import gettext_lazy as _

from core.workflow import Transition, Workflow
from plans.models import PlanState

S = PlanState

PLAN_WORKFLOW: Workflow[PlanState] = Workflow(
    "plan",
    (
        Transition("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, "plan.submit", _("Submit for appraisal")),
        Transition("withdraw", (S.SUBMITTED,), S.DRAFT, "plan.withdraw", _("Withdraw")),
        Transition("open_review", (S.SUBMITTED,), S.IN_REVIEW, "plan.review", _("Open the review")),
        Transition(
            "return_",
            (S.IN_REVIEW,),
            S.RETURNED,
            "plan.review",
            _("Return"),
            needs_comment=True,
            four_eyes=True,
            verb="return",
        ),
        Transition("approve", (S.IN_REVIEW,), S.APPROVED, "plan.review", _("Approve"), four_eyes=True),
        Transition(
            "reject",
            (S.IN_REVIEW,),
            S.REJECTED,
            "plan.review",
            _("Reject"),
            needs_comment=True,
            four_eyes=True,
        ),
        Transition("register", (S.DRAFT,), S.APPROVED, "plan.register", _("Register from the document")),
        Transition("supersede", (S.APPROVED,), S.SUPERSEDED, "plan.supersede", _("Supersede")),
    ),
)

# Whose turn it is in each state: "own" the planning agency, "lead" the reviewing one, "" nobody's.
TURN: dict[str, str] = {
    S.DRAFT: "own",
    S.SUBMITTED: "lead",
    S.IN_REVIEW: "lead",
    S.RETURNED: "own",
    S.APPROVED: "",
    S.SUPERSEDED: "",
    S.REJECTED: "",
}

# How a state looks: colour family and sign (always with the word beside it).
LOOK: dict[str, tuple[str, str]] = {
    S.DRAFT: ("work", "✎"),
    S.SUBMITTED: ("work", "→"),
    S.IN_REVIEW: ("work", "◐"),
    S.RETURNED: ("wait", "↩"),
    S.APPROVED: ("ok", "✓"),
    S.SUPERSEDED: ("none", "⟲"),
    S.REJECTED: ("bad", "✕"),
}
