"""The acts on a plan as a whole: hand over, submit, withdraw, open, return, approve, reject, register."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Membership
from agencies.models.delegation import signature_of
from agencies.permissions import require
from agencies.workflow import lock, perform
from core import clock
from core.findings import Refused, WrongState, error, errors
from core.vietnamese import clean
from core.workflow import Transition
from plans.models import Plan, PlanState, PlanStep
from plans.review.checklist import ENDS_REVIEW, settle
from plans.review.checks import check_plan
from plans.review.workflow import PLAN_WORKFLOW
from plans.versions.snapshot import freeze


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that goes with a step: a cover letter, or a decision with its issuer."""

    number: str = ""
    on: date | None = None
    signer: str = ""
    issuer: str = ""
    scan: File | None = None

    def missing(self, *names: str) -> list[str]:
        return [name for name in names if not getattr(self, name)]


_PAPER_FIELDS = {
    "number": lambda: _("number"),
    "on": lambda: _("date"),
    "signer": lambda: _("signer"),
    "issuer": lambda: _("issuer"),
}


def _require_paper(paper: Paper, *names: str) -> None:
    missing = paper.missing(*names)
    if missing:
        listed = ", ".join(_PAPER_FIELDS[name]() for name in missing)
        raise Refused(
            _("The document lacks: %(listed)s. Fill it in as it stands on the paper.") % {"listed": listed},
            [error(f"paper_{name}_missing", _PAPER_FIELDS[name]()) for name in missing],
            code="paper_incomplete",
        )


def _step(
    plan: Plan,
    transition: Transition[Any],
    from_state: str,
    *,
    actor: Membership,
    comment: str = "",
    paper: Paper | None = None,
    freezes: bool = False,
    checked: Collection[int] | None = None,
) -> dict[str, Any]:
    """Record the step that the plan takes, with its paper; freeze the content where it is a submission.

    A step that ends a review keeps what was checked in it.
    """
    paper = paper or Paper()
    verb = transition.verb or transition.name
    checks = settle(plan, verb, checked, actor) if verb in ENDS_REVIEW else []
    revision = freeze(plan, reason=verb, by=actor.user) if freezes else plan.revisions.last()
    step = PlanStep(
        plan=plan,
        verb=verb,
        from_state=from_state,
        to_state=plan.state,
        at=clock.now(),
        by=actor.user,
        agency=actor.agency,
        comment=comment,
        paper_number=clean(paper.number),
        paper_on=paper.on,
        paper_signer=clean(paper.signer),
        paper_issuer=clean(paper.issuer),
        signed_as=signature_of(actor) if verb == "submit" else "",
        revision=revision,
        checks=checks,
    )
    if paper.scan is not None:
        step.scan.save(paper.scan.name or "scan", paper.scan, save=False)
    step.save()
    plan.ready_for_approver = False
    plan.hand_back_note = ""
    return {"sha256": revision.sha256} if freezes and revision else {}


def hand_over(plan: Plan, *, actor: Membership) -> Plan:
    """Chuyển lãnh đạo: the editor puts the draft before the leader. No state changes."""
    return _flag(plan, ready=True, permission="plan.hand_over", verb="hand_over", actor=actor)


def hand_back(plan: Plan, *, actor: Membership, note: str = "") -> Plan:
    """The leader gives the draft back to the editor, with a note."""
    return _flag(plan, ready=False, permission="plan.hand_back", verb="hand_back", actor=actor, note=note)


def _flag(plan: Plan, *, ready: bool, permission: str, verb: str, actor: Membership, note: str = "") -> Plan:
    with audit.recording() as record:
        row = lock(plan)
        require(actor, permission, row)
        if not row.is_editable or row.ready_for_approver == ready:
            raise WrongState(_("This was done already. Reload the page."), code="wrong_state")
        if ready:
            _refuse_errors(row)
        row.ready_for_approver = ready
        row.hand_back_note = note
        row.save()
        record.add(verb, row, actor=actor, **({"comment": note} if note else {}))
    return row


def _refuse_errors(plan: Plan) -> None:
    findings = check_plan(plan)
    if bad := errors(findings):
        raise Refused(
            _("%(count)d errors bar this. Mend them first.") % {"count": len(bad)}, findings, code="findings"
        )


def submit_plan(plan: Plan, *, actor: Membership, letter: Paper, comment: str = "") -> Plan:
    """Trình: only the approver submits, with the cover letter's number, date and signer.

    Freezes a revision.
    """
    _require_paper(letter, "number", "on", "signer")
    return perform(
        PLAN_WORKFLOW,
        plan,
        "submit",
        actor=actor,
        comment=comment,
        check=_refuse_errors,
        apply=lambda row, transition, before: _step(
            row, transition, before, actor=actor, comment=comment, paper=letter, freezes=True
        ),
    )


def withdraw_plan(plan: Plan, *, actor: Membership, comment: str = "") -> Plan:
    """Rút: possible until a reviewer opens the plan."""
    return perform(
        PLAN_WORKFLOW,
        plan,
        "withdraw",
        actor=actor,
        comment=comment,
        apply=lambda row, transition, before: _step(row, transition, before, actor=actor, comment=comment),
    )


def open_review(plan: Plan, *, actor: Membership) -> Plan:
    return perform(
        PLAN_WORKFLOW,
        plan,
        "open_review",
        actor=actor,
        apply=lambda row, transition, before: _step(row, transition, before, actor=actor),
    )


def return_plan(
    plan: Plan, *, actor: Membership, reason: str, checked: Collection[int] | None = None
) -> Plan:
    """Trả lại: needs a reason; the agency edits and submits again. `checked` as in `checklist.settle`."""
    return perform(
        PLAN_WORKFLOW,
        plan,
        "return_",
        actor=actor,
        comment=reason,
        apply=lambda row, transition, before: _step(
            row, transition, before, actor=actor, comment=reason, checked=checked
        ),
    )


def reject_plan(
    plan: Plan, *, actor: Membership, reason: str, checked: Collection[int] | None = None
) -> Plan:
    return perform(
        PLAN_WORKFLOW,
        plan,
        "reject",
        actor=actor,
        comment=reason,
        apply=lambda row, transition, before: _step(
            row, transition, before, actor=actor, comment=reason, checked=checked
        ),
    )


def approve_plan(
    plan: Plan,
    *,
    actor: Membership,
    decision: Paper,
    comment: str = "",
    checked: Collection[int] | None = None,
) -> Plan:
    """Phê duyệt: with number, date and issuer of the decision, and everything checked that is required.

    The version in force until now is superseded.
    """
    _require_paper(decision, "number", "on", "issuer")
    return perform(
        PLAN_WORKFLOW,
        plan,
        "approve",
        actor=actor,
        comment=comment,
        apply=lambda row, transition, before: _decide(
            row, transition, before, actor=actor, decision=decision, comment=comment, checked=checked
        ),
    )


def register_plan(
    plan: Plan, *, actor: Membership, decision: Paper, in_force_from: date | None = None
) -> Plan:
    """Ghi nhận từ văn bản: a printed plan enters as approved, with its document's number, date and issuer.

    A document whose number or date our copy lacks (the notice of 28/12/2007) is registered by its issuer, in
    force from the day from which it is known.
    """
    _require_paper(decision, "issuer")

    def apply(row: Plan, transition: Transition[Any], before: str) -> dict[str, Any]:
        row.registered = True
        return _decide(row, transition, before, actor=actor, decision=decision, in_force_from=in_force_from)

    return perform(PLAN_WORKFLOW, plan, "register", actor=actor, apply=apply)


def _decide(
    plan: Plan,
    transition: Transition[Any],
    from_state: str,
    *,
    actor: Membership,
    decision: Paper,
    comment: str = "",
    in_force_from: date | None = None,
    checked: Collection[int] | None = None,
) -> dict[str, Any]:
    in_force_from = in_force_from or decision.on or clock.today()
    _supersede_previous(plan, in_force_from, actor)
    plan.decision_number = clean(decision.number)
    plan.decision_on = decision.on
    plan.decision_issuer = clean(decision.issuer)
    plan.decision_signer = clean(decision.signer)
    plan.in_force_from = in_force_from
    said = _step(
        plan,
        transition,
        from_state,
        actor=actor,
        comment=comment,
        paper=decision,
        freezes=True,
        checked=checked,
    )
    return {**said, "decision": plan.decision_number, "issuer": plan.decision_issuer}


def _supersede_previous(plan: Plan, new_from: date, actor: Membership) -> None:
    previous = Plan.objects.filter(code=plan.code, state=PlanState.APPROVED).exclude(pk=plan.pk).first()
    if previous is None:
        return
    last_day = new_from - timedelta(days=1)
    if previous.in_force_from and last_day < previous.in_force_from:
        raise Refused(
            _("The decision is dated %(new)s, not after the version in force since %(old)s. Check the date.")
            % {"new": new_from.strftime("%d/%m/%Y"), "old": previous.in_force_from.strftime("%d/%m/%Y")},
            code="decision_date",
        )

    def end(row: Plan, transition: Transition[Any], before: str) -> dict[str, Any]:
        row.in_force_to = last_day
        return {"by_version": plan.version}

    perform(PLAN_WORKFLOW, previous, "supersede", actor=actor, apply=end)
