"""A line is changed, removed and moved as it was read; who comes second is told what stands there by now."""

import pytest

from plans.models import Plan, PlanLine
from plans.review.actions import hand_over
from tests.api.calling import CallerFor, codes, problem
from tests.api.plan_lines import Line, draft_with_projects, read_all, web_portal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Plan:
    return draft_with_projects(cast)


@pytest.fixture
def portal(api: CallerFor, cast: Cast, draft: Plan) -> Line:
    return web_portal(api(cast.editor), draft)


def test_who_comes_second_gets_both_values(portal: Line) -> None:
    first = Line(portal.caller, portal.url, portal.data, portal.tag)
    assert portal.patch(total_need="1600", allocations={"2009": {"NSDP-TT": "1600"}}).status_code == 200
    late = first.patch(
        total_need="1700",
        name=first.data["name"],
        allocations={"2009": {"NSDP-TT": None}, "2010": {"NSDP-TT": "5"}},
    )
    assert (late.status_code, problem(late)["code"]) == (412, "if_match_old")
    assert problem(late)["yours"] == {
        "total_need": "1700",
        "allocations/2009/NSDP-TT": None,
        "allocations/2010/NSDP-TT": "5",
    }
    assert problem(late)["theirs"] == {
        "total_need": "1600",
        "allocations/2009/NSDP-TT": "1600",
        "allocations/2010/NSDP-TT": None,
    }
    assert problem(late)["row_version"] == 2
    # What says the same as what stands there by now has been done already (RFC 9110, 13.1.1).
    assert first.patch(total_need="1600").status_code == 200
    assert first.patch(total_need="1700", tag="*").json()["total_need"] == "1700"
    missing = first.patch(total_need="1", tag="")
    assert (missing.status_code, problem(missing)["code"]) == (428, "if_match_missing")


def test_a_line_is_removed_as_it_was_read(portal: Line, draft: Plan) -> None:
    old = portal.tag
    portal.patch(total_need="1600")
    refused = portal.caller.post(portal.url, None, "DELETE", If_Match=old)
    assert (refused.status_code, problem(refused)["code"]) == (412, "if_match_old")
    portal.read()
    gone = portal.caller.post(portal.url, None, "DELETE", If_Match=portal.data["etag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert portal.caller.get(portal.url).status_code == 404
    assert portal.patch(total_need="1").status_code == 404
    assert PlanLine.objects.filter(pk=portal.data["line"]).exists()
    assert len(read_all(portal.caller, draft, "projects")) == 25


def test_a_line_moves_among_its_group(portal: Line, draft: Plan) -> None:
    def order() -> list[str]:
        return [row["line"] for row in read_all(portal.caller, draft, "projects")]

    before = order()
    moved = portal.caller.post(f"{portal.url}move/", {"position": 3})
    assert (moved.status_code, moved.json()["position"]) == (200, 3)
    assert order() == [before[1], before[2], before[0], *before[3:]]
    # Its values and their version are as they were; only what is said of its place is new.
    assert moved.json() == {**portal.data, "position": 3}
    assert portal.caller.get(portal.url, headers={"If-None-Match": portal.tag}).status_code == 200
    assert portal.patch(note="x").status_code == 200
    outside = portal.caller.post(f"{portal.url}move/", {"position": 26})
    assert (outside.status_code, codes(outside)) == (422, [("outside_group", "/position")])
    for body, wanted in (
        ({}, ("required", "/position")),
        ({"position": 0}, ("min_value", "/position")),
        ({"position": 1, "up": True}, ("unknown_field", "/up")),
    ):
        assert codes(portal.caller.post(f"{portal.url}move/", body)) == [wanted]


def test_what_lies_with_the_leader_waits(portal: Line, draft: Plan, cast: Cast) -> None:
    hand_over(draft, actor=cast.editor)
    refused = portal.patch(note="x")
    assert (refused.status_code, problem(refused)["code"]) == (409, "with_leader")
