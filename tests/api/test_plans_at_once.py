"""Parallel acts on one plan on real connections: one effect, and no act on a version that is past."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from agencies.models import AuditEntry
from core import clock
from core.findings import WrongState
from plans.content.actions import create_plan
from plans.models import Plan, PlanRevision, PlanState, PlanStep, Programme
from tests.api.calling import caller_for, problem
from tests.api.plan_calls import LETTER, PDF, PLAN, post_form, tag_of
from tests.api.test_many_at_once import at_once
from tests.cast import Cast
from tests.plans import moves

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SIZE = 6


@pytest.fixture
def plan(cast: Cast) -> Plan:
    with clock.at("2008-06-20T09:00"):
        return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def statuses(answers: list[Any]) -> Counter[tuple[int, str]]:
    return Counter(
        (answer.status_code, "" if answer.status_code < 300 else problem(answer)["code"])
        for answer in answers
    )


def test_acts_at_once_have_one_effect(cast: Cast, plan: Plan) -> None:
    leader, reviewer, editor = caller_for(cast.approver), caller_for(cast.reviewer), caller_for(cast.editor)

    # The same request, sent again and again under its key: all are answered from the one that acted.
    headers = {"If_Match": tag_of(leader), "Idempotency_Key": "submit-1"}
    answers = at_once(SIZE, lambda: post_form(leader, f"{PLAN}/acts/submit/", LETTER, PDF, **headers))
    assert [answer.status_code for answer in answers] == [200] * SIZE, answers[-1].content
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert PlanStep.objects.filter(plan=plan, verb="submit").count() == 1
    assert PlanRevision.objects.filter(plan=plan).count() == 1
    assert AuditEntry.objects.filter(verb="submit").count() == 1

    # Without a key each is a request of its own: one comes first, and the plan that the others read is past.
    tag = tag_of(reviewer)
    answers = at_once(SIZE, lambda: reviewer.post(f"{PLAN}/acts/open-review/", {}, If_Match=tag))
    assert statuses(answers) == {(200, ""): 1, (412, "if_match_old"): SIZE - 1}
    assert PlanStep.objects.filter(plan=plan, verb="open_review").count() == 1

    # Two new versions of one plan are never begun.
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED, in_force_from="2008-06-20")
    tag = tag_of(editor)
    answers = at_once(SIZE, lambda: editor.post(f"{PLAN}/acts/amend/", {}, If_Match=tag))
    assert statuses(answers) == {(201, ""): 1, (422, "plan_exists"): SIZE - 1}
    assert Plan.objects.filter(code=plan.code).count() == 2


def test_what_is_edited_at_once_is_not_handed_over_as_it_was_read(cast: Cast, plan: Plan) -> None:
    """Of an edit and a hand-over on the same version one comes first: the other is refused, never mixed."""
    editor = caller_for(cast.editor)
    tag = tag_of(editor)

    def write() -> str:
        try:
            moves.write(plan, cast, "I", "Một.")
        except WrongState:
            return "refused"
        return "written"

    def hand_over() -> int:
        status: int = editor.post(f"{PLAN}/acts/hand-over/", {}, If_Match=tag).status_code
        return status

    asks: list[Callable[[], object]] = [write, hand_over]

    def either() -> object:
        return asks.pop()()

    answers = at_once(2, either)
    plan.refresh_from_db()
    assert sorted(map(str, answers)) in (["200", "refused"], ["412", "written"])
    assert plan.ready_for_approver == ("refused" in answers)
