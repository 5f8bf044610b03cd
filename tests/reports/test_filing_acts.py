"""Role x act on a report, in each of its states; and what each act leaves behind."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from agencies.models import AuditEntry, Membership
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from reports.cycles.actions import open_cycle
from reports.cycles.granting import exempt, extend, record_receipt
from reports.filing.actions import (
    accept_filing,
    begin_filing,
    hand_back_filing,
    hand_over_filing,
    return_filing,
    submit_filing,
)
from reports.filing.acts import ACTS, offered
from reports.filing.content import fingerprint
from reports.filing.workflow import FILING_WORKFLOW
from reports.models import Cycle, Filing, FilingState, Report
from reports.reminders.actions import remind
from reports.views.acts import HANDLING
from tests.cast import Cast
from tests.reports.filings import LETTER, People, begun, by, filed, report_of

STATES = ("none", "draft", "with_leader", "submitted", "accepted", "returned")

# Who may do what, and in which states it is possible. Everybody else is refused.
MAY = {
    "begin": {"editor"},
    "hand_over": {"editor"},
    "hand_back": {"approver"},
    "submit": {"approver"},
    "accept": {"reviewer", "reviewer2"},
    "return_": {"reviewer", "reviewer2"},
    "extend": {"reviewer", "reviewer2", "admin"},
    "exempt": {"reviewer", "reviewer2", "admin"},
    "remind": {"reviewer", "reviewer2", "admin"},
    "receipt": {"reviewer", "reviewer2", "admin"},
}
POSSIBLE = {
    "begin": set(STATES),  # what is begun already is simply opened
    "hand_over": {"draft", "returned"},
    "hand_back": {"with_leader"},
    "submit": {"draft", "with_leader", "returned"},
    "accept": {"submitted"},
    "return_": {"submitted", "accepted"},
    "extend": set(STATES),
    "exempt": set(STATES),
    "remind": {"none", "draft", "with_leader", "returned"},  # nothing is owed while a submission stands
    "receipt": set(STATES),
}


def test_every_act_stands_in_the_tables() -> None:
    assert set(ACTS) == set(MAY) == set(POSSIBLE) == set(HANDLING)
    assert {step.name for step in FILING_WORKFLOW} <= set(ACTS)


def bring_to(state: str, q2: Cycle, cast: Cast) -> Report:
    """Tiền Giang's report in that state, on 10/07/2008."""
    staff = People(cast.editor, cast.approver)
    if state in ("draft", "with_leader"):
        filing = begun(q2, staff)
        if state == "with_leader":
            hand_over_filing(filing, actor=cast.editor)
    if state in ("submitted", "accepted", "returned"):
        filing = filed(q2, staff)
        if state == "accepted":
            accept_filing(filing, actor=cast.reviewer)
        if state == "returned":
            return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu.")
    return report_of(q2, "p82")


def perform(name: str, report: Report, actor: Membership) -> Any:
    filing = report.filings.order_by("number").last() or Filing(report=report)
    done: dict[str, Callable[[], Any]] = {
        "begin": lambda: begin_filing(report, actor=actor),
        "hand_over": lambda: hand_over_filing(filing, actor=actor),
        "hand_back": lambda: hand_back_filing(filing, actor=actor, note="Bổ sung."),
        "submit": lambda: submit_filing(filing, actor=actor, letter=LETTER),
        "accept": lambda: accept_filing(filing, actor=actor),
        "return_": lambda: return_filing(filing, actor=actor, reason="Thiếu."),
        "extend": lambda: extend(report, date(2008, 7, 30), actor=actor, **by("1/BTTTT")),
        "exempt": lambda: exempt(report, actor=actor, **by("1/BTTTT")),
        "remind": lambda: remind(report, actor=actor, again=True),
        "receipt": lambda: record_receipt(report, date(2008, 7, 9), actor=actor, document="1/UBND"),
    }
    return done[name]()


def characters(cast: Cast) -> list[tuple[str, Membership]]:
    return [(name, getattr(cast, name)) for name in Cast.__dataclass_fields__]


@pytest.mark.parametrize("state", STATES)
def test_role_by_act(cast: Cast, q2: Cycle, state: str) -> None:
    with clock.at("2008-07-11T09:00"):
        brought = bring_to(state, q2, cast)
        for name in MAY:
            with transaction.atomic():
                _only_who_may(name, state, Report.objects.get(pk=brought.pk), cast)
                transaction.set_rollback(True)


def _only_who_may(name: str, state: str, report: Report, cast: Cast) -> None:
    """Everybody else is refused; who may is let through in the states of the table alone."""
    if state == "none" and name not in ("begin", "extend", "exempt", "remind", "receipt"):
        assert name not in {one.name for one in offered(report, None, cast.editor)}
        return
    for character, membership in characters(cast):
        if character not in MAY[name]:
            with pytest.raises(NotAllowed):
                perform(name, report, membership)
    allowed = getattr(cast, max(MAY[name]))
    if state in POSSIBLE[name]:
        perform(name, report, allowed)
    else:
        with pytest.raises(WrongState):
            perform(name, report, allowed)


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_those_of_the_table(cast: Cast, q2: Cycle, state: str) -> None:
    with clock.at("2008-07-11T09:00"):
        report = bring_to(state, q2, cast)
        live = report.filings.exclude(state=FilingState.RETURNED).last()
        for character, membership in characters(cast):
            open_acts = {one.name for one in offered(report, live, membership) if not one.refused}
            expected = {
                name
                for name in MAY
                if character in MAY[name]
                and state in POSSIBLE[name]
                and not (name == "begin" and live is not None)
            }
            assert open_acts == expected, character


def test_four_eyes_hold_per_person_even_across_a_return(cast: Cast, q2: Cycle) -> None:
    """A reviewer who also drafts for an agency decides neither on that draft nor on its mended copy."""
    both = Membership.objects.create(user=cast.reviewer.user, agency=cast.editor.agency, role="editor")
    filing = filed(q2, People(both, cast.approver))
    with clock.at("2008-07-11T09:00"):
        with pytest.raises(NotAllowed):
            accept_filing(filing, actor=cast.reviewer)
        return_filing(filing, actor=cast.reviewer2, reason="Thiếu.")
        copy = report_of(q2, "p82").filings.last()
        assert copy is not None
        copy = submit_filing(copy, actor=cast.approver, letter=LETTER)
        with pytest.raises(NotAllowed):
            accept_filing(copy, actor=cast.reviewer)
        assert accept_filing(copy, actor=cast.reviewer2).state == FilingState.ACCEPTED


def test_a_submission_is_frozen_with_its_letter_and_hash(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    assert (filing.letter_number, filing.letter_on) == (LETTER.number, LETTER.on)
    assert len(filing.sha256) == 64
    assert fingerprint(Filing.objects.get(pk=filing.pk)) == filing.sha256
    entry = AuditEntry.objects.filter(verb="submit").get()
    assert json.loads(entry.data)["sha256"] == filing.sha256


def test_a_double_click_submits_once(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-10T09:00"), pytest.raises(WrongState):
        submit_filing(filing, actor=cast.approver, letter=LETTER)
    assert AuditEntry.objects.filter(verb="submit").count() == 1


def test_a_return_keeps_what_was_submitted_and_opens_a_copy(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-11T09:00"):
        returned = return_filing(filing, actor=cast.reviewer, reason="Thiếu số liệu dự án I.2.")
    assert (returned.state, returned.return_reason) == (FilingState.RETURNED, "Thiếu số liệu dự án I.2.")
    copy = report_of(q2, "p82").filings.last()
    assert copy is not None
    assert (copy.number, copy.state, copy.summary) == (2, FilingState.DRAFT, filing.summary)
    assert fingerprint(Filing.objects.get(pk=filing.pk)) == filing.sha256


def test_a_return_needs_a_reason(cast: Cast, q2: Cycle) -> None:
    filing = filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-11T09:00"), pytest.raises(Refused) as refused:
        return_filing(filing, actor=cast.reviewer, reason="  ")
    assert refused.value.code == "reason_missing"


def test_an_exempt_agency_cannot_begin(cast: Cast, q2: Cycle) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-02T09:00"):
        exempt(report, actor=cast.reviewer, **by("1/BTTTT"))
        with pytest.raises(WrongState):
            begin_filing(report, actor=cast.editor)


def test_illustrative_passes_from_the_period_to_its_reports(cast: Cast, programme: Any) -> None:
    with clock.at("2008-07-01T08:00"):
        cycle = open_cycle(programme, "2008-Q2", actor=cast.admin, illustrative=True)
    filing = begun(cycle, People(cast.editor, cast.approver))
    assert filing.illustrative
