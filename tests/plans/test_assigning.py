"""Who reports on lines that a national document gives no lead: assigned, shown as such, and taken back."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AgencyGroup, AuditEntry
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.content.assigning import (
    assign_reporter,
    assign_reporters,
    assigned_lines,
    lines_without_lead,
    party_choices,
    withdraw_reporter,
)
from plans.models import LineReporter, Plan
from plans.parts import registry
from plans.parts.columns import Party
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db

HEALTH, PROVINCES = Party("agency", "m-yt"), Party("class", "provinces")
BASIS = "Công văn số 12/BTTTT-UDCNTT"


@pytest.fixture(autouse=True)
def _june_2011() -> Iterator[None]:
    with clock.at("2011-06-20T09:00"):
        yield


@pytest.fixture
def national(db: None) -> Plan:
    return Plan.objects.for_pages().get(code="1605-qd-ttg")


def line(plan: Plan, clause: str, part: str = "projects") -> UUID:
    (found,) = [row.line for row in registry.get(part).read(plan) if row.clause == clause]
    return found


def reporters(plan: Plan) -> list[tuple[str, str, date]]:
    found = assigned_lines(plan, registry.read_content(plan))
    return [(one.party.token, one.basis, one.on) for every in found.values() for one in every]


# --- Which lines


def test_qd_1605_leaves_59_contents_without_a_lead(national: Plan) -> None:
    free = lines_without_lead(registry.read_content(national))
    assert len(free) == 59
    assert {row.clause.split(".")[0] for row in free} == {"B"}


def test_qd_43_leaves_one_line_without_a_lead(db: None) -> None:
    plan = Plan.objects.get(code="43-2008-qd-ttg")
    assert [row.title[:3] for row in lines_without_lead(registry.read_content(plan))] == ["B.6"]


def test_only_those_who_owe_reports_are_offered(national: Plan) -> None:
    (_classes, classes), (_lists, lists), (_agencies, agencies) = party_choices(
        national.programme, clock.today()
    )
    assert [token for token, _label in classes] == [
        "class:ministries",
        "class:central-cities",
        "class:provinces",
    ]
    assert "group:pilot-2008" in [token for token, _label in lists]
    tokens = [token for token, _label in agencies]
    assert len(tokens) == 85
    assert "agency:m-yt" in tokens
    assert not {"agency:p28", "agency:tw-ktnn"} & set(tokens)


# --- The acts


def test_an_assignment_has_party_basis_and_day_and_one_entry_of_the_audit(cast: Cast, national: Plan) -> None:
    lines = [line(national, f"B.II.1, gạch {n}") for n in (19, 20)]
    assign_reporters(lines, HEALTH, basis=f"  {BASIS} ", actor=cast.admin)
    assert reporters(national) == [("agency:m-yt", BASIS, date(2011, 6, 20))] * 2
    entry = AuditEntry.objects.get(verb="assign_reporter")
    assert entry.object_id == str(national.pk)
    assert BASIS in entry.data
    assert all(str(one) in entry.data for one in lines)


def test_a_class_and_a_group_can_be_assigned_and_a_line_may_have_several(cast: Cast, national: Plan) -> None:
    content = line(national, "B.III.1")
    assign_reporter(content, PROVINCES, basis=BASIS, actor=cast.admin, on=date(2011, 1, 5))
    assign_reporter(content, Party("group", "pilot-2008"), basis=BASIS, actor=cast.admin)
    assert [token for token, _basis, _on in reporters(national)] == ["class:provinces", "group:pilot-2008"]


@pytest.mark.parametrize(
    ("clause", "part", "party", "basis", "on", "code"),
    [
        ("B.I.1", "projects", HEALTH, "  ", None, "basis_missing"),
        ("B.I.1", "projects", HEALTH, "x" * 301, None, "basis_long"),
        ("B.I.1", "projects", HEALTH, BASIS, date(2011, 6, 21), "assigned_in_future"),
        ("B.I.1", "projects", HEALTH, BASIS, date(2010, 8, 26), "assigned_before_plan"),
        ("B.I.1", "projects", Party("agency", "tw-ktnn"), BASIS, None, "party_does_not_report"),
        ("B.I.1", "projects", Party("agency", "s-bcvt-82"), BASIS, None, "party_does_not_report"),
        ("B.I.1", "projects", Party("group", "không-có"), BASIS, None, "party_does_not_report"),
        ("B.I.1", "projects", Party("class", "government-agencies"), BASIS, None, "party_does_not_report"),
        ("B.I.1", "projects", Party("text", "Bộ Y tế"), BASIS, None, "party_does_not_report"),
        ("Điều 2.4", "tasks", HEALTH, BASIS, None, "line_has_lead"),
        (
            "Điều 2.2",
            "tasks",
            HEALTH,
            BASIS,
            None,
            "line_has_lead",
        ),  # led in words
    ],
)
def test_what_cannot_be_assigned_is_refused_with_the_reason(
    cast: Cast, national: Plan, clause: str, part: str, party: Party, basis: str, on: date | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        assign_reporter(line(national, clause, part), party, basis=basis, actor=cast.admin, on=on)
    assert refused.value.code == code
    assert not LineReporter.objects.exists()


def test_a_group_none_of_whose_members_reports_is_refused(cast: Cast, national: Plan) -> None:
    AgencyGroup.objects.create(key="empty", name="Không ai", valid_on=date(2011, 1, 1))
    with pytest.raises(Refused) as refused:
        assign_reporter(line(national, "B.I.1"), Party("group", "empty"), basis=BASIS, actor=cast.admin)
    assert refused.value.code == "party_does_not_report"


def test_the_same_party_is_not_assigned_twice_and_then_nothing_is(cast: Cast, national: Plan) -> None:
    first, second = line(national, "B.I.1"), line(national, "B.I.2")
    assign_reporter(first, HEALTH, basis=BASIS, actor=cast.admin)
    with pytest.raises(Refused, match=r"B\.I\.1") as refused:
        assign_reporters([first, second], HEALTH, basis=BASIS, actor=cast.admin)
    assert refused.value.code == "assigned_already"
    assert LineReporter.objects.count() == 1


def test_lines_of_another_plan_or_of_an_agency_are_refused(cast: Cast, national: Plan) -> None:
    of_2008 = line(Plan.objects.get(code="43-2008-qd-ttg"), "Phụ lục I, B.6")
    own = registry.get("projects").read(Plan.objects.get(code="605-qd-ubnd"))[0].line
    for lines, code in (
        ([line(national, "B.I.1"), of_2008], "another_plan"),
        ([own], "not_national"),
        ([], "no_line"),
        ([of_2008, of_2008], "line_twice"),
    ):
        with pytest.raises(Refused) as refused:
            assign_reporters(lines, HEALTH, basis=BASIS, actor=cast.admin)
        assert refused.value.code == code


def test_a_line_of_a_plan_that_is_not_in_force_yet_is_refused(cast: Cast, national: Plan) -> None:
    content = line(national, "B.I.1")
    with clock.at("2008-06-20T09:00"), pytest.raises(Refused) as refused:
        assign_reporter(content, HEALTH, basis=BASIS, actor=cast.admin)
    assert refused.value.code == "not_national"


@pytest.mark.parametrize("character", ["reviewer", "lead_editor", "editor", "co_reviewer", "viewer"])
def test_only_the_administrator_of_the_lead_assigns(cast: Cast, national: Plan, character: str) -> None:
    with pytest.raises(NotAllowed):
        assign_reporter(line(national, "B.I.1"), HEALTH, basis=BASIS, actor=getattr(cast, character))


def test_what_is_withdrawn_stands_no_more_and_cannot_be_withdrawn_again(cast: Cast, national: Plan) -> None:
    made = assign_reporter(line(national, "B.I.1"), HEALTH, basis=BASIS, actor=cast.admin)
    with clock.at("2011-09-01T09:00"):
        with pytest.raises(NotAllowed):
            withdraw_reporter(made, actor=cast.reviewer)
        gone = withdraw_reporter(made, actor=cast.admin)
        assert gone.withdrawn_on == date(2011, 9, 1)
        assert reporters(national) == []
        with pytest.raises(WrongState, match="01/09/2011"):
            withdraw_reporter(made, actor=cast.admin)
        assign_reporter(line(national, "B.I.1"), HEALTH, basis=BASIS, actor=cast.admin)
    assert AuditEntry.objects.filter(verb="withdraw_reporter").count() == 1


# --- The pages


def page(plan: Plan, name: str = "plan_assign", **more: object) -> str:
    return reverse(name, kwargs={"code": plan.code, "version": plan.version, **more})


def test_several_lines_are_assigned_at_once_from_the_page(
    client_for: ClientFor, cast: Cast, national: Plan
) -> None:
    client = in_english(client_for(cast.admin))
    before = said(client.get(page(national)))
    assert "59 lines without a lead" in before
    assert "nobody reports on 59 of them" in before
    posted = {
        "line": [str(line(national, f"B.II.2, gạch {n}")) for n in (6, 7)],
        "party": "agency:m-khdt",
        "basis": BASIS,
        "on": "15/06/2011",
    }
    after = said(client.post(page(national), posted, follow=True))
    assert "2 lines are assigned." in after
    assert "nobody reports on 57 of them" in after
    assert f"{BASIS}, 15/06/2011" in after


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"line": []}, "Choose at least one line."),
        ({"basis": ""}, "Give the basis"),
        ({"party": ""}, "Choose who reports."),
        ({"party": "agency:tw-ktnn"}, "is not one of the available choices"),
        ({"on": "32/06/2011"}, "32/06/2011"),
    ],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(
    client_for: ClientFor, cast: Cast, national: Plan, change: dict[str, object], words: str
) -> None:
    chosen = str(line(national, "B.I.1"))
    posted = {"line": [chosen], "party": "agency:m-yt", "basis": BASIS, "on": "15/06/2011", **change}
    response = in_english(client_for(cast.admin)).post(page(national), posted)
    assert response.status_code == 422
    assert words in said(response)
    assert not LineReporter.objects.exists()
    if change.get("line") != []:
        assert f'value="{chosen}" id="line-{chosen}" checked' in response.content.decode()


def test_an_assignment_is_withdrawn_from_the_page(client_for: ClientFor, cast: Cast, national: Plan) -> None:
    made = assign_reporter(line(national, "B.I.1"), HEALTH, basis=BASIS, actor=cast.admin)
    client = in_english(client_for(cast.admin))
    url = page(national, "assignment_withdraw", pk=made.pk)
    assert client.get(url).status_code == 405
    assert "The assignment is withdrawn." in said(client.post(url, follow=True))
    other = Plan.objects.get(code="43-2008-qd-ttg")
    assert client.post(page(other, "assignment_withdraw", pk=made.pk)).status_code == 404


@pytest.mark.parametrize(
    ("character", "status"),
    [("admin", 200), ("reviewer", 403), ("lead_editor", 403), ("editor", 403), ("viewer", 403)],
)
def test_who_sees_the_page_of_assignments(
    client_for: ClientFor, cast: Cast, national: Plan, character: str, status: int
) -> None:
    assert client_for(getattr(cast, character)).get(page(national)).status_code == status


def test_the_plan_says_who_was_assigned_and_never_as_its_lead(
    client_for: ClientFor, cast: Cast, national: Plan
) -> None:
    assign_reporter(line(national, "B.II.1, gạch 19"), HEALTH, basis=BASIS, actor=cast.admin)
    client = in_english(client_for(cast.viewer))
    projects = said(client.get(page(national, "plan_part", part="projects")))
    assert f"assigned on the system: Bộ Y tế, {BASIS}, 20/06/2011" in projects
    overview = said(client.get(page(national, "plan_detail")))
    assert "Lines without a lead 59 (nobody reports on 58 of them)" in overview
    assert "Say who reports" not in overview
    assert "Say who reports" in said(in_english(client_for(cast.admin)).get(page(national, "plan_detail")))


def test_the_page_costs_the_same_however_many_lines_are_assigned(
    client_for: ClientFor, cast: Cast, national: Plan
) -> None:
    client = in_english(client_for(cast.admin))

    def cost() -> int:
        client.get(page(national))
        with CaptureQueriesContext(connection) as captured:
            client.get(page(national))
        return len(captured)

    assign_reporter(line(national, "B.I.1"), HEALTH, basis=BASIS, actor=cast.admin)
    before = cost()
    lines = [row.line for row in lines_without_lead(registry.read_content(national)) if row.line]
    assign_reporters(lines, PROVINCES, basis=BASIS, actor=cast.admin)
    assert cost() == before
