"""The form of a report and the page on which it is read, with and without JavaScript."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from plans.models import Plan, Project
from reports.filing.content import read_filing
from reports.models import Cycle, Filing, FilingDraftValue, FilingState
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said
from tests.reports.filings import People, begun, filed, report_of

pytestmark = pytest.mark.django_db
REPORT = ["2008", "2008-Q2", "p82"]
FORM = "/reports/2008/2008-Q2/agencies/p82/form/"
AT = "2008-07-09T10:00"


@pytest.fixture
def draft(cast: Cast, q2: Cycle) -> Filing:
    return begun(q2, People(cast.editor, cast.approver), {"text": {"summary": "Đang làm."}})


@pytest.fixture
def task(draft: Filing) -> str:
    return read_filing(draft).tasks[0].name


@pytest.fixture
def portal(draft: Filing) -> str:
    return next(line.name for line in read_filing(draft).projects if line.row.label == "I.1")


@pytest.fixture
def editor(client_for: ClientFor, cast: Cast) -> Client:
    return in_english(client_for(cast.editor))


def fields(response: Any) -> dict[str, str]:
    """What a browser would send back of the page's form, untouched."""
    page = response.content.decode()
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page):
        if name not in found and "csrf" not in name and name not in ("once", "next"):
            found[html.unescape(name)] = html.unescape(value)
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def row(client: Client, path: str, value: str, version: int) -> tuple[int, dict[str, Any]]:
    with clock.at(AT):
        response = client.post(f"{FORM}row/", {"path": path, "value": value, "row_version": str(version)})
    return response.status_code, json.loads(response.content)


def test_a_report_is_begun_from_its_page(editor: Client, q2: Cycle) -> None:
    with clock.at(AT):
        detail = editor.get(reverse("report_detail", args=REPORT))
        assert "Begin the report" in said(detail)
        assert editor.get(FORM)["Location"] == reverse("report_detail", args=REPORT)
        begun_page = editor.post(reverse("filing_act", args=[*REPORT, "begin"]))
        assert begun_page["Location"] == FORM
        page = said(editor.get(FORM))
    assert "due 15/07/2008 (6 days left)" in page
    assert "Tasks 0/11" in page
    assert "Projects and money 0/7" in page
    assert "Indicators 0/26" in page
    assert Filing.objects.get().drafted_by.count() == 1


def test_one_field_saves_itself(editor: Client, draft: Filing, task: str) -> None:
    status, answer = row(editor, f"{task}/status", "in_progress", 0)
    assert (status, answer["status"], answer["row_version"], answer["value"]) == (
        200,
        "saved",
        1,
        "in_progress",
    )
    status, answer = row(editor, f"{task}/done_on", "31/02/2008", 1)
    assert (status, answer["status"], answer["row_version"]) == (200, "invalid", 2)
    assert "31/02/2008" in answer["message"]


def test_a_status_takes_its_day_along(editor: Client, draft: Filing, task: str) -> None:
    row(editor, f"{task}/done_on", "20/06/2008", 0)
    _status, answer = row(editor, f"{task}/status", "done", 1)
    assert answer["beside"] == {f"{task}/done_on": "20/06/2008"}


def test_the_second_of_two_people_is_answered_with_both_values(
    editor: Client, draft: Filing, task: str
) -> None:
    row(editor, f"{task}/text", "của người thứ nhất", 0)
    status, answer = row(editor, f"{task}/text", "của người thứ hai", 0)
    assert (status, answer["status"], answer["value"]) == (409, "conflict", "của người thứ nhất")
    assert answer["row_version"] == 1


@pytest.mark.parametrize(
    ("path", "version", "status"),
    [
        ("tasks/not-a-line/status", "0", 422),
        ("tasks//", "0", 422),
        ("", "0", 422),
        ("text/nothing", "1", 422),
        ("projects/1/2/3/4", "0", 422),
        ("text/summary", "many", 409),
        ("text/summary", "-1", 409),
        ("text/summary", "9" * 30, 409),
    ],
)
def test_a_hand_made_field_is_refused(
    editor: Client, draft: Filing, path: str, version: str, status: int
) -> None:
    with clock.at(AT):
        posted = {"path": path, "value": "x", "row_version": version}
        assert editor.post(f"{FORM}row/", posted).status_code == status


def test_a_locked_report_answers_so(cast: Cast, q2: Cycle, client_for: ClientFor) -> None:
    filed(q2, People(cast.editor, cast.approver))
    status, answer = row(client_for(cast.editor), "text/summary", "Muộn.", 2)
    assert (status, answer["status"]) == (409, "locked")


def test_the_whole_form_is_saved_without_javascript(
    editor: Client, draft: Filing, task: str, portal: str
) -> None:
    with clock.at(AT):
        sent = fields(editor.get(FORM)) | {
            f"{task}/status": "done",
            f"{task}/done_on": "20/06/2008",
            f"{portal}/NSDP-TT/assigned": "800",
            f"{portal}/NSDP-TT/released": "2,500",
            "text/proposals": "Đề nghị hỗ trợ.\r\nCảm ơn.",
        }
        response = editor.post(FORM, sent, follow=True)
    page = said(response)
    assert "1 value could not be read" in page
    content = read_filing(draft)
    assert content.tasks[0].status == "done"
    draft.refresh_from_db()
    assert draft.proposals == "Đề nghị hỗ trợ.\nCảm ơn."
    assert FilingDraftValue.objects.get().raw == "2,500"
    assert 'value="2,500"' in response.content.decode()
    untouched = [line for line in content.tasks[1:] if line.row_version]
    assert untouched == []


def test_what_somebody_else_changed_is_left_alone_unless_one_touched_it(
    editor: Client, draft: Filing, task: str, portal: str
) -> None:
    with clock.at(AT):
        mine = fields(editor.get(FORM))
    row(editor, f"{task}/text", "của người khác", 0)
    with clock.at(AT):
        assert editor.post(FORM, mine | {f"{portal}/text": "của tôi"}).status_code == 302
    content = read_filing(draft)
    assert content.tasks[0].text == "của người khác"


def test_both_values_are_offered_without_javascript_and_the_choice_is_an_ordinary_save(
    editor: Client, draft: Filing, task: str
) -> None:
    with clock.at(AT):
        mine = fields(editor.get(FORM)) | {f"{task}/status": "not_started"}
        row(editor, f"{task}/status", "done", 0)
        response = editor.post(FORM, mine)
        page = said(response)
        assert response.status_code == 409
        assert "Somebody saved this row before you" in page
        assert "not started" in page
        choice = {f"version:{task}": "1", f"{task}/status": "not_started"}
        assert editor.post(FORM, choice).status_code == 302
    assert read_filing(draft).tasks[0].status == "not_started"


def test_the_tick_nothing_to_report_can_be_set_and_taken_back(editor: Client, draft: Filing) -> None:
    with clock.at(AT):
        sent = fields(editor.get(FORM))
        editor.post(FORM, sent | {"text/nothing_to_report": ["", "1"]})
        draft.refresh_from_db()
        assert draft.nothing_to_report
        sent = fields(editor.get(FORM)) | {"text/nothing_to_report": ""}
        editor.post(FORM, sent)
    draft.refresh_from_db()
    assert not draft.nothing_to_report


def test_findings_are_links_to_their_fields(editor: Client, draft: Filing, portal: str) -> None:
    row(editor, f"{portal}/NSDP-TT/assigned", "12.5", 0)
    with clock.at(AT):
        response = editor.get(f"{FORM}?check=1")
    page = response.content.decode()
    (anchor,) = re.findall(r'<a href="#(at-filing-projects-[^"]+assigned)">', page)
    assert f'id="{anchor}"' in page


def test_handing_over_with_errors_leads_back_to_them(editor: Client, draft: Filing) -> None:
    with clock.at(AT):
        response = editor.post(reverse("filing_act", args=[*REPORT, "hand_over"]), follow=True)
    assert "Nothing is filled in" in said(response)
    draft.refresh_from_db()
    assert not draft.ready_for_approver


def test_the_way_from_the_editor_to_the_lead(
    client_for: ClientFor, cast: Cast, editor: Client, draft: Filing
) -> None:
    approver, reviewer = in_english(client_for(cast.approver)), in_english(client_for(cast.reviewer))
    detail = reverse("report_detail", args=REPORT)

    def act(client: Client, name: str, **posted: str) -> Any:
        return client.post(reverse("filing_act", args=[*REPORT, name]), posted, follow=True)

    with clock.at(AT):
        sent = fields(editor.get(FORM)) | {"text/nothing_to_report": ["", "1"]}
        editor.post(FORM, sent)
        assert "The report lies with the leader." in said(act(editor, "hand_over"))
        assert "Đang làm." in said(approver.get(detail))
        missing = act(approver, "submit", number="", on="", signer="")
        assert missing.status_code == 422
        letter = {"number": "12/BC-UBND", "on": "09/07/2008", "signer": "Nguyễn Văn Ký"}
        receipt = said(act(approver, "submit", **letter))
    draft.refresh_from_db()
    assert draft.state == FilingState.SUBMITTED
    assert draft.sha256 in receipt
    assert "12/BC-UBND of 09/07/2008, signed by Nguyễn Văn Ký" in receipt
    with clock.at("2008-07-10T09:00"):
        assert "Đang làm." in said(reviewer.get(detail))
        assert act(reviewer, "return_", reason="").status_code == 422
        act(reviewer, "return_", reason="Thiếu số liệu dự án I.2.")
        page = said(editor.get(FORM))
    assert "returned it on 10/07/2008" in page
    assert "Thiếu số liệu dự án I.2." in page


def test_the_lead_does_not_see_a_draft(client_for: ClientFor, cast: Cast, draft: Filing) -> None:
    with clock.at(AT):
        client = client_for(cast.reviewer)
        assert "Đang làm." not in client.get(reverse("report_detail", args=REPORT)).content.decode()
        assert client.get(reverse("report_detail", args=REPORT) + "?filing=1").status_code == 404


def test_what_was_typed_before_the_sign_in_expired_stands_in_the_form_again(
    client: Client, cast: Cast, draft: Filing, task: str
) -> None:
    with clock.at(AT):
        signed_out = client.post(FORM, {f"{task}/text": "gõ trước khi hết phiên", f"version:{task}": "0"})
        assert signed_out.status_code == 401
        page = signed_out.content.decode()
        token = re.search(r'name="carried" value="([^"]+)"', page)
        assert token is not None
        posted = {
            "login": cast.editor.user.email,
            "password": "mat-khau-thu-nghiem",
            "carried": html.unescape(token[1]),
            "next": FORM,
        }
        client.post(reverse("account_login"), posted)
        shown = client.get(FORM)
        assert "gõ trước khi hết phiên" in shown.content.decode()
        assert read_filing(draft).tasks[0].text == ""
        client.post(FORM, fields(shown))
    assert read_filing(draft).tasks[0].text == "gõ trước khi hết phiên"


def test_a_name_of_500_characters_and_a_script_are_only_text(
    editor: Client, draft: Filing, cast: Cast
) -> None:
    name = ("Dự án <script>alert(1)</script> " + "rất dài " * 70)[:500]
    plan = Plan.objects.get(code="605-qd-ubnd")
    Project.objects.filter(plan=plan, group_code="I", number="1").update(name=name)
    with clock.at(AT):
        page = editor.get(FORM).content.decode()
    assert html.escape(name) in page
    assert "<script>alert" not in page


def test_years_and_versions_are_never_grouped(editor: Client, draft: Filing) -> None:
    Filing.objects.filter(pk=draft.pk).update(row_version=12345)
    with clock.at(AT):
        page = editor.get(FORM)
    assert 'value="12345"' in page.content.decode()
    assert "2.008" not in said(page)


def test_the_report_of_a_foreign_agency_is_a_404_whatever_is_tried(
    client_for: ClientFor, cast: Cast, draft: Filing
) -> None:
    client = client_for(cast.other_editor)
    with clock.at(AT):
        assert client.get(FORM).status_code == 404
        assert client.post(FORM, {"text/summary": "x", "version:text": "1"}).status_code == 404
        assert client.post(f"{FORM}row/", {"path": "text/summary", "value": "x"}).status_code == 404
        for name in ("begin", "hand_over", "submit", "accept", "extend"):
            assert client.post(reverse("filing_act", args=[*REPORT, name])).status_code == 404
    assert report_of(draft.report.cycle, "p82").filings.get().summary == "Đang làm."
