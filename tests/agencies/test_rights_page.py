"""The page of rights: the table as the portal decides by it, the workflows, and the checker."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from agencies.models import Membership, Role
from agencies.permissions import GRANTS, PERMISSIONS, Relation, can
from agencies.rights.checker import Standing, answer, memberships_matching, object_at
from agencies.rights.tables import ROLES, right_groups, words_of
from agencies.rights.workflows import all_workflows
from plans.review.workflow import PLAN_WORKFLOW
from reports.filing.workflow import FILING_WORKFLOW
from tests.api.calling import caller_for, codes
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

URL = "/administration/rights/"


def test_every_permission_stands_once_with_what_the_table_grants() -> None:
    with translation.override("en"):
        rows = [row for group in right_groups() for row in group.rows]
        assert sorted(row.permission for row in rows) == sorted(PERMISSIONS)
        for row in rows:
            for role in ROLES:
                granted = GRANTS.get((role, row.permission), frozenset())
                assert row.relations[role] == words_of(granted, row.permission)
                assert bool(row.relations[role]) == bool(granted)
        assert words_of(frozenset(Relation)) == "everything"
        assert words_of(frozenset({Relation.OWN, Relation.LED})) == (
            "of the own agency; of a programme that it leads"
        )
        assert words_of(frozenset({Relation.OWN, Relation.LED}), "people.manage") == (
            "of the own agency; of everybody, where it keeps the portal"
        )


def test_the_workflows_are_those_of_the_tables() -> None:
    shown = {one.key: one for one in all_workflows()}
    for workflow in (PLAN_WORKFLOW, FILING_WORKFLOW):
        acts = {act.name: act for act in shown[workflow.kind].acts()}
        for step in workflow:
            act = acts[step.name]
            assert (act.permission, act.sources, act.target) == (
                step.permission,
                [str(one) for one in step.sources],
                step.target,
            )
        assert {state for act in acts.values() for state in act.sources} <= set(shown[workflow.kind].states)
    with translation.override("en"):
        remind = next(act for act in shown["filing"].acts() if act.name == "remind")
        assert shown["filing"].words(remind.sources) == "nothing yet, Draft"
        assert remind.who == [
            "Reviewer (of a programme that it leads)",
            "Administrator (of a programme that it leads)",
        ]


def test_the_page_says_it_in_words(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    with CaptureQueriesContext(connection) as queries:
        words = said(client.get(URL))
    assert len(queries) <= 12
    assert "Submit a plan plan.submit – no ✓ of the own agency" in words
    assert "Return In review Returned Reviewer (of a programme that it leads)" in words
    assert "not by whoever drafted or submitted it, with a reason" in words
    workbook = load_workbook(BytesIO(client.get(reverse("rights_export")).content))
    assert len(workbook.sheetnames) == 1 + len(all_workflows())
    keys = {row[1] for row in workbook.worksheets[0].iter_rows(values_only=True)}
    assert set(PERMISSIONS) <= keys


def test_the_checker_answers_as_the_portal_decides(cast: Cast) -> None:
    """Everybody, every permission, every relation: the answer and the reason of `can()`."""
    for membership in cast:
        for permission in PERMISSIONS:
            for relation in Relation:
                found = answer(membership, permission, relation)
                decision = can(membership, permission, Standing(relation))
                assert bool(found.decision) == bool(decision)
                assert str(found.reason) == str(decision.reason)


def test_an_object_by_its_address(cast: Cast) -> None:
    cases: dict[str, tuple[Membership, str, bool, list[str]]] = {
        "/plans/605-qd-ubnd/1/": (cast.editor, "plan.amend", True, ["own"]),
        "https://portal.example/plans/605-qd-ubnd/1/projects/?x=1": (
            cast.other_editor,
            "plan.amend",
            False,
            ["foreign"],
        ),
        "plans/43-2008-qd-ttg/": (cast.admin, "line.assign", True, ["led", "own"]),
        "/agencies/tg-so-tc/": (cast.editor, "plan.edit", False, ["subordinate"]),
        "/agencies/p40/": (cast.admin, "people.manage", True, ["led"]),
        # Who keeps the portal reviews nothing for that, and asks of a plan's people its agency.
        "/agencies/p40/?x=1": (cast.reviewer, "plan.review", False, ["foreign"]),
        "/plans/605-qd-ubnd/1/?x=2": (cast.admin, "work.assign", True, ["led"]),
        "/plans/?programme=2008": (cast.editor, "plan.edit", False, []),
        "/nowhere/": (cast.editor, "plan.edit", False, []),
    }
    for address, (membership, permission, allowed, relations) in cases.items():
        found = answer(membership, permission, address=address)
        assert bool(found.decision) == allowed, address
        assert [one.value for one in found.relations] == relations, address
        assert found.sees is bool(relations), address
        assert allowed or str(found.reason), address


def test_a_draft_of_others_is_not_told_of(client_for: ClientFor, cast: Cast) -> None:
    from plans.content.actions import create_plan
    from plans.models import Programme

    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    address = f"/plans/{plan.code}/1/"
    assert object_at(address, cast.admin) is None
    page = in_english(client_for(cast.admin)).get(
        URL, {"person": "biên tập", "permission": "plan.edit", "address": address}
    )
    assert "There is nothing at this address that you may see." in said(page)
    assert "editor@cast.example" not in said(page)


def test_people_are_found_by_their_words(client_for: ClientFor, cast: Cast) -> None:
    assert [one.pk for one in memberships_matching("bien tap", cast.admin)] == [cast.editor.pk]
    [found] = memberships_matching("other-approver@cast", cast.admin)
    assert found.pk == cast.other_approver.pk
    assert {one.role for one in memberships_matching("p82", cast.admin)} == {Role.EDITOR, Role.APPROVER}
    assert memberships_matching("  ", cast.admin) == memberships_matching("zzqx", cast.admin) == []
    client = in_english(client_for(cast.admin))
    asked = {"person": "Biên Tập", "permission": "plan.submit", "relation": "own"}
    words = said(client.get(URL, asked))
    assert "✕ no Your role (Editor) may not submit a plan. Who may: Approver." in words
    assert "Nobody who acts today is called so." in said(client.get(URL, {**asked, "person": "zzqx"}))
    with CaptureQueriesContext(connection) as queries:
        client.get(URL, {**asked, "person": "cast", "address": "/plans/605-qd-ubnd/1/"})
    few = len(queries)
    Membership.objects.filter(user__email__startswith="co-").update(valid_to="2008-01-01")
    with CaptureQueriesContext(connection) as queries:
        client.get(URL, {**asked, "person": "cast", "address": "/plans/605-qd-ubnd/1/"})
    assert few - len(queries) <= 2 * 3, "each person costs a look at the object, no more"


def test_a_program_gets_the_same(cast: Cast) -> None:
    caller = caller_for(cast.admin)
    told: dict[str, Any] = caller.get("rights/").json()
    granted = {
        (grant["role"], one["permission"]): frozenset(grant["relations"])
        for one in told["permissions"]
        for grant in one["grants"]
    }
    assert granted == {
        (role.value, permission): frozenset(one.value for one in relations)
        for (role, permission), relations in GRANTS.items()
    }
    assert [one["key"] for one in told["workflows"]] == ["plan", "filing"]
    address = "/plans/605-qd-ubnd/1/"
    answered = caller.get("rights/check/", person="bien tap", permission="plan.submit", address=address)
    (found,) = answered.json()["answers"]
    assert (found["allowed"], found["relations"], found["sees"]) == (False, ["own"], True)
    assert "Approver" in found["reason"]
    refused = caller.get("rights/check/", person="x", permission="plan.steal", address="/nowhere/")
    assert codes(refused) == [("invalid_choice", "permission")]
