"""The acts on a plan through the API: those of the buttons, refused with the same reasons, each done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import ApiToken, AuditEntry, Membership
from plans.api.acts import HANDLING
from plans.content.actions import amend_plan, create_plan
from plans.content.editing import save_line
from plans.models import ChecklistItem, Plan, PlanStep, Programme
from plans.parts import registry
from plans.review.acts import ACTS, offered
from tests.api.calling import CallerFor, codes, problem
from tests.api.plan_calls import DECISION, LETTER, PDF, PLAN, act, post_form, tag_of
from tests.cast import CHARACTERS, Cast
from tests.plans import moves

pytestmark = pytest.mark.django_db

SUBMIT = f"{PLAN}/acts/submit/"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def test_every_act_of_the_pages_has_an_endpoint() -> None:
    assert set(HANDLING) == set(ACTS)


def test_what_may_be_done_is_what_the_buttons_say(plan: Plan, api: CallerFor, cast: Cast) -> None:
    for move in (lambda: plan, lambda: moves.submitted(plan, cast)):
        move()
        for who in CHARACTERS:
            membership = getattr(cast, who)
            answer = api(membership, "read").get(f"{PLAN}/")
            if answer.status_code == 404:
                continue
            buttons = {
                one.name: bool(one.refused) for one in offered(Plan.objects.get(pk=plan.pk), membership)
            }
            said = {one["name"].replace("-", "_"): bool(one["refused"]) for one in answer.json()["acts"]}
            assert said == buttons, who


def test_errors_bar_a_submission_and_name_their_places(plan: Plan, api: CallerFor, cast: Cast) -> None:
    row = registry.get("baselines").read(plan)[0]
    save_line(plan, "baselines", row.line, {"value": "nhiều"}, actor=cast.editor, row_version=row.row_version)
    refused = act(api(cast.approver), "submit", LETTER, 422)
    said = problem(refused)
    assert said["code"] == "findings"
    found = next(one for one in said["findings"] if one["level"] == "error")
    assert (found["part"], found["line"], found["path"]) == ("baselines", str(row.line), "value")
    assert (found["value"], found["pointer"]) == ("nhiều", "")
    # A remark on the plan itself names no field of the body, though it has a path.
    assert ("route_missing", "") in codes(refused)
    checked = api(cast.editor, "read").get(f"{PLAN}/check/").json()
    assert checked["errors"] == 1
    assert checked["findings"][0]["code"] == found["code"]


def test_what_cannot_be_read_is_refused_by_name(plan: Plan, api: CallerFor, cast: Cast) -> None:
    leader, reviewer = api(cast.approver), api(cast.reviewer)
    assert codes(act(leader, "submit", {}, 400)) == [
        ("required", "/number"),
        ("required", "/on"),
        ("required", "/signer"),
    ]
    bad = {"number": " ", "on": "20/06/2008", "signer": "x" * 201, "scan": "cv.pdf"}
    assert codes(act(leader, "submit", bad, 400)) == [
        ("unknown_field", "/scan"),
        ("blank", "/number"),
        ("day", "/on"),
        ("max_length", "/signer"),
    ]
    moves.in_review(plan, cast)
    assert codes(act(reviewer, "return", {"reason": ""}, 400)) == [("blank", "/reason")]
    assert codes(act(reviewer, "reject", {"reason": "x" * 10_001}, 400)) == [("max_length", "/reason")]
    moves.return_plan(plan, actor=cast.reviewer, reason="x")
    assert problem(act(api(cast.editor), "discard", status=409))["code"] == "wrong_state"


def test_a_decision_before_the_version_in_force_names_its_day(plan: Plan, api: CallerFor, cast: Cast) -> None:
    draft = amend_plan(moves.approved(plan, cast), actor=cast.editor)
    moves.in_review(draft, cast)
    body = {**DECISION, "on": "2008-07-08"}
    answer = api(cast.reviewer).post(f"plans/{plan.code}/2/acts/approve/", body, If_Match="*")
    assert codes(answer) == [("decision_date", "/on")]


def test_who_made_the_plan_does_not_decide_on_it(plan: Plan, api: CallerFor, cast: Cast) -> None:
    moves.write(plan, cast, "I", "Một.")
    moves.in_review(plan, cast)
    turned = Membership.objects.create(user=cast.editor.user, agency=cast.reviewer.agency, role="reviewer")
    answer = api(turned).post(f"{PLAN}/acts/approve/", DECISION, If_Match="*")
    assert (answer.status_code, problem(answer)["code"]) == (403, "four_eyes")
    (approve,) = [one for one in api(turned).get(f"{PLAN}/").json()["acts"] if one["name"] == "approve"]
    assert approve["refused"] == problem(answer)["detail"]


def test_a_scan_is_what_a_scanner_gives(plan: Plan, api: CallerFor, cast: Cast) -> None:
    leader = api(cast.approver)
    tag = tag_of(leader)
    for scan, name in ((b"MZ\x90", "cv.pdf"), (PDF, "cv.exe"), (PDF + b"0" * 10 * 1024 * 1024, "cv.pdf")):
        answer = post_form(leader, SUBMIT, LETTER, scan, name, If_Match=tag)
        assert (answer.status_code, codes(answer)) == (400, [("scan", "/scan")])
    answer = post_form(leader, SUBMIT, LETTER, b"", If_Match=tag)
    assert codes(answer) == [("empty", "/scan")]
    answer = post_form(leader, SUBMIT, LETTER, PDF + b"0" * 11 * 1024 * 1024, If_Match=tag)
    assert (answer.status_code, problem(answer)["code"]) == (413, "too_large")
    answer = post_form(leader, f"{PLAN}/acts/withdraw/", {}, PDF, If_Match=tag)
    assert (answer.status_code, problem(answer)["code"]) == (415, "unsupported_media_type")
    assert not PlanStep.objects.filter(plan=plan).exists()


def test_a_form_under_a_key_is_done_once_however_it_is_cut(plan: Plan, api: CallerFor, cast: Cast) -> None:
    leader = api(cast.approver)
    headers = {"If_Match": tag_of(leader), "Idempotency_Key": "submit-1"}
    first = post_form(leader, SUBMIT, LETTER, PDF, **headers)
    again = post_form(leader, SUBMIT, dict(reversed(LETTER.items())), PDF, **headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.json(), again["ETag"]) == (first.json(), first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    other = post_form(leader, SUBMIT, LETTER, PDF + b"%", **headers)
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency_key_reused")
    assert PlanStep.objects.filter(plan=plan, verb="submit").count() == 1
    assert AuditEntry.objects.filter(verb="submit", object_id=str(plan.pk)).count() == 1


def test_a_discarded_draft_is_gone_and_said_to_be_gone_once_more(
    plan: Plan, api: CallerFor, cast: Cast
) -> None:
    editor = api(cast.editor)
    headers = {"If_Match": tag_of(editor), "Idempotency_Key": "discard-1"}
    first = editor.post(f"{PLAN}/acts/discard/", {}, **headers)
    assert (first.status_code, first.content) == (204, b"")
    again = editor.post(f"{PLAN}/acts/discard/", {}, **headers)
    assert (again.status_code, again["Idempotency-Replayed"]) == (204, "true")
    assert editor.post(f"{PLAN}/acts/discard/", {}, If_Match="*").status_code == 404
    assert not Plan.objects.filter(pk=plan.pk).exists()


def test_a_token_that_ended_or_only_reads_or_is_anothers_does_nothing(
    plan: Plan, api: CallerFor, cast: Cast
) -> None:
    leader, reading, stranger = api(cast.approver), api(cast.approver, "read"), api(cast.other_approver)
    tag = tag_of(leader)
    answers = [
        (reading.post(SUBMIT, LETTER, If_Match=tag), 403, "scope_missing"),
        (stranger.post(SUBMIT, LETTER, If_Match=tag), 404, "not_found"),
        (api(cast.editor).post(SUBMIT, LETTER, If_Match=tag), 403, "not_allowed"),
    ]
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answers.append((leader.post(SUBMIT, LETTER, If_Match=tag), 401, "token_expired"))
    for answer, status, code in answers:
        assert (answer.status_code, problem(answer)["code"]) == (status, code)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_review_is_ticked_off_and_keeps_what_was_checked(plan: Plan, api: CallerFor, cast: Cast) -> None:
    ChecklistItem.objects.filter(programme=plan.programme).delete()
    items = [
        ChecklistItem.objects.create(programme=plan.programme, text=text, required=required, position=n)
        for n, (text, required) in enumerate([("Có nguồn vốn", True), ("Có chỉ tiêu", False)])
    ]
    moves.in_review(plan, cast)
    first, second = api(cast.reviewer), api(cast.reviewer2)
    listed = first.get(f"{PLAN}/checklist/")
    assert [one["ticked"] for one in listed.json()["items"]] == [False, False]
    refused = act(first, "approve", DECISION, 422)
    assert problem(refused)["code"] == "checklist"
    assert codes(refused) == [("check_missing", "")]
    assert codes(act(first, "approve", {**DECISION, "checked": []}, 422)) == [("check_missing", "/checked")]

    body = {"checked": [items[0].pk]}
    ticked = second.post(f"{PLAN}/checklist/", body, "PUT", If_Match=listed["ETag"])
    assert [(one["ticked"], one["by"]) for one in ticked.json()["items"]] == [
        (True, "Vũ Văn Xem Xét"),
        (False, ""),
    ]
    # The other has the list as it was, and would untick what was ticked since.
    late = first.post(f"{PLAN}/checklist/", {"checked": []}, "PUT", If_Match=listed["ETag"])
    assert (late.status_code, problem(late)["code"]) == (412, "if_match_old")
    unknown = {"checked": [items[0].pk, 99_999]}
    answer = first.post(f"{PLAN}/checklist/", unknown, "PUT", If_Match=ticked["ETag"])
    assert codes(answer) == [("no_item", "/checked")]

    act(first, "approve", DECISION)
    said = api(cast.editor).get(f"{PLAN}/checklist/").json()
    assert (said["items"], [one["ticked"] for one in said["kept"]]) == ([], [True, False])
