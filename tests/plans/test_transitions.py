"""Every step of a plan, tried by everybody and from every state."""

from datetime import date

import pytest

from agencies.models import Membership
from agencies.workflow import perform
from core.findings import NotAllowed, WrongState
from plans.models import Plan, PlanState
from plans.review.workflow import PLAN_WORKFLOW
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EVERYBODY = tuple(Cast.__dataclass_fields__)
# Who may take which step of Tiền Giang's plan, written out; nobody else may.
WHO_MAY = {
    "submit": {"approver"},
    "withdraw": {"approver"},
    "open_review": {"reviewer", "reviewer2"},
    "return_": {"reviewer", "reviewer2"},
    "approve": {"reviewer", "reviewer2"},
    "reject": {"reviewer", "reviewer2"},
    "register": {"reviewer", "reviewer2"},
    "supersede": {"reviewer", "reviewer2"},
}


def in_state(plan: Plan, state: str) -> Plan:
    """The plan as if it had come to the state; approved versions are dated."""
    dated = {"in_force_from": "2008-06-01"} if state in ("approved", "superseded") else {}
    Plan.objects.filter(pk=plan.pk).update(state=state, **dated)
    plan.refresh_from_db()
    return plan


def try_step(plan: Plan, name: str, actor: Membership) -> str:
    """What comes of it: the new state, or the kind of refusal."""

    def date_it(row: Plan, *_step: object) -> None:
        row.in_force_from = date(2008, 6, 2)

    try:
        return str(perform(PLAN_WORKFLOW, plan, name, actor=actor, comment="lý do", apply=date_it).state)
    except (NotAllowed, WrongState) as refusal:
        return type(refusal).__name__


def test_the_table_of_who_may_holds_every_step() -> None:
    assert set(WHO_MAY) == set(PLAN_WORKFLOW.by_name)


@pytest.mark.parametrize("character", EVERYBODY)
@pytest.mark.parametrize("name", WHO_MAY)
def test_only_those_who_may_take_a_step(name: str, character: str, cast: Cast, draft: Plan) -> None:
    step = PLAN_WORKFLOW.get(name)
    plan = in_state(draft, step.sources[0])
    expected = str(step.target) if character in WHO_MAY[name] else "NotAllowed"
    assert try_step(plan, name, getattr(cast, character)) == expected


@pytest.mark.parametrize("state", PlanState.values)
@pytest.mark.parametrize("name", WHO_MAY)
def test_a_step_starts_in_its_states_alone(name: str, state: str, cast: Cast, draft: Plan) -> None:
    step = PLAN_WORKFLOW.get(name)
    plan = in_state(draft, state)
    actor = getattr(cast, min(WHO_MAY[name]))
    expected = str(step.target) if state in step.sources else "WrongState"
    assert try_step(plan, name, actor) == expected


@pytest.mark.parametrize("name", ["return_", "approve", "reject"])
def test_who_made_the_plan_decides_nothing(name: str, cast: Cast, draft: Plan) -> None:
    """Four eyes are per person: the editor of the draft, made reviewer of the lead, still may not."""
    turned = Membership.objects.create(user=cast.editor.user, agency=cast.reviewer.agency, role="reviewer")
    draft.line_edits.create(
        line=draft.sections.all()[0].line, path="body", by=cast.editor.user, at="2008-06-02T08:00+07:00"
    )
    plan = in_state(draft, PlanState.IN_REVIEW)
    assert try_step(plan, name, turned) == "NotAllowed"
    assert try_step(plan, name, cast.reviewer) == PLAN_WORKFLOW.get(name).target
