"""Role x address: what each of the cast gets at each address of plans and documents.

The table is read against the list of addresses, so a new one without a row fails.
"""

from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

import plans.urls
from agencies.models import Membership
from plans.models import Plan
from plans.parts import registry
from tests.cast import Cast
from tests.plans.moves import in_review
from tests.reading import ClientFor, address_names, undone

pytestmark = pytest.mark.django_db

CHARACTERS = (
    "editor",
    "approver",
    "other_editor",
    "reviewer",
    "lead_editor",
    "admin",
    "co_reviewer",
    "viewer",
)  # fmt: skip


def row(statuses: str) -> dict[str, int]:
    """The statuses of a row, in the order of the cast; one alone is everybody's."""
    numbers = [int(status) for status in statuses.split()]
    return dict(zip(CHARACTERS, numbers * (len(CHARACTERS) if len(numbers) == 1 else 1), strict=True))


# Of an address of one plan: to read it, and to write in it.
READ = {
    "draft": row("200 200 404 404 404 404 404 404"),
    "review": row("200 200 404 200 200 200 200 404"),
    "force": row("200"),
}
# A form opens for the editor even where the plan is locked: it shows why, and keeps what was typed.
FORM = {
    "draft": row("200 403 404 404 404 404 404 404"),
    "review": row("200 403 404 403 403 403 403 404"),
    "force": row("200 403 403 403 403 403 403 403"),
}
# Of a plan that is not national nobody assigns anything.
ASSIGN = {
    "draft": row("403 403 404 404 404 404 404 404"),
    "review": row("403 403 404 403 403 404 403 404"),
    "force": row("403 403 403 403 403 403 403 403"),
}
NOT_THERE = dict.fromkeys(("draft", "review", "force"), row("404"))


def but(table: dict[str, dict[str, int]], character: str, **statuses: int) -> dict[str, dict[str, int]]:
    """The same table with other statuses for one of the cast."""
    return {
        state: {**answers, character: statuses.get(state, answers[character])}
        for state, answers in table.items()
    }


# Programmes are kept by administrators; those of another lead they only read.
KEPT = row("403 403 403 403 403 200 403 403")
NO_SUCH_REGIME = row("403 403 403 403 403 404 403 403")
# Method and statuses of addresses that stand for themselves.
ALONE = {
    "document_list": ("get", row("200")),
    "document_list_export": ("get", row("200")),
    "document_detail": ("get", row("200")),
    "clause_detail": ("get", row("200")),
    "plan_list": ("get", row("200")),
    "plan_list_export": ("get", row("200")),
    "plan_new": ("get", row("200 403 200 403 200 403 403 403")),
    "plan_current": ("get", row("302")),
    "programme_list": ("get", KEPT),
    "programme_list_export": ("get", KEPT),
    "programme_new": ("get", KEPT),
    "programme_detail": ("get", KEPT),
    "programme_edit": ("get", KEPT),
    "programme_lead": ("get", KEPT),
    "programme_outline": ("get", KEPT),
    "programme_mapping": ("get", KEPT),
    "programme_checklist": ("get", KEPT),
    "regime_new": ("get", KEPT),
    "regime_edit": ("get", NO_SUCH_REGIME),
    "regime_remove": ("get", NO_SUCH_REGIME),
    "open_data": ("get", row("200")),
    "open_data_dictionary": ("get", row("200")),
    "open_data_dictionary_file": ("get", row("200")),
    "open_data_file": ("get", row("200")),
}
# Method and statuses of the addresses of one plan: Tiền Giang's draft, the same in review, its plan in force.
OF_A_PLAN: dict[str, tuple[str, dict[str, dict[str, int]]]] = {
    "plan_detail": ("get", READ),
    "plan_check": ("get", READ),
    "plan_compare": ("get", READ),
    "plan_history": ("get", READ),
    "plan_part": ("get", READ),
    "plan_grid": ("get", READ),
    "plan_receipt": ("get", {**READ, "draft": row("404")}),  # nothing was submitted yet
    "plan_scan": ("get", NOT_THERE),  # there is no paper with a scan
    "plan_take": ("get", but(FORM, "editor", review=409, force=409)),
    # The programme of QĐ 605 does not ask how a plan came about.
    "plan_route": ("get", {**but(FORM, "editor", review=409), "force": row("404")}),
    "part_asked": ("post", but(FORM, "editor", draft=302, review=302, force=302)),
    # Only of national plans, for the administrator of the lead alone: tests/plans/test_assigning.py.
    "plan_assign": ("get", ASSIGN),
    "assignment_withdraw": ("post", ASSIGN),
    "plan_checklist": (
        "post",
        {
            "draft": row("403 403 404 404 404 404 404 404"),
            "review": row("403 403 404 302 403 403 403 404"),
            "force": row("403"),
        },
    ),
    "plan_act": (
        "get",
        but(
            but(FORM, "approver", draft=200, review=409, force=409),
            "editor",
            draft=403,
            review=403,
            force=403,
        ),
    ),
    "line_new": ("get", FORM),
    "line_edit": ("get", FORM),
    "line_remove": ("get", FORM),
    "line_move": ("post", but(FORM, "editor", draft=302, review=302, force=302)),
    "grid_cell": ("post", but(FORM, "editor", review=409, force=409)),
}


ARGUMENTS: dict[str, list[Any]] = {
    "plan_current": ["605-qd-ubnd"],
    "open_data_dictionary_file": ["csv"],
    "open_data_file": ["plans", "csv"],
    "document_detail": ["43-2008-qd-ttg"],
    "clause_detail": ["43-2008-qd-ttg", "II.2.k"],
    **{
        name: ["2009-2010"]
        for name in (
            "programme_detail",
            "programme_edit",
            "programme_lead",
            "programme_outline",
            "programme_checklist",
            "regime_new",
        )
    },
    "programme_mapping": ["2009-2010", "2007-2010-tien-giang"],
    "regime_edit": ["2009-2010", 404],
    "regime_remove": ["2009-2010", 404],
}


def test_every_address_has_a_row() -> None:
    assert sorted(address_names(plans.urls.urlpatterns)) == sorted([*ALONE, *OF_A_PLAN])


def address(name: str, plan: Plan) -> str:
    wanted: dict[str, Any] = {"code": plan.code, "version": plan.version}
    line = registry.get("projects").read(plan)[0].line
    more: dict[str, dict[str, Any]] = {
        "plan_part": {"part": "projects"},
        "plan_receipt": {"number": 1},
        "plan_scan": {"step": 1},
        "plan_act": {"name": "submit"},
        "assignment_withdraw": {"pk": 1},
        "plan_grid": {"part": "projects"},
        "part_asked": {"part": "projects"},
        "grid_cell": {"part": "projects"},
        "line_new": {"part": "projects"},
        **{one: {"part": "projects", "line": line} for one in ("line_edit", "line_remove", "line_move")},
    }
    return reverse(name, kwargs=wanted | more.get(name, {}))


def posted(plan: Plan | None) -> dict[str, Any]:
    """What a form at an address of the plan would post."""
    row = registry.get("projects").read(plan)[0] if plan else None
    cell = {"path": "allocations/2009/NSDP-TT", "value": "1.500"}
    return {**cell, "line": row.line, "row_version": row.row_version} if row else {}


def clients(client_for: ClientFor, cast: Cast) -> dict[str, Client]:
    return {character: client_for(getattr(cast, character)) for character in CHARACTERS}


def answers(client_for: ClientFor, cast: Cast, plan: Plan) -> dict[str, dict[str, int]]:
    """Address -> character -> status, all of one plan as it stands."""
    by_character, form = clients(client_for, cast), posted(plan)
    return {
        name: {
            character: undone(client, method, address(name, plan), form)
            for character, client in by_character.items()
        }
        for name, (method, _expected) in OF_A_PLAN.items()
    }


def expected(situation: str) -> dict[str, dict[str, int]]:
    return {name: row[situation] for name, (_method, row) in OF_A_PLAN.items()}


# One plan serves all addresses of a test: making it costs more than asking for them all.


def test_addresses_that_stand_alone(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    by_character = clients(client_for, cast)
    for name, (method, statuses) in ALONE.items():
        url = reverse(name, args=ARGUMENTS.get(name, []))
        assert {who: undone(one, method, url) for who, one in by_character.items()} == statuses, name


def test_addresses_of_a_draft(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    assert answers(client_for, cast, draft) == expected("draft")


def test_addresses_of_a_plan_in_review(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    in_review(draft, cast)
    assert answers(client_for, cast, draft) == expected("review")


def test_addresses_of_a_plan_in_force(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    assert answers(client_for, cast, Plan.objects.get(code="605-qd-ubnd")) == expected("force")


def ask(client: Client, method: str, url: str) -> HttpResponseBase:
    return client.post(url) if method == "post" else client.get(url)


def any_address(name: str, plan: Plan) -> tuple[str, str]:
    """Method and address, whichever table it stands in."""
    if name in OF_A_PLAN:
        return OF_A_PLAN[name][0], address(name, plan)
    return ALONE[name][0], reverse(name, args=ARGUMENTS.get(name, []))


def test_who_has_not_signed_in_is_asked_to(client: Client, cast: Cast, draft: Plan) -> None:
    for name in (*ALONE, *OF_A_PLAN):
        response = ask(client, *any_address(name, draft))
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/login/"), name


def test_who_acts_for_no_agency_is_told_whom_to_ask(client: Client, cast: Cast, draft: Plan) -> None:
    Membership.objects.filter(user=cast.viewer.user).update(valid_to="2008-01-01")
    client.force_login(cast.viewer.user)
    found = {name: ask(client, *any_address(name, draft)).status_code for name in (*ALONE, *OF_A_PLAN)}
    assert found == dict.fromkeys(found, 403)
