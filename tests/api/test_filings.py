"""A report through the API: rows and their versions, everything wrong at once, the acts in their order."""

from typing import Any

import pytest

from agencies.models import AuditEntry
from reports.filing.editing import save_rows
from reports.models import Filing, FilingDraftValue, FundFlow, Report, TaskResult
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.tables.reports import NOWHERE, underway
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CYCLE = "cycles/2008/2008-A1/"
REPORT = f"{CYCLE}reports/p82/"
FILING = f"{REPORT}filings/1/"
LETTER = {"number": "12/BC-UBND", "on": "2008-06-10", "signer": "Nguyễn Văn Ký"}


@pytest.fixture
def period(cast: Cast) -> dict[str, Any]:
    """Tiền Giang has begun its report; what else there is by name."""
    return underway(cast)


@pytest.fixture
def editor(api: CallerFor, cast: Cast, period: dict[str, Any]) -> Caller:
    return api(cast.editor)


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def patch(caller: Caller, path: str, body: Any, tag: str = "") -> Any:
    headers = {"If_Match": tag} if tag else {}
    return caller.post(path, body, "PATCH", **headers)


# --- One row ----------------------------------------------------------------------------------------------


def test_a_row_is_written_on_the_version_that_was_read(editor: Caller, period: dict[str, Any]) -> None:
    path = f"{FILING}tasks/{period['task']}/"
    first = editor.get(path)
    assert (ok(first)["row_version"], first.json()["status"]) == (0, "")
    body = {"done_on": "2008-05-20", "status": "done"}
    assert (refused := patch(editor, path, body)).status_code == 428
    assert problem(refused)["code"] == "if_match_missing"
    written = patch(editor, path, body, first["ETag"])
    assert (ok(written)["done_on"], written.json()["row_version"]) == ("2008-05-20", 1)
    assert written["ETag"] == editor.get(path)["ETag"] != first["ETag"]
    old = patch(editor, path, {"text": "Muộn."}, first["ETag"])
    assert (old.status_code, problem(old)["code"]) == (412, "if_match_old")
    again = ok(patch(editor, path, {"status": "in_progress"}, written["ETag"]))
    assert (again["status"], again["done_on"], again["row_version"]) == ("in_progress", None, 2)
    assert editor.get(path, headers={"If-None-Match": written["ETag"]}).status_code == 200
    assert editor.get(f"{FILING}tasks/{NOWHERE}/").status_code == 404
    assert patch(editor, f"{FILING}projects/{period['task']}/", {}, "*").status_code == 404


def test_money_and_numbers_are_texts_and_come_back_as_they_were(
    editor: Caller, period: dict[str, Any]
) -> None:
    path = f"{FILING}projects/{period['project']}/"
    source = ok(editor.get(path))["sources"][0]["source"]
    flows = {"source": source, "assigned": "1000.25", "released": "2.125", "disbursed": "0"}
    said = ok(patch(editor, path, {"sources": [flows]}, "*"))["sources"][0]
    assert {name: said[name] for name in flows} == flows
    assert said["settled"] is None
    cleared = ok(patch(editor, path, {"sources": [{"source": source, "disbursed": None}]}, "*"))
    assert (cleared["sources"][0]["disbursed"], cleared["sources"][0]["released"]) == (None, "2.125")
    path = f"{FILING}indicators/{period['indicator']}/"
    said = ok(patch(editor, path, {"numerator": "45.5", "denominator": "100"}, "*"))
    assert (said["numerator"], said["result"], said["value"]) == ("45.5", "45.5", None)


def test_what_a_row_cannot_take_is_refused_with_its_place(editor: Caller, period: dict[str, Any]) -> None:
    path = f"{FILING}projects/{period['project']}/"
    sources = [
        {"source": "NSTW-DP-SN", "assigned": "0.0000001", "released": "-1", "settled": "99999999"},
        {"source": "NSXX", "assigned": "1", "released": None},
    ]
    refused = patch(editor, path, {"status": "done", "sources": sources}, "*")
    assert refused.status_code == 422
    assert codes(refused) == [
        ("not_asked", "/sources/1/assigned"),
        ("money_too_fine", "/sources/0/assigned"),
        ("money_negative", "/sources/0/released"),
        ("money_too_large", "/sources/0/settled"),
    ]
    assert not FundFlow.objects.filter(filing__report__agency__key="p82").exists()
    assert not FilingDraftValue.objects.exists()
    assert ok(editor.get(path))["row_version"] == 0
    path = f"{FILING}indicators/{period['indicator']}/"
    refused = patch(editor, path, {"numerator": "-1", "denominator": "0", "value": "1"}, "*")
    assert sorted(codes(refused)) == [
        ("denominator_zero", "/denominator"),
        ("not_asked", "/value"),
        ("number_too_small", "/numerator"),
    ]
    task = f"{FILING}tasks/{period['task']}/"
    assert codes(patch(editor, task, {"done_on": "2008-05-20"}, "*")) == [
        ("done_on_without_done", "/done_on")
    ]
    wrong = {"done_on": "20/05/2008", "status": "x", "row_version": 1}
    assert sorted(codes(patch(editor, task, wrong, "*"))) == [
        ("day", "/done_on"),
        ("invalid_choice", "/status"),
        ("unknown_field", "/row_version"),
    ]


# --- Several rows -----------------------------------------------------------------------------------------


def test_several_rows_are_written_or_none(editor: Caller, period: dict[str, Any]) -> None:
    task = {"line": str(period["task"]), "row_version": 0, "status": "done"}
    bad: dict[str, Any] = {
        "texts": {"row_version": 99, "summary": "Khác."},
        "tasks": [
            {**task, "done_on": "2008-05-20"},
            {"line": NOWHERE, "row_version": 0, "status": "done"},
        ],
        "indicators": [{"indicator": period["indicator"], "row_version": 0, "numerator": "1", "value": "1"}],
    }
    refused = patch(editor, FILING, bad)
    assert (refused.status_code, problem(refused)["code"]) == (409, "conflict")
    assert sorted(codes(refused)) == [
        ("conflict", "/texts/row_version"),
        ("not_asked", "/indicators/0/value"),
        ("unknown_path", "/tasks/1/line"),
    ]
    assert problem(refused)["findings"][-1]["value"] == str(period["row_version"])
    assert not TaskResult.objects.filter(filing__report__agency__key="p82").exists()
    bad["texts"]["row_version"] = period["row_version"]
    assert patch(editor, FILING, bad).status_code == 422
    twice = {"tasks": [task, task], "projects": [{"line": NOWHERE, "row_version": 0, "sources": []}]}
    assert codes(patch(editor, FILING, twice)) == [("twice", "/tasks/1/line")]
    many = {"tasks": [task] * 501}
    assert codes(patch(editor, FILING, many)) == [("max_length", "/tasks")]
    assert codes(patch(editor, FILING, {"tasks": [{"line": str(period["task"])}]})) == [
        ("required", "/tasks/0/row_version")
    ]


def test_the_whole_report_can_be_matched_too(editor: Caller, period: dict[str, Any]) -> None:
    first = editor.get(FILING)
    change = {"tasks": [{"line": str(period["task"]), "row_version": 0, "status": "in_progress"}]}
    written = patch(editor, FILING, change, first["ETag"])
    assert ok(written)["tasks"][0]["status"] == "in_progress"
    assert patch(editor, FILING, change, first["ETag"]).status_code == 412
    assert patch(editor, FILING, change, written["ETag"]).status_code == 200  # the same is no conflict
    assert editor.get(FILING, headers={"If-None-Match": written["ETag"]}).status_code == 304


def test_what_a_person_typed_and_nobody_could_read_is_shown_and_mended(
    editor: Caller, cast: Cast, period: dict[str, Any]
) -> None:
    name = f"projects/{period['project']}"
    filing = Filing.objects.get(report__agency__key="p82")
    save_rows(filing, {name: {"NSTW-DP-SN/assigned": "1,5 tỷ"}}, actor=cast.editor)
    (kept,) = ok(editor.get(FILING))["unreadable"]
    assert (kept["path"], kept["typed"]) == (f"{name}/NSTW-DP-SN/assigned", "1,5 tỷ")
    flows = [{"source": "NSTW-DP-SN", "assigned": "1500"}]
    assert ok(patch(editor, f"{FILING}{name}/", {"sources": flows}, "*"))["sources"][0]["assigned"] == "1500"
    assert ok(editor.get(FILING))["unreadable"] == []


# --- Acts -------------------------------------------------------------------------------------------------


def act(caller: Caller, name: str, body: Any = None, filing: str = FILING, **headers: str) -> Any:
    headers.setdefault("If_Match", "*")
    return caller.post(f"{filing}acts/{name}/", body, **{key: one for key, one in headers.items() if one})


def test_an_act_is_done_on_what_was_read(editor: Caller, api: CallerFor, cast: Cast) -> None:
    assert act(editor, "hand-over", If_Match="").status_code == 428
    tag = editor.get(FILING)["ETag"]
    texts = {"texts": {"row_version": ok(editor.get(FILING))["texts"]["row_version"], "summary": "Mới."}}
    ok(patch(editor, FILING, texts))
    assert act(editor, "hand-over", If_Match=tag).status_code == 412
    tag = editor.get(FILING)["ETag"]
    done = act(editor, "hand-over", If_Match=tag)
    assert ok(done)["ready_for_approver"] is True
    assert (done["ETag"] != tag, act(editor, "hand-over").status_code) == (True, 409)
    assert problem(patch(editor, FILING, {}))["code"] == "with_leader"
    back = act(api(cast.approver), "hand-back", {"note": "Bổ sung số liệu."})
    assert ok(back)["hand_back_note"] == "Bổ sung số liệu."
    ok(act(api(cast.approver), "submit", LETTER))
    assert ok(editor.get(FILING))["hand_back_note"] == ""
    assert ok(api(cast.reviewer).get(REPORT))["filings"][0]["hand_back_note"] == ""


def test_what_bars_submission_is_said_with_its_place(
    editor: Caller, api: CallerFor, cast: Cast, period: dict[str, Any]
) -> None:
    task = {"line": str(period["task"]), "row_version": 0, "status": "done"}
    ok(patch(editor, FILING, {"tasks": [task]}))
    findings = ok(editor.get(f"{FILING}check/"))["findings"]
    assert [(one["level"], one["code"]) for one in findings][:1] == [("error", "nothing_but_values")]
    for caller, name, body in ((editor, "hand-over", None), (api(cast.approver), "submit", LETTER)):
        refused = act(caller, name, body)
        assert (refused.status_code, problem(refused)["code"]) == (422, "findings")
        assert problem(refused)["findings"] == findings
    missing = act(api(cast.approver), "submit", {"number": "12/BC-UBND", "on": "10/06/2008"})
    assert sorted(codes(missing)) == [("day", "/on"), ("required", "/signer")]


def test_a_return_opens_the_next_number(editor: Caller, api: CallerFor, cast: Cast) -> None:
    approver, reviewer = api(cast.approver), api(cast.reviewer)
    submitted = act(approver, "submit", LETTER, Idempotency_Key="submit-1")
    again = act(approver, "submit", LETTER, Idempotency_Key="submit-1")
    assert (ok(again), again["Idempotency-Replayed"]) == (ok(submitted), "true")
    assert AuditEntry.objects.filter(
        verb="submit", object_id=Filing.objects.get(report__agency__key="p82").pk
    )
    assert codes(act(reviewer, "return", {"reason": ""})) == [("blank", "/reason")]
    assert codes(act(reviewer, "return", {"reason": "\u200b"})) == [("reason_missing", "/reason")]
    returned = ok(act(reviewer, "return", {"reason": "Thiếu số liệu."}))
    assert (returned["state"], returned["return_reason"]) == ("returned", "Thiếu số liệu.")
    rows = ok(editor.get(f"{REPORT}filings/"))["results"]
    assert [(one["number"], one["state"]) for one in rows] == [(1, "returned"), (2, "draft")]
    assert [one["number"] for one in ok(reviewer.get(f"{REPORT}filings/"))["results"]] == [1]
    assert reviewer.get(f"{REPORT}filings/2/").status_code == 404
    assert editor.post(f"{REPORT}filings/").json()["number"] == 2  # it is open already
    assert act(editor, "hand-over").status_code == 409
    second = f"{REPORT}filings/2/"
    ok(act(editor, "hand-over", filing=second))
    ok(act(approver, "submit", {**LETTER, "number": "15/BC-UBND"}, filing=second))
    assert ok(act(reviewer, "accept", filing=second))["state"] == "accepted"


def test_who_drafted_and_submitted_does_not_decide(
    api: CallerFor, cast: Cast, period: dict[str, Any]
) -> None:
    Filing.objects.get(report__agency__key="p40").drafted_by.add(cast.reviewer.user)
    refused = act(api(cast.reviewer), "accept", filing=f"{CYCLE}reports/p40/filings/1/")
    assert (refused.status_code, problem(refused)["code"]) == (403, "four_eyes")


# --- The obligation ---------------------------------------------------------------------------------------


def test_a_late_report_stays_late_unless_the_deadline_was_extended(
    editor: Caller, api: CallerFor, cast: Cast
) -> None:
    ok(act(api(cast.approver), "submit", LETTER))
    assert ok(editor.get(REPORT))["timeliness"] == {"standing": "late", "days": 10}
    reviewer = api(cast.reviewer)
    (row,) = ok(reviewer.get(f"{CYCLE}reports/", standing="late"))["results"]
    assert (row["agency"], row["days"], row["filed_on"], row["due_on"]) == (
        "p82",
        10,
        "2008-06-20",
        "2008-06-10",
    )
    figures = ok(reviewer.get(f"{CYCLE}compliance/"))
    assert (figures["total"]["late"], figures["total"]["on_time_share"]) == (1, "50")
    (short,) = [one for one in figures["shortfalls"] if one["agency"] == "p82"]
    assert (short["late_days"], short["missing_days"]) == (10, 0)
    early = {"to": "2008-06-10", "document": "15/BTTTT", "document_on": "2008-06-09"}
    undated = {name: value for name, value in early.items() if name != "document_on"}
    assert codes(reviewer.post(f"{REPORT}acts/extend/", undated)) == [("required", "/document_on")]
    ahead = {**early, "to": "2008-06-20", "document_on": "2008-06-21"}
    assert codes(reviewer.post(f"{REPORT}acts/extend/", ahead)) == [("document_future", "/document_on")]
    assert codes(reviewer.post(f"{REPORT}acts/extend/", early)) == [("extension_date", "/to")]
    extended = ok(reviewer.post(f"{REPORT}acts/extend/", {**early, "to": "2008-06-20"}))
    assert (extended["due_on"], extended["timeliness"]["standing"]) == ("2008-06-20", "on_time")
    assert (extended["extension_document"], extended["extension_document_on"]) == ("15/BTTTT", "2008-06-09")


def test_an_exemption_and_a_receipt_name_their_document(api: CallerFor, cast: Cast, period: Any) -> None:
    reviewer = api(cast.reviewer)
    order = {"document": "16/BTTTT", "document_on": "2008-06-09"}
    future = {"on": "2008-06-21", "document": "20/BC"}
    assert codes(reviewer.post(f"{REPORT}acts/receipt/", future)) == [("receipt_date", "/on")]
    received = ok(reviewer.post(f"{REPORT}acts/receipt/", {**future, "on": "2008-06-09"}))
    assert (received["received_on"], received["timeliness"]["standing"]) == ("2008-06-09", "on_time")
    assert codes(reviewer.post(f"{REPORT}acts/exempt/", {**order, "document": " "})) == [
        ("blank", "/document")
    ]
    Filing.objects.get(report__agency__key="p82").delete()
    exempted = ok(reviewer.post(f"{REPORT}acts/exempt/", order))
    assert (exempted["exempt"], exempted["timeliness"]["standing"]) == (True, "exempt")
    begun = api(cast.editor).post(f"{REPORT}filings/")
    assert (begun.status_code, problem(begun)["code"]) == (409, "exempt")
    assert Report.objects.get(agency__key="p82").exemption_document == "16/BTTTT"
