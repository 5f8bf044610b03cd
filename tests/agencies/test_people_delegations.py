"""Delegated signatures: KT., TL., TUQ. for some days, what they give, and how they end."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from openpyxl import load_workbook

from agencies.acting import memberships_of
from agencies.changes.shapes import Rename
from agencies.models import Agency, Delegation, Membership, Role, User
from agencies.models.delegation import signature_of
from agencies.people.accounts import deactivate
from agencies.people.delegations import delegate, withdraw_delegation
from agencies.people.memberships import add_membership, change_membership, stop_membership
from agencies.people.rules import Stated
from agencies.permissions import can
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.content.actions import create_plan
from plans.models import Plan, PlanStep, Programme
from plans.review.actions import submit_plan
from reports.cycles.actions import open_cycle
from reports.exports import plan_facts
from reports.filing.actions import Letter, begin_filing, submit_filing
from reports.models import Report
from tests.agencies.changes import BASIS, do
from tests.agencies.people import fill, last_entry, signing
from tests.api.calling import caller_for
from tests.cast import Cast
from tests.plans.moves import LETTER, submitted
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

SIGNATURE = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"


def delegated(cast: Cast, **changes: Any) -> Membership:
    """The membership in which Tiền Giang's editor signs for its leader."""
    made = delegate(cast.approver, signing(cast, **changes), actor=cast.approver)
    return Membership.objects.select_related("user", "agency", "delegation").get(delegation=made)


def roles(cast: Cast, day: str) -> list[str]:
    with clock.at(f"{day}T09:00"):
        return [one.role_words for one in memberships_of(cast.editor.user)]


def test_it_counts_from_its_first_day_to_its_last(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delegated(cast, first=date(2008, 6, 25))
    (letter,) = mail.outbox
    assert letter.to == [cast.editor.user.email]
    for words in ("12/QĐ-UBND", "Tỉnh Tiền Giang", str(cast.approver.user), "25/06/2008", SIGNATURE):
        assert words in letter.body
    assert last_entry()[0] == "delegate"
    own = [str(Role.EDITOR.label)]
    both = [*own, f"{Role.APPROVER.label} (KT.)"]  # nobody signs without having chosen to
    assert roles(cast, "2008-06-24") == own
    assert roles(cast, "2008-06-25") == both
    assert roles(cast, "2008-06-30") == both
    assert roles(cast, "2008-07-01") == own


def test_it_gives_the_rights_of_an_approver_and_no_further_delegation(cast: Cast) -> None:
    one = delegated(cast)
    assert can(one, "plan.submit", Plan.objects.get(code="605-qd-ubnd"))
    assert not can(one, "plan.edit")
    with pytest.raises(NotAllowed) as refusal:
        delegate(one, signing(cast, cast.editor), actor=one)
    assert refusal.value.code == "not_own_signature"


def test_a_withdrawn_one_stops_at_this_moment(client_for: ClientFor, cast: Cast) -> None:
    one = delegated(cast)
    assert one.delegation is not None
    client = in_english(client_for(one))
    assert "Approver (KT.)" in said(client.get("/account/"))
    with pytest.raises(Refused):
        withdraw_delegation(one.delegation, reason="", actor=cast.approver)
    withdraw_delegation(one.delegation, reason="Lãnh đạo đã về", actor=cast.approver)
    words = said(client.get("/account/"))
    assert "Ended at once" in words
    assert roles(cast, "2008-06-20") == [str(Role.EDITOR.label)]
    assert last_entry()[1]["reason"] == "Lãnh đạo đã về"
    with pytest.raises(WrongState):
        withdraw_delegation(one.delegation, reason="x", actor=cast.approver)


def test_the_signature_is_printed_as_the_decree_says(cast: Cast) -> None:
    one = delegated(cast)
    assert signature_of(one) == SIGNATURE
    assert signature_of(cast.approver) == ""
    ministry, province = Agency.objects.get(key="m-tttt"), Agency.objects.get(key="p82")
    cases = {
        ("kt", "Bộ trưởng", "Thứ trưởng", ministry): "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
        ("tl", "Bộ trưởng", "Chánh Văn phòng", ministry): "TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG",
        ("tuq", "Chủ tịch", "Giám đốc Sở", province): "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ",
    }
    for (kind, head, post, agency), lines in cases.items():
        assert Delegation(kind=kind, giver_post=head, signer_post=post).signature(agency) == lines


def test_a_plan_says_who_signed_for_whom_everywhere(client_for: ClientFor, cast: Cast) -> None:
    plan = ready(cast)
    one = delegated(cast, signer=colleague(cast))
    client = in_english(client_for(one))
    url = f"/plans/{plan.code}/1/"
    asked = client.get(f"{url}acts/submit/")
    assert asked.context["form"]["signer"].value() == one.user.full_name
    line = SIGNATURE.replace("\n", " / ")
    assert f"Signed as {line}" in said(asked)
    submit_plan(plan, actor=one, letter=LETTER)
    assert PlanStep.objects.get(verb="submit").signed_as == SIGNATURE
    for page in (f"{url}receipts/1/", f"{url}history/"):
        assert f"signed by {LETTER.signer} ({line})" in said(client.get(page)), page
    facts = plan_facts(Plan.objects.get(pk=plan.pk))
    assert (facts.signer, facts.signer_title, facts.by_delegation) == (LETTER.signer, SIGNATURE, True)
    signature = {"post": SIGNATURE.split("\n"), "signer": LETTER.signer, "by_delegation": True}
    assert json.loads(client.get(f"{url}export.json").content)["signature"] == signature
    workbook = load_workbook(BytesIO(client.get(f"{url}export.xlsx").content), read_only=True)
    cells = [row[0] for row in workbook.worksheets[0].iter_rows(max_row=9, values_only=True)]
    assert f"Người ký: {line}, {LETTER.signer}" in cells
    caller = caller_for(one, "read")
    receipt = caller.get(f"plans/{plan.code}/1/receipts/1/").json()
    steps = [one["step"] for one in caller.get(f"plans/{plan.code}/1/history/").json()["entries"]]
    assert [receipt["signed_as"], *(step["signed_as"] for step in steps if step)] == [SIGNATURE] * 2


def test_an_approver_in_the_own_right_signs_without_such_lines(cast: Cast) -> None:
    plan = ready(cast)
    submitted(plan, cast)
    assert PlanStep.objects.get(verb="submit").signed_as == ""
    assert not plan_facts(Plan.objects.get(pk=plan.pk)).by_delegation


def test_a_report_says_it_too(client_for: ClientFor, cast: Cast) -> None:
    cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    report = Report.objects.get(cycle=cycle, agency__key="p82")
    filing = begin_filing(report, actor=cast.editor)
    type(filing).objects.update(nothing_to_report=True, summary="Không phát sinh.")
    one = delegated(cast, signer=colleague(cast))
    client = in_english(client_for(one))
    line = SIGNATURE.replace("\n", " / ")
    asked = client.get("/reports/2008/2008-Q2/agencies/p82/acts/submit/")
    assert line in said(asked)
    filed = submit_filing(filing, actor=one, letter=Letter("12/BC-UBND", date(2008, 6, 20), "Nguyễn Văn Ký"))
    assert filed.signed_as == SIGNATURE
    assert f"signed by Nguyễn Văn Ký ({line})" in said(client.get("/reports/2008/2008-Q2/agencies/p82/"))
    read = caller_for(one, "read").get("cycles/2008/2008-Q2/reports/p82/filings/").json()
    assert [row["signed_as"] for row in read["results"]] == [SIGNATURE]


def ready(cast: Cast) -> Plan:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    fill(plan, cast)
    return plan


def colleague(cast: Cast) -> Membership:
    user = User.objects.create_user("pho@cast.example", full_name="Nguyễn Văn Phó", post="Phó Chủ tịch")
    return Membership.objects.create(user=user, agency=cast.editor.agency, role=Role.EDITOR)


WRONG: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    (
        {"to": "", "kind": "xx", "giver_post": "", "signer_post": " ", "document": "", "first": None},
        {
            ("to", "person_missing"),
            ("kind", "kind_unknown"),
            ("giver_post", "giver_post_missing"),
            ("signer_post", "signer_post_missing"),
            ("document", "document_missing"),
            ("first", "first_missing"),
        },
    ),
    ({"to": "other-editor@cast.example"}, {("to", "not_of_agency")}),
    ({"to": "approver@cast.example"}, {("to", "not_of_agency")}),  # oneself
    ({"to": "nobody@cast.example"}, {("to", "not_of_agency")}),
    ({"first": date(2008, 6, 19)}, {("first", "first_over")}),
    ({"first": date(2008, 7, 2), "last": date(2008, 7, 1)}, {("last", "period_backwards")}),
    ({"kind": "tuq", "last": None}, {("last", "last_missing")}),
    ({"document": "x" * 101, "scope": "y" * 2001}, {("document", "too_long"), ("scope", "too_long")}),
]


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    for changes, found in WRONG:
        with pytest.raises(Refused) as refusal:
            delegate(cast.approver, signing(cast, **changes), actor=cast.approver)
        assert {(one.place.path, one.code) for one in refusal.value.findings} == found, changes
    assert not Delegation.objects.exists()
    delegated(cast)
    with pytest.raises(Refused) as refusal:
        delegate(cast.approver, signing(cast), actor=cast.approver)
    assert [one.code for one in refusal.value.findings] == ["periods_overlap"]


def test_nobody_signs_longer_than_the_head_is_approver(cast: Cast) -> None:
    change_membership(cast.approver, first=None, last=date(2008, 6, 28), actor=cast.admin)
    with pytest.raises(Refused) as refusal:
        delegate(cast.approver, signing(cast), actor=cast.approver)
    assert [one.code for one in refusal.value.findings] == ["longer_than_giver"]


def test_it_ends_with_the_membership_that_it_rests_on(cast: Cast) -> None:
    def lasting() -> list[date | None]:
        found = Membership.objects.filter(delegation__isnull=False, stopped_at__isnull=True)
        return list(found.order_by("pk").values_list("valid_to", flat=True))

    delegated(cast, last=None)
    User.objects.filter(pk=cast.approver.user_id).update(last_login=clock.real_now())
    change_membership(cast.approver, first=None, last=date(2008, 6, 28), actor=cast.admin)
    assert lasting() == [date(2008, 6, 28)]
    # Who signs leaves the agency.
    stop_membership(cast.editor, reason="Chuyển công tác", actor=cast.admin)
    assert lasting() == []
    add_membership(cast.editor.user, Stated("p82", "editor"), actor=cast.admin)
    delegated(cast, last=date(2008, 6, 25))
    deactivate(cast.approver.user, reason="Nghỉ hưu", actor=cast.admin)
    assert lasting() == []


def test_who_may_delegate_and_withdraw(cast: Cast) -> None:
    for actor in cast:
        if actor in (cast.approver, cast.admin):
            continue
        with pytest.raises(NotAllowed):
            delegate(cast.approver, signing(cast), actor=actor)
    made = delegate(cast.approver, signing(cast), actor=cast.admin)
    for actor in cast:
        if actor not in (cast.approver, cast.admin):
            with pytest.raises(NotAllowed):
                withdraw_delegation(made, reason="x", actor=actor)
    with pytest.raises(WrongState):
        delegate(cast.editor, signing(cast, cast.approver), actor=cast.admin)


def test_an_approver_delegates_on_the_own_page(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.approver))
    page = f"/delegations/new/{cast.approver.pk}/"
    assert page in client.get("/account/").content.decode()
    stated = {
        "to": cast.editor.user.email,
        "kind": "tuq",
        "giver_post": "Chủ tịch",
        "signer_post": "Giám đốc Sở Thông tin và Truyền thông",
        "document": "15/QĐ-UBND",
        "first": "20/06/2008",
    }
    refused = client.post(page, {**stated, "last": "31/06/2008", "document": ""})
    assert refused.status_code == 422
    words = said(refused)
    assert "31/06/2008" in words
    assert "Give the number of the document" in words
    answer = client.post(page, {**stated, "last": "30/06/2008"}, follow=True)
    assert "signs as: TUQ. CHỦ TỊCH / GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG" in said(answer)
    made = Delegation.objects.get()
    away = f"/delegations/{made.pk}/withdraw/"
    assert away in answer.content.decode()
    theirs = client_for(cast.editor)
    assert away not in theirs.get("/account/").content.decode()
    assert theirs.get(away).status_code == 403
    assert client_for(cast.other_approver).get(away).status_code == 404
    client.post(away, {"reason": "Đã về"})
    assert made.membership.stopped_at is not None


def test_who_follows_to_a_successor_takes_no_delegation_along(cast: Cast) -> None:
    one = delegate(
        cast.other_approver,
        signing(cast, cast.other_editor, last=None),
        actor=cast.admin,
    )
    outcome = do(Rename(Agency.objects.get(key="p40"), "Tỉnh Lam Giang", "", BASIS), cast, with_people=True)
    assert outcome.moved == 2
    with clock.at("2008-08-01T09:00"):
        assert [one.role for one in memberships_of(cast.other_editor.user)] == ["editor"]
    assert one.membership.agency.key == "p40"
