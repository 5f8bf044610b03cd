"""Acts on a filing: begin, save what was typed, hand over, submit, accept, return."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.models import Membership
from agencies.models.delegation import signature_of
from agencies.permissions import require
from agencies.workflow import lock, perform, perform_all
from core import clock
from core.findings import Refused, WrongState, errors
from core.vietnamese import clean
from core.workflow import Transition
from reports.cycles.lines import own_plans_of
from reports.filing.checks import check_filing
from reports.filing.content import fingerprint
from reports.filing.workflow import FILING_WORKFLOW
from reports.models import (
    Filing,
    FilingState,
    FundFlow,
    IndicatorResult,
    ProjectResult,
    Report,
    TaskResult,
)


def begin_filing(report: Report, *, actor: Membership) -> Filing:
    """The draft filing of a report; the open one if there is one already."""
    with audit.recording() as record:
        row = lock(report)
        require(actor, "filing.edit", row)
        live = row.filings.exclude(state=FilingState.RETURNED).last()
        if live is not None:
            return live
        own = own_plans_of(row)
        draft = Filing(
            report=row,
            number=row.filings.count() + 1,
            illustrative=row.cycle.illustrative or any(plan.illustrative for plan in own),
            in_charge=actor,
            created_at=clock.now(),
        )
        if row.exempt:
            raise WrongState(_("Your agency is exempt from this report."), code="exempt")
        draft.save()
        draft.drafted_by.add(actor.user)
        record.add("begin_filing", draft, actor=actor)
    return draft


@contextmanager
def editing(filing: Filing, actor: Membership) -> Iterator[Filing]:
    """The transaction of one edit: filing locked, person checked, still a draft and not with the leader."""
    with transaction.atomic():
        row = lock(filing)
        require(actor, "filing.edit", row)
        if not row.is_editable:
            raise WrongState(
                _("The report is now “%(state)s” and cannot be edited. Reload the page.")
                % {"state": row.get_state_display()},
                code="wrong_state",
            )
        if row.ready_for_approver:
            raise WrongState(
                _("The report lies with the leader. Ask for it to be handed back before you edit."),
                code="with_leader",
            )
        yield row
        row.drafted_by.add(actor.user)


def hand_over_filing(filing: Filing, *, actor: Membership) -> Filing:
    """Chuyển lãnh đạo."""
    return _flag(filing, ready=True, permission="filing.hand_over", verb="hand_over", actor=actor)


def hand_back_filing(filing: Filing, *, actor: Membership, note: str = "") -> Filing:
    return _flag(filing, ready=False, permission="filing.hand_back", verb="hand_back", actor=actor, note=note)


def _flag(
    filing: Filing, *, ready: bool, permission: str, verb: str, actor: Membership, note: str = ""
) -> Filing:
    with audit.recording() as record:
        row = lock(filing)
        require(actor, permission, row)
        if not row.is_editable or row.ready_for_approver == ready:
            raise WrongState(_("This was done already. Reload the page."), code="wrong_state")
        if ready:
            _refuse_errors(row)
        row.ready_for_approver, row.hand_back_note = ready, clean(note, multiline=True)
        row.save()
        record.add(verb, row, actor=actor, **({"comment": note} if note else {}))
    return row


def _refuse_errors(filing: Filing) -> None:
    findings = check_filing(filing)
    if bad := errors(findings):
        raise Refused(
            ngettext(
                "%(count)d error bars this. Mend it first.",
                "%(count)d errors bar this. Mend them first.",
                len(bad),
            )
            % {"count": len(bad)},
            findings,
            code="findings",
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """The cover letter of a report."""

    number: str
    on: date
    signer: str


def submit_filing(filing: Filing, *, actor: Membership, letter: Letter | None = None) -> Filing:
    """Nộp báo cáo: only the approver submits. The first submission fixes the report's timeliness for good."""

    def apply(row: Filing, transition: Transition[Any], before: str) -> dict[str, Any]:
        row.submitted_at = clock.now()
        row.submitted_by = actor.user
        row.signed_as = signature_of(actor)
        row.ready_for_approver = False
        if letter is not None:
            row.letter_number, row.letter_on = clean(letter.number), letter.on
            row.letter_signer = clean(letter.signer)
        row.sha256 = fingerprint(row)
        Report.objects.filter(pk=row.report_id, first_submitted_at__isnull=True).update(
            first_submitted_at=row.submitted_at
        )
        return {"sha256": row.sha256}

    return perform(FILING_WORKFLOW, filing, "submit", actor=actor, check=_refuse_errors, apply=apply)


def accept_filing(filing: Filing, *, actor: Membership) -> Filing:
    """Tiếp nhận: the lead agency takes the report in."""
    return perform(FILING_WORKFLOW, filing, "accept", actor=actor, apply=_taken_in)


def accept_filings(filings: QuerySet[Filing], *, actor: Membership, of: Model, **said: Any) -> list[Filing]:
    """The same with all filings of a query, or with none; one entry of the audit, about `of`."""
    return perform_all(
        FILING_WORKFLOW,
        filings,
        "accept",
        actor=actor,
        of=of,
        fields=["accepted_at"],
        apply=_taken_in,
        **said,
    )


def _taken_in(row: Filing, transition: Transition[Any], before: str) -> None:
    row.accepted_at = clock.now()


def return_filing(filing: Filing, *, actor: Membership, reason: str) -> Filing:
    """Trả lại: the filing stays as submitted; a new draft starts as its copy. Timeliness does not change."""

    def apply(row: Filing, transition: Transition[Any], before: str) -> None:
        row.returned_at = clock.now()
        row.return_reason = clean(reason, multiline=True)

    with audit.recording():
        returned = perform(FILING_WORKFLOW, filing, "return_", actor=actor, comment=reason, apply=apply)
        copy_filing(returned)
    return returned


def copy_filing(filing: Filing) -> Filing:
    """A new draft with the same results; who wrote them stays among those who may not decide on it."""
    draft = Filing.objects.create(
        report=filing.report,
        number=filing.number + 1,
        nothing_to_report=filing.nothing_to_report,
        summary=filing.summary,
        difficulties=filing.difficulties,
        proposals=filing.proposals,
        illustrative=filing.illustrative,
        in_charge=filing.in_charge,
        created_at=clock.now(),
    )
    draft.drafted_by.set(filing.drafted_by.all())
    copied: tuple[Any, ...] = (TaskResult, ProjectResult, FundFlow, IndicatorResult)
    for model in copied:
        rows = list(model.objects.filter(filing=filing))
        for row in rows:
            row.pk, row.filing = None, draft
        model.objects.bulk_create(rows)
    return draft
