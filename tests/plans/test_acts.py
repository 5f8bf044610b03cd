"""The acts on a plan through their pages: what is asked, what happens, what is refused and why."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import Membership
from plans.content.editing import save_line
from plans.models import Plan, PlanState
from plans.parts import registry
from plans.review.actions import hand_over
from plans.review.acts import ACTS
from plans.review.workflow import PLAN_WORKFLOW
from plans.views.acts import HANDLING
from tests.cast import Cast
from tests.plans.moves import REASON, approved, in_review, submitted, write
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db

LETTER = {"number": "112/UBND-CNTT", "on": "20/06/2008", "signer": "Trần Văn Lãnh Đạo"}
DECISION = {"number": "01/QĐ-BTTTT", "on": "20/06/2008", "issuer": "Bộ Thông tin và Truyền thông"}
PDF = b"%PDF-1.4 scanned"


def act(plan: Plan, name: str) -> str:
    return f"/plans/{plan.code}/{plan.version}/acts/{name}/"


def here(plan: Plan) -> str:
    return f"/plans/{plan.code}/{plan.version}/"


def state(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


@pytest.fixture
def as_(client_for: ClientFor) -> ClientFor:
    def sign_in(membership: Membership) -> Client:
        return in_english(client_for(membership))

    return sign_in


def test_every_act_has_a_page_and_every_step_that_people_take_is_an_act() -> None:
    assert set(HANDLING) == set(ACTS)
    steps = {step.name for step in PLAN_WORKFLOW} - {"register", "supersede"}
    assert set(ACTS) == steps | {"hand_over", "hand_back", "discard", "amend"}


def test_the_whole_way_through_the_pages(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    editor, approver, reviewer = as_(cast.editor), as_(cast.approver), as_(cast.reviewer)
    assert editor.post(act(draft, "hand_over"))["Location"] == here(draft)
    assert Plan.objects.get(pk=draft.pk).ready_for_approver
    receipt = approver.post(act(draft, "submit"), LETTER)["Location"]
    assert receipt == f"{here(draft)}receipts/1/"
    assert state(draft) == PlanState.SUBMITTED
    reviewer.post(act(draft, "open_review"))
    assert state(draft) == PlanState.IN_REVIEW
    reviewer.post(act(draft, "return_"), {"reason": REASON})
    assert state(draft) == PlanState.RETURNED
    write(draft, cast, "V.1", "Bố trí vốn hằng năm.")
    editor.post(act(draft, "hand_over"))
    approver.post(act(draft, "submit"), LETTER | {"number": "118/UBND-CNTT"})
    reviewer.post(act(draft, "open_review"))
    reviewer.post(act(draft, "approve"), DECISION)
    plan = Plan.objects.get(pk=draft.pk)
    assert (plan.state, plan.decision_number) == (PlanState.APPROVED, "01/QĐ-BTTTT")
    verbs = list(plan.steps.values_list("verb", flat=True))
    assert verbs == ["submit", "open_review", "return", "submit", "open_review", "approve"]


def test_the_receipt_says_time_revision_and_hash(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    words = said(as_(cast.approver).get(f"{here(draft)}receipts/1/"))
    revision = draft.revisions.get()
    assert "20/06/2008 09:00" in words
    assert "version 1, revision 1" in words
    assert "112/UBND-CNTT of 20/06/2008, signed by Trần Văn Lãnh Đạo" in words
    assert revision.sha256 in words


def test_a_second_submission_of_the_same_form_is_told_so_and_changes_nothing(
    as_: ClientFor, cast: Cast, draft: Plan
) -> None:
    client = as_(cast.approver)
    client.post(act(draft, "submit"), LETTER)
    second = client.post(act(draft, "submit"), LETTER | {"next": here(draft)}, follow=True)
    assert second.redirect_chain == [(here(draft), 302)]
    assert "“Submit for appraisal” is no longer possible" in said(second)
    assert draft.steps.count() == draft.revisions.count() == 1


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_on_a_plan_one_may_not_see_is_not_found(
    as_: ClientFor, cast: Cast, draft: Plan, name: str
) -> None:
    for membership in (cast.other_editor, cast.other_approver, cast.reviewer, cast.viewer):
        client = as_(membership)
        assert client.get(act(draft, name)).status_code == 404
        assert client.post(act(draft, name), LETTER | DECISION | {"reason": "x"}).status_code == 404
    assert Plan.objects.get(pk=draft.pk).steps.count() == 0


def test_an_unknown_act_is_not_found(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    for name in ("register", "supersede", "nothing"):
        assert as_(cast.editor).get(act(draft, name)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_own_plan_without_the_right_is_a_403_with_the_reason(
    as_: ClientFor, cast: Cast, draft: Plan, method: str
) -> None:
    response = getattr(as_(cast.editor), method)(act(draft, "submit"), LETTER)
    assert response.status_code == 403
    assert "Your role (Editor) may not submit a plan. Who may: Approver." in said(response)
    assert state(draft) == PlanState.DRAFT


def test_what_is_not_possible_now_is_said_before_any_form(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    response = as_(cast.approver).get(act(draft, "withdraw"))
    assert response.status_code == 409
    assert "“Withdraw” is not possible now: the plan is “Draft”." in said(response)


@pytest.mark.parametrize(
    ("field", "typed", "remark"),
    [
        ("on", "2008-06-20", "begins with the year"),
        ("on", "31/06/2008", "month 6/2008 has 30 days"),
        ("on", "20/6/08", "a year of two digits"),
        ("on", "", "required"),
        ("number", "", "required"),
        ("signer", " ", "required"),
    ],
)
def test_the_letter_is_read_strictly_and_what_was_typed_stays(
    as_: ClientFor, cast: Cast, draft: Plan, field: str, typed: str, remark: str
) -> None:
    response = as_(cast.approver).post(act(draft, "submit"), LETTER | {field: typed})
    assert response.status_code == 422
    assert remark in said(response)
    kept = re.findall(r'name="(number|on|signer)"[^>]*?value="([^"]*)"', response.content.decode())
    assert dict(kept).get("number", "") == (LETTER | {field: typed})["number"]
    assert state(draft) == PlanState.DRAFT


def test_the_letters_date_may_be_typed_with_single_digits(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    as_(cast.approver).post(act(draft, "submit"), LETTER | {"on": "2/6/2008"})
    assert draft.steps.get().paper_on == date(2008, 6, 2)


def test_errors_bar_handing_over_and_submitting_and_are_listed_first(
    as_: ClientFor, cast: Cast, draft: Plan
) -> None:
    row = registry.get("projects").read(draft)[0]
    cell = {"allocations/2009/NSDP-TT": "2,500"}
    save_line(draft, "projects", row.line, cell, actor=cast.editor, row_version=row.row_version)
    asked = said(as_(cast.approver).get(act(draft, "submit")))
    assert "1 error to correct" in asked
    assert "The errors bar this." in asked
    assert "Number of the cover letter" not in asked
    for membership, name, posted in ((cast.editor, "hand_over", {}), (cast.approver, "submit", LETTER)):
        response = as_(membership).post(act(draft, name), posted)
        assert response.status_code == 422
        assert "“2,500”" in said(response)
    plan = Plan.objects.get(pk=draft.pk)
    assert (plan.state, plan.ready_for_approver) == (PlanState.DRAFT, False)


def test_warnings_are_shown_and_do_not_bar(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    asked = said(as_(cast.approver).get(act(draft, "submit")))
    assert "35 warnings, which do not bar submission" in asked  # 25 headings, 10 status figures
    assert "Number of the cover letter" in asked


def test_the_leader_hands_back_with_a_note_that_the_editor_reads(
    as_: ClientFor, cast: Cast, draft: Plan
) -> None:
    hand_over(draft, actor=cast.editor)
    as_(cast.approver).post(act(draft, "hand_back"), {"note": "Bổ sung mục V.1."})
    words = said(as_(cast.editor).get(here(draft)))
    assert "The leader handed it back:" in words
    assert "Bổ sung mục V.1." in words


def test_withdrawing_makes_it_a_draft_again_and_keeps_the_revision(
    as_: ClientFor, cast: Cast, draft: Plan
) -> None:
    submitted(draft, cast)
    as_(cast.approver).post(act(draft, "withdraw"), {"comment": ""})
    assert state(draft) == PlanState.DRAFT
    assert draft.revisions.count() == 1


def test_once_the_review_is_open_it_cannot_be_withdrawn(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    in_review(draft, cast)
    assert as_(cast.approver).get(act(draft, "withdraw")).status_code == 409
    as_(cast.approver).post(act(draft, "withdraw"))
    assert state(draft) == PlanState.IN_REVIEW


@pytest.mark.parametrize("name", ["return_", "reject"])
def test_returning_and_rejecting_need_a_reason(as_: ClientFor, cast: Cast, draft: Plan, name: str) -> None:
    in_review(draft, cast)
    response = as_(cast.reviewer).post(act(draft, name), {"reason": "   "})
    assert response.status_code == 422
    assert "the agency must know what to mend" in said(response)
    assert state(draft) == PlanState.IN_REVIEW


def test_rejecting_ends_the_plan(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    in_review(draft, cast)
    as_(cast.reviewer).post(act(draft, "reject"), {"reason": REASON})
    assert state(draft) == PlanState.REJECTED


@pytest.mark.parametrize("missing", ["number", "on", "issuer"])
def test_an_approval_needs_number_date_and_issuer(
    as_: ClientFor, cast: Cast, draft: Plan, missing: str
) -> None:
    in_review(draft, cast)
    response = as_(cast.reviewer).post(act(draft, "approve"), DECISION | {missing: ""})
    assert response.status_code == 422
    assert state(draft) == PlanState.IN_REVIEW


def test_the_issuer_of_the_decision_is_proposed(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    in_review(draft, cast)
    body = as_(cast.reviewer).get(act(draft, "approve")).content.decode()
    assert 'value="Bộ Thông tin và Truyền thông"' in body


def test_discarding_asks_and_then_removes_the_draft(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    client = as_(cast.editor)
    assert "This cannot be taken back." in said(client.get(act(draft, "discard")))
    assert client.post(act(draft, "discard"))["Location"] == "/"
    assert not Plan.objects.filter(pk=draft.pk).exists()
    assert client.get(here(draft)).status_code == 404


def test_an_amendment_opens_the_next_version(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    approved(draft, cast)
    response = as_(cast.editor).post(act(draft, "amend"))
    assert response["Location"] == f"/plans/{draft.code}/2/"
    again = as_(cast.editor).post(act(draft, "amend"), {"next": here(draft)}, follow=True)
    assert "An amendment of this plan is already open." in said(again)
    assert Plan.objects.filter(code=draft.code).count() == 2


def scan(name: str = "cong-van.pdf", body: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def test_the_scan_is_kept_and_given_to_those_who_see_the_plan(
    as_: ClientFor, cast: Cast, draft: Plan
) -> None:
    as_(cast.approver).post(act(draft, "submit"), LETTER | {"scan": scan()})
    address = f"{here(draft)}history/{draft.steps.get().pk}/scan/"
    response = as_(cast.reviewer).get(address)
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert as_(cast.other_editor).get(address).status_code == 404


@pytest.mark.parametrize(
    ("file", "remark"),
    [
        (("cong-van.pdf", b"<html>"), "is not a PDF, JPEG or PNG file"),
        (("cong-van.html", PDF), "is not a PDF, JPEG or PNG file"),
        (("cong-van.pdf", PDF + b"\0" * (10 * 1024 * 1024)), "is larger than 10 MB"),
    ],
)
def test_a_scan_of_another_kind_or_too_large_is_refused(
    as_: ClientFor, cast: Cast, draft: Plan, file: tuple[str, bytes], remark: str
) -> None:
    response = as_(cast.approver).post(act(draft, "submit"), LETTER | {"scan": scan(*file)})
    assert response.status_code == 422
    assert remark in said(response)
    assert state(draft) == PlanState.DRAFT


def test_a_refused_act_leads_back_to_our_own_pages_only(as_: ClientFor, cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    response = as_(cast.approver).post(act(draft, "submit"), LETTER | {"next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
