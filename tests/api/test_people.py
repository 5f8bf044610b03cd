"""People through the API: the same acts, the same refusals, addressed in the body."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from agencies.api.people.acts import DOINGS, DOINGS_OF_MEMBERSHIP
from agencies.models import IdempotentAnswer, Invitation, Membership, User
from agencies.people.acts import ACTS, ACTS_OF_MEMBERSHIP
from agencies.people.invitations import invite
from agencies.tokens.actions import issue_token
from core import clock
from plans.content.actions import create_plan
from plans.models import Plan, Programme
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing
from reports.models import Report
from tests.agencies.people import NEW, editor_of
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.tables.people import NEW as PERSON
from tests.api.tables.people import SIGNING
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.admin)


def test_pages_and_api_have_the_same_acts() -> None:
    assert set(DOINGS) == set(ACTS)
    assert set(DOINGS_OF_MEMBERSHIP) == set(ACTS_OF_MEMBERSHIP)


def test_an_invitation_goes_by_letter_and_is_seen_in_the_list(
    admin: Caller, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post("people/acts/invite/", PERSON)
    said = answer.json()
    person = User.objects.get(email=PERSON["email"])
    assert answer["Location"].endswith(f"/api/v1/people/{person.pk}/")
    assert (said["invited"], said["letter_sent"], said["link"]) == (True, True, None)
    assert mail.outbox[0].to == [person.email]
    [row] = admin.get("people/", q="moi", state="invited").json()["results"]
    assert (row["id"], row["state"]) == (person.pk, "invited")
    assert row["memberships"][0]["agency"]["key"] == "p82"
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    key = {"Idempotency_Key": "again-1"}
    again = admin.post(f"people/{person.pk}/acts/invite-again/", **key).json()
    assert (again["letter_sent"], "/accounts/invitation/" in again["link"]) == (False, True)
    # The link opens the account: it is told once, and kept nowhere.
    replayed = admin.post(f"people/{person.pk}/acts/invite-again/", **key)
    assert replayed["Idempotency-Replayed"] == "true"
    assert replayed.json() == {**again, "link": None}
    assert "/accounts/invitation/" not in IdempotentAnswer.objects.get().body
    done = admin.post(f"people/{person.pk}/acts/withdraw-invitation/").json()
    assert done["person"]["state"] == "deactivated"


def test_an_address_with_an_account_gets_the_memberships(admin: Caller, cast: Cast) -> None:
    answer = admin.post("people/acts/invite/", {**PERSON, "email": "VIEWER@cast.example", "full_name": ""})
    assert (answer.status_code, answer.json()["invited"]) == (200, False)
    assert Membership.objects.filter(user=cast.viewer.user, agency__key="p82").exists()
    again = admin.post("people/acts/invite/", {**PERSON, "email": "viewer@cast.example"})
    assert codes(again) == [("periods_overlap", "/memberships/0/valid_from")]


def test_what_is_wrong_points_into_the_body(admin: Caller) -> None:
    body: dict[str, Any] = {
        "email": "khong",
        "memberships": [
            {"agency": "p999", "role": "editor", "valid_from": "2009-01-02", "valid_to": "2009-01-01"},
            {"agency": "p28", "role": "viewer", "valid_to": "2008-06-19"},
        ],
    }
    answer = admin.post("people/acts/invite/", body)
    assert answer.status_code == 422
    assert set(codes(answer)) == {
        ("email_invalid", "/email"),
        ("name_missing", "/full_name"),
        ("agency_unknown", "/memberships/0/agency"),
        ("period_backwards", "/memberships/0/valid_to"),
        ("period_over", "/memberships/1/valid_to"),
    }
    shape = admin.post("people/acts/invite/", {"email": "a@b.vn", "memberships": [{"role": "king"}], "x": 1})
    assert (shape.status_code, ("unknown_field", "/x") in codes(shape)) == (400, True)


def test_a_person_whole(admin: Caller, cast: Cast) -> None:
    issue_token(name="export", scope="read", days=30, actor=cast.editor)
    create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    said = admin.get(f"people/{cast.editor.user_id}/").json()
    assert [one["name"] for one in said["tokens"]] == ["export"]
    assert [(one["kind"], one["membership"]) for one in said["in_hand"]] == [("plan", cast.editor.pk)]
    assert said["memberships"][0]["role"] == "editor"
    assert "secret" not in str(said)


def test_memberships_and_account_through_their_life(admin: Caller, cast: Cast) -> None:
    base = f"people/{cast.viewer.user_id}"
    User.objects.filter(pk=cast.viewer.user_id).update(last_login=clock.real_now())
    added = admin.post(f"{base}/acts/add-membership/", {"agency": "p82", "role": "viewer"}).json()["person"]
    pk = next(one["id"] for one in added["memberships"] if one["agency"]["key"] == "p82")
    change = f"{base}/memberships/{pk}/acts/change/"
    assert codes(admin.post(change, {"valid_from": "2008-07-01", "valid_to": None})) == [
        ("begun", "/valid_from")
    ]
    changed = admin.post(change, {"valid_from": None, "valid_to": "2008-12-31"}).json()
    assert changed["memberships"][-1]["valid_to"] == "2008-12-31" or changed["memberships"][0]["valid_to"]
    used = admin.post(f"{base}/memberships/{pk}/acts/remove/")
    assert (used.status_code, problem(used)["code"]) == (409, "membership_used")
    assert admin.post(f"{base}/memberships/{pk}/acts/stop/", {"reason": "Xong việc"}).status_code == 200
    corrected = admin.post(
        f"{base}/acts/correct/", {"email": "Moi@X.vn", "full_name": "Dương Thị Mới"}
    ).json()
    assert corrected["person"]["email"] == "moi@x.vn"
    assert (
        admin.post(f"{base}/acts/deactivate/", {"reason": "Nghỉ"}).json()["person"]["state"] == "deactivated"
    )
    assert admin.post(f"{base}/acts/reactivate/", {"reason": "Về"}).json()["person"]["state"] == "active"
    own = admin.post(f"people/{cast.admin.user_id}/acts/deactivate/", {"reason": "x"})
    assert (own.status_code, problem(own)["code"]) == (403, "own_account")


def test_drafts_pass_on_by_the_numbers_of_memberships(admin: Caller, cast: Cast) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    base = f"people/{cast.editor.user_id}/acts"
    refused = admin.post(f"{base}/deactivate/", {"reason": "Nghỉ hưu"})
    assert codes(refused) == [("in_hand", "/hand_over")]
    giver, strange = cast.editor.pk, cast.other_editor.pk
    for wrong, code in (
        ({"giver": strange, "to": None}, "membership_unknown"),
        ({"giver": giver, "to": 10**9}, "membership_unknown"),
        ({"giver": giver, "to": strange}, "not_of_agency"),
    ):
        assert codes(admin.post(f"{base}/hand-over/", {"hand_over": [wrong]})) == [(code, "/hand_over")], (
            wrong
        )
    done = admin.post(f"{base}/hand-over/", {"hand_over": [{"giver": giver, "to": cast.approver.pk}]})
    assert done.json()["person"]["in_hand"] == []
    plan.refresh_from_db()
    assert plan.in_charge == cast.approver


def test_who_is_in_charge_of_plan_and_report(api: CallerFor, cast: Cast) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    begin_filing(Report.objects.get(cycle=cycle, agency__key="p82"), actor=cast.editor)
    for path in (f"plans/{plan.code}/1/in-charge/", "cycles/2008/2008-Q2/reports/p82/filings/1/in-charge/"):
        own = api(cast.editor)
        said = own.post(path, {"to": "APPROVER@cast.example"}).json()
        assert said["in_charge"]["email"] == "approver@cast.example"
        assert codes(own.post(path, {"to": "viewer@cast.example"})) == [("not_of_agency", "/to")]
        assert own.post(path, {"to": None}).json() == {"in_charge": None}
        assert api(cast.other_editor).post(path, {"to": None}).status_code == 404
        assert api(cast.admin).post(path, {"to": "editor@cast.example"}).status_code == 200
    assert Plan.objects.get(pk=plan.pk).in_charge == cast.editor


def test_a_signature_is_delegated_and_withdrawn(api: CallerFor, cast: Cast) -> None:
    own = api(cast.approver)
    made = own.post("delegations/", SIGNING)
    assert made.status_code == 201
    said = made.json()
    assert said["signature"] == "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
    listed = [caller.get("delegations/", state="running").json()["count"] for caller in map(api, cast)]
    assert listed == [int(one.agency.key == "p82" or one == cast.admin) for one in cast]
    wrong = own.post("delegations/", {**SIGNING, "kind": "tuq", "valid_from": "2008-06-01"})
    assert {("first_over", "/valid_from"), ("last_missing", "/valid_to")} <= set(codes(wrong))
    url = f"delegations/{said['id']}/withdraw/"
    assert api(cast.other_approver).post(url, {"reason": "x"}).status_code == 404
    assert api(cast.editor).post(url, {"reason": "x"}).status_code == 403
    ended = own.post(url, {"reason": "Đã về"})
    assert ended.json()["stopped_at"] is not None
    assert own.post(url, {"reason": "Đã về"}).status_code == 409
    by_admin = api(cast.admin).post("delegations/", {**SIGNING, "giver": cast.approver.pk})
    assert by_admin.status_code == 201
    strange = own.post("delegations/", {**SIGNING, "giver": cast.other_approver.pk})
    assert codes(strange) == [("membership_unknown", "/giver")]


def test_agencies_without_people_and_expired_invitations_are_found(admin: Caller, cast: Cast) -> None:
    found = admin.get("agencies-lacking-people/", lacks="approver", agency_class="ministries").json()
    assert all(not one["has_approver"] for one in found["results"])
    assert "m-tttt" not in {one["key"] for one in found["results"]}
    invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    Invitation.objects.update(expires_at=clock.real_now() - timedelta(days=1))
    assert admin.get("people/", state="expired").json()["count"] == 1
