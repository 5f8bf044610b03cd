"""Who is in charge of a draft, and how work passes on."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from agencies.acting import memberships_of
from agencies.changes.shapes import Rename
from agencies.models import Agency, AuditEntry, Membership, Role, User
from agencies.people.accounts import deactivate
from agencies.people.keeping import Handing, hand_over_work, holders_for, in_hand_of, put_in_charge
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.content.actions import amend_plan, create_plan
from plans.keeping import OPEN_PLANS, agencies_obliged
from plans.models import Plan, Programme
from plans.versions.snapshot import snapshot
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing, return_filing
from reports.keeping import OPEN_FILINGS
from reports.models import Filing, Report
from tests.agencies.changes import BASIS, do
from tests.agencies.people import PEOPLE, last_entry, person
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said
from tests.reports.filings import People, filed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def colleague(cast: Cast) -> Membership:
    """The second editor of Tiền Giang."""
    user = User.objects.create_user("colleague@cast.example", full_name="Mai Thị Cùng Phòng")
    return Membership.objects.create(user=user, agency=cast.editor.agency, role=Role.EDITOR)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def report(cast: Cast) -> Report:
    cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    return Report.objects.get(cycle=cycle, agency__key="p82")


def test_who_begins_is_in_charge(cast: Cast, plan: Plan) -> None:
    filing = begin_filing(report(cast), actor=cast.editor)
    assert (plan.in_charge, filing.in_charge) == (cast.editor, cast.editor)
    assert {one.kind for one in in_hand_of(cast.editor.user)} == {"plan", "filing"}
    amendment = amend_plan(Plan.objects.get(code="605-qd-ubnd"), actor=cast.editor)
    assert amendment.in_charge == cast.editor
    assert Plan.objects.get(code="605-qd-ubnd", version=1).in_charge is None
    assert "in_charge" not in snapshot(plan)


def test_a_returned_report_stays_in_the_same_hands(cast: Cast, colleague: Membership) -> None:
    owed = report(cast)
    filing = filed(owed.cycle, People(cast.editor, cast.approver))
    put_in_charge(OPEN_FILINGS, filing, colleague, actor=cast.editor)
    with clock.at("2008-07-11T09:00"):
        return_filing(Filing.objects.get(pk=filing.pk), actor=cast.reviewer, reason="Thiếu số liệu.")
    assert Filing.objects.get(report=owed, number=2).in_charge == colleague


def test_it_stands_in_the_work_list_and_above_the_draft(
    client_for: ClientFor, cast: Cast, plan: Plan, colleague: Membership
) -> None:
    client = in_english(client_for(cast.approver))
    name = cast.editor.user.full_name
    assert f"In charge: {name}" in said(client.get("/"))
    page = f"/plans/{plan.code}/1/"
    shown = client.get(page)
    assert f"In charge: {name}" in said(shown)
    change = f"/in-charge/plan/{plan.pk}/"
    assert change in shown.content.decode()
    assert "Mai Thị Cùng Phòng (Editor)" in said(client.get(change))
    client.post(change, {"to": str(colleague.pk)})
    assert "In charge: Mai Thị Cùng Phòng" in said(client.get(page))
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.verb, entry.object_kind, last_entry()[1]["before"]) == ("put_in_charge", "plans.plan", name)
    Membership.objects.filter(pk=colleague.pk).update(valid_to="2008-06-19")
    assert "In charge: Mai Thị Cùng Phòng, who no longer acts here" in said(client.get(page))
    client.post(change, {"to": "nobody"})
    assert "In charge: nobody" in said(client.get(page))
    assert client.post(change, {"to": ""}).status_code == 422


def test_it_is_said_who_can_go_on(
    client_for: ClientFor, cast: Cast, plan: Plan, request: pytest.FixtureRequest
) -> None:
    client = in_english(client_for(cast.admin))
    hand_over = f"/administration/people/{cast.editor.user_id}/acts/hand-over/"
    charge = f"/in-charge/plan/{plan.pk}/"
    only_editors = "Only editors go on with a draft; a leader reads and submits it."
    none_left = "No editor of Tiền Giang is in this list: add one who can go on."
    page = said(client.get(hand_over))
    assert (none_left in page, only_editors in page) == (True, False)
    assert only_editors in said(in_english(client_for(cast.editor)).get(charge))
    request.getfixturevalue("colleague")
    page = said(client.get(hand_over))
    assert (none_left in page, only_editors in page) == (False, True)


def test_who_may_say_it_and_of_what(client_for: ClientFor, cast: Cast, plan: Plan) -> None:
    statuses = {
        cast.editor: 200,
        cast.approver: 200,
        cast.admin: 200,
        cast.other_editor: 404,
        cast.reviewer: 404,
        cast.viewer: 404,
    }
    for who, status in statuses.items():
        assert client_for(who).get(f"/in-charge/plan/{plan.pk}/").status_code == status, who
    viewer = Membership.objects.create(user=cast.viewer.user, agency=cast.editor.agency, role=Role.VIEWER)
    assert client_for(viewer).get(f"/in-charge/plan/{plan.pk}/").status_code == 403
    for address in (f"/in-charge/plans/{plan.pk}/", "/in-charge/plan/0/"):
        assert client_for(cast.editor).get(address).status_code == 404
    for stranger in (cast.other_editor, cast.viewer, viewer):
        with pytest.raises(Refused) as refusal:
            put_in_charge(OPEN_PLANS, plan, stranger, actor=cast.editor)
        assert refusal.value.code == "not_of_agency"
    with pytest.raises(NotAllowed):
        put_in_charge(OPEN_PLANS, plan, cast.editor, actor=cast.other_editor)
    with pytest.raises(WrongState):
        put_in_charge(OPEN_PLANS, Plan.objects.get(code="605-qd-ubnd"), cast.editor, actor=cast.editor)


def test_everything_in_hand_passes_on_in_one_act(cast: Cast, plan: Plan, colleague: Membership) -> None:
    filing = begin_filing(report(cast), actor=cast.editor)
    with pytest.raises(Refused) as refusal:
        hand_over_work(cast.editor.user, [], actor=cast.admin)
    assert refusal.value.code == "in_hand"
    for taker, code in ((cast.other_editor, "not_of_agency"), (cast.editor, "in_hand")):
        with pytest.raises(Refused) as refusal:
            hand_over_work(cast.editor.user, [Handing(cast.editor, taker)], actor=cast.admin)
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        hand_over_work(cast.editor.user, [Handing(cast.editor, colleague)], actor=cast.approver)
    assert hand_over_work(cast.editor.user, [Handing(cast.editor, colleague)], actor=cast.admin) == 2
    assert last_entry() == (
        "hand_over_work",
        {"agency": "p82", "to": "Mai Thị Cùng Phòng", "plan": 1, "filing": 1},
    )
    plan.refresh_from_db()
    filing.refresh_from_db()
    assert (plan.in_charge, filing.in_charge) == (colleague, colleague)
    assert in_hand_of(cast.editor.user) == []


def test_nobody_is_deactivated_with_drafts_in_hand_unspoken_for(
    client_for: ClientFor, cast: Cast, plan: Plan, colleague: Membership
) -> None:
    with pytest.raises(Refused) as refusal:
        deactivate(cast.editor.user, reason="Nghỉ hưu", actor=cast.admin)
    assert [(one.code, one.place.path) for one in refusal.value.findings] == [
        ("in_hand", f"to-{cast.editor.pk}")
    ]
    admin = in_english(client_for(cast.admin))
    page = f"{person(cast.editor.user)}acts/deactivate/"
    asked = said(admin.get(page))
    assert "1 draft at Tiền Giang goes to" in asked
    assert "Mai Thị Cùng Phòng (Editor)" in asked
    refused = admin.post(page, {"reason": ""})
    assert refused.status_code == 422
    assert "Say who takes over what is in hand at Tiền Giang" in said(refused)
    assert "Give the reason" in said(refused)
    answer = admin.post(page, {"reason": "Nghỉ hưu", f"to-{cast.editor.pk}": str(colleague.pk)}, follow=True)
    assert "Deactivated" in said(answer)
    plan.refresh_from_db()
    assert plan.in_charge == colleague
    deactivate(colleague.user, reason="x", handings=[Handing(colleague, None)], actor=cast.admin)
    plan.refresh_from_db()
    assert plan.in_charge is None


def test_the_page_says_what_belongs_to_the_agency(
    client_for: ClientFor, cast: Cast, plan: Plan, colleague: Membership
) -> None:
    admin = in_english(client_for(cast.admin))
    words = said(admin.get(person(cast.editor.user)))
    assert "Plan of Tiền Giang, " in words
    assert "whoever has the role there goes on with them" in words
    words = said(admin.get(person(colleague.user)))
    assert "This person is in charge of no open draft." in words
    assert "Open plans of the agencies without this person in charge: 1." in words
    assert "Hand over : This person has no draft in hand." in words
    assert admin.get(f"{person(colleague.user)}acts/hand-over/").status_code == 409


def test_who_follows_to_a_successor_takes_the_work_along(cast: Cast) -> None:
    draft = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    outcome = do(Rename(Agency.objects.get(key="p40"), "Tỉnh Lam Giang", "", BASIS), cast, with_people=True)
    draft.refresh_from_db()
    assert draft.in_charge is not None
    assert (draft.in_charge.user, draft.in_charge.agency) == (cast.other_editor.user, outcome.agency)
    with clock.at("2008-08-01T09:00"):
        [acting] = memberships_of(cast.other_editor.user)
        assert acting == draft.in_charge
        assert acting in holders_for(draft.agency)


def test_agencies_without_people_are_counted_and_listed(client_for: ClientFor, cast: Cast) -> None:
    obliged = agencies_obliged(date(2008, 6, 20))
    assert len(obliged) == len(set(obliged)) >= 86
    admin = in_english(client_for(cast.admin))
    page = admin.get("/administration/")
    lines = [one for one in page.context["missing"] if one.url == f"{PEOPLE}lacking/"]
    assert len(lines) == 1
    listed = admin.get(f"{PEOPLE}lacking/")
    total = listed.context["page"].paginator.count
    assert str(lines[0].text).startswith(f"{total} agencies")
    assert total == len(obliged) - 3  # the cast has both roles in three of them
    Membership.objects.filter(pk=cast.approver.pk).update(valid_to="2008-06-19")
    found = admin.get(f"{PEOPLE}lacking/?lacks=approver&q=tien+giang&agency_class=provinces")
    assert [one.key for one in found.context["page"].object_list] == ["p82"]
    assert f"{PEOPLE}invite/?agency=p82&amp;role=approver" in found.content.decode()
    assert admin.get(f"{PEOPLE}lacking/?lacks=editor&agency_class=ministries").context["page"].object_list
    sheet = load_workbook(BytesIO(admin.get(f"{PEOPLE}lacking/export.xlsx").content)).worksheets[0]
    assert sheet.max_row >= total
