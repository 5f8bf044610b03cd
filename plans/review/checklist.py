"""What a reviewer checks in a plan: the programme's list, the ticks of the open review, what a step froze.

Ticks are shared by all reviewers of the lead while the review is open. The step that ends it (approve,
return, reject) keeps the list as it was ticked then; the next review begins without ticks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, Place, Refused, WrongState, error
from plans.models import ChecklistItem, Plan, PlanState, PlanStep, ReviewTick, with_document

# The steps that end a review.
ENDS_REVIEW = ("approve", "return", "reject")


@dataclass(frozen=True, slots=True)
class Check:
    """One item of the list, and who ticked it when; nobody has where `at` is None."""

    item: ChecklistItem
    at: datetime | None = None
    by: str = ""

    @property
    def ticked(self) -> bool:
        return self.at is not None

    @property
    def basis(self) -> str:
        return self.item.basis_words


def checks_of(plan: Plan) -> list[Check]:
    """The programme's list with the ticks of the open review; two queries."""
    items = list(with_document(ChecklistItem.objects.filter(programme=plan.programme_id)))
    ticks = {
        one.item_id: one
        for one in (ReviewTick.objects.filter(plan=plan).select_related("by") if items else ())
    }
    return [
        Check(item, found.at, str(found.by)) if (found := ticks.get(item.pk)) else Check(item)
        for item in items
    ]


def last_checked(steps: Sequence[PlanStep]) -> PlanStep | None:
    """The last step that ended a review in which there was something to check."""
    return next((one for one in reversed(steps) if one.verb in ENDS_REVIEW and one.checks), None)


def tick(plan: Plan, ticked: Collection[int], *, actor: Membership) -> list[Check]:
    """Tick exactly these items of the open review; who ticked one before stays its name."""
    with transaction.atomic():
        row = lock(plan)
        require(actor, "plan.review", row)
        if row.state != PlanState.IN_REVIEW:
            raise WrongState(
                _("The plan is now “%(state)s”; items are ticked while it is in review. Reload the page.")
                % {"state": row.get_state_display()},
                code="wrong_state",
            )
        _write(row, ticked, actor)
        return checks_of(row)


def _write(plan: Plan, ticked: Collection[int], actor: Membership) -> None:
    known = set(ChecklistItem.objects.filter(programme=plan.programme_id).values_list("pk", flat=True))
    if unknown := set(ticked) - known:
        text = _("There is no item %(item)s on the list of this programme; reload the page.")
        said = text % {"item": min(unknown)}
        raise Refused(said, [error("no_item", said, Place(path="checked"))], code="checklist")
    ReviewTick.objects.filter(plan=plan).exclude(item__in=ticked).delete()
    there = set(ReviewTick.objects.filter(plan=plan).values_list("item_id", flat=True))
    now = clock.now()
    ReviewTick.objects.bulk_create(
        ReviewTick(plan=plan, item_id=pk, at=now, by=actor.user) for pk in sorted(set(ticked) - there)
    )


def unticked(checks: Sequence[Check], *, required: bool) -> list[Finding]:
    """The items that are not ticked, those that are required for an approval or the others."""
    text = _("Not checked yet: %(item)s")
    return [
        error("check_missing", text % {"item": one.item.text}, Place(path="checked"))
        for one in checks
        if not one.ticked and one.item.required == required
    ]


def settle(plan: Plan, verb: str, checked: Collection[int] | None, actor: Membership) -> list[dict[str, Any]]:
    """What the step that ends a review keeps of the list; the ticks of the review are gone then.

    `checked` are the items ticked with the step itself; None leaves the ticks as they are. Raises `Refused`
    when an approval lacks a required item.
    """
    if checked is not None:
        _write(plan, checked, actor)
    checks = checks_of(plan)
    if verb == "approve" and (missing := unticked(checks, required=True)):
        text = ngettext(
            "%(n)d item that is required for an approval is not checked. Check it, or return the plan.",
            "%(n)d items that are required for an approval are not checked. Check them, or return the plan.",
            len(missing),
        )
        raise Refused(text % {"n": len(missing)}, missing, code="checklist")
    ReviewTick.objects.filter(plan=plan).delete()
    return [
        {"text": one.item.text, "basis": one.basis, "required": one.item.required, "ticked": one.ticked}
        for one in checks
    ]
